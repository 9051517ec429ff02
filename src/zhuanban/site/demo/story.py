"""The demo's months of work: alerts explained, problems opened and struck off, filings signed."""

from functools import cached_property

from zhuanban.people.access import Viewer, viewer_of
from zhuanban.people.models import User


class Cast:
    """The viewers of the demo's accounts, by sign-in name."""

    def __init__(self) -> None:
        self._users = {user.username: user for user in User.objects.all()}

    def __getitem__(self, username: str) -> Viewer:
        return viewer_of(self._users[username])

    @cached_property
    def statistician(self) -> Viewer:
        return self["statistician"]

    @cached_property
    def reviewer(self) -> Viewer:
        return self["reviewer"]


def play(cast: Cast) -> None:
    """Let the accounts do their work of the last two months."""
    del cast
