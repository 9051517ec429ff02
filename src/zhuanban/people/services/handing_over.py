"""Handing a post to its next holder, or its duties to another post, with a list to sign."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from zhuanban.kit import clock
from zhuanban.kit.refusals import Refusal
from zhuanban.kit.registries import Todo, todo_sources, transferables
from zhuanban.people.access import Viewer, in_force, not_over, viewer_of_post
from zhuanban.people.models import Delegation, Grant, GroupLeader, Handover, Post, PostHolder, User
from zhuanban.people.roles import role_words
from zhuanban.people.services.ending import end_at_once
from zhuanban.people.services.holding import fill_post
from zhuanban.trail.services import work

ACTION = "people.accounts"
DOCUMENT_LANGUAGE = "zh-hans"
Lines = Sequence[tuple[str, str]]


def hand_to_account(*, post_id: int, user_id: int, on: date, reason: str, by: Viewer) -> Handover:
    """Let another account hold a post from a day; whoever holds it until then ends that day.

    Refusals: not_allowed, post_unknown (404), post_held_already, those of ``fill_post``.
    """
    by.demand(ACTION)
    post = _post(post_id)
    if PostHolder.objects.filter(in_force(on), post=post, user_id=user_id).exists():
        raise Refusal("post_held_already", where="account", status=409, post=post.label)
    lines, waiting = duties_of(post, on), waiting_for(post, clock.today())
    with work(by.actor, f"移交岗位 {post.code}"):
        for before in PostHolder.objects.filter(in_force(on), post=post):
            end_at_once(before, on)
        # Whom the one before trusted to act for the post, the next one chooses anew.
        for acting in Delegation.objects.filter(not_over(on), post=post):
            end_at_once(acting, on)
        holder = fill_post(user_id=user_id, post_code=post.code, since=on, by=by)
        return _written(post, post, holder.user, on, reason, by, lines=lines, waiting=waiting)


def hand_to_post(*, post_id: int, to_post_id: int, on: date, reason: str, by: Viewer) -> Handover:
    """Give the duties of a post to another one from a day. Rights do not move: the security administrator gives them.

    Refusals: not_allowed, post_unknown (404 for the first post), handover_same.
    """
    by.demand(ACTION)
    post = _post(post_id)
    other = Post.objects.filter(pk=to_post_id, active=True).select_related("unit").first()
    if other is None:
        raise Refusal("post_unknown", where="to_post")
    if other == post:
        raise Refusal("handover_same", where="to_post")
    lines = duties_of(post, on)
    with work(by.actor, f"岗位 {post.code} 职责移交 {other.code}"):
        for sort in transferables:
            sort.move(post.pk, other.pk, on, by)
        return _written(post, other, None, on, reason, by, lines=lines)


def duties_of(post: Post, on: date) -> list[tuple[str, str]]:
    """What hangs on a post on a day, duties and rights, as the list to sign says it in Chinese."""
    with override(DOCUMENT_LANGUAGE):
        duties = [(str(sort.name), text) for sort in transferables for text in sort.listed(post.pk, on)]
        rights = [(_("Right"), text) for text in _rights(post, on)]
        return [*duties, *rights, *((_("Right along its line"), text) for text in _rights_along(post, on))]


def waiting_for(post: Post, on: date) -> list[tuple[str, str]]:
    """What waits for a post, in Chinese. It can be confidential: only its own holder may read it."""
    holder = PostHolder.objects.filter(in_force(on), post=post).select_related("user").order_by("pk").first()
    viewer = viewer_of_post(post, holder.user if holder else None, on)
    with override(DOCUMENT_LANGUAGE):
        return [(str(todo.kind), _waiting(todo)) for source in todo_sources for todo in source(viewer)]


def _rights(post: Post, on: date) -> list[str]:
    found = Grant.objects.filter(not_over(on), post=post).select_related("group", "unit", "line__unit").order_by("pk")
    return [_right(each) for each in found]


def _rights_along(post: Post, on: date) -> list[str]:
    """Rights of other posts that follow the post's line: with the groups it leads, their reach goes too."""
    found = Grant.objects.filter(not_over(on), line=post).exclude(post=post).select_related("post__unit", "group", "unit")
    return ["，".join([each.post.label, _right(each, with_line=False)]) for each in found.order_by("post__position", "pk")]


def _right(grant: Grant, *, with_line: bool = True) -> str:
    limits = [str(limit) for limit in (grant.group, grant.unit) if limit]
    line = [_("along the line of %(post)s") % {"post": grant.line.label}] if with_line and grant.line else []
    return "，".join([role_words(grant.role), *limits, *line])


def _waiting(todo: Todo) -> str:
    if todo.due_at is None:
        return todo.title
    return _("%(title)s (due %(day)s)") % {"title": todo.title, "day": clock.shanghai(todo.due_at).date().isoformat()}


def _post(post_id: int) -> Post:
    post = Post.objects.filter(pk=post_id, active=True).select_related("unit").first()
    if post is None:
        raise Refusal("post_unknown", status=404)
    return post


def _written(
    post: Post, to_post: Post, user: User | None, on: date, reason: str, by: Viewer, *, lines: Lines, waiting: Lines = ()
) -> Handover:
    return Handover.objects.create(
        post=post, to_post=to_post, post_label=post.signature, to_label=to_post.signature, to_user=user, on=on,
        at=clock.now(), by_post=by.signature, reason=reason, lines=[list(line) for line in lines], waiting=[list(line) for line in waiting],
    )  # fmt: skip


def leads_of(post_id: int, on: date) -> list[str]:
    """The groups that a post leads on a day or later (a ``Transferable``)."""
    found = GroupLeader.objects.filter(not_over(on), post_id=post_id).select_related("group").order_by("group__position", "pk")
    return [tie.group.name for tie in found]


def move_leads(post_id: int, to_id: int, on: date, by: Viewer) -> None:
    """Let another post lead the groups of a post from a day (a ``Transferable``)."""
    by.demand(ACTION)
    for tie in GroupLeader.objects.filter(not_over(on), post_id=post_id):
        end_at_once(tie, on)
        if not GroupLeader.objects.filter(not_over(on), group=tie.group_id, post_id=to_id).exists():
            GroupLeader.objects.create(group_id=tie.group_id, post_id=to_id, valid_from=max(on, tie.valid_from))


def members_acting(post_id: int, on: date) -> list[str]:
    """Who acts for a post on a day or later (a ``Transferable``)."""
    found = Delegation.objects.filter(not_over(on), post_id=post_id).select_related("delegate__unit").order_by("valid_from", "pk")
    return [each.delegate.label for each in found]


def end_acting(post_id: int, to_id: int, on: date, by: Viewer) -> None:
    """End who acts for a post whose duties have gone: the other post decides anew (a ``Transferable``)."""
    by.demand(ACTION)
    del to_id
    for each in Delegation.objects.filter(not_over(on), post_id=post_id):
        end_at_once(each, on)
