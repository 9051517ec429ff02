"""Telling accounts what happened, and how they want to be told."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from zhuanban.calc.words import Words
from zhuanban.kit import clock
from zhuanban.kit.notices import notice_kinds
from zhuanban.kit.refusals import Refusal
from zhuanban.people.access import Viewer
from zhuanban.people.models import Notice, NoticeChoice

LONGEST = 200


def notify(*, kind: str, key: str, subject: str, users: Iterable[int], text: Words, url: str) -> int:
    """Tell each of the accounts once; who muted the kind hears nothing. Returns how many were told.

    Telling again under the same key does nothing. Earlier news of the same subject that was not read counts as read.
    """
    assert kind in {each.key for each in notice_kinds}, f"the kind {kind} is not registered"
    wanted = set(users)
    wanted -= {choice.user_id for choice in NoticeChoice.objects.filter(user_id__in=wanted) if kind in choice.muted}
    wanted -= set(Notice.objects.filter(user_id__in=wanted, key=key).values_list("user_id", flat=True))
    if not wanted:
        return 0
    now = clock.now()
    Notice.objects.filter(user_id__in=wanted, subject=subject, read_at=None).update(read_at=now)
    told = [
        Notice(
            user_id=user, kind=kind, key=key, subject=subject, text_zh=text.zh[:LONGEST], text_en=text.en[:LONGEST],
            url=url, at=now,
        )
        for user in sorted(wanted)
    ]  # fmt: skip
    Notice.objects.bulk_create(told, ignore_conflicts=True)
    return len(told)


def settle_notices(subject: str) -> None:
    """Nobody has to read any more that something waits for him, once it is done."""
    Notice.objects.filter(subject=subject, read_at=None).update(read_at=clock.now())


def read_notice(*, notice_id: int, by: Viewer) -> Notice:
    """Mark one notice read. Refusals: notice_absent 404."""
    found = Notice.objects.filter(pk=notice_id, user_id=by.user_id or 0).first()
    if found is None:
        raise Refusal("notice_absent", status=404)
    if found.read_at is None:
        Notice.objects.filter(pk=found.pk).update(read_at=clock.now())
    return found


def read_all_notices(*, up_to: int, by: Viewer) -> int:
    """Mark everything read that the reader saw: up to a notice, so that what came meanwhile stays unread."""
    return Notice.objects.filter(user_id=by.user_id or 0, read_at=None, pk__lte=up_to).update(read_at=clock.now())


def choose_notices(
    *, muted: Sequence[str], mail: str, mail_hour: int, working_days_only: bool, by: Viewer
) -> NoticeChoice:
    """How the reader wants to be told. Refusals: choice_unknown."""
    known = {each.key for each in notice_kinds}
    if set(muted) - known or not 0 <= mail_hour <= 23:
        raise Refusal("choice_unknown", where="muted")
    values = {"muted": sorted(muted), "mail": mail.strip(), "mail_hour": mail_hour, "working_days_only": working_days_only}
    choice, _made = NoticeChoice.objects.update_or_create(user_id=by.user_id or 0, defaults=values)
    return choice


def forget_old_notices(days: int = 180) -> str:
    """The tick's step: what was read half a year ago is forgotten."""
    gone, _each = Notice.objects.filter(read_at__lt=clock.now() - timedelta(days=days)).delete()
    return f"forgot {gone}"
