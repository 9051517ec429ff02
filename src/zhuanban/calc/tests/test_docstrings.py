"""The calculations document themselves, and the documentation is executed."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import zhuanban.calc


def _public() -> Iterator[tuple[str, object]]:
    for found in pkgutil.iter_modules(zhuanban.calc.__path__):
        if found.ispkg:
            continue
        module = importlib.import_module(f"zhuanban.calc.{found.name}")
        for name, member in vars(module).items():
            if name.startswith("_") or getattr(member, "__module__", None) != module.__name__:
                continue
            yield f"{found.name}.{name}", member
            if inspect.isclass(member):
                yield from ((f"{found.name}.{name}.{part}", each) for part, each in _methods(member))


def _methods(owner: type) -> Iterator[tuple[str, object]]:
    for name, member in vars(owner).items():
        if not name.startswith("_") and (isinstance(member, property | classmethod) or inspect.isfunction(member)):
            yield name, member


def _doc(member: object) -> str:
    return inspect.getdoc(member) or ""


def test_every_public_name_says_what_it_means() -> None:
    undocumented = [
        name for name, member in _public() if (inspect.isclass(member) or callable(member)) and not _doc(member)
    ]
    assert undocumented == []


def test_every_public_function_carries_an_executed_example() -> None:
    inside = {"light_clauses.Clause.checked", "light_clauses.Clause.resting", "light_clauses.Seen.rate_facts"}
    bare = [
        name
        for name, member in _public()
        if not inspect.isclass(member) and (callable(member) or isinstance(member, property | classmethod))
        if ">>>" not in _doc(member) and name not in inside
    ]
    assert bare == []
