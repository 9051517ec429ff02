"""Handing a post over, and the list that both sign."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from zhuanban.kit import clock
from zhuanban.kit.forms import Choices, put_beside
from zhuanban.kit.idempotency import once
from zhuanban.kit.policy import policy
from zhuanban.kit.refusals import Refusal
from zhuanban.people import queries, services
from zhuanban.people.access import Viewer, viewer_in
from zhuanban.people.forms import HandoverForm
from zhuanban.people.models import Handover, Post


@policy("people.accounts")
@require_http_methods(["GET", "POST"])
@once
def hand_over(request: HttpRequest, post_id: int) -> HttpResponse:
    """What hangs on the post, and to whom it goes."""
    viewer, today = viewer_in(request), clock.today()
    post = queries.post_to_arrange(viewer=viewer, post_id=post_id)
    if post is None or not post.active:
        raise Http404
    form = HandoverForm(request.POST or None, initial={"on": today}, **_offered(viewer, post))
    if form.is_bound and form.is_valid():
        try:
            made = _ordered(form.cleaned_data, post, viewer)
        except Refusal as refusal:
            put_beside(form, refusal)
        else:
            messages.success(request, _("Handed over. Print the list and let both sign it."))
            return redirect("people:handover", made.pk)
    context = {
        "post": post, "form": form, "lines": services.duties_of(post, today),
        "breadcrumbs": [
            {"label": _("Units and posts"), "url": reverse("people:structure")},
            {"label": post.label, "url": reverse("people:post", args=[post.pk])}, {"label": _("Hand over")},
        ],
    }  # fmt: skip
    return render(request, "people/hand_over.html", context, status=422 if form.errors else 200)


def _offered(viewer: Viewer, post: Post) -> dict[str, Choices]:
    accounts = queries.accounts_on(viewer=viewer, day=clock.today())
    return {
        "accounts": [(each.id, each.username) for each in accounts if each.active],
        "posts": [(each.pk, each.label) for each in queries.posts(viewer=viewer) if each != post],
    }


def _ordered(given: dict[str, object], post: Post, viewer: Viewer) -> Handover:
    on, reason = given["on"], given["reason"]
    if given["account"] is not None:
        return services.hand_to_account(post_id=post.pk, user_id=given["account"], on=on, reason=reason, by=viewer)  # type: ignore[arg-type]
    return services.hand_to_post(post_id=post.pk, to_post_id=given["to_post"], on=on, reason=reason, by=viewer)  # type: ignore[arg-type]


@policy("organisation.view")
@require_GET
def handovers(request: HttpRequest) -> HttpResponse:
    """Everything handed over that the viewer may see, the newest first."""
    context = {
        "rows": queries.handovers(viewer=viewer_in(request)),
        "breadcrumbs": [{"label": _("Organisation"), "url": reverse("people:organisation")}, {"label": _("Handovers")}],
    }
    return render(request, "people/handovers.html", context)


@policy("organisation.view")
@require_GET
def handover(request: HttpRequest, handover_id: int) -> HttpResponse:
    """One list, to be printed and signed."""
    found = queries.handover(viewer=viewer_in(request), handover_id=handover_id)
    if found is None:
        raise Http404
    context = {
        "found": found, "is_own": viewer_in(request).post_id == found.post_id,
        "breadcrumbs": [{"label": _("Handovers"), "url": reverse("people:handovers")}, {"label": str(found.on)}],
    }  # fmt: skip
    return render(request, "people/handover.html", context)
