"""The problem ledger: registered, accepted, handled, resolved with evidence, reviewed by another, struck off.

Columns and their synonyms: union of the ledgers seen in practice. Terms are defaults, not law.
"""

from datetime import date

from zhuanban.matters.ledgers.contract import Clock, ClockTerm, Column, Ledger, Need, Said, State, Transition
from zhuanban.matters.ledgers.ladder import Addressee, Ladder, Level

TEXT, FILES, PROOF = Need.TEXT, Need.FILES, Need.PROOF
NOT_SELF, NOT_UNIT = Need.NOT_HANDLER, Need.NOT_RESPONSIBLE_UNIT

STATES = (
    State("submitted",   "待受理",   "To be accepted", Said("提交", "Raised"),           "accept"),
    State("accepted",    "已受理",   "Accepted",       Said("受理", "Accepted"),         "handle"),
    State("in_progress", "办理中",   "In progress",    Said("办理", "In progress"),      "handle"),
    State("resolved",    "办结待审", "Under review",   Said("办结待审", "Under review"), "review"),
    State("reviewed",    "待销号",   "Reviewed",       Said("审核", "Reviewed"),         "strike_off"),
    State("struck_off",  "已销号",   "Struck off",     Said("销号", "Struck off"),       "", is_open=False),
)  # fmt: skip

_RULES: tuple[tuple[str, tuple[str, ...], str, str, tuple[Need, ...]], ...] = (
    # move            from                              to             who                    needs
    ("accept",        ("submitted",),                   "accepted",    "matters.accept",      ()),
    ("note_progress", ("accepted", "in_progress"),      "in_progress", "matters.handle",      (TEXT,)),
    ("resolve",       ("accepted", "in_progress"),      "resolved",    "matters.handle",      (TEXT, FILES)),
    ("review",        ("resolved",),                    "reviewed",    "matters.review",      (TEXT, NOT_SELF, NOT_UNIT)),
    ("send_back",     ("resolved", "reviewed"),         "in_progress", "matters.review",      (TEXT, NOT_SELF, NOT_UNIT)),
    ("strike_off",    ("reviewed",),                    "struck_off",  "matters.strike_off",  (PROOF, NOT_SELF, NOT_UNIT)),
)  # fmt: skip

_OFFICE = Said("专班办公室审核岗", "the office reviewer")
_HANDLERS = Said("责任单位负责人或经办人", "the head or a clerk of the responsible unit")
_REVIEWERS = Said("专班办公室审核岗或该组责任领导", "the office reviewer or the group's responsible leader")

_WORDS: dict[str, dict[str, Said]] = {
    "accept": {
        "name": Said("受理", "Accept"),
        "done": Said("受理", "Accepted"),
        "task": Said("受理这件事项", "Accept this matter"),
        "check": Said("核对：事实写清楚，责任单位没有错。", "Check: the facts are clear and the responsible unit is the right one."),
        "then": Said("受理后：责任单位的办理时限从今天起算", "After this: the responsible unit's term runs from today"),
        "who": _OFFICE,
    },
    "note_progress": {
        "name": Said("只记进展", "Only note progress"),
        "done": Said("进展", "Progress"),
        "task": Said("记录进展", "Note progress"),
        "check": Said("写明做了什么、还差什么。", "Say what was done and what is still open."),
        "then": Said("时限照常计算", "The term keeps running"),
        "who": _HANDLERS,
    },
    "resolve": {
        "name": Said("提交办结", "Report as resolved"),
        "done": Said("提交办结", "Reported as resolved"),
        "task": Said("办理并提交办结", "Handle it and report it as resolved"),
        "check": Said(
            "办结要写明怎样解决的，并附佐证材料：答复、文件或照片。",
            "A resolution says how it was solved and carries evidence: the reply, a document or a photo.",
        ),
        "then": Said("提交后：停表，由责任单位以外的人审核", "After this: the clock stops and somebody outside the unit reviews it"),
        "who": _HANDLERS,
    },
    "review": {
        "name": Said("审核通过", "Confirm"),
        "done": Said("审核通过", "Review passed"),
        "task": Said("审核办结是否属实", "Review whether it is really resolved"),
        "check": Said(
            "核对：事实清楚、问题真正解决、结论合规、佐证齐全。",
            "Check: facts clear, problem really solved, conclusion lawful, evidence complete.",
        ),
        "then": Said("通过后：由专班办公室销号", "After this: the task force office strikes it off"),
        "who": _REVIEWERS,
    },
    "send_back": {
        "name": Said("退回重办", "Send back"),
        "done": Said("退回重办", "Sent back"),
        "task": Said("退回责任单位重办", "Send it back to the responsible unit"),
        "check": Said("写明退回的理由。", "Give the reason."),
        "then": Said("退回后：原时限不变", "After this: the first due day stays"),
        "who": _REVIEWERS,
    },
    "strike_off": {
        "name": Said("销号", "Strike off"),
        "done": Said("销号", "Struck off"),
        "task": Said("销号", "Strike it off the ledger"),
        "check": Said("核对：审核意见和佐证材料都在。", "Check: the review and the evidence are on record."),
        "then": Said("销号后：事项归档，不能再改", "After this: the matter is closed and cannot be changed"),
        "who": _OFFICE,
    },
}
_ICONS = {
    "accept": "check", "note_progress": "message-2", "resolve": "file-text", "review": "clipboard-check",
    "send_back": "rotate-clockwise", "strike_off": "rubber-stamp",
}  # fmt: skip
_BESIDE = ("note_progress", "send_back")
_HANDLING = ("note_progress", "resolve")

TRANSITIONS = tuple(
    Transition(
        verb, states, to, action, needs, icon=_ICONS[verb], main=verb not in _BESIDE,
        handles=verb in _HANDLING, takes_files=verb in _HANDLING, **_WORDS[verb],
    )
    for verb, states, to, action, needs in _RULES
)  # fmt: skip

_SINCE = date(2020, 1, 1)
CLOCKS = (
    Clock("accept",     "受理", "Acceptance", (ClockTerm(_SINCE, 1, "product_default"),)),
    Clock("handle",     "办理", "Handling",   (ClockTerm(_SINCE, 7, "product_default"),)),
    Clock("review",     "审核", "Review",     (ClockTerm(_SINCE, 3, "product_default"),)),
    Clock("strike_off", "销号", "Strike-off", (ClockTerm(_SINCE, 5, "product_default"),)),
)  # fmt: skip

UNIT_HEAD, LEADER, OFFICE, CHIEF = Addressee.UNIT_HEAD, Addressee.LEADER, Addressee.OFFICE, Addressee.CHIEF
LADDER = Ladder(
    (
        # level, names, who has to act, who is informed, overdue days, answer days
        Level(1, "责任单位",   "Responsible unit",       (UNIT_HEAD,), ()),
        Level(2, "分管领导",   "Responsible leader",     (LEADER,),    (OFFICE, UNIT_HEAD), 3, 3),
        Level(3, "专班办公室", "Task force office",      (OFFICE,),    (LEADER, UNIT_HEAD), 1, 5),
        Level(4, "专班组长",   "Head of the task force", (CHIEF,),     (OFFICE, UNIT_HEAD), 1, 5),
    )
)  # fmt: skip
"""The plan's way up. Its lowest step, the collaborating units, has no column in the ledger, so all begin with the responsible one."""

SOURCES = {
    "visit": Said("走访", "Visit"),
    "call": Said("来电", "Call"),
    "meeting": Said("会议", "Meeting"),
    "platform": Said("平台", "Platform"),
    "instruction": Said("领导批示", "Leader's instruction"),
    "data_anomaly": Said("数据异常", "Data anomaly"),
    "site_inspection": Said("督导", "On-site supervision"),
    "other": Said("其他", "Other"),
}
URGENCIES = {
    "normal": Said("一般", "Normal"),
    "urgent": Said("紧急", "Urgent"),
}

COLUMNS = (
    Column("position", "序号", "No.", ("编号序号",)),
    Column("number", "编号", "Number", ("事项编号", "问题编号", "台账编号")),
    Column("source", "来源", "Source", ("问题来源", "信息来源")),
    Column("subject", "企业或项目名称", "Enterprise or project", ("企业名称", "项目名称", "企业(项目)名称")),
    Column("subject_code", "统一社会信用代码/项目代码", "Credit or project code", ("统一社会信用代码", "信用代码", "项目代码")),
    Column("industry", "行业", "Industry", ("所属行业",)),
    Column("territory", "属地", "Territory", ("所属街道", "属地单位", "所在街道")),
    Column("title", "问题", "Matter", ("问题名称", "事项", "事项名称")),
    Column("description", "问题描述", "Description", ("具体问题", "问题内容", "存在问题")),
    Column("category", "问题类别", "Category", ("类别", "问题分类")),
    Column("urgency", "紧急程度", "Urgency", ("缓急",)),
    Column("reach", "个性/共性", "Single or common", ("问题性质",)),
    Column("raised_by", "提出人", "Raised by", ("反映人", "提出人及电话")),
    Column("raised_on", "提出时间", "Raised on", ("反映时间", "登记时间")),
    Column("request", "诉求", "Request", ("企业诉求",)),
    Column("group", "工作组", "Group", ("所属工作组",)),
    Column("leader", "责任领导", "Responsible leader", ("分管领导",)),
    Column("unit", "责任单位", "Responsible unit", ("牵头单位", "主办单位", "承办单位", "责任单位(主办)")),
    Column("handler", "责任人", "Handler", ("责任人及电话", "经办人")),
    Column("co_units", "协同单位", "Co-handling units", ("配合单位", "协办单位", "协同单位(协办)")),
    Column("assigned_official", "包保领导/干部", "Assigned official", ("包保领导", "包保干部")),
    Column("accepted_on", "受理时间", "Accepted on", ("交办时间",)),
    Column("signed_on", "签收时间", "Receipt acknowledged on"),
    Column("due_on", "解决时限", "Due", ("整改时限", "办结时限", "完成时限")),
    Column("measures", "解决措施", "Measures", ("整改措施", "措施")),
    Column("progress", "进展情况", "Progress", ("办理进展", "最新进展")),
    Column("difficulties", "存在困难", "Difficulties", ("困难问题",)),
    Column("level", "当前层级", "Level", ("层级",)),
    Column("extensions", "延期次数及原因", "Extensions and reasons", ("延期情况",)),
    Column("state", "办理状态", "State", ("状态",)),
    Column("resolved_on", "办结时间", "Resolved on", ("完成时间",)),
    Column("is_resolved", "是否完成", "Resolved", ("是否办结",)),
    Column("evidence", "佐证材料", "Evidence", ("证明材料", "附件")),
    Column("satisfaction", "企业反馈", "Satisfaction", ("满意度",)),
    Column("review", "审核意见", "Review", ("审核意见/审核人/时间",)),
    Column("visit", "回访时间/方式/结果", "Follow-up visit", ("回访情况",)),
    Column("is_struck_off", "是否销号", "Struck off", ("销号情况",)),
    Column("struck_off_on", "销号时间", "Struck off on"),
    Column("days_over", "超期天数", "Days overdue", ("逾期天数",)),
    Column("note", "备注", "Note"),
)

LEDGER = Ledger(
    key="problem",
    name_zh="问题台账",
    name_en="Problem ledger",
    states=STATES,
    start="submitted",
    transitions=TRANSITIONS,
    clocks=CLOCKS,
    columns=COLUMNS,
    sources=SOURCES,
    urgencies=URGENCIES,
    ladder=LADDER,
)
