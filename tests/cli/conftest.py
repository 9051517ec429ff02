"""One demo workspace for the tests of the command line that only read."""

from pathlib import Path

import pytest

from tests.journeys.serving import command


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo made in an existing empty directory. Read it, do not change it."""
    folder = tmp_path_factory.mktemp("demo")
    made = command(folder, "demo")
    assert made.returncode == 0, made.stderr
    assert made.stdout == ""
    return folder
