"""Accounts with their posts, for who makes them, and with what protects them, for the security administrator."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django_otp.plugins.otp_totp.models import TOTPDevice

from zhuanban.kit import clock
from zhuanban.people.access import Viewer, in_force
from zhuanban.people.models import Grant, OpenSession, PostHolder, SecurityRules, User
from zhuanban.people.roles import ADMINISTRATORS

SEEN_LATELY = timedelta(minutes=30)
"""A session seen within this time counts as open."""


@dataclass(frozen=True)
class AccountRow:
    """One account with the posts it holds on a day. ``has_password``: somebody has set one."""

    id: int
    username: str
    active: bool
    has_password: bool
    posts: tuple[str, ...]


def accounts_on(*, viewer: Viewer, day: date) -> tuple[AccountRow, ...]:
    """All accounts by name, for whoever makes them; nothing for others. Two queries."""
    if not viewer.can("people.accounts"):
        return ()
    held = _posts_held(day)
    return tuple(
        AccountRow(user.pk, user.username, user.active, user.has_usable_password(), tuple(held.get(user.pk, ())))
        for user in User.objects.order_by("username")
    )


def _posts_held(day: date) -> dict[int, list[str]]:
    """The labels of the posts that each account holds on a day."""
    held: dict[int, list[str]] = {}
    holders_then = PostHolder.objects.filter(in_force(day)).select_related("post__unit")
    for holder in holders_then.order_by("post__position", "post_id"):
        held.setdefault(holder.user_id, []).append(holder.post.label)
    return held


def account_name(*, viewer: Viewer, account_id: int) -> str | None:
    """The sign-in name of an account for an administrator of accounts or security; None for the absent and for others."""
    if not (viewer.can("people.accounts") or viewer.can("people.security")):
        return None
    found: str | None = User.objects.filter(pk=account_id).values_list("username", flat=True).first()
    return found


@dataclass(frozen=True)
class ProtectionRow:
    """What protects an account. ``password_set_at`` is None where it is not known; ``sessions`` were seen lately."""

    id: int
    username: str
    active: bool
    posts: tuple[str, ...]
    has_factor: bool
    password_set_at: datetime | None
    sessions: tuple[OpenSession, ...]


def protection_on(*, viewer: Viewer, day: date) -> tuple[ProtectionRow, ...]:
    """All accounts by name with what protects them, for the security administrator; nothing for others. Four queries."""
    if not viewer.can("people.security"):
        return ()
    held = _posts_held(day)
    factors = set(TOTPDevice.objects.filter(confirmed=True).values_list("user_id", flat=True))
    opened: dict[int, list[OpenSession]] = {}
    for session in OpenSession.objects.filter(seen_at__gte=clock.real_now() - SEEN_LATELY):
        opened.setdefault(session.user_id, []).append(session)
    return tuple(
        ProtectionRow(
            user.pk, user.username, user.active, tuple(held.get(user.pk, ())), user.pk in factors,
            user.password_set_at, tuple(opened.get(user.pk, ())),
        )
        for user in User.objects.order_by("username")
    )  # fmt: skip


def own_sessions(*, viewer: Viewer, since: datetime) -> tuple[OpenSession, ...]:
    """The viewer's own sessions that were seen at ``since`` or later, the last seen first. One query."""
    return tuple(OpenSession.objects.filter(user_id=viewer.user_id or 0, seen_at__gte=since))


@dataclass(frozen=True)
class Protected:
    """How far the security of a new workspace has come: counts of what is still open."""

    rules_chosen: bool
    posts_without_rights: int
    administrators_without_factor: int


def protected_on(*, viewer: Viewer, day: date) -> Protected | None:
    """What the security administrator still has to do on a day; None for others. Three queries."""
    if not viewer.can("people.security"):
        return None
    held = PostHolder.objects.filter(in_force(day), post__active=True)
    bare = held.exclude(post__grants__in=Grant.objects.filter(in_force(day)))
    keepers = User.objects.filter(active=True, held_posts__in=held.filter(post__role__in=ADMINISTRATORS))
    enrolled = TOTPDevice.objects.filter(confirmed=True).values("user_id")
    return Protected(
        SecurityRules.objects.exists(),
        bare.values("post_id").distinct().count(),
        keepers.exclude(pk__in=enrolled).distinct().count(),
    )
