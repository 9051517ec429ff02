"""A document as text that can be kept and read again, the same text for the same document. Pure."""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from zhuanban.kit.charts.model import BarChart, LineChart, Role, Series
from zhuanban.kit.documents.model import (
    Align,
    Column,
    Document,
    Figure,
    Heading,
    Imprint,
    Note,
    Paragraph,
    Row,
    Table,
)

_SHAPES = {
    shape.__name__: shape
    for shape in (Document, Heading, Paragraph, Note, Table, Column, Row, Figure, Imprint, BarChart, LineChart, Series)
}
_WORDS = {"Align": Align, "Role": Role}


def kept(document: Document) -> str:
    """``document`` as canonical JSON: keys sorted, nothing escaped. ``document_of`` reads it again."""
    return json.dumps(_plain(document), ensure_ascii=False, sort_keys=True, indent=1) + "\n"


def document_of(text: str) -> Document:
    """The document that ``kept`` wrote. Raises ValueError for a text that holds none."""
    try:
        found = _shaped(json.loads(text))
    except (KeyError, TypeError, ArithmeticError) as damaged:
        raise ValueError("the text holds no document") from damaged
    if not isinstance(found, Document):
        raise ValueError("the text holds no document")
    return found


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {"is": type(value).__name__, **{each.name: _plain(getattr(value, each.name)) for each in fields(value)}}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    if isinstance(value, StrEnum):
        return {"is": type(value).__name__, "word": value.value}
    if isinstance(value, Decimal):
        return {"is": "Decimal", "word": str(value)}
    if isinstance(value, date):
        return {"is": "date", "word": value.isoformat()}
    return value


def _shaped(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_shaped(each) for each in value)
    if not isinstance(value, dict):
        return value
    kind = value["is"]
    if kind == "Decimal":
        return Decimal(value["word"])
    if kind == "date":
        return date.fromisoformat(value["word"])
    if kind in _WORDS:
        return _WORDS[kind](value["word"])
    return _SHAPES[kind](**{name: _shaped(each) for name, each in value.items() if name != "is"})
