"""Tries that are numbered in the database, so that all processes and all requests of one moment count together."""

from datetime import timedelta

from django.db import transaction

from zhuanban.kit import clock
from zhuanban.kit.models import Tries


def take(key: str, *, most: int, within: timedelta) -> bool:
    """Take one of ``most`` tries, before it is made; False where all of the time ``within`` since the first are taken."""
    now = clock.real_now()
    with transaction.atomic():
        found, _made = Tries.objects.select_for_update().get_or_create(key=key, defaults={"since": now})
        if found.since <= now - within:
            found.since, found.taken = now, 0
        if found.taken >= most:
            return False
        found.taken += 1
        found.save(update_fields=["since", "taken"])
    return True


def taken(key: str) -> int:
    """How many were taken."""
    found = Tries.objects.filter(key=key).first()
    return found.taken if found else 0


def begin_anew(key: str) -> None:
    """Give all tries back."""
    Tries.objects.filter(key=key).delete()


def forget_old() -> int:
    """Drop counts of days before; the tick calls it."""
    return Tries.objects.filter(since__lt=clock.real_now() - timedelta(days=1)).delete()[0]
