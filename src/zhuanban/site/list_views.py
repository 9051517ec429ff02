"""Readings of lists that an account keeps: the menu of a list, keeping one more, forgetting one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import resolve, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhuanban.kit.forms import put_beside, status_of
from zhuanban.kit.idempotency import once
from zhuanban.kit.lists.columns import Listing, listings
from zhuanban.kit.lists.saved import drop_view, keep_view, saved_views, sound_query
from zhuanban.kit.policy import declared, policy
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer, viewer_in
from zhuanban.site.forms import ViewForm


@policy(None)
@require_http_methods(["GET", "POST"])
@once
def views(request: HttpRequest, key: str) -> HttpResponse:
    """What the account keeps of a list, with a form that keeps the reading ``query`` too."""
    viewer = viewer_in(request)
    listing = _listing(viewer, key)
    form = ViewForm(request.POST or None, initial={"query": sound_query(listing, request.GET.get("query", ""))})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            view = keep_view(actor=viewer.actor.key, listing=listing, name=given["name"], query=given["query"])
        except Refusal as refusal:
            put_beside(form, refusal)
        else:
            return redirect(f"{reverse(listing.address)}?{view.query}")
    context = {
        "form": form,
        "listing": listing,
        "back": reverse(listing.address),
        "rows": saved_views(actor=viewer.actor.key, listing=listing),
        "breadcrumbs": [{"label": str(listing.title), "url": reverse(listing.address)}, {"label": _("Kept views")}],
    }
    template = "site/list_views_menu.html" if request.headers.get("X-Requested-With") == "fetch" else "site/list_views.html"
    return render(request, template, context, status=status_of(form))


@policy(None)
@require_POST
@once
def drop(request: HttpRequest, key: str, view_id: int) -> HttpResponse:
    """Forget a kept reading."""
    viewer = viewer_in(request)
    listing = _listing(viewer, key)
    if not drop_view(actor=viewer.actor.key, view_id=view_id):
        raise Http404
    return redirect(listing.address)


def _listing(viewer: Viewer, key: str) -> Listing:
    """The list with a key, for whoever may open its page; to others it does not exist."""
    listing: Listing | None = next((each for each in listings if each.key == key), None)
    if listing is None:
        raise Http404
    rule = declared(resolve(reverse(listing.address)).func)
    if rule is None or (rule.action is not None and not viewer.can(rule.action)):
        raise Http404
    return listing
