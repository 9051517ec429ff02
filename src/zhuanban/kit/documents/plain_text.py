"""The whole text of a document, for readers, comparisons and tests. Pure."""

from zhuanban.kit.documents.model import Block, Document, Figure, Heading, Note, Paragraph, Table
from zhuanban.kit.documents.wording import attachment_lines, full_date


def plain_text(document: Document) -> str:
    """Every word of ``document`` in reading order, one line per paragraph and table row, cells parted by bars."""
    top = [document.running_head, document.masthead, document.number, *document.title.split("\n"), document.subtitle]
    if document.addressee:
        top.append(f"{document.addressee}：")
    body = [line for block in document.blocks for line in _lines(block)]
    end = [*attachment_lines(document.attachments)] if document.attachments else []
    end.append(document.signatory)
    if document.dated:
        end.append(full_date(document.dated))
    if document.annotation:
        end.append(f"（{document.annotation}）")
    if imprint := document.imprint:
        end.extend([f"抄送：{imprint.copies_to}", f"{imprint.issuer} {full_date(imprint.issued_on)}印发"])
    return "\n".join(line for line in (*top, *body, *end) if line) + "\n"


def _lines(block: Block) -> list[str]:
    if isinstance(block, Paragraph):
        return [block.lead + block.text]
    if isinstance(block, (Heading, Note)):
        return [block.text]
    if isinstance(block, Figure):
        return [f"[{block.chart.description}]", block.caption]
    assert isinstance(block, Table)
    heads = " | ".join(column.head.replace("\n", "") for column in block.columns)
    return [
        block.caption,
        block.unit,
        heads,
        *(" | ".join(cell.replace("\n", "") for cell in row.cells) for row in block.rows),
    ]
