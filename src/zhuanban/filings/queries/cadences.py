"""The drawer of cadences, and what the office set about them."""

from datetime import date
from functools import lru_cache

from zhuanban.calc.due_days import Week
from zhuanban.calc.periods import months_earlier
from zhuanban.filings.kinds.cadence import Cadence, Covered, Rhythm
from zhuanban.filings.models import CadenceVersion
from zhuanban.kit.dated import version_on
from zhuanban.kit.drawers import open_drawer
from zhuanban.kit.remembering import once_in_a_request
from zhuanban.people.access import Viewer

REMEMBERED = "filings.cadences"


@lru_cache(maxsize=1)
def cadences() -> dict[str, Cadence]:
    """All kinds of filings by key, with the product's numbers."""
    return open_drawer("zhuanban.filings.kinds", "CADENCE", Cadence)


def monthly_cadences() -> tuple[str, ...]:
    """The kinds that recur every month."""
    return tuple(key for key, each in cadences().items() if each.rhythm is Rhythm.MONTHLY)


def weekly_cadences() -> tuple[str, ...]:
    """The kinds that recur every week."""
    return tuple(key for key, each in cadences().items() if each.rhythm is Rhythm.WEEKLY)


def cadence_of(*, key: str, covered: Covered) -> Cadence:
    """The kind ``key`` as it is for a month: by what the office had set when the month of its due day began; for a
    week, when the week began.

    KeyError for a kind that does not exist.
    """
    plain = cadences()[key]
    if isinstance(covered, Week):
        return cadence_on(key=key, day=covered.day(1))
    due = months_earlier(covered.year, covered.last_month, -plain.month_offset)
    return cadence_on(key=key, day=due.start_on)


def cadence_on(*, key: str, day: date) -> Cadence:
    """The kind ``key`` with the numbers in force on a day."""
    plain = cadences()[key]
    versions = once_in_a_request(REMEMBERED, lambda: list(CadenceVersion.objects.all()))
    version = version_on((each for each in versions if each.cadence == key), day)
    return plain.with_settings(version.parameters, version.authority) if version else plain


def cadence_history(*, viewer: Viewer, key: str) -> list[CadenceVersion]:
    """Every version of a kind, newest first; open to every viewer."""
    del viewer
    return list(CadenceVersion.objects.filter(cadence=key).order_by("-in_force_from"))
