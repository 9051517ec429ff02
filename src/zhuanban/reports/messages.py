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
}
