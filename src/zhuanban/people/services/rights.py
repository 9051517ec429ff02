"""Giving and withdrawing rights by hand: the security administrator's act, beside those that the plan gives."""

from datetime import date

from django.utils.translation import gettext as _

from zhuanban.kit.refusals import Problem, Refusal
from zhuanban.people.access import Viewer, in_force
from zhuanban.people.models import DataClass, Grant, GroupLeader, Post, PostHolder, Unit, WorkGroup
from zhuanban.people.roles import ADMINISTRATORS, LEADING, ROLES
from zhuanban.people.services.apart import holders_powers, joins_leading_and_recording, powers_of
from zhuanban.people.services.ending import end_at_once
from zhuanban.people.services.structure import define_grant
from zhuanban.trail.services import work

ACTION = "grants.define"


def give_right(
    *, post: str, role: str, group: str, unit: str, since: date, by: Viewer, line: str = "", data_class: int = DataClass.ENTERPRISE
) -> Grant:
    """Let a post act as ``role`` within a group and a unit (empty: all) from a day, up to a class of data.

    With ``line`` it reaches only the groups that this post leads, today and whenever that changes.

    Refusals: not_allowed, post_unknown, choice_unknown, grant_own, grant_apart, grant_leader, grant_line_leads_nothing,
    grant_line_without_group, grant_already; all that apply at once.
    """
    by.demand(ACTION)
    problems = [*_unknown(role, group, unit), *_faults_of_line(line, group, since)]
    if data_class not in DataClass.values:
        problems.append(Problem("choice_unknown", {}, "data_class"))
    found = Post.objects.select_related("unit").filter(code=post, active=True).first()
    if found is None:
        problems.append(Problem("post_unknown", {}, "post"))
    elif not problems:
        problems = _forbidden(found, role, since, by)
    if found is None or problems:
        raise Refusal.of(problems)
    given = Grant.objects.filter(post=found, role=role).exclude(valid_until__lte=since)
    if given.filter(group__code=group or None, unit__code=unit or None, line__code=line or None).exists():
        raise Refusal("grant_already", where="role", status=409, post=found.label)
    return define_grant(
        post=post, role=role, group=group or None, unit=unit or None, line=line or None, since=since, by=by, data_class=data_class
    ).row


def withdraw_right(*, grant_id: int, on: date, by: Viewer) -> None:
    """Withdraw a right on a day; it is gone at the next request. One that begins later is taken back.

    Refusals: not_allowed, grant_absent, grant_own, account_last_administrator.
    """
    by.demand(ACTION)
    grant = Grant.objects.select_related("post__unit").filter(pk=grant_id).exclude(valid_until__lte=on).first()
    if grant is None:
        raise Refusal("grant_absent", status=404)
    if _holds(grant.post, on, by):
        raise Refusal("grant_own", status=409)
    if grant.role in ADMINISTRATORS and not _others_hold(grant, on):
        raise Refusal("account_last_administrator", status=409, post=grant.post.label)
    with work(by.actor, f"收回 {grant.post.signature} 权限 {grant.role}"):
        end_at_once(grant, on)


def _unknown(role: str, group: str, unit: str) -> list[Problem]:
    wrong = {
        "role": role not in ROLES,
        "group": bool(group) and not WorkGroup.objects.filter(code=group, active=True).exists(),
        "unit": bool(unit) and not Unit.objects.filter(code=unit, active=True).exists(),
    }
    return [Problem("choice_unknown", {}, where) for where, is_wrong in wrong.items() if is_wrong]


def _faults_of_line(line: str, group: str, since: date) -> list[Problem]:
    """A line that would reach nothing from its first day on."""
    if not line:
        return []
    leader = Post.objects.select_related("unit").filter(code=line, active=True).first()
    if leader is None:
        return [Problem("choice_unknown", {}, "line")]
    led = GroupLeader.objects.filter(in_force(since), post=leader).select_related("group").order_by("group__position", "pk")
    facts = {"line": leader.label, "day": since.isoformat()}
    if not led:
        return [Problem("grant_line_leads_nothing", facts, "line")]
    limit = WorkGroup.objects.filter(code=group).first() if group else None
    if limit is None or limit.pk in {tie.group_id for tie in led}:
        return []
    names = _(", ").join(tie.group.name for tie in led)
    return [Problem("grant_line_without_group", {**facts, "group": limit.name, "led": names}, "group")]


def _forbidden(post: Post, role: str, since: date, by: Viewer) -> list[Problem]:
    """What would join powers that stay apart: administrators with anything else, leaders with those who write values."""
    held = powers_of([post], since)
    administrators = (held | {role}) & set(ADMINISTRATORS)
    problems = []
    if _holds(post, since, by):
        problems.append(Problem("grant_own", {}, "post"))
    if administrators and held | {role} != administrators or len(administrators) > 1:
        problems.append(Problem("grant_apart", {"post": post.label}, "role"))
    elif held & LEADING and role not in LEADING or joins_leading_and_recording({role} | holders_powers(post, since)):
        problems.append(Problem("grant_leader", {"post": post.label}, "role"))
    return problems


def _holds(post: Post, day: date, by: Viewer) -> bool:
    return bool(PostHolder.objects.filter(in_force(day), post=post, user_id=by.user_id or 0).exists())


def _others_hold(grant: Grant, on: date) -> bool:
    others = Grant.objects.filter(in_force(on), in_force(on, "post__holders__"), role=grant.role, line=None).exclude(pk=grant.pk)
    return bool(others.filter(post__holders__user__active=True, valid_until=None).exists())
