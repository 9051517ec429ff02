"""Readings of a list that an account keeps under a name, each account its own."""

from django.db import transaction
from django.http import QueryDict

from zhuanban.kit.lists.asked import Asked
from zhuanban.kit.lists.columns import Listing
from zhuanban.kit.models import SavedView
from zhuanban.kit.refusals import Problem, Refusal

MOST = 30
LONGEST_NAME = 40
LONGEST_QUERY = 1000


def saved_views(*, actor: str, listing: Listing) -> list[SavedView]:
    """What an account keeps of a list, by name. One query."""
    return list(SavedView.objects.filter(actor=actor, listing=listing.key))


def keep_view(*, actor: str, listing: Listing, name: str, query: str) -> SavedView:
    """Keep a reading; one of the same name is replaced. Refusals: required, view_name_long, too_many_views, view_long."""
    name, kept = name.strip(), sound_query(listing, query)
    if not name:
        raise Refusal.of([Problem("required", {}, "name")])
    if len(name) > LONGEST_NAME:
        raise Refusal.of([Problem("view_name_long", {"most": LONGEST_NAME}, "name")])
    if len(kept) > LONGEST_QUERY:
        raise Refusal("view_long", status=422)
    with transaction.atomic():
        others = SavedView.objects.filter(actor=actor, listing=listing.key).exclude(name=name)
        if others.count() >= MOST:
            raise Refusal("too_many_views", status=422, most=MOST)
        view, _made = SavedView.objects.update_or_create(
            actor=actor, listing=listing.key, name=name, defaults={"query": kept}
        )
    return view


def drop_view(*, actor: str, view_id: int) -> bool:
    """Forget a kept reading; False where the account keeps none with that number."""
    return SavedView.objects.filter(actor=actor, pk=view_id).delete()[0] > 0


def sound_query(listing: Listing, query: str) -> str:
    """The query with what the list knows in it, and nothing else."""
    return Asked(listing, QueryDict(query[: 4 * LONGEST_QUERY])).address().removeprefix("?")
