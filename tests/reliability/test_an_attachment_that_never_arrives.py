"""A file whose sender is gone half way, whose end is missing, or that is empty: nothing is kept of it and nothing moved."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from zhuanban.files.models import Attachment
from zhuanban.files.tests.pictures import picture
from zhuanban.kit import clock, workspace
from zhuanban.matters.models import Matter
from zhuanban.matters.tests.story import MONDAY, in_progress
from zhuanban.people.tests.cast import Cast, cast
from zhuanban.trail.models import Entry

pytestmark = pytest.mark.django_db
EDGE = "never-arrives"
WORDS = "已送电，企业确认。"


@pytest.fixture(autouse=True)
def _monday() -> Iterator[None]:
    with clock.pinned(MONDAY):
        yield


@pytest.fixture
def people() -> Cast:
    return cast()


class Gone(io.BytesIO):
    """A body whose sender goes away after what he has sent."""

    def read(self, size: int | None = -1) -> bytes:
        part = super().read(size)
        if not part:
            raise OSError("the sender is gone")
        return part


def _body(matter: Matter, name: str, content: bytes) -> bytes:
    fields = {"verb": "resolve", "text": WORDS, "version": str(matter.version), "zb_key": "form-key-never-arrives"}
    parts = [f'--{EDGE}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode() for key, value in fields.items()]
    head = f'--{EDGE}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\nContent-Type: image/png\r\n\r\n'.encode()
    return b"".join(parts) + head + content + f"\r\n--{EDGE}--\r\n".encode()


def _send(client: Client, matter: Matter, body: bytes, stream: io.BytesIO, length: int) -> Any:
    return client.generic(
        "POST", f"/matters/{matter.number}/move/", body, content_type=f"multipart/form-data; boundary={EDGE}",
        **{"wsgi.input": stream, "CONTENT_LENGTH": str(length)},
    )  # fmt: skip


def _kept() -> tuple[int, int, int]:
    files = workspace.root() / "files"
    return Attachment.objects.count(), Entry.objects.count(), sum(each.is_file() for each in files.rglob("*")) if files.exists() else 0


def _clerk(people: Cast) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(people.users["commerce_clerk"])
    return client


@pytest.mark.parametrize("stays", [0.3, 0.7, 0.98])
@pytest.mark.parametrize("stream", [Gone, io.BytesIO], ids=["gone", "ended"])
def test_a_file_that_breaks_off_on_its_way_moves_nothing_and_leaves_nothing(people: Cast, stream: type[io.BytesIO], stays: float) -> None:
    """Sent again whole it goes through, with the same form."""
    matter = in_progress(people)
    whole = _body(matter, "现场.png", picture().read())
    before, client = _kept(), _clerk(people)
    answer = _send(client, matter, whole, stream(whole[: int(len(whole) * stays)]), len(whole))
    assert answer.status_code in (400, 403, 409, 422), answer.status_code
    matter.refresh_from_db()
    assert (matter.state, _kept()) == ("in_progress", before)
    again = _send(client, matter, whole, io.BytesIO(whole), len(whole))
    matter.refresh_from_db()
    assert (again.status_code, matter.state, Attachment.objects.count()) == (302, "resolved", before[0] + 1)


def test_an_empty_file_is_named_and_the_words_stay(people: Cast) -> None:
    matter = in_progress(people)
    before = _kept()
    answer = _clerk(people).post(
        f"/matters/{matter.number}/move/",
        {"verb": "resolve", "text": WORDS, "version": matter.version, "zb_key": "form-key-empty-file", "files": [SimpleUploadedFile("现场.png", b"")]},
    )  # fmt: skip
    text = answer.content.decode()
    assert answer.status_code == 422
    assert WORDS in text
    assert "现场.png" in text
    assert _kept() == before
