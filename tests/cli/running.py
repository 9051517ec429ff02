"""The command line as a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

from tests.journeys.serving import ROOT


def zhuanban(*arguments: str, cwd: Path, **environment: str) -> "subprocess.CompletedProcess[bytes]":
    """Run the command with nothing but the given environment on top of a plain one."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("ZHUANBAN", "DATABASE", "LC_", "LANG"))}
    return subprocess.run(
        [sys.executable, "-m", "zhuanban.site.cli", *arguments],
        env={**plain, "PYTHONPATH": str(ROOT / "src"), **environment}, cwd=cwd, capture_output=True, check=False,
    )  # fmt: skip
