"""The written product agrees with the code and with itself."""

import re
from pathlib import Path

from tools import refusals

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md"), ROOT / "bench" / "README.md"]
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def test_the_list_of_refusals_is_what_the_catalogues_say() -> None:
    written = refusals.TARGET.read_text(encoding="utf-8")
    assert written == refusals.page(), "run python tools/refusals.py and commit docs/refusals.md"


def test_every_relative_link_of_the_documentation_leads_somewhere() -> None:
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in PAGES
        for target in _LINK.findall(page.read_text(encoding="utf-8"))
        if "://" not in target and not (page.parent / target).exists()
    ]
    assert broken == []


def test_both_languages_of_the_handbook_have_the_same_pages() -> None:
    names = {language: sorted(p.name for p in (ROOT / "docs" / "handbook" / language).glob("*.md")) for language in ("zh", "en")}
    assert names["zh"] == names["en"]
    assert names["zh"]


def test_both_readmes_name_the_same_two_commands() -> None:
    for name in ("README.md", "README.zh-CN.md"):
        commands = [line.split("#")[0].strip() for line in (ROOT / name).read_text(encoding="utf-8").splitlines() if line.startswith("make ")]
        assert commands == ["make run", "make test"]


def test_decisions_are_numbered_without_gap_and_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    numbers = sorted(int(path.name[:4]) for path in folder.glob("0*.md"))
    assert numbers == list(range(1, len(numbers) + 1))
    listed = (folder / "README.md").read_text(encoding="utf-8")
    assert all(path.name in listed for path in folder.glob("0*.md"))
