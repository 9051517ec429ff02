"""What the office sets: thresholds, terms, filings, the working calendar, and who is ranked."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuanban.calc.working_days import WorkingCalendar
from zhuanban.indicators import queries as indicators
from zhuanban.indicators import services as judging
from zhuanban.kit import clock
from zhuanban.kit.formats import date_words, say
from zhuanban.kit.forms import put_beside
from zhuanban.kit.idempotency import once
from zhuanban.kit.office import DatedSettings, Effect, Preview, counted_in_working_days
from zhuanban.kit.policy import policy
from zhuanban.kit.refusals import Refusal
from zhuanban.people import queries as people
from zhuanban.people import services as arranging
from zhuanban.people.access import Viewer, viewer_in
from zhuanban.plans import presenters
from zhuanban.plans.forms import DayForm, PeerForm, SettingsForm, WithdrawForm

ACTION = "office.set"


@policy(ACTION)
@require_GET
def office(request: HttpRequest) -> HttpResponse:
    """Everything the office can set, with what is in force."""
    viewer, today = viewer_in(request), clock.today()
    year = judging.first_open_year()
    context = {
        "sections": presenters.sections(today),
        "decided": len(people.working_calendar().overrides),
        "ranked": len({each.place_id for each in indicators.peers_of_year(viewer=viewer, year=year) if each.indicator_id is None}),
        "year": year,
        "breadcrumbs": [{"label": _("Settings")}],
    }
    return render(request, "plans/office.html", context)


@policy(ACTION)
@require_http_methods(["GET", "POST"])
@once
def settings(request: HttpRequest, key: str) -> HttpResponse:
    """One set: its numbers, their history, and a change that is previewed before it is made."""
    viewer, today = viewer_in(request), clock.today()
    found = presenters.settings_of(key)
    if found is None:
        raise Http404
    form = SettingsForm(request.POST or None, settings=found.settings, now=found.in_force(today).values)

    preview = None
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            if request.POST.get("confirmed") == "1":
                found.change(by=viewer, **_decision(given), values=form.values)
                return _changed(request, found, given["since"])
            preview = found.try_out(viewer=viewer, **_decision(given), values=form.values)
        except Refusal as refusal:
            put_beside(form, refusal)
    context = {
        "key": found.key, "title": say(found.name), "explains": found.explains, "form": form, "preview": preview,
        "history": presenters.history(found, today), "breadcrumbs": _crumbs(say(found.name)),
    }  # fmt: skip
    return render(request, "plans/settings.html", context, status=422 if form.errors else 200)


def _decision(given: dict[str, Any]) -> dict[str, Any]:
    return {name: given[name] for name in ("since", "authority", "reason")}


def _changed(request: HttpRequest, found: DatedSettings, since: date) -> HttpResponse:
    facts = {"name": say(found.name), "day": date_words(since, "iso")}
    messages.success(request, _("“%(name)s” is changed from %(day)s on.") % facts)
    return redirect("plans:settings", found.key)


@policy(ACTION)
@require_POST
@once
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Take back what was decided for a day ahead."""
    found, form = presenters.settings_of(key), WithdrawForm(request.POST)
    if found is None or not form.is_valid():
        raise Http404
    since = form.cleaned_data["since"]
    found.withdraw(since=since, by=viewer_in(request))
    facts = {"name": say(found.name), "day": date_words(since, "iso")}
    messages.success(request, _("What was decided about “%(name)s” from %(day)s on is taken back.") % facts)
    return redirect("plans:settings", found.key)


@policy(ACTION)
@require_http_methods(["GET", "POST"])
@once
def calendar(request: HttpRequest) -> HttpResponse:
    """The working days of a year, what was decided about them, and a decision that is previewed first."""
    viewer, today = viewer_in(request), clock.today()
    year = _year(request.GET.get("year", ""), today.year)
    form = DayForm(request.POST or None)
    preview = None
    if request.method == "POST" and form.is_valid():
        day, works = form.cleaned_data["day"], form.decided
        said = {name: form.cleaned_data[name] for name in ("authority", "reason")}
        try:
            if request.POST.get("confirmed") == "1":
                arranging.decide_day(day=day, works=works, by=viewer, **said)
                messages.success(request, _("%(day)s is decided. What was counted in working days follows.") % {"day": date_words(day, "week")})
                return redirect(f"{reverse('plans:calendar')}?year={day.year}")
            preview = _calendar_preview(viewer, arranging.day_decided(day=day, works=works, by=viewer, **said))
        except Refusal as refusal:
            put_beside(form, refusal)
    context = {
        "form": form, "preview": preview, "year": year, "years": range(today.year - 1, today.year + 2),
        "months": presenters.calendar_months(year, people.working_calendar()), "weekdays": presenters.weekdays(),
        "decisions": people.calendar_decisions(viewer=viewer, year=year),
        "is_provisional": people.working_calendar().is_provisional(date(year, 12, 31)),
        "breadcrumbs": _crumbs(_("Working calendar")),
    }  # fmt: skip
    return render(request, "plans/calendar.html", context, status=422 if form.errors else 200)


def _calendar_preview(viewer: Viewer, after: WorkingCalendar) -> Preview:
    before = people.working_calendar()
    effects: list[Effect] = [each for counted in counted_in_working_days for each in counted.moved(viewer, before, after)]
    note = _("Looked at: open filings, running terms of matters and alerts that wait. Days that somebody fixed stay.")
    return Preview(tuple(effects), note)


def _year(text: str, otherwise: int) -> int:
    return int(text) if len(text) == 4 and text.isascii() and text.isdigit() and 2000 <= int(text) <= 2199 else otherwise


@policy(ACTION)
@require_http_methods(["GET", "POST"])
@once
def peers(request: HttpRequest) -> HttpResponse:
    """Who is ranked from the running plan year on; a change is previewed on the newest month's board."""
    viewer, year = viewer_in(request), judging.first_open_year()
    places = indicators.places_to_rank(viewer=viewer, as_known=None)
    form = PeerForm(
        request.POST or None,
        places=[(each.code, each.name) for each in places],
        indicators=[(each.code, each.name) for each in indicators.findable_indicators(viewer=viewer, as_known=None)],
        initial={"from_year": year},
    )
    preview = None
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "indicator": form.cleaned_data["indicator"] or None}
        try:
            if request.POST.get("confirmed") == "1":
                made = judging.count_peer(by=viewer, **given)
                messages.success(request, _("“%(place)s” is ranked from %(year)s on.") % {"place": made.place.name, "year": made.from_year})
                return redirect("plans:peers")
            judging.may_count_peer(by=viewer, **given)
            preview = presenters.peers_preview(viewer, given["place"], given["indicator"], given["from_year"])
        except Refusal as refusal:
            put_beside(form, refusal)
    context = {
        "form": form, "preview": preview, "year": year, "breadcrumbs": _crumbs(_("Places ranked")),
        "members": indicators.peers_of_year(viewer=viewer, year=year, as_known=None),
    }  # fmt: skip
    return render(request, "plans/peers.html", context, status=422 if form.errors else 200)


@policy(ACTION)
@require_POST
@once
def end_peer(request: HttpRequest, member_id: int) -> HttpResponse:
    """Rank a place for the last time in a year."""
    year = _year(request.POST.get("last_year", ""), 0)
    member = judging.end_peer(member_id=member_id, last_year=year, reason=request.POST.get("reason", ""), by=viewer_in(request))
    messages.success(request, _("“%(place)s” is ranked until %(year)s.") % {"place": member.place.name, "year": year})
    return redirect("plans:peers")


def _crumbs(label: str) -> list[dict[str, str]]:
    return [{"label": _("Settings"), "url": reverse("plans:office")}, {"label": label}]
