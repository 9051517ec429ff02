"""Tables of the tamper-evident record. Rows are written by the seal only and never change."""

from django.db import models


class Entry(models.Model):
    """One change of one audited row, or one event, linked to the entry before it.

    ``hash`` covers ``prev`` and all other columns, so anyone can recompute the chain; ``mac`` is keyed outside the
    database, so a chain rewritten from inside it does not verify. ``state_digest`` is the keyed digest of the row as
    stored after the change, empty for a deletion.
    """

    seq = models.BigIntegerField(primary_key=True)
    prev = models.CharField(max_length=64, unique=True)
    hash = models.CharField(max_length=64, unique=True)
    mac = models.CharField(max_length=64)
    alg = models.SmallIntegerField()
    at_us = models.BigIntegerField()
    actor_kind = models.CharField(max_length=16)
    actor_key = models.CharField(max_length=80)
    actor_label = models.CharField(max_length=200)
    reason = models.CharField(max_length=300)
    request = models.CharField(max_length=32)
    op = models.CharField(max_length=8)
    tbl = models.CharField(max_length=64)
    pk_text = models.CharField(max_length=80)
    state_digest = models.CharField(max_length=64)

    class Meta:
        db_table = "trail_entry"
        indexes = [
            models.Index(fields=["tbl", "pk_text", "seq"], name="trail_entry_row"),
            models.Index(fields=["tbl", "seq"], name="trail_entry_newest"),
            models.Index(fields=["at_us"], name="trail_entry_at"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.op} {self.tbl}:{self.pk_text}"


class Payload(models.Model):
    """The content of a row after a change; may lawfully be erased, the chain holds only its digest."""

    seq = models.BigIntegerField(primary_key=True)
    body = models.TextField()

    class Meta:
        db_table = "trail_payload"

    def __str__(self) -> str:
        return str(self.seq)


class CheckRun(models.Model):
    """One verification ordered in the browser: when, by which post, how it ended. Not audited: it changes nothing.

    ``ended_at`` is None while it runs; ``findings`` are the first of them as kind, table, key and detail.
    """

    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)
    deep = models.BooleanField()
    ended_at = models.DateTimeField(null=True)
    entries = models.BigIntegerField(default=0)
    rows = models.BigIntegerField(default=0)
    found = models.BigIntegerField(default=0)
    findings = models.JSONField(default=list)
    failure = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M} {self.found}"


class Head(models.Model):
    """The one row that names the newest entry; locking it orders the writers."""

    id = models.SmallIntegerField(primary_key=True)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    class Meta:
        db_table = "trail_head"

    def __str__(self) -> str:
        return str(self.seq)


class Pending(models.Model):
    """A change noted by a trigger and not sealed yet. ``tx`` is PostgreSQL's transaction id, 0 on SQLite."""

    tbl = models.CharField(max_length=64)
    pk_text = models.CharField(max_length=80)
    op = models.CharField(max_length=1)
    tx = models.BigIntegerField(default=0)

    class Meta:
        db_table = "trail_pending"

    def __str__(self) -> str:
        return f"{self.op} {self.tbl}:{self.pk_text}"
