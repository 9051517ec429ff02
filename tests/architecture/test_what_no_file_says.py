"""What no file of the product says: unfinished work, the clock read elsewhere, the place where it was written."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "zhuanban"
CLOCK = {
    ("datetime", "now"), ("datetime", "today"), ("datetime", "utcnow"), ("date", "today"), ("time", "time"),
    ("timezone", "now"), ("timezone", "localdate"), ("timezone", "localtime"), ("time", "localtime"), ("time", "time_ns"),
}  # fmt: skip
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK|raise NotImplementedError)\b")
#  Spelt in pieces, so that this file does not say it either.
PLACES = re.compile("|".join(("/" + "work/", "/" + "root/", "/tmp/" + "zb/", "pypi" + r"\.org/simple", "registry" + r"\.npmjs", "files" + r"\.pythonhosted")))


def sources() -> Iterator[Path]:
    for path in sorted(SOURCE.rglob("*.py")):
        if "tests" not in path.parts and "migrations" not in path.parts:
            yield path


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode != 0:
        pytest.skip("not a git checkout: the list of the product's files is not known")
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def _reads_the_clock(path: Path) -> Iterator[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else getattr(node.value, "attr", "")
            if (owner, node.attr) in CLOCK:
                yield f"{path.relative_to(ROOT)}:{node.lineno} {owner}.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module in ("time", "django.utils.timezone"):
            for name in node.names:
                if (node.module.split(".")[-1], name.name) in CLOCK:
                    yield f"{path.relative_to(ROOT)}:{node.lineno} from {node.module} import {name.name}"


def test_the_clock_is_read_in_one_place() -> None:
    assert [each for path in sources() if path != SOURCE / "kit" / "clock.py" for each in _reads_the_clock(path)] == []
    assert list(_reads_the_clock(SOURCE / "kit" / "clock.py"))


def test_nothing_is_left_unfinished_in_words() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in [*sources(), *sorted(SOURCE.rglob("*.html")), *sorted((SOURCE / "site" / "static" / "zb").glob("*"))]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert found == []


def test_no_file_names_the_machine_it_was_written_on_or_a_registry() -> None:
    found = []
    for path in tracked():
        if not path.is_file() or path.suffix in (".png", ".ttf", ".woff2", ".ico", ".xlsx", ".docx", ".pdf"):
            continue
        text = path.read_text(encoding="utf-8", errors="replace")
        found += [f"{path.relative_to(ROOT)}: {each}" for each in sorted(set(PLACES.findall(text)))]
    assert found == []


def test_every_room_registers_itself() -> None:
    rooms = [path.parent for path in SOURCE.glob("*/README.md") if path.parent.name not in ("calc", "packs")]
    assert len(rooms) >= 14
    assert [room.name for room in rooms if not (room / "apps.py").is_file()] == []
