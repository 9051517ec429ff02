"""Sentences of the refusals that the room raises when figures are published, confirmed or locked."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "target_unknown": _("There is no such indicator or sort of target. Choose one that the page offers."),
    "target_value_missing": _("A target of this sort needs a figure. Enter it, or choose a target without one."),
    "target_value_not_asked": _("Of “%(indicator)s” only growth is published, so a value could never be compared. Set a growth target."),
    "target_growth_only": _("Not below the city and in step with another indicator speak of growth. Choose growth as the sort of target."),
    "target_follows_missing": _("Choose the indicator that this one is to keep step with."),
    "target_path_history_missing": _(
        "No whole year of “%(indicator)s” is on record that adds up month by month, so past years give no path. "
        "Choose another path, or import the figures of last year first."
    ),
    "target_path_end": _("December of the path is %(end)s, the year's target %(target)s. Both are the same figure; correct one of them."),
    "target_path_falls": _("The figures of the path fall from one month to a later one, but they add up through the year. Correct them."),
    "territory_kind": _("“%(unit)s” is neither a street nor a centre, so it has no territory to answer for. Choose a street or centre."),
    "peer_counted_already": _("%(place)s is ranked already in that year. End that first, or choose another place."),
    "peer_year_past": _("Ranks before %(year)s are published and stay as they are. Choose %(year)s or a later year."),
    "board_month_unknown": _("“%(month)s” is no month. Write it as year and month, such as 2023-06."),
    "board_moment_unknown": _("“%(moment)s” is no date. Write it as year, month and day, such as 2023-07-20."),
    "board_moment_ahead": _("%(moment)s lies ahead, and nobody knows yet what will be known then. Choose today or earlier."),
    "batch_has_errors": _(
        "The sheet still has %(count)s errors, so nothing was published. "
        "Correct them in the sheet, upload it again, and publish then."
    ),
    "batch_questions_open": _(
        "The sheet raises %(count)s questions, and the record needs your word on them. Nothing was published. "
        "Say in a sentence why the figures are right as they stand, or correct the sheet and upload it again."
    ),
    "batch_not_staged": _(
        "This sheet was already %(state)s, so it is not published again. The figures are as they were published first."
    ),
    "batch_already_stored": _(
        "All figures of this sheet are already stored with the same values, so there is nothing to publish. "
        "If a correction was meant, upload the corrected sheet."
    ),
    "batch_already_confirmed": _("This sheet was already confirmed by %(by)s. Nothing more is needed."),
    "batch_not_published": _("Only a published sheet can be confirmed. Publish it first."),
    "confirmer_is_recorder": _(
        "You recorded these figures yourself, and a second person has to confirm them. "
        "Ask the office reviewer or the head of your department."
    ),
    "period_locked": _(
        "The months up to %(through)s are closed, so %(period)s cannot be changed by a sheet. "
        "Ask the office reviewer if it must be reopened."
    ),
    "period_lock_backwards": _(
        "The months up to %(through)s are already closed. A new closing has to be later; choose a later month."
    ),
    "period_lock_ahead": _(
        "The month %(period)s is not over yet, so its figures are still to come. Close an earlier month."
    ),
    "import_place_unknown": _(
        "The place “%(place)s” does not exist here, so the sheet was not read. Choose one of: %(known)s."
    ),
    "import_too_many_rows": _(
        "“%(file)s” has %(rows)s filled rows, and a file of figures is read up to %(most)s: a monthly sheet has at most some "
        "thousand. Nothing was taken from it. Keep only the rows to be imported, or split the file, and upload it again."
    ),
    "import_too_many_staged": _(
        "%(count)s sheets that you uploaded are read but neither published nor cancelled, and at most %(most)s may wait like "
        "that, so that none is forgotten. This one was not read. Publish or cancel some in the list, then upload it again."
    ),
    "import_same_file": _(
        "This very file came in before: “%(file)s”, on %(on)s, from %(by)s; it is %(became)s. Nothing was read or stored now. "
        "If it is meant to come in once more, tick “Read this file once more” (on the command line: --again) and send it again."
    ),
    "import_sender_unknown": _("There is no such unit among those whose sheets you hand in. Choose one of the list."),
    "batch_nothing_right": _("No row of this sheet is without errors, so there is nothing to publish. Correct it and upload it again."),
    "batch_left_out_unseen": _(
        "Nothing was published. Rows are left out only by choice: tick that you have seen which rows are left out, then publish."
    ),
    "batch_left_out_differs": _(
        "Nothing was published: %(count)s rows would be left out, not as many as you were shown. Look at them again, then decide."
    ),
    "upload_gone": _(
        "The file of this sheet is not kept, so it cannot be read once more. Put the sheet away and upload the file again."
    ),
    "columns_no_header": _("The row chosen as the header is empty, so no column can be named. Choose the row in which the headers stand."),
    "columns_kind_unknown": _("Column %(column)s: there is no such choice. Choose one of the list."),
    "columns_indicator_unknown": _("Column %(column)s: there is no such indicator. Choose one of the list."),
    "columns_measure_unknown": _(
        "Column %(column)s: “%(text)s” is not a unit known here. Write the unit as usual (万元, 亿元, %%, 户 …), or leave it empty."
    ),
    "columns_period_unreadable": _(
        "Column %(column)s: “%(text)s” is not a period that can be read without guessing. Write 2023年1—6月 or 2023-06, or leave it empty."
    ),
    "import_nothing": _("No row of the sheet could be read as a figure, so nothing was staged. Compare it with the sample sheet."),
    "figures_conflict": _(
        "Somebody published figures for the same indicators and periods while this sheet was open. "
        "Nothing was published. Upload the sheet again to compare it with what is stored now."
    ),
}
