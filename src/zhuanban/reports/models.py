"""Reports of the office: drafted from figures known at one moment, rewritten in words, issued under a number."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class Report(models.Model):
    """One monthly analysis of the office.

    ``composed`` is the text made from the figures as known at ``known_at``, ``words`` what the office wrote in place of
    some of its paragraphs, ``hands`` the numbers of the accounts that wrote. Issued, ``body`` holds the whole frozen
    text, whose SHA-256 stands in the trail's entry ``certificate_seq``. ``corrects`` is the issued report that this one
    takes the place of.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        REVIEW = "review"
        ISSUED = "issued"
        SUPERSEDED = "superseded"
        WITHDRAWN = "withdrawn"

    year = models.PositiveSmallIntegerField()
    month = models.PositiveSmallIntegerField()
    known_at = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    composed = models.TextField()
    words = models.TextField(default="{}")
    hands = models.TextField(default="[]")
    made_at = models.DateTimeField()
    made_by_post = models.CharField(max_length=200)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by_post = models.CharField(max_length=200, blank=True)
    returned_reason = models.TextField(blank=True)
    returned_by_post = models.CharField(max_length=200, blank=True)
    number_year = models.PositiveSmallIntegerField(null=True, blank=True)
    number = models.PositiveSmallIntegerField(null=True, blank=True)
    body = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    certificate_seq = models.BigIntegerField(null=True, blank=True, unique=True)
    certificate = models.CharField(max_length=40, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by_post = models.CharField(max_length=200, blank=True)
    corrects = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_post = models.CharField(max_length=200, blank=True)
    end_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-year", "-month", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number_year", "number"], name="reports_number_once"),
            models.UniqueConstraint(
                fields=["year", "month"], condition=Q(state__in=("draft", "review")), name="reports_one_draft_of_a_month"
            ),
            models.UniqueConstraint(
                fields=["year", "month"], condition=Q(state="issued"), name="reports_one_in_force_of_a_month"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}:{self.state}"
