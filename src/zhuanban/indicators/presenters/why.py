"""Why this light: every clause of the rule in words, with what it compared and what it lacked."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from zhuanban.calc.lights import Because, Check, CheckState, Fact, LightRule
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


def clauses(row: BoardRow, rule: LightRule) -> list[Clause]:
    """All clauses of the row's verdict, in the rule's order."""
    return [_clause(check, row, rule) for check in row.verdict.checks]


def _clause(check: Check, row: BoardRow, rule: LightRule) -> Clause:
    words = {
        CheckState.FIRED: pgettext("clause", "fired"),
        CheckState.NOT_FIRED: pgettext("clause", "not fired"),
        CheckState.RESTING: pgettext("clause", "resting"),
    }
    resting = check.state is CheckState.RESTING
    inputs = because_words(check.because) if resting and check.because else _inputs(check, row)
    return Clause(
        check.light.value, clause_title(check.code, row, rule), inputs, check.state is CheckState.FIRED,
        words[check.state],
    )  # fmt: skip


def clause_title(code: str, row: BoardRow, rule: LightRule) -> str:
    """The clause in a few words, with its parameters."""
    lower = row.polarity == "lower"
    limits = {
        "places": rule.last_places,
        "points": formats.growth(rule.red_gap_pp),
        "share": formats.level(rule.value_red_share_pct),
    }
    worse_city = _("above the city average") if lower else _("below the city average")
    worse_path = _("above the target to date") if lower else _("below the target to date")
    titles = {
        "falling_below_city": _("rising and above the city") if lower else _("growth negative and below the city"),
        "last_places": _("among the last %(places)s places") % limits,
        "far_below_target": _("more than %(points)s percentage points above the target to date") % limits
        if lower
        else _("more than %(points)s percentage points below the target to date") % limits,
        "far_behind_path": _("behind the path by more than %(share)s%% of the year's target") % limits,
        "below_city_average": worse_city,
        "below_target": worse_path,
        "lower_half": _("rank in the lower half"),
        "behind_path": _("behind the path"),
    }
    return titles[code]


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
    """What the clause compared."""
    facts = check.facts
    if check.code == "falling_below_city":
        return _sentence([_sign(facts["growth_pct"], 0), _sign(facts["growth_pct"], facts["city_growth_pct"])])
    if check.code == "below_city_average":
        return _compared(facts["growth_pct"], facts["city_growth_pct"])
    if check.code in ("far_below_target", "below_target"):
        return _compared(facts["growth_pct"], facts["target_to_date_pct"])
    if check.code == "last_places":
        first = int(facts["rank_of"]) - int(facts["last_places"]) + 1
        named = {"rank": facts["rank"], "of": facts["rank_of"], "first": first}
        return _("place %(rank)s of %(of)s, the last places begin at %(first)s") % named
    if check.code == "lower_half":
        named = {"rank": facts["rank"], "of": facts["rank_of"], "good": facts["good_places"]}
        return _("place %(rank)s of %(of)s, good up to %(good)s") % named
    return _path_words(facts, row)


def _path_words(facts: Mapping[str, Fact], row: BoardRow) -> str:
    level, path = facts["level"], facts["path_level"]
    places = row.decimals if formats.rounded(path, row.decimals) == Decimal(path) else max(row.decimals, 1)
    sign = _order(Decimal(level), Decimal(path))
    words = f"{formats.level(level, row.decimals)} {sign} {formats.level(path, places)} {formats.measure_words(row.measure)}"
    behind = facts.get("behind_pct")
    if behind is None or behind <= 0:
        return words
    return _sentence([words, _("behind by %(share)s%% of the year's target") % {"share": formats.growth(behind)}])


def _compared(mine: Fact, other: Fact) -> str:
    """Two rates at published precision and their difference."""
    difference = (formats.rounded(mine, 1) or Decimal(0)) - (formats.rounded(other, 1) or Decimal(0))
    return _sentence([_sign(mine, other), _("difference %(points)s") % {"points": formats.signed(difference)}])


def _sign(mine: Fact, other: Fact) -> str:
    left, right = formats.rounded(mine, 1) or Decimal(0), formats.rounded(other, 1) or Decimal(0)
    shown = "0" if other == 0 and isinstance(other, int) else formats.growth(right)
    return f"{formats.growth(left)} {_order(left, right)} {shown}"


def _order(left: Decimal, right: Decimal) -> str:
    return "<" if left < right else ">" if left > right else "="


def _sentence(parts: list[str]) -> str:
    return ("，" if formats.in_chinese() else ", ").join(parts)
