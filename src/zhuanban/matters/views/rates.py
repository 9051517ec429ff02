"""The rates of the ledger, by unit, territory or group; each number leads to its list."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhuanban.calc.ledger_rates import LedgerTally, Share, total
from zhuanban.kit.lists.files import table_file
from zhuanban.kit.policy import policy
from zhuanban.matters import queries, services
from zhuanban.matters.forms import RatesForm
from zhuanban.matters.rates_table import RATES, by_words, rates_table
from zhuanban.matters.views.pages import LEDGER_KEY
from zhuanban.people.access import viewer_in


@policy("matters.view")
@require_GET
def rates(request: HttpRequest) -> HttpResponse:
    viewer = viewer_in(request)
    form = RatesForm(request.GET)
    by, since, until = form.asked()
    rows = queries.ledger_rates(viewer=viewer, ledger=LEDGER_KEY, by=by, since=since, until=until)
    if request.GET.get("file") in ("xlsx", "csv"):
        table = rates_table(rows, by=by, since=since, until=until, unit_of_report=viewer.label)
        services.note_export(by=viewer, count=sum(row.tally.accepted for row in rows), filters=table.sheet_name)
        return table_file(table, request.GET["file"])
    asked = {"since": since.isoformat(), "until": until.isoformat()}
    own = reverse("matters:rates")
    context = {
        "form": form,
        "errors": form.refusals,
        "by": by,
        "by_name": by_words(by),
        "since": since,
        "until": until,
        "ways": [
            {"label": by_words(way), "url": f"{own}?{urlencode({**asked, 'by': way})}", "current": way == by}
            for way in queries.BY
        ],
        "heads": [name for _attribute, _part, _whole, name in RATES],
        "rows": [{"name": row.name or _("None named"), **_cells(row.tally, asked, by, row.key)} for row in rows],
        "whole": _cells(total(row.tally for row in rows), asked, by, None) if len(rows) > 1 else None,
        "export_url": f"{own}?{urlencode({**asked, 'by': by, 'file': 'xlsx'})}",
        "breadcrumbs": [
            {"label": _("Matter ledger"), "url": reverse("matters:ledger")}, {"label": _("Rates"), "url": ""},
        ],
    }  # fmt: skip
    return render(request, "matters/rates.html", context, status=422 if form.refusals else 200)


def _cells(tally: LedgerTally, asked: dict[str, str], by: str, key: int | None) -> dict[str, Any]:
    """The counts and rates of a line, each count with the address of its list."""

    def listed(part: str) -> str:
        place = {by: str(key)} if key is not None else {}
        return f"{reverse('matters:ledger')}?{urlencode({'state': '', **place, 'part': part, **asked})}"

    return {
        "accepted": tally.accepted,
        "accepted_url": listed("accepted"),
        "rates": [
            _rate(getattr(tally, attribute), name, listed(part), listed(whole)) for attribute, part, whole, name in RATES
        ],
        "explained": tally.explained,
        "explained_url": listed("explained"),
    }


def _rate(share: Share, name: Any, part_url: str, whole_url: str) -> dict[str, Any]:
    return {"name": name, "share": share, "part_url": part_url, "whole_url": whole_url}
