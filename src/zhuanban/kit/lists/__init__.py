"""Lists: what every page with a table of rows can do."""

from zhuanban.kit.lists.asked import Asked
from zhuanban.kit.lists.columns import ListColumn, Listing, listings
from zhuanban.kit.lists.files import list_file
from zhuanban.kit.lists.keyset import Slice, sliced
from zhuanban.kit.lists.marked import Marked, marked_in
from zhuanban.kit.lists.shown import Bulk, ShownList, shown_rows

__all__ = [
    "Asked", "Bulk", "ListColumn", "Listing", "Marked", "ShownList", "Slice", "list_file", "listings", "marked_in",
    "shown_rows", "sliced",
]  # fmt: skip
