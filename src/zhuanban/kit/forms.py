"""What forms of every room share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _

from zhuanban.kit import formats
from zhuanban.kit.refusals import Refusal

Choices = list[tuple[Any, Any]]


@dataclass(frozen=True)
class Difference:
    """A field in which what is stored by now differs from what was typed, both in words."""

    label: str
    stored: str
    typed: str


def put_beside(form: forms.Form, refusal: Refusal, *, stored: Mapping[str, Any] | None = None) -> None:
    """Put a refusal's sentences beside the fields they name; the others head the form.

    Where somebody else was faster, the form shows both versions. ``stored`` is what stands by now, the form's initial
    values unless given.
    """
    for problem in refusal.problems:
        field = problem.where if problem.where in form.fields else None
        words = problem.sentence if field or not problem.where else f"{problem.where} {problem.sentence}"
        form.add_error(field, words)
    if is_conflict(refusal):
        _show_both(form, form.initial if stored is None else stored)


def is_conflict(refusal: Refusal) -> bool:
    """Whether somebody else changed the row since the form was opened."""
    return "stale_version" in refusal.codes


def status_of(*shown: forms.Form | None) -> int:
    """The status of a page with these forms: 409 where somebody was faster, 422 where something is wrong, else 200."""
    if any(hasattr(form, "differences") for form in shown):
        return 409
    return 422 if any(form is not None and form.errors for form in shown) else 200


def _show_both(form: forms.Form, stored: Mapping[str, Any]) -> None:
    """Both versions beside each other; sent again, the form knowingly replaces the other one."""
    differing = [(bound, stored[bound.name]) for bound in form.visible_fields() if bound.name in stored]
    form.differences = [  # type: ignore[attr-defined]
        Difference(str(bound.label), _words(bound.field, theirs), _words(bound.field, bound.value()))
        for bound, theirs in differing
        if _words(bound.field, theirs) != _words(bound.field, bound.value())
    ]
    form.data = {**{name: form.data.get(name) for name in form.data}, "version": stored.get("version")}


def _words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.BooleanField):
        return _("yes") if value and str(value) not in ("False", "0") else _("no")
    if isinstance(field, forms.ChoiceField):
        choices = cast("Iterable[tuple[Any, Any]]", field.choices)
        return next((str(label) for key, label in choices if str(key) == str(value)), formats.MISSING)
    if isinstance(value, date):
        return formats.date_words(value, "iso")
    return " ".join(str(value).split()) if value not in (None, "") else formats.MISSING


def offer(form: forms.Form, **choices: Choices) -> None:
    """Give the named fields their choices."""
    for name, offered in choices.items():
        field = form.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = offered


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """A day, chosen in the browser's calendar or written like 2023-07-24."""
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs)
