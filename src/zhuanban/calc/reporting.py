"""Which figure an indicator owes when: frequency, missing January, missing fourth quarter, lag, retirement."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhuanban.calc.errors import InvalidReportingCalendar
from zhuanban.calc.periods import Basis, Period, months_earlier


class Frequency(StrEnum):
    """How often a series reports."""

    MONTH = "month"
    QUARTER = "quarter"


@dataclass(frozen=True)
class ReportingCalendar:
    """When a series reports, on what span, and where it has gaps.

    Meaning: `has_january` False joins January to February; `has_fourth_quarter` False leaves the quarter to the annual
    survey (wages); `lag_months` 1 means that the figure of March is the newest one in May (services revenue);
    `active_from` and `active_until` (inclusive, None: unbounded) end or begin a series, as when business tax ended on
    2016-04-30. Errors: `InvalidReportingCalendar`.
    Source: release calendar of the National Bureau of Statistics; reporting rules of 202-1, F203 and 财税〔2016〕36号.

    >>> ReportingCalendar(has_january=False).lag_months
    0
    """

    frequency: Frequency = Frequency.MONTH
    has_january: bool = True
    has_fourth_quarter: bool = True
    lag_months: int = 0
    basis: Basis = Basis.CUMULATIVE
    active_from: date | None = None
    active_until: date | None = None

    def __post_init__(self) -> None:
        clash = (
            (self.frequency is Frequency.QUARTER and self.basis is Basis.MONTH)
            or (self.frequency is Frequency.MONTH and self.basis is Basis.QUARTER)
            or self.lag_months < 0
        )
        if clash:
            raise InvalidReportingCalendar(frequency=self.frequency, basis=self.basis, lag_months=self.lag_months)


def is_expected(calendar: ReportingCalendar, period: Period) -> bool:
    """Whether the series owes a figure for exactly this period.

    Meaning: False is not "missing": a period that is not expected raises no alarm and shows no light.

    >>> is_expected(ReportingCalendar(has_january=False), Period.month(2023, 1))
    False
    >>> wages = ReportingCalendar(Frequency.QUARTER, has_fourth_quarter=False)
    >>> is_expected(wages, Period.cumulative(2023, 9)), is_expected(wages, Period.full_year(2023))
    (True, False)
    """
    return period == _period_closing(calendar, period.year, period.last_month)


def _period_closing(calendar: ReportingCalendar, year: int, month: int) -> Period | None:
    """The period the series reports at the end of a month, None when it reports none."""
    if calendar.frequency is Frequency.QUARTER:
        if month % 3 or (month == 12 and not calendar.has_fourth_quarter):
            return None
    elif month == 1 and not calendar.has_january:
        return None
    period = Period.month(year, month).on_basis(calendar.basis)
    if calendar.basis is Basis.MONTH and month == 2 and not calendar.has_january:
        period = Period.joint(year)
    return period if _is_active(calendar, period) else None


def _is_active(calendar: ReportingCalendar, period: Period) -> bool:
    begun = calendar.active_from is None or period.end_on >= calendar.active_from
    return begun and (calendar.active_until is None or period.end_on <= calendar.active_until)


def board_period(calendar: ReportingCalendar, year: int, month: int) -> Period | None:
    """The period an indicator shows on the board of a month.

    Meaning: the newest expected period that closed by that month less the lag, inside the year of that month; a
    quarterly series keeps its last closed quarter. None: nothing of that year exists yet (January without a January
    figure; the first two months of a quarterly series) or the series is retired.

    >>> board_period(ReportingCalendar(has_january=False), 2023, 1) is None
    True
    >>> board_period(ReportingCalendar(lag_months=1), 2023, 4).key, board_period(ReportingCalendar(Frequency.QUARTER), 2023, 8).key
    ('2023-01..03', '2023-01..06')
    """
    newest = months_earlier(year, month, calendar.lag_months)
    for closing in range(newest.last_month, 0, -1):
        period = _period_closing(calendar, newest.year, closing)
        if period is not None:
            return period
    return None


def newest_expected(calendar: ReportingCalendar, on: date) -> Period | None:
    """The newest period whose figure is owed in a report due on a day.

    Meaning: the report of a month covers the month before, less the lag; where that month has no figure of its own the
    one before it is the newest. None: the series has been retired for more than two years or has not begun.

    >>> newest_expected(ReportingCalendar(has_january=False), date(2023, 5, 20)).key
    '2023-01..04'
    >>> newest_expected(ReportingCalendar(has_january=False, lag_months=1), date(2023, 5, 20)).key
    '2023-01..03'
    """
    for step in range(1, 25):
        closing = months_earlier(on.year, on.month, step + calendar.lag_months)
        period = _period_closing(calendar, closing.year, closing.last_month)
        if period is not None:
            return period
    return None


def period_due_in(calendar: ReportingCalendar, year: int, month: int) -> Period | None:
    """The period whose figure falls due in a month, None where the series owes none then.

    Meaning: the month before, less the lag; a quarterly series owes only in the month after its quarter (and its lag).

    >>> [period and period.key for period in (period_due_in(ReportingCalendar(has_january=False), 2023, month) for month in (2, 3))]
    [None, '2023-01..02']
    >>> period_due_in(ReportingCalendar(Frequency.QUARTER, has_fourth_quarter=False), 2024, 1) is None
    True
    """
    closing = months_earlier(year, month, 1 + calendar.lag_months)
    return _period_closing(calendar, closing.year, closing.last_month)


def month_due(calendar: ReportingCalendar, period: Period) -> Period:
    """The month in which the figure of a period falls due.

    >>> month_due(ReportingCalendar(lag_months=1), Period.cumulative(2023, 3)).key
    '2023-05'
    """
    return months_earlier(period.year, period.last_month, -1 - calendar.lag_months)


def is_owed_in(calendar: ReportingCalendar, on: date) -> bool:
    """Whether the report due on a day brings a new figure of this series.

    Meaning: False on 20 February for a series without January: nothing is missing then.

    >>> is_owed_in(ReportingCalendar(has_january=False), date(2023, 2, 20))
    False
    >>> is_owed_in(ReportingCalendar(has_january=False), date(2023, 3, 20))
    True
    """
    return period_due_in(calendar, on.year, on.month) is not None


def expected_periods(calendar: ReportingCalendar, year: int) -> tuple[Period, ...]:
    """All periods of a year for which the series owes a figure, in order.

    >>> [period.label_zh for period in expected_periods(ReportingCalendar(Frequency.QUARTER, has_fourth_quarter=False), 2023)]
    ['1—3月', '1—6月', '1—9月']
    """
    closings = (_period_closing(calendar, year, month) for month in range(1, 13))
    return tuple(period for period in closings if period is not None)


def previous_expected(calendar: ReportingCalendar, period: Period) -> Period | None:
    """The period reported before this one: what "较上月" and "较上季" compare with.

    Meaning: before 1—2月 of a series without January comes the whole year before. None: the series had not begun.

    >>> previous_expected(ReportingCalendar(has_january=False), Period.joint(2023)).key
    '2022-01..12'
    """
    for step in range(1, 25):
        closing = months_earlier(period.year, period.last_month, step)
        found = _period_closing(calendar, closing.year, closing.last_month)
        if found is not None:
            return found
    return None


def month_covered(due_on: date) -> Period:
    """The month a monthly report covers: the one before the month in which it is due.

    >>> month_covered(date(2024, 1, 22)).key
    '2023-12'
    """
    return months_earlier(due_on.year, due_on.month, 1)


def plan_year(period: Period) -> int:
    """The year whose targets a figure is measured against, whenever the report was written.

    >>> plan_year(month_covered(date(2024, 1, 22)))
    2023
    """
    return period.year
