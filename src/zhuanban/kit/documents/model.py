"""What an official document says, without how it is set. Pure: composing a report needs no Word and no disk."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from zhuanban.kit.charts.model import Chart


class Align(StrEnum):
    """Where the text of a table column stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True)
class Heading:
    """A heading of level 1 (一、黑体), 2 ((一) 楷体), 3 (1. 仿宋) or 4 ((1) 仿宋); the text carries its number."""

    text: str
    level: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of body text; ``lead`` is its opening phrase, set in 楷体 as official reports do."""

    text: str
    lead: str = ""


@dataclass(frozen=True)
class Note:
    """A small note below a table or figure, or a line of provenance."""

    text: str


@dataclass(frozen=True)
class Column:
    """A table column. A line end in ``head`` breaks the head there; ``wraps`` allows the cells to break."""

    head: str
    align: Align = Align.RIGHT
    wraps: bool = False


@dataclass(frozen=True)
class Row:
    """One row: a text for each column. ``group`` rows carry one text across the whole width."""

    cells: tuple[str, ...]
    group: bool = False


@dataclass(frozen=True)
class Table:
    """A three-line table; its head repeats on every page and no row is split.

    ``unit`` is the line right above the table. Raises ValueError for a row that does not fit the columns.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    unit: str = ""

    def __post_init__(self) -> None:
        for row in self.rows:
            if len(row.cells) != (1 if row.group else len(self.columns)):
                raise ValueError(f"{self.caption}: a row of {len(row.cells)} cells for {len(self.columns)} columns")


@dataclass(frozen=True)
class Figure:
    """A chart with its caption below; its description is read out where the picture cannot be seen."""

    caption: str
    chart: Chart


Block = Heading | Paragraph | Note | Table | Figure


@dataclass(frozen=True)
class Imprint:
    """版记: whom a copy goes to, who prints it and on which day."""

    copies_to: str
    issuer: str
    issued_on: date


@dataclass(frozen=True)
class Document:
    """A whole document in the order of the standard; an empty field leaves its element out.

    ``title`` may hold line ends: a title breaks where its author says, never inside a word. ``masthead`` is the red
    name of the issuing body, with a red rule below it. ``running_head`` stands on top of every page.
    """

    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    masthead: str = ""
    number: str = ""
    addressee: str = ""
    attachments: tuple[str, ...] = ()
    signatory: str = ""
    dated: date | None = None
    annotation: str = ""
    imprint: Imprint | None = None
    running_head: str = ""
