"""Posts as they signed in the record, for readers of English."""

from typing import Any

from django import template
from django.core.signals import request_started
from django.utils.translation import get_language

from zhuanban.kit.registries import way_to
from zhuanban.people.models import Post

register = template.Library()


class _Names:
    """The English labels of today's posts by their signature: read once a request, and by English pages only."""

    def __init__(self) -> None:
        self.known: dict[str, str] | None = None
        request_started.connect(self.forget)

    def forget(self, **_: Any) -> None:
        self.known = None

    def english(self, signature: str) -> str:
        known = self.known
        if known is None:
            known = self.known = {post.signature: post.label for post in Post.objects.select_related("unit")}
        return known.get(signature, signature)


names = _Names()


@register.simple_tag(takes_context=True)
def page_about(context: Any, kind: str, code: str) -> str:
    """The address of the page about a unit or a group; empty where there is none for the reader."""
    return way_to(kind, context["viewer"], code) if context.get("viewer") is not None else ""


@register.filter
def post_words(signature: str) -> str:
    """A signature of the record in the reader's language; as written where no post of today has that name."""
    if not signature or get_language() != "en":
        return signature
    return names.english(signature)
