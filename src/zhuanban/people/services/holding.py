"""Who holds which post from when until when."""

from datetime import date

from django.db.models import Q, QuerySet

from zhuanban.kit import clock
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer, in_force, not_over
from zhuanban.people.models import Post, PostHolder, User
from zhuanban.people.roles import ADMINISTRATORS, HEADING
from zhuanban.people.services.apart import joins_administrators, joins_leading_and_recording, posts_of, powers_of
from zhuanban.people.services.ending import end_at_once
from zhuanban.people.services.telling import tell_of_holding
from zhuanban.trail.services import work

ACTION = "people.accounts"


def hold_post(*, user: User, post_code: str, since: date, by: Viewer, until: date | None = None) -> PostHolder:
    """Let an account hold a post from a day, until the first day without (None: open): its duties and rights go with it.

    A post that heads something is held by one person at a time; an administrator holds no other post.
    Refusals: not_allowed, post_unknown, dates_reversed, post_held_already, post_has_head, administrators_apart,
    leading_apart.
    """
    by.demand(ACTION)
    post = Post.objects.filter(code=post_code, active=True).first()
    if post is None:
        raise Refusal("post_unknown", where="post")
    if until is not None and until <= since:
        raise Refusal("dates_reversed", where="until")
    # Looked at inside the work, the post locked: of two who fill it at once, the second finds the first.
    with work(by.actor, f"{user.username} 任职 {post_code}"):
        Post.objects.select_for_update().get(pk=post.pk)
        meanwhile = _meeting(since, until)
        if PostHolder.objects.filter(meanwhile, user=user, post=post).exists():
            raise Refusal("post_held_already", where="post", status=409, post=post.label)
        _demand_no_other_head(post, meanwhile)
        _demand_apart(user, post, since)
        holder = PostHolder.objects.create(user=user, post=post, valid_from=since, valid_until=until)
        tell_of_holding(holder, by)
        return holder


def fill_post(*, user_id: int, post_code: str, since: date, by: Viewer, until: date | None = None) -> PostHolder:
    """``hold_post`` for an account by its number. Refusals: as there, and account_unknown."""
    by.demand(ACTION)
    user = User.objects.filter(pk=user_id, active=True).first()
    if user is None:
        raise Refusal("account_unknown", where="account")
    return hold_post(user=user, post_code=post_code, since=since, until=until, by=by)


def end_holding(*, holder_id: int, on: date, by: Viewer) -> PostHolder:
    """Let somebody hold a post no longer, ``on`` being the first day without him.

    Refusals: not_allowed, holding_absent, account_last_administrator.
    """
    by.demand(ACTION)
    holder = PostHolder.objects.filter(not_over(on), pk=holder_id).select_related("post__unit", "user").first()
    if holder is None:
        raise Refusal("holding_absent", status=404)
    if holder.is_in_force(clock.today()):
        demand_replaceable(PostHolder.objects.filter(pk=holder.pk))
    with work(by.actor, f"{holder.user.username} 不再任职 {holder.post.code}"):
        end_at_once(holder, on)
    return holder


def demand_replaceable(holders: QuerySet[PostHolder]) -> None:
    """Refuse ``account_last_administrator`` where nobody else would be left for an administrator's work of these holders."""
    today = clock.today()
    posts = Post.objects.filter(holders__in=holders, grants__role__in=ADMINISTRATORS)
    for post in posts.distinct():
        others = PostHolder.objects.filter(in_force(today), post__grants__role__in=ADMINISTRATORS, user__active=True)
        same = others.filter(post__grants__role__in=post.grants.values("role"))
        if not same.exclude(user__in=holders.values("user")).exists():
            raise Refusal("account_last_administrator", status=409, post=post.label)


def _meeting(since: date, until: date | None) -> Q:
    """The predicate of dated rows that share a day with the given ones."""
    before = Q() if until is None else Q(valid_from__lt=until)
    return before & not_over(since)


def _demand_no_other_head(post: Post, meanwhile: Q) -> None:
    if post.role not in HEADING:
        return
    other = PostHolder.objects.filter(meanwhile, post=post).select_related("user").order_by("valid_from").first()
    if other is not None:
        facts = {"post": post.label, "account": other.user.username, "since": other.valid_from.isoformat()}
        raise Refusal("post_has_head", where="post", status=409, **facts)


def _demand_apart(user: User, post: Post, since: date) -> None:
    """An administrator is nothing else, and whoever leads records no figures, by whichever of his posts."""
    others = posts_of(user.pk, since)
    powers = powers_of([*others, post], since)
    facts = {"post": post.label, "other": next((other.label for other in others), post.label)}
    if joins_administrators(powers):
        raise Refusal("administrators_apart", where="post", status=409, **facts)
    if joins_leading_and_recording(powers):
        raise Refusal("leading_apart", where="post", status=409, **facts)
