"""From the description to the Word file."""

from datetime import UTC, datetime
from io import BytesIO
from typing import IO, Any

from docx import Document as WordDocument

from zhuanban.kit.documents.blocks import set_block
from zhuanban.kit.documents.frame import set_closing, set_opening
from zhuanban.kit.documents.model import Document
from zhuanban.kit.documents.packing import repacked
from zhuanban.kit.documents.page import set_line_breaking, set_page, set_styles


def render_docx(document: Document, *, made_at: datetime, stream: IO[bytes] | None = None) -> bytes:
    """``document`` as a Word file, also written to ``stream`` where one is given.

    ``made_at`` (aware) becomes the file's own date: the same document and moment give the same bytes.
    Raises Refusal ``chart_font_missing`` where a chart cannot be drawn.
    """
    word = WordDocument()
    set_styles(word)
    set_line_breaking(word)
    set_page(word, document.running_head)
    set_opening(word, document)
    for block in document.blocks:
        set_block(word, block)
    set_closing(word, document)
    _sign_off(word, document, made_at)
    sheet = BytesIO()
    word.save(sheet)
    made = repacked(sheet.getvalue())
    if stream is not None:
        stream.write(made)
    return made


def _sign_off(word: Any, document: Document, made_at: datetime) -> None:
    """The file's own particulars; the template's author, dates and preview picture go."""
    particulars = word.core_properties
    moment = made_at.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    particulars.title = document.title.replace("\n", "")
    particulars.author = particulars.last_modified_by = document.signatory
    particulars.comments = particulars.keywords = particulars.subject = ""
    particulars.created = particulars.modified = moment
    particulars.revision = 1
    links = word.part.package.rels
    for key in [key for key, link in links.items() if link.reltype.endswith("/thumbnail")]:
        del links[key]
