"""Sentences of the refusals that the room raises."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "report_without_figures": _(
        "No indicator has a figure for %(month)s, so there is nothing to analyse and no document was made. "
        "Import the month's figures first, or choose another month."
    ),
    "report_month_unknown": _("“%(month)s” is no month. Write it as year and month, such as 2023-06."),
    "report_date_unknown": _("“%(date)s” is no date. Write it as year, month and day, such as 2023-07-20."),
    "report_date_ahead": _(
        "%(date)s has not come yet; today is %(today)s. What will be known then cannot be written now, and an analysis "
        "dated ahead would claim it. Choose today or an earlier day."
    ),
    "report_unknown": _("There is no such report, or it is not within your reach. Look for it in the list of reports."),
    "report_needs_whole_zone": _(
        "A report of the office speaks for the whole zone, and your post reaches only a part of it, so the rest would be "
        "missing without a word. Nothing was made. Ask the office to draft it."
    ),
    "report_draft_stands": _(
        "A draft of the analysis for %(month)s is under way already. Two of them would drift apart, so no second one was "
        "made. Open the one in the list of reports."
    ),
    "report_moved_on": _(
        "Meanwhile the report took another step, so this one no longer fits and nothing was changed. Reload the page to see how it stands."
    ),
    "report_own_words": _(
        "You wrote in this report, and who writes does not issue. It was not issued. Another holder of the right has to."
    ),
    "passage_unknown": _("There is no such paragraph in this report. Nothing was changed. Open the report again and choose one of its paragraphs."),
    "passage_too_long": _(
        "The paragraph has %(length)s characters; at most %(longest)s are kept. Nothing was changed. Shorten it and save again."
    ),
}
