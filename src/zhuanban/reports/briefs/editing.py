"""Words of the office in a composed report: which paragraphs can be rewritten, and what of it the figures do not say. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from zhuanban.kit.documents.model import Block, Document, Heading, Paragraph
from zhuanban.kit.documents.plain_text import plain_text

_FIGURE = re.compile(r"(?<![\d.])\d+(?:\.\d+)?(?:%|个百分点)?")


@dataclass(frozen=True)
class Passage:
    """A paragraph that can be rewritten: ``key`` names it by its section and place, ``heading`` is the section's."""

    key: str
    heading: str
    lead: str
    text: str


def passages(document: Document) -> tuple[Passage, ...]:
    """The paragraphs of a report in the order of the paper. A paragraph keeps its key while its section does."""
    return tuple(Passage(key, heading, block.lead, block.text) for key, heading, block in _placed(document))


def with_words(document: Document, words: Mapping[str, str]) -> Document:
    """The report with the office's words in place of the composed ones; words of a place that is gone are left out."""
    keys = {id(block): key for key, _heading, block in _placed(document)}
    blocks = tuple(_rewritten(block, keys.get(id(block), ""), words) for block in document.blocks)
    return replace(document, blocks=blocks)


def figures_unknown(words: str, document: Document) -> tuple[str, ...]:
    """Numbers in ``words`` that stand nowhere in the composed report, in their order: to be looked at by whoever wrote them."""
    known = set(_FIGURE.findall(plain_text(document)))
    known |= {each.rstrip("%个百分点") for each in known}
    found = dict.fromkeys(_FIGURE.findall(words))
    return tuple(each for each in found if each not in known and each.rstrip("%个百分点") not in known)


def _placed(document: Document) -> list[tuple[str, str, Paragraph]]:
    found: list[tuple[str, str, Paragraph]] = []
    section, heading, place = 0, "", 0
    for block in document.blocks:
        if isinstance(block, Heading):
            section, heading, place = section + 1, block.text, 0
        elif isinstance(block, Paragraph):
            place += 1
            found.append((f"{section}-{place}", heading, block))
    return found


def _rewritten(block: Block, key: str, words: Mapping[str, str]) -> Block:
    return replace(block, text=words[key]) if key in words and isinstance(block, Paragraph) else block
