"""The upload gate."""

from zhuanban.kit.uploads.doors import Door
from zhuanban.kit.uploads.gate import Admitted, admit, admit_stream

__all__ = ["Admitted", "Door", "admit", "admit_stream"]
