"""What the page and the export of the organisation are given: words in the reader's language."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhuanban.kit import formats
from zhuanban.kit.registries import way_to
from zhuanban.kit.searching import Hit, Query, fitting
from zhuanban.people import queries
from zhuanban.people.access import Viewer
from zhuanban.people.models import Unit
from zhuanban.people.organisation import (
    Change,
    OrganisationOnDay,
)
from zhuanban.people.shown import bands, formula, groups, industries, kind_words


def page_of(found: OrganisationOnDay) -> dict[str, Any]:
    """Everything that the page draws."""
    return {
        "day": found.day,
        "bands": [{"key": key, "title": title, "units": units} for key, title, units in bands(found)],
        "formula": formula(found),
        "post_count": len(found.all_posts),
        "vacant_count": found.vacant_count,
        "groups": groups(found),
        "industries": industries(found),
        "changes": [change_words(change) for change in found.changes],
        "changes_since": found.changes_since,
    }


_SENTENCES: dict[tuple[str, bool], Callable[[], str]] = {
    ("responsible", True): lambda: _("%(group)s: responsible unit added: %(what)s"),
    ("responsible", False): lambda: _("%(group)s: no longer responsible: %(what)s"),
    ("collaborating", True): lambda: _("%(group)s: collaborating unit added: %(what)s"),
    ("collaborating", False): lambda: _("%(group)s: no longer collaborating: %(what)s"),
    ("leader", True): lambda: _("%(group)s: now led by %(what)s"),
    ("leader", False): lambda: _("%(group)s: no longer led by %(what)s"),
    ("holder", True): lambda: _("Somebody took up the post: %(what)s"),
    ("holder", False): lambda: _("A holder left the post: %(what)s"),
}


def change_words(change: Change) -> dict[str, Any]:
    """One line of the list of changes; a holder is never named."""
    names = (each.name if isinstance(each, Unit) or change.sort == "leader" else each.label for each in change.what)
    words = {"group": change.group.name if change.group else "", "what": _(", ").join(names)}
    return {
        "day": formats.date_words(change.day, "iso"),
        "began": change.began,
        "text": _SENTENCES[change.sort, change.began]() % words,
    }


def find(viewer: Viewer, query: Query) -> Iterator[Hit]:
    """Units, groups, industries and posts by their names; where there is no page of their own, on that of the organisation."""
    if not viewer.can("organisation.view"):
        return iter(())
    page = reverse("people:organisation")
    units = queries.units(viewer=viewer)
    of_unit = {unit.pk: f"{page}#unit-{unit.code}" for unit in units}
    own_page = {unit.pk: way_to("unit", viewer, unit.code) or of_unit[unit.pk] for unit in units}
    return fitting(query, [
        *(((unit.name_zh, unit.name_en), Hit(unit.name, own_page[unit.pk], kind_words(unit.kind))) for unit in units),
        *(((group.name_zh, group.name_en), Hit(group.name, way_to("group", viewer, group.code) or f"{page}#groups", _("Working group"))) for group in queries.groups_history(viewer=viewer).groups),
        *(((each.name_zh, each.name_en), Hit(each.name, f"{page}#industries", _("Industry"))) for each in queries.industries(viewer=viewer)),
        *(((post.name_zh, post.name_en, post.label), Hit(post.label, of_unit.get(post.unit_id, page), _("Post"))) for post in queries.posts(viewer=viewer)),
    ])  # fmt: skip
