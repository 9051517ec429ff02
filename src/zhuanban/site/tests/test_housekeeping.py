"""SQLite's statistics: refreshed once a day, left to PostgreSQL itself."""

from datetime import timedelta

import pytest
from django.db import connection

from zhuanban.kit import clock
from zhuanban.people.tests.cast import cast
from zhuanban.site import housekeeping


@pytest.mark.django_db
def test_statistics_are_refreshed_once_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "_last", None)
    cast()
    if connection.vendor != "sqlite":
        assert housekeeping.refresh_statistics() is False
        return
    assert [housekeeping.refresh_statistics(), housekeeping.refresh_statistics()] == [True, False]
    with connection.cursor() as cursor:
        cursor.execute("SELECT stat FROM sqlite_stat1 WHERE tbl = 'people_post' LIMIT 1")
        assert cursor.fetchone()[0].split()[0] == "16"
    later = clock.real_now() + timedelta(days=1)
    monkeypatch.setattr(clock, "real_now", lambda: later)
    assert housekeeping.refresh_statistics() is True
