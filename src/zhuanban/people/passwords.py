"""Rules for passwords, and the one-time links that set one."""

from typing import Any

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

KINDS = 3
"""At least so many kinds of characters out of four: the usual reading of level-3 protection (等保三级)."""


class KindsOfCharacters:
    """Small letters, capitals, digits, signs: a password needs three of the four kinds."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError for too few kinds."""
        del user
        kinds = (str.islower, str.isupper, str.isdigit, lambda each: not each.isalnum())
        if sum(any(kind(each) for each in password) for kind in kinds) < KINDS:
            raise ValidationError(self.get_help_text(), code="password_too_uniform")

    def get_help_text(self) -> str:
        """The rule in words."""
        return _("It needs at least three of: small letters, capital letters, digits, signs.")


class _Links(PasswordResetTokenGenerator):
    key_salt = "zhuanban.people.password-link"

    def _make_hash_value(self, user: Any, timestamp: int) -> str:
        return f"{user.pk}{user.password}{user.session_epoch}{user.active}{timestamp}"


links = _Links()
"""Makes and checks the tokens of password links."""
