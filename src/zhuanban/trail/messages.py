"""Sentences of the trail's refusals."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "trail_key_missing": _(
        "The trail's key file is missing from the workspace, so nothing can be recorded and nothing was saved. "
        "Put the key file back from its safe place."
    ),
}
