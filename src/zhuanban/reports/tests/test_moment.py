"""The day an analysis is known on: a past day is kept, today ends now, a day that has not come is refused."""

from datetime import UTC, datetime

import pytest

from zhuanban.indicators.tests.world import NOON, World, revenue, words_of, world
from zhuanban.kit import clock
from zhuanban.kit.refusals import Refusal
from zhuanban.reports.views.monthly import moment_of


@pytest.fixture
def here(db: None) -> World:
    return world()


@pytest.mark.parametrize(
    ("asked", "moment"),
    [
        ("", None),
        ("2023-07-20", datetime(2023, 7, 20, 15, 59, 59, tzinfo=UTC)),
        ("2023-07-23", datetime(2023, 7, 23, 15, 59, 59, tzinfo=UTC)),
        ("2023-07-24", NOON),
    ],
)
def test_the_moment_is_the_end_of_the_day_and_never_later_than_now(asked: str, moment: datetime | None) -> None:
    with clock.pinned(NOON):
        assert moment_of(asked) == moment


@pytest.mark.parametrize("asked", ["2023-07-25", "2024-01-01", "9999-12-31"])
def test_a_day_that_has_not_come_is_refused(asked: str) -> None:
    with clock.pinned(NOON), pytest.raises(Refusal) as refused:
        moment_of(asked)
    assert refused.value.codes == ["report_date_ahead"]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh-hans", "2023-07-25尚未到来，今天是2023-07-24。"),
        ("en", "2023-07-25 has not come yet; today is 2023-07-24."),
    ],
)
def test_page_and_word_file_refuse_it_in_the_readers_language(here: World, language: str, sentence: str) -> None:
    with clock.pinned(NOON):
        here.publish([revenue("9000", "9.0", "9.5")], title="2023年1—5月主要指标")
        browser = here.browser("statistician", language=language)
        asked = {"month": "2023-05", "as_known": "2023-07-25"}
        for answer in (browser.get("/reports/monthly/", asked), browser.post("/reports/monthly/download/", asked)):
            assert answer.status_code == 422
            assert sentence in words_of(answer)
