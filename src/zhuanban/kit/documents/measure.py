"""Widths of text in ems, and what follows from them: table columns, and signature and date. Pure."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from zhuanban.kit.documents.model import Table

PADDING_EM = 0.5
_HEAD_LINES = 2
_LEAST_WRAP_EM = 8.0
_SLACK_EM = 0.15
_NARROW_EM = 0.56
_TURN = re.compile("(?<=[0-9A-Za-z%])(?=[一-鿿])|(?<=[一-鿿])(?=[0-9A-Za-z])")
_TURN_EM = 0.25  # some programs set Chinese and figures apart, whatever the file says
_SIGNS = {"%": 0.85, "\u2212": _NARROW_EM, ".": 0.35, ",": 0.35, "/": 0.35}


def width_em(text: str) -> float:
    """The width of the longest line of ``text`` in ems, with room for replacements of the Latin typeface.

    >>> width_em("增速"), width_em("增速5.2"), round(width_em("−3.6"), 2)
    (2.0, 3.72, 2.03)
    """
    return max(_line_em(line) for line in text.split("\n"))


def _line_em(line: str) -> float:
    turns = len(_TURN.findall(line))
    return sum(_character_em(character) for character in line) + turns * _TURN_EM


def _character_em(character: str) -> float:
    wide = unicodedata.east_asian_width(character) in "WFA"
    return _SIGNS.get(character, 1.0 if wide else _NARROW_EM)


def table_size(table: Table, width_pt: float, sizes: Sequence[float] = (10.5, 9.0, 8.0, 7.5)) -> float:
    """The largest type size at which no figure has to break; the smallest where none is small enough."""
    least = sum(_least(table))
    return next((size for size in sizes if least * size <= width_pt), sizes[-1])


def column_widths(table: Table, total_em: float) -> tuple[float, ...]:
    """The widths of the columns in ems, together ``total_em``.

    A column of figures is as wide as its widest figure and as its head on two lines. Wrapping columns share what is
    left, the longer text more. Where all fits, the rest is shared out; where it does not, all shrink alike.
    """
    least, needed = _least(table), _needed(table)
    missing = [need - own for own, need in zip(least, needed, strict=True)]
    spare = total_em - sum(least)
    if spare < 0:
        return tuple(width * total_em / sum(least) for width in least)
    share = min(1.0, spare / sum(missing)) if sum(missing) else 0.0
    widths = [own + lack * share for own, lack in zip(least, missing, strict=True)]
    rest = (total_em - sum(widths)) / len(widths)
    return tuple(width + rest for width in widths)


def _least(table: Table) -> list[float]:
    """What each column must have: figures whole, wrapping text a few characters."""
    limits = [_LEAST_WRAP_EM if column.wraps else float("inf") for column in table.columns]
    return [min(need, limit) for need, limit in zip(_needed(table), limits, strict=True)]


def _needed(table: Table) -> list[float]:
    """What each column would need to have every cell on the lines that its author gave it."""
    body = [row.cells for row in table.rows if not row.group]
    return [
        max([_head_em(column.head), *(width_em(cells[at]) for cells in body)]) + PADDING_EM + _SLACK_EM
        for at, column in enumerate(table.columns)
    ]


def _head_em(head: str) -> float:
    return width_em(head) if "\n" in head else float(ceil(width_em(head) / _HEAD_LINES))


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
    surplus = (_set_em(signatory) - _set_em(day)) / 2
    if surplus <= 2:
        return Closing(4.0 - surplus, 4.0)
    return Closing(2.0, 2.0 + surplus)


def _set_em(line: str) -> float:
    """The width of a line in the body's own typefaces, where a digit takes half a character."""
    return sum(0.5 if character.isascii() else 1.0 for character in line)
