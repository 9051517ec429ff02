"""Why this light: every clause of the rule in words, with what it compared and what it lacked."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhuanban.calc.lights import Because, Check, CheckState
from zhuanban.indicators.queries import BoardRow
from zhuanban.kit import formats


@dataclass(frozen=True)
class Clause:
    """One clause as the page lists it."""

    light: str
    title: str
    inputs: str
    hit: bool
    state: str


def clauses(row: BoardRow) -> list[Clause]:
    """All clauses of the row's verdict, in the rule's order."""
    return [_clause(check, row) for check in row.verdict.checks]


def _clause(check: Check, row: BoardRow) -> Clause:
    words = {
        CheckState.FIRED: pgettext("clause", "fired"),
        CheckState.NOT_FIRED: pgettext("clause", "not fired"),
        CheckState.RESTING: pgettext("clause", "resting"),
    }
    resting = check.state is CheckState.RESTING
    inputs = because_words(check.because) if resting and check.because else _inputs(check, row)
    return Clause(
        check.light.value, clause_title(check.code, row), inputs, check.state is CheckState.FIRED, words[check.state]
    )


def clause_title(code: str, row: BoardRow) -> str:
    """The clause in a few words."""
    lower = row.polarity == "lower"
    titles: dict[str, Callable[[], str]] = {
        "falling_below_city": lambda: _("growth negative and below the city"),
        "last_places": lambda: _("among the last places"),
        "far_below_target": lambda: _("far below the target to date"),
        "far_behind_path": lambda: _("far behind the path"),
        "below_city_average": lambda: _("above the city average") if lower else _("below the city average"),
        "below_target": lambda: _("above the target to date") if lower else _("below the target to date"),
        "lower_half": lambda: _("rank in the lower half"),
        "behind_path": lambda: _("behind the path"),
    }
    return titles[code]()


def because_words(because: Because) -> str:
    """What a resting clause lacks."""
    return {
        Because.GROWTH_UNKNOWN: _("no growth reported"),
        Because.CITY_UNKNOWN: _("waits for the city's figure"),
        Because.CITY_NOT_PUBLISHED: _("the city publishes no figure"),
        Because.NO_TARGET: _("no growth target"),
        Because.RANK_UNKNOWN: _("no rank known"),
        Because.TOO_FEW_PEERS: _("too few peers with data"),
        Because.NO_PATH: _("no value target"),
        Because.NOT_EXPECTED: _("nothing is published for this month"),
    }[because]


def _inputs(check: Check, row: BoardRow) -> str:
    facts = check.facts
    if check.code in ("falling_below_city", "below_city_average"):
        return _compared(facts["growth_pct"], facts["city_growth_pct"])
    if check.code in ("far_below_target", "below_target"):
        words = _compared(facts["growth_pct"], facts["target_to_date_pct"])
        limit = facts.get("red_gap_pp")
        if limit is not None:
            words += f" · {_('limit')} {formats.growth(limit)}"
        return words
    if check.code in ("last_places", "lower_half"):
        rank, of = facts["rank"], facts["rank_of"]
        if check.code == "last_places":
            first_bad = int(of) - int(facts["last_places"]) + 1
            return _("place %(rank)s of %(of)s, the last places begin at %(first)s") % {
                "rank": rank, "of": of, "first": first_bad,
            }  # fmt: skip
        return _("place %(rank)s of %(of)s, good up to %(good)s") % {
            "rank": rank, "of": of, "good": facts["good_places"],
        }  # fmt: skip
    level, path = facts.get("level"), facts.get("path_level")
    return f"{formats.level(level, row.decimals)} / {_('path')} {formats.level(path, 1)} {row.measure}"


def _compared(mine: object, other: object) -> str:
    left, right = Decimal(str(mine)), Decimal(str(other))
    difference = formats.signed(formats.rounded(left, 1) - formats.rounded(right, 1))  # type: ignore[operator]
    sign = "<" if left < right else ">" if left > right else "="
    return f"{formats.growth(left)} {sign} {formats.growth(right)}, {_('difference')} {difference}"
