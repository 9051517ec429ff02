"""An official document on a page: its blocks in the order of the paper, the chart as a figure with its table."""

from dataclasses import dataclass
from typing import Any

from zhuanban.kit.charts.echarts import echarts_option
from zhuanban.kit.documents.model import Align, Block, Document, Figure, Heading, Note, Paragraph, Table


@dataclass
class ShownBlock:
    """One block as the template draws it: ``kind`` says which fields hold something.

    ``passage`` names a paragraph that the office can rewrite, ``rewritten`` is what it wrote there.
    """

    kind: str
    text: str = ""
    lead: str = ""
    level: int = 0
    table: Any = None
    option: dict[str, Any] | None = None
    description: str = ""
    passage: str = ""
    rewritten: Any = None


@dataclass(frozen=True)
class ShownDocument:
    """A document with its title lines and blocks."""

    title: list[str]
    subtitle: str
    number: str
    blocks: list[ShownBlock]
    signatory: str


def shown(document: Document) -> ShownDocument:
    """The document as the page shows it."""
    return ShownDocument(
        title=document.title.split("\n"),
        subtitle=document.subtitle,
        number=document.number,
        blocks=[_block(block) for block in document.blocks],
        signatory=document.signatory,
    )


def _block(block: Block) -> ShownBlock:
    if isinstance(block, Heading):
        return ShownBlock("heading", block.text, level=block.level)
    if isinstance(block, Paragraph):
        return ShownBlock("paragraph", block.text, block.lead)
    if isinstance(block, Note):
        return ShownBlock("note", block.text)
    if isinstance(block, Table):
        return ShownBlock("table", block.caption, table=_table(block))
    assert isinstance(block, Figure)
    return ShownBlock(
        "figure", block.caption, option=echarts_option(block.chart), description=block.chart.description
    )


def _table(table: Table) -> dict[str, Any]:
    columns = [
        {"head": column.head.split("\n"), "number": column.align is Align.RIGHT} for column in table.columns
    ]
    rows = [
        {"group": row.group, "cells": list(zip(row.cells, columns, strict=False))} for row in table.rows
    ]
    return {"columns": columns, "rows": rows, "unit": table.unit, "span": len(columns)}
