"""Business time stands at noon of 20 July 2023, the day on which June's filings are due."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from zhuanban.kit import clock


@pytest.fixture(autouse=True)
def _due_day() -> Iterator[None]:
    with clock.pinned(datetime(2023, 7, 20, 4, tzinfo=UTC)):
        yield
