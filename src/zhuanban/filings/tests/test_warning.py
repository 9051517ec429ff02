"""Late filings become alerts."""

from datetime import UTC, datetime

import pytest

from zhuanban.alerts.models import Alert
from zhuanban.alerts.services import evaluate_deadlines
from zhuanban.filings import services
from zhuanban.filings.models import Filing
from zhuanban.kit import clock
from zhuanban.people.tests.cast import Cast, cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> Cast:
    return cast()


def test_a_filing_past_its_day_is_an_alert_until_it_is_signed(people: Cast) -> None:
    """Due on Thursday, 20 July 2023; an alert from the day after, one for each unit that owes one."""
    with clock.pinned(datetime(2023, 7, 3, 4, tzinfo=UTC)):
        services.owe_filings_now()
    late = Filing.objects.filter(cadence="monthly_filing", year=2023).count()
    with clock.pinned(datetime(2023, 7, 20, 4, tzinfo=UTC)):
        evaluate_deadlines()
        assert not Alert.objects.filter(rule="filing_overdue").exists()
    with clock.pinned(datetime(2023, 7, 21, 4, tzinfo=UTC)):
        evaluate_deadlines()
        evaluate_deadlines()
    found = Alert.objects.filter(rule="filing_overdue")
    assert (found.count(), late > 0) == (late, True)
    first = found.order_by("id").first()
    assert first is not None
    assert first.message_zh == "报送应于2023-07-20前签发，尚未签发"
    assert first.about_zh.endswith("2023年6月报送")
