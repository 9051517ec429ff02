"""Forms of signing in and of accounts."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhuanban.kit.forms import Choices, day_field, offer
from zhuanban.kit.notices import notice_kinds
from zhuanban.kit.refusals import Problem
from zhuanban.people.models import DataClass, User
from zhuanban.people.profiles import PROFILES
from zhuanban.people.roles import ROLES


class SignInForm(forms.Form):
    """Name and password. One answer for a wrong name, a wrong password and an account switched off."""

    username = forms.CharField(label=_("Sign-in name"), max_length=60)
    password = forms.CharField(
        label=_("Password"), max_length=128, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.request = request
        self.user: Any = None
        self.locked = False
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        data["username"] = User.normalize_username(data.get("username", ""))
        if data.get("username") and data.get("password"):
            self.user = authenticate(self.request, username=data["username"], password=data["password"])
            if self.user is None and getattr(self.request, "axes_locked_out", False):
                self.locked = True
                raise forms.ValidationError(Problem("sign_in_locked").sentence, code="sign_in_locked")
            if self.user is None:
                raise forms.ValidationError(Problem("sign_in_failed").sentence, code="sign_in_failed")
        return data


_LONGEST = 128


def _new_password(label: Any) -> forms.CharField:
    secret = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, max_length=_LONGEST, strip=False, widget=secret)


class NewPasswordForm(forms.Form):
    """A password typed twice. Whether it is strong enough the service says."""

    new = _new_password(_("New password"))
    again = _new_password(_("New password once more"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("new") and data.get("again") and data["new"] != data["again"]:
            self.add_error("again", Problem("passwords_differ").sentence)
        return data


def _present_password() -> forms.CharField:
    return forms.CharField(
        label=_("Present password"), max_length=_LONGEST, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip


class OwnPasswordForm(NewPasswordForm):
    """The present password and a new one."""

    field_order = ("current", "new", "again")
    current = _present_password()


class CodeForm(forms.Form):
    """A code of the second factor; a recovery code is longer."""

    code = forms.CharField(
        label=_("Code"), max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": True, "spellcheck": "false"}),
    )  # fmt: skip


class EnrolForm(CodeForm):
    """The first code of a telephone and the present password: an open session is not enough to bind one."""

    current = _present_password()


class SecurityForm(forms.Form):
    """The installation's rules for passwords and second factors."""

    profile = forms.ChoiceField(label=_("Passwords"), choices=lambda: [(p.key, p.name) for p in PROFILES.values()], widget=forms.RadioSelect)
    second_factor = forms.ChoiceField(
        label=_("Second factor required of"),
        choices=[("administrators", _("the three administrators")), ("everybody", _("everybody"))],
        widget=forms.RadioSelect,
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ActingForm(forms.Form):
    """Who acts for one of the own posts, from when until when, and why."""

    post = forms.ChoiceField(label=_("My post"))
    to = forms.ChoiceField(label=_("is acted for by"))
    since = day_field(_("From"))
    until = day_field(_("First day without"), required=False, help_text=_("Empty: a deputy, until you end it."))
    reason = forms.CharField(label=_("Reason"), max_length=200)

    def __init__(self, data: Any = None, *, own: Choices, posts: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        offer(self, post=own, to=[("", "–"), *posts])


class GrantForm(forms.Form):
    """A right: which post acts as what, within which group and unit or along whose line, from when."""

    post = forms.ChoiceField(label=_("Post"))
    role = forms.ChoiceField(label=_("Acts as"))
    group = forms.ChoiceField(label=_("Group"), required=False)
    unit = forms.ChoiceField(label=_("Unit"), required=False)
    line = forms.ChoiceField(
        label=_("Leader's line"), required=False,
        help_text=_("Only the groups that this post leads; when that changes, the right follows."),
    )  # fmt: skip
    data_class = forms.TypedChoiceField(
        label=_("Up to the data class"), coerce=int, choices=DataClass.choices, initial=DataClass.ENTERPRISE,
        required=False, empty_value=None,
        help_text=_("The right reaches this class and all before it."),
    )  # fmt: skip
    since = day_field(_("From"))

    def __init__(self, data: Any = None, *, posts: Choices, groups: Choices, units: Choices, lines: Choices, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        roles = [(role.key, role.name) for role in ROLES.values()]
        everything = [("", _("all"))]
        offer(
            self, post=[("", "–"), *posts], role=[("", "–"), *roles],
            group=[*everything, *groups], unit=[*everything, *units],
            line=[("", _("no such limit")), *lines],
        )  # fmt: skip

    def clean_data_class(self) -> int:
        return self.cleaned_data["data_class"] or DataClass.ENTERPRISE


class AccountForm(forms.Form):
    """A new account and the post it holds from today."""

    username = forms.CharField(
        label=_("Sign-in name"), max_length=60, help_text=_("Letters, digits or Chinese; no personal name is needed.")
    )
    post = forms.ChoiceField(label=_("Post"))

    def __init__(self, data: Any = None, *, posts: Choices) -> None:
        super().__init__(data)
        offer(self, post=[("", "–"), *posts])


class ViewForm(forms.Form):
    """A reading of a list, kept under a name."""

    name = forms.CharField(label=_("Name of the view"), max_length=40)
    query = forms.CharField(required=False, max_length=4000, widget=forms.HiddenInput)


class NoticeForm(forms.Form):
    """Which kinds an account does not want to hear of, and whether a mail comes each day."""

    muted = forms.MultipleChoiceField(label=_("Do not tell me about"), required=False, widget=forms.CheckboxSelectMultiple)
    mail = forms.EmailField(label=_("Daily mail to"), required=False, max_length=120, help_text=_("Empty: no mail."))
    mail_hour = forms.TypedChoiceField(
        label=_("Not before"), coerce=int, choices=[(hour, f"{hour:02d}:00") for hour in range(6, 22)]
    )
    working_days_only = forms.BooleanField(label=_("On working days only"), required=False)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        offer(self, muted=[(each.key, f"{each.name} – {each.explains}") for each in notice_kinds])
