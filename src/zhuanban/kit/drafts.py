"""Drafts: what an account typed into a form and has not sent yet, kept until it is sent, thrown away or a month old."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.http import HttpRequest

from zhuanban.kit import clock
from zhuanban.kit.models import Draft
from zhuanban.kit.refusals import Refusal

FIELD = "zb_draft"
"""The hidden field in which a form names itself."""

KEPT = timedelta(days=30)
MOST = 40
MOST_FIELDS = 40
LONGEST = 20_000
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_NAME = re.compile(r"[\w.:/-]{1,80}")


@dataclass(frozen=True)
class KeptDraft:
    """A draft: texts by the names of their fields, and when it was kept."""

    fields: Mapping[str, str]
    saved_at: datetime


def is_name(form: str) -> bool:
    """Whether a form may be called so."""
    return _NAME.fullmatch(form) is not None


def draft_of(*, actor: str, form: str) -> KeptDraft | None:
    """What an account keeps of a form. One query."""
    found = Draft.objects.filter(actor=actor, form=form, saved_at__gt=clock.now() - KEPT).first()
    return KeptDraft(found.fields, found.saved_at) if found else None


def keep_draft(*, actor: str, form: str, fields: Mapping[str, str]) -> datetime:
    """Keep texts in place of those kept before; the oldest drafts beyond ``MOST`` go. Refusals: draft_unusable, draft_long."""
    if not is_name(form) or len(fields) > MOST_FIELDS or not all(map(_is_text, (*fields, *fields.values()))):
        raise Refusal("draft_unusable", status=422)
    if sum(len(name) + len(text) for name, text in fields.items()) > LONGEST:
        raise Refusal("draft_long", status=422, most=LONGEST)
    now = clock.now()
    with transaction.atomic():
        Draft.objects.update_or_create(actor=actor, form=form, defaults={"fields": dict(fields), "saved_at": now})
        beyond = Draft.objects.filter(actor=actor).order_by("-saved_at", "-pk").values_list("pk", flat=True)[MOST:]
        Draft.objects.filter(pk__in=list(beyond)).delete()
    return now


def _is_text(value: object) -> bool:
    """Whether a database can store it; JSON can name halves of characters and NUL, which none can."""
    return isinstance(value, str) and not _UNSTORABLE.search(value)


def drop_draft(*, actor: str, form: str) -> None:
    """Forget what an account keeps of a form."""
    Draft.objects.filter(actor=actor, form=form).delete()


def was_sent(request: HttpRequest) -> None:
    """A form that went through needs its draft no more."""
    if form := request.POST.get(FIELD, ""):
        drop_draft(actor=request.viewer.actor.key, form=form)  # type: ignore[attr-defined]


def forget_old() -> int:
    """Drop drafts that nobody took up for a month; the tick calls it."""
    return Draft.objects.filter(saved_at__lte=clock.now() - KEPT).delete()[0]
