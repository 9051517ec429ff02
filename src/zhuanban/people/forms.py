"""Forms of units, posts, groups and industries."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from zhuanban.kit.forms import Choices, day_field, offer
from zhuanban.kit.refusals import Problem
from zhuanban.people.models import GroupMember
from zhuanban.people.roles import ROLES
from zhuanban.people.shown import kind_choices

_NOTHING: Choices = [("", "–")]


class _NamedForm(forms.Form):
    name_zh = forms.CharField(label=_("Chinese name"), max_length=120)
    name_en = forms.CharField(label=_("English name"), max_length=160, required=False, help_text=_("Empty: the Chinese name stands on English pages too."))
    position = forms.IntegerField(label=_("Place in the order"), min_value=0, max_value=32767, initial=0)
    active = forms.BooleanField(label=pgettext_lazy("unit or post", "in use"), required=False, initial=True)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, is_new: bool = False, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        if is_new:
            del self.fields["active"], self.fields["version"]


class UnitForm(_NamedForm):
    """A unit: its names, kind, and the unit it belongs to."""

    kind = forms.ChoiceField(label=_("Kind of unit"))
    parent = forms.TypedChoiceField(label=_("Part of"), required=False, coerce=int, empty_value=None)

    def __init__(self, data: Any = None, *, units: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        offer(self, kind=kind_choices(), parent=[*_NOTHING, *units])


class PostForm(_NamedForm):
    """A post: its names, unit and role."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    role = forms.ChoiceField(label=_("Role"))

    def __init__(self, data: Any = None, *, units: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        offer(self, unit=[*_NOTHING, *units], role=[*_NOTHING, *((role.key, role.name) for role in ROLES.values())])


class IndustryForm(_NamedForm):
    """An industry: its names and place."""


class HolderForm(forms.Form):
    """Who holds a post from when until when."""

    account = forms.TypedChoiceField(label=_("Account"), coerce=int)
    since = day_field(_("From"))
    until = day_field(_("First day without"), required=False, help_text=_("Empty: until you end it."))

    def __init__(self, data: Any = None, *, accounts: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        offer(self, account=[*_NOTHING, *accounts])


class EndForm(forms.Form):
    """The first day without something."""

    on = day_field(_("First day without"))


class DutyForm(forms.Form):
    """A unit's part in something from a day."""

    unit = forms.TypedChoiceField(label=_("Unit"), coerce=int)
    part = forms.ChoiceField(label=_("Part"))
    since = day_field(_("From"))

    def __init__(self, data: Any = None, *, units: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        parts = [(GroupMember.Part.RESPONSIBLE, _("Responsible unit")), (GroupMember.Part.COLLABORATING, _("Collaborating unit"))]
        offer(self, unit=[*_NOTHING, *units], part=parts)


class MemberForm(DutyForm):
    """A unit's part in a group from a day."""

    on_call = forms.BooleanField(label=_("only when the leader calls"), required=False)


class LeaderForm(forms.Form):
    """A post that leads a group from a day."""

    post = forms.TypedChoiceField(label=_("Post"), coerce=int)
    since = day_field(_("From"))

    def __init__(self, data: Any = None, *, posts: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        offer(self, post=[*_NOTHING, *posts])



class HandoverForm(forms.Form):
    """To whom a post, or to which post its duties go, from when and why."""

    account = forms.TypedChoiceField(label=_("The post goes to the account"), required=False, coerce=int, empty_value=None)
    to_post = forms.TypedChoiceField(label=_("or its duties to the post"), required=False, coerce=int, empty_value=None)
    on = day_field(_("From"))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, data: Any = None, *, accounts: Choices, posts: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        offer(self, account=[*_NOTHING, *accounts], to_post=[*_NOTHING, *posts])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if (given.get("account") is None) == (given.get("to_post") is None) and not self.errors:
            self.add_error("account", Problem("handover_to_one").sentence)
        return given
