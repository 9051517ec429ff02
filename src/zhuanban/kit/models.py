"""Tables of the kit: form keys. They hold no business facts and are not audited."""

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
