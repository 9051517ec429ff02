"""Reading matters. Everything is limited to what the viewer may see; what he may not see is absent."""

from zhuanban.matters.queries.ladder import LevelChange, ladder_keys, level_changes
from zhuanban.matters.queries.ledger import (
    OPEN,
    LevelCount,
    MatterPage,
    all_matters,
    findable_matters,
    matter_rows,
    matters,
    matters_between,
    open_by_level,
    open_count,
    open_matters,
    overdue_matters,
)
from zhuanban.matters.queries.rates import BY, PARTS, RatesRow, ledger_rates
from zhuanban.matters.queries.requests import RequestFacts, WaitingRequest, waiting_requests
from zhuanban.matters.queries.rows import MatterRow
from zhuanban.matters.queries.story import (
    ClockFacts,
    EventFacts,
    EvidenceFile,
    MatterFacts,
    NextAction,
    StageFacts,
    evidence_file,
    matter,
)
from zhuanban.matters.queries.waiting import LookedAfter, WaitingMatter, matters_to_look_after, waiting_matters
from zhuanban.matters.queries.wayup import WayUp

__all__ = [
    "BY",
    "OPEN",
    "PARTS",
    "ClockFacts",
    "EventFacts",
    "EvidenceFile",
    "LevelChange",
    "LevelCount",
    "LookedAfter",
    "MatterFacts",
    "MatterPage",
    "MatterRow",
    "NextAction",
    "RatesRow",
    "RequestFacts",
    "StageFacts",
    "WaitingMatter",
    "WaitingRequest",
    "WayUp",
    "all_matters",
    "evidence_file",
    "findable_matters",
    "ladder_keys",
    "ledger_rates",
    "level_changes",
    "matter",
    "matter_rows",
    "matters",
    "matters_between",
    "matters_to_look_after",
    "open_by_level",
    "open_count",
    "open_matters",
    "overdue_matters",
    "waiting_matters",
    "waiting_requests",
]
