"""What other rooms and the pages may do with indicators."""

from zhuanban.indicators.services.definitions import (
    define_indicator,
    define_peer,
    define_place,
    define_target,
    define_thresholds,
)
from zhuanban.indicators.services.publishing import cancel_batch, confirm_batch, lock_period, publish_batch
from zhuanban.indicators.services.staging import read_sheet, stage_sheet

__all__ = [
    "cancel_batch",
    "confirm_batch",
    "define_indicator",
    "define_peer",
    "define_place",
    "define_target",
    "define_thresholds",
    "lock_period",
    "publish_batch",
    "read_sheet",
    "stage_sheet",
]
