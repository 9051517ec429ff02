"""Where npm comes from: the machine's node where it is new enough, otherwise the hash-locked wheel in the venv."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

OLDEST = 18


def npm_on_path() -> str | None:
    """The machine's npm, or None where node is missing, too old or does not start."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        return None
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=30, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return None
    return npm if new_enough(said) else None


def new_enough(said: str) -> bool:
    """Whether ``node --version`` said at least v18."""
    found = re.match(r"v(\d+)\.", said.strip())
    return found is not None and int(found[1]) >= OLDEST


def npm(venv: Path, install_wheel: Callable[[], None]) -> list[str]:
    """The command that runs npm; ``install_wheel`` is called only where the machine brings none."""
    found = npm_on_path()
    if found:
        return [found]
    if not (venv / "bin" / "npm").exists():
        install_wheel()
    return [str(venv / "bin" / "npm")]
