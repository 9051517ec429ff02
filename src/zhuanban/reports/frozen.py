"""The text of a report: its number, its hash, whether seal and text agree, its Word file. Internal to the room."""

import hashlib
import json
from dataclasses import replace

from zhuanban.kit.documents.keeping import document_of
from zhuanban.kit.documents.model import Document, Note
from zhuanban.kit.documents.render import render_docx
from zhuanban.reports.briefs.editing import with_words
from zhuanban.reports.models import Report
from zhuanban.trail.queries import entry_certificate, entry_reason

DRAFT_HEAD = "草稿　未签发"


def number_words(year: int | None, number: int | None) -> str:
    """The number as the paper prints it; empty for a report without one."""
    return f"经济运行分析〔{year}〕{number}号" if number else ""


def sha256_of(body: str) -> str:
    return hashlib.sha256(body.encode()).hexdigest()


def sealed_words(sha256: str) -> str:
    """What the trail's entry of an issue says, so that the chain holds the hash of the text."""
    return f"issue report sha256:{sha256}"


def text_of(report: Report) -> Document:
    """The composed text with the office's words in their places."""
    words = {key: each["text"] for key, each in json.loads(report.words).items()}
    return with_words(document_of(report.composed), words)


def is_intact(report: Report) -> bool:
    """Whether the text hashes to what the row and the sealed entry say, and the certificate is that entry's."""
    if report.certificate_seq is None:
        return False
    digest = sha256_of(report.body)
    certificate = entry_certificate(report.certificate_seq)
    return (
        digest == report.sha256
        and certificate is not None
        and certificate.text == report.certificate
        and entry_reason(report.certificate_seq) == sealed_words(digest)
    )


def paper_of(report: Report) -> bytes:
    """The report as a Word file. An issued one prints its number and certificate and is the same at every download;
    one under way says on every page that it is a draft."""
    if not report.body:
        text = text_of(report)
        head = "　".join(each for each in (text.running_head, DRAFT_HEAD) if each)
        return render_docx(replace(text, running_head=head), made_at=report.known_at)
    assert report.issued_at is not None
    text = document_of(report.body)
    mark = Note(f"凭证号：{report.certificate}。文本校验值：{report.sha256[:16]}。")
    ended = {Report.State.WITHDRAWN.value: "已撤回", Report.State.SUPERSEDED.value: "已被更正"}.get(report.state, "")
    head = "　".join(each for each in (text.running_head, ended) if each)
    return render_docx(replace(text, blocks=(*text.blocks, mark), running_head=head), made_at=report.issued_at)
