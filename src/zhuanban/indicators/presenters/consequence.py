"""What follows from the light of a month, and what the rest of the year must do to make the target."""

from django.utils.translation import gettext as _

from zhuanban.calc.follow_ups import FollowUp, consequence
from zhuanban.calc.lights import Light
from zhuanban.calc.periods import Period
from zhuanban.calc.polarity import Polarity
from zhuanban.calc.targets import Remaining, remaining_amount
from zhuanban.indicators.models import Target
from zhuanban.indicators.queries import BoardRow, IndicatorPage, TargetShown
from zhuanban.indicators.queries.targets import needed_growth
from zhuanban.kit import formats


def follow_up_words(page: IndicatorPage) -> str:
    """What is due after so many lights in a row; empty where nothing is."""
    found = consequence([Light(row.light) for row in page.months])
    if found is None or page.row.light == Light.GREY:
        return ""
    due = {
        FollowUp.REMINDER_LETTER: _("a reminder letter is due"),
        FollowUp.SUPERVISION_SLIP: _("a supervision slip is due"),
        FollowUp.ADMONITION_TALK: _("an admonitory talk and a place in the circular are due"),
    }[found.follow_up]
    red = page.row.light == Light.RED
    if found.in_a_row == 1:
        times = _("First alarm") if red else _("First warning")
    else:
        times = (_("%(n)s alarms in a row") if red else _("%(n)s warnings or alarms in a row")) % {"n": found.in_a_row}
    words = _("%(times)s: %(due)s") % {"times": times, "due": due}
    return _("%(words)s; decided when the city's figure is known") % {"words": words} if page.row.provisional else words


def rest_words(page: IndicatorPage) -> list[str]:
    """What the rest of the year must do, a sentence for each thing that can be told; nothing where lower is better."""
    row = page.row
    if row.period is None or Polarity(row.polarity) is Polarity.LOWER:
        return []
    sentences = []
    for target in (row.target, row.also):
        if target is not None and target.kind == Target.Kind.VALUE and target.value is not None and row.level is not None and row.period == row.due_period:
            sentences.append(_amount_words(remaining_amount(target.value, row.level, row.period.last_month), target, row))
    needed = needed_growth(row, page.base)
    if needed is not None and row.period.last_month < 12:
        rest = formats.period_words(Period(row.period.year, row.period.last_month + 1, 12))
        facts = {"rest": rest, "needed": formats.growth(needed), "so_far": formats.growth(row.growth_pct)}
        sentences.append(_("%(rest)s must grow by %(needed)s%% to make the target of the year; so far %(so_far)s%%.") % facts)
    elif needed is None and not sentences and row.target is not None and row.target.value is not None:
        sentences.append(_("Cannot be told: last year's figures by month are not on record."))
    return sentences


def _amount_words(left: Remaining, target: TargetShown, row: BoardRow) -> str:
    facts = {
        "amount": formats.level(abs(left.amount), row.decimals), "measure": formats.measure_words(row.measure), "months": left.months,
        "each": formats.level(left.per_month, max(row.decimals, 1)) if left.per_month is not None else "",
    }  # fmt: skip
    if left.amount <= 0:
        return _("The year's amount is reached, %(amount)s %(measure)s above it.") % facts if left.amount else _("The year's amount is reached.")
    if not left.months:
        return _("The year ended %(amount)s %(measure)s short of the target.") % facts
    return _("%(amount)s %(measure)s are still to come in %(months)s months, %(each)s a month on average.") % facts
