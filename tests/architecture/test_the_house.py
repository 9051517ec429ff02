"""The house as architecture.md describes it, held against the code."""

import ast
import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "zhuanban"
ROOMS = ["site", "plans", "reports", "meetings", "filings", "alerts", "visits", "matters", "indicators", "projects", "enterprises", "people", "files", "trail", "kit", "calc"]
PUBLIC = {"queries", "services", "urls"}
ALSO_PUBLIC = {"people.access", "people.models", "plans.packs", "trail.queries", "trail.services", "files.models", "matters.models"}
"""``people.access`` is the viewer; ``plans.packs`` needs no workspace; row types of lower rooms are named, not queried."""
COMPOSER = "site"
"""Only the composition builds the demo and the record's maintenance from inner parts."""


def python_files() -> Iterator[Path]:
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" not in path.parts and "tests" not in path.parts:
            yield path


def test_the_import_contracts_hold_without_exceptions() -> None:
    assert "ignore_imports" not in (ROOT / ".importlinter").read_text(encoding="utf-8")
    linted = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"], cwd=ROOT, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert linted.returncode == 0, linted.stdout[-3000:]


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_it_is(room: str) -> None:
    text = (SOURCE / room / "README.md").read_text(encoding="utf-8")
    assert text.startswith("# ")
    assert len(text.splitlines()) <= 120, f"{room}: the README is longer than a page"


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def test_other_rooms_see_only_queries_services_and_urls() -> None:
    seen = []
    for path in python_files():
        room = path.relative_to(SOURCE).parts[0]
        for name in _imports(path):
            parts = name.split(".")
            if parts[0] != "zhuanban" or len(parts) < 3 or parts[1] in (room, "kit", "calc") or room == COMPOSER:
                continue
            inner = ".".join(parts[1:])
            if parts[2] not in PUBLIC and not any(inner.startswith(each) for each in ALSO_PUBLIC):
                seen.append(f"{path.relative_to(ROOT)} imports {name}")
    assert seen == []


def test_foreign_keys_point_down() -> None:
    floor = {room: place for place, room in enumerate(reversed(ROOMS))}
    wrong = [
        f"{model._meta.label} → {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in floor
        for field in model._meta.get_fields()
        if isinstance(field, ForeignKey) and floor[field.related_model._meta.app_label] > floor[model._meta.app_label]
    ]
    assert wrong == []


def _public_functions(room: str) -> Iterator[tuple[Path, ast.FunctionDef]]:
    folder = SOURCE / room / "queries"
    files = sorted(folder.glob("*.py")) if folder.is_dir() else [SOURCE / room / "queries.py"]
    exported = set()
    if folder.is_dir():
        exported = {
            name.asname or name.name
            for node in ast.walk(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom)
            for name in node.names
        }
    for path in files:
        if path.exists():
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                public = isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
                if public and (not exported or node.name in exported):
                    assert isinstance(node, ast.FunctionDef)
                    yield path, node


#  Of the calendar and the rules, open to everybody and holding no fact of anyone.
OPEN = {
    "calendar_of", "rule_on", "rules", "rule_in_force", "waits_days", "state_word",
    "cadences", "cadence_of", "cadence_on", "explain_due", "facts_of", "working_calendar", "family_of", "term", "ladder_keys", "state_due", "standing", "problem_of", "handling_verbs",
}  # fmt: skip


@pytest.mark.parametrize("room", ["reports", "filings", "alerts", "matters", "indicators", "people", "plans"])
def test_no_query_can_be_called_without_a_viewer(room: str) -> None:
    found = list(_public_functions(room))
    assert found, f"{room} has no queries"
    lacking = []
    for path, function in found:
        keyword_only = {
            argument.arg: default
            for argument, default in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True)
        }
        if function.name not in OPEN and not ("viewer" in keyword_only and keyword_only["viewer"] is None):
            lacking.append(f"{path.relative_to(ROOT)}:{function.lineno} {function.name}")
    assert lacking == []


def test_every_query_of_indicators_says_as_known_when() -> None:
    lacking = [
        function.name
        for _, function in _public_functions("indicators")
        if function.name not in OPEN and "as_known" not in {argument.arg for argument in function.args.kwonlyargs}
    ]
    assert lacking == []


def test_files_and_functions_stay_small() -> None:
    long_files = [path for path in python_files() if len(path.read_text(encoding="utf-8").splitlines()) > 400]
    long_functions = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"
        for path in python_files()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno + 1 > 60
    ]
    assert (long_files, long_functions) == ([], [])


def test_pages_hold_no_inline_script_style_or_handler() -> None:
    import re

    forbidden = re.compile(r"""\sstyle=["']|\son[a-z]+=["']|<style|<script(?![^>]*(src=|type="application/json"))""")
    found = [
        f"{path.relative_to(ROOT)}: {match.group().strip()}"
        for path in sorted(SOURCE.rglob("*.html"))
        if (match := forbidden.search(path.read_text(encoding="utf-8")))
    ]
    assert found == []


def test_every_text_has_its_chinese() -> None:
    from tools.messages import missing

    assert [str(each) for each in missing()] == []


def test_the_locks_carry_hashes_and_name_no_host() -> None:
    for name in ("requirements.txt", "requirements-dev.txt", "package-lock.json"):
        text = (ROOT / name).read_text(encoding="utf-8")
        assert ("--hash=sha256:" in text) or ('"integrity": "sha512-' in text)
        assert '"resolved"' not in text
        assert "index-url" not in text
        assert name == "package-lock.json" or "://" not in text


@pytest.mark.django_db
def test_the_tables_are_what_the_models_say() -> None:
    from django.core.management import call_command

    said = io.StringIO()
    call_command("makemigrations", check=True, dry_run=True, stdout=said)
    assert said.getvalue().strip() == "No changes detected"
