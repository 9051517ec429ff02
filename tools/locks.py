"""Writes the locks anew from ``requirements*.in`` and ``package.json``; none of them names a host."""

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools import node  # noqa: E402

PYTHON_LOCKS = ("requirements", "requirements-dev", "requirements-node")


def lock_python(root: Path) -> None:
    """One lock per .in file, for every platform, with hashes."""
    for name in PYTHON_LOCKS:
        subprocess.run(
            [str(root / ".venv" / "bin" / "uv"), "pip", "compile", "--quiet", "--universal", "--python-version", "3.11"]
            + ["--generate-hashes", "--upgrade", "--custom-compile-command", "make lock"]
            + [f"{name}.in", "-o", f"{name}.txt"],
            cwd=root,
            check=True,
        )


def lock_npm(root: Path) -> None:
    """The npm lock; funding addresses are taken out, they are the only ones npm leaves in it."""
    npm = node.npm_on_path() or str(root / ".venv" / "bin" / "npm")
    subprocess.run([npm, "install", "--package-lock-only"], cwd=root, check=True)
    path = root / "package-lock.json"
    lock = json.loads(path.read_text(encoding="utf-8"))
    for package in lock["packages"].values():
        package.pop("funding", None)
    path.write_text(json.dumps(lock, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    lock_python(ROOT)
    lock_npm(ROOT)
