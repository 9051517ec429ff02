"""Compiles the message catalogues without gettext's tools, after refusing fuzzy and doubled entries.

``python tools/catalogues.py [ROOT] [--check]`` prints each mistake as ``file:line: what`` and ends 1 where there is one.
"""

import sys
from collections import Counter
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent


def sources(root: Path) -> list[Path]:
    """Every catalogue of every room."""
    return sorted((root / "src" / "zhuanban").glob("*/locale/*/LC_MESSAGES/django.po"))


def mistakes(path: Path, root: Path = ROOT) -> list[str]:
    """What is wrong in one catalogue: unreadable, fuzzy or doubled entries, each with file and line."""
    shown = path.relative_to(root) if path.is_relative_to(root) else path
    try:
        entries = list(polib.pofile(str(path)))
    except (OSError, UnicodeDecodeError, ValueError) as failure:
        return [f"{shown}:1: cannot be read: {failure}"]
    found = [
        f"{shown}:{entry.linenum}: fuzzy, so it would not be used: {entry.msgid!r}"
        for entry in entries
        if entry.fuzzy and not entry.obsolete
    ]
    seen: Counter[tuple[str | None, str]] = Counter()
    for entry in entries:
        if entry.obsolete:
            continue
        seen[entry.msgctxt, entry.msgid] += 1
        if seen[entry.msgctxt, entry.msgid] > 1:
            found.append(f"{shown}:{entry.linenum}: stands here a second time: {entry.msgid!r}")
    return found


def compile_all(root: Path) -> list[str]:
    """Write the .mo beside each .po without a mistake; returns the mistakes of the others."""
    found: list[str] = []
    for path in sources(root):
        wrong = mistakes(path, root)
        found += wrong
        if not wrong:
            polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    return found


def main(arguments: list[str]) -> int:
    """Compile, or with ``--check`` only look."""
    root = Path(next((argument for argument in arguments if not argument.startswith("-")), ROOT))
    if "--check" in arguments:
        found = [line for path in sources(root) for line in mistakes(path, root)]
    else:
        found = compile_all(root)
    for line in found:
        print(line)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
