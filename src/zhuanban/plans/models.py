"""Which plan the workspace runs on."""

from typing import ClassVar

from django.db import models


class AppliedPack(models.Model):
    """A pack as it was applied, whole: the next application compares with it, duties and ladder are read from it.

    The newest row counts. Earlier rows stay, so that a report of last year can name its plan.
    """

    code = models.SlugField(max_length=60)
    plan_year = models.PositiveSmallIntegerField()
    document_number = models.CharField(max_length=80)
    content = models.JSONField()
    in_force_from = models.DateField()
    applied_at = models.DateTimeField()
    applied_by_post = models.CharField(max_length=200)

    class Meta:
        ordering: ClassVar = ["-applied_at", "-id"]

    def __str__(self) -> str:
        return f"{self.code} {self.applied_at:%Y-%m-%d}"
