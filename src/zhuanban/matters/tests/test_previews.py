"""Photographs as evidence: a small picture without the place it was taken, the original untouched, nobody else's."""

import io
import struct
import subprocess
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from zhuanban.files import previews
from zhuanban.files.models import Attachment
from zhuanban.files.services import store_upload
from zhuanban.files.tests.pictures import PDF
from zhuanban.kit import workspace
from zhuanban.kit.refusals import Refusal
from zhuanban.matters import services
from zhuanban.matters.models import Matter, MatterEvidence
from zhuanban.matters.tests.story import in_progress
from zhuanban.people.tests.browsing import browser, words
from zhuanban.people.tests.cast import Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def photograph(side: tuple[int, int] = (1600, 1200)) -> bytes:
    """A JPEG as a telephone makes it: turned by a quarter, with device and place."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x0110] = "PHONE-MODEL-7"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (41.0, 6.0, 30.0)
    out = io.BytesIO()
    Image.new("RGB", side, (200, 30, 30)).save(out, "JPEG", exif=exif)
    return out.getvalue()


def stored() -> set[str]:
    return {path.name for path in workspace.files_path().rglob("*") if path.is_file()}


def evidence(people: Cast, name: str, data: bytes) -> tuple[Matter, MatterEvidence]:
    matter = in_progress(people)
    given: dict[str, Any] = {"matter_id": matter.pk, "by": people.commerce_clerk, "version": matter.version}
    services.resolve_matter(text="已送电。", attachments=[SimpleUploadedFile(name, data)], **given)
    return matter, MatterEvidence.objects.get()


def test_the_small_picture_is_upright_small_and_says_nothing_of_place_or_device(people: Cast) -> None:
    data = photograph()
    assert b"PHONE-MODEL-7" in data
    matter, item = evidence(people, "现场.jpg", data)
    client = browser(people, "office_head")
    address = f"/matters/{matter.number}/evidence/{item.pk}/preview/"
    assert f'src="{address}"' in words(client.get(f"/matters/{matter.number}/"))
    for _ in range(2):  # drawn, then kept
        answer = client.get(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
        assert "sandbox" in answer["Content-Security-Policy"]
        with Image.open(io.BytesIO(answer.content)) as small:
            assert small.size == (360, 480)
            assert dict(small.getexif()) == {}
        assert b"PHONE-MODEL-7" not in answer.content
    original = client.get(f"/matters/{matter.number}/evidence/{item.pk}/")
    assert original.content == data


def test_who_may_not_see_the_matter_sees_no_picture_of_it(people: Cast) -> None:
    matter, item = evidence(people, "现场.jpg", photograph((64, 64)))
    address = f"/matters/{matter.number}/evidence/{item.pk}/preview/"
    assert browser(people, "office_head").get(address).status_code == 200
    assert browser(people, "finance_clerk").get(address).status_code == 404
    assert browser(people, "auditor").get(address).status_code == 404


def test_a_picture_that_unpacks_into_a_wall_of_points_is_kept_but_never_drawn(people: Cast) -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", 7_000, 10_000, 8, 0, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 6_000_000)) + chunk(b"IEND", b"")
    matter, item = evidence(people, "大图.png", bomb)
    client = browser(people, "office_head")
    assert client.get(f"/matters/{matter.number}/evidence/{item.pk}/preview/").status_code == 404
    assert client.get(f"/matters/{matter.number}/evidence/{item.pk}/").content == bomb
    assert client.get(f"/matters/{matter.number}/").status_code == 200


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One entry for each child that was started to draw."""
    started: list[str] = []
    run = subprocess.run

    def noted(command: list[str], **given: Any) -> Any:
        started.append(command[-1])
        assert not previews._DRAWING.acquire(blocking=False)
        return run(command, **given)

    monkeypatch.setattr(previews.subprocess, "run", noted)
    return started


def test_what_cannot_be_drawn_is_tried_once(people: Cast, drawn: list[str]) -> None:
    broken = photograph((320, 241))[:700]
    matter, item = evidence(people, "坏图.jpg", broken)
    client = browser(people, "office_head")
    for _ in range(3):
        assert client.get(f"/matters/{matter.number}/evidence/{item.pk}/preview/").status_code == 404
    assert len(drawn) == 1


def test_one_picture_is_drawn_at_a_time_and_another_one_later(
    people: Cast, drawn: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(previews, "_WAIT_SECONDS", 0)
    matter, item = evidence(people, "现场.jpg", photograph((322, 243)))
    client = browser(people, "office_head")
    address = f"/matters/{matter.number}/evidence/{item.pk}/preview/"
    with previews._DRAWING:
        assert client.get(address).status_code == 404
    assert drawn == []
    assert [client.get(address).status_code for _ in range(2)] == [200, 200]
    assert len(drawn) == 1


def test_a_document_has_no_picture(people: Cast) -> None:
    matter, item = evidence(people, "答复.pdf", PDF)
    client = browser(people, "office_head")
    assert "/preview/" not in words(client.get(f"/matters/{matter.number}/"))
    assert client.get(f"/matters/{matter.number}/evidence/{item.pk}/preview/").status_code == 404


@pytest.mark.parametrize(
    ("scanner", "code"),
    [("sh -c 'cat >/dev/null; exit 1'", "upload_infected"), ("sh -c 'exit 2'", "scanner_failed"), ("/no/such/scanner", "scanner_failed")],
)
def test_what_the_scanner_refuses_or_cannot_look_at_does_not_come_in(
    people: Cast, monkeypatch: pytest.MonkeyPatch, scanner: str, code: str
) -> None:
    monkeypatch.setenv("ZHUANBAN_SCANNER", scanner)
    before = stored()
    with pytest.raises(Refusal) as refused:
        evidence(people, "现场.jpg", photograph((65, 63)))
    assert refused.value.codes == [code]
    assert Attachment.objects.count() == 0
    assert stored() == before


def test_a_clean_file_passes_the_scanner_whole(people: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    seen = tmp_path / "seen"
    monkeypatch.setenv("ZHUANBAN_SCANNER", f"sh -c 'cat > {seen}'")
    data = photograph((64, 64))
    evidence(people, "现场.jpg", data)
    assert seen.read_bytes() == data


@pytest.fixture
def one_megabyte() -> Iterator[None]:
    """A workspace whose attachments may take one megabyte."""
    config = workspace.config()
    before = (workspace.root() / "workspace.json").read_bytes() if workspace.exists() else None
    workspace.write_config(workspace.WorkspaceConfig(files_quota_mb=1))
    yield
    if before is None:
        (workspace.root() / "workspace.json").unlink()
    else:
        workspace.write_config(config)


def noise(side: int) -> bytes:
    """A picture that does not become smaller, about ``side``² bytes."""
    out = io.BytesIO()
    Image.effect_noise((side, side), 90).save(out, "PNG")
    return out.getvalue()


def test_the_quota_of_all_attachments_is_kept_and_said(people: Cast, one_megabyte: None) -> None:
    large = noise(1200)
    assert len(large) > 1_000_000
    with pytest.raises(Refusal) as refused:
        evidence(people, "大.png", large)
    assert refused.value.codes == ["files_quota_reached"]
    assert "1 MB" in str(refused.value) or "1MB" in str(refused.value)
    assert Attachment.objects.count() == 0


def test_one_account_takes_a_quarter_of_the_room_and_a_content_counts_once(one_megabyte: None) -> None:
    first, second = noise(400), noise(401)
    assert 125_000 < len(first) < 250_000

    def hand_in(data: bytes, by_key: str) -> Attachment:
        return store_upload(SimpleUploadedFile("现场.png", data), by_label="经办人", by_key=by_key)

    for _again in range(4):
        hand_in(first, "user:1")
    with pytest.raises(Refusal) as refused:
        hand_in(second, "user:1")
    assert refused.value.codes == ["files_share_reached"]
    assert hand_in(second, "user:2").size == len(second)
