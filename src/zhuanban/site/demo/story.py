"""The demo's months of work: alerts explained, problems opened and struck off, filings signed, day by day."""

from datetime import date, datetime, timedelta
from functools import partial

from zhuanban.indicators.services import lock_period
from zhuanban.people.models import Notice
from zhuanban.site.demo import alert_work, filing_work, matter_work, report_work
from zhuanban.site.demo.cast import Cast
from zhuanban.site.demo.diary import Diary, at, moment

_NEWEST = 6
_MONTHS = range(1, _NEWEST + 1)


def _close(cast: Cast) -> None:
    """The months whose figures are settled take no sheets any more; May and June are still corrected."""
    lock_period(year=2023, month=4, by=cast.reviewer, reason="1—4月数据已核定。（演示数据）")


class Story:
    """Runs beside the publishing of figures: people answer what they know, nothing before it is known."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._diary = Diary()
        for month in _MONTHS:
            filing_work.note_month(cast, self._diary, month)
        filing_work.note_weeks(cast, self._diary)
        matter_work.note_all(cast, self._diary)
        report_work.note_all(cast, self._diary)
        self._diary.note(moment("07-03 10:00"), partial(_close, cast))
        for month in (3, 4, 5):
            closing_on = date(2023, month + 1, 26)
            closes = partial(alert_work.close_older, cast, before=date(2023, month, 1))
            self._diary.note(at(closing_on, 15), closes)

    def live_until(self, when: datetime) -> None:
        """Let the people work until an instant; called before the next figures come out."""
        self._diary.live_until(when)

    def month_published(self, month: int) -> None:
        """The month's alerts are there: their departments plan to answer. Called with the clock at that evening."""
        answer = alert_work.answer_june if month == _NEWEST else alert_work.answer_month
        answer(self._cast, self._diary)

    def end(self, starts_at: datetime) -> None:
        """Everything up to the demo's first morning."""
        self._diary.live_until(starts_at)
        assert moment("07-24 09:00") == starts_at
        # Everybody has read what is older than the last week.
        Notice.objects.filter(at__lt=starts_at - timedelta(days=7)).update(read_at=starts_at - timedelta(days=7))
