"""Named errors of the calculations: each carries a stable code and the facts a sentence needs."""

from typing import ClassVar


class CalcError(ValueError):
    """A question that has no honest answer.

    Meaning: the caller asked for a figure that must not be computed or read something that must not be guessed.
    `code` is stable and keys the sentence in a message catalogue; `facts` holds the values that sentence names.

    >>> CalcError(text="1.2.3").facts
    {'text': '1.2.3'}
    """

    code: ClassVar[str] = "calc_error"

    def __init__(self, **facts: object) -> None:
        self.facts: dict[str, object] = facts
        named = ", ".join(f"{name}={value!r}" for name, value in facts.items())
        super().__init__(f"{self.code}: {named}")


class InvalidPeriod(CalcError):
    """The months do not form a span inside one year."""

    code = "invalid_period"


class UnknownPeriodWording(CalcError):
    """The text names no period we may read without guessing."""

    code = "unknown_period_wording"


class PeriodWithoutYear(CalcError):
    """The text names months, but neither it nor its surroundings name the year."""

    code = "period_without_year"


class InvalidReportingCalendar(CalcError):
    """Frequency, basis and gaps of a reporting calendar contradict each other."""

    code = "invalid_reporting_calendar"


class NotAdditive(CalcError):
    """Balances and bare growth rates must not be added or subtracted over time."""

    code = "not_additive"


class PeriodsDiffer(CalcError):
    """Two growth rates over different spans must not be compared."""

    code = "periods_differ"


class UnknownMeasure(CalcError):
    """The unit of measurement is not in the table."""

    code = "unknown_measure"


class NotConvertible(CalcError):
    """No fixed factor leads from one measure to the other (currency, area to money, …)."""

    code = "not_convertible"


class UnreadableNumber(CalcError):
    """The cell is neither a number nor one of the signs for a figure not reported."""

    code = "unreadable_number"


class UnreadableGrowth(CalcError):
    """The words do not name one growth rate."""

    code = "unreadable_growth"


class OverlappingHolders(CalcError):
    """Two holders claim one duty on one day."""

    code = "overlapping_holders"
