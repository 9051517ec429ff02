"""What a machine must bring before set-up can start, and the Debian package that brings what is missing."""

import importlib.util
import shutil
import sys
from collections.abc import Callable, Iterator

Finder = Callable[[str], object]


def missing(
    *,
    development: bool,
    has_module: Finder = importlib.util.find_spec,
    has_program: Finder = shutil.which,
    version: tuple[int, int] = sys.version_info[:2],
) -> Iterator[str]:
    """One sentence for each thing that is missing, the first one first to be printed."""
    python = f"python{version[0]}.{version[1]}"
    if not (has_module("venv") and has_module("ensurepip")):
        yield f"{python} has no venv module: install Debian's package python3-venv (or {python}-venv), then run make again."
    if development and not has_program("git"):
        yield "git is missing: install Debian's package git, then run make again."
    if development and not has_program("make"):
        yield "make is missing: install Debian's package make, then run make again."
