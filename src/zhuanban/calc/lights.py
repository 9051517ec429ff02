"""The light of an indicator: every clause of the rule, what fired, and why others rested."""

from zhuanban.calc.light_clauses import CLAUSES, Seen
from zhuanban.calc.light_terms import (
    DEFAULT_RULE,
    Because,
    Check,
    CheckState,
    Fact,
    Light,
    LightInputs,
    LightRule,
    Reason,
    Verdict,
    worst,
)

__all__ = [
    "CLAUSE_CODES",
    "DEFAULT_RULE",
    "Because",
    "Check",
    "CheckState",
    "Fact",
    "Light",
    "LightInputs",
    "LightRule",
    "Reason",
    "Verdict",
    "judge",
    "worst",
]

CLAUSE_CODES: tuple[tuple[Light, str], ...] = tuple((clause.light, clause.code) for clause in CLAUSES)


def judge(inputs: LightInputs, rule: LightRule = DEFAULT_RULE) -> Verdict:
    """Decide the light of an indicator.

    Meaning: the light is the worst clause that fires, green when none does; rates compare at published precision, equal
    is never below; "lower is better" mirrors every comparison except the rank, where 1 is always best. Grey: no figure, or
    none is expected. A missing city figure rests its clauses and marks the verdict provisional (待全市数据); without a
    target its clauses rest. A value, count or stock is yellow behind its path and red when behind it by more than
    `value_red_share_pct` of the year's target. Units: percent and percentage points; levels in one measure.
    Source: the product's own default, after the published rule for districts' investment in Tianjin (2022).

    >>> from decimal import Decimal
    >>> known = LightInputs(Decimal("2.9"), city_growth_pct=Decimal(6), target_to_date_pct=Decimal(8), rank=7, rank_of=10)
    >>> verdict = judge(known)
    >>> verdict.light.value, [reason.code for reason in verdict.reasons]
    ('red', ['far_below_target', 'below_city_average', 'below_target', 'lower_half'])
    >>> judge(LightInputs(growth_pct=Decimal(5), target_to_date_pct=Decimal(4))).provisional
    True
    """
    if not inputs.expected:
        return _no_verdict(Because.NOT_EXPECTED)
    seen = Seen(inputs)
    if seen.growth is None and seen.behind is None:
        return _no_verdict(Because.GROWTH_UNKNOWN if inputs.level is None else Because.NO_PATH)
    checks = tuple(clause.checked(seen, rule) for clause in CLAUSES)
    fired = tuple(check for check in checks if check.state is CheckState.FIRED)
    reasons = tuple(Reason(check.light, check.code, check.facts) for check in fired)
    provisional = seen.growth is not None and inputs.city_published and seen.city is None
    return Verdict(worst([Light.GREEN, *(check.light for check in fired)]), provisional, reasons, checks)


def _no_verdict(because: Because) -> Verdict:
    checks = tuple(clause.resting(because) for clause in CLAUSES)
    return Verdict(Light.GREY, provisional=False, reasons=(), checks=checks)
