"""The office reminds units that have not signed: the ones it picks, each once a day, with a trace of who reminded whom."""

from collections.abc import Iterable
from dataclasses import dataclass

from zhuanban.calc.words import Words
from zhuanban.filings.models import Filing, UnitReminder
from zhuanban.filings.queries.overdue import unsigned_mandatory
from zhuanban.filings.queries.reach import acted_on, seen
from zhuanban.filings.services.telling import KIND, named, who_acts
from zhuanban.kit import clock
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer, system_viewer
from zhuanban.people.models import Unit
from zhuanban.people.queries import everybody
from zhuanban.people.services import notify
from zhuanban.trail.services import work

AT_MOST_NAMED = 3


@dataclass(frozen=True)
class Reminded:
    """What became of a round of reminders: units told, units that were told today already, filings that need none."""

    units: tuple[Unit, ...]
    told_today: tuple[Unit, ...]
    needless: int


def remind_by_hand(*, filing_ids: Iterable[int], by: Viewer) -> Reminded:
    """Tell the posts of every unit concerned, in one notice, which of the chosen filings it has not signed.

    Left out: what is signed or locked by now, and units that were reminded by hand on the same day, whoever did it.
    Refuses ``filing_unknown`` where any of them is out of reach. Nothing is written where nobody is to be told.
    """
    chosen, today = set(filing_ids), clock.today()
    with work(by.actor, "手动催报"):
        found = list(Filing.objects.select_for_update(of=("self",)).filter(seen(by), acted_on(by, "filings.receive"), pk__in=chosen).order_by("id"))
        if len(found) != len(chosen):
            raise Refusal("filing_unknown", status=404)
        owing = Filing.objects.filter(unsigned_mandatory(), pk__in=chosen, lock_on__gt=today).select_related("unit", "group")
        by_unit: dict[Unit, list[Filing]] = {}
        for filing in owing.defer("compiled").order_by("unit__position", "unit_id", "group__position", "id"):
            by_unit.setdefault(filing.unit, []).append(filing)
        # Two rounds at once for filings of one unit wait for each other here.
        list(Unit.objects.select_for_update().filter(pk__in=[unit.pk for unit in by_unit]))
        told = set(UnitReminder.objects.filter(on=today, unit__in=by_unit).values_list("unit_id", flat=True))
        for unit, filings in by_unit.items():
            if unit.pk not in told:
                _remind(unit, filings, by)
    return Reminded(
        tuple(unit for unit in by_unit if unit.pk not in told), tuple(unit for unit in by_unit if unit.pk in told),
        len(chosen) - sum(map(len, by_unit.values())),
    )  # fmt: skip


def _remind(unit: Unit, filings: list[Filing], by: Viewer) -> None:
    now, today = clock.now(), clock.today()
    for filing in filings:
        UnitReminder.objects.create(filing=filing, unit=unit, on=today, at=now, by_post=by.signature)
    people = everybody(viewer=system_viewer("filings"))
    users = {user for each in filings for action in ("filings.compile", "filings.sign") for user in who_acts(people, each, action)}
    first = filings[0]
    year_month = f"{first.year}-{first.month:02d}"
    notify(
        kind=KIND, key=f"unit:{unit.pk}:reminded:{today.isoformat()}", subject=f"unit:{unit.pk}:reminded", users=users,
        text=_words(filings),
        url=f"/filings/{first.pk}/" if len(filings) == 1 else f"/filings/?month={year_month}",
    )  # fmt: skip


def _words(filings: list[Filing]) -> Words:
    """What is missing, by group where a unit files for several."""
    first, name = filings[0], named(filings[0])
    groups_zh, groups_en = ([getattr(each.group, column) for each in filings[:AT_MOST_NAMED]] for column in ("name_zh", "name_en"))
    several = len(filings) > 1
    zh = f"（{'、'.join(groups_zh)}{'等' if len(filings) > AT_MOST_NAMED else ''}）" if several else ""
    en = f" ({', '.join(groups_en)})" if several else ""
    until = max(each.dates.until for each in filings)
    return Words(
        f"专班办公室催报：{name.zh}{zh}尚未签字，应于{until.month}月{until.day}日前报送",
        f"The office reminds you: {name.en}{en} is not signed; it was to be filed by {until.isoformat()}"
        if first.late_on <= clock.today()
        else f"The office reminds you: {name.en}{en} is not signed; due by {until.isoformat()}",
    )
