"""Two people change one row: the slower one sees both versions, loses nothing, and decides."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from zhuanban.alerts import services as alerts
from zhuanban.alerts.models import Alert
from zhuanban.filings import services as filings
from zhuanban.filings.tests.story import begin, compiled, filing
from zhuanban.kit import clock
from zhuanban.kit.idempotency import new_key
from zhuanban.people.models import Unit
from zhuanban.people.tests.browsing import browser, words
from zhuanban.people.tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_working_day() -> Iterator[None]:
    with clock.pinned(datetime(2023, 7, 18, 9, tzinfo=clock.SHANGHAI)):
        yield


@pytest.fixture
def people() -> Cast:
    return begin()


def send(people: Cast, who: str, path: str, **given: Any) -> Any:
    return browser(people, who).post(path, {"zb_key": new_key(), **given})


def test_an_explanation_that_a_colleague_wrote_meanwhile_stands_beside_the_own_one(people: Cast) -> None:
    alert = Alert.objects.get(indicator__code="retail_sales")
    alerts.acknowledge_alert(alert_id=alert.pk, by=people.commerce_clerk, version=alert.version)
    alert.refresh_from_db()
    seen = alert.version
    alerts.explain_alert(alert_id=alert.pk, by=people.commerce_colleague, version=seen, cause="商场停业", measure="协调复业")
    mine = {"cause": "两家商场停业改造", "measure": "协调复业"}
    answer = send(people, "commerce_clerk", f"/alerts/{alert.pk}/explain/", version=seen, **mine)
    page = words(answer)
    assert answer.status_code == 409
    assert "对方已保存" in page
    assert "<td>商场停业</td><td>两家商场停业改造</td>" in page
    # The measure is the same in both and not listed.
    assert "<td>协调复业</td>" not in page
    alert.refresh_from_db()
    assert alert.cause == "商场停业"
    again = send(people, "commerce_clerk", f"/alerts/{alert.pk}/explain/", version=alert.version, **mine)
    assert f'name="version" value="{alert.version}"' in page
    assert again.status_code == 302
    alert.refresh_from_db()
    assert alert.cause == "两家商场停业改造"


def test_a_filing_s_analysis_as_well_and_ticks_are_said_in_words(people: Cast) -> None:
    row = compiled(people, words="第一稿。")
    filings.comment_filing(filing_id=row.pk, by=people.commerce_colleague, version=row.version, comment="", no_change=True)
    given = {"version": row.version, "comment": "第二稿，补充商圈情况。"}
    answer = send(people, "commerce_clerk", f"/filings/{row.pk}/comment/", **given)
    page = words(answer)
    assert answer.status_code == 409
    assert "<td>–</td><td>第二稿，补充商圈情况。</td>" in page
    assert "<td>是</td><td>否</td>" in page
    assert filing().comment == ""
    assert send(people, "commerce_clerk", f"/filings/{row.pk}/comment/", **{**given, "version": filing().version}).status_code == 302
    assert filing().comment == "第二稿，补充商圈情况。"


def test_of_a_unit_choices_are_shown_by_name(people: Cast) -> None:
    unit = people.commerce
    given = {"name_zh": "商务和投资促进办", "name_en": "Commerce", "kind": "department", "position": "1", "active": "on"}
    version = Unit.objects.get(pk=unit.pk).version
    path = f"/organisation/structure/units/{unit.pk}/"
    assert send(people, "sysadmin", path, version=version, parent="", **given).status_code == 302
    slower = {**given, "name_zh": "商务办（改）", "parent": people.units["committee"].pk}
    answer = send(people, "sysadmin", path, version=version, **slower)
    page = words(answer)
    assert answer.status_code == 409
    assert "<td>商务和投资促进办</td><td>商务办（改）</td>" in page
    assert "<td>–</td><td>管委会</td>" in page
    assert Unit.objects.get(pk=unit.pk).name_zh == "商务和投资促进办"


def test_any_other_refusal_keeps_its_own_page(people: Cast) -> None:
    row = filing()
    answer = send(people, "commerce_clerk", f"/filings/{row.pk}/comment/", version=row.version, comment="未汇编就写")
    assert answer.status_code in (409, 422)
    assert "对方已保存" not in words(answer)
