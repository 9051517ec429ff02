"""Drawers: everything that comes in kinds lives in one folder, one file per kind, found and checked at start."""

import importlib
import pkgutil
from types import ModuleType
from typing import TypeVar

Kind = TypeVar("Kind")


def modules_of(package_name: str) -> list[ModuleType]:
    """All modules of a drawer, in order of their names; test folders and private modules are passed over."""
    package = importlib.import_module(package_name)
    names = sorted(module.name for module in pkgutil.iter_modules(package.__path__) if not module.ispkg)
    return [importlib.import_module(f"{package_name}.{name}") for name in names if not name.startswith("_")]


def open_drawer(package_name: str, attribute: str, kind: type[Kind]) -> dict[str, Kind]:
    """The kinds of a drawer by key: each module names its own in ``attribute``; modules without one are helpers.

    Raises AssertionError for an entry of another type or with a key that exists already.
    """
    drawer: dict[str, Kind] = {}
    for module in modules_of(package_name):
        entry = getattr(module, attribute, None)
        if entry is None:
            continue
        assert isinstance(entry, kind), f"{module.__name__}.{attribute} is no {kind.__name__}"
        key = entry.key  # type: ignore[attr-defined]
        assert key not in drawer, f"{module.__name__} repeats the key {key}"
        drawer[key] = entry
    return drawer
