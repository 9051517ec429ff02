"""Sentences of what is found in a sheet of figures: what is the matter, why it counts, what to do next.

No sentence ever proposes a figure to report.
"""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "sheet_cell_error": _(
        "The cell holds an error value of the spreadsheet program, so there is no figure to take. Correct the formula and upload the sheet again."
    ),
    "sheet_formula_without_result": _(
        "The cell holds a formula that was never calculated, so there is no figure to take. Open the file in a spreadsheet program, save it and upload it again."
    ),
    "sheet_cell_unit_converted": _(
        "“%(text)s” carries its own unit (%(unit)s) and was taken as %(value)s %(measure)s, the unit of the column. Check that this is what was meant."
    ),
    "sheet_cell_unit_unusable": _(
        "“%(text)s” carries a unit that does not fit the column (%(measure)s). Write the number in the unit of the column."
    ),
    "sheet_column_not_read": _(
        "The column “%(header)s” was not understood, so nothing was taken from it. If it holds figures, give it a usual header (累计, 增速, 位次 …) and upload again."
    ),
    "sheet_growth_bad_style": _(
        "“%(text)s” was read as %(value)s %%. Official wording for a fall is 下降, never 增长 with a minus sign."
    ),
    "sheet_growth_differs_from_levels": _(
        "The growth in the sheet is %(growth)s %%, the two levels would give %(ratio)s %%. The growth is kept as published (comparable scope); check that the levels are right."
    ),
    "sheet_growth_unsaid": _(
        "The row changes the level of %(period)s but says no growth, so the growth stored so far (%(kept)s %%) will stand beside the new level. Confirm that it still holds, or add the growth to the sheet."
    ),
    "sheet_header_doubled": _(
        "The header “%(header)s” in column %(second)s means the same as column %(first)s, so it is not clear which figures count. Rename or delete one of the two columns."
    ),
    "sheet_header_missing": _(
        "No header row was found in the first 25 rows. A table needs at least a column for the indicator and one for a figure (%(needed)s). Add the header row and upload the sheet again."
    ),
    "sheet_indicator_header_missing": _(
        "The header names no indicator (seen: %(seen)s), so the figures belong to none. Add a column 指标, or put the indicator's name into the header or the title."
    ),
    "sheet_value_header_missing": _(
        "The header names no column of figures (seen: %(seen)s). Name one 本月累计, 当月, 增速 or by an indicator and upload the sheet again."
    ),
    "sheet_indicator_blank": _("The row has figures but no indicator. Fill in the indicator or clear the figures."),
    "sheet_indicator_unknown": _(
        "The indicator “%(name)s” is not known here, so its figures were not taken. Nearest names: %(nearest)s. Correct the name, or have it added as another name of the indicator."
    ),
    "sheet_indicator_of_other_unit": _(
        "“%(indicator)s” is recorded by %(owner)s, not by you. Delete the row, or have %(owner)s hand it in."
    ),
    "sheet_place_of_the_office": _(
        "Figures of “%(place)s” are recorded by the office statistician, not by a department. Delete the column or the row."
    ),
    "sheet_level_is_percent": _(
        "The cell has a percent format (%(text)s), but the column holds amounts in %(measure)s. Move the growth to the growth column, or correct the format."
    ),
    "sheet_percent_of_amount": _(
        "The line above the table gives %% as the unit, but “%(indicator)s” is kept in %(measure)s, and nothing says whether the column holds growth, completion or a share. Write 增速 into the title or the header if it is growth, or correct the unit."
    ),
    "sheet_level_of_rate_indicator": _(
        "For “%(indicator)s” only the growth is published, so the amount in this cell was not taken."
    ),
    "sheet_level_unsaid": _(
        "The row changes the growth of %(period)s but says no level, so the level stored so far (%(kept)s) will stand beside the new growth. Confirm that it still holds, or add the level to the sheet."
    ),
    "sheet_more_problems": _(
        "%(count)s further findings are not listed. Correct these first and upload the sheet again."
    ),
    "sheet_no_figures": _(
        "No row of the table gave a figure. Check that the figures stand below the header row and the cells are not empty."
    ),
    "sheet_not_a_growth": _(
        "“%(text)s” is not a growth rate. Write the percentage as a number (5.2 for 5.2 %%) or leave the cell empty where nothing was reported."
    ),
    "sheet_not_a_number": _(
        "“%(text)s” is not a number. Write the figure in the unit of the column (%(measure)s), or leave the cell empty where nothing was reported."
    ),
    "sheet_not_a_rank": _("“%(text)s” is not a rank. Write 3, 第3位 or 3/10."),
    "sheet_note_says_forecast": _(
        "The note says that the figure is expected (%(note)s), so it is stored as a forecast, apart from official figures."
    ),
    "sheet_number_too_large": _("“%(text)s” is larger than any figure stored here. Check the number and its unit."),
    "sheet_passed_over": _("The sheet “%(name)s” holds no table of figures and was passed over."),
    "sheet_percent_hundredfold": _(
        "The cell has a percent format and shows a growth of 100 %% or more (%(text)s as stored), like all of its column. Confirm, or correct the format."
    ),
    "sheet_percent_maybe_fraction": _(
        "All growth figures of the column are below 1 (%(text)s … %(other)s). If they are fractions, write them as percentages; if they are percentages, confirm."
    ),
    "sheet_percent_mixed": _(
        "The growth column mixes two notations: %(text)s here and %(other)s in %(other_address)s. Which is meant cannot be guessed. Write all of them as percentages (5.2 for 5.2 %%)."
    ),
    "sheet_period_in_future": _(
        "%(period)s is not over yet (today is %(today)s), so there is no such figure for “%(indicator)s”. Correct the period; an expected figure needs 预计 as its status."
    ),
    "sheet_period_locked": _(
        "%(period)s is closed: all months up to %(through)s are locked. Ask the task force office to open the month, or correct the period."
    ),
    "sheet_period_missing": _(
        "It is not clear which period the figure of “%(indicator)s” belongs to. Write it into the title (2023年1—6月), a header or a column 报告期."
    ),
    "sheet_period_not_expected": _(
        "“%(indicator)s” is not published for %(period)s. Confirm that the figure exists, or correct the period."
    ),
    "sheet_period_odd": _(
        "%(period)s is no period of official figures for “%(indicator)s” (months since January, one month or one quarter). Correct the months."
    ),
    "sheet_period_unreadable": _(
        "“%(text)s” is not a period that can be read without guessing. Write 2023年1—6月, 2023-06 or the year and the months in columns of their own."
    ),
    "sheet_place_unknown": _(
        "The place “%(name)s” is not known here, so the row was not taken. Nearest names: %(nearest)s. Correct the name or delete the row."
    ),
    "sheet_row_contradicts": _(
        "The same indicator stands in row %(first_row)s for %(period)s with another value. Keep the right one and delete the other."
    ),
    "sheet_row_repeated": _("The row repeats row %(first_row)s (%(period)s) and was taken once."),
    "sheet_status_contradicts_note": _(
        "The status says “%(status)s”, the note says that the figure is expected (%(note)s). Confirm the status, or correct it."
    ),
    "sheet_status_unknown": _("“%(name)s” is no status of a figure. Write 预计, 快报, 正式 or 修订."),
    "sheet_unit_not_convertible": _(
        "“%(indicator)s” is kept in %(measure)s; %(unit)s cannot be converted into it. Check the unit of the row or the column."
    ),
    "sheet_unit_slip": _(
        "Compared with the figures so far, this level of “%(indicator)s” is off by about %(factor)s, as if it stood in another unit. Check the unit with the source; confirm only if the figure is right as it stands."
    ),
    "sheet_unit_unknown": _("“%(name)s” is not a unit known here. Write the unit as usual (万元, 亿元, %%, 户 …)."),
}
