"""Long lists page by page: each page begins after the last row of the one before, so that a late page costs no more than the first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, F, Model, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils.dateparse import parse_datetime

_BY = "list_order"
_YEARS = range(1900, 2201)
"""Beyond them no row stands, and near the ends of the calendar a zone's offset leads out of it."""


@dataclass(frozen=True)
class Slice:
    """The rows of one page; ``after`` asks for the next one, empty on the last."""

    rows: list[Any]
    after: str


def sliced(
    found: "QuerySet[Any, Any]", orders: Mapping[str, Combinable], order: tuple[str, bool], after: str, size: int
) -> Slice:
    """``size`` rows in an order, after the row that ``after`` names. One query.

    ``orders`` has an expression for each key, none of which may be NULL; equal ones follow each other by number. An
    ``after`` that cannot be read begins at the first page.
    """
    key, descends = order
    expression = orders[key]
    if expression == F("pk"):
        return _by_number(found, descends, after, size)
    ordered = found.annotate(**{_BY: expression})
    if (begin := _read(ordered, after)) is not None:
        value, number = begin
        beyond = "lt" if descends else "gt"
        ordered = ordered.filter(Q(**{f"{_BY}__{beyond}": value}) | Q(**{_BY: value, f"pk__{beyond}": number}))
    sign = "-" if descends else ""
    ordered = ordered.order_by(f"{sign}{_BY}", f"{sign}pk")
    # Finding the page by number alone lets an index answer; whole rows of everything found would be sorted otherwise.
    page = found.annotate(**{_BY: expression}).filter(pk__in=ordered.values("pk")[: size + 1])
    rows = list(page.order_by(f"{sign}{_BY}", f"{sign}pk"))
    return _slice(rows, size, lambda row: f"{row.pk}~{_text(getattr(row, _BY))}")


def _by_number(found: "QuerySet[Any, Any]", descends: bool, after: str, size: int) -> Slice:
    number = _number(after.partition("~")[0])
    if number is not None:
        found = found.filter(pk__lt=number) if descends else found.filter(pk__gt=number)
    rows = list(found.order_by("-pk" if descends else "pk")[: size + 1])
    return _slice(rows, size, lambda row: str(row.pk))


def _slice(rows: list[Model], size: int, name: Any) -> Slice:
    shown = rows[:size]
    return Slice(shown, name(shown[-1]) if len(rows) > size else "")


def _read(ordered: "QuerySet[Any, Any]", after: str) -> tuple[Any, int] | None:
    number, found, text = after.partition("~")
    if not found or (pk := _number(number)) is None:
        return None
    try:
        value = _value(ordered.query.annotations[_BY].output_field, text)
    except (ValidationError, ValueError, OverflowError):
        return None
    return None if value is None else (value, pk)


def _value(field: Any, text: str) -> Any:
    if isinstance(field, DateTimeField):
        found = parse_datetime(text)
        return found if found and found.tzinfo and found.year in _YEARS else None
    value = field.to_python(text)
    return None if isinstance(value, date) and value.year not in _YEARS else value


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, (date, datetime)) else str(value)
