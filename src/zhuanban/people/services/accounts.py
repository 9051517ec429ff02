"""Accounts and who holds which post."""

from datetime import date

from zhuanban.people.access import Viewer
from zhuanban.people.models import Post, PostHolder, User
from zhuanban.trail.services import work

ACTION = "people.accounts"


def create_account(
    *, username: str, password: str, by: Viewer, language: str = "zh-hans", hashed: str = ""
) -> User:  # fmt: skip
    """A new account. It can do nothing until it holds a post. ``hashed`` is a password hashed before, in place of
    ``password``. Refusals: not_allowed."""
    by.demand(ACTION)
    user = User(username=username, language=language, password=hashed)
    if not hashed:
        user.set_password(password)
    with work(by.actor, f"account {username} created"):
        user.save(force_insert=True)
    return user


def hold_post(*, user: User, post_code: str, since: date, by: Viewer) -> PostHolder:
    """Let an account hold a post from a day: the post's duties and rights are its own from then on."""
    by.demand(ACTION)
    with work(by.actor, f"{user.username} holds {post_code}"):
        return PostHolder.objects.create(user=user, post=Post.objects.get(code=post_code), valid_from=since)
