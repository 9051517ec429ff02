"""The rail: rooms register their entry, a viewer sees the entries whose action he holds."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from zhuanban.kit.registries import Registry


@dataclass(frozen=True)
class NavigationItem:
    """One entry of the rail: icon name, label, url name, the action it needs."""

    label: Any
    icon: str
    url_name: str
    action: str | None


@dataclass(frozen=True)
class ShownItem:
    """An entry as drawn for one request."""

    label: Any
    icon: str
    url: str
    active: bool
    badge: int = 0


items: Registry[NavigationItem] = Registry()


def shown(request: HttpRequest) -> list[ShownItem]:
    """The entries this request's viewer may open; the active one has the longest matching address, else the same room's."""
    viewer = getattr(request, "viewer", None)
    if viewer is None:
        return []
    allowed = [item for item in items if item.action is None or viewer.can(item.action)]
    urls = [reverse(item.url_name) for item in allowed]
    matching = [url for url in urls if request.path.startswith(url) and (url != "/" or request.path == "/")]
    active = max(matching, key=len, default=None) or next((url for url in urls if _room(url) == _room(request.path)), None)
    return [
        ShownItem(item.label, item.icon, url, url == active) for item, url in zip(allowed, urls, strict=True)
    ]


def _room(path: str) -> str:
    """The first part of an address: pages of a room share it."""
    return path.split("/")[1]
