"""The closed lists of words a pack may use."""

from dataclasses import fields
from enum import StrEnum

from zhuanban.calc.lights import LightRule


class Authority(StrEnum):
    """On what an entry rests. Only `plan` needs a clause."""

    PLAN = "plan"
    LAW = "law"
    PUBLISHED = "published"
    STATISTICS_SYSTEM = "statistics_system"
    PRODUCT_DEFAULT = "product_default"
    UNVERIFIED = "unverified"


class UnitKind(StrEnum):
    LEADERSHIP = "leadership"
    DEPARTMENT = "department"
    AGENCY = "agency"
    STREET = "street"
    CENTER = "center"
    SECTION = "section"


class Role(StrEnum):
    CHIEF = "chief"
    LEADER = "leader"
    OFFICE_HEAD = "office_head"
    STATISTICIAN = "statistician"
    DEPT_HEAD = "dept_head"
    DEPT_CLERK = "dept_clerk"
    TERRITORY_OFFICER = "territory_officer"
    SYSADMIN = "sysadmin"
    SECADMIN = "secadmin"
    AUDITOR = "auditor"


class Standing(StrEnum):
    """The standing of a post or unit kind in the task force."""

    CHIEF = "chief"
    DEPUTY_CHIEF = "deputy_chief"
    MEMBER = "member"
    NONE = "none"


class Collaboration(StrEnum):
    """How collaborating departments are found: listed, all members, invited by the leader, or none named."""

    FIXED = "fixed"
    ALL_MEMBERS = "all_members"
    ON_CALL = "on_call"
    NONE = "none"


class Owner(StrEnum):
    GROUP = "group"
    UNOWNED = "unowned"


class ValueKind(StrEnum):
    FLOW = "flow"
    STOCK = "stock"
    RATE_ONLY = "rate_only"
    COUNT = "count"


class ReportBasis(StrEnum):
    CUMULATIVE = "cumulative"
    MONTH = "month"
    POINT = "point"


class PriceBasis(StrEnum):
    """Prices behind the published growth rate; `none` for counts, areas and volumes."""

    CURRENT = "current"
    CONSTANT = "constant"
    NONE = "none"


class Frequency(StrEnum):
    MONTHLY = "month"
    QUARTERLY = "quarter"


class Polarity(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"


class Comparability(StrEnum):
    """Whether the published growth may be compared with the ratio of published levels."""

    LEVELS = "levels"
    COMPARABLE_SCOPE = "comparable_scope"


class PlaceKind(StrEnum):
    ZONE = "zone"
    CITY = "city"
    PEER = "peer"
    PROVINCE = "province"
    NATION = "nation"


class TargetKind(StrEnum):
    VALUE = "value"
    GROWTH = "growth"


class Operator(StrEnum):
    AT_LEAST = "at_least"
    ABOUT = "about"
    EQUAL = "equal"
    NOT_BELOW_CITY_AVERAGE = "not_below_city_average"
    IN_STEP_WITH = "in_step_with"


class Rhythm(StrEnum):
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    YEARLY = "yearly"
    CONTINUOUS = "continuous"
    ON_EVENT = "on_event"


class Strength(StrEnum):
    """How strongly the plan words a duty."""

    MANDATORY = "mandatory"
    OPTIONAL = "optional"
    DUTY = "duty"


class Subject(StrEnum):
    """What a cadence produces."""

    DISPATCH = "dispatch"
    FILING = "filing"
    MONITORING = "monitoring"
    ESCALATION = "escalation"
    RECHECK = "recheck"
    SITE_INSPECTION = "site_inspection"
    CIRCULAR = "circular"
    STRIKE_OFF = "strike_off"
    TARGET_SETTING = "target_setting"
    JOINT_MEETING = "joint_meeting"


class Party(StrEnum):
    """A side of a duty, resolved per group or matter to units and posts."""

    COLLABORATING_UNIT = "collaborating_unit"
    TERRITORY_UNIT = "territory_unit"
    RESPONSIBLE_DEPT = "responsible_dept"
    RESPONSIBLE_LEADER = "responsible_leader"
    TASK_FORCE_OFFICE = "task_force_office"
    JOINT_MEETING = "joint_meeting"
    CHIEF = "chief"
    WORK_GROUP = "work_group"
    WHOLE_ZONE = "whole_zone"
    ENTERPRISE = "enterprise"


class RuleKind(StrEnum):
    LIGHT = "light"
    ALERT = "alert"


class Trigger(StrEnum):
    """What may lift a matter to the next level."""

    MANUAL = "manual"
    OVERDUE = "overdue"
    CROSS_GROUP = "cross_group"
    COMMON_ISSUE = "common_issue"
    RED_TWICE = "red_twice"


class SourceKind(StrEnum):
    PLAN_DOCUMENT = "plan_document"
    OFFICIAL_DOCUMENT = "official_document"
    NEWSPAPER = "newspaper"


PARAMETERS: dict[str, tuple[str, ...]] = {
    "indicator_default": tuple(parameter.name for parameter in fields(LightRule)),
    "below_city_average": ("tolerance_pp", "growth_places", "explain_within_working_days"),
    "poor_rank": ("last_places", "min_peers", "explain_within_working_days"),
    "behind_path": ("tolerance_pp", "tolerance_share_pct", "explain_within_working_days"),
    "negative_growth": ("explain_within_working_days",),
    "consecutive_periods": ("periods", "explain_within_working_days"),
    "data_overdue": ("grace_days", "explain_within_working_days"),
    "matter_overdue": ("grace_days", "explain_within_working_days"),
    "filing_overdue": ("grace_days", "explain_within_working_days"),
}
"""Parameters each known rule understands; a rule that is not listed here cannot be configured by a pack."""
