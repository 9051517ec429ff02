"""Where the system administrator arranges industries and the units that answer for them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhuanban.kit import clock
from zhuanban.kit.forms import status_of
from zhuanban.kit.idempotency import once
from zhuanban.kit.policy import policy
from zhuanban.people import queries, services
from zhuanban.people.access import viewer_in
from zhuanban.people.forms import DutyForm, IndustryForm
from zhuanban.people.views.ordering import carried_out, crumbs, first_day_without, form_page, unit_choices


@policy("structure.define")
@require_http_methods(["GET", "POST"])
@once
def new_industry(request: HttpRequest) -> HttpResponse:
    """A form for one more industry."""
    viewer = viewer_in(request)
    form = IndustryForm(request.POST or None, is_new=True)
    if made := carried_out(form, lambda given: services.add_industry(by=viewer, **given)):
        messages.success(request, _("“%(name)s” is added. Now name the units that answer for it.") % {"name": made.name})
        return redirect("people:industry", made.pk)
    return form_page(request, _("New industry"), form)


@policy("structure.define")
@require_http_methods(["GET", "POST"])
@once
def industry(request: HttpRequest, industry_id: int) -> HttpResponse:
    """Rename or dissolve an industry; the units that answer for it, with a form for one more."""
    viewer = viewer_in(request)
    if request.method != "POST":
        return _page(request, industry_id)
    form = IndustryForm(request.POST)
    if made := carried_out(form, lambda given: services.change_industry(industry_id=industry_id, by=viewer, **given)):
        messages.success(request, _("“%(name)s” is changed.") % {"name": made.name})
        return redirect("people:structure")
    return _page(request, industry_id, form=form)


@policy("structure.define")
@require_POST
@once
def join_industry(request: HttpRequest, industry_id: int) -> HttpResponse:
    """Let a unit answer for an industry."""
    viewer = viewer_in(request)
    form = DutyForm(request.POST, units=unit_choices(viewer))

    def join(given: dict[str, Any]) -> Any:
        return services.join_industry(industry_id=industry_id, unit_id=given.pop("unit"), by=viewer, **given)

    if made := carried_out(form, join):
        messages.success(request, _("“%(name)s” answers for the industry from %(day)s.") % {"name": made.unit.name, "day": made.valid_from})
        return redirect("people:industry", industry_id)
    return _page(request, industry_id, duty=form)


@policy("structure.define")
@require_POST
@once
def leave_industry(request: HttpRequest, duty_id: int) -> HttpResponse:
    """End a unit's part in an industry."""
    ended = services.leave_industry(duty_id=duty_id, on=first_day_without(request), by=viewer_in(request))
    messages.success(request, _("Ended. Earlier days keep who answered then."))
    return redirect("people:industry", ended.industry_id)


def _page(request: HttpRequest, industry_id: int, *, form: forms.Form | None = None, duty: forms.Form | None = None) -> HttpResponse:
    viewer, today = viewer_in(request), clock.today()
    found = queries.industry_to_arrange(viewer=viewer, industry_id=industry_id, day=today)
    if found is None:
        raise Http404
    values = {name: getattr(found.industry, name) for name in IndustryForm.base_fields}
    form = form or IndustryForm(initial=values)
    duty = duty or DutyForm(units=unit_choices(viewer), initial={"since": today})
    context = {"found": found, "form": form, "duty_form": duty, "today": today, "breadcrumbs": crumbs(found.industry.name)}
    return render(request, "people/structure_industry.html", context, status=status_of(form, duty))
