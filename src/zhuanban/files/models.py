"""Attachments: what was handed in, by whom, and where its bytes lie."""

from pathlib import Path
from typing import ClassVar

from django.db import models

from zhuanban.kit import workspace


class Attachment(models.Model):
    """One file as one post handed it in. Its bytes are stored once per content, under their SHA-256.

    It belongs to the row of an upper room that points to it and is shown only through that row. ``uploaded_by_key`` is
    the actor's key as in the trail.
    """

    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveIntegerField()
    kind = models.CharField(max_length=8)
    original_name = models.CharField(max_length=200)
    uploaded_at = models.DateTimeField()
    uploaded_by_post = models.CharField(max_length=200)
    uploaded_by_key = models.CharField(max_length=80)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.original_name

    @property
    def path(self) -> Path:
        """Where the bytes lie, outside anything the web server shows."""
        return path_of(self.sha256)


def path_of(sha256: str) -> Path:
    """The place of a content: ``<workspace>/files/ab/ab…``; the name says nothing about the file."""
    return workspace.files_path() / sha256[:2] / sha256
