"""More time for a filing: a unit asks with a reason before it is late, the office grants or declines."""

from datetime import date, timedelta
from typing import Any

from zhuanban.calc.words import Words
from zhuanban.calc.working_days import after_working_days
from zhuanban.filings.kinds.cadence import extended
from zhuanban.filings.models import Extension, Filing
from zhuanban.filings.queries import cadence_of
from zhuanban.filings.queries.cadences import cadences
from zhuanban.filings.services.changing import change, filing_for, not_signed_now, same_version
from zhuanban.filings.services.telling import KIND, named, who_acts
from zhuanban.kit import clock, formats
from zhuanban.kit.refusals import Problem, Refusal
from zhuanban.people.access import Viewer, system_viewer
from zhuanban.people.queries import everybody, working_calendar
from zhuanban.people.services import notify
from zhuanban.trail.services import work

MOST_WORKING_DAYS = 10
"""So far behind the day a unit has now may the new one lie; the product's default, so that a month's filing comes before
the next one is due."""


def ask_extension(*, filing_id: int, by: Viewer, version: int, until: date, reason: str) -> Extension:
    """The unit asks the office for time through ``until`` and says why. The dates stay as they are until the answer.

    Refuses ``filing_unknown``, ``filing_not_yours``, ``filing_signed_already``, ``filing_extension_optional`` for one
    that nobody must file, ``filing_extension_sent_back`` for one that was signed before, ``filing_extension_waits``
    while an earlier request has no answer, ``filing_extension_late`` from the morning on which the filing is late,
    ``stale_version``; then all at once ``required`` for the reason, ``filing_extension_not_later`` and
    ``filing_extension_too_far`` for the day.
    """
    with work(by.actor, "申请报送延期"):
        filing = filing_for(filing_id, by, "filings.compile")
        not_signed_now(filing)
        _may_be_asked(filing)
        same_version(filing, version)
        reason = reason.strip()
        missing = [] if reason else [Problem("required", where="reason")]
        if problems := missing + _day_problems(filing, until, "until"):
            raise Refusal.of(problems)
        change(filing)
        made = Extension.objects.create(
            filing=filing, until=until, reason=reason, asked_at=clock.now(), asked_by_id=by.user_id, asked_by_post=by.signature
        )
        _tell(filing, "filings.receive", f"asked:{made.pk}", Words(f"申请延期至{until.month}月{until.day}日，请答复", f"asks for more time until {until.isoformat()}"))
    return made


def _may_be_asked(filing: Filing) -> None:
    if not cadences()[filing.cadence].is_mandatory:
        raise Refusal("filing_extension_optional", status=409)
    if filing.first_signed_on is not None:
        raise Refusal("filing_extension_sent_back", status=409, when=formats.date_words(filing.lock_on))
    if Extension.objects.filter(filing=filing, state=Extension.State.WAITING).exists():
        raise Refusal("filing_extension_waits", status=409)
    if clock.today() >= filing.late_on:
        raise Refusal("filing_extension_late", status=409, when=formats.date_words(filing.late_on))


def _day_problems(filing: Filing, until: date, where: str) -> list[Problem]:
    """Later than the day the unit has anyway, and not too far behind it."""
    now = filing.dates.until
    most = after_working_days(now, MOST_WORKING_DAYS, working_calendar()).on
    if until <= filing.late_on - timedelta(days=1) or until < clock.today():
        return [Problem("filing_extension_not_later", where=where, facts={"day": formats.date_words(filing.late_on - timedelta(days=1))})]
    if until > most:
        return [Problem("filing_extension_too_far", where=where, facts={"day": formats.date_words(most), "days": MOST_WORKING_DAYS})]
    return []


def answer_extension(
    *, filing_id: int, by: Viewer, version: int, granted: bool, answer: str = "", until: date | None = None
) -> Filing:
    """The office answers what waits: granted, the filing is in time through ``until`` (the day asked for unless
    another is given) and locked as much later; declined, its dates stay. A decline says why.

    What was granted is never late before that day, and the rates of timeliness count it as in time. A reminder comes
    again before the new day. Refuses ``filing_extension_gone`` where nothing waits any more,
    ``filing_extension_own`` for whoever asked himself, ``required`` for a decline without a reason, the day as
    ``ask_extension``, and as ``receive_filing``.
    """
    with work(by.actor, "答复报送延期"):
        filing = filing_for(filing_id, by, "filings.receive")
        waiting = Extension.objects.select_for_update().filter(filing=filing, state=Extension.State.WAITING).first()
        if waiting is None:
            raise Refusal("filing_extension_gone", status=409)
        if by.user_id is not None and waiting.asked_by_id == by.user_id:
            raise Refusal("filing_extension_own", status=403)
        same_version(filing, version)
        answer, until = answer.strip(), until or waiting.until
        problems = _day_problems(filing, until, "until") if granted else [] if answer else [Problem("required", where="answer")]
        if problems:
            raise Refusal.of(problems)
        _answered(waiting, Extension.State.GRANTED if granted else Extension.State.DECLINED, by.signature, answer, until if granted else None)
        change(filing, **(_more_time(filing, until) if granted else {}))
        _tell(filing, "filings.compile", f"answered:{waiting.pk}", _answer_words(granted, until), also="filings.sign")
    return filing


def _more_time(filing: Filing, until: date) -> dict[str, Any]:
    cadence = cadence_of(key=filing.cadence, covered=filing.covered)
    dates = extended(cadence, filing.dates, until, working_calendar())
    return {
        "extended_to": until, "late_on": dates.late_on, "lock_on": dates.lock_on,
        "reminded_on": None, "overdue_said_on": None,
    }  # fmt: skip


def lapse_extension(filing: Filing) -> None:
    """What was asked needs no answer any more once the filing is signed. Inside the caller's work."""
    for waiting in Extension.objects.filter(filing=filing, state=Extension.State.WAITING):
        _answered(waiting, Extension.State.LAPSED, "", "", None)


def _answered(waiting: Extension, state: Extension.State, post: str, answer: str, until: date | None) -> None:
    waiting.state, waiting.answered_at, waiting.answered_by_post = state, clock.now(), post
    waiting.answer, waiting.granted_until = answer, until
    waiting.save(update_fields=["state", "answered_at", "answered_by_post", "answer", "granted_until"])


def _answer_words(granted: bool, until: date) -> Words:
    if granted:
        return Words(f"同意延期至{until.month}月{until.day}日", f"more time granted until {until.isoformat()}")
    return Words("延期申请未获同意，按原日期报送", "the request for more time was declined, the day stays")


def _tell(filing: Filing, action: str, key: str, said: Words, *, also: str = "") -> None:
    people, name = everybody(viewer=system_viewer("filings")), named(filing)
    told = who_acts(people, filing, action) | (who_acts(people, filing, also) if also else set())
    notify(
        kind=KIND, key=f"filing:{filing.pk}:extension:{key}", subject=f"filing:{filing.pk}:extension", users=told,
        text=Words(f"{name.zh}：{said.zh}", f"{name.en}: {said.en}"), url=f"/filings/{filing.pk}/",
    )  # fmt: skip
