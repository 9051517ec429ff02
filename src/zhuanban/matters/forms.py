"""Forms of the room. They only parse; what is right or wrong the services say, and their words land beside the field."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhuanban.files.services import Upload
from zhuanban.kit import clock
from zhuanban.matters.drawer import ledger_of, say
from zhuanban.matters.queries import BY, PARTS
from zhuanban.matters.queries.terms import term_days
from zhuanban.people import queries as people
from zhuanban.people.access import Viewer
from zhuanban.people.models import DataClass

Choices = list[tuple[str, Any]]

MOST_ID = 2**31 - 1
"""Beyond it no row can be, and databases refuse the number itself."""


class RegisterForm(forms.Form):
    """A new matter."""

    title = forms.CharField(label=_("Matter in one line"), max_length=120)
    description = forms.CharField(
        label=_("Description"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("What happened, since when, and what is asked for. No personal data beyond what is needed."),
    )  # fmt: skip
    source = forms.ChoiceField(label=pgettext_lazy("matter", "Source"))
    urgency = forms.ChoiceField(label=pgettext_lazy("matter", "Urgency"))
    data_class = forms.TypedChoiceField(
        label=_("Data class"), coerce=int, choices=DataClass.choices, initial=DataClass.INTERNAL,
        required=False, empty_value=None,
        help_text=_("Only rights that reach this class read the matter. What is more than internal stands in no document."),
    )  # fmt: skip
    group = forms.TypedChoiceField(label=_("Working group"), coerce=int)
    unit = forms.TypedChoiceField(label=_("Responsible unit"), coerce=int)
    territory = forms.TypedChoiceField(label=_("Territory"), coerce=int, required=False, empty_value=None)
    due_on = forms.DateField(
        label=_("Time limit"), required=False, widget=forms.DateInput(attrs={"type": "date"}),
    )  # fmt: skip

    def __init__(self, data: Any = None, *, viewer: Viewer, ledger: str = "problem") -> None:
        groups = people.groups_on(viewer=viewer, day=clock.today())
        units = people.units(viewer=viewer)
        own = next((unit for unit in units if unit.pk == viewer.unit_id), None)
        in_territory = own is not None and own.kind in ("street", "center")
        mine = next((group.id for group in groups if viewer.unit_id in group.unit_ids), None)
        super().__init__(
            data,
            initial={
                "group": mine or "",
                "unit": viewer.unit_id if mine else "",
                "territory": viewer.unit_id if in_territory else "",
            },
        )
        known = ledger_of(ledger)
        days = term_days(ledger, "handle", clock.today())
        self.fields["due_on"].help_text = _("Leave empty for %(days)s working days from acceptance.") % {"days": days}
        blank: Choices = [("", "–")]
        self._choose("source", [(key, say(words)) for key, words in known.sources.items()])
        self._choose("urgency", [(key, say(words)) for key, words in known.urgencies.items()])
        self._choose("group", blank + [(str(group.id), group.name) for group in groups])
        self._choose("unit", blank + [(str(unit.pk), unit.name) for unit in units if unit.kind != "leadership"])
        streets = [(str(unit.pk), unit.name) for unit in units if unit.kind in ("street", "center")]
        self._choose("territory", blank + streets)

    def clean_data_class(self) -> int:
        return self.cleaned_data["data_class"] or DataClass.INTERNAL

    def _choose(self, name: str, choices: Choices) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices


class MoveForm(forms.Form):
    """A move: words, version and the verb of the button that was pressed; of files it only shows what is wrong."""

    verb = forms.CharField(max_length=24)
    version = forms.IntegerField(min_value=1)
    text = forms.CharField(label=_("Words for the record"), required=False, max_length=8000)
    evidence = forms.FileField(label=_("Evidence"), required=False)
    unit = forms.IntegerField(label=_("Responsible unit"), required=False, min_value=1, max_value=MOST_ID)
    satisfaction = forms.CharField(label=_("How content they are"), required=False, max_length=20)


class ClassForm(forms.Form):
    """Another data class, and why."""

    data_class = forms.TypedChoiceField(label=_("Data class"), coerce=int, choices=DataClass.choices)
    text = forms.CharField(label=_("Reason"), max_length=400)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class ReportUpForm(forms.Form):
    """Why the matter is reported up. The field has a name of its own: a refused move keeps its words in another."""

    reason = forms.CharField(
        label=_("Why it cannot be solved here"), max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was tried, what is missing, and what the level above is asked for."),
    )  # fmt: skip
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class AskForm(forms.Form):
    """What the responsible unit asks the office for."""

    kind = forms.CharField(max_length=16)
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    until = forms.DateField(label=_("New day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 3})
    )


class AnswerForm(forms.Form):
    """The office's answer; which of the two buttons was pressed says ``granted``."""

    granted = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
    version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    until = forms.DateField(label=_("New day"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    unit = forms.IntegerField(label=_("Responsible unit"), required=False, min_value=1, max_value=MOST_ID)
    reason = forms.CharField(
        label=_("Words for the record"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 2})
    )  # fmt: skip


class FilterForm(forms.Form):
    """The filters in the address; what cannot be read counts as not set."""

    state = forms.CharField(required=False, max_length=20)
    unit = forms.IntegerField(required=False, min_value=1, max_value=MOST_ID)
    group = forms.IntegerField(required=False, min_value=1, max_value=MOST_ID)
    overdue = forms.BooleanField(required=False)
    words = forms.CharField(required=False, max_length=80)
    territory = forms.IntegerField(required=False, min_value=1, max_value=MOST_ID)
    level = forms.IntegerField(required=False, min_value=1, max_value=9)
    waiting = forms.BooleanField(required=False)
    part = forms.ChoiceField(required=False, choices=[(part, part) for part in PARTS])
    since = forms.DateField(required=False)
    until = forms.DateField(required=False)

    def chosen(self) -> dict[str, Any]:
        """The readable filters as the query's arguments."""
        self.is_valid()
        given = self.cleaned_data
        return {
            "state": given.get("state") or "",
            "unit_id": given.get("unit"),
            "group_id": given.get("group"),
            "overdue": bool(given.get("overdue")),
            "words": given.get("words") or "",
            "territory_id": given.get("territory"),
            "level": given.get("level"),
            "waiting": bool(given.get("waiting")),
            "part": given.get("part") or "",
            "since": given.get("since"),
            "until": given.get("until"),
        }


class RatesForm(forms.Form):
    """The span and the grouping of the rates; without a span, the year so far."""

    by = forms.CharField(required=False, max_length=20)
    since = forms.DateField(label=_("Accepted from"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    until = forms.DateField(label=_("until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def asked(self) -> tuple[str, date, date]:
        """By what, from which day, until which; what cannot be read is as if not said."""
        self.is_valid()
        given, today = self.cleaned_data, clock.today()
        by = given.get("by") if given.get("by") in BY else BY[0]
        until = given.get("until") or today
        since = given.get("since") or date(until.year, 1, 1)
        return str(by), since, until

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("since") and given["since"] > (given.get("until") or clock.today()):
            self.add_error("since", _("The span begins after it ends, so nothing can lie in it. Choose an earlier first day."))
        return given

    @property
    def refusals(self) -> list[str]:
        """What of the span could not be taken, each in a sentence."""
        return [str(said) for name in ("since", "until") for said in self.errors.get(name, ())]


def uploads_of(files: Any) -> list[Upload]:
    """The files that a browser really sent; an empty field sends one without a name."""
    return [upload for upload in files.getlist("files") if upload and upload.name]
