"""Forms of the room reports."""

from django import forms
from django.utils.translation import gettext_lazy as _


class StepForm(forms.Form):
    """One step of a report, under the version that the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)


class ReasonForm(StepForm):
    """A step that needs a reason, which whoever wrote the report reads."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class PassageForm(StepForm):
    """The office's words in place of a paragraph; empty brings the composed words back."""

    text = forms.CharField(label=_("Text of the paragraph"), required=False, widget=forms.Textarea(attrs={"rows": 8}))
