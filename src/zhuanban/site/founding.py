"""The answers from which an empty workspace is founded: names, address, plan, and the three administrators' accounts."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError

from zhuanban.site.lockout import plain_name

ADMINISTRATORS = {
    "system": ("system_administrator", "sysadmin", "系统管理员", "System administrator"),
    "security": ("security_administrator", "secadmin", "安全管理员", "Security administrator"),
    "audit": ("audit_administrator", "auditor", "审计管理员", "Audit administrator"),
}
"""Key of the answer → post, role and the post's names."""

QUESTIONS = {
    "name_zh": "专班中文名 / Chinese name",
    "name_en": "专班英文名 / English name",
    "address": "访问地址，可留空 / public address, may stay empty (https://…)",
    "plan": "方案，可留空 / plan, may stay empty (anshan-2023)",
    "system": "系统管理员用户名 / sign-in name of the system administrator",
    "security": "安全管理员用户名 / sign-in name of the security administrator",
    "audit": "审计管理员用户名 / sign-in name of the audit administrator",
}
_MAY_BE_EMPTY = ("address", "plan")


@dataclass(frozen=True)
class Answers:
    """What was answered; ``address`` and ``plan`` may be empty."""

    name_zh: str
    name_en: str
    address: str
    plan: str
    system: str
    security: str
    audit: str

    def account(self, who: str) -> str:
        """The sign-in name of an administrator."""
        return str(getattr(self, who))


class Unusable(Exception):
    """Answers that cannot be used: every problem, one sentence each."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


def read(path: Path) -> Answers:
    """The answers of a YAML file. Raises Unusable with file and line of every problem."""
    try:
        found = YAML().load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as failed:
        raise Unusable([f"{path} cannot be read: {failed}. Write it as UTF-8 text."]) from failed
    except YAMLError as failed:
        mark = getattr(failed, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        raise Unusable([f"{path}{line}: this is no YAML. Write one “key: value” a line."]) from failed
    if not isinstance(found, CommentedMap):
        raise Unusable([f"{path}: there are no answers. Write one “key: value” a line: {', '.join(QUESTIONS)}."])
    lines = {str(key): found.lc.key(key)[0] + 1 for key in found}
    unknown = [f"{path}:{lines[str(key)]}: “{key}” is not asked for; asked are: {', '.join(QUESTIONS)}." for key in found if key not in QUESTIONS]
    problems = [*unknown, *(f"{path}{_line(lines, key)}: {why}" for key, why in _problems(found))]
    if problems:
        raise Unusable(problems)
    return _answers(found)


def ask(answer: Callable[[str], str], tell: Callable[[str], Any]) -> Answers:
    """The same, asked one after the other until all can be used together."""
    given: dict[str, Any] = {}
    wanted = list(QUESTIONS)
    while wanted:
        for key in wanted:
            given[key] = answer(f"{QUESTIONS[key]}: ").strip()
        found = _problems(given)
        for _key, why in found:
            tell(why)
        wanted = sorted({key for key, _why in found}, key=list(QUESTIONS).index)
    return _answers(given)


def _line(lines: dict[str, int], key: str) -> str:
    return f":{lines[key]}" if key in lines else ""


def _answers(found: dict[str, Any]) -> Answers:
    return Answers(**{key: str(found.get(key) or "").strip() for key in QUESTIONS})


def _problems(found: dict[str, Any]) -> list[tuple[str, str]]:
    said = {key: str(found.get(key) or "").strip() for key in QUESTIONS}
    problems = [(key, f"“{key}” is missing.") for key, text in said.items() if not text and key not in _MAY_BE_EMPTY]
    problems += [(key, f"“{key}” is longer than 60 characters.") for key in ADMINISTRATORS if len(said[key]) > 60]
    problems += [(key, f"“{key}” is longer than 120 characters.") for key in ("name_zh", "name_en") if len(said[key]) > 120]
    names = [plain_name(said[key]) for key in ADMINISTRATORS]
    problems += [
        (key, f"“{said[key]}” stands for two administrators. System, security and audit administrator are three people with three accounts.")
        for at, key in enumerate(ADMINISTRATORS)
        if names[at] and names[at] in names[:at]
    ]
    if said["address"] and not said["address"].startswith(("https://", "http://")):
        problems.append(("address", f"“{said['address']}” is no address. Write it as https://host."))
    return problems
