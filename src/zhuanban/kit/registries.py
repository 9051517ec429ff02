"""What has to flow upwards: upper rooms put content on lower pages through these registries, filled in ``apps.py``."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

Entry = TypeVar("Entry")


class Registry(Generic[Entry]):
    """Named entries in the order of their position; registering a name twice keeps the last one (reload-safe)."""

    def __init__(self) -> None:
        self._entries: dict[str, tuple[int, Entry]] = {}

    def add(self, name: str, entry: Entry, *, position: int = 100) -> None:
        self._entries[name] = (position, entry)

    def __iter__(self) -> Any:
        return iter(entry for _, entry in sorted(self._entries.values(), key=lambda pair: pair[0]))

    def __len__(self) -> int:
        return len(self._entries)


@dataclass(frozen=True)
class Todo:
    """One thing that waits for the viewer, derived from dates and rules, never typed in."""

    kind: Any
    title: str
    url: str
    verb: Any
    due_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class Panel:
    """A fragment of an upper room on a lower page. ``render(viewer, subject) -> html or ''``."""

    page: str
    render: Callable[[Any, Any], str]


@dataclass(frozen=True)
class Transferable:
    """One sort of duty that hangs on a post.

    ``listed(post_id, on)`` says in words what of it the post has on a day or later; ``move(post_id, to_id, on, by)``
    gives all of it to another post from that day, inside the caller's work.
    """

    name: Any
    listed: Callable[[int, date], list[str]]
    move: Callable[[int, int, date, Any], None]


@dataclass(frozen=True)
class SubjectPage:
    """The page that an upper room has for something of a lower one, by its code. ``way(viewer, code)``: empty where closed to him."""

    kind: str
    way: Callable[[Any, str], str]


TodoSource = Callable[[Any], Iterable[Todo]]

todo_sources: Registry[TodoSource] = Registry()
"""``source(viewer)`` yields what waits for a viewer; the workbench gathers all."""

panels: Registry[Panel] = Registry()
"""Upper content on lower pages, by page name."""

searchables: Registry[Any] = Registry()
"""What each room lets be found, a ``searching.Searchable`` each."""

transferables: Registry[Transferable] = Registry()
"""What can be handed from one post to another."""


subject_pages: Registry[SubjectPage] = Registry()
"""Pages about units and groups that upper rooms have."""


def way_to(kind: str, viewer: Any, code: str) -> str:
    """The address of the page about something; empty where there is none for the viewer."""
    return next((way for page in subject_pages if page.kind == kind and (way := page.way(viewer, code))), "")


def panels_for(page: str, viewer: Any, subject: Any) -> list[str]:
    """The non-empty fragments that upper rooms contribute to ``page``."""
    return [html for panel in panels if panel.page == page and (html := panel.render(viewer, subject))]
