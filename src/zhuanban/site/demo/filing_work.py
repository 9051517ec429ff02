"""The demo's monthly filings: compiled and signed by the units, received or sent back by the office."""

from datetime import date, timedelta
from functools import partial

from zhuanban.calc.working_days import after_working_days
from zhuanban.filings import services
from zhuanban.filings.models import Filing
from zhuanban.people.access import Viewer, system_viewer
from zhuanban.site.demo.cast import Cast
from zhuanban.site.demo.diary import Diary, at, moment

_NEWEST = 6
_LATE = ("agri_office", 4)
"""The unit and month of the one filing that came after its day."""

_MONDAYS = (date(2023, 7, 10), date(2023, 7, 17), date(2023, 7, 24))
_FILE_WEEKLY = ("tax_bureau", "market_branch", "ecology_branch")

_WORDS = {
    "GENERAL": "本月对照全市水平逐项核对牵头指标，低于全市的已说明原因和措施。下月重点：核对项目入统要件，跟踪投资进度。",
    "HOUSING_AGRI": "本月走访了建筑、房地产和农业重点单位，数据波动已核实。下月重点：督促按进度报送产值，盯紧停缓建项目。",
    "FISCAL_FIN": "本月会同税务部门核对重点税源，错期入库已列清单。下月重点：跟踪申报入库，做好税源服务。",
    "MICRO_PARK": "本月开展转企宣讲，走访在园企业。下月重点：按名单联系达标个体工商户，催报园区缺报数据。",
    "COMMERCE_CULT": "本月走访限上商贸企业，了解库存和订单。下月重点：组织促消费活动，辅导达标单位纳统。",
    "INVEST_PROMO": "本月会商在谈项目，排出签约时间表。下月重点：责任领导带队拜访投资方，推动签约项目开工。",
    "SCI_INDUSTRY": "本月走访工业和软件重点企业，掌握订单情况。下月重点：开展供需对接，落实稳岗和贷款贴息政策。",
}
_RETURNED = "分析材料没有写明低于全市的原因，请对照指标逐项补充后重新汇总、签发。（演示数据）"


_LAST_DAY_ASKED = {
    "resources_housing_office": ("07-19 10:20", date(2023, 7, 26), "建筑企业月报系统检修，数据25日才能取到。（演示数据）"),
    "commerce_office": ("07-20 16:30", date(2023, 7, 27), "限上零售数据更正，需与企业逐户核对。（演示数据）"),
    "investment_center": ("07-19 15:00", date(2023, 7, 24), "到位资金凭证待核对，可能赶不上20日。（演示数据）"),
}
"""June's requests for more time: the first is granted, the second still waits, the third lapses since the unit files anyway."""
_DECLINED = ("agri_office", 4)
"""The unit and month of the one request that the office declined."""


def note_month(cast: Cast, diary: Diary, month: int) -> None:
    """Put a month's filings into the diary: owed on the first of the next month, signed by their due day."""
    begins = date(2023, month + 1, 1)
    diary.note(at(begins, 0, 10), partial(_owe, cast, diary, begins, month))


def note_weeks(cast: Cast, diary: Diary) -> None:
    """The weekly filings of July: some collaborating units file, one leaves it; this week's are just listed."""
    for monday in _MONDAYS:
        diary.note(at(monday, 0, 10), partial(_owe_week, cast, diary, monday))


def _owe_week(cast: Cast, diary: Diary, monday: date) -> None:
    services.owe_weekly_filings(on=monday, by=system_viewer("报送到期"))
    if monday == _MONDAYS[-1]:
        return
    week = Filing.objects.filter(cadence="weekly_ledger", due_on__range=(monday, monday + timedelta(days=6)))
    filing_units = week.filter(unit__code__in=_FILE_WEEKLY).order_by("group__position", "unit__position")
    for place, pk in enumerate(filing_units.values_list("pk", flat=True)):
        friday = monday + timedelta(days=4)
        diary.note(at(friday, 10, 5 * place), partial(_file_week, cast, pk))
        # The newest of them still wait for the responsible department.
        if monday != _MONDAYS[-2]:
            diary.note(at(friday, 15, 5 * place), partial(_receive_week, cast, pk))


def _file_week(cast: Cast, pk: int) -> None:
    filing = Filing.objects.select_related("unit").get(pk=pk)
    services.file_no_change(filing_id=pk, by=cast.post(f"{filing.unit.code}_head"), version=filing.version)


def _receive_week(cast: Cast, pk: int) -> None:
    filing = Filing.objects.select_related("owed_to").get(pk=pk)
    assert filing.owed_to is not None
    services.receive_filing(
        filing_id=pk, by=cast.post(f"{filing.owed_to.code}_head"), version=filing.version, remark="收悉。（演示数据）"
    )


def _owe(cast: Cast, diary: Diary, on: date, month: int) -> None:
    services.owe_filings(on=on, by=system_viewer("报送到期"))
    filings = Filing.objects.filter(year=2023, month=month).select_related("unit", "group")
    for place, filing in enumerate(filings.order_by("group__position", "unit__position")):
        if month < _NEWEST:
            _note_settled(cast, diary, filing, place)
        else:
            _note_newest(cast, diary, filing, place)
    if month == _NEWEST:
        diary.note(at(date(2023, 7, 21), 16), partial(_remind, cast))
    if month < _NEWEST:
        gathered_on = after_working_days(filings[0].due_on, 5).on
        diary.note(at(gathered_on, 10), partial(_consolidate, cast, month))


def _consolidate(cast: Cast, month: int) -> None:
    services.consolidate_month(year=2023, month=month, by=cast["officehead"], number=1)


def _note_settled(cast: Cast, diary: Diary, filing: Filing, place: int) -> None:
    late = (filing.unit.code, filing.month) == _LATE
    signed_on = after_working_days(filing.due_on, 2).on if late else filing.due_on
    if (filing.unit.code, filing.month) == _DECLINED:
        asked_on = filing.due_on - timedelta(days=3)
        diary.note(at(asked_on, 15), partial(_ask, cast, filing.pk, filing.due_on + timedelta(days=8), "基层统计员休假，材料不齐。（演示数据）"))
        diary.note(at(asked_on, 16, 30), partial(_answer, cast, filing.pk, False, "数据已可取得，请按期报送，材料可随后补充。（演示数据）"))
    diary.note(at(signed_on, 13, 30 + 3 * place), partial(_compile, cast, filing.pk))
    diary.note(at(signed_on, 15, 10 + 5 * place), partial(_sign, cast, filing.pk))
    diary.note(at(after_working_days(signed_on, 1).on, 9, 30 + 4 * place), partial(_receive, cast, filing.pk))


def _note_newest(cast: Cast, diary: Diary, filing: Filing, place: int) -> None:
    """June on the demo's first morning: one late, one with more time, one waiting for the office, one sent back, the rest received."""
    unit, group = filing.unit.code, filing.group.code
    if unit in _LAST_DAY_ASKED and (unit != "resources_housing_office" or group == "HOUSING_AGRI"):
        when, until, reason = _LAST_DAY_ASKED[unit]
        diary.note(moment(when), partial(_ask, cast, filing.pk, until, reason))
    if unit == "commerce_office":
        return
    compiled_on = filing.due_on
    diary.note(at(compiled_on, 13, 30 + 3 * place), partial(_compile, cast, filing.pk))
    if unit == "resources_housing_office":
        diary.note(moment("07-20 09:40"), partial(_answer, cast, filing.pk, True, "情况属实，同意。（演示数据）"))
        return
    diary.note(at(compiled_on, 15, 10 + 5 * place), partial(_sign, cast, filing.pk))
    answered_at = at(compiled_on + timedelta(days=1), 9, 30 + 4 * place)
    if group == "SCI_INDUSTRY":
        diary.note(answered_at, partial(_send_back, cast, filing.pk))
    elif unit != "finance_office":
        diary.note(answered_at, partial(_receive, cast, filing.pk))


def _ask(cast: Cast, pk: int, until: date, reason: str) -> None:
    filing = Filing.objects.select_related("unit").get(pk=pk)
    services.ask_extension(filing_id=pk, by=_clerk(cast, filing), version=filing.version, until=until, reason=reason)


def _answer(cast: Cast, pk: int, granted: bool, answer: str) -> None:
    filing = Filing.objects.get(pk=pk)
    services.answer_extension(filing_id=pk, by=cast.reviewer, version=filing.version, granted=granted, answer=answer)


def _remind(cast: Cast) -> None:
    """On the day after the due day the office reminds the unit that is late."""
    late = Filing.objects.filter(year=2023, month=_NEWEST, week=0, state=Filing.State.DUE)
    services.remind_by_hand(filing_ids=late.values_list("pk", flat=True), by=cast["officehead"])


def _compile(cast: Cast, pk: int) -> None:
    filing = Filing.objects.select_related("unit", "group").get(pk=pk)
    words = _WORDS.get(filing.group.code, "")
    clerk = _clerk(cast, filing)
    compiled = services.compile_filing(filing_id=pk, by=clerk, version=filing.version)
    comment = f"{words}（演示数据）" if words else ""
    services.comment_filing(
        filing_id=pk, by=clerk, version=compiled.version, comment=comment, no_change=not words
    )  # fmt: skip


def _sign(cast: Cast, pk: int) -> None:
    filing = Filing.objects.select_related("unit").get(pk=pk)
    services.sign_filing(filing_id=pk, by=cast.post(f"{filing.unit.code}_head"), version=filing.version)


def _receive(cast: Cast, pk: int) -> None:
    filing = Filing.objects.get(pk=pk)
    services.receive_filing(filing_id=pk, by=cast.reviewer, version=filing.version)


def _send_back(cast: Cast, pk: int) -> None:
    filing = Filing.objects.get(pk=pk)
    services.send_back_filing(
        filing_id=pk, by=cast["officehead"], version=filing.version, reason=_RETURNED
    )  # fmt: skip


def _clerk(cast: Cast, filing: Filing) -> Viewer:
    """The post that compiles: the clerk, and where a street or centre has none the head."""
    unit = filing.unit
    return cast.post(f"{unit.code}_{'head' if unit.kind in ('street', 'center') else 'clerk'}")
