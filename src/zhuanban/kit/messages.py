"""Sentences of the refusals that the kit itself raises."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "stale_version": _(
        "Somebody changed this while you had it open. Nothing of yours was saved, so that their change is not lost. "
        "Reload the page, compare, and enter yours again."
    ),
    "form_key_missing": _(
        "This form had no form key, so it cannot be told from a repeated one. Nothing was saved. "
        "Reload the page and send it again."
    ),
    "form_key_reused": _(
        "This form was already sent with another content. The first one counts and nothing new was saved. "
        "Reload the page to make a further change."
    ),
    "form_still_working": _(
        "This form was already sent and is still being worked on. It acts once. Wait a moment and reload the page."
    ),
    "storage_full": _(
        "The storage is full, so nothing was saved; reading still works. "
        "Ask the system administrator to free space, then send it again."
    ),
    "database_busy": _(
        "The database is busy with other work, so nothing was saved. Wait a minute and send it again."
    ),
    "database_unreachable": _(
        "The database cannot be reached, so nothing was saved. "
        "Ask the system administrator to check it, then send it again."
    ),
    "not_allowed": _(
        "Your post may not do this: %(needed)s. Nothing was changed. Ask the task force office if it should be yours."
    ),
    "too_many_followed": _(
        "You chose %(chosen)s to follow; at most %(at_most)s fit before the eyes. Nothing was saved: take some off and save again."
    ),
    "choice_unknown": _("There is no such choice. Choose one of the list."),
    "since_past": _("A change holds from today at the earliest, so that what was counted before stays as it was. Choose today or a later day."),
    "since_too_far": _("This day is too far off: decide at most until %(furthest)s. Choose an earlier day."),
    "setting_not_a_number": _("“%(text)s” is not a number. Write digits only, like 5 or 0.5."),
    "setting_outside": _("This number has to lie between %(least)s and %(most)s, with at most %(decimals)s decimals. Correct it and send it again."),
    "setting_begun": _("These numbers are in force already, so they cannot be taken back. Decide others from today or a later day."),
    "setting_gone": _("Nothing is decided for that day any more; somebody may have taken it back before you. Look at the history."),
    "settings_unchanged": _("These numbers are in force already. Nothing was changed."),
    "draft_unusable": _(
        "This draft cannot be kept as it came. What stands in the form is not lost: send it, or copy it elsewhere."
    ),
    "draft_long": _(
        "This draft is longer than the %(most)s characters that are kept. What stands in the form is not lost: send it, "
        "or copy it elsewhere."
    ),
    "request_too_large": _(
        "What was sent is larger than the %(most)s MB that are taken at once, so nothing of it was read. Send fewer or smaller files."
    ),
    "nothing_marked": _("No row was marked, so nothing was done. Mark rows in the list and choose again."),
    "too_many_marked": _(
        "%(count)s rows were marked; at most %(most)s are changed by one click. Nothing was done. Mark fewer of them."
    ),
    "view_name_long": _("A view's name has at most %(most)s characters, so it was not kept. Shorten the name."),
    "view_long": _("This view has more filters than can be kept. Nothing was kept. Take some filters away and try again."),
    "too_many_views": _(
        "You keep %(most)s views of this list already, so this one was not kept. Forget one that you do not need."
    ),
    "required": _("This field is empty, and the record needs it. Fill it in and send it again."),
    "chart_font_missing": _(
        "The font file %(file)s for charts is missing, so Chinese names would come out as empty boxes. "
        "Run make setup and make the document again."
    ),
    "pdf_needs_libreoffice": _(
        "This server has no LibreOffice, so the document cannot be turned into PDF. "
        "Take the Word file instead, or ask the system administrator to run make system."
    ),
    "pdf_took_too_long": _(
        "Turning the document into PDF took longer than %(seconds)s seconds and was stopped. "
        "Take the Word file instead, or try again when the server is less busy."
    ),
    "pdf_not_made": _(
        "LibreOffice could not turn the document into PDF. The Word file is complete: take it instead, "
        "and tell the system administrator what LibreOffice said: %(said)s"
    ),
}
