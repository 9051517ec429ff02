"""The problem ledger: registered, accepted, assigned, signed for, handled, resolved with evidence, reviewed by another,
asked about, struck off.

Columns and their synonyms: union of the ledgers seen in practice. Terms are defaults, not law.
"""

from datetime import date

from zhuanban.matters.ledgers.contract import Clock, ClockTerm, Column, Ledger, Need, Request, Said, State, Transition
from zhuanban.matters.ledgers.ladder import Addressee, Ladder, Level

TEXT, FILES, PROOF = Need.TEXT, Need.FILES, Need.PROOF
NOT_SELF, NOT_UNIT = Need.NOT_HANDLER, Need.NOT_RESPONSIBLE_UNIT

STATES = (
    State("submitted",   "待受理",   "To be accepted", Said("提交", "Raised"),           "accept"),
    State("accepted",    "待交办",   "To be assigned", Said("受理", "Accepted"),         "assign", runs=True),
    State("assigned",    "待签收",   "To be signed for", Said("交办", "Assigned"),       "sign",   runs=True),
    State("signed",      "已签收",   "Signed for",     Said("签收", "Signed for"),       "handle"),
    State("in_progress", "办理中",   "In progress",    Said("办理", "In progress"),      "handle"),
    State("suspended",   "暂停",     "Paused",         Said("暂停", "Paused"),           "", beside="in_progress"),
    State("long_term",   "长期推进", "Long-term",      Said("长期推进", "Long-term"),    "", beside="in_progress"),
    State("resolved",    "办结待审", "Under review",   Said("办结待审", "Under review"), "review"),
    State("reviewed",    "待回访销号", "Reviewed",     Said("审核", "Reviewed"),         "visit"),
    State("visited",     "待销号",   "Visited",        Said("回访", "Visited"),          "strike_off"),
    State("struck_off",  "已销号",   "Struck off",     Said("销号", "Struck off"),       "", is_open=False),
    State("rejected",    "不予受理", "Not accepted",   Said("不予受理", "Not accepted"), "", is_open=False, beside="submitted"),
)  # fmt: skip

_WORKED = ("signed", "in_progress")
_TEXT_FILES = (TEXT, FILES)
_OTHERS = (TEXT, NOT_SELF, NOT_UNIT)
_STRIKE = (PROOF, NOT_SELF, NOT_UNIT, Need.VISIT)
_VISIT = (TEXT, Need.SATISFACTION, NOT_SELF, NOT_UNIT)

_RULES: tuple[tuple[str, tuple[str, ...], str, str, tuple[Need, ...], tuple[str, ...]], ...] = (
    # move             from                          to             who                   needs         leads on from
    ("accept",         ("submitted",),               "accepted",    "matters.accept",     (),           ("submitted",)),
    ("assign",         ("submitted", "accepted"),    "assigned",    "matters.accept",     (Need.UNIT,), ("accepted",)),
    ("reject",         ("submitted", "accepted"),    "rejected",    "matters.accept",     (TEXT,),      ()),
    ("sign",           ("assigned",),                "signed",      "matters.handle",     (),           ("assigned",)),
    ("note_progress",  _WORKED,                      "in_progress", "matters.handle",     (TEXT,),      ()),
    ("note_long_term", ("long_term",),               "long_term",   "matters.handle",     (TEXT,),      ("long_term",)),
    ("resolve",        (*_WORKED, "long_term"),      "resolved",    "matters.handle",     _TEXT_FILES,  _WORKED),
    ("explain",        (*_WORKED, "long_term"),      "resolved",    "matters.handle",     _TEXT_FILES,  ()),
    ("make_long_term", _WORKED,                      "long_term",   "matters.accept",     (TEXT,),      ()),
    ("resume",         ("suspended", "long_term"),   "in_progress", "matters.accept",     (TEXT,),      ("suspended",)),
    ("review",         ("resolved",),                "reviewed",    "matters.review",     _OTHERS,      ("resolved",)),
    ("send_back",      ("resolved", "reviewed", "visited"), "in_progress", "matters.review", _OTHERS,   ()),
    ("visit",          ("reviewed",),                "visited",     "matters.accept",     _VISIT,       ("reviewed",)),
    ("not_content",    ("reviewed",),                "in_progress", "matters.accept",     _OTHERS,      ()),
    ("strike_off",     ("reviewed", "visited"),      "struck_off",  "matters.strike_off", _STRIKE,      ("visited",)),
    ("reopen",         ("struck_off",),              "in_progress", "matters.strike_off", (TEXT, NOT_UNIT), ()),
)  # fmt: skip

_OFFICE = Said("专班办公室审核岗", "the office reviewer")
_HANDLERS = Said("责任单位负责人或经办人", "the head or a clerk of the responsible unit")
_REVIEWERS = Said("专班办公室审核岗或该组责任领导", "the office reviewer or the group's responsible leader")

_WORDS: dict[str, dict[str, Said]] = {
    "accept": {
        "name": Said("受理", "Accept"),
        "done": Said("受理", "Accepted"),
        "task": Said("受理这件事项", "Accept this matter"),
        "check": Said(
            "核对：事实写清楚，责任单位没有错。",
            "Check: the facts are clear and the responsible unit is the right one.",
        ),
        "then": Said("受理后：责任单位的办理时限从今天起算", "After this: the responsible unit's term runs from today"),
        "who": _OFFICE,
    },
    "assign": {
        "name": Said("交办", "Assign"),
        "done": Said("交办", "Assigned"),
        "task": Said("交办给责任单位", "Assign it to the responsible unit"),
        "check": Said(
            "核对责任单位；改由其他单位办理的，写明理由。",
            "Check the responsible unit; where another one is to handle it, say why.",
        ),
        "then": Said(
            "交办后：由责任单位签收，办理时限从今天起算", "After this: the unit signs for it; its term runs from today"
        ),
        "who": _OFFICE,
    },
    "reject": {
        "name": Said("不予受理", "Do not accept"),
        "done": Said("不予受理", "Not accepted"),
        "task": Said("不予受理这件事项", "Do not accept this matter"),
        "check": Said(
            "写明不属于受理范围的理由，并向提出人说明。", "Say why it is out of scope, and tell whoever raised it."
        ),
        "then": Said("之后：事项归档，不计入办结", "After this: it is closed and does not count as solved"),
        "who": _OFFICE,
    },
    "sign": {
        "name": Said("签收", "Sign for it"),
        "done": Said("签收", "Signed for"),
        "task": Said("签收这件事项", "Sign for this matter"),
        "check": Said(
            "核对：确属本单位职责。不属于的，请申请改派并说明。",
            "Check: it is this unit's duty. If it is not, ask for another unit and say why.",
        ),
        "then": Said("签收后：由本单位办理，时限照常计算", "After this: this unit handles it; the term keeps running"),
        "who": _HANDLERS,
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
        "then": Said(
            "提交后：停表，由责任单位以外的人审核",
            "After this: the clock stops and somebody outside the unit reviews it",
        ),
        "who": _HANDLERS,
    },
    "note_long_term": {
        "name": Said("记录推进情况", "Note how it stands"),
        "done": Said("推进情况", "How it stands"),
        "task": Said("每月记录推进情况", "Note every month how it stands"),
        "check": Said("写明本月做了什么、还差什么。", "Say what was done this month and what is still open."),
        "then": Said("仍为长期推进，不计时限", "It stays long-term; no term runs"),
        "who": _HANDLERS,
    },
    "explain": {
        "name": Said("解释说明办结", "Close by explanation"),
        "done": Said("解释说明办结", "Reported as explained"),
        "task": Said(
            "政策上无法解决，解释说明后提交办结",
            "It cannot be solved under the rules: explain, and report it as resolved",
        ),
        "check": Said(
            "写明依据和解释内容，并附提出人知晓的凭证。与真正解决分开统计。",
            "Say on what grounds and what was explained, with proof that whoever raised it knows. Counted apart from what is solved.",
        ),
        "then": Said(
            "提交后：停表，由责任单位以外的人审核",
            "After this: the clock stops and somebody outside the unit reviews it",
        ),
        "who": _HANDLERS,
    },
    "make_long_term": {
        "name": Said("纳入长期推进", "Make it long-term"),
        "done": Said("纳入长期推进", "Made long-term"),
        "task": Said("纳入长期推进", "Make it long-term"),
        "check": Said(
            "写明短期内不能解决的原因和下一步安排。", "Say why it cannot be solved soon and what comes next."
        ),
        "then": Said(
            "之后：停表，责任单位每月记录推进情况",
            "After this: the clock stops; the unit notes every month how it stands",
        ),
        "who": _OFFICE,
    },
    "resume": {
        "name": Said("恢复办理", "Resume"),
        "done": Said("恢复办理", "Resumed"),
        "task": Said("恢复办理", "Resume it"),
        "check": Said("暂停的原因已经消除，写明情况。", "What stood in the way is gone; say how."),
        "then": Said("恢复后：剩余时限从今天起接着算", "After this: what was left of the term runs on from today"),
        "who": _OFFICE,
    },
    "review": {
        "name": Said("审核通过", "Confirm"),
        "done": Said("审核通过", "Review passed"),
        "task": Said("审核办结是否属实", "Review whether it is really resolved"),
        "check": Said(
            "核对：事实清楚、问题真正解决、结论合规、佐证齐全。",
            "Check: facts clear, problem really solved, conclusion lawful, evidence complete.",
        ),
        "then": Said(
            "通过后：由专班办公室回访并销号",
            "After this: the task force office asks whoever raised it, and strikes it off",
        ),
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
    "visit": {
        "name": Said("回访满意", "Content"),
        "done": Said("回访", "Visited"),
        "task": Said("回访提出人", "Ask whoever raised it"),
        "check": Said(
            "写明回访的方式和对方的意见，选定满意程度。",
            "Say how you asked and what was answered, and choose how content they are.",
        ),
        "then": Said("回访后：由专班办公室销号", "After this: the task force office strikes it off"),
        "who": _OFFICE,
    },
    "not_content": {
        "name": Said("回访不满意，重办", "Not content: handle again"),
        "done": Said("回访不满意，退回重办", "Not content, handled again"),
        "task": Said(
            "提出人不满意，退回责任单位重办", "Whoever raised it is not content: back to the responsible unit"
        ),
        "check": Said("写明对方不满意的地方。", "Say what they are not content with."),
        "then": Said("退回后：原时限不变", "After this: the first due day stays"),
        "who": _OFFICE,
    },
    "reopen": {
        "name": Said("重新办理", "Reopen"),
        "done": Said("重新办理", "Reopened"),
        "task": Said("重新办理已销号的事项", "Reopen a matter that was struck off"),
        "check": Said("写明问题重新出现或未真正解决的情况。", "Say how it came back or why it was not really solved."),
        "then": Said(
            "之后：责任单位的办理时限从今天起算，不再计为销号",
            "After this: the unit's term runs from today, and it no longer counts as struck off",
        ),
        "who": _OFFICE,
    },
    "strike_off": {
        "name": Said("销号", "Strike off"),
        "done": Said("销号", "Struck off"),
        "task": Said("销号", "Strike it off the ledger"),
        "check": Said(
            "核对：审核意见、佐证材料和回访记录都在。", "Check: the review, the evidence and the visit are on record."
        ),
        "then": Said(
            "销号后：事项归档；问题重新出现的，可重新办理",
            "After this: the matter is closed; if the problem comes back, it can be reopened",
        ),
        "who": _OFFICE,
    },
}
_ICONS = {
    "accept": "check", "assign": "send", "reject": "ban", "sign": "signature", "note_progress": "message-2",
    "note_long_term": "message-2", "resolve": "file-text", "explain": "info-circle", "make_long_term": "calendar-event",
    "resume": "refresh", "review": "clipboard-check", "send_back": "rotate-clockwise", "visit": "users",
    "not_content": "rotate-clockwise", "strike_off": "rubber-stamp", "reopen": "rotate-clockwise",
}  # fmt: skip
_HANDLING = ("sign", "note_progress", "note_long_term", "resolve", "explain")
_WITH_FILES = ("note_progress", "note_long_term", "resolve", "explain", "visit", "not_content")
_STARTING = ("accept", "assign", "reopen")
_TURNING_BACK = ("reject", "send_back", "not_content", "reopen")
_OUTCOMES = {"resolve": "solved", "explain": "explained"}

TRANSITIONS = tuple(
    Transition(
        verb, states, to, action, needs, icon=_ICONS[verb], main_in=leads, handles=verb in _HANDLING,
        takes_files=verb in _WITH_FILES, starts=verb in _STARTING, turns_back=verb in _TURNING_BACK,
        outcome=_OUTCOMES.get(verb, ""), **_WORDS[verb],
    )
    for verb, states, to, action, needs, leads in _RULES
)  # fmt: skip

_RUNNING = ("assigned", *_WORKED)
REQUESTS = (
    Request(
        "extension", _RUNNING, "matters.handle", "matters.accept", icon="calendar-check", needs_day=True, who=_OFFICE,
        name=Said("延期", "More time"), asked=Said("申请延期", "Asked for more time"),
        granted=Said("同意延期", "More time granted"), refused=Said("不同意延期", "More time refused"),
        note=Said("到期前至少1个工作日提出，写明理由和新的时限，并告知提出人。", "At least one working day before the day passes, with the reason and the new day; tell whoever raised it."),
    ),
    Request(
        "pause", _RUNNING, "matters.handle", "matters.accept", icon="clock", needs_day=True, to_state="suspended", who=_OFFICE,
        name=Said("暂停计时", "A pause"), asked=Said("申请暂停计时", "Asked for a pause"),
        granted=Said("同意暂停计时", "Pause granted"), refused=Said("不同意暂停计时", "Pause refused"),
        note=Said("因企业自身原因或等待上级、法律程序时提出，写明原因和预计恢复日期。", "Where the enterprise's own cause, a higher level or the law is waited for; with the cause and the day it goes on."),
    ),
    Request(
        "reassignment", _RUNNING, "matters.handle", "matters.accept", icon="arrow-right", to_state="assigned", needs_unit=True, who=_OFFICE,
        name=Said("改派", "Another unit"), asked=Said("申请改派", "Asked for another unit"),
        granted=Said("改派", "Assigned to another unit"), refused=Said("不同意改派", "Stays with the unit"),
        note=Said("不属于本单位职责的，写明依据和建议的责任单位。", "Where it is not this unit's duty: on what grounds, and which unit is meant."),
    ),
)  # fmt: skip
"""What the responsible unit may ask for; until the answer everything goes on as before."""

_SINCE = date(2020, 1, 1)
CLOCKS = (
    Clock("accept",     "受理", "Acceptance", (ClockTerm(_SINCE, 1, "product_default"),)),
    Clock("assign",     "交办", "Assignment", (ClockTerm(_SINCE, 1, "product_default"),)),
    Clock("sign",       "签收", "Receipt",    (ClockTerm(_SINCE, 1, "product_default"),)),
    Clock("handle",     "办理", "Handling",   (ClockTerm(_SINCE, 7, "product_default"),)),
    Clock("review",     "审核", "Review",     (ClockTerm(_SINCE, 3, "product_default"),)),
    Clock("visit",      "回访", "Follow-up visit", (ClockTerm(_SINCE, 5, "product_default"),)),
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
VISITED_SOURCES = frozenset({"visit", "call", "platform"})
SATISFACTIONS = {
    "satisfied": Said("满意", "Content"),
    "fairly_satisfied": Said("基本满意", "Fairly content"),
    "dissatisfied": Said("不满意", "Not content"),
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
    Column(
        "subject_code",
        "统一社会信用代码/项目代码",
        "Credit or project code",
        ("统一社会信用代码", "信用代码", "项目代码"),
    ),
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
    requests=REQUESTS,
    visited_sources=VISITED_SOURCES,
    satisfactions=SATISFACTIONS,
)
