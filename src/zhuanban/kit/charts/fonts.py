"""The one Chinese typeface of charts in documents: Noto Sans SC (OFL), put here by the assets step of set-up."""

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font

from zhuanban.kit.refusals import Refusal

FOLDER = Path(__file__).parent / "fonts"
REGULAR = FOLDER / "NotoSansSC_400Regular.ttf"
BOLD = FOLDER / "NotoSansSC_700Bold.ttf"


def regular(size: float) -> FontProperties:
    """The text face at ``size`` points."""
    return FontProperties(fname=str(present(REGULAR)), size=size)


def bold(size: float) -> FontProperties:
    """The bold face at ``size`` points."""
    return FontProperties(fname=str(present(BOLD)), size=size)


def missing_glyphs(texts: Iterable[str]) -> set[str]:
    """The characters in ``texts`` that one of the two font files cannot draw; line ends do not count."""
    characters = set().union(*texts) - set("\n\r\t")
    return {character for character in characters if not all(ord(character) in _charmap(f) for f in (REGULAR, BOLD))}


@lru_cache(maxsize=2)
def _charmap(path: Path) -> frozenset[int]:
    return frozenset(FT2Font(str(present(path))).get_charmap())


def present(path: Path) -> Path:
    """The font file itself, or Refusal ``chart_font_missing``."""
    if not path.is_file():
        raise Refusal("chart_font_missing", file=path.name, status=503)
    return path
