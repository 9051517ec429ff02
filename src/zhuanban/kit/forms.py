"""What forms of every room share."""

from typing import Any

from django import forms

from zhuanban.kit.refusals import Refusal

Choices = list[tuple[Any, Any]]


def put_beside(form: forms.Form, refusal: Refusal) -> None:
    """Put a refusal's sentences beside the fields they name; the others head the form."""
    for problem in refusal.problems:
        field = problem.where if problem.where in form.fields else None
        words = problem.sentence if field or not problem.where else f"{problem.where} {problem.sentence}"
        form.add_error(field, words)


def offer(form: forms.Form, **choices: Choices) -> None:
    """Give the named fields their choices."""
    for name, offered in choices.items():
        field = form.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = offered


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """A day, chosen in the browser's calendar or written like 2023-07-24."""
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **kwargs)
