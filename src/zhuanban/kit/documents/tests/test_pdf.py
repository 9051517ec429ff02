"""PDF by LibreOffice, and what is said where it is not there or fails."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from zhuanban.kit.documents.pdf import docx_to_pdf, libreoffice
from zhuanban.kit.documents.render import render_docx
from zhuanban.kit.documents.tests.samples import MADE_AT, WHOLE
from zhuanban.kit.refusals import Refusal


def _program(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/bin:/usr/bin")


def test_without_libreoffice_the_word_file_is_named_as_the_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(Refusal) as refused:
        docx_to_pdf(b"")
    assert (refused.value.codes, refused.value.status) == (["pdf_needs_libreoffice"], 503)


def test_a_program_that_fails_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _program(tmp_path, "echo source file could not be loaded; exit 1", monkeypatch)
    with pytest.raises(Refusal) as refused:
        docx_to_pdf(b"no Word file")
    assert refused.value.problems[0].facts == {"said": "source file could not be loaded"}


def test_a_program_that_hangs_is_stopped_with_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _program(tmp_path, "sleep 60 & sleep 60", monkeypatch)
    with pytest.raises(Refusal) as refused:
        docx_to_pdf(b"", timeout_seconds=0.2)
    assert refused.value.codes == ["pdf_took_too_long"]


@pytest.mark.needs_libreoffice
@pytest.mark.skipif(libreoffice() is None, reason="LibreOffice is not installed (make system)")
def test_the_document_becomes_pdf_with_its_text_and_page_numbers() -> None:
    pages = PdfReader(BytesIO(docx_to_pdf(render_docx(WHOLE, made_at=MADE_AT)))).pages
    texts = ["".join(page.extract_text().split()) for page in pages]
    assert [f"—{number}—" in text for number, text in enumerate(texts, start=1)] == [True] * len(texts)
    assert all("演示数据" in text for text in texts)
    assert "固定资产投资下降7.4%" in texts[0]
