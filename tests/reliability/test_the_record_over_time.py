"""The record across migrations and restored files."""

import json
import shutil

import pytest

from tests.reliability.conftest import Workspace

UNIT = """
from zhuanban.people.models import Unit
from zhuanban.trail.services import Actor, work
import sys
with work(Actor("user", "user:1", "clerk"), "test"):
    Unit.objects.create(code=sys.argv[1], name_zh="甲", name_en="A", kind="department")
"""

NEW_COLUMN = """
import json
from django.db import connection
from zhuanban.people.models import Unit
from zhuanban.trail import audited, guard, queries, services, triggers
from zhuanban.trail.models import Entry

tables = audited.audited_tables()
new = tables["people_unit"]
clause = Unit._meta.get_field("clause")

def kinds():
    return [(each.kind, each.table) for each in queries.verify(deep=True).findings]

# The release before: the model and the table have no such column.
with guard.writes_open(), connection.schema_editor() as editor:
    editor.remove_field(Unit, clause)
triggers.install()
tables["people_unit"] = audited.AuditedTable(new.name, new.pk, tuple(c for c in new.columns if c != "clause"))
with services.work(services.Actor("user", "user:1", "clerk"), "before the upgrade"), connection.cursor() as cursor:
    for code in ("a", "b"):
        cursor.execute(
            "INSERT INTO people_unit (code, name_zh, name_en, kind, position, active, is_office, name_pending, version) "
            "VALUES (%s, '甲', 'A', 'department', 0, %s, %s, %s, 1)", [code, True, False, False])
old_release = kinds()
# The new release is there, the migration has not run yet.
tables["people_unit"] = new
before = kinds()
with guard.writes_open(), connection.schema_editor() as editor:
    editor.add_field(Unit, clause)
triggers.install()
after = kinds()
resealed = services.reseal("migration")
print(json.dumps({
    "old_release": old_release, "before": before, "after": sorted(set(map(tuple, after))), "resealed": resealed,
    "finally": kinds(), "ops": list(Entry.objects.order_by("seq").values_list("op", flat=True)),
}))
"""


def test_a_column_added_by_a_release_is_sealed_anew_and_the_record_verifies_before_and_after(
    workspace: Workspace,
) -> None:
    done = workspace.script(NEW_COLUMN)
    assert done.returncode == 0, done.stderr[-2000:]
    assert json.loads(done.stdout) == {
        "old_release": [], "before": [], "after": [["row_changed", "people_unit"]], "resealed": 2, "finally": [],
        "ops": ["insert", "insert", "epoch", "epoch"],
    }  # fmt: skip


def test_an_older_database_file_put_back_is_found_by_the_anchor(workspace: Workspace) -> None:
    if workspace.database_url:
        pytest.skip("PostgreSQL has no single file to put back; a restored dump is found by the same anchor")
    assert workspace.script(UNIT, "first").returncode == 0
    kept = workspace.folder / "older.sqlite3"
    shutil.copy(workspace.sqlite, kept)
    assert workspace.script(UNIT, "second").returncode == 0
    assert workspace.command("tick").returncode == 0
    assert workspace.command("trail", "verify", "--deep").returncode == 0
    for each in workspace.folder.glob("zhuanban.sqlite3*"):
        each.unlink()
    kept.rename(workspace.sqlite)
    verified = workspace.command("trail", "verify", "--deep", "--json")
    assert verified.returncode == 1
    assert [(each["kind"], each["pk"]) for each in json.loads(verified.stdout)["findings"]] == [("tail_cut", "2")]
    assert workspace.script(UNIT, "third").returncode == 0
    assert workspace.script(UNIT, "fourth").returncode == 0
    found = json.loads(workspace.command("trail", "verify", "--deep", "--json").stdout)["findings"]
    assert [(each["kind"], each["pk"]) for each in found] == [("anchor_contradicts", "2")]
