"""The steps of set-up. Each has a stamp of its inputs; with all stamps unchanged nothing is started at all."""

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tools import assets, bundle, node, prerequisites
from tools.stamps import Stamps, digest

ROOT = Path(__file__).resolve().parent.parent

_SCRIPT = """#!{python}
import sys

from zhuanban.site.cli import main

sys.exit(main())
"""


class SetUpFailed(Exception):
    """A step could not be done; the message says which, and what to do next."""


class SetUp:
    """Brings the checkout at ``root`` up to date, with development tools or with what a server needs."""

    def __init__(self, root: Path, *, development: bool) -> None:
        self.root = root
        self.development = development
        self.venv = root / ".venv"
        self.python = self.venv / "bin" / "python"
        self.stamps = Stamps(self.venv / "zhuanban-stamps.json")
        self.bundle: Path | None = None

    def run(self) -> list[str]:
        """Do what is not up to date; returns the names of the steps that were done.

        What a server needs comes from ``bundle/`` where the checkout has one; the tools for developing are not in it.
        """
        if not self.development:
            self.bundle = self._usable_bundle()
        done = []
        for name, step in (
            ("packages", self._packages),
            ("project", self._project),
            ("assets", self._assets),
            ("catalogues", self._catalogues),
        ):
            if step():
                done.append(name)
        return done

    def _usable_bundle(self) -> Path | None:
        try:
            return bundle.find(self.root)
        except bundle.Unfit as unfit:
            raise SetUpFailed(str(unfit)) from unfit

    def packages_stamp(self, *, development: bool) -> str:
        """Development and production differ by their lock; the first contains all of the second."""
        lock = "requirements-dev.txt" if development else "requirements.txt"
        return f"{lock} {digest([self.root / lock])}"

    def _packages(self) -> bool:
        wanted = self.packages_stamp(development=self.development)
        enough = {wanted, self.packages_stamp(development=True)}
        if self.python.exists() and self.stamps.read().get("packages") in enough:
            return False
        if not self.python.exists():
            self._say("Making .venv")
            self._call(
                [sys.executable, "-m", "venv", "--clear", str(self.venv)], "The virtual environment was not made."
            )
        self.stamps.forget("packages")
        self._install("requirements-dev.txt" if self.development else "requirements.txt", "Python packages")
        self.stamps.write("packages", wanted)
        return True

    def _project(self) -> bool:
        """The package is found through a .pth file and started by a small script: no build, no network.

        It is compiled once here, since a machine may forbid programs to keep what they compile when they start.
        """
        library = next((self.venv / "lib").glob("python3*")) / "site-packages"
        wanted = {
            library / "zhuanban_src.pth": f"{self.root / 'src'}\n",
            self.venv / "bin" / "zhuanban": _SCRIPT.format(python=self.python),
        }
        stale = {path: text for path, text in wanted.items() if not path.is_file() or path.read_text() != text}
        for path, text in stale.items():
            path.write_text(text, encoding="utf-8")
            path.chmod(0o755 if path.suffix == "" else 0o644)
        if stale:
            compiling = [str(self.python), "-m", "compileall", "-q", "-j", "0", str(self.root / "src")]
            self._call(compiling, "The product's own files could not be compiled.")
        return bool(stale)

    def _assets(self) -> bool:
        wanted = digest([self.root / "package-lock.json", self.root / ".npmrc", self.root / "tools" / "assets.py"])
        # The journeys use what npm unpacked; a server only what was copied from it.
        unpacked = not self.development or (self.root / "node_modules" / ".package-lock.json").is_file()
        if self.stamps.holds("assets", wanted) and unpacked and not assets.absent(self.root):
            return False
        self.stamps.forget("assets")
        if self.bundle:
            bundle.place_assets(self.bundle, self.root)
            self.stamps.write("assets", wanted)
            return True
        npm = node.npm(self.venv, lambda: self._install("requirements-node.txt", "node"))
        self._say("Fetching fonts and scripts")
        self._call(
            [*npm, "ci", "--no-progress", "--loglevel=error"], "npm could not fetch the files of package-lock.json."
        )
        assets.copy(self.root)
        self.stamps.write("assets", wanted)
        return True

    def _catalogues(self) -> bool:
        sources = sorted((self.root / "src" / "zhuanban").glob("*/locale/*/LC_MESSAGES/django.po"))
        wanted = digest([*sources, self.root / "tools" / "catalogues.py"]) + f" {len(sources)}"
        if self.stamps.holds("catalogues", wanted) and all(path.with_suffix(".mo").is_file() for path in sources):
            return False
        self._call(
            [str(self.python), str(self.root / "tools" / "catalogues.py"), str(self.root)],
            "The message catalogues have the mistakes named above.",
        )
        self.stamps.write("catalogues", wanted)
        return True

    def _install(self, lock: str, what: str) -> None:
        self._say(f"Installing {what}")
        self._call(
            [str(self.python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
            + (["--no-index", "--find-links", str(self.bundle / "wheels")] if self.bundle else [])
            + ["--require-hashes", "--no-deps", "-r", str(self.root / lock)],
            f"The packages of {lock} could not be installed: without a network they must lie in pip's cache or find-links.",
        )

    def _call(self, command: list[str], failure: str) -> None:
        ended = subprocess.run(command, cwd=self.root, stdin=subprocess.DEVNULL, check=False).returncode
        if ended:
            raise SetUpFailed(f"{failure} Mend it and run make again (the step ended with {ended}).")

    def _say(self, what: str) -> None:
        print(f"{what} …", flush=True)


def main(arguments: Sequence[str], root: Path = ROOT) -> int:
    """Set up the checkout; 0 when it is up to date afterwards, 1 with a message otherwise."""
    parser = argparse.ArgumentParser(
        prog="tools/setup.py", description="Bring .venv, assets and catalogues up to date."
    )
    parser.add_argument("--production", action="store_true", help="without the tools for developing and testing")
    development = not parser.parse_args(arguments).production
    for sentence in prerequisites.missing(development=development):
        print(sentence, flush=True)
        return 1
    started = time.monotonic()
    try:
        done = SetUp(root, development=development).run()
    except SetUpFailed as failure:
        print(failure, file=sys.stderr)
        return 1
    if done:
        print(f"Set up: {', '.join(done)} ({time.monotonic() - started:.0f} s).", flush=True)
    return 0
