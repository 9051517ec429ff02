"""The forms of the room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    """A sheet of figures and the place of rows that name none."""

    file = forms.FileField(label=_("Sheet"))
    place = forms.ChoiceField(label=_("Place of rows that name none"), required=False)

    def __init__(self, *args: Any, places: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].choices = [("", _("The zone")), *places]  # type: ignore[attr-defined]


class LockForm(forms.Form):
    """The month up to which sheets change nothing any more, and why."""

    month = forms.RegexField(r"^20\d{2}-(0[1-9]|1[0-2])$", label=_("Last month closed"), widget=forms.TextInput(attrs={"placeholder": "2023-05"}))
    reason = forms.CharField(label=_("Reason"), max_length=300)
