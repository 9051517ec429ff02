"""Refusals: what the user can act on.

A refusal carries stable codes and facts; the sentence comes from the message catalogue and says what happened, why it
matters and what to do next. Bugs are assertions, not refusals.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

_messages: dict[str, Any] = {}


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a submission: a stable code, its facts, and the cell, row or field where it stands."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    where: str = ""

    @property
    def sentence(self) -> str:
        """The message in the reader's language; a code without a message is a bug."""
        return str(_messages[self.code]) % self.facts


class Refusal(Exception):
    """A submission that was not carried out, with every problem found.

    ``Refusal("stale_version", where="title")`` makes one problem; ``Refusal.of(problems)`` carries several.
    ``status`` is the HTTP answer: 409 conflict, 422 unusable, 403 not allowed, 404 not there.
    """

    def __init__(self, code: str = "", *, where: str = "", status: int = 422, **facts: Any) -> None:
        self.problems: list[Problem] = [Problem(code, facts, where)] if code else []
        self.status = status
        super().__init__(code)

    @classmethod
    def of(cls, problems: Iterable[Problem], *, status: int = 422) -> "Refusal":
        refusal = cls(status=status)
        refusal.problems = list(problems)
        return refusal

    @property
    def codes(self) -> list[str]:
        return [problem.code for problem in self.problems]

    def __str__(self) -> str:
        return "; ".join(f"{p.where}: {p.sentence}" if p.where else p.sentence for p in self.problems)


def register_messages(messages: Mapping[str, Any]) -> None:
    """Add sentences (lazy translations with %(fact)s) by code; a code may stand in one room only."""
    for code, sentence in messages.items():
        assert _messages.get(code, sentence) == sentence, f"refusal code {code} registered twice"
        _messages[code] = sentence


def registered_codes() -> frozenset[str]:
    return frozenset(_messages)
