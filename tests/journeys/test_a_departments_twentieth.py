"""A department's 20th: more time was asked for and is granted, an alert is explained, the filing compiled, signed, sent back
with a reason, corrected, signed anew, received, and stands in the rates as in time. A collaborating unit has no change."""

from tests.journeys.conftest import People
from tests.journeys.person import Person

CAUSE, MEASURE = "两户重点零售企业更正了结算口径。", "逐户核对台账，八月五日前完成。"
FIRST, SECOND = "本月零售低于全市，已说明原因。", "零售低于全市：两户企业口径更正；八月五日前逐户核对完毕。"
BACK = "分析没有写明完成时间，请补充。"


def test_a_department_files_is_sent_back_corrects_and_is_in_time(people: People) -> None:
    office, clerk, head = people("officehead"), people("clerk"), people("head")
    filing = _more_time_is_granted(office)
    _explains_an_alert(clerk)
    _opens_the_calendar_first(clerk)
    _compiles(clerk, filing, FIRST)
    _signs(head, filing)
    _is_sent_back(office, filing)
    _compiles(clerk, filing, SECOND)
    _signs(head, filing)
    _is_received(office, filing)
    _stands_in_the_rates(head)
    _has_no_change(people("market"))


def _more_time_is_granted(office: Person) -> str:
    """The request waits on the workbench; the grant moves the day and is told to the unit."""
    say = office.say
    todo = office.page.locator(".zb-todos li", has_text=say("申请延期", "asks for more time")).first
    with office.page.expect_navigation():
        todo.get_by_role("link", name=say("答复", "Answer")).click()
    office.arrived()
    office.reads(say("商务办", "Commerce Office"), say("逾期未报", "overdue"))
    office.press("同意延期", "Grant")
    office.reads(say("已同意延期", "More time is granted"), "2023-07-27", say("已同意", "granted"))
    return office.path.partition("#")[0]


def _explains_an_alert(clerk: Person) -> None:
    clerk.open("/alerts/?month=2023-06&rule=below_city_average")
    clerk.follow(clerk.say("零售业营业收入", "Revenue of retail"))
    clerk.fill("原因", "Cause", CAUSE)
    clerk.fill("措施", "Measure", MEASURE)
    clerk.press("保存说明", "Save the explanation")
    clerk.reads(CAUSE, MEASURE)


def _opens_the_calendar_first(clerk: Person) -> None:
    with clerk.page.expect_navigation():
        clerk.page.locator('.zb-rail a[href="/filings/"]').first.click()
    clerk.arrived()
    assert clerk.path == "/filings/calendar/"
    clerk.reads(clerk.say("2023年7月", "Jul 2023"))
    clerk.follow(clerk.say("清单", "List"))
    assert clerk.path == "/filings/?month=2023-06"


def _compiles(clerk: Person, filing: str, words: str) -> None:
    clerk.open(filing)
    clerk.press("汇成", "Compile")
    clerk.reads(CAUSE, MEASURE)
    clerk.fill("分析", "Analysis", words)
    clerk.press("保存分析", "Save the analysis")
    clerk.reads(words)


def _signs(head: Person, filing: str) -> None:
    head.open(filing)
    head.press("签字并冻结", "Sign and freeze", confirm=True)
    head.reads(head.say("已签字，待接收", "signed, to be received"), head.say("按时，延期至2023-07-27", "on time, extended to 2023-07-27"))


def _is_sent_back(office: Person, filing: str) -> None:
    office.open(filing)
    office.reads(FIRST)
    office.page.locator("#back_reason").fill(BACK)
    office.press("退回", "Send back")
    office.reads(office.say("已退回", "sent back"), BACK)


def _is_received(office: Person, filing: str) -> None:
    office.open(filing)
    office.reads(SECOND)
    office.page.locator("#receive_remark").fill("收悉。")
    office.press("接收", "Receive")
    office.reads(office.say("已接收", "received"), office.say("第2版", "Version 2"), BACK)


def _stands_in_the_rates(head: Person) -> None:
    """Six of six, one of them with more time."""
    head.open("/filings/timeliness/")
    row = head.page.locator("main tbody tr", has_text=head.say("商务办", "Commerce Office"))
    cells = [text.strip() for text in row.locator("td.zb-num").all_inner_texts()]
    assert cells[:5] == ["6", "6", "1", "0", "0"], cells
    assert "6/6" in cells[-1]


def _has_no_change(market: Person) -> None:
    """A weekly filing in one step; its head signs."""
    market.open("/filings/week/")
    market.press("无变化", "No change", confirm=True)
    market.reads(market.say("已汇成", "compiled"))
