"""The small world of figures, at noon of 24 July 2023."""

from collections.abc import Iterator

import pytest

from zhuanban.indicators.tests.world import NOON, World, world
from zhuanban.kit import clock


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.pinned(NOON):
        yield


@pytest.fixture
def here(db: None) -> World:
    """Everybody, every place and indicator, no figure yet."""
    return world()
