"""What every brief in the drawer declares."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from zhuanban.kit.documents.model import Document


@dataclass(frozen=True)
class Brief:
    """A kind of report: its names, and the pure composer."""

    key: str
    name_zh: str
    name_en: str
    compose: Callable[[Any], Document]
