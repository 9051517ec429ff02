"""Forms of what the office sets."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zhuanban.kit import clock
from zhuanban.kit.formats import say
from zhuanban.kit.forms import Choices, day_field, offer
from zhuanban.kit.office import Setting, problem_of


class _SaidForm(forms.Form):
    """Whose decision it is, and why: every change of the office says both."""

    authority = forms.CharField(
        label=_("Decided by"), max_length=200, help_text=_("The document or meeting, with its number or date.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class SettingsForm(_SaidForm):
    """The numbers of one set, the day they begin, by whose decision and why."""

    since = day_field(_("In force from"), help_text=_("Today at the earliest: what was counted before stays as it was."))

    def __init__(self, data: Any = None, *, settings: tuple[Setting, ...], now: Mapping[str, str]) -> None:
        super().__init__(data, initial={"since": clock.today(), **now})
        numbers = {each.key: _number_field(each) for each in settings}
        self.settings = settings
        self.fields = {**numbers, **self.fields}
        self.numbers = [self[name] for name in numbers]

    def clean(self) -> dict[str, Any]:
        for setting in self.settings:
            problem = problem_of(setting, str(self.cleaned_data.get(setting.key, "")).strip())
            if problem and setting.key not in self.errors:
                self.add_error(setting.key, problem.sentence)
        return self.cleaned_data

    @property
    def values(self) -> dict[str, str]:
        """The numbers as typed."""
        return {bound.name: str(self.cleaned_data[bound.name]) for bound in self.numbers}


def _number_field(setting: Setting) -> forms.Field:
    if setting.choices:
        return forms.ChoiceField(label=say(setting.name), choices=[(key, say(words)) for key, words in setting.choices])
    return forms.CharField(
        label=say(setting.name), max_length=20, help_text=say(setting.measure),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )  # fmt: skip


class WithdrawForm(forms.Form):
    """The day from which a decision was to hold."""

    since = forms.DateField(input_formats=["%Y-%m-%d"])


class DayForm(_SaidForm):
    """What the office decides about one day."""

    day = day_field(_("Day"))
    works = forms.ChoiceField(label=_("The day is"))

    field_order = ("day", "works", "authority", "reason")

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        offer(self, works=[("free", _("free")), ("works", _("worked")), ("national", _("as the national arrangement has it"))])

    @property
    def decided(self) -> bool | None:
        return {"works": True, "free": False, "national": None}[self.cleaned_data["works"]]


class PeerForm(_SaidForm):
    """A place that is ranked from a year on."""

    place = forms.ChoiceField(label=_("Place"))
    indicator = forms.ChoiceField(
        label=_("Indicator"), required=False, help_text=_("Empty: every indicator without peers of its own.")
    )
    from_year = forms.IntegerField(label=_("From year"), min_value=2000, max_value=2199)

    field_order = ("place", "indicator", "from_year", "authority", "reason")

    def __init__(self, data: Any = None, *, places: Choices, indicators: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        offer(self, place=places, indicator=[("", _("every indicator")), *indicators])
