"""Forms of signing in and of accounts."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from zhuanban.kit.refusals import Problem


class SignInForm(forms.Form):
    """Name and password. One answer for a wrong name, a wrong password and an account switched off."""

    username = forms.CharField(label=_("Sign-in name"), max_length=60)
    password = forms.CharField(
        label=_("Password"), max_length=128, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.request = request
        self.user: Any = None
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("username") and data.get("password"):
            self.user = authenticate(self.request, username=data["username"], password=data["password"])
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


class OwnPasswordForm(NewPasswordForm):
    """The present password and a new one."""

    field_order = ("current", "new", "again")
    current = forms.CharField(
        label=_("Present password"), max_length=_LONGEST, strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip


class AccountForm(forms.Form):
    """A new account and the post it holds from today."""

    username = forms.CharField(
        label=_("Sign-in name"), max_length=60, help_text=_("Letters, digits or Chinese; no personal name is needed.")
    )
    post = forms.ChoiceField(label=_("Post"))

    def __init__(self, data: Any = None, *, posts: list[tuple[str, str]]) -> None:
        super().__init__(data)
        field = self.fields["post"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *posts]
