"""The security administrator's page of rights: who may do what, given and withdrawn."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from zhuanban.kit import clock
from zhuanban.kit.forms import put_beside
from zhuanban.kit.idempotency import once
from zhuanban.kit.lists import Asked, Bulk, marked_in, shown_rows
from zhuanban.kit.lists.marked import back_to, do_with_each
from zhuanban.kit.policy import policy
from zhuanban.kit.refusals import Refusal
from zhuanban.people import queries, services
from zhuanban.people.access import viewer_in
from zhuanban.site.forms import GrantForm
from zhuanban.site.lists import RIGHTS


@policy("grants.define")
@require_http_methods(["GET", "POST"])
@once
def grants(request: HttpRequest) -> HttpResponse:
    """Every right in force today or later, by post, with a form for one more."""
    viewer, today = viewer_in(request), clock.today()
    form = GrantForm(
        request.POST or None,
        posts=[(post.code, post.label) for post in queries.posts(viewer=viewer)],
        groups=[(group.code, group.name) for group in queries.groups_on(viewer=viewer, day=today)],
        lines=[(each.code, each.label) for each in queries.leading_posts(viewer=viewer, day=today)],
        units=[(unit.code, unit.name) for unit in queries.units(viewer=viewer)],
        initial={"since": today},
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.give_right(by=viewer, **form.cleaned_data)
        except Refusal as refusal:
            put_beside(form, refusal)
        else:
            messages.success(request, _("The right is given."))
            return redirect("grants")
    shown = shown_rows(
        Asked(RIGHTS, request.GET), queries.grants_on(viewer=viewer, day=today), name=lambda row: row.id,
        bulk=_bulk(), bulk_address=reverse("grants_withdraw"),
    )  # fmt: skip
    if shown.asked.file:
        return services.file_of_list(shown, by=viewer)
    context = {
        "form": form,
        "list": shown,
        "own": {post.pk for post in queries.own_posts(viewer=viewer, day=today)},
        "breadcrumbs": [{"label": _("Security"), "url": reverse("security")}, {"label": _("Rights")}],
    }
    return render(request, "site/grants.html", context, status=422 if form.errors else 200)


@policy("grants.define")
@require_POST
@once
def withdraw(request: HttpRequest, grant_id: int) -> HttpResponse:
    """Withdraw a right from today."""
    services.withdraw_right(grant_id=grant_id, on=clock.today(), by=viewer_in(request))
    messages.success(request, _("The right is withdrawn. It is gone at the next click of whoever had it."))
    return redirect("grants")


def _bulk() -> list[Bulk]:
    return [Bulk("withdraw", _("Withdraw"), _("Withdraw every marked right from today?"), "ban")]


@policy("grants.define")
@require_POST
@once
def withdraw_many(request: HttpRequest) -> HttpResponse:
    """Withdraw the marked rights from today."""
    viewer = viewer_in(request)

    def done(count: int) -> str:
        said = ngettext("%(count)s right is withdrawn.", "%(count)s rights are withdrawn.", count)
        return said % {"count": count}

    do_with_each(
        request, marked_in(request), done=done,
        act=lambda each: services.withdraw_right(grant_id=each.number, on=clock.today(), by=viewer),
    )  # fmt: skip
    return back_to(RIGHTS, request)
