"""What an account was told: its inbox, and how it wants to be told."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuanban.kit.forms import put_beside, status_of
from zhuanban.kit.idempotency import once
from zhuanban.kit.lists import Asked, Bulk, ShownList, marked_in
from zhuanban.kit.looking import looking_only
from zhuanban.kit.notices import notice_kinds
from zhuanban.kit.policy import policy
from zhuanban.kit.posted import whole_number
from zhuanban.kit.refusals import Refusal
from zhuanban.people import queries, services
from zhuanban.people.access import viewer_in
from zhuanban.site import mailing
from zhuanban.site.forms import NoticeForm
from zhuanban.site.lists import NOTICES


@policy(None)
@require_http_methods(["GET", "POST"])
@once
def inbox(request: HttpRequest) -> HttpResponse:
    """Notices, newest first, with the form of how to be told. ``show=all`` lists the read ones too."""
    viewer = viewer_in(request)
    choice = queries.notice_choice(viewer=viewer)
    start = {"muted": choice.muted, "mail": choice.mail, "mail_hour": choice.mail_hour, "working_days_only": choice.working_days_only}
    form = NoticeForm(request.POST or None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            services.choose_notices(by=viewer, **form.cleaned_data)
        except Refusal as refusal:
            put_beside(form, refusal)
        else:
            messages.success(request, _("You will be told that way from now on."))
            return redirect("inbox")
    everything = request.GET.get("show") == "all"
    page = queries.inbox(viewer=viewer, unread_only=not everything, before=whole_number(request.GET.get("before", "")))
    context = {
        "list": ShownList(Asked(NOTICES, request.GET), page.rows, bulk=_bulk(), bulk_address=reverse("inbox_read_marked")),
        "page": page, "form": form, "everything": everything, "mail_ready": mailing.is_ready(),
        "kinds": {each.key: each.name for each in notice_kinds},
        "breadcrumbs": [{"label": _("Notices")}],
    }  # fmt: skip
    return render(request, "site/inbox.html", context, status=status_of(form))


@policy(None)
@require_GET
def follow(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Go to what a notice is about; from then on it counts as read."""
    viewer = viewer_in(request)
    found = queries.notice(viewer=viewer, notice_id=notice_id)
    if found is None:
        raise Http404
    if looking_only():
        return redirect(found.url)
    return redirect(services.read_notice(notice_id=notice_id, by=viewer).url)


@policy(None)
@require_POST
@once
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark what the page showed as read."""
    newest = whole_number(request.POST.get("up_to", "")) or 0
    count = services.read_all_notices(up_to=newest, by=viewer_in(request))
    messages.success(request, _("Marked as read: %(count)s.") % {"count": count})
    return redirect("inbox")


def _bulk() -> list[Bulk]:
    return [Bulk("read", _("Mark as read"), "", "check")]


@policy(None)
@require_POST
@once
def read_marked(request: HttpRequest) -> HttpResponse:
    """Mark the chosen notices as read."""
    viewer = viewer_in(request)
    for each in marked_in(request):
        services.read_notice(notice_id=each.number, by=viewer)
    return redirect("inbox")


@policy(None)
@require_GET
def badge(request: HttpRequest) -> HttpResponse:
    """How many wait, for the bell in the frame; asked by each page once it stands."""
    return render(request, "site/inbox_badge.html", {"unread": queries.unread_count(viewer=viewer_in(request))})
