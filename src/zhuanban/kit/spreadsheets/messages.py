"""Sentences of the refusals when a table is read: what happened, why it matters, what to do next."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "sheet_unreadable": _(
        "The table in “%(file)s” could not be read; nothing was taken from it. Open it, choose “Save as”, pick .xlsx and upload that file."
    ),
    "sheet_reader_stopped": _(
        "Reading “%(file)s” needed more memory or time than one table may use, so it was stopped and nothing was taken from "
        "it. Copy the table into a new workbook and upload that."
    ),
    "sheet_empty": _(
        "There is no filled cell on any visible sheet of “%(file)s”. Check that you chose the right file."
    ),
    "sheet_encoding_unknown": _(
        "The characters of “%(file)s” are neither UTF-8 nor GBK, so the text would be garbled. Save it as “CSV UTF-8” or as .xlsx and upload it again."
    ),
    "sheet_encodings_mixed": _(
        "“%(file)s” mixes two character encodings (seen in line %(row)s), so part of the text would be garbled. Open it, correct "
        "the garbled lines and save it as “CSV UTF-8”."
    ),
    "sheet_quotes_unbalanced": _(
        "A quotation mark is not closed in line %(row)s of “%(file)s”, so rows would run together. Correct the line and upload it again."
    ),
    "sheet_line_too_long": _(
        "Line %(row)s of “%(file)s” is far too long for a table. Check the file and save it anew."
    ),
    "sheet_too_large": _(
        "A sheet in “%(file)s” is larger than %(rows)s rows, %(columns)s columns or 2 million cells. Split it and upload the parts."
    ),
    "sheet_too_many_sheets": _(
        "“%(file)s” has more than %(most)s sheets. Keep only those to be imported and upload it again."
    ),
}
