"""Checks that every English text of a room has its Chinese in that room's catalogue.

``python tools/messages.py [ROOT] [--write]`` prints each finding as ``file:line: what`` and ends 1 where there is one;
``--write`` appends empty entries for the missing texts to the room's catalogue.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polib

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.extraction import Text, texts_of_room

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "zh_Hans"
_PLACEHOLDER = re.compile(r"%\((\w+)\)[a-z]|\{(\w*)\}")
_HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: zh_Hans\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""

Key = tuple[str, str]
Catalogue = dict[Key, polib.POEntry]


@dataclass(frozen=True)
class Finding:
    """One text that a Chinese reader would see in English, or in wrong Chinese."""

    room: str
    place: str
    text: Text
    what: str

    def __str__(self) -> str:
        context = f" (context {self.text.context})" if self.text.context else ""
        return f"{self.place}: {self.what}: {self.text.msgid!r}{context}"


def rooms(root: Path) -> list[Path]:
    """The room folders under ``src/zhuanban``."""
    return sorted(path.parent for path in (root / "src" / "zhuanban").glob("*/__init__.py"))


def catalogue_path(room: Path) -> Path:
    return room / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def catalogue(room: Path) -> Catalogue:
    """The entries of the room's catalogue by (context, English text); empty where it has none."""
    path = catalogue_path(room)
    if not path.is_file():
        return {}
    return {(entry.msgctxt or "", entry.msgid): entry for entry in polib.pofile(str(path)) if not entry.obsolete}


def missing(root: Path = ROOT) -> list[Finding]:
    """Every text without a translation in its own room's catalogue, one finding per room and text."""
    found = []
    for room in rooms(root):
        entries = catalogue(room)
        seen: set[Text] = set()
        for text, path, line in texts_of_room(room):
            if text in seen:
                continue
            seen.add(text)
            what = _fault(text, entries.get((text.context, text.msgid)))
            if what:
                found.append(Finding(room.name, f"{path.relative_to(root)}:{line}", text, what))
    return found


def contradictions(root: Path = ROOT) -> list[Finding]:
    """Texts that two rooms translate differently: all catalogues are merged, so only one of the two would be shown."""
    first: dict[Key, tuple[str, str]] = {}
    found = []
    for room in rooms(root):
        for (context, msgid), entry in catalogue(room).items():
            chinese = _chinese(entry)
            other, earlier = first.setdefault((context, msgid), (room.name, chinese))
            if chinese and earlier and chinese != earlier:
                place = f"{catalogue_path(room).relative_to(root)}:{entry.linenum}"
                what = f"the room {other} translates it as {earlier!r}, this one as {chinese!r}"
                found.append(Finding(room.name, place, Text(context, msgid), what))
    return found


def write_missing(root: Path = ROOT) -> int:
    """Append an empty entry for each text that its catalogue does not hold at all; returns how many."""
    written = 0
    for room in rooms(root):
        entries = catalogue(room)
        new = {
            (finding.text.context, finding.text.msgid): finding
            for finding in missing(root)
            if finding.room == room.name and (finding.text.context, finding.text.msgid) not in entries
        }
        if new:
            _append(catalogue_path(room), list(new.values()))
        written += len(new)
    return written


def _append(path: Path, findings: list[Finding]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    body = path.read_text(encoding="utf-8").rstrip("\n") + "\n" if path.is_file() else _HEADER
    for finding in findings:
        text = finding.text
        entry = polib.POEntry(msgctxt=text.context or None, msgid=text.msgid)
        if text.plural:
            entry.msgid_plural, entry.msgstr_plural = text.plural, {0: ""}
        body += "\n" + str(entry)
    path.write_text(body.rstrip("\n") + "\n", encoding="utf-8")


def _chinese(entry: polib.POEntry) -> str:
    return str(entry.msgstr_plural.get(0, "")) if entry.msgid_plural else entry.msgstr


def _fault(text: Text, entry: polib.POEntry | None) -> str:
    if entry is None or not _chinese(entry):
        return "no Chinese in the room's catalogue"
    if bool(text.plural) != bool(entry.msgid_plural):
        return "singular in one place and plural in the other"
    extra = set(_placeholders(_chinese(entry))) - set(_placeholders(text.msgid)) - set(_placeholders(text.plural))
    return f"the Chinese uses a fact that the English has not ({', '.join(sorted(extra))})" if extra else ""


def _placeholders(text: str) -> Iterator[str]:
    return (named or braced for named, braced in _PLACEHOLDER.findall(text))


def main(arguments: list[str]) -> int:
    """Print the findings; 1 where there are any."""
    root = Path(next((argument for argument in arguments if not argument.startswith("-")), ROOT))
    if "--write" in arguments:
        print(f"{write_missing(root)} empty entries written.")
    found = missing(root) + contradictions(root)
    for finding in found:
        print(finding)
    if found:
        print(f"{len(found)} texts to translate.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
