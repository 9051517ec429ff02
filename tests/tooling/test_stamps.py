from pathlib import Path

from tools.stamps import Stamps, digest


def test_a_digest_changes_with_the_content_and_with_absence(tmp_path: Path) -> None:
    lock = tmp_path / "requirements.txt"
    absent = digest([lock])
    lock.write_text("django==5.2")
    first = digest([lock])
    lock.write_text("django==5.3")
    assert len({absent, first, digest([lock])}) == 3
    lock.write_text("django==5.2")
    assert digest([lock]) == first


def test_a_stamp_holds_only_for_the_inputs_it_was_written_for(tmp_path: Path) -> None:
    stamps = Stamps(tmp_path / "stamps.json")
    stamps.write("assets", "one")
    stamps.write("packages", "x")
    assert stamps.holds("assets", "one")
    assert not stamps.holds("assets", "two")
    assert stamps.read() == {"assets": "one", "packages": "x"}


def test_a_step_that_was_begun_has_no_stamp(tmp_path: Path) -> None:
    stamps = Stamps(tmp_path / "stamps.json")
    stamps.write("assets", "one")
    stamps.forget("assets")
    assert stamps.read() == {}


def test_a_damaged_stamp_file_counts_as_none(tmp_path: Path) -> None:
    path = tmp_path / "stamps.json"
    for damaged in ("{", "[1]", ""):
        path.write_text(damaged)
        assert Stamps(path).read() == {}
