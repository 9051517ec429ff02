"""Double submits: a form carries a key, and the same key of the same person acts once.

A replay answers as the first time; the same key with another content is refused. The claim is taken before the work
and given back when the work did not happen.
"""

import functools
import hmac
import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from zhuanban.kit import clock, drafts
from zhuanban.kit.models import FormKey
from zhuanban.kit.refusals import Refusal

FIELD = "zb_key"
LONGEST_REQUEST = timedelta(minutes=10)

View = Callable[..., HttpResponse]


def new_key() -> str:
    """A fresh key for one form."""
    return secrets.token_urlsafe(18)


def _content_digest(request: HttpRequest) -> str:
    # Keyed, since a form may carry a password: who reads the table cannot try guesses against it.
    digest = hmac.new(settings.SECRET_KEY.encode(), request.path.encode(), "sha256")
    for name in sorted(request.POST):
        if name not in (FIELD, "csrfmiddlewaretoken"):
            digest.update(f"\0{name}\0{request.POST.getlist(name)!r}".encode())
    for name in sorted(request.FILES):
        for upload in request.FILES.getlist(name):
            assert not isinstance(upload, str)
            digest.update(f"\0{name}\0{upload.name}\0{upload.size}\0".encode())
            for chunk in upload.chunks():
                digest.update(chunk)
            upload.seek(0)
    return digest.hexdigest()


def _claim(actor: str, key: str, content: str) -> FormKey | None:
    """A new claim, or None where the key is taken."""
    try:
        with transaction.atomic():
            return FormKey.objects.create(actor=actor, key=key, content=content, claimed_at=clock.real_now())
    except IntegrityError:
        return None


def _claim_of_a_crash(actor: str, key: str, content: str) -> FormKey | None:
    """A new claim in place of one whose process died at work: no request works for ten minutes."""
    dead = FormKey.objects.filter(
        actor=actor, key=key, content=content, location="", claimed_at__lt=clock.real_now() - LONGEST_REQUEST
    )
    return _claim(actor, key, content) if dead.delete()[0] else None


def once(view: View) -> View:
    """Let a POST with a form key act once; other methods pass through. A POST without a key is refused."""

    @functools.wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        key = request.POST.get(FIELD, "")
        if not 8 <= len(key) <= 64:
            raise Refusal("form_key_missing", status=422)
        actor = request.viewer.actor.key  # type: ignore[attr-defined]
        content = _content_digest(request)
        claim = _claim(actor, key, content) or _claim_of_a_crash(actor, key, content)
        if claim is None:
            return _replay(actor, key, content)
        done = False
        try:
            response = view(request, *args, **kwargs)
            done = response.status_code == 302
        finally:
            if not done:
                claim.delete()
        if done:
            claim.location = response["Location"]
            claim.save(update_fields=["location"])
            drafts.was_sent(request)
        return response

    return wrapped


def _replay(actor: str, key: str, content: str) -> HttpResponse:
    earlier = FormKey.objects.filter(actor=actor, key=key).first()
    if earlier is None:
        # The first one failed and gave the key back a moment ago.
        raise Refusal("form_still_working", status=409)
    if earlier.content != content:
        raise Refusal("form_key_reused", status=422)
    if not earlier.location:
        raise Refusal("form_still_working", status=409)
    return HttpResponseRedirect(earlier.location)


def forget_old(days: int = 2) -> int:
    """Drop keys older than ``days``; the nightly sweep calls it."""
    return FormKey.objects.filter(claimed_at__lt=clock.real_now() - timedelta(days=days)).delete()[0]
