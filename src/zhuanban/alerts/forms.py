"""Forms of the alert page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def _prose(label: Any, rows: int = 3, **attrs: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=2000, widget=forms.Textarea(attrs={"rows": rows, **attrs}))


class ExplainForm(forms.Form):
    """Cause and measure."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    cause = _prose(_("Cause"))
    measure = _prose(_("Measure"))


class CloseForm(forms.Form):
    """Why the office closes the alert."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = _prose(_("Reason"), rows=2)
