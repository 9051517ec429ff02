"""The sheet as it goes back: what its sender wrote, with everything found in it beside the rows."""

from django.utils.translation import gettext as _

from zhuanban.indicators.models import ImportBatch
from zhuanban.indicators.presenters.sheet import ORDER, ShownProblem, problems_of
from zhuanban.indicators.sheets.findings import HEADINGS, without_findings
from zhuanban.kit import formats
from zhuanban.kit.spreadsheets.cells import Sheet
from zhuanban.kit.spreadsheets.marked import MarkedSheet


def returned_sheets(batch: ImportBatch, sheets: list[Sheet]) -> list[MarkedSheet]:
    """Every sheet of a file with its findings: errors first, then questions, then what is worth knowing."""
    problems = problems_of(batch)
    own = [without_findings(sheet) for sheet in sheets]
    names = {sheet.name for sheet in own}
    of_file = [each for each in problems if each.sheet not in names]
    heading = HEADINGS[0] if formats.in_chinese() else HEADINGS[1]
    return [
        _returned(sheet, heading, of_file if number == 0 else [], [each for each in problems if each.sheet == sheet.name])
        for number, sheet in enumerate(own)
    ]


def _returned(sheet: Sheet, heading: str, of_file: list[ShownProblem], problems: list[ShownProblem]) -> MarkedSheet:
    words: dict[int, list[str]] = {}
    marks: dict[str, str] = {}
    on_top = [_words(each) for each in of_file]
    for each in problems:
        if each.row:
            words.setdefault(each.row, []).append(_words(each))
        else:
            on_top.append(_words(each))
        if each.address and ORDER[each.severity] < ORDER.get(marks.get(each.address, ""), len(ORDER)):
            marks[each.address] = each.severity
    return MarkedSheet(sheet, heading, on_top, words, marks)


def _words(problem: ShownProblem) -> str:
    sort = {"error": _("Error"), "question": _("Question"), "notice": _("Note")}[problem.severity]
    where = f" {problem.address}" if problem.address else ""
    return f"[{sort}{where}] {problem.sentence}"
