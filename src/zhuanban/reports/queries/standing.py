"""Reports as they stand: the list, one report with its text and what the office wrote in it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from zhuanban.kit.documents.keeping import document_of, kept
from zhuanban.kit.documents.model import Document
from zhuanban.kit.documents.plain_text import plain_text
from zhuanban.people.access import Viewer
from zhuanban.reports.briefs.editing import Passage, figures_unknown, passages
from zhuanban.reports.briefs.monthly_analysis import compose
from zhuanban.reports.frozen import is_intact, paper_of, text_of
from zhuanban.reports.models import Report
from zhuanban.reports.queries.monthly import monthly_facts
from zhuanban.reports.queries.reach import seen


@dataclass(frozen=True)
class Rewritten:
    """What the office wrote in place of a paragraph: ``moved_on`` where the composed words are others by now,
    ``unknown`` the numbers in it that the figures do not say."""

    text: str
    by_post: str
    moved_on: bool
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """A report with its text. ``intact``: None before it is issued."""

    report: Report
    text: Document
    passages: tuple[Passage, ...]
    rewritten: dict[str, Rewritten]
    hands: frozenset[int]
    intact: bool | None


def reports(*, viewer: Viewer) -> "QuerySet[Report]":
    """The reports that the viewer sees, newest month first, without their texts."""
    return Report.objects.filter(seen(viewer)).defer("composed", "body", "words")


def report(*, viewer: Viewer, report_id: int) -> Standing | None:
    """One report with its text; None where there is none or the viewer does not see it. One query, two once issued."""
    found = Report.objects.filter(seen(viewer), pk=report_id).select_related("corrects").first()
    if found is None:
        return None
    composed = document_of(found.composed)
    words, standing = json.loads(found.words), {each.key: each.text for each in passages(composed)}
    return Standing(
        report=found,
        text=document_of(found.body) if found.body else text_of(found),
        passages=passages(composed),
        rewritten={
            key: Rewritten(
                each["text"], each["by"], standing.get(key) != each["composed"], figures_unknown(each["text"], composed)
            )
            for key, each in words.items()
        },
        hands=frozenset(json.loads(found.hands)),
        intact=is_intact(found) if found.body else None,
    )


def waiting_reports(*, viewer: Viewer, states: Sequence[str]) -> tuple[Report, ...]:
    """Those under way in some states, oldest first. One query."""
    return tuple(reports(viewer=viewer).filter(state__in=states).order_by("made_at"))


def findable_reports(*, viewer: Viewer) -> tuple[Report, ...]:
    """The issued reports that the viewer sees, newest first. One query."""
    return tuple(reports(viewer=viewer).filter(number__isnull=False)[:500])


def word_file(*, viewer: Viewer, report_id: int) -> bytes | None:
    """A report as a Word file; None where there is none or the viewer does not see it."""
    found = Report.objects.filter(seen(viewer), pk=report_id).first()
    return None if found is None else paper_of(found)


def says_the_same(*, viewer: Viewer, report: Report) -> tuple[str, ...]:
    """The lines in which the report composed again, from what was known at its moment, differs; empty where it is equal.

    ``viewer`` must reach the whole zone, as whoever composed it did.
    """
    facts = monthly_facts(viewer=viewer, year=report.year, month=report.month, as_known=report.known_at)
    again = compose(facts)
    if kept(again) == report.composed:
        return ()
    then, now = plain_text(document_of(report.composed)).splitlines(), plain_text(again).splitlines()
    return tuple(line for line in then if line not in now) or tuple(line for line in now if line not in then)
