"""Who acts for the own posts, and acting for another's."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from zhuanban.kit import clock
from zhuanban.kit.forms import put_beside
from zhuanban.kit.idempotency import once
from zhuanban.kit.policy import policy
from zhuanban.kit.posted import whole_number
from zhuanban.kit.refusals import Refusal
from zhuanban.people import queries, services
from zhuanban.people.access import ACTING, viewer_in
from zhuanban.site.forms import ActingForm


@policy(None)
@require_http_methods(["GET", "POST"])
@once
def own(request: HttpRequest) -> HttpResponse:
    """Who acts for the own posts, a form for one more, and the posts that one may act for."""
    viewer, today = viewer_in(request), clock.today()
    own_posts = queries.own_posts(viewer=viewer, day=today)
    form = ActingForm(
        request.POST or None,
        own=[(post.code, post.label) for post in own_posts],
        posts=[(post.code, post.label) for post in queries.posts(viewer=viewer)],
        initial={"since": today},
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = services.delegate(by=viewer, **form.cleaned_data)
        except Refusal as refusal:
            put_beside(form, refusal)
        else:
            messages.success(request, _("“%(post)s” may act from %(day)s.") % {"post": made.delegate.label, "day": made.valid_from})
            return redirect("acting")
    context = {
        "form": form if own_posts and viewer.acting_for is None else None,
        "rows": queries.delegations_of(viewer=viewer, day=today),
        "may_act": queries.may_act_for(viewer=viewer, day=today),
        "breadcrumbs": [{"label": _("My account"), "url": "/account/"}, {"label": _("Acting")}],
    }
    return render(request, "site/acting.html", context, status=422 if form.errors else 200)


@policy(None)
@require_POST
@once
def end(request: HttpRequest, delegation_id: int) -> HttpResponse:
    """End that somebody acts for an own post, from today."""
    viewer = viewer_in(request)
    own_ones = {row.id for row in queries.delegations_of(viewer=viewer, day=clock.today())}
    if delegation_id not in own_ones and not viewer.can("people.accounts"):
        raise Http404
    services.end_delegation(delegation_id=delegation_id, on=clock.today(), by=viewer)
    messages.success(request, _("Ended. It holds from the next page on."))
    return redirect("acting")


@policy(None)
@require_POST
@once
def act(request: HttpRequest) -> HttpResponse:
    """Act for a post, or for oneself again where none is named. What is not in force has no effect."""
    wanted = whole_number(request.POST.get("post"))
    allowed = {post.pk for post in queries.may_act_for(viewer=viewer_in(request), day=clock.today())}
    if wanted in allowed:
        request.session[ACTING] = wanted
    else:
        request.session.pop(ACTING, None)
    return redirect("home")
