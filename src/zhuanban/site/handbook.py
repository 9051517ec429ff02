"""The handbook on the pages: every page's "?" opens the chapter that explains it."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET
from markdown_it import MarkdownIt

from zhuanban.kit.policy import public

DOCS = Path(__file__).resolve().parents[3] / "docs"
"""The documents of the checkout the site runs from."""

CHAPTERS = (
    ("sign_in", "01-sign-in"), ("account", "01-sign-in"), ("second_factor", "01-sign-in"), ("recovery_codes", "01-sign-in"),
    ("act", "01-sign-in"), ("end_session", "01-sign-in"), ("password_link", "01-sign-in"), ("home", "02-workbench"), ("changes", "02-workbench"), ("changes_seen", "02-workbench"), ("overview", "02-workbench"), ("followed", "02-workbench"), ("search", "02-workbench"), ("inbox", "02-workbench"),
    ("indicators:board", "03-board"), ("indicators:indicator", "04-indicator"), ("indicators:", "05-import"), ("indicators:target", "03-board"),
    ("indicators:group", "03-board"), ("indicators:unit", "03-board"), ("indicators:unowned", "03-board"),
    ("alerts:", "06-alerts"), ("matters:", "07-matters"), ("filings:", "08-filings"), ("reports:", "09-analysis"),
    ("audit", "10-auditor"), ("people:organisation", "11-organisation"), ("people:", "13-system"),
    ("security", "12-security"), ("grant", "12-security"), ("account_", "13-system"), ("accounts", "13-system"),
    ("system", "13-system"), ("list_view", "15-lists"), ("drafts", "15-lists"), ("plans:", "14-office"),
)  # fmt: skip
"""Beginnings of url names and the chapter about those pages; the longest one that fits counts."""


BESIDE = frozenset({"operate", "glossary", "refusals"})
"""Documents beside the handbook that its chapters lead to, in one language."""


LONGEST_NAME = 80


def chapter_of(url_name: str) -> str:
    """The chapter about a page; empty for a page that needs none."""
    fitting = [(len(beginning), chapter) for beginning, chapter in CHAPTERS if url_name.startswith(beginning)]
    return max(fitting)[1] if fitting else ""


def help_of(request: HttpRequest) -> str:
    """The address of the chapter about the page of a request; empty where there is none."""
    match = getattr(request, "resolver_match", None)
    chapter = chapter_of(match.view_name) if match and match.view_name else ""
    return reverse("help_chapter", args=[chapter]) if chapter and _file(chapter) else ""


def _file(chapter: str) -> Path | None:
    if len(chapter) > LONGEST_NAME:
        return None
    path = DOCS / f"{chapter}.md" if chapter in BESIDE else DOCS / "handbook" / _language() / f"{chapter}.md"
    return path if path.is_file() else None


def _language() -> str:
    return "en" if get_language() == "en" else "zh"


@dataclass(frozen=True)
class Chapter:
    """One chapter as shown: its title and its text as HTML."""

    name: str
    title: str
    text: SafeString


@public
@require_GET
def contents(request: HttpRequest) -> HttpResponse:
    """The handbook's first page: what to do, and where it is told."""
    return _page(request, "README")


@public
@require_GET
def chapter(request: HttpRequest, name: str) -> HttpResponse:
    """One chapter in the reader's language."""
    return _page(request, name)


def _page(request: HttpRequest, name: str) -> HttpResponse:
    path = _file(name)
    if path is None:
        raise Http404
    found = _read(path, path.stat().st_mtime_ns)
    crumbs: list[dict[str, Any]] = [{"label": _("Handbook"), "url": reverse("help")}]
    if name != "README":
        crumbs.append({"label": found.title})
    return render(request, "site/handbook.html", {"chapter": found, "breadcrumbs": crumbs})


@public
@require_GET
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """A picture of the handbook."""
    del request
    path = DOCS / "screenshots" / f"{name}.png"
    if len(name) > LONGEST_NAME or not path.is_file():
        raise Http404
    return HttpResponse(path.read_bytes(), content_type="image/png", headers={"Cache-Control": "public, max-age=3600"})


@lru_cache(maxsize=64)
def _read(path: Path, changed: int) -> Chapter:
    """A chapter of ours as HTML. HTML in its source is shown as text."""
    del changed
    source = path.read_text(encoding="utf-8")
    title = source.split("\n", 1)[0].lstrip("# ").strip()
    body = source.split("\n", 1)[1] if "\n" in source else ""
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(body)
    html = re.sub(r'src="\.\./\.\./screenshots/([a-z0-9-]+)\.png"', _picture, html)
    html = re.sub(r'href="(?:\.\./)*(?:zh/|en/|handbook/)*([0-9A-Za-z-]+)\.md(#[^"]*)?"', _link, html)
    html = html.replace("<table>", '<div class="zb-scroll" tabindex="0"><table>').replace("</table>", "</table></div>")
    return Chapter(path.stem, title, mark_safe(html))  # noqa: S308  (our own document, its HTML escaped)


def _picture(found: re.Match[str]) -> str:
    return f'loading="lazy" src="{reverse("help_picture", args=[found.group(1)])}"'


def _link(found: re.Match[str]) -> str:
    address = reverse("help") if found.group(1) == "README" else reverse("help_chapter", args=[found.group(1)])
    return f'href="{address}{found.group(2) or ""}"'
