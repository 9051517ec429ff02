"""What other rooms and the pages may do with indicators."""

from zhuanban.indicators.services.columns import forget_columns, say_columns
from zhuanban.indicators.services.definitions import (
    define_indicator,
    define_peer,
    define_place,
    define_target,
    define_thresholds,
)
from zhuanban.indicators.services.exporting import note_board_export
from zhuanban.indicators.services.office import (
    count_peer,
    end_peer,
    first_open_year,
    may_count_peer,
    set_thresholds,
    withdraw_thresholds,
)
from zhuanban.indicators.services.publishing import cancel_batch, confirm_batch, lock_period, publish_batch
from zhuanban.indicators.services.staging import note_returned, read_sheet, sheets_of, stage_sheet
from zhuanban.indicators.services.targets import note_targets_export, plan_target, set_target, withdraw_target
from zhuanban.indicators.services.territories import define_territory, end_territory

__all__ = [
    "cancel_batch",
    "confirm_batch",
    "count_peer",
    "define_indicator",
    "define_peer",
    "define_place",
    "define_target",
    "define_territory",
    "define_thresholds",
    "end_peer",
    "end_territory",
    "first_open_year",
    "forget_columns",
    "lock_period",
    "may_count_peer",
    "note_board_export",
    "note_returned",
    "note_targets_export",
    "plan_target",
    "publish_batch",
    "read_sheet",
    "say_columns",
    "set_target",
    "set_thresholds",
    "sheets_of",
    "stage_sheet",
    "withdraw_target",
    "withdraw_thresholds",
]
