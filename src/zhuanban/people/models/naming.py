"""What many rows share: names in two languages, dates from and until, how confidential something is."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class DataClass(models.IntegerChoices):
    """How confidential something is. A right reaches one class and all before it."""

    PUBLIC = 1, _("Public")
    INTERNAL = 2, _("Internal")
    ENTERPRISE = 3, _("Sensitive for an enterprise")
    PERSONAL = 4, _("Personal")


class Named(models.Model):
    """Something with a Chinese and an English name; ``name`` is the one of the reader's language."""

    name_zh = models.CharField(max_length=120)
    name_en = models.CharField(max_length=160)

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_zh

    def __str__(self) -> str:
        return self.name


class Dated(models.Model):
    """Something in force from a date, until a date (exclusive) or without end."""

    valid_from = models.DateField()
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    def is_in_force(self, day: date) -> bool:
        """Whether ``day`` lies within its dates."""
        return self.valid_from <= day and (self.valid_until is None or day < self.valid_until)


def dated_check(name: str) -> models.CheckConstraint:
    """An end that is not after the beginning is impossible."""
    return models.CheckConstraint(
        condition=Q(valid_until__isnull=True) | Q(valid_until__gt=F("valid_from")), name=f"{name}_dates"
    )
