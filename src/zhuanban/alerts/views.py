"""Pages of the room alerts."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from zhuanban.alerts import presenters, queries, services
from zhuanban.alerts.forms import CloseForm, ExplainForm
from zhuanban.alerts.models import Alert
from zhuanban.alerts.tables import ALERTS
from zhuanban.indicators.queries import closing_months
from zhuanban.kit import clock
from zhuanban.kit.formats import say
from zhuanban.kit.forms import is_conflict, put_beside, status_of
from zhuanban.kit.idempotency import once
from zhuanban.kit.lists import Asked, marked_in, shown_rows
from zhuanban.kit.lists.marked import back_to, do_with_each
from zhuanban.kit.policy import policy
from zhuanban.kit.posted import version_of, whole_number
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer, viewer_in
from zhuanban.people.queries import groups_on
from zhuanban.people.services import file_of_list


@dataclass(frozen=True)
class Crumb:
    label: str
    url: str = ""



@policy("alerts.view")
@require_GET
def alert_list(request: HttpRequest) -> HttpResponse:
    viewer = viewer_in(request)
    year, month = _month_of(request.GET.get("month", ""))
    state = request.GET.get("state", "active")
    group = whole_number(request.GET.get("group"))
    rule = request.GET.get("rule", "")
    rows = queries.alerts(
        viewer=viewer, year=year, month=month, state="" if state == "all" else state, group_id=group, rule=rule
    )
    found = presenters.shown_rows(rows, clock.today())
    shown = shown_rows(
        Asked(ALERTS, request.GET), found, name=lambda each: each.row.id,
        bulk=presenters.bulk(viewer), bulk_address=reverse("alerts:many"),
    )  # fmt: skip
    if shown.asked.file:
        return file_of_list(shown, by=viewer)
    groups = groups_on(viewer=viewer, day=clock.today())
    context = {
        "breadcrumbs": [Crumb(_("Alerts"))],
        "list": shown,
        "late": sum(1 for each in found if each.late),
        "month_value": f"{year}-{month:02d}" if year and month else "all",
        "month_options": _month_options(viewer),
        "state_value": state,
        "state_options": [
            ("active", _("all that wait")), *((s.value, presenters.state_words(s)) for s in Alert.State), ("all", _("all")),
        ],
        "rule_value": rule,
        "rule_options": [("", _("all rules")), *((each.key, say(each.name)) for each in queries.rules().values())],
        "group_value": str(group or ""),
        "group_options": [("", _("all groups")), *((str(each.id), each.name) for each in groups)],
    }  # fmt: skip
    return render(request, "alerts/list.html", context)


def _month_of(text: str) -> tuple[int | None, int | None]:
    """The closing month of the filter; without one every month."""
    year, _dash, month = text.partition("-")
    if (y := whole_number(year)) and (m := whole_number(month)) and 1 <= m <= 12:
        return y, m
    return None, None


def _month_options(viewer: Viewer) -> list[tuple[str, str]]:
    months = closing_months(viewer=viewer, as_known=None)[-24:]
    return [("all", _("all months")), *((f"{year}-{month:02d}", f"{year}-{month:02d}") for year, month in reversed(months))]


@policy("alerts.view")
@require_GET
def alert(request: HttpRequest, alert_id: int) -> HttpResponse:
    return _page(request, alert_id)


def _page(
    request: HttpRequest, alert_id: int, *, explain: ExplainForm | None = None, close: CloseForm | None = None
) -> HttpResponse:
    viewer = viewer_in(request)
    page = queries.alert_page(viewer=viewer, alert_id=alert_id)
    if page is None:
        raise Http404
    row, rule = page.row, queries.rules()[page.row.rule]

    def may(action: str) -> bool:
        return viewer.scope(action).allows(group=row.group_id, unit=row.unit_id)

    start = {"version": row.version, "cause": row.cause, "measure": row.measure}
    context: dict[str, Any] = {
        "breadcrumbs": [Crumb(_("Alerts"), reverse("alerts:list")), Crumb(row.indicator_name)],
        "page": page,
        "row": row,
        "state": presenters.state_words(row.state),
        "period": presenters.period_title(row),
        "rule_clause": rule.clause,
        "rule_acts": say(rule.acts),
        "rule_misses": say(rule.misses),
        "rule_reads": [say(named) for _key, named in rule.reads],
        "parameters": presenters.parameters(page),
        "stages": presenters.stages(page),
        "timeline": presenters.timeline(page),
        "time_left": presenters.time_left(row, clock.today()),
        "late": row.is_late(clock.today()),
        "may_explain": may("alerts.explain"),
        "may_open_matter": may("alerts.open_matter") and row.matter_id is None and not row.is_of_matter,
        "may_close": may("alerts.close"),
        "explain": explain or ExplainForm(initial=start),
        "close": close or CloseForm(initial=start, auto_id="close_%s"),
        "matter_url": _address("matters:matter", row.matter_number) if row.matter_number else "",
        "indicator_url": _address("indicators:indicator", row.indicator_code) if row.indicator_code else "",
        "why": presenters.why(page),
        "as_open": row.state == Alert.State.OPEN,
        "explained": row.state == Alert.State.EXPLAINED,
    }
    return render(request, "alerts/alert.html", context, status=status_of(explain, close))


def _both_versions(
    request: HttpRequest, alert_id: int, form: forms.Form, refusal: Refusal, **shown: Any
) -> HttpResponse:
    """The page with what was typed beside what somebody stored meanwhile; any other refusal keeps its own page."""
    page = queries.alert_page(viewer=viewer_in(request), alert_id=alert_id)
    if not is_conflict(refusal) or page is None:
        raise refusal
    row = page.row
    put_beside(form, refusal, stored={"version": row.version, "cause": row.cause, "measure": row.measure})
    return _page(request, alert_id, **shown)


def _address(name: str, key: str) -> str:
    """The address of another room's page, or nothing where it has none."""
    try:
        return reverse(name, args=[key])
    except NoReverseMatch:
        return ""


def _back(alert_id: int) -> HttpResponse:
    return redirect("alerts:alert", alert_id=alert_id)



@policy("alerts.explain")
@require_POST
@once
def acknowledge(request: HttpRequest, alert_id: int) -> HttpResponse:
    services.acknowledge_alert(alert_id=alert_id, by=viewer_in(request), version=version_of(request))
    messages.success(request, _("Acknowledged. Now write the cause and the measure."))
    return _back(alert_id)


@policy("alerts.explain")
@require_POST
@once
def acknowledge_many(request: HttpRequest) -> HttpResponse:
    """Take note of every marked alert, each by itself."""
    viewer = viewer_in(request)

    def done(count: int) -> str:
        return ngettext(
            "%(count)s alert is acknowledged. Now write its cause and measure.",
            "%(count)s alerts are acknowledged. Now write their causes and measures.",
            count,
        ) % {"count": count}

    do_with_each(
        request, marked_in(request), done=done,
        act=lambda each: services.acknowledge_alert(alert_id=each.number, by=viewer, version=each.version),
    )  # fmt: skip
    return back_to(ALERTS, request)


@policy("alerts.explain")
@require_POST
@once
def explain(request: HttpRequest, alert_id: int) -> HttpResponse:
    form = ExplainForm(request.POST)
    if not form.is_valid():
        return _page(request, alert_id, explain=form)
    try:
        services.explain_alert(alert_id=alert_id, by=viewer_in(request), **form.cleaned_data)
    except Refusal as refusal:
        return _both_versions(request, alert_id, form, refusal, explain=form)
    messages.success(request, _("The explanation is saved and will stand in the next filing."))
    return _back(alert_id)


@policy("alerts.open_matter")
@require_POST
@once
def open_matter(request: HttpRequest, alert_id: int) -> HttpResponse:
    matter = services.open_matter_from_alert(alert_id=alert_id, by=viewer_in(request), version=version_of(request))
    messages.success(request, _("Matter %(number)s was opened and waits for acceptance.") % {"number": matter.number})
    return _back(alert_id)


@policy("alerts.close")
@require_POST
@once
def close(request: HttpRequest, alert_id: int) -> HttpResponse:
    form = CloseForm(request.POST, auto_id="close_%s")
    if not form.is_valid():
        return _page(request, alert_id, close=form)
    try:
        services.close_alert(alert_id=alert_id, by=viewer_in(request), **form.cleaned_data)
    except Refusal as refusal:
        return _both_versions(request, alert_id, form, refusal, close=form)
    messages.success(request, _("The alert is closed."))
    return _back(alert_id)
