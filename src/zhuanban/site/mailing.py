"""The daily mail: that notices wait and how many of each kind, never what they say. Sent only where a server is named.

``ZHUANBAN_MAIL=smtp://user:password@host:587`` (``smtps://`` for TLS from the first byte) and ``ZHUANBAN_MAIL_FROM``.
"""

import logging
import os
from collections import Counter
from urllib.parse import unquote, urlsplit

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import translation
from django.utils.translation import gettext as _

from zhuanban.kit import clock, workspace
from zhuanban.kit.notices import notice_kinds
from zhuanban.people.models import Notice, NoticeChoice
from zhuanban.people.queries import working_calendar

log = logging.getLogger(__name__)
SECONDS = 10
"""So long one mail server may take to answer: the tick waits for it."""


def is_ready() -> bool:
    """Whether a mail server is named."""
    return bool(os.environ.get("ZHUANBAN_MAIL"))


def send_digests() -> str:
    """The tick's step: after each reader's hour, one mail a day about what he has not read and was not mailed about.

    A mail that cannot be sent is tried again at the next tick; nothing of it is lost.
    """
    if not is_ready():
        return "no mail server"
    now = clock.shanghai(clock.now())
    sent = failed = 0
    due = NoticeChoice.objects.exclude(mail="").exclude(mailed_on=now.date()).filter(mail_hour__lte=now.hour)
    if not working_calendar().is_working(now.date()):
        due = due.filter(working_days_only=False)
    for choice in due.filter(user__active=True).select_related("user"):
        try:
            sent += _send(choice)
        except OSError as error:
            # Of smtplib's own errors all are OSErrors.
            log.warning("the daily mail to account %s was not sent: %s", choice.user_id, error)
            failed += 1
    return f"sent {sent}, failed {failed}"


def _send(choice: NoticeChoice) -> int:
    waiting = Notice.objects.filter(user_id=choice.user_id, read_at=None, mailed_at=None)
    counts = Counter(waiting.values_list("kind", flat=True))
    if counts:
        with translation.override(choice.user.language):
            _message(choice.mail, counts).send()
        waiting.update(mailed_at=clock.now())
    NoticeChoice.objects.filter(pk=choice.pk).update(mailed_on=clock.today())
    return bool(counts)


def _message(to: str, counts: Counter[str]) -> EmailMessage:
    """Numbers only: mail leaves the system, so it carries nothing that is in it."""
    config = workspace.config()
    name = config.name_en if translation.get_language() == "en" else config.name_zh
    total = sum(counts.values())
    lines = [f"{each.name}: {counts[each.key]}" for each in notice_kinds if counts[each.key]]
    address = os.environ.get("ZHUANBAN_URL", "").rstrip("/")
    body = "\n".join([
        _("%(count)s notices wait for you.") % {"count": total}, "", *lines, "",
        f"{address}/inbox/" if address else _("Sign in to read them."),
        "", _("This mail says no more on purpose. Whether and when it comes, you choose beside your notices."),
    ])  # fmt: skip
    subject = _("%(name)s: %(count)s notices") % {"name": name, "count": total}
    sender = os.environ.get("ZHUANBAN_MAIL_FROM") or "zhuanban@localhost"
    return EmailMessage(subject, body, sender, [to], connection=_connection())


def _connection() -> BaseEmailBackend:
    server = urlsplit(os.environ["ZHUANBAN_MAIL"])
    tls = server.scheme == "smtps"
    return get_connection(
        "django.core.mail.backends.smtp.EmailBackend",
        host=server.hostname or "localhost", port=server.port or (465 if tls else 587),
        username=unquote(server.username or ""), password=unquote(server.password or ""),
        use_ssl=tls, use_tls=not tls and bool(server.username), timeout=SECONDS,
    )  # fmt: skip
