"""What keeps a SQLite workspace quick. PostgreSQL looks after itself."""

from datetime import date

from django.db import connection

from zhuanban.kit import clock

LOOKED_AT = 1_000
"""So many rows of each index are looked at: enough to choose well, and done in a moment whatever the size."""

_last: date | None = None


def refresh_statistics() -> bool:
    """Let SQLite look anew at how its tables have grown, once a day and process, for the tick; returns whether it did.

    Without it the planner guesses, and picks for a list within a narrow scope a way that sorts all of its rows.
    """
    global _last
    today = clock.shanghai(clock.real_now()).date()
    if connection.vendor != "sqlite" or _last == today:
        return False
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA analysis_limit = {LOOKED_AT}")
        cursor.execute("ANALYZE")
    _last = today
    return True
