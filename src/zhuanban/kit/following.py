"""What an actor follows: a short list of codes per kind, kept as a whole."""

from collections.abc import Collection

from django.db import transaction

from zhuanban.kit.models import Followed
from zhuanban.kit.refusals import Refusal

AT_MOST = 12
"""More than that nobody has before the eyes at once."""


def followed(*, actor: str, kind: str) -> frozenset[str]:
    """The codes of a kind that an actor follows. One query."""
    return frozenset(Followed.objects.filter(actor=actor, kind=kind).values_list("code", flat=True))


def follow(*, actor: str, kind: str, codes: Collection[str]) -> None:
    """Follow these codes of a kind and no others. Refusal: too_many_followed, beyond ``AT_MOST``."""
    wanted = set(codes)
    if len(wanted) > AT_MOST:
        raise Refusal("too_many_followed", where="codes", chosen=len(wanted), at_most=AT_MOST)
    with transaction.atomic():
        mine = Followed.objects.filter(actor=actor, kind=kind)
        mine.exclude(code__in=wanted).delete()
        Followed.objects.bulk_create(
            (Followed(actor=actor, kind=kind, code=code) for code in sorted(wanted)), ignore_conflicts=True
        )
