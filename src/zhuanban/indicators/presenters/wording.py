"""Short texts shared by the room's pages: measures, targets, operators."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhuanban.calc.periods import Period
from zhuanban.indicators.models import Target
from zhuanban.indicators.queries import BoardRow, TargetShown
from zhuanban.kit import formats


def period_title(period: Period | None) -> str:
    """A period with its year: 2023年1—6月."""
    if period is None:
        return formats.MISSING
    return period.title_zh if formats.in_chinese() else period.title_en


def operator_sign(operator: str) -> str:
    """The sign before a target's figure."""
    return {"at_least": "≥", "about": pgettext("target", "about "), "equal": "="}.get(operator, "")


def target_words(target: TargetShown | Target) -> str:
    """A target without a figure in words; empty where it has one."""
    return {
        "not_below_city_average": _("at least the city's growth"),
        "in_step_with": _in_step(target),
    }.get(target.operator, "")


def _in_step(target: TargetShown | Target) -> str:
    if isinstance(target, Target):
        followed = target.follows.name if target.follows else ""
    else:
        followed = target.follows_zh if formats.in_chinese() else target.follows_en
    return _("in step with %(indicator)s") % {"indicator": followed} if followed else _("in step with the economy")


def path_words(path: str) -> str:
    """Which path through the year a target takes."""
    return {
        "history": _("by the shares of past years"),
        "explicit": _("month by month"),
    }.get(path, _("evenly through the year"))


def amount(value: Decimal | None, kind: str, decimals: int) -> str:
    """A target's figure: growth with one decimal, a level with the indicator's."""
    return formats.growth(value) if kind == Target.Kind.GROWTH else formats.level(value, decimals)


def ahead_words(ahead: Decimal | None) -> str:
    """Ahead of the path or behind it, with how many percentage points; empty where it cannot be told."""
    if ahead is None:
        return ""
    if ahead == 0:
        return pgettext("path", "on the path")
    size = {"points": formats.growth(abs(ahead))}
    return pgettext("path", "ahead %(points)s") % size if ahead > 0 else pgettext("path", "behind %(points)s") % size


def ranks_otherwise(scope: str) -> bool:
    """Whether a published rank goes by something else than growth, by what the sheet said of it."""
    return any(word in scope for word in ("总量", "完成", "规模"))


def rank_words(row: BoardRow) -> str:
    """What the rank goes by and among how many; empty without a rank."""
    if row.ranked is None:
        return ""
    return _("%(by)s, among %(count)s places") % {"by": rank_basis(row), "count": row.ranked.of}


def rank_basis(row: BoardRow) -> str:
    """What the rank goes by, in the words of whoever published it where that is not growth; empty without a rank."""
    if row.ranked is None:
        return ""
    return row.rank_scope if ranks_otherwise(row.rank_scope) else _("by growth")


def own_period(row: BoardRow, month: int) -> str:
    """The row's period where it is not the board's own: another closing month, or the month alone."""
    period = row.period
    if period is None or (period.last_month == month and period == row.due_period):
        return ""
    return formats.period_words(period)
