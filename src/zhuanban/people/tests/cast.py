"""A small cast for the tests of all rooms: one office, two departments, one street, a post of every role.

``cast()`` writes it through ``work`` and returns it; call it once per test, inside the test's database.
"""

from dataclasses import dataclass
from datetime import date

from zhuanban.kit import clock
from zhuanban.people.access import Viewer, viewers_on
from zhuanban.people.models import Grant, GroupLeader, GroupMember, Post, PostHolder, Unit, User, WorkGroup
from zhuanban.trail.services import Actor, work

SINCE = date(2010, 1, 1)
BUILDER = Actor("command", "cast", "cast")

_UNITS = (
    # code, Chinese and English name, kind, parent
    ("committee", "管委会", "Administrative Committee", "leadership", ""),
    ("tech_econ", "科技经济发展办", "Technology and Economy Office", "department", ""),
    ("office", "专班办公室", "Task Force Office", "section", "tech_econ"),
    ("commerce", "商务办", "Commerce Office", "department", ""),
    ("finance", "财政金融办", "Finance Office", "department", ""),
    ("street", "示例街道", "Sample Street Office", "street", ""),
)
_GROUPS = (
    # code, names, position, responsible unit, leading post
    ("fiscal_fin", "财税金融组", "Fiscal and Finance Group", 3, "finance", "leader3"),
    ("commerce_cult", "商贸及文教卫组", "Commerce and Culture Group", 5, "commerce", "leader5"),
)
_POSTS = (
    # key = post code = sign-in name, names, unit, role, group and unit of the grant
    ("chief", "管委会主任", "Committee Director", "committee", "chief", "", ""),
    ("deputy_director", "管委会副主任", "Committee Deputy Director", "committee", "office_head", "", ""),
    ("leader3", "发展服务中心主任", "Service Centre Director", "committee", "leader", "fiscal_fin", ""),
    ("leader5", "分管商贸副主任", "Deputy Director for Commerce", "committee", "leader", "commerce_cult", ""),
    ("office_head", "审核岗", "Office Reviewer", "office", "office_head", "", ""),
    ("statistician", "统计岗", "Office Statistician", "office", "statistician", "", ""),
    ("tech_econ_clerk", "经办人", "Clerk", "tech_econ", "dept_clerk", "", "tech_econ"),
    ("commerce_head", "负责人", "Head", "commerce", "dept_head", "commerce_cult", "commerce"),
    ("commerce_clerk", "经办人", "Clerk", "commerce", "dept_clerk", "commerce_cult", "commerce"),
    ("commerce_colleague", "经办人乙", "Second Clerk", "commerce", "dept_clerk", "commerce_cult", "commerce"),
    ("finance_head", "负责人", "Head", "finance", "dept_head", "fiscal_fin", "finance"),
    ("finance_clerk", "经办人", "Clerk", "finance", "dept_clerk", "fiscal_fin", "finance"),
    ("street_officer", "专职人员", "Officer", "street", "territory_officer", "", "street"),
    ("sysadmin", "系统管理员", "System Administrator", "office", "sysadmin", "", ""),
    ("secadmin", "安全管理员", "Security Administrator", "office", "secadmin", "", ""),
    ("auditor", "审计管理员", "Audit Administrator", "office", "auditor", "", ""),
)


@dataclass(frozen=True)
class Cast:
    """Who is there. Units, groups and users by code; each person's viewer also as an attribute."""

    units: dict[str, Unit]
    groups: dict[str, WorkGroup]
    users: dict[str, User]
    viewers: dict[str, Viewer]

    @property
    def office(self) -> Unit:
        return self.units["office"]

    @property
    def commerce(self) -> Unit:
        return self.units["commerce"]

    @property
    def finance(self) -> Unit:
        return self.units["finance"]

    @property
    def street(self) -> Unit:
        return self.units["street"]

    @property
    def group3(self) -> WorkGroup:
        return self.groups["fiscal_fin"]

    @property
    def group5(self) -> WorkGroup:
        return self.groups["commerce_cult"]

    def __getattr__(self, name: str) -> Viewer:
        """``cast.commerce_clerk`` is the viewer who holds that post."""
        try:
            return self.viewers[name]
        except KeyError:
            raise AttributeError(name) from None


def cast() -> Cast:
    """Build everybody. Accounts have no usable password: sign in with ``client.force_login(cast.users[key])``."""
    with work(BUILDER, "cast"):
        units = _units()
        groups = _groups(units)
        users = _people(units, groups)
    by_user = {viewer.user_id: viewer for viewer in viewers_on(clock.today())}
    return Cast(units, groups, users, {key: by_user[user.pk] for key, user in users.items()})


def _units() -> dict[str, Unit]:
    units: dict[str, Unit] = {}
    for position, (code, name_zh, name_en, kind, parent) in enumerate(_UNITS):
        units[code] = Unit.objects.create(
            code=code, name_zh=name_zh, name_en=name_en, kind=kind, position=position,
            parent=units[parent] if parent else None, is_office=code == "office",
        )  # fmt: skip
    return units


def _groups(units: dict[str, Unit]) -> dict[str, WorkGroup]:
    groups: dict[str, WorkGroup] = {}
    for code, name_zh, name_en, position, unit, _ in _GROUPS:
        groups[code] = WorkGroup.objects.create(code=code, name_zh=name_zh, name_en=name_en, position=position)
        GroupMember.objects.create(
            group=groups[code], unit=units[unit], part=GroupMember.Part.RESPONSIBLE, valid_from=SINCE
        )
    return groups


def _people(units: dict[str, Unit], groups: dict[str, WorkGroup]) -> dict[str, User]:
    users: dict[str, User] = {}
    for position, (key, name_zh, name_en, unit, role, group, limit) in enumerate(_POSTS):
        post = Post.objects.create(
            code=key, name_zh=name_zh, name_en=name_en, unit=units[unit], role=role, position=position
        )
        users[key] = User.objects.create(username=key, password="!")
        PostHolder.objects.create(post=post, user=users[key], valid_from=SINCE)
        Grant.objects.create(
            post=post, role=role, group=groups.get(group), unit=units.get(limit), valid_from=SINCE
        )  # fmt: skip
        for code, _, _, _, _, leading in _GROUPS:
            if leading == key:
                GroupLeader.objects.create(group=groups[code], post=post, valid_from=SINCE)
    return users
