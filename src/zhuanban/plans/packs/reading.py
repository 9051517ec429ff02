"""A folder to a draft: every file read, every entry validated by itself, all findings kept."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path as Folder
from typing import Any, Generic, TypeVar

from pydantic import BaseModel

from zhuanban.plans.packs import entries
from zhuanban.plans.packs.problems import PackProblem, nearest, problem
from zhuanban.plans.packs.validation import label_of, validated
from zhuanban.plans.packs.yaml_reading import Lines, Path, read_yaml

E = TypeVar("E", bound=BaseModel)

HEADER_FILE = "pack.yaml"
LISTS: dict[str, type[BaseModel]] = {
    "sources": entries.Source,
    "places": entries.Place,
    "units": entries.Unit,
    "posts": entries.Post,
    "groups": entries.Group,
    "indicators": entries.Indicator,
    "cadences": entries.Cadence,
    "rules": entries.Rule,
    "ladder": entries.Level,
    "clocks": entries.ProblemClock,
    "peers": entries.PeerSet,
    "targets": entries.Target,
    "industries": entries.Industry,
}
OPTIONAL = frozenset({"industries"})
"""Files that a pack does without where its plan says nothing of the kind."""
LIMIT_BYTES = 512 * 1024


@dataclass(frozen=True)
class Written(Generic[E]):
    """A typed entry and where it was written."""

    entry: E
    file: str
    path: Path
    lines: Lines

    def line(self, *inside: str | int) -> int:
        return self.lines.at((*self.path, *inside))

    @property
    def label(self) -> str:
        return label_of(self.entry.model_dump(include={"code", "place", "indicator", "year"}), self.path)

    def problem(self, code: str, /, *inside: str | int, **facts: Any) -> PackProblem:
        return problem(self.file, self.line(*inside), code, **facts)


@dataclass
class Draft:
    """What could be read of a folder. Entries that did not validate are absent, but their codes are remembered."""

    header: Written[entries.Header] | None = None
    lists: dict[str, list[Written[Any]]] = field(default_factory=dict)
    broken_codes: dict[str, set[str]] = field(default_factory=dict)
    problems: list[PackProblem] = field(default_factory=list)

    def codes(self, name: str) -> set[str]:
        """Codes written in one file, broken entries included, so that one slip is not reported twice."""
        return {written.entry.code for written in self.lists.get(name, [])} | self.broken_codes.get(name, set())

    def all(self) -> Iterator[Written[Any]]:
        for written in self.lists.values():
            yield from written


def read_folder(folder: Folder) -> Draft:
    """Read every file of the pack; nothing is checked between entries yet."""
    draft = Draft()
    if not folder.is_dir():
        draft.problems.append(problem(HEADER_FILE, 1, "folder_missing", folder=folder.name))
        return draft
    expected = {HEADER_FILE, *(f"{name}.yaml" for name in LISTS)}
    for found in sorted(folder.glob("*.y*ml")):
        if found.name not in expected:
            near_zh, near_en = nearest(found.name, expected)
            draft.problems.append(
                problem(found.name, 1, "file_unknown", name=found.name, near_zh=near_zh, near_en=near_en)
            )
    _read_header(folder, draft)
    for name, model in LISTS.items():
        _read_list(folder, name, model, draft)
    return draft


def _read_header(folder: Folder, draft: Draft) -> None:
    read = _read_file(folder, HEADER_FILE, draft)
    if read is None:
        return
    data, lines = read
    header, problems = validated(entries.Header, data, HEADER_FILE, (), lines)
    draft.problems += problems
    if header is not None:
        draft.header = Written(header, HEADER_FILE, (), lines)


def _read_list(folder: Folder, name: str, model: type[BaseModel], draft: Draft) -> None:
    file = f"{name}.yaml"
    if name in OPTIONAL and not (folder / file).is_file():
        return
    good: list[Written[Any]] = draft.lists.setdefault(name, [])
    broken = draft.broken_codes.setdefault(name, set())
    read = _read_file(folder, file, draft)
    if read is None:
        return
    data, lines = read
    if not isinstance(data, list):
        draft.problems.append(problem(file, 1, "not_a_list"))
        return
    for index, item in enumerate(data):
        entry, problems = validated(model, item, file, (index,), lines)
        draft.problems += problems
        if entry is not None:
            good.append(Written(entry, file, (index,), lines))
        elif isinstance(item, dict) and isinstance(item.get("code"), str):
            broken.add(item["code"])


def _read_file(folder: Folder, file: str, draft: Draft) -> tuple[Any, Lines] | None:
    path = folder / file
    if not path.is_file():
        draft.problems.append(problem(file, 1, "file_missing"))
        return None
    if path.stat().st_size > LIMIT_BYTES:
        draft.problems.append(problem(file, 1, "file_too_large", limit_kb=LIMIT_BYTES // 1024))
        return None
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        draft.problems.append(problem(file, 1, "file_not_utf8"))
        return None
    data, lines, problems = read_yaml(file, text)
    draft.problems += problems
    if problems and data is None:
        return None
    return ([] if data is None and file != HEADER_FILE else data), lines
