"""Tables of the kit: form keys, kept views, drafts, what is followed, counts of tries. They hold no business facts and are not audited."""

from typing import ClassVar

from django.db import models


class FormKey(models.Model):
    """One form key of one actor: taken when its form was posted, with the address the answer led to."""

    actor = models.CharField(max_length=80)
    key = models.CharField(max_length=64)
    content = models.CharField(max_length=64)
    location = models.CharField(max_length=500, blank=True)
    claimed_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor", "key"], name="kit_form_key_once")]

    def __str__(self) -> str:
        return f"{self.actor}:{self.key}"


class SavedView(models.Model):
    """A reading of a list that an actor keeps under a name: filters, order, columns, as the query of its address."""

    actor = models.CharField(max_length=80)
    listing = models.CharField(max_length=40)
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["actor", "listing", "name"], name="kit_saved_view_once")]

    def __str__(self) -> str:
        return f"{self.actor} {self.listing} {self.name}"


class Draft(models.Model):
    """What an actor typed into a form and has not sent: the fields with their texts, never files."""

    actor = models.CharField(max_length=80)
    form = models.CharField(max_length=80)
    fields = models.JSONField()
    saved_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["actor", "form"], name="kit_draft_once")]

    def __str__(self) -> str:
        return f"{self.actor} {self.form}"


class Followed(models.Model):
    """One thing that an actor wants to have before the eyes: its kind and the code that names it."""

    actor = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["actor", "kind", "code"], name="kit_followed_once")]

    def __str__(self) -> str:
        return f"{self.actor} {self.kind} {self.code}"


class Tries(models.Model):
    """How often something was tried since a moment, for what may be tried a few times only."""

    key = models.CharField(max_length=80, unique=True)
    taken = models.PositiveSmallIntegerField(default=0)
    since = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.key} {self.taken}"


class VisitMark(models.Model):
    """Up to when an actor saw what changed: in the present visit, and at the end of the one before."""

    actor = models.CharField(max_length=80, unique=True)
    seen_at = models.DateTimeField()
    earlier_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.actor} {self.seen_at:%Y-%m-%d %H:%M}"
