"""Units and posts arranged by hand: made, changed, switched off. Ties and rights that stand on them are ended first.

``add``, ``refuse_all`` and ``store`` serve everything that is arranged so.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db import IntegrityError
from django.db.models import F, Model

from zhuanban.kit import clock
from zhuanban.kit.refusals import Problem, Refusal
from zhuanban.people.access import Viewer, not_over
from zhuanban.people.models import GroupLeader, GroupMember, Industry, IndustryDuty, Post, PostHolder, Unit
from zhuanban.people.roles import ADMINISTRATORS, LEADING, ROLES
from zhuanban.trail.services import work

ACTION = "structure.define"
_TRIES = 20
Row = TypeVar("Row", Unit, Post, Industry)


def add_unit(*, name_zh: str, name_en: str, kind: str, parent: int | None, position: int, by: Viewer) -> Unit:
    """A new unit. Without an English name it keeps the Chinese one.

    Refusals: not_allowed, choice_unknown, unit_unknown, unit_name_taken.
    """
    by.demand(ACTION)
    unit = Unit(name_zh=name_zh, name_en=name_en or name_zh, kind=kind, position=position)
    unit.parent_id = parent
    return add(unit, "unit", "新增单位", _faults_of_unit, by)


def change_unit(
    *, unit_id: int, version: int, name_zh: str, name_en: str, kind: str, parent: int | None, position: int,
    active: bool, by: Viewer,
) -> Unit:  # fmt: skip
    """Change a unit; documents frozen before keep its old name.

    Refusals: not_allowed, unit_unknown (404), stale_version, choice_unknown, unit_name_taken, unit_cycle, unit_in_use.
    """
    by.demand(ACTION)
    unit = Unit.objects.filter(pk=unit_id).first()
    if unit is None:
        raise Refusal("unit_unknown", status=404)
    was_active = unit.active
    unit.name_zh, unit.name_en, unit.kind, unit.position = name_zh, name_en or name_zh, kind, position
    unit.parent_id, unit.active = parent, active
    refuse_all([*_faults_of_unit(unit), *(_still_used(unit) if was_active and not active else ())])
    with work(by.actor, f"修改单位 {unit.code}"):
        store(unit, version, "name_zh", "name_en", "kind", "position", "parent_id", "active")
    return unit


def add_post(*, unit: int | None, name_zh: str, name_en: str, role: str, position: int, by: Viewer) -> Post:
    """A new post, vacant and without rights: those the security administrator gives.

    Refusals: not_allowed, choice_unknown, unit_unknown, post_name_taken.
    """
    by.demand(ACTION)
    post = Post(name_zh=name_zh, name_en=name_en or name_zh, role=role, position=position)
    post.unit_id = unit  # type: ignore[assignment]
    return add(post, "post", "新增岗位", _faults_of_post, by)


def change_post(
    *, post_id: int, version: int, unit: int | None, name_zh: str, name_en: str, role: str, position: int,
    active: bool, by: Viewer,
) -> Post:  # fmt: skip
    """Change a post; its rights stay as they are.

    Refusals: not_allowed, post_unknown (404), stale_version, choice_unknown, unit_unknown, post_name_taken, post_in_use,
    post_role_fixed.
    """
    by.demand(ACTION)
    post = Post.objects.filter(pk=post_id).first()
    if post is None:
        raise Refusal("post_unknown", status=404)
    was_active, faults = post.active, _faults_of_role(post, role)
    post.name_zh, post.name_en, post.role, post.position = name_zh, name_en or name_zh, role, position
    post.unit_id, post.active = unit, active  # type: ignore[assignment]
    refuse_all([*faults, *_faults_of_post(post), *(_still_held(post) if was_active and not active else ())])
    with work(by.actor, f"修改岗位 {post.code}"):
        store(post, version, "name_zh", "name_en", "role", "position", "unit_id", "active")
    return post


def _faults_of_role(post: Post, role: str) -> list[Problem]:
    """A post that somebody holds or that has rights becomes no administrator's and no leader's, nor stops being one."""
    today = clock.today()
    apart = {*ADMINISTRATORS, *LEADING}
    used = post.holders.filter(not_over(today)).exists() or post.grants.filter(not_over(today)).exists()
    if role == post.role or not used or not apart & {role, post.role}:
        return []
    return [Problem("post_role_fixed", {"post": post.label}, "role")]


def add(row: Row, stem: str, reason: str, faults: Callable[[Row], list[Problem]], by: Viewer) -> Row:
    """Store a row made by hand under a free code, unless something is wrong with it. Refusals: what ``faults`` finds.

    Whoever adds at the same moment takes the same code; the slower one looks again, and then finds an equal row of the faster.
    """
    for left in reversed(range(_TRIES)):
        # The code first: a row that the faults do not see yet has not taken it either, so storing fails.
        row.code = _free_code(type(row), stem)
        refuse_all(faults(row))
        try:
            with work(by.actor, f"{reason} {row.code}"):
                row.save(force_insert=True)
        except IntegrityError:
            if not left:
                raise
        else:
            break
    return row


def _free_code(model: type[Unit | Post | Industry], stem: str) -> str:
    """A code that no row of the model has."""
    taken = set(model._default_manager.filter(code__startswith=f"{stem}-").values_list("code", flat=True))
    number = len(taken) + 1
    while f"{stem}-{number}" in taken:
        number += 1
    return f"{stem}-{number}"


def refuse_all(problems: list[Problem]) -> None:
    """Raise Refusal with all of them; nothing where there is none."""
    if problems:
        raise Refusal.of(problems)


def store(row: Model, version: int, *fields: str) -> None:
    """Store the fields if the row is still the one its editor saw."""
    values: dict[str, Any] = {field: getattr(row, field) for field in fields}
    found = type(row)._default_manager.filter(pk=row.pk, version=version)
    if not found.update(**values, version=F("version") + 1):
        raise Refusal("stale_version", status=409)
    row.refresh_from_db()


def _faults_of_unit(unit: Unit) -> list[Problem]:
    faults = []
    if unit.kind not in Unit.Kind.values:
        faults.append(Problem("choice_unknown", where="kind"))
    parents = dict(Unit.objects.values_list("pk", "parent_id"))
    if unit.parent_id is not None and unit.parent_id not in parents:
        faults.append(Problem("unit_unknown", where="parent"))
    elif unit.pk is not None and unit.pk in _line_up(unit.parent_id, parents):
        faults.append(Problem("unit_cycle", where="parent"))
    twins = Unit.objects.filter(name_zh=unit.name_zh, parent_id=unit.parent_id, active=True).exclude(pk=unit.pk)
    if unit.active and twins.exists():
        faults.append(Problem("unit_name_taken", {"name": unit.name_zh}, "name_zh"))
    return faults


def _line_up(unit_id: int | None, parents: Mapping[int, int | None]) -> set[int]:
    """The unit and all it stands under."""
    line: set[int] = set()
    while unit_id is not None and unit_id not in line:
        line.add(unit_id)
        unit_id = parents.get(unit_id)
    return line


def _faults_of_post(post: Post) -> list[Problem]:
    faults = []
    if post.role not in ROLES:
        faults.append(Problem("choice_unknown", where="role"))
    if not Unit.objects.filter(pk=post.unit_id, active=True).exists():
        faults.append(Problem("unit_unknown", where="unit"))
    twins = Post.objects.filter(name_zh=post.name_zh, unit_id=post.unit_id, active=True).exclude(pk=post.pk)
    if post.active and twins.exists():
        faults.append(Problem("post_name_taken", {"name": post.name_zh}, "name_zh"))
    return faults


def _still_used(unit: Unit) -> list[Problem]:
    """What keeps a unit from being switched off: its sections, posts, and part in groups and industries, today or later."""
    members = GroupMember.objects.filter(not_over(clock.today()), unit=unit).select_related("group")
    duties = IndustryDuty.objects.filter(not_over(clock.today()), unit=unit).select_related("industry")
    names = [
        *(section.name for section in Unit.objects.filter(parent=unit, active=True)),
        *(post.name for post in Post.objects.filter(unit=unit, active=True)),
        *(tie.group.name for tie in members),
        *(tie.industry.name for tie in duties),
    ]
    return [Problem("unit_in_use", {"what": "、".join(dict.fromkeys(names))}, "active")] if names else []


def _still_held(post: Post) -> list[Problem]:
    """What keeps a post from being switched off: its holder, and the groups it leads, today or later."""
    faults = []
    if PostHolder.objects.filter(not_over(clock.today()), post=post).exists():
        faults.append(Problem("post_in_use", where="active"))
    leading = GroupLeader.objects.filter(not_over(clock.today()), post=post).select_related("group")
    if leading:
        faults.append(Problem("post_leads", {"what": "、".join(tie.group.name for tie in leading)}, "active"))
    return faults
