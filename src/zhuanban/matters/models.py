"""Matters: what somebody must get done, its timeline, and the evidence handed in on the way."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q

from zhuanban.kit.dated import DatedParameters
from zhuanban.people.models import DataClass


class Matter(models.Model):
    """One thing to get done, in one ledger, with two coordinates: the responsible unit and the territory.

    ``due_on`` is the responsible unit's day; ``due_is_fixed`` marks one that the registrar set, which acceptance does
    not move. ``level`` is the level of the ladder it has reached, ``level_due_on`` that level's day (None on the first);
    both stay when it is resolved or sent back. ``handler`` is who handled it last. ``state`` is a key of the ledger's states. ``data_class`` limits who may
    read it at all; what is more than internal stands in no document. ``outcome`` is what the newest resolution says:
    solved or explained; ``satisfaction`` a key of the ledger's, from the newest visit; ``days_left`` the working days that
    were left of the term when the clock was paused.
    """

    number = models.CharField(max_length=16, unique=True)
    ledger = models.SlugField(max_length=40)
    title = models.CharField(max_length=120)
    description = models.TextField(max_length=4000)
    source = models.CharField(max_length=120)
    urgency = models.CharField(max_length=12, default="normal")
    data_class = models.PositiveSmallIntegerField(choices=DataClass.choices, default=DataClass.INTERNAL)
    group = models.ForeignKey("people.WorkGroup", on_delete=models.PROTECT, related_name="+")
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="+")
    territory = models.ForeignKey("people.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    indicator = models.ForeignKey(
        "indicators.Indicator", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    raised_by_post = models.CharField(max_length=200)
    due_on = models.DateField()
    due_is_fixed = models.BooleanField(default=False)
    due_is_provisional = models.BooleanField(default=False)
    level = models.PositiveSmallIntegerField(default=1)
    level_due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20)
    state_since = models.DateTimeField()
    handler = models.ForeignKey("people.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    handler_post = models.CharField(max_length=200, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, blank=True, default="")
    satisfaction = models.CharField(max_length=20, blank=True, default="")
    days_left = models.PositiveSmallIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-id"]
        indexes: ClassVar = [
            models.Index(fields=["group", "unit", "id"], name="matters_by_unit"),
            models.Index(fields=["territory", "id"], name="matters_by_territory"),
            # Holds all that a count or an order within a scope looks at, so that neither reads a row.
            models.Index(
                fields=["state", "due_on", "group", "unit", "territory", "data_class", "ledger"],
                name="matters_to_count",
            ),
            # Holds all that decides whether a matter climbs, so that looking every minute reads no row.
            models.Index(fields=["level", "state", "due_on", "level_due_on"], name="matters_to_climb"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(state=""), name="matters_state_known"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=models.F("raised_at")),
                name="matters_closed_after",
            ),
            models.CheckConstraint(
                condition=Q(level=1, level_due_on__isnull=True) | Q(level__gt=1, level_due_on__isnull=False),
                name="matters_level_has_day",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class MatterEvent(models.Model):
    """One step in a matter's story: who did what when, in which words. Never changed.

    ``state`` and ``due_on`` are those the step led to, so that the matter can be told as it stood on any day.
    """

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="events")
    verb = models.CharField(max_length=24)
    at = models.DateTimeField()
    by = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    by_post = models.CharField(max_length=200)
    text = models.TextField(max_length=4000, blank=True)
    state = models.CharField(max_length=20)
    due_on = models.DateField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["at", "matter"], name="matters_event_at")]

    def __str__(self) -> str:
        return f"{self.matter_id}:{self.verb}"


class MatterRequest(models.Model):
    """What the responsible unit asked the office for: more time, a pause, another unit. One of a kind waits at a time.

    ``asked`` and ``answered`` are the steps of the story that say when, by whom and why. ``until`` is the day asked for,
    after the answer the one granted; ``unit`` the one it went to.
    """

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=16)
    asked = models.OneToOneField("matters.MatterEvent", on_delete=models.PROTECT, related_name="request")
    until = models.DateField(null=True, blank=True)
    unit = models.ForeignKey("people.Unit", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered = models.OneToOneField(
        "matters.MatterEvent", null=True, blank=True, on_delete=models.PROTECT, related_name="answer"
    )
    granted = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["matter", "kind"], condition=Q(answered__isnull=True), name="matters_request_waits_once"
            ),
            models.CheckConstraint(
                condition=Q(answered__isnull=True, granted__isnull=True)
                | Q(answered__isnull=False, granted__isnull=False),
                name="matters_request_answer_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}:{self.kind}"


class MatterEscalation(models.Model):
    """A matter reached a level of the ladder. When, on whose word and why says the step of its story. Never changed.

    ``due_on`` is the level's day as it was given then; one that follows a changed calendar stands at the matter.
    """

    class Trigger(models.TextChoices):
        OVERDUE = "overdue"
        MANUAL = "manual"

    matter = models.ForeignKey("matters.Matter", on_delete=models.PROTECT, related_name="escalations")
    event = models.OneToOneField("matters.MatterEvent", on_delete=models.PROTECT, related_name="escalation")
    level = models.PositiveSmallIntegerField()
    trigger = models.CharField(max_length=12, choices=Trigger.choices)
    due_on = models.DateField()

    class Meta:
        ordering: ClassVar = ["matter", "level"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["matter", "level"], name="matters_level_once"),
            models.CheckConstraint(condition=Q(level__gt=1), name="matters_level_above_first"),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}:L{self.level}"

    @property
    def at(self) -> datetime:
        """When it was reached."""
        return self.event.at

    @property
    def by_post(self) -> str:
        """Who reported it up, as he signed; empty where its time ran out."""
        return self.event.by_post

    @property
    def reason(self) -> str:
        """Why it was reported up; empty where its time ran out."""
        return self.event.text


class MatterEvidence(models.Model):
    """A file handed in with a step."""

    event = models.ForeignKey("matters.MatterEvent", on_delete=models.PROTECT, related_name="evidence")
    attachment = models.ForeignKey("files.Attachment", on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["event", "attachment"], name="matters_evidence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id}:{self.attachment_id}"


class MatterNumber(models.Model):
    """The last number given out in a year; taken in the same transaction as the matter, so none is lost or doubled."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}-{self.last:04d}"


class LedgerTerms(DatedParameters):
    """A version of one ledger's terms, working days by clock. Without one the drawer's terms hold."""

    ledger = models.SlugField(max_length=40)

    class Meta:
        ordering: ClassVar = ["ledger", "-in_force_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ledger", "in_force_from"], name="matters_terms_version")
        ]

    def __str__(self) -> str:
        return f"{self.ledger} {self.in_force_from}"


class LedgerLadder(DatedParameters):
    """A version of one ledger's way up: for each upper level the working days until it is reached and those it has to answer.

    Without one the drawer's hold.
    """

    ledger = models.SlugField(max_length=40)

    class Meta:
        ordering: ClassVar = ["ledger", "-in_force_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["ledger", "in_force_from"], name="matters_ladder_version")
        ]

    def __str__(self) -> str:
        return f"{self.ledger} {self.in_force_from}"
