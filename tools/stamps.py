"""Stamps: which step of set-up was last done from which inputs, so that an unchanged one is not done again."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path


def digest(paths: Iterable[Path]) -> str:
    """A digest over the names and contents of ``paths``; a file that does not exist counts as absent, not as an error."""
    total = hashlib.sha256()
    for path in sorted(paths):
        total.update(path.name.encode())
        total.update(hashlib.sha256(path.read_bytes()).digest() if path.is_file() else b"absent")
    return total.hexdigest()


class Stamps:
    """The stamps in one JSON file; an unreadable file counts as no stamps at all, so everything is done anew."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, str]:
        try:
            stamps = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return stamps if isinstance(stamps, dict) else {}

    def holds(self, step: str, value: str) -> bool:
        """Whether ``step`` was last finished with the inputs ``value``."""
        return self.read().get(step) == value

    def write(self, step: str, value: str) -> None:
        """Record ``step`` as done; the file changes whole or not at all."""
        draft = self._path.with_suffix(".new")
        draft.write_text(json.dumps({**self.read(), step: value}, indent=2) + "\n", encoding="utf-8")
        draft.replace(self._path)

    def forget(self, step: str) -> None:
        """Before a step starts its stamp goes, so that a step broken off in the middle is done again."""
        stamps = self.read()
        if stamps.pop(step, None) is not None:
            self._path.write_text(json.dumps(stamps, indent=2) + "\n", encoding="utf-8")
