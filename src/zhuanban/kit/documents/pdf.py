"""PDF from a Word file by LibreOffice, where the server has it."""

import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from zhuanban.kit.refusals import Refusal

_NAMES = ("soffice", "libreoffice")


def libreoffice() -> str | None:
    """The path of LibreOffice's program, or None where it is not installed."""
    return next((found for name in _NAMES if (found := shutil.which(name))), None)


def docx_to_pdf(word_file: bytes, *, timeout_seconds: float = 120) -> bytes:
    """The Word file as PDF.

    Refusals: ``pdf_needs_libreoffice`` (503), ``pdf_took_too_long`` (503), ``pdf_not_made`` (422). Each call has a
    profile of its own, so that two may run at once; nothing is left behind.
    """
    program = libreoffice()
    if program is None:
        raise Refusal("pdf_needs_libreoffice", status=503)
    with tempfile.TemporaryDirectory(prefix="zhuanban-pdf-") as folder:
        source = Path(folder) / "document.docx"
        source.write_bytes(word_file)
        said = _convert(program, source, timeout_seconds)
        made = source.with_suffix(".pdf")
        if not made.is_file():
            raise Refusal("pdf_not_made", said=said[-300:])
        return made.read_bytes()


def _convert(program: str, source: Path, timeout_seconds: float) -> str:
    folder = source.parent
    command = [
        program, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore",
        "--convert-to", "pdf:writer_pdf_Export", "--outdir", str(folder), str(source),
    ]  # fmt: skip
    process = subprocess.Popen(  # noqa: S603 - a fixed command on a file of our own
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True
    )
    try:
        said, _ = process.communicate(timeout=timeout_seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise Refusal("pdf_took_too_long", seconds=f"{timeout_seconds:g}", status=503) from None
    return said.decode("utf-8", "replace").strip()
