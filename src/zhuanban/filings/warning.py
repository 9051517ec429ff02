"""What the alert rules are told: mandatory filings that are late."""

from collections.abc import Iterator
from datetime import date, timedelta

from zhuanban.alerts.services import Overdue
from zhuanban.calc.periods import Period
from zhuanban.calc.words import Words
from zhuanban.filings import queries
from zhuanban.people.access import Viewer


def overdue(viewer: Viewer, on: date) -> Iterator[Overdue]:
    """The mandatory monthly filings that are late on a day and not signed, by the last day on which they were in time."""
    for row in queries.overdue_filings(viewer=viewer, on=on):
        if isinstance(row.covered, Period):
            period = row.covered
            yield Overdue(
                f"filing:{row.id}",
                Words(f"{row.unit_zh}{period.title_zh}报送", f"Filing of {row.unit_en}, {period.title_en}"),
                f"/filings/{row.id}/", row.group_id, row.unit_id, period, row.dates.late_on - timedelta(days=1),
            )  # fmt: skip
