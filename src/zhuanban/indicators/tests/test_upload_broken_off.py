"""A sheet that breaks off on its way: nothing is stored, nothing is left behind, and the page goes on working."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from zhuanban.files.models import Attachment
from zhuanban.indicators.models import ImportBatch
from zhuanban.indicators.tests.world import World, retail, revenue, sheet, words_of
from zhuanban.kit import workspace
from zhuanban.kit.models import FormKey
from zhuanban.trail.models import Entry

EDGE = "never-arrives"


class Gone(io.BytesIO):
    """A body whose sender goes away after what he has sent."""

    def read(self, size: int | None = -1) -> bytes:
        part = super().read(size)
        if not part:
            raise OSError("the sender is gone")
        return part


@pytest.fixture
def whole() -> bytes:
    fields = {"place": "", "zb_key": "form-key-broken-off"}
    parts = [f'--{EDGE}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode() for key, value in fields.items()]
    head = f'--{EDGE}\r\nContent-Disposition: form-data; name="file"; filename="月度数据.xlsx"\r\nContent-Type: application/octet-stream\r\n\r\n'
    return b"".join(parts) + head.encode() + sheet([retail(), revenue()]) + f"\r\n--{EDGE}--\r\n".encode()


def send(client: Client, stream: io.BytesIO, length: int) -> Any:
    return client.generic(
        "POST", "/board/import/", b"-", content_type=f"multipart/form-data; boundary={EDGE}",
        **{"wsgi.input": stream, "CONTENT_LENGTH": str(length)},
    )  # fmt: skip


def kept() -> tuple[int, int, int, int, int]:
    files = workspace.files_path()
    lying = sum(each.is_file() for each in files.rglob("*")) if files.exists() else 0
    return ImportBatch.objects.count(), Attachment.objects.count(), Entry.objects.count(), FormKey.objects.count(), lying


@pytest.fixture
def client(here: World) -> Iterator[Client]:
    browser = here.browser("statistician")
    browser.raise_request_exception = False
    yield browser


@pytest.mark.parametrize("share", [0.02, 0.5, 0.99])
@pytest.mark.parametrize("stream", [Gone, io.BytesIO], ids=["gone", "ended"])
def test_a_sheet_that_breaks_off_is_not_stored_and_comes_in_when_sent_again(
    client: Client, whole: bytes, stream: type[io.BytesIO], share: float
) -> None:
    before = kept()
    answer = send(client, stream(whole[: int(len(whole) * share)]), len(whole))
    assert answer.status_code in (400, 403, 422), answer.status_code
    assert kept() == before
    assert client.get("/board/import/").status_code == 200
    again = send(client, io.BytesIO(whole), len(whole))
    assert again.status_code == 302, words_of(again)
    assert ImportBatch.objects.get().row_count == 4
    assert kept()[1] == before[1] + 1


def test_a_file_whose_work_fails_leaves_no_row_that_points_to_it(here: World, client: Client, whole: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk takes the bytes before the record does; what nothing points to is no attachment."""
    from zhuanban.indicators.services import staging

    def stopped(*_args: Any, **_facts: Any) -> None:
        raise OSError("stopped")

    before = kept()
    with monkeypatch.context() as broken:
        broken.setattr(staging, "record_file", stopped)
        assert send(client, io.BytesIO(whole), len(whole)).status_code == 500
    assert kept()[:4] == before[:4]
    assert send(client, io.BytesIO(whole), len(whole)).status_code == 302
