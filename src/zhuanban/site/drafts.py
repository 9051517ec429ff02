"""Drafts of forms, between the page's script and the account's own store."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from zhuanban.kit import drafts, formats
from zhuanban.kit.policy import policy
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import viewer_in


@policy(None)
@require_http_methods(["GET", "POST"])
def drafts_of(request: HttpRequest) -> HttpResponse:
    """GET: the account's draft of ``form``. POST: keep one, from a body ``{"form", "fields"}``; without fields it is dropped."""
    actor = viewer_in(request).actor.key
    if request.method == "GET":
        return _kept(actor, request.GET.get("form", ""))
    form, fields = _body(request)
    if not fields:
        drafts.drop_draft(actor=actor, form=form)
        return JsonResponse({})
    saved_at = drafts.keep_draft(actor=actor, form=form, fields=fields)
    return JsonResponse({"saved_at": formats.instant_words(saved_at, "time")})


def _kept(actor: str, form: str) -> HttpResponse:
    draft = drafts.draft_of(actor=actor, form=form) if drafts.is_name(form) else None
    if draft is None:
        return JsonResponse({})
    return JsonResponse({"fields": draft.fields, "saved_at": formats.instant_words(draft.saved_at, "short")})


def _body(request: HttpRequest) -> tuple[str, dict[str, str]]:
    """The name of the form and its texts. Refusals: draft_unusable, draft_long."""
    if request.content_type != "application/json":
        # A form was read as such before, and its body is gone.
        raise Refusal("draft_unusable", status=422)
    if len(request.body) > 8 * drafts.LONGEST:
        raise Refusal("draft_long", status=422, most=drafts.LONGEST)
    try:
        body = json.loads(request.body)
        form, fields = body["form"], body.get("fields") or {}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Refusal("draft_unusable", status=422) from error
    if not isinstance(form, str) or not isinstance(fields, dict) or not drafts.is_name(form):
        raise Refusal("draft_unusable", status=422)
    return form, fields
