"""Sentences of the upload gate's refusals: what happened, why it matters, what to do next."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "upload_empty": _("The file “%(file)s” is empty. Choose the file again, or save it anew and upload it."),
    "upload_too_large": _(
        "The file “%(file)s” is larger than %(most)s MB, the limit here. Remove pictures and unused sheets, or split it."
    ),
    "upload_kind_not_accepted": _(
        "Files of the kind .%(extension)s are not accepted here. Accepted are: %(accepted)s. Save the file as one of these."
    ),
    "upload_save_as_workbook": _(
        "Files of the kind .%(extension)s are not accepted here, because they may carry macros or cannot be checked. "
        "Open the file, choose “Save as”, pick “Excel workbook (.xlsx)” and upload that file."
    ),
    "upload_save_as_document": _(
        "Files of the kind .%(extension)s are not accepted here. Open the file, choose “Save as”, pick “Word document "
        "(.docx)” or “PDF” and upload that file."
    ),
    "upload_save_as_csv": _(
        "Files of the kind .%(extension)s are not accepted here. Open the file in a spreadsheet program, choose “Save as”, "
        "pick “.xlsx” or “CSV UTF-8” and upload that file."
    ),
    "upload_save_as_picture": _(
        "Pictures of the kind .%(extension)s are not accepted here. Save the picture as .png or .jpg and upload that file."
    ),
    "upload_figures_in_document": _(
        "Figures cannot be read from a .%(extension)s file. Copy the table into a spreadsheet, save it as .xlsx and upload that."
    ),
    "upload_unpack_first": _(
        "Packed files (.%(extension)s) are not accepted, because their content cannot be checked. Unpack the file and "
        "upload the files inside one by one."
    ),
    "upload_kind_mismatch": _(
        "The file “%(file)s” is named .%(name)s, but its content is something else. Renaming does not convert a "
        "file: open it in the program that made it and choose “Save as”."
    ),
    "upload_damaged": _(
        "The file “%(file)s” is damaged or incomplete, so nothing was read from it. Open it, save it again and upload it once more."
    ),
    "upload_encrypted_workbook": _(
        "The file “%(file)s” is protected by a password, so it cannot be read. Open it, remove the password, save it and upload it again."
    ),
    "upload_macros": _(
        "The file “%(file)s” contains macros. Files with macros are not accepted, because opening them can run programs. "
        "Choose “Save as”, pick “Excel workbook (.xlsx)” or “Word document (.docx)” without macros and upload that file."
    ),
    "upload_links_outside": _(
        "The file “%(file)s” takes data from other files or connections. What it shows can change after the upload, so it "
        "is not accepted. Break the links (Data › Edit links), paste values only and upload it again."
    ),
    "upload_objects_inside": _(
        "The file “%(file)s” has other files or controls embedded in it, which cannot be checked. Delete the embedded objects and upload it again."
    ),
    "upload_entities": _(
        "The file “%(file)s” contains a document type declaration, which no spreadsheet program writes and which can be used "
        "to attack the server. It was refused; save the table anew from your spreadsheet program."
    ),
    "upload_archive_suspicious": _(
        "The inner structure of the file “%(file)s” is not what a spreadsheet or word processor writes. It was "
        "refused unread; open it, choose “Save as” and upload the new file."
    ),
    "upload_too_many_parts": _(
        "The file “%(file)s” consists of %(parts)s parts; at most %(most)s are accepted. Copy the table into a new workbook and upload that."
    ),
    "upload_unpacks_too_large": _(
        "The file “%(file)s” would unpack to more than the server may hold (at most %(most)s MB). Copy the table into a new "
        "workbook and upload that."
    ),
    "upload_sheet_too_large": _(
        "A sheet in “%(file)s” reaches beyond %(rows)s rows or %(columns)s columns. Delete the empty or stray cells far out, "
        "or copy the table into a new workbook, and upload that."
    ),
    "upload_text_has_zero_bytes": _(
        "The file “%(file)s” is not a text table: it contains zero bytes. Save it as “CSV UTF-8” or as .xlsx and upload it again."
    ),
    "upload_picture_too_large": _(
        "The picture “%(file)s” has more than 80 million pixels. Make it smaller and upload it again."
    ),
    "upload_two_files_in_one": _(
        "The file “%(file)s” carries another file or a script inside it. It was refused; make a clean copy (for a picture: a "
        "screenshot) and upload that."
    ),
}
