"""The entries of a pack: what may be written about units, posts, groups, indicators, duties, rules and targets.

Pure descriptions. References between entries are codes, checked in `checks`.
"""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    StrictInt,
    StringConstraints,
    ValidationInfo,
)

from zhuanban.plans.packs import words


def _iso_date(value: Any) -> Any:
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return value
    if isinstance(value, date):
        return value
    raise ValueError("date")


def _exact(value: Any, info: ValidationInfo) -> Any:
    """Numbers as written; text only where a stored pack (JSON) keeps its decimals as text."""
    if isinstance(value, bool | float) or (isinstance(value, str) and info.mode != "json"):
        raise ValueError("number")
    return value


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=400)]
Code = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_-]{0,59}$")]
Day = Annotated[date, BeforeValidator(_iso_date)]
Figure = Annotated[Decimal, BeforeValidator(_exact)]
Count = Annotated[StrictInt, Field(ge=0, le=366)]
Year = Annotated[StrictInt, Field(ge=2000, le=2100)]
Clock = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class Entry(BaseModel):
    """Unknown fields are refused, and an entry never changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Cited(Entry):
    """An entry that says on what it rests: a clause of the plan, or another authority in plain words."""

    authority: words.Authority = words.Authority.PLAN
    clause: Text | None = None
    remark_zh: Text | None = None
    remark_en: Text | None = None


class Named(Cited):
    code: Code
    name_zh: Text
    name_en: Text


class Setting(Entry):
    """A number or word that the zone may change, with the authority of the value given here."""

    value: Annotated[StrictBool | Figure | Text, Field(union_mode="left_to_right")]
    authority: words.Authority
    clause: Text | None = None


class Source(Entry):
    """Where a published figure was read."""

    code: Code
    name_zh: Text
    name_en: Text
    kind: words.SourceKind
    document_number: Text | None = None
    published_on: Day | None = None
    publisher: Text | None = None


class TaskForce(Cited):
    name_zh: Text
    name_en: Text
    chief: Code
    deputies: tuple[Code, ...]
    office_unit: Code
    host_unit: Code
    office_head: Code
    member_kinds: tuple[words.UnitKind, ...]


class Header(Entry):
    """pack.yaml: which plan this is, for whom, since when, and the clause numbers that may be cited."""

    format: Annotated[StrictInt, Field(ge=1, le=1)]
    code: Code
    name_zh: Text
    name_en: Text
    plan_year: Year
    document_number: Text
    issuer_zh: Text
    issuer_en: Text
    issued_on: Day
    in_force_from: Day
    zone: Code
    city: Code
    clauses: tuple[Text, ...]
    task_force: TaskForce


class Unit(Named):
    kind: words.UnitKind
    parent: Code | None = None
    name_pending: StrictBool = False
    aliases: tuple[Text, ...] = ()


class Post(Named):
    unit: Code
    roles: tuple[words.Role, ...]
    standing: words.Standing = words.Standing.NONE


class CollaborationOf(Entry):
    mode: words.Collaboration
    units: tuple[Code, ...] = ()


class Group(Named):
    number: Annotated[StrictInt, Field(ge=1, le=99)]
    leaders: tuple[Code, ...] = ()
    office_head: Code | None = None
    responsible: tuple[Code, ...] = ()
    collaborating: CollaborationOf


class Industry(Named):
    """An industry and the units that answer for it everywhere in the zone; a plan that names none responsible leaves it out."""

    responsible: Code | None = None
    collaborating: tuple[Code, ...] = ()


class Indicator(Named):
    """One measured thing: who answers for it, how it is counted, when it is expected, under which names it arrives."""

    owner: words.Owner = words.Owner.GROUP
    group: Code | None = None
    dept: Code | None = None
    measure: Text
    value_kind: words.ValueKind
    report_basis: words.ReportBasis
    price_basis: words.PriceBasis
    frequency: words.Frequency
    has_january: StrictBool | None = None
    has_fourth_quarter: StrictBool | None = None
    lag_months: Annotated[StrictInt, Field(ge=0, le=12)] = 0
    due_day: Annotated[StrictInt, Field(ge=1, le=28)] = 20
    polarity: words.Polarity
    decimals: Annotated[StrictInt, Field(ge=0, le=6)]
    comparability: words.Comparability
    city_published: StrictBool = True
    source_zh: Text
    source_en: Text
    aliases: tuple[Text, ...] = ()
    context: StrictBool = False
    supports_gdp: StrictBool = False
    subset_of: Code | None = None
    territories: tuple[Code, ...] = ()
    active_from: Day | None = None
    active_until: Day | None = None
    successor: Code | None = None


class Cadence(Named):
    """A duty that returns: who does what for whom, how often, how strongly, and the workspace's settings for it."""

    subject: words.Subject
    strength: words.Strength
    by: words.Party
    to: tuple[words.Party, ...] = ()
    rhythm: words.Rhythm
    minimum: Annotated[StrictInt, Field(ge=0, le=31)] | None = None
    weekday: Annotated[StrictInt, Field(ge=1, le=7)] | None = None
    day_of_month: Annotated[StrictInt, Field(ge=1, le=31)] | None = None
    contents_zh: tuple[Text, ...] = ()
    contents_en: tuple[Text, ...] = ()
    settings: dict[str, Setting] = Field(default_factory=dict)


class Rule(Named):
    kind: words.RuleKind
    parameters: dict[str, Setting] = Field(default_factory=dict)


class Level(Named):
    """A step of the ladder; a new step adds a deadline of `answer_working_days`, never resets the first."""

    level: Annotated[StrictInt, Field(ge=0, le=9)]
    addressee: tuple[words.Party, ...]
    informed: tuple[words.Party, ...] = ()
    triggers: tuple[words.Trigger, ...] = ()
    rules: tuple[Code, ...] = ()
    answer_working_days: Setting | None = None


class ProblemClock(Named):
    working_days: Setting


class Place(Named):
    kind: words.PlaceKind
    verified: StrictBool = True
    aliases: tuple[Text, ...] = ()


class PeerSet(Named):
    """Places whose growth rates are ranked against each other inside `within`."""

    within: Code
    members: tuple[Code, ...]
    indicators: tuple[Code, ...] = ()
    from_year: Year
    until_year: Year | None = None


class Target(Entry):
    """A published target of a place, with the document it was read in. No field for guesses exists."""

    place: Code
    indicator: Code
    year: Year
    kind: words.TargetKind
    operator: words.Operator
    value: Figure | None = None
    measure: Text | None = None
    stretch: StrictBool = False
    in_step_with: Code | None = None
    source: Code
    remark_zh: Text | None = None
    remark_en: Text | None = None


class Pack(Entry):
    """A whole plan as data."""

    header: Header
    sources: tuple[Source, ...]
    places: tuple[Place, ...]
    units: tuple[Unit, ...]
    posts: tuple[Post, ...]
    groups: tuple[Group, ...]
    indicators: tuple[Indicator, ...]
    cadences: tuple[Cadence, ...]
    rules: tuple[Rule, ...]
    ladder: tuple[Level, ...]
    clocks: tuple[ProblemClock, ...]
    peers: tuple[PeerSet, ...]
    targets: tuple[Target, ...]
    industries: tuple[Industry, ...] = ()
