"""Sentences of the refusals that alerts raise."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "alert_unknown": _(
        "There is no such alert within your reach. Nothing was changed. Open the list of alerts and choose one there."
    ),
    "alert_not_yours": _(
        "This alert belongs to %(unit)s, and only that department or the office may answer it, so nothing was saved. "
        "If the indicator is yours, ask the task force office to correct who answers for it."
    ),
    "alert_cleared": _(
        "The corrected figures no longer fire the rule: the alert was cleared by data at %(when)s, so there is "
        "nothing left to do here and nothing was changed. Reload the page to see the figures."
    ),
    "alert_cleared_note_kept": _(
        "While you wrote, corrected figures came in and the alert was cleared by data at %(when)s, so no explanation "
        "is needed any more. Your text is not lost: it stands as a note on the alert's timeline."
    ),
    "alert_own_unit": _(
        "This alert is about your own unit, so somebody else has to close it, whichever post you act for. Nothing was changed."
    ),
    "alert_closed": _(
        "%(who)s closed this alert at %(when)s, so nothing was changed. "
        "If it should be looked at again, speak to the office."
    ),
    "alert_acknowledged_already": _(
        "%(who)s has already acknowledged this alert, so nothing was changed. "
        "Go on with the explanation: reload the page."
    ),
    "alert_without_owner": _(
        "No working group or no department answers for this indicator, so a matter would have nobody to handle it. "
        "Nothing was opened. Ask the system administrator to enter who answers for the indicator."
    ),
    "alert_matter_exists": _(
        "Matter %(number)s was already opened from this alert, and one alert opens one matter, so no second one was "
        "made. Go on in matter %(number)s."
    ),
}
