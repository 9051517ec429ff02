"""Periods of official figures: spans of whole months inside one year."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhuanban.calc.errors import InvalidPeriod

_NAMES = {
    (1, 3): ("一季度", "first quarter"),
    (4, 6): ("二季度", "second quarter"),
    (7, 9): ("三季度", "third quarter"),
    (10, 12): ("四季度", "fourth quarter"),
    (1, 6): ("上半年", "first half"),
    (7, 12): ("下半年", "second half"),
    (1, 9): ("前三季度", "first three quarters"),
    (1, 12): ("全年", "full year"),
}
_MONTHS_EN = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_KEY = re.compile(r"(\d{4})-(\d{2})(?:\.\.(\d{2}))?")


class Basis(StrEnum):
    """On what span a series reports: since January, the month alone, the quarter alone, or a point in time."""

    CUMULATIVE = "cumulative"
    MONTH = "month"
    QUARTER = "quarter"
    POINT = "point"

    @classmethod
    def _missing_(cls, value: object) -> "Basis | None":
        return cls._value2member_map_.get(value.lower()) if isinstance(value, str) else None  # type: ignore[return-value]


@dataclass(frozen=True, order=True)
class Period:
    """A span of whole months inside one year; a balance carries the month at whose end it stood.

    Meaning: 1—6月 is (year, 1, 6), the month of June (year, 6, 6), joint January–February (year, 1, 2).
    Periods sort by year, first month, last month. Errors: `InvalidPeriod` when the months form no span.
    Source: Chinese official statistics are cumulative by default and publish no separate January for most series
    (release calendar of the National Bureau of Statistics).

    >>> Period(2023, 1, 6).label_zh, Period.month(2023, 3).label_zh, Period.joint(2023).label_zh
    ('1—6月', '3月', '1—2月')
    """

    year: int
    first_month: int
    last_month: int

    def __post_init__(self) -> None:
        if not (1900 <= self.year <= 2199 and 1 <= self.first_month <= self.last_month <= 12):
            raise InvalidPeriod(year=self.year, first_month=self.first_month, last_month=self.last_month)

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        """One month alone; for balances, the end of that month.

        >>> Period.month(2023, 3)
        Period(year=2023, first_month=3, last_month=3)
        """
        return cls(year, month, month)

    @classmethod
    def cumulative(cls, year: int, month: int) -> "Period":
        """January up to and including `month`.

        >>> Period.cumulative(2023, 6).label_en
        'Jan–Jun'
        """
        return cls(year, 1, month)

    @classmethod
    def quarter(cls, year: int, quarter: int) -> "Period":
        """One quarter alone, 1 to 4.

        >>> Period.quarter(2023, 2)
        Period(year=2023, first_month=4, last_month=6)
        """
        return cls(year, 3 * quarter - 2, 3 * quarter)

    @classmethod
    def joint(cls, year: int) -> "Period":
        """January and February together, published in March.

        >>> Period.joint(2023) == Period.cumulative(2023, 2)
        True
        """
        return cls(year, 1, 2)

    @classmethod
    def full_year(cls, year: int) -> "Period":
        """January to December.

        >>> Period.full_year(2023).name_zh
        '全年'
        """
        return cls(year, 1, 12)

    @classmethod
    def of(cls, day: date) -> "Period":
        """The single month a day lies in.

        >>> Period.of(date(2023, 4, 20)).key
        '2023-04'
        """
        return cls(day.year, day.month, day.month)

    @classmethod
    def from_key(cls, key: str) -> "Period":
        """Read back what `key` wrote. Errors: `InvalidPeriod`.

        >>> Period.from_key("2023-01..06") == Period.cumulative(2023, 6)
        True
        """
        found = _KEY.fullmatch(key)
        if found is None:
            raise InvalidPeriod(key=key)
        year, first, last = found.groups()
        return cls(int(year), int(first), int(last or first))

    @property
    def key(self) -> str:
        """A short sortable text for addresses, files and JSON.

        >>> Period.month(2023, 6).key, Period.cumulative(2023, 6).key
        ('2023-06', '2023-01..06')
        """
        start = f"{self.year}-{self.first_month:02d}"
        return start if self.is_month else f"{start}..{self.last_month:02d}"

    @property
    def length(self) -> int:
        """Number of months covered.

        >>> Period.joint(2023).length
        2
        """
        return self.last_month - self.first_month + 1

    @property
    def is_month(self) -> bool:
        """One month alone (January alone is also its own cumulative period).

        >>> Period.month(2023, 3).is_month, Period.joint(2023).is_month
        (True, False)
        """
        return self.first_month == self.last_month

    @property
    def is_cumulative(self) -> bool:
        """Starts in January.

        >>> Period.quarter(2023, 1).is_cumulative, Period.quarter(2023, 2).is_cumulative
        (True, False)
        """
        return self.first_month == 1

    @property
    def is_quarter(self) -> bool:
        """One calendar quarter alone (the first quarter is also cumulative).

        >>> Period.quarter(2023, 3).is_quarter, Period(2023, 2, 4).is_quarter
        (True, False)
        """
        return self.length == 3 and self.last_month % 3 == 0

    @property
    def is_joint(self) -> bool:
        """January and February together.

        >>> Period.cumulative(2023, 2).is_joint
        True
        """
        return (self.first_month, self.last_month) == (1, 2)

    @property
    def start_on(self) -> date:
        """First day.

        >>> Period.cumulative(2023, 6).start_on
        datetime.date(2023, 1, 1)
        """
        return date(self.year, self.first_month, 1)

    @property
    def end_on(self) -> date:
        """Last day, the day a balance of the period stands for.

        >>> Period.cumulative(2024, 2).end_on
        datetime.date(2024, 2, 29)
        """
        return date(self.year, self.last_month, calendar.monthrange(self.year, self.last_month)[1])

    @property
    def year_before(self) -> "Period":
        """The same months one year earlier: 上年同期.

        >>> Period.cumulative(2023, 6).year_before
        Period(year=2022, first_month=1, last_month=6)
        """
        return Period(self.year - 1, self.first_month, self.last_month)

    @property
    def month_before(self) -> "Period":
        """The single month before the last month of this period, across the year boundary.

        >>> Period.month(2023, 1).month_before.key, Period.cumulative(2023, 6).month_before.key
        ('2022-12', '2023-05')
        """
        return Period.month(*_month_earlier(self.year, self.last_month, 1))

    @property
    def closing_month(self) -> "Period":
        """The last month alone.

        >>> Period.cumulative(2023, 6).closing_month.key
        '2023-06'
        """
        return Period.month(self.year, self.last_month)

    def on_basis(self, basis: Basis) -> "Period":
        """The period of another basis that closes with the same month.

        Meaning: a sheet headed "2023-04" means 1—4月 for a cumulative series and April for a balance.
        On the quarter basis the quarter containing the last month is meant.

        >>> Period.month(2023, 4).on_basis(Basis.CUMULATIVE).key, Period.cumulative(2023, 6).on_basis(Basis.QUARTER).key
        ('2023-01..04', '2023-04..06')
        """
        match basis:
            case Basis.CUMULATIVE:
                return Period.cumulative(self.year, self.last_month)
            case Basis.QUARTER:
                return Period.quarter(self.year, (self.last_month + 2) // 3)
            case _:
                return self.closing_month

    def previous(self, basis: Basis) -> "Period":
        """The period reported just before this one on the same basis: 较上月 / 较上季.

        Before January (or the first quarter) comes December (or the fourth quarter) of the year before; for a
        cumulative series that is the whole year before. Gaps of a series are known to its reporting calendar only.

        >>> Period.cumulative(2023, 6).previous(Basis.CUMULATIVE).key, Period.quarter(2023, 1).previous(Basis.QUARTER).key
        ('2023-01..05', '2022-10..12')
        """
        step = 3 if basis is Basis.QUARTER else 1
        return Period.month(*_month_earlier(self.year, self.last_month, step)).on_basis(basis)

    def contains(self, other: "Period") -> bool:
        """Whether every month of `other` lies inside this period.

        >>> Period.cumulative(2023, 6).contains(Period.quarter(2023, 2))
        True
        """
        return self.year == other.year and self.first_month <= other.first_month and other.last_month <= self.last_month

    @property
    def label_zh(self) -> str:
        """Months as printed, with an em dash: 1—6月.

        >>> Period.month(2023, 12).label_zh
        '12月'
        """
        return f"{self.last_month}月" if self.is_month else f"{self.first_month}—{self.last_month}月"

    @property
    def label_en(self) -> str:
        """Months as printed in English, with an en dash.

        >>> Period.joint(2023).label_en, Period.month(2023, 3).label_en
        ('Jan–Feb', 'Mar')
        """
        last = _MONTHS_EN[self.last_month - 1]
        return last if self.is_month else f"{_MONTHS_EN[self.first_month - 1]}–{last}"

    @property
    def name_zh(self) -> str:
        """The official name where the span has one (一季度, 上半年, 前三季度, 全年), otherwise the months.

        >>> Period.cumulative(2023, 9).name_zh, Period.cumulative(2023, 8).name_zh
        ('前三季度', '1—8月')
        """
        return _NAMES.get((self.first_month, self.last_month), (self.label_zh, ""))[0]

    @property
    def name_en(self) -> str:
        """The English name where the span has one, otherwise the months.

        >>> Period.cumulative(2023, 6).name_en
        'first half'
        """
        return _NAMES.get((self.first_month, self.last_month), ("", self.label_en))[1]

    @property
    def title_zh(self) -> str:
        """Year and months.

        >>> Period.cumulative(2023, 6).title_zh
        '2023年1—6月'
        """
        return f"{self.year}年{self.label_zh}"

    @property
    def title_en(self) -> str:
        """Months and year in English.

        >>> Period.cumulative(2023, 6).title_en
        'Jan–Jun 2023'
        """
        return f"{self.label_en} {self.year}"

    def __str__(self) -> str:
        return self.key


def _month_earlier(year: int, month: int, months: int) -> tuple[int, int]:
    index = year * 12 + month - 1 - months
    return index // 12, index % 12 + 1


def months_earlier(year: int, month: int, months: int) -> Period:
    """The single month `months` before a given one; negative steps go forward.

    >>> months_earlier(2023, 1, 1).key, months_earlier(2023, 12, -1).key
    ('2022-12', '2024-01')
    """
    return Period.month(*_month_earlier(year, month, months))
