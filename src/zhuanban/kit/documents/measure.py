"""Widths of text in ems, and what follows from them: table columns, and signature and date. Pure."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from zhuanban.kit.documents.model import Column, Table

PADDING_EM = 0.6
_HEAD_LINES = 2


def width_em(text: str) -> float:
    """The width of ``text`` in ems: a full-width character is 1, a digit or Latin letter 0.5.

    >>> width_em("增速5.2")
    3.5
    """
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)


def column_widths(table: Table, total_em: float) -> tuple[float, ...]:
    """The widths of the columns in ems, together ``total_em``.

    A column of figures is as wide as its widest figure and as its head on two lines; wrapping columns share what is
    left by the length of their texts. Where all fits, the rest is shared out; where it does not, all shrink alike.
    """
    body = [row.cells for row in table.rows if not row.group]
    needed = [_needed(column, [cells[at] for cells in body]) for at, column in enumerate(table.columns)]
    fixed = [0.0 if column.wraps else need for column, need in zip(table.columns, needed, strict=True)]
    wishes = [need if column.wraps else 0.0 for column, need in zip(table.columns, needed, strict=True)]
    left = total_em - sum(fixed)
    if sum(wishes) and left > 0:
        share = min(1.0, left / sum(wishes))
        natural = [own + wish * share for own, wish in zip(fixed, wishes, strict=True)]
    else:
        natural = [own + wish for own, wish in zip(fixed, wishes, strict=True)]
    return _stretched(natural, total_em)


def _needed(column: Column, texts: Sequence[str]) -> float:
    lines = [width_em(line) for line in column.head.split("\n")]
    head = max(lines) if len(lines) > 1 else ceil(lines[0] / _HEAD_LINES)
    return max([head, *(width_em(text) for text in texts)]) + PADDING_EM


def _stretched(widths: Sequence[float], total: float) -> tuple[float, ...]:
    spare = total - sum(widths)
    if spare < 0:
        return tuple(width * total / sum(widths) for width in widths)
    return tuple(width + spare / len(widths) for width in widths)


@dataclass(frozen=True)
class Closing:
    """How many characters signature and date stand in from the right edge."""

    signature_em: float
    date_em: float


def closing_indents(signatory: str, day: str) -> Closing:
    """署名 and 成文日期: the date four characters in, the signature centred over it.

    A signature too long for that stands two characters in, and the date is centred below it.

    >>> closing_indents("示例办公室", "2023年7月24日")
    Closing(signature_em=4.75, date_em=4.0)
    """
    surplus = (width_em(signatory) - width_em(day)) / 2
    if surplus <= 2:
        return Closing(4.0 - surplus, 4.0)
    return Closing(2.0, 2.0 + surplus)
