"""The forms of the room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    """A sheet of figures, the unit it comes from, and the place of rows that name none.

    ``again`` is asked for only where the very same file came in before.
    """

    file = forms.FileField(label=_("Sheet"))
    sender = forms.ChoiceField(label=_("Sent by"), required=False)
    place = forms.ChoiceField(label=_("Place of rows that name none"), required=False)
    again = forms.BooleanField(label=_("Read this file once more"), required=False)

    def __init__(
        self, *args: Any, places: list[tuple[str, str]], senders: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if len(senders) > 1:
            self.fields["sender"].choices = senders  # type: ignore[attr-defined]
        else:
            del self.fields["sender"]
        self.fields["place"].choices = [("", _("The zone")), *places]  # type: ignore[attr-defined]


class TargetForm(forms.Form):
    """A year's target and its path; what is right or wrong the service says."""

    kind = forms.ChoiceField(label=_("Sort"), choices=[("growth", _("growth, %")), ("value", _("value"))])
    operator = forms.ChoiceField(
        label=_("Asks for"),
        choices=[
            ("at_least", _("at least")), ("about", _("about, of a target")), ("equal", _("exactly")),
            ("not_below_city_average", _("at least the city's growth")), ("in_step_with", _("in step with an indicator")),
        ],
    )  # fmt: skip
    value = forms.DecimalField(label=_("Target figure"), required=False, max_digits=20, decimal_places=6)
    follows = forms.ChoiceField(label=_("Keeps step with"), required=False)
    is_stretch = forms.BooleanField(label=_("Stretch mark, shown but not lit"), required=False)
    path = forms.ChoiceField(
        label=_("Path by month"),
        choices=[
            ("linear", _("evenly through the year")), ("history", _("by the shares of past years")),
            ("explicit", _("month by month")),
        ],
    )  # fmt: skip
    since = forms.DateField(label=_("In force from"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    authority = forms.CharField(label=_("Decided by"), max_length=200)
    reason = forms.CharField(label=_("Reason"), max_length=300)

    def __init__(self, *args: Any, follows: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["follows"].choices = [("", "–"), *follows]  # type: ignore[attr-defined]
        for month in range(1, 13):
            self.fields[f"month_{month}"] = forms.DecimalField(
                label=str(month), required=False, max_digits=20, decimal_places=6
            )

    @property
    def months(self) -> list[Any]:
        """The twelve fields of an explicit path."""
        return [self[f"month_{month}"] for month in range(1, 13)]

    @property
    def named_months(self) -> dict[int, Any]:
        """The months that were given a figure."""
        given = {month: self.cleaned_data.get(f"month_{month}") for month in range(1, 13)}
        return {month: value for month, value in given.items() if value is not None}


class LockForm(forms.Form):
    """The month up to which sheets change nothing any more, and why."""

    month = forms.RegexField(r"^20\d{2}-(0[1-9]|1[0-2])$", label=_("Last month closed"), widget=forms.TextInput(attrs={"placeholder": "2023-05"}))
    reason = forms.CharField(label=_("Reason"), max_length=300)
