"""Who is who: units, posts, groups, people, and what a post may do. Duties hang on posts; people come and go."""

from collections.abc import Iterator
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.crypto import salted_hmac

from zhuanban.people.models.naming import DataClass, Dated, Named, dated_check
from zhuanban.people.models.notices import Notice, NoticeChoice

__all__ = [
    "CalendarDay",
    "DataClass",
    "Dated",
    "Delegation",
    "Grant",
    "GroupLeader",
    "GroupMember",
    "Handover",
    "Industry",
    "IndustryDuty",
    "Named",
    "Notice",
    "NoticeChoice",
    "OpenSession",
    "Post",
    "PostHolder",
    "SecurityRules",
    "Unit",
    "User",
    "UserManager",
    "WorkGroup",
    "dated_check",
]


class Unit(Named):
    """One unit of the task force: a department, a stationed agency, a street, a centre, or a section of one."""

    class Kind(models.TextChoices):
        LEADERSHIP = "leadership"
        DEPARTMENT = "department"
        AGENCY = "agency"
        STREET = "street"
        CENTER = "center"
        SECTION = "section"

    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    parent = models.ForeignKey("people.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="sections")
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)
    is_office = models.BooleanField(default=False)
    name_pending = models.BooleanField(default=False)
    clause = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["position", "code"]


class WorkGroup(Named):
    """One of the plan's working groups."""

    code = models.SlugField(max_length=40, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)
    clause = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering: ClassVar = ["position", "code"]


class GroupMember(Dated):
    """A unit's part in a group: responsible, or collaborating (``on_call`` = when the leader calls)."""

    class Part(models.TextChoices):
        RESPONSIBLE = "responsible"
        COLLABORATING = "collaborating"

    group = models.ForeignKey("people.WorkGroup", on_delete=models.PROTECT, related_name="members")
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="memberships")
    part = models.CharField(max_length=16, choices=Part.choices)
    on_call = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            dated_check("people_member"),
            models.UniqueConstraint(fields=["group", "unit", "part", "valid_from"], name="people_member_once"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}:{self.unit_id}:{self.part}"


class Industry(Named):
    """An industry of the horizontal line: units answer for it everywhere in the zone."""

    code = models.SlugField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)
    clause = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["position", "code"]


class IndustryDuty(Dated):
    """A unit's part in an industry: responsible (one unit on a day at most), or collaborating."""

    industry = models.ForeignKey("people.Industry", on_delete=models.PROTECT, related_name="duties")
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="industry_duties")
    part = models.CharField(max_length=16, choices=GroupMember.Part.choices)

    class Meta:
        constraints: ClassVar = [
            dated_check("people_industry_duty"),
            models.UniqueConstraint(fields=["industry", "unit", "part", "valid_from"], name="people_industry_duty_once"),
            models.UniqueConstraint(
                fields=["industry"], condition=Q(part="responsible", valid_until=None), name="people_industry_one_responsible"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.industry_id}:{self.unit_id}:{self.part}"


class Post(Named):
    """A post in a unit; ``role`` is a key of the roles drawer. Documents and the trail name posts, not persons."""

    code = models.SlugField(max_length=60, unique=True)
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=24)
    position = models.PositiveSmallIntegerField(default=0)
    active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["position", "code"]

    @property
    def label(self) -> str:
        """How the post is written on pages, in the reader's language: unit and post."""
        return _unit_and_post(self.unit.name, self.name)

    def name_within(self, unit: Unit) -> str:
        """The post's name where its unit is named already: without that name (商务办负责人 → 负责人)."""
        rest = self.name.removeprefix(unit.name).removesuffix(unit.name).strip(" ,，·")
        return rest or self.name

    @property
    def signature(self) -> str:
        """How the post signs in the record, in Chinese whatever the language of whoever holds it."""
        return _unit_and_post(self.unit.name_zh, self.name_zh)


def _unit_and_post(unit: str, post: str) -> str:
    """Both names, the unit's left out where the post's already says it (商务办负责人)."""
    return post if unit in post else f"{unit} · {post}"


class GroupLeader(Dated):
    """A post that leads a group; a post may lead several, a group may have none."""

    group = models.ForeignKey("people.WorkGroup", on_delete=models.PROTECT, related_name="leaders")
    post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="led_groups")

    class Meta:
        constraints: ClassVar = [
            dated_check("people_leader"),
            models.UniqueConstraint(fields=["group", "post", "valid_from"], name="people_leader_once"),
        ]

    def __str__(self) -> str:
        return f"{self.group_id}:{self.post_id}"


class Grant(Dated):
    """What a post may do: the actions of ``role`` within a group and a unit (empty means all), up to a class of data.

    ``line`` is a post whose line it follows: the grant reaches only groups that this post leads on the day. Inside a
    grant the limits hold together, several grants add up, no grant means nothing.
    """

    post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=24)
    group = models.ForeignKey("people.WorkGroup", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    line = models.ForeignKey("people.Post", null=True, blank=True, on_delete=models.PROTECT, related_name="grants_along")
    data_class = models.PositiveSmallIntegerField(choices=DataClass.choices, default=DataClass.ENTERPRISE)

    class Meta:
        constraints: ClassVar = [
            dated_check("people_grant"),
            models.UniqueConstraint(
                fields=["post", "role", "group", "unit", "line", "valid_from"],
                name="people_grant_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}:{self.role}"


class UserManager(BaseUserManager["User"]):
    """Finds users by their sign-in name."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)


class User(AbstractBaseUser):
    """An account. It has no ``last_login``: signing in changes no audited row.

    ``session_epoch`` counts up to end every session of the account at its next request. ``password_set_at`` is None
    where nobody has set a password since the account is kept here.
    """

    last_login = None
    username = models.CharField(max_length=60, unique=True)
    active = models.BooleanField(default=True)
    language = models.CharField(max_length=10, default="zh-hans")
    session_epoch = models.PositiveIntegerField(default=0)
    password_set_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[Any] = UserManager()

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        return self.active

    def get_session_auth_hash(self) -> str:
        """What a session must carry to go on: it changes with the password and the epoch."""
        secret = f"{self.password}\0{self.session_epoch}"
        return salted_hmac("zhuanban.people.session", secret, algorithm="sha256").hexdigest()

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        """Sessions of earlier secret keys are not carried over."""
        return iter(())

    def __str__(self) -> str:
        return self.username


class PostHolder(Dated):
    """Who holds a post from when until when; a post without a holder is vacant."""

    post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="holders")
    user = models.ForeignKey("people.User", on_delete=models.PROTECT, related_name="held_posts")

    class Meta:
        constraints: ClassVar = [
            dated_check("people_holder"),
            models.UniqueConstraint(fields=["post", "user", "valid_from"], name="people_holder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.post_id}:{self.user_id}"


class SecurityRules(models.Model):
    """What the security administrator has chosen for the whole installation; one row, or none while nothing was chosen."""

    class Factor(models.TextChoices):
        ADMINISTRATORS = "administrators"
        EVERYBODY = "everybody"

    profile = models.CharField(max_length=16)
    second_factor = models.CharField(max_length=16, choices=Factor.choices)
    version = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.profile}/{self.second_factor}"


class OpenSession(models.Model):
    """A session somebody signed in with: since when, last seen, from which address. Not audited, it goes with the session."""

    session_key = models.CharField(max_length=40, unique=True)
    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="open_sessions")
    began_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    address = models.CharField(max_length=45, blank=True)
    browser = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["-seen_at", "-id"]

    def __str__(self) -> str:
        return f"{self.user_id}@{self.began_at:%Y-%m-%d %H:%M}"


class Delegation(Dated):
    """A post acts for another for a time: the other post's roles and reach, named as acting in the record."""

    post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="delegations")
    delegate = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="acts_for")
    reason = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            dated_check("people_delegation"),
            models.CheckConstraint(condition=~Q(post=F("delegate")), name="people_delegation_other"),
            models.UniqueConstraint(fields=["post", "delegate", "valid_from"], name="people_delegation_once"),
        ]

    def __str__(self) -> str:
        return f"{self.delegate_id} for {self.post_id}"


class Handover(models.Model):
    """What went with a post to its next holder, or from one post to another, on a day: the list that both sign.

    Posts are written as they were called then. ``lines`` and ``waiting`` are pairs of sort and text in Chinese, as
    printed; what waits for the post is shown to its own holder only.
    """

    post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="handovers")
    to_post = models.ForeignKey("people.Post", on_delete=models.PROTECT, related_name="taken_over")
    post_label = models.CharField(max_length=200)
    to_label = models.CharField(max_length=200)
    to_user = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    by_post = models.CharField(max_length=200)
    reason = models.CharField(max_length=200)
    lines = models.JSONField(default=list)
    waiting = models.JSONField(default=list)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.post_id}→{self.to_post_id} {self.on}"


class CalendarDay(models.Model):
    """What the office decided about one day: worked, free, or (None) as the national arrangement has it after all.

    A history: the newest decision about a day counts, none is ever changed.
    """

    day = models.DateField(db_index=True)
    works = models.BooleanField(null=True)
    authority = models.CharField(max_length=200)
    reason = models.CharField(max_length=300)
    decided_at = models.DateTimeField()
    decided_by_post = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.day} {self.works}"
