"""The demo workspace for the tests of the command line that only read."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def demo(demo_workspace: Path) -> Path:
    """The run's demo. Read it, do not change it."""
    return demo_workspace
