"""Writes docs/refusals.md: every refusal's code and sentence in both languages, from the rooms' message catalogues.

``python tools/refusals.py`` writes the file, ``--check`` ends 1 where it is not current.
"""

import importlib
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "zhuanban"
TARGET = ROOT / "docs" / "refusals.md"
_FACT = re.compile(r"%\((\w+)\)[a-z]")
_HEAD = """# Refusals 不予办理的情形

Made by `python tools/refusals.py` from the message catalogues; do not edit. A refusal says what happened, why it matters and what to do next.
Programs rely on the code, people on the sentence. Words in ‹angle brackets› are filled in with the facts.

What a sheet of figures raises has a severity, which the preview shows: an *error* must be corrected in the sheet, a *question* wants a word from
its recorder, a *notice* only informs.
"""


def message_modules() -> Iterator[tuple[str, str]]:
    """(room, module) of every message catalogue, in order."""
    for path in sorted(SOURCE.rglob("*messages.py")):
        parts = path.relative_to(SOURCE.parent).with_suffix("").parts
        yield parts[1], ".".join(parts)


def chinese_of(room: str) -> dict[str, str]:
    """The room's translations by English sentence; empty where there is no catalogue yet."""
    path = SOURCE / room / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
    return {entry.msgid: entry.msgstr for entry in polib.pofile(str(path))} if path.is_file() else {}


def shown(sentence: str) -> str:
    """A sentence as a cell of the table."""
    return _FACT.sub(r"‹\1›", sentence).replace("%%", "%").replace("|", "\\|").replace("\n", " ") or "–"


def page() -> str:
    """The whole text of the file."""
    from django.utils import translation

    lines = [_HEAD]
    with translation.override("en"):
        for room, module in message_modules():
            messages = getattr(importlib.import_module(module), "MESSAGES", None)
            if not messages:
                continue
            chinese = chinese_of(room)
            lines.append(f"\n## {module.removeprefix('zhuanban.').removesuffix('.messages')}\n")
            lines.append("| code | 中文 | English |\n|---|---|---|")
            for code, sentence in sorted(messages.items()):
                english = str(sentence)
                lines.append(f"| `{code}` | {shown(chinese.get(english, ''))} | {shown(english)} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhuanban.site.settings")
    import django

    django.setup()
    wanted = page()
    if "--check" in sys.argv[1:]:
        return 0 if TARGET.is_file() and TARGET.read_text(encoding="utf-8") == wanted else 1
    TARGET.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
