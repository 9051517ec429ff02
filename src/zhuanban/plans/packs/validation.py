"""One written entry to a typed one; the validator's findings become sentences at the line of the field."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from zhuanban.plans.packs.problems import PackProblem, nearest, problem
from zhuanban.plans.packs.yaml_reading import Lines, Path

E = TypeVar("E", bound=BaseModel)

_PERSONAL = {"person", "person_name", "holder", "holder_name", "leader_name", "phone", "mobile", "contact", "id_number"}
_NAMES = {"name_zh", "name_en"}
_NUMBERS = ("int", "decimal", "float", "greater_than", "less_than", "finite")


def validated(model: type[E], data: Any, file: str, path: Path, lines: Lines) -> tuple[E | None, list[PackProblem]]:
    """The entry written in `data` at `path`, or None and everything that is wrong with it."""
    if not isinstance(data, Mapping):
        return None, [problem(file, lines.at(path), "not_a_mapping")]
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        label = label_of(data, path)
        found = [_finding(model, detail, label, file, path, lines) for detail in error.errors(include_url=False)]
        return None, sorted(set(found))


def label_of(data: Mapping[str, Any], path: Path) -> str:
    """How a message calls an entry: by its code where it has one, else by its place in the list."""
    code = data.get("code")
    if code is None and "indicator" in data:
        code = f"{data.get('place')}/{data['indicator']}/{data.get('year')}"
    if code is None:
        code = f"#{path[0] + 1}" if path and isinstance(path[0], int) else "pack"
    return f"‘{code}’"


def _finding(
    model: type[BaseModel], detail: ErrorDetails, label: str, file: str, path: Path, lines: Lines
) -> PackProblem:
    where = _inside(detail["loc"])
    field = ".".join(str(part + 1) if isinstance(part, int) else part for part in where)
    line = lines.at((*path, *where))
    kind, last = detail["type"], str(where[-1]) if where else ""
    if kind == "missing":
        return problem(file, line, "name_missing" if last in _NAMES else "field_missing", entry=label, field=field)
    if kind == "extra_forbidden":
        return _unknown_key(model, where, label, file, line, field)
    value = detail["input"]
    if last in _NAMES and not value:
        return problem(file, line, "name_missing", entry=label, field=field)
    if kind in {"enum", "literal_error"}:
        allowed = str(detail.get("ctx", {}).get("expected", "")).replace("'", "").replace(" or ", ", ")
        return problem(file, line, "not_one_of", entry=label, field=field, value=value, allowed=allowed)
    if kind == "string_pattern_mismatch":
        return _wrong_pattern(label, file, line, field, value)
    code = _code_of(kind, detail)
    return problem(file, line, code, entry=label, field=field, value=value, detail=detail["msg"])


def _inside(loc: tuple[int | str, ...]) -> Path:
    """The part of the validator's location that is written in the file (names of union branches are not)."""
    return tuple(part for part in loc if isinstance(part, int) or part.isidentifier() and part not in {"str", "bool"})


def _unknown_key(
    model: type[BaseModel], where: Path, label: str, file: str, line: int, field: str
) -> PackProblem:
    key = str(where[-1])
    if key in _PERSONAL:
        return problem(file, line, "person_in_pack", entry=label, field=field)
    near_zh, near_en = nearest(key, model.model_fields)
    return problem(file, line, "key_unknown", entry=label, field=field, near_zh=near_zh, near_en=near_en)


def _wrong_pattern(label: str, file: str, line: int, field: str, value: Any) -> PackProblem:
    if ":" in str(value) or field.endswith("time"):
        return problem(file, line, "bad_value", entry=label, field=field, detail="HH:MM")
    return problem(file, line, "bad_code", entry=label, field=field, value=value)


def _code_of(kind: str, detail: ErrorDetails) -> str:
    if kind == "value_error":
        return "bad_date" if str(detail["msg"]).endswith("date") else "bad_number"
    if kind.startswith("date"):
        return "bad_date"
    if kind.startswith(_NUMBERS):
        return "bad_number"
    if kind.startswith("bool"):
        return "bad_truth"
    if kind.startswith("string"):
        return "bad_text"
    return "bad_value"
