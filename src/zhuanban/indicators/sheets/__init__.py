"""From a sheet to typed figure rows; pure."""

from zhuanban.indicators.sheets.catalogue import CatalogueIndicator, CataloguePlace, ReadOptions, SheetCatalogue
from zhuanban.indicators.sheets.figures import FigureRow, Severity, SheetProblem, SheetReading
from zhuanban.indicators.sheets.reading import read_figures

__all__ = [
    "CatalogueIndicator",
    "CataloguePlace",
    "FigureRow",
    "ReadOptions",
    "Severity",
    "SheetCatalogue",
    "SheetProblem",
    "SheetReading",
    "read_figures",
]
