"""What an account is told, and how it wants to be told."""

from typing import ClassVar

from django.db import models
from django.utils.translation import get_language


class Notice(models.Model):
    """Something that an account is told once: a new alert, a matter that came to it, a filing sent back.

    ``key`` names what happened, so that each reader hears of it once; ``subject`` the thing it is about: news of it
    replaces what was not read yet. Texts name numbers, units and indicators, never what a matter says: the page behind
    ``url`` decides what may be read. Not audited: what happened stands in the record itself.
    """

    user = models.ForeignKey("people.User", on_delete=models.CASCADE, related_name="notices")
    kind = models.SlugField(max_length=40)
    key = models.CharField(max_length=80)
    subject = models.CharField(max_length=60)
    text_zh = models.CharField(max_length=200)
    text_en = models.CharField(max_length=200)
    url = models.CharField(max_length=200)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "key"], name="people_notice_once")]
        indexes: ClassVar = [
            models.Index(fields=["user", "read_at", "-id"], name="people_notice_unread"),
            # News of a subject is looked for whenever something is told, among all that its readers have not read.
            models.Index(fields=["subject", "user"], name="people_notice_subject"),
        ]

    @property
    def text(self) -> str:
        return self.text_en if get_language() == "en" else self.text_zh

    def __str__(self) -> str:
        return f"{self.user_id} {self.key}"


class NoticeChoice(models.Model):
    """How an account wants to be told: kinds it does not want, and a daily mail, sent outside its quiet hours.

    Not audited: it is the reader's own convenience and changes nobody's work.
    """

    user = models.OneToOneField("people.User", on_delete=models.CASCADE, related_name="notice_choice")
    muted = models.JSONField(default=list)
    mail = models.EmailField(max_length=120, blank=True)
    mail_hour = models.PositiveSmallIntegerField(default=8)
    working_days_only = models.BooleanField(default=True)
    mailed_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.user_id} {self.mail}"
