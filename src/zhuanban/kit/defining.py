"""Writing definitions idempotently: what is already so is left alone, and the caller learns what changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Model

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Defined(Generic[M]):
    """The row as it stands now, whether it is new, and which of its fields were changed."""

    row: M
    is_new: bool
    changed: tuple[str, ...]

    @property
    def is_unchanged(self) -> bool:
        return not self.is_new and not self.changed


def define(model: type[M], key: Mapping[str, Any], values: Mapping[str, Any]) -> Defined[M]:
    """Make the row named by ``key`` carry ``values``. Fields not named keep what they have.

    Writes nothing when all values are so already. Runs inside the caller's work.
    """
    row = model._default_manager.filter(**key).first()
    if row is None:
        row = model(**key, **values)
        row.save(force_insert=True)
        return Defined(row, True, ())
    changed = tuple(name for name, value in values.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=[*changed, *_counted_up(row)])
    return Defined(row, False, changed)


def _counted_up(row: Model) -> list[str]:
    """Raise the version of a row that people edit as well, so that whoever has it open learns of the change."""
    if not hasattr(row, "version"):
        return []
    row.version += 1
    return ["version"]
