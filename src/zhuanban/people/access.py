"""The viewer: who asks, and how far his rights reach. Public to all rooms above.

Grants are compiled once per request into constant sets of ids, so that lists filter by ``IN (…)`` and not by
correlated sub-queries, and a withdrawn right acts at the next request.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, reduce
from operator import or_
from typing import Final, cast

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from zhuanban.kit import actions, clock
from zhuanban.kit.refusals import Refusal
from zhuanban.people.models import DataClass, Delegation, Grant, GroupLeader, Post, PostHolder, User
from zhuanban.trail.services import Actor

ACTING: Final = "zb_acting"
"""Where a session keeps the post that its account acts for."""

ALL: Final = None
"""A reach without limit."""

Reach = frozenset[int] | None

Place = tuple[int | None, int | None]
"""A group and a unit, each of them or ALL."""

Led = Mapping[int, frozenset[int]]
"""The groups that a post leads, by post; a post that is not there leads none."""


@dataclass(frozen=True)
class Scope:
    """How far one action reaches: alternatives of (group or ALL, unit or ALL). No alternative: nothing.

    Without further ado it is the reach over what is internal. ``by_class`` has the alternatives of every data class in
    their order, where grants differ in it; without it all classes are alike. ``at`` gives the scope of one class.
    """

    alternatives: frozenset[Place]
    by_class: tuple[frozenset[Place], ...] = ()

    def at(self, data_class: int) -> "Scope":
        """How far the action reaches over what has a data class."""
        return Scope(self.by_class[data_class - 1]) if self.by_class else self

    @property
    def is_empty(self) -> bool:
        return not self.alternatives

    @property
    def is_everything(self) -> bool:
        return (ALL, ALL) in self.alternatives

    @property
    def groups(self) -> Reach:
        """The groups within reach; ALL when one alternative has no group limit."""
        found = {group for group, _unit in self.alternatives}
        return ALL if ALL in found else frozenset(cast("set[int]", found))

    @property
    def units(self) -> Reach:
        """The units within reach; ALL when one alternative has no unit limit."""
        found = {unit for _group, unit in self.alternatives}
        return ALL if ALL in found else frozenset(cast("set[int]", found))

    def allows(self, *, group: int | None, unit: int | None) -> bool:
        """Whether a fact of ``group`` and ``unit`` lies within reach."""
        return any(g in (ALL, group) and u in (ALL, unit) for g, u in self.alternatives)

    def q(self, *, group: str | None = None, unit: str | None = None, data_class: str | None = None) -> Q:
        """The same as a constant predicate over the named columns; a column not named is not limited by it.

        Rows without a column for their data class count as internal.
        """
        if data_class and self.by_class:
            alike: dict[frozenset[Place], list[int]] = {}
            for each in DataClass:
                alike.setdefault(self.at(each).alternatives, []).append(each)
            return reduce(or_, (
                Q(**{f"{data_class}__in": classes}) & Scope(places).q(group=group, unit=unit) for places, classes in alike.items()
            ))  # fmt: skip
        if self.is_empty:
            return Q(pk__in=[])
        by_group: dict[int | None, set[int | None]] = {}
        for group_id, unit_id in self.alternatives:
            by_group.setdefault(group_id if group else ALL, set()).add(unit_id if unit else ALL)
        if ALL in by_group.get(ALL, ()):
            return Q()
        return reduce(or_, (_place(group, group_id, unit, units) for group_id, units in by_group.items()))


def _place(group: str | None, group_id: int | None, unit: str | None, units: set[int | None]) -> Q:
    """One group (or every one) and some of its units (or every one), not every one of both."""
    named: dict[str, object] = {} if group_id is ALL else {f"{group}": group_id}
    if ALL not in units:
        named[f"{unit}__in"] = sorted(cast("set[int]", units))
    return Q(**named)


@dataclass(frozen=True)
class Viewer:
    """Who asks a query or orders a write. ``label`` is the post in the reader's language; the person's name is nowhere."""

    user_id: int | None
    post_id: int | None
    unit_id: int | None
    label: str
    actor: Actor
    roles: frozenset[str] = frozenset()
    scopes: dict[str, Scope] = field(default_factory=dict, hash=False, compare=False)
    unlimited: bool = False
    acting_for: int | None = None
    """The post that the viewer acts for now by delegation; ``post_id`` and ``unit_id`` are that post's then."""

    @property
    def signature(self) -> str:
        """How the viewer signs in the record: the post's Chinese name, whatever language it is read in."""
        return self.actor.label

    def can(self, action: str) -> bool:
        """Whether the viewer holds ``action`` anywhere at all."""
        return self.unlimited or action in self.scopes

    def scope(self, action: str) -> Scope:
        """How far ``action`` reaches; empty where the viewer does not hold it."""
        if self.unlimited:
            return Scope(frozenset({(ALL, ALL)}))
        return self.scopes.get(action, Scope(frozenset()))

    def demand(
        self, action: str, *, group: int | None = None, unit: int | None = None, data_class: int = DataClass.INTERNAL
    ) -> None:
        """Raise Refusal ``not_allowed`` unless ``action`` reaches the fact."""
        if not self.scope(action).at(data_class).allows(group=group, unit=unit):
            raise Refusal("not_allowed", status=403, needed=actions.action(action).name)

    def demand_any(self, action: str) -> None:
        """Raise Refusal ``not_allowed`` unless the viewer holds ``action`` somewhere."""
        if not self.can(action):
            raise Refusal("not_allowed", status=403, needed=actions.action(action).name)


def system_viewer(label: str = "system", *, kind: str = "system") -> Viewer:
    """The viewer of the tick, of events and of the command line: sees everything, acts under its own name."""
    return Viewer(None, None, None, label, Actor(kind, label, label), unlimited=True)


def viewer_of(user: User, *, on: date | None = None, acting_for: int | None = None) -> Viewer:
    """The viewer of an account on a day (today by default), from the posts it holds. Two queries, and one
    more where a grant follows a leader's line.

    ``acting_for`` is a post for which one of them acts by delegation: the viewer then has that post's rights and no
    others, and signs with both. A delegation that is not in force is passed over. One query more.
    """
    day = on or clock.today()
    held = list(
        PostHolder.objects.filter(in_force(day), user=user, post__active=True)
        .select_related("post__unit")
        .order_by("post__position", "post_id")
    )
    posts = [holder.post for holder in held]
    delegation = _delegation(posts, acting_for, day) if acting_for else None
    if delegation is not None:
        return _acting(user, delegation, day)
    if not posts:
        return _viewer(user, None, (), {}, label=user.username, actor=Actor("user", f"user:{user.pk}", user.username))
    grants = _grants(posts, day)
    return _viewer_of_posts(user, posts, grants, led_on(grants, day))


def viewers_on(day: date) -> list[Viewer]:
    """The viewers of all active accounts that hold a post on a day, each with its own rights. As many queries as for one."""
    rights: dict[int, list[Grant]] = {}
    grants = list(Grant.objects.filter(in_force(day)))
    led = led_on(grants, day)
    for grant in grants:
        rights.setdefault(grant.post_id, []).append(grant)
    held: dict[User, list[Post]] = {}
    rows = PostHolder.objects.filter(in_force(day), user__active=True, post__active=True)
    for holder in rows.select_related("user", "post__unit").order_by("user_id", "post__position", "post_id"):
        held.setdefault(holder.user, []).append(holder.post)
    return [
        _viewer_of_posts(user, posts, [grant for post in posts for grant in rights.get(post.pk, ())], led)
        for user, posts in held.items()
    ]


def _viewer_of_posts(user: User, posts: list[Post], grants: list[Grant], led: Led) -> Viewer:
    first = posts[0]
    return _viewer(user, first, grants, led, label=first.label, actor=Actor("user", f"user:{user.pk}", first.signature))


def viewer_of_post(post: Post, user: User | None, day: date) -> Viewer:
    """What a post sees and may do on a day by itself, in the place of ``user`` (None: nobody), to list what waits for it."""
    grants = _grants([post], day)
    return _viewer(
        user, post, grants, led_on(grants, day), label=post.label, actor=Actor("system", "handover", post.signature)
    )


def _viewer(
    user: User | None, post: Post | None, grants: Iterable[Grant], led: Led, *,
    label: str, actor: Actor, acting_for: int | None = None,
) -> Viewer:  # fmt: skip
    return Viewer(
        user_id=user.pk if user else None,
        post_id=post.pk if post else None,
        unit_id=post.unit_id if post else None,
        label=label,
        actor=actor,
        roles=frozenset(grant.role for grant in grants if places_of(grant, led)),
        scopes=compile_scopes(grants, led),
        acting_for=acting_for,
    )


def _grants(posts: list[Post], day: date) -> list[Grant]:
    return list(Grant.objects.filter(in_force(day), post__in=posts)) if posts else []


def _delegation(posts: list[Post], acting_for: int, day: date) -> Delegation | None:
    found = Delegation.objects.filter(in_force(day), post_id=acting_for, post__active=True, delegate__in=posts)
    return found.select_related("post__unit", "delegate__unit").order_by("valid_from", "pk").first()


def _acting(user: User, delegation: Delegation, day: date) -> Viewer:
    post, delegate = delegation.post, delegation.delegate
    grants = _grants([post], day)
    return _viewer(
        user, post, grants, led_on(grants, day), acting_for=post.pk,
        label=_("%(post)s (%(delegate)s acting)") % {"post": post.label, "delegate": delegate.label},
        actor=Actor("user", f"user:{user.pk}", f"{post.signature}（{delegate.signature}代）"),
    )  # fmt: skip


def in_force(day: date, prefix: str = "") -> Q:
    """The predicate of dated rows in force on ``day``."""
    return Q(**{f"{prefix}valid_from__lte": day}) & not_over(day, prefix)


def not_over(day: date, prefix: str = "") -> Q:
    """The predicate of dated rows in force on ``day`` or later."""
    return Q(**{f"{prefix}valid_until__isnull": True}) | Q(**{f"{prefix}valid_until__gt": day})


def led_on(grants: Iterable[Grant], day: date) -> Led:
    """What the posts lead on a day whose line one of the grants follows. One query; none where no grant follows a line."""
    lines = {grant.line_id for grant in grants if grant.line_id is not None}
    led: dict[int, set[int]] = {}
    if lines:
        for post, group in GroupLeader.objects.filter(in_force(day), post__in=lines).values_list("post_id", "group_id"):
            led.setdefault(post, set()).add(group)
    return {post: frozenset(groups) for post, groups in led.items()}


def places_of(grant: Grant, led: Led) -> frozenset[Place]:
    """What a grant reaches: its group and unit, of a leader's line only the groups led; nothing where none is."""
    if grant.line_id is None:
        return frozenset({(grant.group_id, grant.unit_id)})
    return frozenset((group, grant.unit_id) for group in led.get(grant.line_id, ()) if grant.group_id in (ALL, group))


def compile_scopes(grants: Iterable[Grant], led: Led) -> dict[str, Scope]:
    """Grants → for each action the alternatives it reaches, by data class where they differ.

    ``led`` is ``led_on`` of the grants and the day. What reaches nothing is left out, as if it were not granted.
    """
    highest: dict[str, dict[Place, int]] = {}
    for grant in grants:
        for place in places_of(grant, led):
            for key in actions.keys_of(grant.role):
                of_action = highest.setdefault(key, {})
                of_action[place] = max(grant.data_class, of_action.get(place, 0))
    return {key: _scope(frozenset(found.items())) for key, found in highest.items()}


@lru_cache(maxsize=1024)
def _scope(highest: frozenset[tuple[Place, int]]) -> Scope:
    """The scope of places, each with the highest data class that it is reached in. Many actions and viewers share one."""
    by_class = tuple(frozenset(place for place, top in highest if top >= each) for each in DataClass)
    internal = by_class[DataClass.INTERNAL - 1]
    return Scope(internal) if set(by_class) == {internal} else Scope(internal, by_class)


def viewer_in(request: HttpRequest) -> Viewer:
    """The viewer that the door has set, for views that need one."""
    viewer: Viewer = request.viewer  # type: ignore[attr-defined]
    return viewer


def viewer_of_request(request: HttpRequest) -> Viewer | None:
    """The viewer of a request; None for somebody not signed in or an account switched off. Found when first asked."""
    user = request.user
    if isinstance(user, SimpleLazyObject) and isinstance(user, AnonymousUser):
        return None
    if not user.is_authenticated or not user.is_active:
        return None
    acting_for = request.session.get(ACTING)
    return viewer_of(user, acting_for=acting_for if isinstance(acting_for, int) else None)
