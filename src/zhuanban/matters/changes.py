"""What changed among the matters: each one that moved, with the state it stands in now."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from zhuanban.kit import formats
from zhuanban.kit.changes import Change
from zhuanban.matters.drawer import ledger_of
from zhuanban.matters.models import MatterEvent
from zhuanban.matters.queries.reach import visible
from zhuanban.people.access import Viewer

_KIND = pgettext_lazy("news", "Matter")


def told(viewer: Viewer, since: datetime, limit: int, alike: int) -> Iterator[Change]:
    """The newest step of each matter within reach after an instant. One query."""
    del alike
    found = (
        MatterEvent.objects.filter(matter__in=visible(viewer).values("pk"), at__gt=since)
        .exclude(by_id=viewer.user_id or 0).select_related("matter__unit").order_by("-at", "-id")
    )  # fmt: skip
    newest: dict[int, MatterEvent] = {}
    for event in found[: limit * 4]:
        newest.setdefault(event.matter_id, event)
    for event in list(newest.values())[:limit]:
        matter = event.matter
        stands = ledger_of(matter.ledger).state(matter.state)
        state = stands.name_zh if formats.in_chinese() else stands.name_en
        note = _("%(state)s, level %(level)s, %(unit)s") % {"state": state, "level": f"L{matter.level}", "unit": matter.unit.name}
        yield Change(_KIND, f"{matter.number} {matter.title}", reverse("matters:matter", args=[matter.number]), event.at, note)
