"""Password profiles: the rules that an installation has chosen for passwords and second factors.

Two sets exist because the two standards contradict each other: ``dengbao`` is the usual reading of GB/T 22239 level 3
(kinds of characters, periodic change), ``length`` that of NIST SP 800-63B-4 and OWASP ASVS 5 (length instead of both).
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Profile:
    """``kinds``: of small letters, capitals, digits and signs so many must occur. ``change_after``: None for never."""

    key: str
    name: Any
    min_length: int
    kinds: int
    change_after: timedelta | None


PROFILES = {
    profile.key: profile
    for profile in (
        Profile("dengbao", _("Level-3 protection (GB/T 22239): 12 characters of three kinds, changed every 90 days"), 12, 3, timedelta(days=90)),
        Profile("length", _("Length (NIST SP 800-63B): 15 characters, no other rule"), 15, 1, None),
    )
}
DEFAULT = "dengbao"
