"""Sentences of the refusals that filings raise."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "filing_matters_confidential": _("Since this filing was compiled, %(numbers)s became confidential and may stand in no filing. Nothing was signed: have it compiled anew, then sign."),
    "filing_locked_before_late": _("A filing cannot be locked before it is late. Give it at least as many days until it is locked."),
    "filing_unknown": _(
        "There is no such filing within your reach. Nothing was changed. Open the list of filings and choose one there."
    ),
    "filing_not_yours": _(
        "This filing is owed by %(unit)s, and your post may not do this with it, so nothing was changed. "
        "Ask that unit, or the task force office if the assignment is wrong."
    ),
    "filing_signed_already": _(
        "%(who)s signed this filing at %(when)s, and a signed filing is frozen: nothing was changed. "
        "Its certificate is %(certificate)s. If it must be corrected, ask the office to send it back."
    ),
    "filing_not_compiled": _(
        "This filing has not been compiled since it came due or was sent back, so there is nothing to sign or comment. "
        "Compile it from the live data first."
    ),
    "filing_locked": _(
        "This filing is locked since %(when)s, so it can no longer be signed and counts as missed. "
        "Nothing was changed; what you wrote is kept. Speak to the task force office."
    ),
    "filing_without_words": _(
        "The filing carries neither an analysis nor the statement that there is nothing to add, and the office "
        "cannot tell which is meant. Write the analysis, or tick that there is nothing to add, then sign."
    ),
    "filing_not_signed": _(
        "This filing is not signed and waiting any more: somebody has received it or sent it back, or it was never "
        "signed. Nothing was changed. Reload the page to see where it stands."
    ),
    "consolidation_empty": _(
        "No filing of this month is received, so there is nothing to consolidate and nothing was frozen. "
        "Receive the signed filings first."
    ),
    "consolidation_same": _(
        "Nothing changed since this month was consolidated as %(certificate)s, and a second text of the same content "
        "would only confuse: nothing was frozen. Use that one."
    ),
    "filing_extension_optional": _(
        "This filing is optional and never counts as late, so it needs no more time and nothing was asked. File it when you can, or leave it."
    ),
    "filing_extension_sent_back": _(
        "This filing was signed before and sent back, so it keeps how it stood and no more time is needed; nothing was asked. Sign it again before %(when)s."
    ),
    "filing_extension_waits": _(
        "Your unit asked for more time already and the office has not answered yet: nothing was asked twice. Wait for the answer, or speak to the office."
    ),
    "filing_extension_late": _(
        "This filing is late since %(when)s, and more time can only be asked for before that. Nothing was asked. Sign it as soon as you can, and write the reason into the analysis."
    ),
    "filing_extension_not_later": _(
        "This day would give no more time: the filing is in time through %(day)s anyway. Choose a later day."
    ),
    "filing_extension_too_far": _(
        "This day is more than %(days)s working days behind the present one, and the month's figures would be too old by then. Choose %(day)s or an earlier day."
    ),
    "filing_extension_gone": _(
        "No request for more time waits any more: it was answered, or the filing was signed meanwhile. Nothing was changed. Reload the page to see where it stands."
    ),
    "filing_extension_own": _(
        "You asked for this extension yourself, and whoever asks may not answer. Nothing was changed. Another reviewer of the office has to do it."
    ),
    "filing_own_signature": _(
        "You signed this filing yourself, and whoever signs may not receive or send back the same filing. "
        "Nothing was changed. Another reviewer of the office has to do it."
    ),
}
"""Code → sentence."""
