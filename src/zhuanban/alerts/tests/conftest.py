"""Business time stands at noon of 24 July 2023."""

from collections.abc import Iterator

import pytest

from zhuanban.alerts.tests.figures import NOON
from zhuanban.kit import clock


@pytest.fixture(autouse=True)
def _noon() -> Iterator[None]:
    with clock.pinned(NOON):
        yield
