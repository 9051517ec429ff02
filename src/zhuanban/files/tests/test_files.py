"""Files come in through the gate, lie under their hash, and go out only unchanged."""

import hashlib
import stat
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhuanban.files import queries, services
from zhuanban.files.models import Attachment
from zhuanban.files.tests.pictures import PDF, NamedBytes, picture, png_bytes
from zhuanban.kit import workspace
from zhuanban.kit.refusals import Refusal
from zhuanban.trail import queries as trail
from zhuanban.trail.models import Entry
from zhuanban.trail.services import Actor, work

pytestmark = pytest.mark.django_db
WHO = {"by_label": "商务办 · 经办人", "by_key": "user:7"}


def files_on_disk() -> list[Path]:
    return [path for path in workspace.files_path().rglob("*") if path.is_file()]


@pytest.fixture(autouse=True)
def _empty_folder() -> None:
    for path in files_on_disk():
        path.unlink()


def test_an_upload_lies_under_its_hash_and_its_row_says_who_handed_it_in() -> None:
    attachment = services.store_upload(picture(), **WHO)
    digest = hashlib.sha256(png_bytes()).hexdigest()
    assert attachment.path == workspace.files_path() / digest[:2] / digest
    assert attachment.path.read_bytes() == png_bytes()
    assert stat.S_IMODE(attachment.path.stat().st_mode) == 0o600
    assert (attachment.original_name, attachment.kind, attachment.size) == ("现场照片.png", "png", len(png_bytes()))
    assert (attachment.uploaded_by_post, attachment.uploaded_by_key) == ("商务办 · 经办人", "user:7")


def test_the_row_is_in_the_record_under_the_post_that_handed_it_in() -> None:
    attachment = services.store_upload(picture(), **WHO)
    entry = Entry.objects.get(tbl="files_attachment")
    assert (entry.op, entry.pk_text, entry.actor_key) == ("insert", str(attachment.pk), "user:7")
    assert trail.verify(deep=True).findings == []


def test_the_same_content_handed_in_twice_is_two_rows_and_one_file() -> None:
    first = services.store_upload(picture("甲.png"), **WHO)
    second = services.store_upload(NamedBytes("乙.png", png_bytes()), **WHO)
    assert first.path == second.path
    assert len(files_on_disk()) == 1
    assert [a.original_name for a in Attachment.objects.all()] == ["甲.png", "乙.png"]


def test_a_rolled_back_work_leaves_no_row() -> None:
    def abandoned() -> None:
        with work(Actor("user", "user:7", "经办人"), "办结"):
            services.store_upload(picture(), **WHO)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        abandoned()
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("照片.png", PDF, "upload_kind_mismatch"),
        ("照片.png", b"", "upload_empty"),
        ("照片.png", png_bytes() + b"<script>alert(1)</script>", "upload_two_files_in_one"),
        ("证明.exe", b"MZ", "upload_kind_not_accepted"),
        ("证明.zip", b"PK\x03\x04", "upload_unpack_first"),
        ("证明.pdf", b"%PDF-1.4\n" + b"0" * (20 * 1024 * 1024), "upload_too_large"),
    ],
)
def test_a_hostile_upload_is_refused_by_its_name_and_leaves_nothing(name: str, data: bytes, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        services.store_upload(SimpleUploadedFile(name, data), **WHO)
    assert refused.value.codes == [code]
    assert refused.value.problems[0].where == name
    assert not Attachment.objects.exists()
    assert files_on_disk() == []


def test_every_bad_file_of_one_submission_is_named_and_the_good_one_is_not_kept() -> None:
    with pytest.raises(Refusal) as refused:
        services.take_in([picture(), SimpleUploadedFile("空.pdf", b""), SimpleUploadedFile("包.rar", b"Rar!")], by_key="user:1")
    assert [problem.where for problem in refused.value.problems] == ["空.pdf", "包.rar"]
    assert files_on_disk() == []


def test_a_path_in_the_name_is_only_a_name() -> None:
    attachment = services.store_upload(NamedBytes("../../etc/照片.png", png_bytes()), **WHO)
    assert attachment.original_name == "照片.png"
    assert workspace.files_path() in attachment.path.parents


def test_a_file_goes_out_as_a_download_that_no_browser_opens_in_our_name() -> None:
    response = queries.respond(services.store_upload(picture(), **WHO))
    assert response.content == png_bytes()
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E7%8E%B0%E5%9C%BA%E7%85%A7%E7%89%87.png"
    )
    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cache-Control"] == "private, no-store"


def test_changed_bytes_are_refused_in_words_until_the_same_content_comes_again() -> None:
    attachment = services.store_upload(picture(), **WHO)
    attachment.path.write_bytes(png_bytes(shade=1))
    assert not queries.is_intact(attachment)
    with pytest.raises(Refusal) as refused:
        queries.respond(attachment)
    assert refused.value.codes == ["file_changed"]
    assert "已被改动" in str(refused.value)
    assert "商务办 · 经办人" in str(refused.value)
    services.store_upload(picture(), **WHO)
    assert queries.content(attachment) == png_bytes()


def test_a_missing_file_is_said_in_words() -> None:
    attachment = services.store_upload(picture(), **WHO)
    attachment.path.unlink()
    with pytest.raises(Refusal) as refused:
        queries.respond(attachment)
    assert (refused.value.codes, refused.value.status) == (["file_missing"], 503)
    assert "备份" in str(refused.value)


def test_a_full_disk_leaves_no_half_file(monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        services.store_upload(picture(), **WHO)
    assert files_on_disk() == []
    assert not Attachment.objects.exists()
