"""What holds for all inputs."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from zhuanban.calc.due_days import Week
from zhuanban.calc.lights import Light, LightInputs, judge
from zhuanban.calc.measures import MEASURES, Measure, convert, from_base, to_base
from zhuanban.calc.period_words import find_period, parse_period
from zhuanban.calc.periods import Basis, Period
from zhuanban.calc.polarity import Polarity
from zhuanban.calc.ranks import competition_ranks
from zhuanban.calc.reporting import Frequency, ReportingCalendar, board_period, expected_periods, is_expected
from zhuanban.calc.rounding import half_up
from zhuanban.calc.series import cumulative_value, month_value
from zhuanban.calc.working_days import BACKWARD, after_working_days, rolled, working_days_between

rates = st.decimals(min_value=-99, max_value=300, places=1, allow_nan=False)
levels = st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False)
maybe = st.none()


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first = draw(st.integers(1, 12))
    return Period(draw(st.integers(2001, 2099)), first, draw(st.integers(first, 12)))


@st.composite
def convertible(draw: st.DrawFn) -> tuple[Measure, Measure]:
    source = draw(st.sampled_from(MEASURES))
    return source, draw(st.sampled_from([each for each in MEASURES if each.dimension is source.dimension]))


@st.composite
def inputs(draw: st.DrawFn) -> LightInputs:
    peers = draw(maybe | st.integers(1, 12))
    return LightInputs(
        growth_pct=draw(rates),
        city_growth_pct=draw(maybe | rates),
        target_to_date_pct=draw(maybe | rates),
        rank=None if peers is None else draw(st.integers(1, peers)),
        rank_of=peers,
        level=draw(maybe | levels),
        path_level=draw(maybe | levels),
        year_target_level=draw(maybe | levels),
        polarity=draw(st.sampled_from(Polarity)),
    )


@given(periods())
def test_a_period_is_read_back_from_its_key_label_and_title(period: Period) -> None:
    assert Period.from_key(period.key) == period
    assert parse_period(period.key) == period
    assert parse_period(period.label_zh, year=period.year) == period
    assert parse_period(period.title_zh) == parse_period(period.title_en) == period
    assert find_period(f"示例高新区{period.title_zh}情况") == period


@given(periods())
def test_the_year_before_has_the_same_months_and_ends_earlier(period: Period) -> None:
    before = period.year_before
    assert (before.label_zh, before.length) == (period.label_zh, period.length)
    assert before.end_on < period.start_on


@given(st.integers(2001, 2099), st.integers(1, 12), st.sampled_from(Basis))
def test_previous_periods_step_back_by_one_and_never_skip(year: int, month: int, basis: Basis) -> None:
    period = Period.month(year, month).on_basis(basis)
    step = 3 if basis is Basis.QUARTER else 1
    earlier = period.previous(basis)
    assert (period.year * 12 + period.last_month) - (earlier.year * 12 + earlier.last_month) == step
    assert earlier.on_basis(basis) == earlier


@given(
    st.integers(2001, 2099),
    st.integers(1, 12),
    st.sampled_from(Frequency),
    st.booleans(),
    st.booleans(),
    st.integers(0, 3),
)
def test_the_board_shows_only_what_is_expected_and_never_the_future(
    year: int, month: int, frequency: Frequency, january: bool, fourth: bool, lag: int
) -> None:
    calendar = ReportingCalendar(frequency, january, fourth, lag)
    shown = board_period(calendar, year, month)
    if shown is not None:
        assert is_expected(calendar, shown)
        assert (shown.year, shown.last_month) <= (year, month)
    assert all(is_expected(calendar, period) for period in expected_periods(calendar, year))


@given(st.lists(levels, min_size=11, max_size=11))
def test_months_and_cumulative_values_lead_to_each_other(values: list[Decimal]) -> None:
    spans = [Period.joint(2023), *(Period.month(2023, month) for month in range(3, 13))]
    by_month: dict[Period, Decimal | None] = dict(zip(spans, values, strict=True))
    cumulative = {
        Period.cumulative(2023, month): cumulative_value(by_month, Period.cumulative(2023, month))
        for month in range(2, 13)
    }
    assert cumulative[Period.full_year(2023)] == sum(values)
    assert {span: month_value(cumulative, span) for span in spans} == by_month
    assert month_value(cumulative, Period.month(2023, 1)) is None


@given(levels, convertible())
def test_conversion_there_and_back_changes_nothing(value: Decimal, measures: tuple[Measure, Measure]) -> None:
    source, target = measures
    assert convert(convert(value, source, target), target, source) == value
    assert from_base(to_base(value, source), source) == value


@given(st.dictionaries(st.integers(0, 20), levels, min_size=1), st.sampled_from([1, 4, 8]))
def test_ranks_are_deaf_to_the_measure(values: dict[int, Decimal], digits: int) -> None:
    scaled = {key: value.scaleb(digits) for key, value in values.items()}
    assert competition_ranks(values, places=2) == competition_ranks(scaled, places=2)


@given(st.dictionaries(st.integers(0, 20), rates, min_size=1))
def test_a_place_is_one_more_than_the_peers_that_print_better(values: dict[int, Decimal]) -> None:
    for key, rank in competition_ranks(values).items():
        assert rank.place == 1 + sum(half_up(other) > half_up(values[key]) for other in values.values())


@given(inputs(), st.decimals(min_value=0, max_value=50, places=1, allow_nan=False))
def test_more_of_what_is_better_never_worsens_a_light(known: LightInputs, more: Decimal) -> None:
    assert known.growth_pct is not None
    better = replace(
        known,
        growth_pct=known.growth_pct + more * known.polarity.sign,
        level=None if known.level is None else known.level + more * known.polarity.sign,
        rank=None if known.rank is None else max(1, known.rank - int(more)),
    )
    assert judge(better).light.severity <= judge(known).light.severity


@given(inputs())
def test_a_light_is_green_exactly_when_nothing_fired(known: LightInputs) -> None:
    verdict = judge(known)
    assert (verdict.light is Light.GREEN) == (verdict.reasons == ())
    assert verdict.provisional == (known.city_growth_pct is None)


@given(st.dates(date(2004, 2, 1), date(2026, 11, 30)), st.integers(0, 40))
def test_working_day_terms_count_themselves(start: date, days: int) -> None:
    due = after_working_days(start, days)
    if not due.is_provisional:
        assert working_days_between(start, due.on) == days


@given(st.dates(date(2004, 2, 1), date(2026, 11, 30)))
def test_forward_and_backward_rolls_enclose_the_free_days(day: date) -> None:
    forward, backward = rolled(day), rolled(day, rule=BACKWARD)
    assert backward.on <= day <= forward.on
    assert rolled(forward.on).on == forward.on
    assert (forward.on == day) == (backward.on == day)


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)))
def test_the_week_after_begins_seven_days_later(day: date) -> None:
    week = Week.of(day)
    assert week.next.day(1) - week.day(1) == timedelta(days=7)
    assert week < week.next
