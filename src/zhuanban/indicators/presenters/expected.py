"""The calendar of expected figures as its page, its file and the workbench show it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from zhuanban.indicators import queries
from zhuanban.indicators.presenters.wording import period_title
from zhuanban.indicators.queries import ExpectedFigure
from zhuanban.kit import clock, formats
from zhuanban.kit.registries import Todo
from zhuanban.people.access import Viewer

SHORTLY = 7
"""So many days before its day a figure stands on the workbench."""
_NAMED = 3


@dataclass(frozen=True)
class ShownExpected:
    """One row of the calendar."""

    of: ExpectedFigure

    @property
    def id(self) -> int:
        return self.of.indicator.pk

    @property
    def code(self) -> str:
        return self.of.indicator.code

    @property
    def name(self) -> str:
        return self.of.indicator.name

    @property
    def period(self) -> str:
        return period_title(self.of.period)

    @property
    def closing(self) -> str:
        """The month on whose board the figure stands, as addresses write it."""
        return f"{self.of.period.year}-{self.of.period.last_month:02d}"

    @property
    def unit(self) -> str:
        return self.of.unit.name

    @property
    def group(self) -> str:
        return self.of.group.name if self.of.group else ""

    @property
    def due_on(self) -> date:
        return self.of.due_on

    @property
    def was_moved(self) -> bool:
        return self.of.due_on != self.of.nominal_on

    @property
    def arrived_on(self) -> date | None:
        return self.of.arrived_on

    @property
    def state(self) -> str:
        return self.of.state

    @property
    def state_word(self) -> str:
        return state_word(self.of.state)

    @property
    def measure(self) -> str:
        return formats.measure_words(self.of.indicator.measure)

    @property
    def source(self) -> str:
        return self.of.indicator.source


def state_word(state: str) -> str:
    """What has come of an expected figure, in the reader's language."""
    return {
        "overdue": pgettext("expected", "overdue"), "awaited": pgettext("expected", "not due yet"),
        "late": pgettext("expected", "arrived late"), "arrived": pgettext("expected", "arrived"),
        "not_begun": pgettext("expected", "never reported so far"),
    }[state]  # fmt: skip


def todos(viewer: Viewer) -> Iterator[Todo]:
    """What whoever imports figures owes: one line for all that is overdue, one for each day that is near."""
    if viewer.user_id is None or not viewer.can("figures.import"):
        return
    scope = viewer.scope("figures.import")
    owed = [
        each for each in queries.owed_figures(viewer=viewer, as_known=None)
        if scope.allows(group=each.group.pk if each.group else None, unit=each.unit.pk)
    ]  # fmt: skip
    late = [each for each in owed if each.state == "overdue"]
    near = [each for each in owed if each.state == "awaited" and (each.due_on - each.today).days <= SHORTLY]
    for state, found in (("overdue", late), ("awaited", near)):
        ordered = sorted(found, key=lambda each: each.due_on)
        yield from (_todo(state, list(of_day)) for _day, of_day in groupby(ordered, key=lambda each: each.due_on))


def _todo(state: str, figures: list[ExpectedFigure]) -> Todo:
    due, count = figures[0].due_on, len(figures)
    title = (
        ngettext("%(count)s figure has not come", "%(count)s figures have not come", count)
        if state == "overdue"
        else ngettext("%(count)s figure is to come", "%(count)s figures are to come", count)
    ) % {"count": count}
    month = figures[0].nominal_on
    return Todo(
        kind=pgettext("to-do", "Figures"),
        title=title,
        url=f"{reverse('indicators:expected')}?month={month.year}-{month.month:02d}&state={state}",
        verb=pgettext("to-do", "Import"),
        due_at=datetime.combine(due, time(23, 59), tzinfo=clock.SHANGHAI),
        note=_names(figures),
    )


def _names(figures: Iterable[ExpectedFigure]) -> str:
    names = [each.indicator.name for each in figures]
    shown = pgettext("list", ", ").join(names[:_NAMED])
    return shown if len(names) <= _NAMED else _("%(names)s and others") % {"names": shown}
