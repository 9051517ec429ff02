"""What can be wrong with a pack, said in both languages with file and line.

A sentence says what was found, why it matters, and what to write instead.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from zhuanban.plans.packs.sentences import SENTENCES


@dataclass(frozen=True, order=True)
class PackProblem:
    """One finding; `line` counts from 1, and a finding about a whole file stands on line 1."""

    file: str
    line: int
    code: str
    message_zh: str
    message_en: str

    def text(self, language: str) -> str:
        """`file:line: sentence` in Chinese unless an English language code is asked for."""
        sentence = self.message_en if language.startswith("en") else self.message_zh
        return f"{self.file}:{self.line}: {sentence}"


class PackRefused(Exception):
    """The pack cannot be used; carries every problem found, never only the first."""

    def __init__(self, problems: Iterable[PackProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.text("en") for problem in self.problems))


def problem(file: str, line: int, code: str, /, **facts: Any) -> PackProblem:
    """The finding `code` with its facts set into both sentences."""
    message_zh, message_en = SENTENCES[code]
    return PackProblem(file, line, code, message_zh.format(**facts), message_en.format(**facts))


def nearest(word: str, known: Iterable[str]) -> tuple[str, str]:
    """A hint in both languages naming the most similar known word, or two empty texts when nothing is near."""
    found = get_close_matches(word, sorted(known), n=1, cutoff=0.6)
    return (f"是否应为“{found[0]}”？", f" Did you mean '{found[0]}'?") if found else ("", "")
