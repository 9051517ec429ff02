"""Acting for a post: a deputy without end, a delegate until a day. The record names both."""

from datetime import date

from zhuanban.kit import clock
from zhuanban.kit.refusals import Problem, Refusal
from zhuanban.people.access import Viewer, in_force
from zhuanban.people.models import Delegation, Grant, Post, PostHolder
from zhuanban.people.roles import ADMINISTRATORS
from zhuanban.people.services.apart import holders_powers, joins_leading_and_recording, powers_of
from zhuanban.people.services.ending import end_at_once
from zhuanban.trail.services import work

ACTION = "people.accounts"


def delegate(*, post: str, to: str, since: date, until: date | None, reason: str, by: Viewer) -> Delegation:
    """Let the holders of post ``to`` act for ``post`` from a day, until the day before ``until`` or without end.

    The holder of the post may order it, and the system administrator. Refusals: post_unknown, not_own_post,
    delegate_same, since_past, dates_reversed, required, delegate_administrator, delegate_to_administrator, leading_apart,
    delegate_already.
    """
    giving = _post(post, "post")
    _demand_may(giving, by)
    taking = _post(to, "to")
    problems = []
    if giving.pk == taking.pk:
        problems.append(Problem("delegate_same", {}, "to"))
    if since < clock.today():
        problems.append(Problem("since_past", {}, "since"))
    if until is not None and until <= since:
        problems.append(Problem("dates_reversed", {}, "until"))
    if not reason.strip():
        problems.append(Problem("required", {}, "reason"))
    if _is_administrators(giving):
        problems.append(Problem("delegate_administrator", {"post": giving.label}, "post"))
    if _is_administrators(taking):
        problems.append(Problem("delegate_to_administrator", {"post": taking.label}, "to"))
    if joins_leading_and_recording(powers_of([giving], since) | holders_powers(taking, since)):
        problems.append(Problem("leading_apart", {"post": giving.label, "other": taking.label}, "to"))
    if problems:
        raise Refusal.of(problems)
    # Looked at inside the work, the post locked: of two equal ones at once, the second finds the first.
    with work(by.actor, f"{taking.signature} 代理 {giving.signature}：{reason.strip()}"):
        Post.objects.select_for_update().get(pk=giving.pk)
        if Delegation.objects.filter(in_force(since), post=giving, delegate=taking).exists():
            raise Refusal("delegate_already", where="to", status=409, post=taking.label)
        return Delegation.objects.create(
            post=giving, delegate=taking, valid_from=since, valid_until=until, reason=reason.strip()
        )


def end_delegation(*, delegation_id: int, on: date, by: Viewer) -> None:
    """End a delegation on a day, the first without it; one that has not begun yet is taken back.

    Refusals: not_own_post, delegation_absent.
    """
    found = Delegation.objects.select_related("post__unit", "delegate__unit").filter(pk=delegation_id).first()
    if found is None:
        raise Refusal("delegation_absent", status=404)
    _demand_may(found.post, by)
    with work(by.actor, f"{found.delegate.signature} 不再代理 {found.post.signature}"):
        end_at_once(found, on)


def _post(code: str, where: str) -> Post:
    post = Post.objects.select_related("unit").filter(code=code, active=True).first()
    if post is None:
        raise Refusal("post_unknown", where=where)
    return post


def _demand_may(post: Post, by: Viewer) -> None:
    own = PostHolder.objects.filter(in_force(clock.today()), post=post, user_id=by.user_id or 0)
    if by.can(ACTION) or (by.acting_for is None and own.exists()):
        return
    raise Refusal("not_own_post", where="post", status=403)


def _is_administrators(post: Post) -> bool:
    return bool(post.role in ADMINISTRATORS or Grant.objects.filter(post=post, role__in=ADMINISTRATORS).exists())
