"""Accounts: made, switched off, their passwords."""

from datetime import date
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.encoding import force_bytes, force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from zhuanban.kit import clock
from zhuanban.kit.refusals import Problem, Refusal
from zhuanban.people.access import Viewer, in_force
from zhuanban.people.models import OpenSession, PostHolder, User
from zhuanban.people.passwords import links
from zhuanban.people.services.holding import demand_replaceable, hold_post
from zhuanban.people.services.telling import tell_of_link
from zhuanban.trail.services import Actor, record_event, work

ACTION = "people.accounts"
SECURITY = "people.security"


def create_account(
    *, username: str, by: Viewer, password: str = "", language: str = "zh-hans", hashed: str = ""
) -> User:  # fmt: skip
    """A new account. It can do nothing until it holds a post, and without a password not sign in before its link is used.

    ``hashed`` is a password hashed before, in place of ``password``. Refusals: not_allowed, required, account_name_taken.
    """
    by.demand(ACTION)
    username = User.normalize_username(username).strip()
    if not username:
        raise Refusal("required", where="username")
    if User.objects.filter(username__iexact=username).exists():
        raise Refusal("account_name_taken", where="username", status=409, username=username)
    user = User(username=username, language=language, password=hashed)
    if password or hashed:
        user.password_set_at = clock.real_now()
    if password:
        user.set_password(password)
    elif not hashed:
        user.set_unusable_password()
    with work(by.actor, f"建立账号 {username}"):
        user.save(force_insert=True)
    return user


def create_account_for(*, username: str, post: str, since: date, by: Viewer) -> User:
    """A new account without a password that holds a post from a day; both or neither.

    Refusals: as ``create_account`` and ``hold_post``.
    """
    with work(by.actor, f"为岗位 {post} 建立账号 {username}"):
        user = create_account(username=username, by=by)
        hold_post(user=user, post_code=post, since=since, by=by)
    return user


def set_active(*, user_id: int, active: bool, by: Viewer) -> User:
    """Switch an account off or on. Its sessions end at their next request.

    Refusals: not_allowed, account_own, account_last_administrator.
    """
    by.demand(ACTION)
    user: User = User.objects.get(pk=user_id)
    if user.active == active:
        return user
    if not active:
        if user.pk == by.user_id:
            raise Refusal("account_own", status=409)
        demand_replaceable(PostHolder.objects.filter(in_force(clock.today()), user=user))
    with work(by.actor, f"{'启用' if active else '停用'}账号 {user.username}"):
        return _end_sessions(user, active=active)


def change_password(*, by: Viewer, current: str, new: str) -> User:
    """A new password of one's own. Every session of the account ends, the one at hand is renewed by the view.

    Refusals: password_wrong, password_same, and what the password rules say against the new one (``password_weak``), beside its field.
    """
    user: User = User.objects.get(pk=by.user_id)
    if not user.check_password(current):
        raise Refusal("password_wrong", where="current", status=422)
    if new == current:
        raise Refusal("password_same", where="new")
    _demand_strong(new, user)
    return _set_password(user, new, by.actor, f"{user.username} changed the password")


def sign_out_everywhere(*, by: Viewer) -> User:
    """End every session of the own account at its next request."""
    user: User = User.objects.get(pk=by.user_id)
    with work(by.actor, f"{user.username} 结束全部会话"):
        return _end_sessions(user)


def end_own_session(*, session_id: int, by: Viewer) -> bool:
    """End one session of the own account, as the list of open ones numbers it; False where the account has none such."""
    found = OpenSession.objects.filter(pk=session_id, user_id=by.user_id or 0).select_related("user").first()
    if found is None:
        return False
    with work(by.actor, f"{found.user.username} 结束一个会话"):
        record_event("session", f"user:{found.user_id}", f"{found.user.username} 结束一个会话")
        Session.objects.filter(session_key=found.session_key).delete()
        found.delete()
    return True


def end_sessions_of(*, user_id: int, by: Viewer) -> User:
    """End every session of an account, for the security administrator. Refusals: not_allowed."""
    by.demand(SECURITY)
    user: User = User.objects.get(pk=user_id)
    with work(by.actor, f"结束 {user.username} 的会话"):
        return _end_sessions(user)


def password_link(*, user_id: int, by: Viewer) -> str:
    """The path of a link with which the account's holder sets a password, once and within a day.

    A newer password, a switched-off account or ending all sessions make it worthless. Refusals: not_allowed, account_off.
    """
    by.demand(ACTION)
    user: User = User.objects.get(pk=user_id)
    if not user.active:
        raise Refusal("account_off", status=409)
    with work(by.actor, f"为 {user.username} 生成设密链接"):
        # A link is worthless once another was made: both stand on the epoch.
        user = _end_sessions(user)
        tell_of_link(user, by)
    return f"{urlsafe_base64_encode(force_bytes(user.pk))}/{links.make_token(user)}"


def account_of_link(*, uid: str, token: str) -> User:
    """The account that an unused link belongs to. Refusals: link_worthless."""
    try:
        user: User | None = User.objects.filter(pk=int(force_str(urlsafe_base64_decode(uid))), active=True).first()
    except (ValueError, OverflowError):
        user = None
    return _demand_usable(user, token)


def _demand_usable(user: User | None, token: str) -> User:
    if user is None or not user.active or not links.check_token(user, token):
        raise Refusal("link_worthless", status=410)
    return user


def set_password_by_link(*, uid: str, token: str, new: str) -> User:
    """Set the password with a link; the link is used up. Refusals: link_worthless, password_weak."""
    user: User = account_of_link(uid=uid, token=token)
    _demand_strong(new, user)
    hashed = make_password(new)
    with work(Actor("user", f"user:{user.pk}", user.username), f"{user.username} set a password by link"):
        # Looked at once more, the account locked: of several who use the link at once, one sets the password.
        locked = _demand_usable(User.objects.select_for_update().filter(pk=user.pk).first(), token)
        return _end_sessions(locked, password=hashed, password_set_at=clock.real_now())


def _demand_strong(new: str, user: User) -> None:
    try:
        validate_password(new, user)
    except ValidationError as weak:
        problems = [Problem("password_weak", {"why": why}, "new") for why in weak.messages]
        raise Refusal.of(problems) from weak


def _set_password(user: User, new: str, actor: Actor, reason: str) -> User:
    user.set_password(new)
    with work(actor, reason):
        return _end_sessions(user, password=user.password, password_set_at=clock.real_now())


def _end_sessions(user: User, **values: Any) -> User:
    """Store values of an account and end its sessions at their next request."""
    User.objects.filter(pk=user.pk).update(**values, session_epoch=F("session_epoch") + 1)
    OpenSession.objects.filter(user=user).delete()
    user.refresh_from_db()
    return user
