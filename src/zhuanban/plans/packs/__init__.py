"""Packs: a zone's plan as a folder of YAML files, read and checked without a workspace.

>>> from zhuanban.plans.packs import builtin_folder, check_pack
>>> check_pack(builtin_folder("anshan-2023"))
[]
"""

from pathlib import Path

from zhuanban.plans.packs.checks import check_draft
from zhuanban.plans.packs.entries import Pack
from zhuanban.plans.packs.problems import PackProblem, PackRefused
from zhuanban.plans.packs.reading import Draft, read_folder

__all__ = ["Pack", "PackProblem", "PackRefused", "builtin_folder", "check_pack", "load_pack"]


def builtin_folder(code: str) -> Path:
    """The folder of a pack that comes with the product."""
    return Path(__file__).resolve().parents[2] / "packs" / code


def check_pack(folder: Path | str) -> list[PackProblem]:
    """Everything that is wrong with the pack in `folder`, in the order of files and lines; empty when it is clean.

    Reads only. All files are read even when one of them is broken.
    """
    _, problems = _read(folder)
    return problems


def load_pack(folder: Path | str) -> Pack:
    """The pack in `folder`. Raises `PackRefused` with every problem when it is not clean."""
    draft, problems = _read(folder)
    if problems or draft.header is None:
        raise PackRefused(problems)
    lists = {name: tuple(written.entry for written in found) for name, found in draft.lists.items()}
    return Pack.model_validate({"header": draft.header.entry, **lists})


def _read(folder: Path | str) -> tuple[Draft, list[PackProblem]]:
    draft = read_folder(Path(folder))
    problems = [*draft.problems, *(check_draft(draft) if draft.lists else [])]
    return draft, sorted(set(problems))
