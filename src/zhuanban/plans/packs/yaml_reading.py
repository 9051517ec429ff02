"""YAML text to plain values, keeping the line of every key and value; all slips of writing are collected."""

from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from zhuanban.plans.packs.problems import PackProblem, problem

Path = tuple[str | int, ...]
Value = Any

_PREFIX = "tag:yaml.org,2002:"


@dataclass
class Lines:
    """Where each value of one file stands; asking for an unknown path answers with its nearest known parent."""

    known: dict[Path, int] = field(default_factory=dict)

    def at(self, path: Path) -> int:
        while path and path not in self.known:
            path = path[:-1]
        return self.known.get(path, 1)


def read_yaml(file: str, text: str) -> tuple[Value, Lines, list[PackProblem]]:
    """The value of one YAML document, the lines of its parts, and what is wrong with the writing.

    Decimals stay exact; dates stay text until an entry asks for a date. Aliases and tags are refused, which
    also removes every way to make a small file expand.
    """
    lines, problems = Lines(), list[PackProblem]()
    try:
        root = _composed(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        detail = error.problem or "unreadable"
        return None, lines, [problem(file, mark.line + 1 if mark else 1, "yaml_syntax", detail=detail)]
    except (YAMLError, RecursionError) as error:
        return None, lines, [problem(file, 1, "yaml_syntax", detail=str(error).splitlines()[0])]
    if root is None:
        return None, lines, []
    reader = _Reader(file, lines, problems)
    return reader.value(root, ()), lines, problems


@lru_cache(maxsize=32)
def _composed(text: str) -> Node | None:
    """The nodes of a document, to be read only. Kept, since a pack is checked and then loaded: parsing is what takes long."""
    root: Node | None = YAML(typ="safe", pure=True).compose(text)
    return root


@dataclass
class _Reader:
    file: str
    lines: Lines
    problems: list[PackProblem]
    seen: set[int] = field(default_factory=set)

    def value(self, node: Node, path: Path) -> Value:
        line = node.start_mark.line + 1
        self.lines.known.setdefault(path, line)
        if id(node) in self.seen:
            self.problems.append(problem(self.file, self.lines.at(path), "alias_used", name=node.anchor))
            return None
        self.seen.add(id(node))
        if isinstance(node, MappingNode):
            return self.mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
        assert isinstance(node, ScalarNode)
        return self.scalar(node, line)

    def mapping(self, node: MappingNode, path: Path) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for key_node, value_node in node.value:
            key, line = str(key_node.value), key_node.start_mark.line + 1
            if key in found:
                self.problems.append(problem(self.file, line, "key_twice", key=key))
                continue
            self.lines.known[(*path, key)] = line
            found[key] = self.value(value_node, (*path, key))
        return found

    def scalar(self, node: ScalarNode, line: int) -> Value:
        tag, text = str(node.tag), node.value
        kind = tag.removeprefix(_PREFIX)
        if not tag.startswith(_PREFIX):
            self.problems.append(problem(self.file, line, "tag_used", tag=tag))
            return text
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() == "true"
        if kind in {"int", "float"}:
            return _number(text)
        return text


def _number(text: str) -> int | Decimal | str:
    """Whole numbers and decimals exactly as written; anything fancier (hexadecimal, infinity) stays text."""
    try:
        return int(text)
    except ValueError:
        pass
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return number if number.is_finite() else text
