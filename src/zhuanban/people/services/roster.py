"""Many accounts at once, from a sheet: all of them or none."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from zhuanban.kit import clock
from zhuanban.kit.refusals import Problem, Refusal
from zhuanban.kit.spreadsheets import read_workbook
from zhuanban.kit.uploads import Door, admit
from zhuanban.people import roster
from zhuanban.people.access import Viewer
from zhuanban.people.models import Post, User
from zhuanban.people.roster import KnownPost, RosterRow
from zhuanban.people.services.accounts import ACTION, create_account_for
from zhuanban.trail.services import work


class _OnlyTried(Exception):
    """Takes back what was tried."""


def read_accounts(*, file_name: str, content: bytes, by: Viewer) -> list[RosterRow]:
    """The accounts that a sheet asks for, after each was tried and taken back; nothing is stored.

    Refusals: not_allowed, those of the upload gate, and every problem of the sheet at its cell.
    """
    by.demand(ACTION)
    sheets = read_workbook(admit(file_name, content, Door.FIGURES))
    rows, problems = roster.read_roster(sheets, _known_posts(), clock.today())
    try:
        with work(by.actor, "试建账号"):
            problems = [*problems, *_made(rows, by)[1]]
            raise _OnlyTried
    except _OnlyTried:
        pass
    if problems:
        raise Refusal.of(problems)
    return rows


def create_accounts(*, rows: Sequence[RosterRow], by: Viewer) -> list[User]:
    """Make all accounts with their posts. Refusals: not_allowed, and what stands against any of them; then none is made."""
    by.demand(ACTION)
    with work(by.actor, f"表格导入 {len(rows)} 个账号"):
        users, problems = _made(rows, by)
        if problems:
            raise Refusal.of(problems, status=409)
    return users


def _made(rows: Iterable[RosterRow], by: Viewer) -> tuple[list[User], list[Problem]]:
    users: list[User] = []
    problems: list[Problem] = []
    for row in rows:
        try:
            with transaction.atomic():
                users.append(create_account_for(username=row.username, post=row.post, since=row.since, by=by))
        except Refusal as refusal:
            problems.extend(Problem(each.code, each.facts, row.at) for each in refusal.problems)
    return users, problems


def _known_posts() -> list[KnownPost]:
    found = Post.objects.filter(active=True).select_related("unit")
    return [
        KnownPost(post.code, post.label, (post.unit.name_zh, post.unit.name_en, post.unit.code), (post.name_zh, post.name_en))
        for post in found
    ]
