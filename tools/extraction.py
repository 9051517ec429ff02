"""Finds the translatable texts in Python files and templates."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

# Name of the function → positions of (context, text, plural) among its arguments.
_CALLS: dict[str, tuple[int | None, int, int | None]] = {
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
_LITERAL = r"""(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_TEMPLATE_CALL = re.compile(
    rf"\b(n?p?gettext|_)\(\s*u?({_LITERAL})(?:\s*,\s*u?({_LITERAL}))?(?:\s*,\s*u?({_LITERAL}))?", re.S
)
# Component attributes are text to Django's lexer, so their _("…") is looked for in the source itself.
_ATTRIBUTE_CALL = re.compile(rf"(?<![\w.])_\(\s*({_LITERAL})\s*\)")


@dataclass(frozen=True, order=True)
class Text:
    """One translatable text: its context (empty for none), the English text, its plural (empty for none)."""

    context: str
    msgid: str
    plural: str = ""


def texts_of_python(source: str) -> Iterator[tuple[Text, int]]:
    """Each text handed as a literal to a translation function that was imported from Django, with its line."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in _CALLS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = _called(node.func, names)
            text = _text([_literal(argument) for argument in node.args], name) if name else None
            if text:
                yield text, node.lineno


def texts_of_template(source: str) -> Iterator[tuple[Text, int]]:
    """Each text of translate and blocktranslate tags, of filters' and attributes' ``_("…")``; the line is approximate."""
    flat = templatize(source)
    for found in _TEMPLATE_CALL.finditer(flat):
        name = "gettext" if found[1] == "_" else found[1]
        text = _text([ast.literal_eval(part) if part else None for part in found.groups()[1:]], name)
        if text:
            yield text, flat.count("\n", 0, found.start()) + 1
    for found in _ATTRIBUTE_CALL.finditer(source):
        yield Text("", ast.literal_eval(found[1])), source.count("\n", 0, found.start()) + 1


def texts_of_room(room: Path) -> Iterator[tuple[Text, Path, int]]:
    """Every text of a room's code and templates, tests and migrations left out."""
    for path in sorted(room.rglob("*")):
        if {"tests", "migrations", "static", "locale"} & set(path.relative_to(room).parts):
            continue
        if path.suffix == ".py":
            found = texts_of_python(path.read_text(encoding="utf-8"))
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            found = texts_of_template(path.read_text(encoding="utf-8"))
        else:
            continue
        yield from ((text, path, line) for text, line in found)


def _called(function: ast.expr, names: dict[str, str]) -> str | None:
    if isinstance(function, ast.Name):
        return names.get(function.id)
    if (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "translation"
    ):
        return function.attr if function.attr in _CALLS else None
    return None


def _literal(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _literal(node.left), _literal(node.right)
        return left + right if left is not None and right is not None else None
    return None


def _text(arguments: list[str | None], name: str) -> Text | None:
    context, msgid, plural = (
        None if position is None or position >= len(arguments) else arguments[position] for position in _CALLS[name]
    )
    return Text(context or "", msgid, plural or "") if msgid else None
