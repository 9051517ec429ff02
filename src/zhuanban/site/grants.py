"""The security administrator's page of rights: who may do what, given and withdrawn."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhuanban.kit import clock
from zhuanban.kit.forms import put_beside
from zhuanban.kit.idempotency import once
from zhuanban.kit.policy import policy
from zhuanban.kit.refusals import Refusal
from zhuanban.people import queries, services
from zhuanban.people.access import viewer_in
from zhuanban.site.forms import GrantForm


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
    context = {
        "form": form,
        "rows": queries.grants_on(viewer=viewer, day=today),
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
