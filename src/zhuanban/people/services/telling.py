"""Telling the administrators of each other's accounts: whoever makes all accounts could otherwise make himself another administrator unseen."""

from zhuanban.calc.words import Words
from zhuanban.kit import clock
from zhuanban.people.access import Viewer, in_force
from zhuanban.people.models import Post, PostHolder, User
from zhuanban.people.roles import ADMINISTRATORS
from zhuanban.people.services.apart import posts_of, powers_of
from zhuanban.people.services.notices import notify

KIND = "administrators"
_PAGES = {"secadmin": "/security/", "auditor": "/audit/", "sysadmin": "/accounts/"}


def tell_of_holding(holder: PostHolder, by: Viewer) -> None:
    """Say that an account comes to an administrator's post."""
    if powers_of([holder.post], holder.valid_from) & set(ADMINISTRATORS):
        post, name, since = holder.post, holder.user.username, holder.valid_from.isoformat()
        _tell(f"holding:{holder.pk}", f"post:{post.pk}", by, Words(
            f"账号{name}自{since}任管理员岗位“{post.name_zh}”，请核实", f"Account {name} holds {post.name_en} from {since}: check that it should"
        ))  # fmt: skip


def tell_of_link(user: User, by: Viewer) -> None:
    """Say that a password link was made for an administrator's account."""
    if powers_of(posts_of(user.pk, clock.today()), clock.today()) & set(ADMINISTRATORS):
        _tell(f"link:{user.pk}:{user.session_epoch}", f"account:{user.pk}", by, Words(
            f"为管理员账号{user.username}生成了设密链接，请核实", f"A password link was made for the administrator's account {user.username}: check that it should"
        ))  # fmt: skip


def _tell(key: str, subject: str, by: Viewer, text: Words) -> None:
    """Tell all administrators but the one who did it, each with his own page behind the notice."""
    today = clock.today()
    for role, url in _PAGES.items():
        posts = Post.objects.filter(in_force(today, "grants__"), grants__role=role)
        holders = PostHolder.objects.filter(in_force(today), post__in=posts, user__active=True)
        users = set(holders.values_list("user_id", flat=True)) - {by.user_id}
        notify(kind=KIND, key=key, subject=subject, users={each for each in users if each is not None}, text=text, url=url)
