"""Drawers: what is found, and which mistakes of a kind are refused when the product starts."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from zhuanban.kit import drawers
from zhuanban.kit.actions import Action

KIND = "from zhuanban.kit.actions import Action\n"
Make = Callable[..., str]


@pytest.fixture
def drawer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    monkeypatch.syspath_prepend(str(tmp_path))
    made: list[str] = []

    def make(**modules: str) -> str:
        name = f"drawer_{len(made)}_{abs(hash(tmp_path))}"
        made.append(name)
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("")
        for module, body in modules.items():
            (tmp_path / name / f"{module}.py").write_text(body)
        return name

    yield make
    for name in [each for each in sys.modules if each.split(".")[0] in made]:
        del sys.modules[name]


def sort(key: str) -> str:
    return f"{KIND}SORT = Action({key!r}, 'x', frozenset())\n"


def test_the_kinds_are_found_by_key_in_order_of_their_files(drawer: Make) -> None:
    name = drawer(b=sort("second"), a=sort("first"), _private=sort("hidden"), without="x = 1\n")
    assert list(drawers.open_drawer(name, "SORT", Action)) == ["first", "second"]


def test_a_repeated_key_is_named_with_its_file(drawer: Make) -> None:
    name = drawer(a=sort("same"), b=sort("same"))
    with pytest.raises(AssertionError, match=rf"{name}\.b repeats the key same"):
        drawers.open_drawer(name, "SORT", Action)


def test_a_kind_of_another_type_is_named_with_its_file(drawer: Make) -> None:
    name = drawer(a="SORT = 'a word'\n")
    with pytest.raises(AssertionError, match=rf"{name}\.a\.SORT is no Action"):
        drawers.open_drawer(name, "SORT", Action)


def test_a_kind_with_a_missing_field_does_not_start(drawer: Make) -> None:
    name = drawer(a=f"{KIND}SORT = Action('a')\n")
    with pytest.raises(TypeError, match="name"):
        drawers.open_drawer(name, "SORT", Action)
