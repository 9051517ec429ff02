"""Makes ``bundle/``: what ``make run`` needs from a network, for a machine that has none.

``python -m tools.bundle`` after set-up. The folder holds the wheels of ``requirements.txt`` for this machine's Python
and system, the fonts and scripts of the npm lock, and a note of what it was made for. ``SetUp`` uses it where it lies
in the checkout; hashes are checked as ever.
"""

import json
import platform
import shutil
import subprocess
import sys
import sysconfig
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from tools import assets  # noqa: E402
from tools.stamps import digest  # noqa: E402

FOLDER = "bundle"
LOCKS = ("requirements.txt", "package-lock.json")


class Unfit(Exception):
    """A bundle that was made for another version, Python or system; the message says which."""


@dataclass(frozen=True)
class Made:
    """What a bundle was made for."""

    locks: str
    python: str
    system: str


def made_for(root: Path) -> Made:
    """What this machine and this checkout want."""
    return Made(digest([root / name for name in LOCKS]), ".".join(platform.python_version_tuple()[:2]), sysconfig.get_platform())


def find(root: Path) -> Path | None:
    """The bundle of a checkout, None where there is none. Raises Unfit for one that is of no use here."""
    folder = root / FOLDER
    note = folder / "bundle.json"
    if not note.is_file():
        return None
    found, wanted = Made(**json.loads(note.read_text(encoding="utf-8"))), made_for(root)
    if found.locks != wanted.locks:
        raise Unfit(f"{FOLDER}/ was made for another version of this checkout. Make it anew, or remove it to use the network.")
    if (found.python, found.system) != (wanted.python, wanted.system):
        raise Unfit(
            f"{FOLDER}/ was made for Python {found.python} on {found.system}, this is Python {wanted.python} on {wanted.system}. "
            "Make it on a machine like this one, or remove it to use the network."
        )
    return folder


def make(root: Path) -> Path:
    """Make the bundle of a checkout that is set up; an earlier one is replaced only once the new one is whole."""
    fresh = root / f"{FOLDER}.new"
    shutil.rmtree(fresh, ignore_errors=True)
    (fresh / "wheels").mkdir(parents=True)
    subprocess.run(
        [str(root / ".venv" / "bin" / "python"), "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-input"]
        + ["--require-hashes", "--no-deps", "--only-binary", ":all:", "-d", str(fresh / "wheels"), "-r", str(root / LOCKS[0])],
        cwd=root, stdin=subprocess.DEVNULL, check=True,
    )  # fmt: skip
    for target in assets.FILES.values():
        copy = fresh / "assets" / target
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / target, copy)
    (fresh / "bundle.json").write_text(json.dumps(asdict(made_for(root)), indent=1) + "\n", encoding="utf-8")
    shutil.rmtree(root / FOLDER, ignore_errors=True)
    fresh.rename(root / FOLDER)
    return root / FOLDER


def place_assets(folder: Path, root: Path) -> None:
    """Put fonts and scripts where pages and documents use them."""
    for target in assets.FILES.values():
        (root / target).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / "assets" / target, root / target)


def main() -> int:
    try:
        folder = make(ROOT)
    except subprocess.CalledProcessError as failed:
        print(f"The wheels could not be fetched (the step ended with {failed.returncode}); no bundle was made.", file=sys.stderr)
        return 1
    size = sum(each.stat().st_size for each in folder.rglob("*") if each.is_file()) / 1e6
    print(f"{folder.name}/ is ready: {size:.0f} MB. Copy the whole checkout with it to the other machine, then: make run")
    return 0


if __name__ == "__main__":
    sys.exit(main())
