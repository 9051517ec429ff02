"""Rules for passwords, and the one-time links that set one."""

from typing import Any

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from zhuanban.people.models import SecurityRules
from zhuanban.people.profiles import DEFAULT, PROFILES, Profile


class ProfileRules:
    """The rules of the chosen profile: length, and kinds of characters where it asks for them."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError with every rule that the password breaks."""
        del user
        profile = chosen_profile()
        broken = []
        if len(password) < profile.min_length:
            broken.append(ValidationError(_length(profile), code="password_too_short"))
        if _kinds(password) < profile.kinds:
            broken.append(ValidationError(_kinds_words(profile), code="password_too_uniform"))
        if broken:
            raise ValidationError(broken)

    def get_help_text(self) -> str:
        """The rules in words."""
        profile = chosen_profile()
        return " ".join([_length(profile), *([_kinds_words(profile)] if profile.kinds > 1 else [])])


def security_rules() -> SecurityRules:
    """The installation's rules in force; the defaults while nothing was chosen. One query."""
    return SecurityRules.objects.first() or SecurityRules(
        profile=DEFAULT, second_factor=SecurityRules.Factor.ADMINISTRATORS, version=0
    )


def chosen_profile() -> Profile:
    """The profile in force."""
    return PROFILES[security_rules().profile]


def _kinds(password: str) -> int:
    kinds = (str.islower, str.isupper, str.isdigit, lambda each: not each.isalnum())
    return sum(any(kind(each) for each in password) for kind in kinds)


def _length(profile: Profile) -> str:
    return _("It needs at least %(count)s characters.") % {"count": profile.min_length}


def _kinds_words(profile: Profile) -> str:
    return _("It needs at least %(count)s of these four kinds: small letters, capital letters, digits, signs.") % {
        "count": profile.kinds
    }


class _Links(PasswordResetTokenGenerator):
    key_salt = "zhuanban.people.password-link"

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        return f"{user.pk}{user.password}{user.session_epoch}{user.active}{timestamp}"


links = _Links()
"""Makes and checks the tokens of password links."""
