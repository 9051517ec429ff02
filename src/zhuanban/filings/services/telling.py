"""Telling the office that a filing came, and the unit what became of it."""

from typing import Any

from zhuanban.calc.words import Words
from zhuanban.filings.kinds.cadence import covered_words
from zhuanban.filings.models import Filing
from zhuanban.filings.queries import cadence_of
from zhuanban.filings.queries.reach import may_on
from zhuanban.people.access import system_viewer
from zhuanban.people.queries import Everybody, everybody
from zhuanban.people.services import notify

KIND = "filing"
_SAID = {
    Filing.State.SIGNED: Words("已签发，请接收", "signed, to be received"),
    Filing.State.RECEIVED: Words("已接收", "received"),
    Filing.State.SENT_BACK: Words("已退回，请重新汇编", "sent back, compile it again"),
}


def on_filing_moved(payload: dict[str, Any]) -> None:
    """Answer the events of a filing that was signed, received or sent back, by how it stands when they are heard."""
    filing = Filing.objects.filter(pk=payload["filing"]).select_related("unit").first()
    if filing is None or filing.state not in _SAID:
        return
    people = everybody(viewer=system_viewer("filings"))
    action = "filings.receive" if filing.state == Filing.State.SIGNED else "filings.compile"
    told = who_acts(people, filing, action)
    notify(
        kind=KIND,
        key=f"filing:{filing.pk}:{filing.version}",
        subject=f"filing:{filing.pk}",
        users=told,
        text=_text(filing),
        url=f"/filings/{filing.pk}/",
    )


def named(filing: Filing) -> Words:
    """A filing by unit, month or week, and kind."""
    name, covered = cadence_of(key=filing.cadence, covered=filing.covered).name, covered_words(filing.covered)
    return Words(f"{filing.unit.name_zh}{covered.zh}{name.zh}", f"{name.en}, {covered.en}, {filing.unit.name_en}")


def who_acts(people: Everybody, filing: Filing, action: str) -> set[int]:
    """The accounts that ``action``, named as for monthly filings, lets act on a filing."""
    return {
        viewer.user_id
        for viewer in people.viewers
        if viewer.user_id is not None and may_on(viewer, action, filing)
    }


def _text(filing: Filing) -> Words:
    name, said = cadence_of(key=filing.cadence, covered=filing.covered).name, _SAID[Filing.State(filing.state)]
    covered = filing.covered.key
    return Words(
        f"{filing.unit.name_zh} {covered} {name.zh}{said.zh}", f"{filing.unit.name_en} {covered} {name.en}: {said.en}"
    )
