"""What tests of pages share: somebody's browser, and a page's words."""

import html
from typing import Any

from django.test import Client

from zhuanban.people.tests.cast import Cast


def browser(people: Cast, who: str, *, language: str = "zh-hans") -> Client:
    """The browser of whoever holds the post ``who``, signed in."""
    client = Client()
    client.cookies["zb_language"] = language
    client.force_login(people.users[who])
    return client


def words(answer: Any) -> str:
    """What an answer says, without HTML's escapes."""
    return html.unescape(answer.content.decode())
