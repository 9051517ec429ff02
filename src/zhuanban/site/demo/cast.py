"""Who acts in the demo: the accounts by sign-in name, and the posts that no account holds."""

from functools import cached_property

from zhuanban.kit import clock
from zhuanban.people.access import Viewer, compile_scopes, in_force, led_on, places_of, viewer_of
from zhuanban.people.models import Grant, Post, PostHolder, User
from zhuanban.trail.services import Actor


class Cast:
    """The viewers of the demo, each built once: posts and rights do not change while it is built."""

    def __init__(self) -> None:
        self._users = {user.username: user for user in User.objects.all()}
        holders = PostHolder.objects.filter(in_force(clock.today())).select_related("user", "post")
        self._holders = {holder.post.code: holder.user for holder in holders}
        self._viewers: dict[str, Viewer] = {}

    def __getitem__(self, username: str) -> Viewer:
        return viewer_of(self._users[username])

    @cached_property
    def statistician(self) -> Viewer:
        return self["statistician"]

    @cached_property
    def reviewer(self) -> Viewer:
        return self["reviewer"]

    def post(self, code: str) -> Viewer:
        """The viewer of a post: of the account that holds it, else one that acts for the post without an account."""
        if code not in self._viewers:
            user = self._holders.get(code)
            self._viewers[code] = viewer_of(user) if user else _without_account(code)
        return self._viewers[code]


def _without_account(code: str) -> Viewer:
    """The post itself with its own grants: the demo has work of every unit, but accounts for some posts only."""
    post = Post.objects.select_related("unit").get(code=code)
    grants = list(Grant.objects.filter(in_force(clock.today()), post=post))
    led = led_on(grants, clock.today())
    return Viewer(
        user_id=None,
        post_id=post.pk,
        unit_id=post.unit_id,
        label=post.label,
        actor=Actor("command", f"demo:{code}", post.signature),
        roles=frozenset(grant.role for grant in grants if places_of(grant, led)),
        scopes=compile_scopes(grants, led),
    )
