"""Accounts from a sheet: a sample, what was read, and making them all at once."""

import dataclasses
from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuanban.kit import clock
from zhuanban.kit.downloads import download
from zhuanban.kit.idempotency import once
from zhuanban.kit.policy import policy
from zhuanban.kit.refusals import Refusal
from zhuanban.kit.spreadsheets.tables import Column, OutTable
from zhuanban.kit.spreadsheets.writer import workbook_bytes
from zhuanban.kit.uploads import Door
from zhuanban.people import queries, services
from zhuanban.people.access import viewer_in
from zhuanban.people.roster import RosterRow
from zhuanban.site.accounts import show_links

_SALT = "zhuanban.site.account_import"


@policy("people.accounts")
@require_http_methods(["GET", "POST"])
@once
def read(request: HttpRequest) -> HttpResponse:
    """Read a sheet and show what it asks for; nothing is made yet."""
    rows: list[RosterRow] = []
    problems: list[dict[str, str]] = []
    if request.method == "POST":
        try:
            rows = _read(request)
        except Refusal as refusal:
            problems = [{"where": each.where, "sentence": each.sentence} for each in refusal.problems]
    context = {
        "rows": rows, "problems": problems, "sealed": _sealed(rows, request) if rows else "",
        "accept": Door.FIGURES.accept, "megabytes": Door.FIGURES.max_megabytes,
        "breadcrumbs": [{"label": _("Accounts"), "url": reverse("accounts")}, {"label": _("From a sheet")}],
    }  # fmt: skip
    return render(request, "site/account_import.html", context, status=422 if problems else 200)


@policy("people.accounts")
@require_POST
@once
def make(request: HttpRequest) -> HttpResponse:
    """Make the accounts that were shown, all or none."""
    viewer = viewer_in(request)
    users = services.create_accounts(rows=_opened(request), by=viewer)
    show_links(request, [(user.pk, user.username) for user in users])
    messages.success(request, _("Accounts made: %(count)s.") % {"count": len(users)})
    return redirect("accounts")


@policy("people.accounts")
@require_GET
def sample(request: HttpRequest) -> HttpResponse:
    """An empty list, and a second sheet with every unit and post to copy from."""
    posts = queries.posts(viewer=viewer_in(request))
    tables = [
        OutTable(
            "账号清单", [Column("登录名", width=20), Column("单位", width=28), Column("岗位", width=36), Column("开始日期", "date", width=14)],
            [], sheet_name="账号清单",
        ),
        OutTable(
            "单位和岗位", [Column("单位", width=28), Column("岗位", width=36)],
            [(post.unit.name_zh, post.name_zh) for post in posts], sheet_name="单位和岗位",
        ),
    ]  # fmt: skip
    return download(workbook_bytes(tables, made_at=clock.now()), "accounts.xlsx")


def _read(request: HttpRequest) -> list[RosterRow]:
    upload = request.FILES.get("file")
    if upload is None:
        raise Refusal("sheet_missing")
    content = upload.read(Door.FIGURES.max_bytes + 1)
    return services.read_accounts(file_name=upload.name or "", content=content, by=viewer_in(request))


def _sealed(rows: list[RosterRow], request: HttpRequest) -> str:
    """What was shown, so that just this is made; for this account and an hour."""
    values: list[Any] = [{**dataclasses.asdict(row), "since": row.since.isoformat()} for row in rows]
    return signing.dumps([viewer_in(request).user_id, values], salt=_SALT, compress=True)


def _opened(request: HttpRequest) -> list[RosterRow]:
    try:
        owner, values = signing.loads(request.POST.get("sealed", ""), salt=_SALT, max_age=3600)
    except signing.BadSignature as bad:
        raise Refusal("roster_stale", status=409) from bad
    if owner != viewer_in(request).user_id:
        raise Refusal("roster_stale", status=409)
    return [RosterRow(**{**each, "since": date.fromisoformat(each["since"])}) for each in values]
