"""Reports of the office in words: the list, one report with its steps, to-dos and what the search finds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from zhuanban.kit import clock, formats
from zhuanban.kit.documents.pdf import libreoffice
from zhuanban.kit.registries import Todo
from zhuanban.kit.searching import Hit, Query, fitting
from zhuanban.people.access import Viewer
from zhuanban.reports import queries
from zhuanban.reports.frozen import number_words
from zhuanban.reports.models import Report
from zhuanban.reports.presenters.paper import ShownDocument, shown
from zhuanban.reports.queries import Standing

_STATES: dict[str, Any] = {
    Report.State.DRAFT.value: pgettext_lazy("report", "draft"),
    Report.State.REVIEW.value: pgettext_lazy("report", "under review"),
    Report.State.ISSUED.value: pgettext_lazy("report", "issued"),
    Report.State.SUPERSEDED.value: pgettext_lazy("report", "superseded"),
    Report.State.WITHDRAWN.value: pgettext_lazy("report", "withdrawn"),
}
_KIND = gettext_lazy("Report")


@dataclass(frozen=True)
class Listed:
    """A report as the list shows it."""

    id: int
    month: str
    number: str
    state_key: str
    state: str
    known_on: date
    issued_on: date | None
    issued_by: str
    certificate: str


def listed(report: Report) -> Listed:
    return Listed(
        id=report.pk,
        month=f"{report.year}-{report.month:02d}",
        number=number_words(report.number_year, report.number),
        state_key=report.state,
        state=state_words(report.state),
        known_on=clock.shanghai(report.known_at).date(),
        issued_on=clock.shanghai(report.issued_at).date() if report.issued_at else None,
        issued_by=report.issued_by_post,
        certificate=report.certificate,
    )


def state_words(state: str) -> str:
    return str(_STATES[state])


def state_choices() -> list[tuple[str, str]]:
    return [("", _("All")), *((key, str(words)) for key, words in _STATES.items())]


def tabs(viewer: Viewer, current: str) -> list[dict[str, Any]]:
    """The two pages of analyses; none where the reader has only one of them."""
    if not (viewer.can("reports.monthly") and viewer.can("reports.view")):
        return []
    pages = (("monthly", _("As the figures stand"), "reports:monthly"), ("list", _("Reports of the office"), "reports:list"))
    return [{"label": label, "url": reverse(address), "current": key == current} for key, label, address in pages]


def title_of(report: Report) -> str:
    """How pages name a report: by its number, else by its month."""
    month = f"{report.year}-{report.month:02d}"
    return number_words(report.number_year, report.number) or _("Analysis of %(month)s") % {"month": month}


def file_name(report: Report) -> str:
    """The name of its files, in Chinese as the text is."""
    number = number_words(report.number_year, report.number)
    return f"{report.year}年{report.month}月经济运行分析报告" + (f"（{number}）" if number else "（草稿）")


def standing(viewer: Viewer, found: Standing) -> dict[str, Any]:
    """What the page says of a report and lets the reader do with it."""
    report, state = found.report, Report.State(found.report.state)
    may_write, may_issue = viewer.can("reports.write"), viewer.can("reports.issue")
    return {
        "title": title_of(report),
        "state": state_words(state),
        "paper": _with_passages(found),
        "known_at": report.known_at,
        "steps": _steps(report),
        "history": _history(report),
        "writes": may_write and state == Report.State.DRAFT,
        "reviews": may_issue and state == Report.State.REVIEW,
        "wrote_it": viewer.user_id in found.hands,
        "withdraws": may_issue and state == Report.State.ISSUED,
        "checks": may_issue,
        "corrected": title_of(report.corrects) if report.corrects else "",
        "questions": [each for each in found.rewritten.values() if each.unknown or each.moved_on] if not report.body else [],
        "has_pdf": libreoffice() is not None,
        "is_under_way": state in (Report.State.DRAFT, Report.State.REVIEW),
        "ended": state in (Report.State.SUPERSEDED, Report.State.WITHDRAWN),
    }


def _with_passages(found: Standing) -> ShownDocument:
    """The paper, its paragraphs with the key under which they can be rewritten."""
    paper, keys = shown(found.text), iter(found.passages)
    for block in paper.blocks:
        if block.kind == "paragraph":
            passage = next(keys, None)
            block.passage = passage.key if passage else ""
            block.rewritten = found.rewritten.get(block.passage)
    return paper


def _steps(report: Report) -> list[dict[str, Any]]:
    """The way of a report: drafted, under review, issued, and how it ended."""
    reached = {
        Report.State.DRAFT: 0, Report.State.REVIEW: 1, Report.State.ISSUED: 2,
        Report.State.SUPERSEDED: 3, Report.State.WITHDRAWN: 3,
    }[Report.State(report.state)]  # fmt: skip
    stages: list[tuple[Any, Any]] = [
        (pgettext("report", "draft"), report.made_at),
        (pgettext("report", "under review"), report.submitted_at if reached else None),
        (pgettext("report", "issued"), report.issued_at),
    ]
    if reached == 3:
        stages.append((state_words(report.state), report.ended_at))
    return [
        {"label": label, "when": formats.date_words(clock.shanghai(at).date(), "short") if at else "", "done": place < reached or bool(report.body), "current": place == reached}
        for place, (label, at) in enumerate(stages)
    ]  # fmt: skip


def _history(report: Report) -> list[dict[str, Any]]:
    said = [
        (_("Drafted"), report.made_at, report.made_by_post, ""),
        (_("Handed over for review"), report.submitted_at, report.submitted_by_post, ""),
        (_("Issued"), report.issued_at, report.issued_by_post, report.certificate),
        (state_words(report.state), report.ended_at, report.ended_by_post, report.end_reason),
    ]
    return [{"what": what, "at": at, "who": who, "text": text} for what, at, who, text in reversed(said) if at]


def todos(viewer: Viewer) -> Iterator[Todo]:
    """Drafts to finish for whoever writes, drafts to review for whoever issues."""
    if viewer.can("reports.write"):
        yield from _todos(viewer, Report.State.DRAFT, gettext_lazy("Go on writing"))
    if viewer.can("reports.issue"):
        yield from _todos(viewer, Report.State.REVIEW, pgettext_lazy("report", "Review"))


def _todos(viewer: Viewer, state: Report.State, verb: Any) -> Iterator[Todo]:
    for report in queries.waiting_reports(viewer=viewer, states=(state.value,)):
        note = report.returned_reason[:60] or state_words(report.state)
        yield Todo(kind=_KIND, title=title_of(report), url=reverse("reports:report", args=[report.pk]), verb=verb, note=note)


def search(viewer: Viewer, query: Query) -> Iterator[Hit]:
    """Issued reports by number and month."""
    if not viewer.can("reports.view"):
        return iter(())
    return fitting(query, (
        (
            (each.number, each.month, each.certificate, "经济运行分析报告"),
            Hit(each.number, reverse("reports:report", args=[each.id]), f"{each.month} · {each.state}"),
        )
        for each in map(listed, queries.findable_reports(viewer=viewer))
    ))  # fmt: skip
