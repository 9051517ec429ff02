"""The calendar of expected figures: who owes which figure when."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from zhuanban.calc.periods import Period, months_earlier
from zhuanban.indicators import queries
from zhuanban.indicators.presenters.expected import ShownExpected, state_word
from zhuanban.indicators.queries.expected import STATES
from zhuanban.indicators.tables import EXPECTED
from zhuanban.indicators.views.board import viewer_of
from zhuanban.kit import clock
from zhuanban.kit.formats import period_words
from zhuanban.kit.lists import Asked, shown_rows
from zhuanban.kit.policy import policy
from zhuanban.kit.posted import whole_number
from zhuanban.people.services import file_of_list

_FIRST_YEAR, _LAST_YEAR = 2000, 2099
_AHEAD, _BACK = 6, 18


@policy("indicators.view")
@require_GET
def expected(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    month = _month(request.GET.get("month", ""))
    every = [
        ShownExpected(each)
        for each in queries.expected_figures(viewer=viewer, as_known=None, year=month.year, month=month.last_month)
    ]
    state, unit, group = (request.GET.get(name, "") for name in ("state", "unit", "group"))
    found = [
        each for each in every
        if state in ("", each.state) and unit in ("", str(each.of.unit.pk)) and group in ("", str(each.of.group.pk) if each.of.group else "-")
    ]  # fmt: skip
    found.sort(key=lambda each: each.state != "overdue")
    shown = shown_rows(Asked(EXPECTED, request.GET), found, name=lambda each: each.id)
    if shown.asked.file:
        return file_of_list(shown, by=viewer, filters=month.key)
    groups = {each.of.group.pk: each.group for each in every if each.of.group}
    counts = {key: sum(1 for each in every if each.state == key) for key in STATES}
    context = {
        "list": shown,
        "month": month.key,
        "month_words": period_words(month),
        "month_options": [(each.key, each.key) for each in _around(month)],
        "earlier": shown.asked.address({"month": months_earlier(month.year, month.last_month, 1).key}),
        "later": shown.asked.address({"month": months_earlier(month.year, month.last_month, -1).key}),
        "state_value": state,
        "state_options": [("", _("all")), *((key, f"{state_word(key)} {counts[key]}") for key in STATES if counts[key] or key == state)],
        "unit_value": unit,
        "unit_options": [("", _("all units")), *sorted({(str(each.of.unit.pk), each.unit) for each in every}, key=lambda pair: pair[1])],
        "group_value": group,
        "group_options": [("", _("all groups")), *((str(pk), name) for pk, name in groups.items())],
        "counts": counts,
        "total": len(every),
        "may_import": viewer.can("figures.import"),
        "provisional": any(each.of.is_provisional for each in every),
        "breadcrumbs": [{"label": _("Monthly board"), "url": reverse("indicators:board")}, {"label": _("Expected figures")}],
    }
    return render(request, "indicators/expected.html", context)


def _month(text: str) -> Period:
    """The month asked for; the month of today for anything that is none."""
    year, _dash, month = text.partition("-")
    its_year, its_month = whole_number(year), whole_number(month)
    if its_year and its_month and _FIRST_YEAR <= its_year <= _LAST_YEAR and its_month <= 12:
        return Period.month(its_year, its_month)
    today = clock.today()
    return Period.month(today.year, today.month)


def _around(month: Period) -> list[Period]:
    """Months to choose from: those around today, and the one that is shown."""
    today = clock.today()
    found = {months_earlier(today.year, today.month, step) for step in range(-_AHEAD, _BACK)} | {month}
    return sorted(found, key=lambda each: each.key, reverse=True)
