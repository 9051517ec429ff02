"""Forms of the filing page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class CommentForm(forms.Form):
    """The unit's own words."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("Analysis"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 6})
    )
    no_change = forms.BooleanField(label=_("Nothing to add to the compiled content"), required=False)


class ReceiveForm(forms.Form):
    """What whoever receives a filing says about it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    remark = forms.CharField(
        label=_("Remark"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )


def _day(label: Any, **how: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **how)


class AskExtensionForm(forms.Form):
    """Until when a unit asks for time, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    until = _day(_("In time through"))
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class AnswerExtensionForm(forms.Form):
    """The office's answer to a unit that asks for time."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    until = _day(_("In time through"), required=False)
    answer = forms.CharField(label=_("Answer"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class SendBackForm(forms.Form):
    """Why the office sends a filing back."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))
