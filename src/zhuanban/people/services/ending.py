"""Ending something dated by hand, at once."""

from datetime import date

from zhuanban.people.models import Dated


def end_at_once(row: Dated, on: date) -> None:
    """End a row on a day, the first without it; one that begins that day or later has never acted and is taken back."""
    if row.valid_from >= on:
        row.delete()
    else:
        row.valid_until = on
        row.save(update_fields=["valid_until"])
