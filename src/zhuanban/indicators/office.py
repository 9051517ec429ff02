"""What the office may set about lights: the parameters of the rule."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhuanban.calc.lights import LightRule
from zhuanban.calc.periods import Period
from zhuanban.calc.words import Words
from zhuanban.indicators import queries
from zhuanban.indicators.services.office import set_thresholds, withdraw_thresholds
from zhuanban.kit.formats import period_words
from zhuanban.kit.office import DatedSettings, Effect, Preview, Setting, SettingVersion, versions_of
from zhuanban.kit.templatetags.zb import light_word
from zhuanban.people.access import Viewer, system_viewer

_POINTS, _PLACES = Words("个百分点", "pp"), Words("个", "places")
_SETTINGS = (
    Setting("red_gap_pp", Words("低于序时目标多少以上报警", "Alarm when below target by more than"), _POINTS, Decimal("0.1"), Decimal(50), 1),
    Setting("value_red_share_pct", Words("落后序时进度多少以上报警（占全年目标）", "Alarm when behind the path by more than (share of the year's target)"), Words("%", "%"), Decimal(1), Decimal(100), 1),
    Setting("last_places", Words("末位几个地区报警", "Alarm among the last"), _PLACES, Decimal(1), Decimal(20)),
    Setting("last_places_min_peers", Words("有数地区至少几个才看末位", "Last places count from"), Words("个有数地区", "places with data"), Decimal(2), Decimal(50)),
    Setting("good_half_pct", Words("前百分之几的位次算正常", "Ranks are fine within the first"), Words("%", "%"), Decimal(1), Decimal(100)),
    Setting("rank_min_peers", Words("有数地区至少几个才看位次", "Ranks count from"), Words("个有数地区", "places with data"), Decimal(2), Decimal(50)),
)  # fmt: skip


def settings() -> Iterator[DatedSettings]:
    """The light rule."""
    yield DatedSettings(
        key="lights",
        section=gettext_lazy("Lights"),
        name=Words("指标亮灯规则", "Light rule of indicators"),
        explains=gettext_lazy("When an indicator shows warning or alarm. Boards as known before the day keep the rule of their day."),
        settings=_SETTINGS,
        versions=_versions,
        preview=_preview,
        write=_write,
        withdraw=withdraw_thresholds,
    )


def _versions() -> list[SettingVersion]:
    history = queries.thresholds_history(viewer=system_viewer("office"), as_known=None)
    return versions_of(history, LightRule().parameters())


def _preview(viewer: Viewer, values: Mapping[str, str], since: date) -> Preview:
    """Whose light would be another one on the newest month's board."""
    del since
    year, month = queries.newest_month(viewer=viewer, as_known=None)
    rule = LightRule.from_parameters(values)
    effects = tuple(
        Effect(
            each.before.name,
            light_word(each.before.light),
            light_word(each.after.light),
            reverse("indicators:indicator", args=[each.before.code]),
        )
        for each in queries.with_rule(viewer=viewer, year=year, month=month, rule=rule)
    )
    note = _("Worked out with the figures of %(month)s as known now.") % {"month": period_words(Period.month(year, month))}
    return Preview(effects, note)


def _write(values: Mapping[str, str], *, since: date, authority: str, reason: str, by: Viewer) -> None:
    set_thresholds(parameters=values, since=since, authority=authority, reason=reason, by=by)
