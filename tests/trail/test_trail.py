"""The record: every change is sealed, every tampering is found and named."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection, transaction

from zhuanban.kit import clock, workspace
from zhuanban.people.models import Unit
from zhuanban.trail import anchors, audited, guard, queries
from zhuanban.trail.models import Entry, Payload
from zhuanban.trail.services import Actor, record_event, work

CLERK = Actor("user", "user:7", "商务办 · 经办人")
pytestmark = pytest.mark.django_db


def make_unit(code: str = "commerce", **values: Any) -> Unit:
    with work(CLERK, "定义单位"):
        return Unit.objects.create(
            **{"code": code, "name_zh": "商务办", "name_en": "Commerce office", "kind": "department", **values}
        )


def tamper(sql: str, *params: Any, silently: bool = True) -> None:
    """Change the database as somebody with its password would; ``silently`` switches the triggers' notes off."""
    with transaction.atomic(), connection.cursor() as cursor, guard.writes_open():
        if silently and connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(sql, params)
        if silently:
            cursor.execute("DELETE FROM trail_pending")
        if silently and connection.vendor == "postgresql":
            cursor.execute("SET LOCAL session_replication_role = origin")


def findings(deep: bool = True) -> list[tuple[str, str, str]]:
    return [(f.kind, f.table, f.pk) for f in queries.verify(deep=deep).findings]


def test_a_write_becomes_one_entry_with_who_why_and_what() -> None:
    unit = make_unit()
    entry = Entry.objects.get()
    assert (entry.seq, entry.op, entry.tbl, entry.pk_text) == (1, "insert", "people_unit", str(unit.pk))
    assert (entry.actor_key, entry.actor_label, entry.reason) == ("user:7", "商务办 · 经办人", "定义单位")
    assert "商务办" in Payload.objects.get(seq=1).body
    assert findings() == []


def test_update_and_delete_are_recorded_in_order_and_verify_clean() -> None:
    unit = make_unit()
    with work(CLERK, "改名"):
        Unit.objects.filter(pk=unit.pk).update(name_zh="商务局")
    with work(CLERK, "撤销"):
        Unit.objects.all().delete()
    assert list(Entry.objects.order_by("seq").values_list("op", flat=True)) == ["insert", "update", "delete"]
    assert findings() == []


def test_a_write_outside_work_does_not_run() -> None:
    with pytest.raises(AssertionError, match=r"outside work\(\)"), transaction.atomic():
        Unit.objects.create(code="x", name_zh="甲", name_en="A", kind="department")
    assert Unit.objects.count() == 0


def test_a_failing_work_leaves_neither_row_nor_entry() -> None:
    def fail() -> None:
        with work(CLERK, "失败"):
            Unit.objects.create(code="x", name_zh="甲", name_en="A", kind="department")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert (Unit.objects.count(), Entry.objects.count()) == (0, 0)


def test_nothing_is_saved_when_the_trail_cannot_seal(monkeypatch: pytest.MonkeyPatch) -> None:
    from zhuanban.kit.refusals import Refusal

    monkeypatch.setenv("ZHUANBAN_WORKSPACE", "/nonexistent")
    with pytest.raises(Refusal) as refused:
        make_unit()
    assert refused.value.codes == ["trail_key_missing"]
    assert Unit.objects.count() == 0


def test_nested_work_joins_the_outer_one() -> None:
    with work(CLERK, "外"), work(Actor("system", "tick", "tick"), "内"):
        Unit.objects.create(code="x", name_zh="甲", name_en="A", kind="department")
    assert Entry.objects.get().reason == "外"


@pytest.mark.parametrize("column", ["code", "name_zh", "name_en", "kind", "position", "clause"])
def test_a_changed_column_is_found_and_its_row_named(column: str) -> None:
    unit = make_unit()
    make_unit("other")
    value = 9 if column == "position" else "篡改"
    tamper(f"UPDATE people_unit SET {column} = %s WHERE id = %s", value, unit.pk)
    assert findings() == [("row_changed", "people_unit", str(unit.pk))]
    assert findings(deep=False) == []


def test_inserted_and_deleted_rows_are_found() -> None:
    unit = make_unit()
    other = make_unit("other")
    tamper("DELETE FROM people_unit WHERE id = %s", unit.pk)
    tamper("UPDATE people_unit SET id = %s WHERE id = %s", 999, other.pk)
    assert sorted(findings()) == [
        ("row_deleted", "people_unit", str(unit.pk)),
        ("row_deleted", "people_unit", str(other.pk)),
        ("row_inserted", "people_unit", "999"),
    ]


def test_a_change_by_database_shell_is_sealed_as_unattributed_and_stays_a_finding() -> None:
    unit = make_unit()
    tamper("UPDATE people_unit SET name_zh = '篡改' WHERE id = %s", unit.pk, silently=False)
    assert ("unattributed_change", "people_unit", str(unit.pk)) in findings(deep=False)


@pytest.mark.parametrize("column", ["at_us", "actor_label", "reason", "op", "tbl", "pk_text", "state_digest", "mac", "hash", "prev"])
def test_a_changed_entry_is_found_by_its_number(column: str) -> None:
    for code in ("a", "b", "c"):
        make_unit(code)
    from zhuanban.trail import triggers

    triggers.drop_guards()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE trail_entry DISABLE TRIGGER USER")
    tamper(f"UPDATE trail_entry SET {column} = %s WHERE seq = 2", 1 if column == "at_us" else "f" * 8)
    assert ("trail_entry", "2") in {(table, pk) for _, table, pk in findings(deep=False)}


def test_entries_cannot_be_changed_or_deleted_by_sql() -> None:
    make_unit()
    for sql in ("UPDATE trail_entry SET reason = 'x'", "DELETE FROM trail_entry"):
        with pytest.raises(Exception, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_a_tail_cut_off_together_with_its_rows_is_found_by_the_anchor() -> None:
    make_unit("a")
    unit = make_unit("b")
    queries.anchor_head()
    from zhuanban.trail import triggers

    triggers.drop_guards()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE trail_entry DISABLE TRIGGER USER")
    first = Entry.objects.get(seq=1)
    tamper("DELETE FROM people_unit WHERE id = %s", unit.pk)
    tamper("DELETE FROM trail_entry WHERE seq = 2")
    tamper("UPDATE trail_head SET seq = 1, hash = %s", first.hash)
    assert ("tail_cut", "trail_entry", "2") in findings()


def test_a_forged_anchor_is_reported() -> None:
    make_unit()
    queries.anchor_head()
    path = workspace.root() / "secrets" / "anchors.txt"
    path.write_text(path.read_text() + f"99 {'a' * 64} {'b' * 64}\n")
    assert anchors.read()[1] == 1
    assert ("anchors_damaged", "anchors.txt", "1") in findings(deep=False)


def test_a_missing_trigger_is_found() -> None:
    make_unit()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER trail_u_people_unit")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE people_unit DISABLE TRIGGER trail_n_people_unit")
    assert [(table, pk) for kind, table, pk in findings() if kind == "trigger_missing"] == [
        ("people_unit", "trail_u_people_unit" if connection.vendor == "sqlite" else "trail_n_people_unit")
    ]


def test_an_event_without_a_row_is_part_of_the_chain() -> None:
    with work(CLERK, "导出"):
        assert record_event("export", "board 2023-06", "导出看板") == 1
    assert findings() == []


def test_every_table_is_audited_or_named_as_unaudited() -> None:
    present = set(connection.introspection.table_names()) - {"sqlite_sequence"}
    assert present - set(audited.audited_tables()) == set(audited.UNAUDITED) & present
    assert set(audited.UNAUDITED) - present == set()


def test_rows_are_read_as_they_stood_at_an_instant_and_one_first_known_later_as_first_written() -> None:
    before = clock.real_now()
    unit, other = make_unit(), make_unit("finance", name_zh="财政金融办")
    between = clock.real_now()
    with work(CLERK, "改名"):
        Unit.objects.filter(pk=unit.pk).update(name_zh="商务局")

    def names(at: datetime) -> dict[int, str]:
        found = queries.states_at(tables=("people_unit",), at=at)
        return {int(pk): state["name_zh"] for (_table, pk), state in found.items()}

    assert names(between) == {unit.pk: "商务办"}
    assert names(before) == {unit.pk: "商务办", other.pk: "财政金融办"}
    assert names(clock.real_now()) == {}
