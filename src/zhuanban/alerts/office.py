"""What the office may set about alerts: the parameters of each rule."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from functools import partial

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuanban.alerts import queries
from zhuanban.alerts.rules.rule import Finding, Rule
from zhuanban.alerts.services.parameters import set_rule_parameters, withdraw_rule_parameters
from zhuanban.calc.periods import Period
from zhuanban.indicators.queries import newest_month
from zhuanban.kit.formats import period_words, say
from zhuanban.kit.office import DatedSettings, Effect, Preview, Setting, SettingVersion, versions_of
from zhuanban.people.access import Viewer, system_viewer


def settings() -> Iterator[DatedSettings]:
    """One set of parameters per rule."""
    for rule in queries.rules().values():
        yield DatedSettings(
            key=f"rule-{rule.key}",
            section=gettext_lazy("Alert rules"),
            name=rule.name,
            explains=gettext_lazy("When an alert rises, and how long its explanation may take. Alerts keep the day they have."),
            settings=_settings(rule),
            versions=partial(_versions, rule),
            preview=partial(_preview, rule),
            write=partial(_write, rule),
            withdraw=partial(withdraw_rule_parameters, rule=rule.key),
        )


def _settings(rule: Rule) -> tuple[Setting, ...]:
    return tuple(
        Setting(each.key, each.name, each.measure, each.least, each.most, each.decimals) for each in rule.parameters
    )


def _versions(rule: Rule) -> list[SettingVersion]:
    return versions_of(queries.rule_history(viewer=system_viewer("office"), key=rule.key), rule.defaults)


def _preview(rule: Rule, viewer: Viewer, values: Mapping[str, str], since: date) -> Preview:
    """For which indicators of the newest month the rule would begin or cease to fire."""
    del since
    year, month = newest_month(viewer=viewer, as_known=None)
    exact = {name: Decimal(value) for name, value in values.items()}
    changes = queries.firing_changes(viewer=viewer, key=rule.key, parameters=exact, year=year, month=month)
    effects = tuple(
        Effect(
            each.row.name, _said(each.before), _said(each.after), reverse("indicators:indicator", args=[each.row.code])
        )
        for each in changes
    )
    note = _("Worked out with the figures of %(month)s as known now.") % {"month": period_words(Period.month(year, month))}
    return Preview(effects, note)


def _said(finding: Finding | None) -> str:
    return say(finding.message) if finding else _("no alert")


def _write(rule: Rule, values: Mapping[str, str], *, since: date, authority: str, reason: str, by: Viewer) -> None:
    exact = {name: Decimal(value) for name, value in values.items()}
    set_rule_parameters(rule=rule.key, parameters=exact, since=since, authority=authority, reason=reason, by=by)
