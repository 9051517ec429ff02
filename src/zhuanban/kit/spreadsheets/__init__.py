"""Tables in and out."""

from zhuanban.kit.spreadsheets.cells import Cell, Sheet
from zhuanban.kit.spreadsheets.reader import read_sheets, read_workbook

__all__ = ["Cell", "Sheet", "read_sheets", "read_workbook"]
