"""What the address of a board or an indicator asks for: month, moment, filters. All state of these pages lives there."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import lru_cache
from urllib.parse import urlencode

from django.urls import reverse

from zhuanban.calc.due_days import monthly_due
from zhuanban.calc.periods import months_earlier
from zhuanban.indicators import queries
from zhuanban.indicators.queries.year import state_of_record
from zhuanban.kit import clock
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer
from zhuanban.people.queries import working_calendar

_MONTH = re.compile(r"((?:19|20|21)\d{2})-(0[1-9]|1[0-2])")
FIRST_YEAR, LAST_YEAR = 1900, 2199
_FILTERS = ("group", "unit", "light", "every")


@dataclass(frozen=True)
class Asked:
    """One address taken apart. ``known`` is the text of 当时所知, empty for 现在所知; ``months`` those with figures."""

    year: int
    month: int
    known: str = ""
    group: str = ""
    unit: str = ""
    light: str = ""
    every: str = ""
    months: tuple[tuple[int, int], ...] = ()

    @property
    def key(self) -> str:
        return f"{self.year}-{self.month:02d}"

    @property
    def as_known(self) -> datetime | None:
        """The moment asked for: a day means its end in Shanghai; None means now."""
        return _moment(self.known)

    def parameters(self) -> dict[str, str]:
        """The address' parameters, those with their default left out."""
        named = {"month": self.key, "as_known": self.known, **{name: getattr(self, name) for name in _FILTERS}}
        return {name: value for name, value in named.items() if value}

    def board(self, **changes: object) -> str:
        """The board's address with some of it changed."""
        return f"{reverse('indicators:board')}?{urlencode(replace(self, **changes).parameters())}"  # type: ignore[arg-type]

    def indicator(self, code: str, **changes: object) -> str:
        """An indicator's address for the same month and moment."""
        return self.page("indicator", code, **changes)

    def page(self, name: str, code: str, **changes: object) -> str:
        """The address of another page of the room for the same month and moment."""
        other = replace(self, **changes)  # type: ignore[arg-type]
        named = {"month": other.key, **({"as_known": other.known} if other.known else {})}
        return f"{reverse(f'indicators:{name}', args=[code])}?{urlencode(named)}"

    def filters(self) -> str:
        """The filters alone, as they are kept under a name."""
        return urlencode({name: value for name in _FILTERS if (value := getattr(self, name))})

    def export(self) -> str:
        return f"{reverse('indicators:board_export')}?{urlencode(self.parameters())}"

    @property
    def usual_moment(self) -> str:
        """The day that 当时所知 opens with: the monthly due day after the month, or today before it."""
        return min(_due_day(self.year, self.month, state_of_record()), clock.today()).isoformat()


@lru_cache(maxsize=64)
def _due_day(year: int, month: int, state: str) -> date:
    """The due day after a month, by the working days that the record knew of in that state."""
    del state
    return monthly_due(months_earlier(year, month, -1), calendar=working_calendar()).on


def asked(parameters: Mapping[str, str], viewer: Viewer) -> Asked:
    """The address taken apart; without a month, the newest one with figures.

    Refusals: board_month_unknown, board_moment_unknown, board_moment_ahead.
    """
    known = parameters.get("as_known", "").strip()
    months = tuple(queries.closing_months(viewer=viewer, as_known=_moment(known)))
    year, month = _month(parameters.get("month", "").strip(), months)
    light = parameters.get("light", "")
    every = parameters.get("every", "")
    return Asked(
        year, month, known, parameters.get("group", "")[:60], parameters.get("unit", "")[:60],
        light if light in queries.LIGHTS else "", every if every in ("month", "quarter") else "", months,
    )  # fmt: skip


def _month(text: str, months: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    if not text:
        if months:
            return months[-1]
        today = clock.today()
        earlier = months_earlier(today.year, today.month, 1)
        return earlier.year, earlier.last_month
    found = _MONTH.fullmatch(text)
    # The first and the last year have neighbours that no period reaches.
    if not found or not FIRST_YEAR < int(found.group(1)) < LAST_YEAR:
        raise Refusal("board_month_unknown", month=text[:20])
    return int(found.group(1)), int(found.group(2))


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as unreadable:
        raise Refusal("board_moment_unknown", moment=text[:32]) from unreadable
    if not FIRST_YEAR < moment.year < LAST_YEAR:
        raise Refusal("board_moment_unknown", moment=text[:32])
    if len(text) == len("2023-07-24"):
        moment = datetime.combine(moment.date(), time(23, 59, 59), clock.SHANGHAI)
    elif moment.tzinfo is None:
        moment = moment.replace(tzinfo=clock.SHANGHAI)
    if clock.shanghai(moment).date() > clock.today():
        raise Refusal("board_moment_ahead", moment=text[:32])
    return moment
