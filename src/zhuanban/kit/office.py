"""What the office sets: numbers with a history, each room's its own, changed on one page with a preview.

A room describes its numbers with ``DatedSettings`` and adds a source of them to ``office_settings`` in ``apps.py``; the
room ``plans`` draws the pages.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Protocol

from django.utils.translation import gettext as _

from zhuanban.calc.words import Words
from zhuanban.calc.working_days import WorkingCalendar
from zhuanban.kit.dated import demand_sayable
from zhuanban.kit.refusals import Problem, Refusal
from zhuanban.kit.registries import Registry

PRODUCT_DEFAULT = "product_default"
"""The authority of numbers that nobody has decided yet."""


@dataclass(frozen=True)
class Setting:
    """One number, or one of a few choices. ``least`` and ``most`` are allowed themselves."""

    key: str
    name: Words
    measure: Words = Words("", "")
    least: Decimal = Decimal(0)
    most: Decimal = Decimal(0)
    decimals: int = 0
    choices: tuple[tuple[str, Words], ...] = ()


@dataclass(frozen=True)
class SettingVersion:
    """The numbers from a day on, as text; without a day they are the product's defaults."""

    values: Mapping[str, str]
    in_force_from: date | None
    authority: str
    reason: str = ""


@dataclass(frozen=True)
class Effect:
    """One thing that a change would make different: what, how it stands, how it would stand."""

    subject: str
    before: str
    after: str
    url: str = ""


@dataclass(frozen=True)
class Preview:
    """What a change would do. ``note`` says over what it was worked out, and what stays as it is."""

    effects: tuple[Effect, ...]
    note: str


class Write(Protocol):
    """Begins a version with sound values. Refusals of the room pass through."""

    def __call__(self, values: Mapping[str, str], *, since: date, authority: str, reason: str, by: Any) -> None: ...


class Withdraw(Protocol):
    """Takes back the version that was to begin on a day ahead. Refusals: not_allowed, setting_begun, setting_gone."""

    def __call__(self, *, since: date, by: Any) -> None: ...


def _nothing_more(values: Mapping[str, str]) -> None:
    del values


@dataclass(frozen=True)
class DatedSettings:
    """Numbers that change together.

    ``key`` stands in the address. ``versions()`` are newest first, the product's defaults last. ``preview(viewer,
    values, since)`` writes nothing. ``also`` refuses numbers that do not go together.
    """

    key: str
    section: Any
    name: Words
    explains: Any
    settings: tuple[Setting, ...]
    versions: Callable[[], list[SettingVersion]]
    preview: Callable[[Any, Mapping[str, str], date], Preview]
    write: Write
    withdraw: Withdraw
    also: Callable[[Mapping[str, str]], None] = _nothing_more

    def in_force(self, day: date) -> SettingVersion:
        """The version of a day."""
        return next(each for each in self.versions() if each.in_force_from is None or each.in_force_from <= day)

    def try_out(
        self, *, viewer: Any, values: Mapping[str, str], since: date, authority: str, reason: str
    ) -> Preview:
        """What a change would do. Refusals: as ``change``."""
        return self.preview(viewer, self._sound(values, since, authority, reason), since)

    def change(self, *, by: Any, values: Mapping[str, str], since: date, authority: str, reason: str) -> None:
        """Begin a version. Refusals: not_allowed, since_past, required, and those of ``demand_values`` and the room."""
        sound = self._sound(values, since, authority, reason)
        self.write(sound, since=since, authority=authority, reason=reason, by=by)

    def _sound(self, values: Mapping[str, str], since: date, authority: str, reason: str) -> dict[str, str]:
        demand_sayable(since=since, authority=authority, reason=reason)
        sound = demand_values(self.settings, values, self.in_force(since).values)
        self.also(sound)
        return sound


def demand_values(settings: Iterable[Setting], values: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """The values as stored, each within its bounds, at least one another than now.

    Refusals: those of ``problem_of``, all of them at once, and settings_unchanged.
    """
    given = [(setting, values.get(setting.key, "").strip()) for setting in settings]
    problems = [problem for setting, text in given if (problem := problem_of(setting, text))]
    if problems:
        raise Refusal.of(problems)
    sound = {setting.key: text if setting.choices else as_text(Decimal(text)) for setting, text in given}
    if all(now.get(name) == value for name, value in sound.items()):
        raise Refusal("settings_unchanged", status=409)
    return sound


def problem_of(setting: Setting, text: str) -> Problem | None:
    """What is wrong with one value as typed. Codes: setting_not_a_number, setting_outside, choice_unknown."""
    if setting.choices:
        known = text in dict(setting.choices)
        return None if known else Problem("choice_unknown", {}, setting.key)
    try:
        value = Decimal(text)
    except ArithmeticError:
        return Problem("setting_not_a_number", {"text": text[:20]}, setting.key)
    fine = value.is_finite() and setting.least <= value <= setting.most
    if fine and value == round(value, setting.decimals):
        return None
    facts = {"least": as_text(setting.least), "most": as_text(setting.most), "decimals": setting.decimals}
    return Problem("setting_outside", facts, setting.key)


office_settings: Registry[Callable[[], Iterable[DatedSettings]]] = Registry()
"""Sources of the office's numbers, one per room."""


def versions_of(rows: Iterable[Any], defaults: Mapping[str, Any]) -> list[SettingVersion]:
    """Stored versions as the page shows them, newest first, on top of the product's defaults."""
    base = {name: as_text(value) for name, value in defaults.items()}
    found = [
        SettingVersion(
            {**base, **{name: as_text(value) for name, value in row.parameters.items() if name in base}},
            row.in_force_from, row.authority, row.reason,
        )
        for row in sorted(rows, key=lambda row: row.in_force_from, reverse=True)
    ]  # fmt: skip
    return [*found, SettingVersion(base, None, PRODUCT_DEFAULT)]


def as_text(value: Any) -> str:
    """A stored number as it is typed: 5.0 and "5.00" read 5, no exponent."""
    try:
        exact = Decimal(str(value))
    except ArithmeticError:
        return str(value)
    plain = exact.quantize(Decimal(1)) if exact == exact.to_integral_value() else exact.normalize()
    return f"{plain:f}"


@dataclass(frozen=True)
class CountedInWorkingDays:
    """What a room has open with a day that was counted in working days, and how it follows a changed calendar.

    ``moved(viewer, before, after)`` says which days that the viewer may see would change; ``move(before, after, by)``
    changes them all, inside the caller's work.
    """

    moved: Callable[[Any, WorkingCalendar, WorkingCalendar], list[Effect]]
    move: Callable[[WorkingCalendar, WorkingCalendar, Any], None]


counted_in_working_days: Registry[CountedInWorkingDays] = Registry()
"""What follows the office's calendar, room by room."""


def authority_words(authority: str) -> str:
    """Who says so: the document as stored, or that it is the product's own default."""
    return _("the product's defaults") if authority == PRODUCT_DEFAULT else authority
