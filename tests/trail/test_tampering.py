"""Random tampering: whatever row and column is changed behind the record's back, it is found and the row is named."""

import os
import random
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from zhuanban.kit import workspace
from zhuanban.people.models import Grant, Unit, User
from zhuanban.people.tests.cast import cast
from zhuanban.trail import chain, guard, queries, rows, triggers
from zhuanban.trail.audited import AuditedTable, audited_tables
from zhuanban.trail.models import Entry, Payload
from zhuanban.trail.services import Actor, reseal, work

pytestmark = pytest.mark.django_db
ROUNDS = 320 if os.environ.get("ZHUANBAN_TESTS") == "full" else 100
CLERK = Actor("user", "user:7", "经办人")


class Undo(Exception):
    """Rolls a tampering back, so that the next one starts from a clean record."""


def _found() -> list[tuple[str, str, str]]:
    return [(each.kind, each.table, each.pk) for each in queries.verify(deep=True).findings]


def _silently(cursor: Any) -> None:
    """What somebody with the database's password does so that the triggers note nothing."""
    if connection.vendor == "postgresql":
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
    else:
        cursor.execute("PRAGMA defer_foreign_keys = ON")


def _other_value(stored: Any, draw: random.Random) -> list[Any]:
    """Values to try in place of the stored one, likeliest first; the database refuses some by type."""
    text = str(stored)
    return [
        draw.choice([f"{text}x", f"x{text}", text[::-1] + "改"]),
        f"{draw.randrange(10**4)}",
        "2011-02-03",
        "2011-02-03 04:05:06+00",
        "true" if text in ("f", "false", "0", "None") else "false",
        "1" if text == "0" else "0",
        "[1]",
        "t",
    ]


def _change_one(table: AuditedTable, column: str, pk: str, draw: random.Random) -> bool:
    """Change one column of one row to something else; False where the database would take none of the values."""
    where = f'"{table.pk}" = %s' if connection.vendor == "sqlite" else f'"{table.pk}"::text = %s'
    before = next(iter(rows.some(connection, table, [pk])))[1]
    for value in _other_value(before[table.columns.index(column)], draw):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                typed = "%s" if connection.vendor == "sqlite" else f"%s::{_type_of(table.name, column)}"
                cursor.execute(f'UPDATE "{table.name}" SET "{column}" = {typed} WHERE {where}', [value, pk])
        except DatabaseError:
            continue
        if next(iter(rows.some(connection, table, [pk])))[1] != before:
            return True
    return False


def _type_of(table: str, column: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format_type(atttypid, atttypmod) FROM pg_attribute WHERE attrelid = %s::regclass AND attname = %s",
            [table, column],
        )
        return str(cursor.fetchone()[0])


def _filled() -> Iterator[tuple[AuditedTable, list[str]]]:
    for table in audited_tables().values():
        pks = [pk for pk, _ in rows.every(connection, table)]
        if pks:
            yield table, pks


def _fill() -> None:
    """Rows in as many audited tables as the lower rooms can fill without the rooms above."""
    from zhuanban.indicators import services as indicators
    from zhuanban.people.access import system_viewer

    cast()
    by = system_viewer("test")
    for code, kind in (("zone", "self"), ("city", "city"), ("jia", "peer")):
        indicators.define_place(code=code, name_zh=f"示例{code}", name_en=code, kind=kind, aliases=[], position=1, by=by)
    indicators.define_peer(place="jia", indicator=None, from_year=2020, until_year=None, authority="演示", by=by)


def _strike(draw: random.Random, table: AuditedTable, pk: str) -> tuple[str, str, str] | None:
    """One tampering of a row and what must be found, or None where the database refused it."""
    if draw.random() < 0.15:
        with connection.cursor() as cursor:
            typed = f'"{table.pk}"' if connection.vendor == "sqlite" else f'"{table.pk}"::text'
            cursor.execute(f'DELETE FROM "{table.name}" WHERE {typed} = %s', [pk])
        return "row_deleted", table.name, pk
    column = draw.choice([each for each in table.columns if each != table.pk])
    return ("row_changed", table.name, pk) if _change_one(table, column, pk, draw) else None


def _strike_some(draw: random.Random, filled: list[tuple[AuditedTable, list[str]]]) -> list[tuple[str, str, str]]:
    """Four tamperings of four different rows: one verification answers for all, and must name no fifth row."""
    struck: dict[tuple[str, str], tuple[str, str, str]] = {}
    while len(struck) < 4:
        table, pks = draw.choice(filled)
        pk = draw.choice(pks)
        if (table.name, pk) not in struck:
            expected = _strike(draw, table, pk)
            if expected is not None:
                struck[(table.name, pk)] = expected
    return list(struck.values())


def test_every_one_of_many_random_tamperings_is_found_and_its_row_named(record_property: Any) -> None:
    _fill()
    filled = list(_filled())
    assert len(filled) >= 9
    assert _found() == []
    draw = random.Random("tampering")
    done = 0
    while done < ROUNDS:
        try:
            with transaction.atomic(), guard.writes_open():
                with connection.cursor() as cursor:
                    _silently(cursor)
                expected = _strike_some(draw, filled)
                with connection.cursor() as cursor:
                    cursor.execute("DELETE FROM trail_pending")
                assert sorted(_found()) == sorted(expected)
                done += len(expected)
                raise Undo
        except Undo:
            pass
    record_property("tamperings_found", done)
    assert _found() == []


def test_two_rows_that_swapped_their_contents_are_both_named() -> None:
    people = cast()
    first, second = people.units["commerce"], people.units["finance"]
    with guard.writes_open(), connection.cursor() as cursor:
        _silently(cursor)
        for code, pk in (("swap", first.pk), (first.code, second.pk), (second.code, first.pk)):
            cursor.execute("UPDATE people_unit SET code = %s WHERE id = %s", [code, pk])
        cursor.execute("DELETE FROM trail_pending")
    assert sorted(_found()) == sorted(("row_changed", "people_unit", str(each.pk)) for each in (first, second))


def _units(*codes: str) -> None:
    for code in codes:
        with work(CLERK, "定义单位"):
            Unit.objects.create(code=code, name_zh="甲", name_en="A", kind="department")


def _unguarded(*statements: tuple[str, list[Any]]) -> None:
    """Change the record itself, its guards switched off."""
    triggers.drop_guards()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE trail_entry DISABLE TRIGGER USER")
        for sql, values in statements:
            cursor.execute(sql, values)


def _entries_named() -> set[str]:
    return {pk for _, table, pk in _found() if table == "trail_entry"}


def test_reordered_entries_are_found() -> None:
    _units("a", "b", "c", "d")
    _unguarded(*[("UPDATE trail_entry SET seq = %s WHERE seq = %s", [new, old]) for old, new in ((2, 99), (3, 2), (99, 3))])
    assert {"2", "3"} <= _entries_named()


def test_a_deleted_entry_is_found_as_a_gap() -> None:
    _units("a", "b", "c")
    _unguarded(("DELETE FROM trail_entry WHERE seq = 2", []))
    assert ("entries_missing", "trail_entry", "2") in _found()


def test_a_duplicated_entry_is_found() -> None:
    _units("a", "b")
    copied = ", ".join(each for each in chain.FIELDS if each not in ("seq", "prev"))
    _unguarded(
        (
            f"INSERT INTO trail_entry (seq, prev, hash, mac, {copied}) "
            f"SELECT 3, hash, 'f', mac, {copied} FROM trail_entry WHERE seq = 2",
            [],
        )
    )
    assert "3" in _entries_named()


def test_a_chain_recomputed_without_the_key_does_not_verify() -> None:
    _units("a", "b", "c")
    triggers.drop_guards()
    forged: list[tuple[str, list[Any]]] = []
    prev = chain.GENESIS
    for entry in Entry.objects.order_by("seq"):
        values = [getattr(entry, name) for name in chain.FIELDS]
        values[1] = prev
        if entry.seq == 2:
            values[chain.FIELDS.index("reason")] = "另一个原因"
        prev = chain.entry_hash(values)
        forged.append(
            (
                "UPDATE trail_entry SET prev = %s, hash = %s, reason = %s, mac = %s WHERE seq = %s",
                [values[1], prev, values[chain.FIELDS.index("reason")], chain.entry_mac(b"guessed", prev), entry.seq],
            )
        )
    _unguarded(*forged[1:], ("UPDATE trail_head SET hash = %s", [prev]))
    found = _found()
    assert {("seal_forged", "trail_entry", "2"), ("seal_forged", "trail_entry", "3")} <= set(found)
    assert not [each for each in found if each[0] in ("link_broken", "entry_changed", "head_differs")]


def test_a_chain_rewritten_with_the_key_contradicts_the_anchors() -> None:
    _units("a", "b")
    queries.anchor_head()
    key = workspace.key("trail")
    entry = Entry.objects.get(seq=2)
    values = [getattr(entry, name) for name in chain.FIELDS]
    values[chain.FIELDS.index("reason")] = "另一个原因"
    hashed = chain.entry_hash(values)
    _unguarded(
        (
            "UPDATE trail_entry SET reason = %s, hash = %s, mac = %s WHERE seq = 2",
            ["另一个原因", hashed, chain.entry_mac(key, hashed)],
        ),
        ("UPDATE trail_head SET hash = %s", [hashed]),
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE trail_entry ENABLE TRIGGER USER")
    else:
        triggers.install()
    assert _found() == [("anchor_contradicts", "trail_entry", "2")]
    queries.anchor_head()
    _units("c")
    assert ("anchor_contradicts", "trail_entry", "2") in _found()


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("UPDATE trail_payload SET body = '{}' WHERE seq = 2", "content_changed"),
        ("DELETE FROM trail_payload WHERE seq = 2", "content_missing"),
        ("INSERT INTO trail_payload (seq, body) VALUES (77, '{}')", "content_inserted"),
    ],
)
def test_a_changed_content_of_an_entry_is_found(sql: str, kind: str) -> None:
    _units("a", "b", "c")
    with connection.cursor() as cursor:
        cursor.execute(sql)
    assert _found() == [(kind, "trail_payload", "77" if kind == "content_inserted" else "2")]


def test_the_crumbs_of_an_anchor_line_cut_by_a_crash_raise_no_alarm() -> None:
    _units("a")
    queries.anchor_head()
    path = workspace.root() / "secrets" / "anchors.txt"
    path.write_text(path.read_text() + "2 abcd")
    assert _found() == []
    _units("b")
    queries.anchor_head()
    assert path.read_text().count("\n") == 2
    assert _found() == []


def test_a_stray_write_is_sealed_under_nobodys_name_before_the_next_work_and_stays_a_finding() -> None:
    _units("a")
    unit = Unit.objects.get()
    with guard.writes_open():
        Unit.objects.filter(pk=unit.pk).update(name_zh="乙")
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("UPDATE trail_pending SET tx = tx - 1")
    assert _found() == [("unattributed_change", "people_unit", str(unit.pk))]
    _units("b")
    assert list(Entry.objects.order_by("seq").values_list("actor_kind", "op")) == [
        ("user", "insert"),
        ("unattributed", "update"),
        ("user", "insert"),
    ]
    with work(CLERK, "改回"):
        Unit.objects.filter(pk=unit.pk).update(name_zh="甲")
    assert _found() == [("unattributed_change", "people_unit", str(unit.pk))]
    assert Payload.objects.get(seq=2).body.count("乙") == 1


def test_rights_raised_and_put_back_while_triggers_noted_it_stay_on_record() -> None:
    people = cast()
    grant = Grant.objects.get(post__code="commerce_clerk")
    for role in ("office_head", "dept_clerk"):
        with work(CLERK, "改权"):
            Grant.objects.filter(pk=grant.pk).update(role=role)
    assert Entry.objects.filter(tbl="people_grant", pk_text=str(grant.pk)).count() == 3
    assert people.users["commerce_clerk"].pk


def test_notes_that_a_migration_left_in_another_transaction_are_not_taken_for_strays() -> None:
    _units("a")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO trail_pending (tbl, pk_text, op, tx) VALUES ('people_unit', %s, 'U', 1)", [Unit.objects.get().pk])
    assert reseal("migration") == 0
    assert _found() == []
    _units("b")
    assert not Entry.objects.filter(actor_kind="unattributed").exists()


def test_a_user_who_is_erased_leaves_his_entry_and_the_record_clean() -> None:
    with work(CLERK, "建账号"):
        user = User.objects.create(username="x", password="!")
    with work(CLERK, "删账号"):
        user.delete()
    assert [entry.op for entry in Entry.objects.order_by("seq")] == ["insert", "delete"]
    assert _found() == []
