"""The story that the tests share: June's figures, one alert, and the filings that July owes."""

from datetime import UTC, date, datetime

from zhuanban.alerts import services as alerts
from zhuanban.alerts.tests.figures import publish, world
from zhuanban.filings import services
from zhuanban.filings.models import Filing
from zhuanban.people.tests.cast import Cast, cast


def noon(month: int, day: int, year: int = 2023) -> datetime:
    """Noon in Shanghai."""
    return datetime(year, month, day, 4, tzinfo=UTC)


def begin() -> Cast:
    """Cast, figures of June, the alerts they raise, and what is owed in July."""
    people = cast()
    world(people)
    publish("retail_sales", "5.2", "6.0")
    publish("trade_total", "9.0", "6.0")
    publish("budget_revenue", "1.0", "6.0")
    alerts.evaluate_month(year=2023, month=6)
    services.owe_filings(on=date(2023, 7, 1))
    return people


def filing(unit: str = "commerce") -> Filing:
    return Filing.objects.get(unit__code=unit)


def compiled(people: Cast, *, words: str = "商场停业改造，8月复业。") -> Filing:
    """The commerce office's filing, compiled and commented by its clerk."""
    services.compile_filing(filing_id=filing().pk, by=people.commerce_clerk, version=filing().version)
    services.comment_filing(
        filing_id=filing().pk, by=people.commerce_clerk, version=filing().version, comment=words
    )
    return filing()


def signed(people: Cast) -> Filing:
    """The same, signed by its head."""
    services.sign_filing(filing_id=compiled(people).pk, by=people.commerce_head, version=filing().version)
    return filing()
