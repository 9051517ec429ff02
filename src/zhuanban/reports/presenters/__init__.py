"""What the pages of reports show."""

from zhuanban.reports.presenters.office import (
    file_name,
    listed,
    search,
    standing,
    state_choices,
    state_words,
    tabs,
    title_of,
    todos,
)
from zhuanban.reports.presenters.paper import ShownBlock, ShownDocument, shown

__all__ = [
    "ShownBlock",
    "ShownDocument",
    "file_name",
    "listed",
    "search",
    "shown",
    "standing",
    "state_choices",
    "state_words",
    "tabs",
    "title_of",
    "todos",
]
