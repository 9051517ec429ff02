"""What forms of every room share."""

from django import forms

from zhuanban.kit.refusals import Refusal


def put_beside(form: forms.Form, refusal: Refusal) -> None:
    """Put a refusal's sentences beside the fields they name; the others head the form."""
    for problem in refusal.problems:
        field = problem.where if problem.where in form.fields else None
        words = problem.sentence if field or not problem.where else f"{problem.where} {problem.sentence}"
        form.add_error(field, words)
