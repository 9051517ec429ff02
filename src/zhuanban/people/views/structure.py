"""Where the system administrator arranges units, posts and groups."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from zhuanban.kit import clock
from zhuanban.kit.forms import Choices, status_of
from zhuanban.kit.idempotency import once
from zhuanban.kit.policy import policy
from zhuanban.people import queries, services
from zhuanban.people.access import Viewer, viewer_in
from zhuanban.people.forms import HolderForm, LeaderForm, MemberForm, PostForm, UnitForm
from zhuanban.people.models import Post, Unit
from zhuanban.people.views.ordering import carried_out, crumbs, first_day_without, form_page, unit_choices


@policy("structure.define")
@require_GET
def structure(request: HttpRequest) -> HttpResponse:
    """All units with their posts and holders; ``q`` searches, ``off=1`` shows what is switched off too."""
    words, with_off = request.GET.get("q", "").strip()[:60], request.GET.get("off") == "1"
    viewer, today = viewer_in(request), clock.today()
    rows = queries.structure_on(viewer=viewer, day=today, words=words, with_off=with_off)
    context = {
        "rows": rows, "words": words, "with_off": with_off,
        "groups": queries.groups_history(viewer=viewer).groups,
        "industries": queries.industries_to_arrange(viewer=viewer),
        "post_count": sum(len(row.posts) for row in rows),
        "vacant_count": sum(not post.holders and post.post.active for row in rows for post in row.posts),
        "breadcrumbs": crumbs(),
    }  # fmt: skip
    return render(request, "people/structure.html", context)


@policy("structure.define")
@require_http_methods(["GET", "POST"])
@once
def new_unit(request: HttpRequest) -> HttpResponse:
    """A form for one more unit."""
    viewer = viewer_in(request)
    form = UnitForm(request.POST or None, is_new=True, units=unit_choices(viewer), initial={"parent": request.GET.get("parent")})
    if made := carried_out(form, lambda given: services.add_unit(by=viewer, **given)):
        messages.success(request, _("“%(name)s” is added.") % {"name": made.name})
        return redirect("people:unit", made.pk)
    return form_page(request, _("New unit"), form)


@policy("structure.define")
@require_http_methods(["GET", "POST"])
@once
def unit(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Change a unit."""
    viewer = viewer_in(request)
    found = queries.unit_to_arrange(viewer=viewer, unit_id=unit_id)
    if found is None:
        raise Http404
    form = UnitForm(request.POST or None, units=unit_choices(viewer, without=found), initial=_values(found, UnitForm))
    if made := carried_out(form, lambda given: services.change_unit(unit_id=unit_id, by=viewer, **given)):
        messages.success(request, _("“%(name)s” is changed.") % {"name": made.name})
        return redirect("people:structure")
    return form_page(request, found.name, form, unit=found)


@policy("structure.define")
@require_http_methods(["GET", "POST"])
@once
def new_post(request: HttpRequest) -> HttpResponse:
    """A form for one more post."""
    viewer = viewer_in(request)
    form = PostForm(request.POST or None, is_new=True, units=unit_choices(viewer), initial={"unit": request.GET.get("unit")})
    if made := carried_out(form, lambda given: services.add_post(by=viewer, **given)):
        messages.success(request, _("“%(name)s” is added. It is vacant, and the security administrator gives it its rights.") % {"name": made.label})
        return redirect("people:post", made.pk)
    return form_page(request, _("New post"), form)


@policy("structure.define")
@require_http_methods(["GET", "POST"])
@once
def post(request: HttpRequest, post_id: int) -> HttpResponse:
    """Change a post; who holds and held it."""
    viewer = viewer_in(request)
    found = _post(viewer, post_id)
    form = PostForm(request.POST or None, units=unit_choices(viewer), initial=_values(found, PostForm))
    if made := carried_out(form, lambda given: services.change_post(post_id=post_id, by=viewer, **given)):
        messages.success(request, _("“%(name)s” is changed.") % {"name": made.label})
        return redirect("people:structure")
    return _post_page(request, found, form=form)


@policy("people.accounts")
@require_POST
@once
def fill_post(request: HttpRequest, post_id: int) -> HttpResponse:
    """Let an account hold the post."""
    viewer = viewer_in(request)
    found, holder = _post(viewer, post_id), HolderForm(request.POST, accounts=_accounts(viewer))

    def fill(given: dict[str, Any]) -> Any:
        return services.fill_post(user_id=given["account"], post_code=found.code, since=given["since"], until=given["until"], by=viewer)

    if carried_out(holder, fill):
        messages.success(request, _("The post is filled. Its duties and rights go with it from that day."))
        return redirect("people:post", post_id)
    return _post_page(request, found, holder=holder)


@policy("people.accounts")
@require_POST
@once
def end_holding(request: HttpRequest, holder_id: int) -> HttpResponse:
    """Let somebody hold a post no longer."""
    ended = services.end_holding(holder_id=holder_id, on=first_day_without(request), by=viewer_in(request))
    messages.success(request, _("Ended. What is open stays with the post and waits for its next holder."))
    return redirect("people:post", ended.post_id)


@policy("structure.define")
@require_GET
def group(request: HttpRequest, group_id: int) -> HttpResponse:
    """The units and leaders of a group, with forms for more."""
    return _group_page(request, group_id)


@policy("structure.define")
@require_POST
@once
def join_group(request: HttpRequest, group_id: int) -> HttpResponse:
    """Let a unit take part in a group."""
    viewer = viewer_in(request)
    form = MemberForm(request.POST, units=unit_choices(viewer))

    def join(given: dict[str, Any]) -> Any:
        return services.join_group(group_id=group_id, unit_id=given.pop("unit"), by=viewer, **given)

    if made := carried_out(form, join):
        messages.success(request, _("“%(name)s” takes part from %(day)s.") % {"name": made.unit.name, "day": made.valid_from})
        return redirect("people:group", group_id)
    return _group_page(request, group_id, member=form)


@policy("structure.define")
@require_POST
@once
def lead_group(request: HttpRequest, group_id: int) -> HttpResponse:
    """Let a post lead a group."""
    viewer = viewer_in(request)
    form = LeaderForm(request.POST, posts=_posts(viewer))

    def lead(given: dict[str, Any]) -> Any:
        return services.lead_group(group_id=group_id, post_id=given["post"], since=given["since"], by=viewer)

    if made := carried_out(form, lead):
        messages.success(request, _("“%(name)s” leads the group from %(day)s.") % {"name": made.post.label, "day": made.valid_from})
        return redirect("people:group", group_id)
    return _group_page(request, group_id, leader=form)


@policy("structure.define")
@require_POST
@once
def leave_group(request: HttpRequest, member_id: int) -> HttpResponse:
    """End a unit's part in a group."""
    ended = services.leave_group(member_id=member_id, on=first_day_without(request), by=viewer_in(request))
    messages.success(request, _("Ended. Earlier months keep who took part then."))
    return redirect("people:group", ended.group_id)


@policy("structure.define")
@require_POST
@once
def leave_lead(request: HttpRequest, leader_id: int) -> HttpResponse:
    """End a post's lead of a group."""
    ended = services.leave_lead(leader_id=leader_id, on=first_day_without(request), by=viewer_in(request))
    messages.success(request, _("Ended. Earlier months keep who led then."))
    return redirect("people:group", ended.group_id)


def _post_page(request: HttpRequest, found: Post, *, form: forms.Form | None = None, holder: forms.Form | None = None) -> HttpResponse:
    viewer, today = viewer_in(request), clock.today()
    form = form or PostForm(units=unit_choices(viewer), initial=_values(found, PostForm))
    holder = holder or HolderForm(accounts=_accounts(viewer), initial={"since": today})
    context = {
        "post": found, "form": form, "holder_form": holder, "today": today,
        "holders": queries.holders_of(viewer=viewer, post_id=found.pk),
        "breadcrumbs": crumbs(found.label),
    }  # fmt: skip
    return render(request, "people/structure_post.html", context, status=status_of(form, holder))


def _group_page(request: HttpRequest, group_id: int, *, member: forms.Form | None = None, leader: forms.Form | None = None) -> HttpResponse:
    viewer, today = viewer_in(request), clock.today()
    found = queries.group_to_arrange(viewer=viewer, group_id=group_id, day=today)
    if found is None:
        raise Http404
    member = member or MemberForm(units=unit_choices(viewer), initial={"since": today})
    leader = leader or LeaderForm(posts=_posts(viewer), initial={"since": today})
    context = {
        "found": found, "member_form": member, "leader_form": leader, "today": today,
        "breadcrumbs": crumbs(found.group.name),
    }  # fmt: skip
    return render(request, "people/structure_group.html", context, status=422 if member.errors or leader.errors else 200)


def _post(viewer: Viewer, post_id: int) -> Post:
    found = queries.post_to_arrange(viewer=viewer, post_id=post_id)
    if found is None:
        raise Http404
    return found


def _values(row: Unit | Post, form: type[UnitForm | PostForm]) -> dict[str, Any]:
    return {name: getattr(row, f"{name}_id" if name in ("parent", "unit") else name) for name in form.base_fields}


def _posts(viewer: Viewer) -> Choices:
    return [(each.pk, each.label) for each in queries.posts(viewer=viewer)]


def _accounts(viewer: Viewer) -> Choices:
    return [(each.id, each.username) for each in queries.accounts_on(viewer=viewer, day=clock.today()) if each.active]
