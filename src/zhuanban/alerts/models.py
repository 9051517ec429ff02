"""Alerts: a rule that fired for one subject and one period, and what people did about it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from zhuanban.calc.periods import Period
from zhuanban.kit.dated import DatedParameters


class Alert(models.Model):
    """One rule, one subject, one period. It is raised once; corrected figures change or clear it.

    The subject is an indicator, or what ``about`` names (``matter:2023-0005``, ``filing:17``), called ``about_zh`` and
    ``about_en`` and found at ``about_url``. ``group`` and ``unit`` are those that answered for it when it was raised. ``facts`` are figures as
    printed, ``parameters`` those the rule was asked with. ``matter`` is the matter that was opened from it.
    """

    class State(models.TextChoices):
        OPEN = "open"
        ACKNOWLEDGED = "acknowledged"
        EXPLAINED = "explained"
        CLEARED = "cleared"
        CLOSED = "closed"

    rule = models.CharField(max_length=40)
    indicator = models.ForeignKey(
        "indicators.Indicator", null=True, blank=True, on_delete=models.PROTECT, related_name="alerts"
    )
    about = models.CharField(max_length=40, blank=True, default="")
    about_zh = models.CharField(max_length=200, blank=True, default="")
    about_en = models.CharField(max_length=200, blank=True, default="")
    about_url = models.CharField(max_length=200, blank=True, default="")
    group = models.ForeignKey("people.WorkGroup", null=True, on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Unit", null=True, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    first_month = models.PositiveSmallIntegerField()
    last_month = models.PositiveSmallIntegerField()
    facts = models.JSONField()
    parameters = models.JSONField()
    message_zh = models.CharField(max_length=300)
    message_en = models.CharField(max_length=300)
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    raised_at = models.DateTimeField()
    explain_due_on = models.DateField()
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by_post = models.CharField(max_length=200, blank=True)
    cause = models.TextField(blank=True)
    measure = models.TextField(blank=True)
    explained_at = models.DateTimeField(null=True)
    explained_by_post = models.CharField(max_length=200, blank=True)
    matter = models.OneToOneField(
        "matters.Matter", null=True, on_delete=models.PROTECT, related_name="alert"
    )
    cleared_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_by_post = models.CharField(max_length=200, blank=True)
    close_reason = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-year", "-last_month", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["rule", "indicator", "year", "first_month", "last_month"], name="alerts_alert_once"
            ),
            models.UniqueConstraint(
                fields=["rule", "about", "year", "first_month", "last_month"], condition=~Q(about=""),
                name="alerts_alert_about_once",
            ),
            models.CheckConstraint(
                condition=Q(indicator__isnull=False, about="") | (Q(indicator__isnull=True) & ~Q(about="")),
                name="alerts_alert_one_subject",
            ),
            models.CheckConstraint(
                condition=Q(first_month__gte=1) & Q(last_month__lte=12) & Q(first_month__lte=F("last_month")),
                name="alerts_alert_period",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "explain_due_on"], name="alerts_alert_waiting")]

    @property
    def period(self) -> Period:
        return Period(self.year, self.first_month, self.last_month)

    def __str__(self) -> str:
        return f"{self.rule} {self.indicator_id or self.about} {self.period.key}"

    @property
    def subject_zh(self) -> str:
        """What it is about, in Chinese."""
        return self.indicator.name_zh if self.indicator else self.about_zh

    @property
    def subject_en(self) -> str:
        """What it is about, in English."""
        return self.indicator.name_en if self.indicator else self.about_en


class AlertEvent(models.Model):
    """One step in the life of an alert: what, when, by which post, and what was written.

    ``cause`` and ``measure`` are those of an explanation, so that an alert can be told as it was explained on any day.
    """

    class Verb(models.TextChoices):
        RAISED = "raised"
        FACTS_CHANGED = "facts_changed"
        ACKNOWLEDGED = "acknowledged"
        EXPLAINED = "explained"
        MATTER_OPENED = "matter_opened"
        NOTED = "noted"
        CLEARED = "cleared"
        RAISED_AGAIN = "raised_again"
        CLOSED = "closed"

    alert = models.ForeignKey("alerts.Alert", on_delete=models.PROTECT, related_name="events")
    verb = models.CharField(max_length=16, choices=Verb.choices)
    at = models.DateTimeField()
    by_post = models.CharField(max_length=200, blank=True)
    by_key = models.CharField(max_length=80)
    text_zh = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    cause = models.TextField(blank=True)
    measure = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.alert_id} {self.verb}"


class RuleVersion(DatedParameters):
    """A version of one rule's parameters: a history, never changed in place. Without one the rule's defaults hold."""

    rule = models.CharField(max_length=40)

    class Meta:
        ordering: ClassVar = ["rule", "-in_force_from"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["rule", "in_force_from"], name="alerts_rule_version")]

    def __str__(self) -> str:
        return f"{self.rule} {self.in_force_from}"
