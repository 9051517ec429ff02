"""Comma-separated tables as offices really send them: any of the usual encodings, any of the usual separators."""

import csv
import re
from collections.abc import Iterator

from zhuanban.kit.spreadsheets.guards import unguarded

MAX_ROWS = 200_000
MAX_COLUMNS = 300
MAX_LINE = 1_000_000
MAX_FIELD = 32_767
_CJK = re.compile("[\u4e00-\u9fff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffe\uffff]")


class Unreadable(Exception):
    """The table cannot be read: a code of the catalogue and its facts."""

    def __init__(self, code: str, **facts: object) -> None:
        self.code = code
        self.facts = facts
        super().__init__(code)


def decoded(data: bytes) -> str:
    """The text of a table in UTF-8 (with or without mark), UTF-16 with mark, GBK or GB18030.

    Raises ``Unreadable`` where it is none of these, or where lines of two encodings are mixed.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        text = _strict(data, "utf-16")
    else:
        text = _strict(data, "utf-8-sig")
        if text is None:
            _check_not_mixed(data)
            text = _strict(data, "gb18030")
    if text is None or _CONTROL.search(text):
        raise Unreadable("sheet_encoding_unknown")
    return text


def rows_of(text: str) -> Iterator[list[str]]:
    """The rows of the table, each a list of texts with formula guards taken off."""
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > MAX_LINE:
            raise Unreadable("sheet_line_too_long", row=number)
    csv.field_size_limit(MAX_FIELD)
    reader = csv.reader(text.splitlines(keepends=True), delimiter=separator(text), strict=True)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Unreadable("sheet_quotes_unbalanced", row=reader.line_num) from error
        if len(row) > MAX_COLUMNS or reader.line_num > MAX_ROWS:
            raise Unreadable("sheet_too_large", rows=MAX_ROWS, columns=MAX_COLUMNS)
        yield [unguarded(value) for value in row]


def separator(text: str) -> str:
    """The separator of the table: tab, semicolon or comma, whichever stands alike in most of its first lines.

    >>> separator("年;月;值\\n2023;6;1,5\\n2023;7;2,5")
    ';'
    """
    lines = [re.sub('"[^"]*"', "", line) for line in text.splitlines()[:60] if line.strip()]
    best, best_score = ",", (0, 0)
    for candidate in (",", "\t", ";"):
        counts = [line.count(candidate) for line in lines if candidate in line]
        if not counts:
            continue
        usual = max(set(counts), key=lambda n: (counts.count(n), n))
        score = (counts.count(usual), usual)
        if score > best_score:
            best, best_score = candidate, score
    return best


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _check_not_mixed(data: bytes) -> None:
    """A file that is not UTF-8 as a whole, but has whole lines of Chinese in UTF-8, was pasted together from two."""
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.isascii():
            continue
        text = _strict(line, "utf-8")
        if text is not None and len(_CJK.findall(text)) >= 2:
            raise Unreadable("sheet_encodings_mixed", row=number)
