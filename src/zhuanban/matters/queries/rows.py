"""A matter as lists and other rooms see it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from zhuanban.kit import clock, formats
from zhuanban.matters.drawer import ledger_of, say
from zhuanban.matters.ledgers.contract import Said
from zhuanban.matters.models import Matter
from zhuanban.people.models import DataClass

_OUTCOMES = {"solved": Said("真正解决", "Solved"), "explained": Said("解释说明", "Explained")}
RELATED = ("group", "unit", "territory", "indicator")
_NAMED = ("group", "unit", "territory")
_READ = (
    *(field.name for field in Matter._meta.concrete_fields if field.name not in ("raised_by", "handler")),
    *(f"{related}__{name}" for related in _NAMED for name in ("name_zh", "name_en")),
    "indicator__code",
)
"""What a row needs of a matter and of what it names."""


@dataclass(frozen=True)
class MatterRow:
    """One matter. ``days_over`` counts calendar days past the due day while the unit's clock runs, else 0.

    ``escalation_level`` is the level of the ladder that it reached, 1 for its own unit, ``level_due_on`` that level's day.
    """

    id: int
    number: str
    ledger: str
    title: str
    description: str
    source: str
    urgency: str
    data_class: int
    group_id: int
    group_zh: str
    group_en: str
    unit_id: int
    unit_zh: str
    unit_en: str
    territory_id: int | None
    territory_zh: str
    territory_en: str
    indicator_id: int | None
    indicator_code: str
    escalation_level: int
    level_zh: str
    level_en: str
    level_due_on: date | None
    state: str
    state_zh: str
    state_en: str
    is_open: bool
    raised_at: datetime
    raised_by_post: str
    due_on: date
    due_is_provisional: bool
    days_over: int
    handler_post: str
    closed_at: datetime | None
    version: int
    outcome: str = ""
    satisfaction: str = ""

    @property
    def outcome_name(self) -> str:
        """What the newest resolution says; empty before one."""
        return _said(_OUTCOMES.get(self.outcome), self.outcome)

    @property
    def satisfaction_name(self) -> str:
        """How content whoever raised it was; empty before a visit."""
        return _said(ledger_of(self.ledger).satisfactions.get(self.satisfaction), self.satisfaction)

    @property
    def is_overdue(self) -> bool:
        return self.days_over > 0

    @property
    def unit_name(self) -> str:
        return self.unit_zh if formats.in_chinese() else self.unit_en

    @property
    def group_name(self) -> str:
        return self.group_zh if formats.in_chinese() else self.group_en

    @property
    def territory_name(self) -> str:
        return self.territory_zh if formats.in_chinese() else self.territory_en

    @property
    def state_name(self) -> str:
        return self.state_zh if formats.in_chinese() else self.state_en

    @property
    def level_name(self) -> str:
        """The level reached, as the ledger's column says it: L2 and who that is."""
        code = f"L{self.escalation_level}"
        return f"{code}{self.level_zh}" if formats.in_chinese() else f"{code} {self.level_en}"

    @property
    def source_name(self) -> str:
        """Where it came from: the ledger's word for a known source, else as written."""
        return _said(ledger_of(self.ledger).sources.get(self.source), self.source)

    @property
    def data_class_name(self) -> str:
        return str(DataClass(self.data_class).label)

    @property
    def is_sensitive(self) -> bool:
        """Whether not everybody within reach may read it, so that a page marks it."""
        return self.data_class > DataClass.INTERNAL

    @property
    def urgency_name(self) -> str:
        return _said(ledger_of(self.ledger).urgencies.get(self.urgency), self.urgency)


def with_names(found: "QuerySet[Matter]") -> "QuerySet[Matter]":
    """Matters with what their rows need, and no more columns than that."""
    return found.select_related(*RELATED).only(*_READ)


def row_of(matter: Matter, today: date | None = None) -> MatterRow:
    """The row of a matter read ``with_names``, or whole with ``RELATED``."""
    ledger = ledger_of(matter.ledger)
    state = ledger.state(matter.state)
    day = today or clock.today()
    level = ledger.ladder.level(matter.level)
    runs = matter.state in ledger.running_states
    return MatterRow(
        id=matter.pk,
        number=matter.number,
        ledger=matter.ledger,
        title=matter.title,
        description=matter.description,
        source=matter.source,
        urgency=matter.urgency,
        data_class=matter.data_class,
        group_id=matter.group_id,
        group_zh=matter.group.name_zh,
        group_en=matter.group.name_en,
        unit_id=matter.unit_id,
        unit_zh=matter.unit.name_zh,
        unit_en=matter.unit.name_en,
        territory_id=matter.territory_id,
        territory_zh=matter.territory.name_zh if matter.territory else "",
        territory_en=matter.territory.name_en if matter.territory else "",
        indicator_id=matter.indicator_id,
        indicator_code=matter.indicator.code if matter.indicator else "",
        escalation_level=matter.level,
        level_zh=level.name_zh,
        level_en=level.name_en,
        level_due_on=matter.level_due_on,
        state=matter.state,
        state_zh=state.name_zh,
        state_en=state.name_en,
        is_open=state.is_open,
        raised_at=matter.raised_at,
        raised_by_post=matter.raised_by_post,
        due_on=matter.due_on,
        due_is_provisional=matter.due_is_provisional,
        days_over=max((day - matter.due_on).days, 0) if runs else 0,
        handler_post=matter.handler_post,
        closed_at=matter.closed_at,
        version=matter.version,
        outcome=matter.outcome,
        satisfaction=matter.satisfaction,
    )


def _said(words: Said | None, fallback: str) -> str:
    return fallback if words is None else say(words)
