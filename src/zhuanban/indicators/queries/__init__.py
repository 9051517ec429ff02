"""What other rooms and the pages may ask of indicators. Every query takes its viewer and ``as_known``."""

from zhuanban.indicators.queries.answering import AnswersForIndicator, answers_for_indicator
from zhuanban.indicators.queries.board import (
    LIGHTS,
    base_shares_pct,
    board,
    closing_months,
    light_counts,
    newest_month,
    unowned_indicators,
)
from zhuanban.indicators.queries.expected import ExpectedFigure, expected_figures, owed_figures
from zhuanban.indicators.queries.finding import findable_indicators
from zhuanban.indicators.queries.headers import header_mapping, header_mappings, mappings_of_batch, said_of_sender
from zhuanban.indicators.queries.holding import GroupHolds, HeldBy, UnitHolds, group_holds, unit_holds
from zhuanban.indicators.queries.imports import (
    BatchEffect,
    ImportSummary,
    RowEffect,
    batch_effect,
    batches_within_reach,
    earlier_upload,
    import_batch,
    import_batches,
    locked_through,
    previous_level,
    senders,
    sheet_catalogue,
    upload_of,
)
from zhuanban.indicators.queries.indicator import (
    FigureShown,
    IndicatorPage,
    PeerShown,
    indicator_page,
    revisions_since,
)
from zhuanban.indicators.queries.partly import LeftRow, Part, batch_part
from zhuanban.indicators.queries.shown import Board, BoardGroup, BoardRow, TargetShown
from zhuanban.indicators.queries.targets import TargetLine, target_history, targets_of_year
from zhuanban.indicators.queries.trying import (
    RowChange,
    peers_of_year,
    places_to_rank,
    thresholds_history,
    with_peers,
    with_rule,
)
from zhuanban.indicators.queries.year import calendar_of, rule_on

__all__ = [
    "LIGHTS",
    "AnswersForIndicator",
    "BatchEffect",
    "Board",
    "BoardGroup",
    "BoardRow",
    "ExpectedFigure",
    "FigureShown",
    "GroupHolds",
    "HeldBy",
    "ImportSummary",
    "IndicatorPage",
    "LeftRow",
    "Part",
    "PeerShown",
    "RowChange",
    "RowEffect",
    "TargetLine",
    "TargetShown",
    "UnitHolds",
    "answers_for_indicator",
    "base_shares_pct",
    "batch_effect",
    "batch_part",
    "batches_within_reach",
    "board",
    "calendar_of",
    "closing_months",
    "earlier_upload",
    "expected_figures",
    "findable_indicators",
    "group_holds",
    "header_mapping",
    "header_mappings",
    "import_batch",
    "import_batches",
    "indicator_page",
    "light_counts",
    "locked_through",
    "mappings_of_batch",
    "newest_month",
    "owed_figures",
    "peers_of_year",
    "places_to_rank",
    "previous_level",
    "revisions_since",
    "rule_on",
    "said_of_sender",
    "senders",
    "sheet_catalogue",
    "target_history",
    "targets_of_year",
    "thresholds_history",
    "unit_holds",
    "unowned_indicators",
    "upload_of",
    "with_peers",
    "with_rule",
]
