"""What every page on which the structure is arranged does: carry out an order, show its form again, name the way back."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from zhuanban.kit import clock
from zhuanban.kit.forms import Choices, put_beside, status_of
from zhuanban.kit.refusals import Refusal
from zhuanban.people import queries
from zhuanban.people.access import Viewer
from zhuanban.people.forms import EndForm
from zhuanban.people.models import Unit


def carried_out(form: forms.Form, order: Callable[[dict[str, Any]], Any]) -> Any:
    """What the order made; None where the form was not sent, or something is wrong, which then stands in it."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return order(dict(form.cleaned_data))
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        put_beside(form, refusal)
        return None


def form_page(request: HttpRequest, title: str, form: forms.Form, **more: Any) -> HttpResponse:
    """The page of one form about something that is arranged."""
    context = {"title": title, "form": form, "breadcrumbs": crumbs(title), **more}
    return render(request, "people/structure_form.html", context, status=status_of(form))


def first_day_without(request: HttpRequest) -> date:
    """The day that was given; today where none was. Refusal ``day_unreadable``."""
    form = EndForm(request.POST)
    if not form.is_valid() and request.POST.get("on"):
        raise Refusal("day_unreadable", asked=request.POST["on"][:40])
    given: date | None = form.cleaned_data.get("on")
    return given or clock.today()


def unit_choices(viewer: Viewer, *, without: Unit | None = None) -> Choices:
    """The units in use, to choose from."""
    return [(each.pk, each.name) for each in queries.units(viewer=viewer) if each != without]


def crumbs(title: str = "") -> list[dict[str, str]]:
    """The way to a page of the structure; without a title to its list."""
    above = {"label": _("Units and posts"), "url": reverse("people:structure") if title else ""}
    return [above, {"label": title, "url": ""}] if title else [above]
