"""The security administrator's page: rules for passwords and second factors, accounts with what protects them."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from zhuanban.kit import clock
from zhuanban.kit.forms import put_beside, status_of
from zhuanban.kit.idempotency import once
from zhuanban.kit.lists import Asked, Bulk, Marked, marked_in, shown_rows
from zhuanban.kit.lists.marked import back_to, do_with_each
from zhuanban.kit.policy import policy
from zhuanban.kit.refusals import Refusal
from zhuanban.people import queries, services
from zhuanban.people.access import viewer_in
from zhuanban.people.passwords import security_rules
from zhuanban.site.forms import SecurityForm
from zhuanban.site.lists import PROTECTION


@policy("people.security")
@require_http_methods(["GET", "POST"])
@once
def rules(request: HttpRequest) -> HttpResponse:
    """The rules in force with a form to change them, and every account's protection."""
    viewer, now = viewer_in(request), security_rules()
    chosen = {"profile": now.profile, "second_factor": now.second_factor, "version": now.version}
    form = SecurityForm(request.POST or None, initial=chosen)
    if request.method == "POST" and form.is_valid():
        try:
            services.choose_security_rules(by=viewer, **form.cleaned_data)
        except Refusal as refusal:
            put_beside(form, refusal)
        else:
            messages.success(request, _("The rules are in force. They act at each account's next sign-in."))
            return redirect("security")
    rows = queries.protection_on(viewer=viewer, day=clock.today())
    shown = shown_rows(
        Asked(PROTECTION, request.GET), rows, name=lambda row: row.id, bulk=_bulk(), bulk_address=reverse("security_end_many")
    )
    if shown.asked.file:
        return services.file_of_list(shown, by=viewer)
    context = {
        "form": form,
        "list": shown,
        "breadcrumbs": [{"label": _("Security")}],
    }
    return render(request, "site/security.html", context, status=status_of(form))


@policy("people.security")
@require_POST
@once
def end_sessions(request: HttpRequest, account_id: int) -> HttpResponse:
    """End every session of an account."""
    _demand_there(request, account_id)
    user = services.end_sessions_of(user_id=account_id, by=viewer_in(request))
    messages.success(request, _("All sessions of “%(name)s” have ended.") % {"name": user.username})
    return redirect("security")


def _bulk() -> list[Bulk]:
    return [Bulk("end", _("End sessions"), _("End all sessions of every marked account?"), "logout")]


@policy("people.security")
@require_POST
@once
def end_many(request: HttpRequest) -> HttpResponse:
    """End every session of the marked accounts."""
    viewer = viewer_in(request)

    def done(count: int) -> str:
        said = ngettext("The sessions of %(count)s account have ended.", "The sessions of %(count)s accounts have ended.", count)
        return said % {"count": count}

    def act(each: Marked) -> None:
        if queries.account_name(viewer=viewer, account_id=each.number) is None:
            raise Refusal("account_absent", status=404)
        services.end_sessions_of(user_id=each.number, by=viewer)

    do_with_each(request, marked_in(request), act, done=done)
    return back_to(PROTECTION, request)


@policy("people.security")
@require_POST
@once
def remove_factor(request: HttpRequest, account_id: int) -> HttpResponse:
    """Take a lost telephone off an account."""
    _demand_there(request, account_id)
    user = services.remove_second_factor(user_id=account_id, by=viewer_in(request))
    said = _("The second factor of “%(name)s” is removed. Where the rules ask for one, the next sign-in asks to enrol anew.")
    messages.success(request, said % {"name": user.username})
    return redirect("security")


def _demand_there(request: HttpRequest, account_id: int) -> None:
    if queries.account_name(viewer=viewer_in(request), account_id=account_id) is None:
        raise Http404
