"""Filings: what a unit owes the office for a month, and the signed versions that never change."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from zhuanban.calc.due_days import Week
from zhuanban.calc.periods import Period
from zhuanban.filings.kinds.cadence import Covered, Dates
from zhuanban.kit.dated import DatedParameters


class Filing(models.Model):
    """One filing that one unit owes for one group and one month, or one week.

    ``year`` and ``month`` are the month it covers and decide the plan year, whenever it is signed. A weekly filing has
    its ISO ``week`` too, lies in the month of the week's Thursday, and goes to ``owed_to``, the responsible department;
    a monthly one has week 0 and goes to the office. ``reminded_on`` and ``overdue_said_on`` are the days on which the
    unit was reminded and told that it is overdue. ``late_on`` and
    ``lock_on`` are the first mornings on which it is late and locked. ``extended_to`` is the last day in time that the
    office granted instead of the due day. ``compiled`` is the newest snapshot of live data; what was signed stands in
    FrozenFiling.
    """

    class State(models.TextChoices):
        DUE = "due"
        COMPILED = "compiled"
        SIGNED = "signed"
        RECEIVED = "received"
        SENT_BACK = "sent_back"

    cadence = models.CharField(max_length=40)
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="filings")
    group = models.ForeignKey("people.WorkGroup", on_delete=models.PROTECT, related_name="filings")
    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    week = models.PositiveSmallIntegerField(default=0)
    owed_to = models.ForeignKey("people.Unit", null=True, on_delete=models.PROTECT, related_name="filings_received")
    due_on = models.DateField()
    due_nominal_on = models.DateField()
    late_on = models.DateField()
    lock_on = models.DateField()
    dates_provisional = models.BooleanField(default=False)
    extended_to = models.DateField(null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DUE)
    compiled = models.JSONField(null=True)
    compiled_at = models.DateTimeField(null=True)
    compiled_by_post = models.CharField(max_length=200, blank=True)
    comment = models.TextField(blank=True)
    no_change = models.BooleanField(default=False)
    first_signed_on = models.DateField(null=True)
    reminded_on = models.DateField(null=True)
    overdue_said_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["-year", "-month", "-week", "group__position", "unit__position", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cadence", "unit", "group", "year", "month", "week"], name="filings_filing_once"
            ),
            models.CheckConstraint(
                condition=Q(due_on__lt=F("late_on")) & Q(late_on__lte=F("lock_on")), name="filings_filing_dates"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_on"], name="filings_filing_waiting")]

    @property
    def covered(self) -> Covered:
        return Week(self.year, self.week) if self.week else Period.month(self.year, self.month)

    @property
    def dates(self) -> Dates:
        return Dates(
            self.due_on, self.due_nominal_on, self.late_on, self.lock_on, self.dates_provisional, self.extended_to
        )

    def __str__(self) -> str:
        return f"{self.cadence} {self.unit_id}/{self.group_id} {self.covered.key}"


class FrozenFiling(models.Model):
    """One signed version of a filing. ``body`` is the canonical text whose SHA-256 the trail holds; it never changes.

    ``certificate_seq`` is the number of the trail's entry of the signature. Receiving and sending back are written
    beside the body.
    """

    filing = models.ForeignKey("filings.Filing", on_delete=models.PROTECT, related_name="frozen")
    number = models.PositiveSmallIntegerField()
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    certificate_seq = models.BigIntegerField(unique=True)
    certificate = models.CharField(max_length=40, unique=True)
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    signed_by_post = models.CharField(max_length=200)
    is_late = models.BooleanField()
    received_at = models.DateTimeField(null=True)
    received_by_post = models.CharField(max_length=200, blank=True)
    received_own_unit = models.BooleanField(default=False)
    receive_remark = models.TextField(blank=True)
    sent_back_at = models.DateTimeField(null=True)
    sent_back_by_post = models.CharField(max_length=200, blank=True)
    send_back_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["filing", "-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["filing", "number"], name="filings_frozen_once")]

    def __str__(self) -> str:
        return self.certificate


class Extension(models.Model):
    """One request of a unit for more time for a filing, and the office's answer.

    ``until`` is the last day asked for, ``granted_until`` the one given. Whoever signs meanwhile makes it lapse.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        GRANTED = "granted"
        DECLINED = "declined"
        LAPSED = "lapsed"

    filing = models.ForeignKey("filings.Filing", on_delete=models.PROTECT, related_name="extensions")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    until = models.DateField()
    reason = models.TextField(max_length=2000)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey("people.User", null=True, on_delete=models.PROTECT, related_name="+")
    asked_by_post = models.CharField(max_length=200)
    granted_until = models.DateField(null=True)
    answer = models.TextField(blank=True, max_length=2000)
    answered_at = models.DateTimeField(null=True)
    answered_by_post = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["filing", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["filing"], condition=Q(state="waiting"), name="filings_extension_one_waits"
            ),
            models.CheckConstraint(
                condition=Q(granted_until__isnull=False, state="granted") | (Q(granted_until=None) & ~Q(state="granted")),
                name="filings_extension_granted_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.until} {self.state}"


class UnitReminder(models.Model):
    """The office reminded a unit by hand of a filing it has not signed: once a day and unit, of one or several."""

    filing = models.ForeignKey("filings.Filing", on_delete=models.PROTECT, related_name="reminders")
    unit = models.ForeignKey("people.Unit", on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField()
    by_post = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["filing", "-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["filing", "on"], name="filings_reminder_once_a_day")]
        indexes: ClassVar = [models.Index(fields=["on", "unit"], name="filings_reminder_day")]

    def __str__(self) -> str:
        return f"{self.filing_id} {self.on}"


class Consolidation(models.Model):
    """The month's filings gathered by the office, frozen: ``body`` is the canonical text whose SHA-256 the trail holds.

    A later one of the same month gets the next ``number``; earlier ones never change.
    """

    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    certificate_seq = models.BigIntegerField(unique=True)
    certificate = models.CharField(max_length=40, unique=True)
    frozen_at = models.DateTimeField()
    frozen_by_post = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["-year", "-month", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year", "month", "number"], name="filings_consolidation_once")
        ]

    def __str__(self) -> str:
        return self.certificate


class CadenceVersion(DatedParameters):
    """A version of what the office set about one kind of filing. Without one the drawer's numbers hold."""

    cadence = models.SlugField(max_length=40)

    class Meta:
        ordering: ClassVar = ["cadence", "-in_force_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cadence", "in_force_from"], name="filings_cadence_version")
        ]

    def __str__(self) -> str:
        return f"{self.cadence} {self.in_force_from}"
