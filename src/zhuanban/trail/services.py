"""The one door for writes.

``with work(actor, reason):`` opens the transaction, lets audited tables be written, seals one entry per changed row
and commits; if sealing fails, everything is rolled back. A nested ``work`` joins the outer one.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.db import DatabaseError, connection, transaction

from zhuanban.kit import clock, workspace
from zhuanban.kit.looking import looking_only
from zhuanban.kit.refusals import Refusal
from zhuanban.trail import chain, guard, rows
from zhuanban.trail.audited import audited_tables
from zhuanban.trail.models import CheckRun
from zhuanban.trail.queries.verifying import verify

log = logging.getLogger(__name__)

KEPT_FINDINGS = 200
"""So many findings of a verification are kept to be shown; all are counted."""

_OPS = {"I": "insert", "U": "update", "D": "delete"}


@dataclass(frozen=True)
class Actor:
    """Who acts: ``kind`` is user, system, command or unattributed; ``label`` is the post, never a person's name."""

    kind: str
    key: str
    label: str


UNATTRIBUTED = Actor("unattributed", "", "unattributed")
"""Stands for whoever changed an audited row past ``work()``."""


@dataclass
class Work:
    """One unit of work while it runs."""

    actor: Actor
    reason: str
    request: str = ""


_running: ContextVar[Work | None] = ContextVar("running_work", default=None)


def running() -> Work | None:
    """The work under way in this context, or None."""
    return _running.get()


@contextmanager
def work(actor: Actor, reason: str, *, request: str = "") -> Iterator[Work]:
    """The only way to write: everything inside becomes one transaction with one entry per changed row.

    Raises Refusal ``trail_key_missing`` where the key file is gone; nothing is written then. Where a request only asks
    for the head of an answer, everything is done and taken back at the end.
    """
    outer = _running.get()
    if outer is not None:
        yield outer
        return
    key = _key()
    unit = Work(actor, reason, request)
    with transaction.atomic(durable=True), guard.writes_open():
        token = _running.set(unit)
        try:
            _seal_strays(key)
            yield unit
            _seal(key, unit, strays=False)
            if looking_only():
                transaction.set_rollback(True)
        finally:
            _running.reset(token)


def record_event(op: str, subject: str, reason: str) -> int:
    """Add an entry that changes no row (an export, a signature) inside running work; returns its number."""
    unit = _running.get()
    assert unit is not None, "record_event outside work()"
    noted = Work(unit.actor, reason, unit.request)
    return _append(_key(), noted, [(op, "event", chain.clean(subject, 80), "", "")])


def _key() -> bytes:
    try:
        return workspace.key("trail")
    except FileNotFoundError as missing:
        raise Refusal("trail_key_missing", status=503) from missing


def _tx_clause(strays: bool) -> str:
    if connection.vendor == "sqlite":
        return ""
    return f" WHERE tx {'<>' if strays else '='} txid_current()"


def _pending(strays: bool) -> dict[str, dict[str, str]]:
    """Noted changes by table and key; the last operation on a row counts."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT tbl, pk_text, op FROM trail_pending{_tx_clause(strays)} ORDER BY id")  # noqa: S608
        noted = cursor.fetchall()
        if noted:
            cursor.execute(f"DELETE FROM trail_pending{_tx_clause(strays)}")  # noqa: S608
    result: dict[str, dict[str, str]] = {}
    for table, pk_text, op in noted:
        before = result.setdefault(table, {}).get(pk_text)
        result[table][pk_text] = "I" if before == "I" and op == "U" else op
    return result


def _seal_strays(key: bytes) -> None:
    noted = _pending(strays=True)
    if noted:
        log.error("changes past work(): %s", {table: sorted(pks)[:5] for table, pks in noted.items()})
        _append(key, Work(UNATTRIBUTED, "changed outside the product"), _entries(key, noted))


def _seal(key: bytes, unit: Work, *, strays: bool) -> None:
    noted = _pending(strays=strays)
    if noted:
        _append(key, unit, _entries(key, noted))


EntryBody = tuple[str, str, str, str, str]
"""op, table, primary key, digest of the stored state, the state itself."""


def _entries(key: bytes, noted: dict[str, dict[str, str]]) -> list[EntryBody]:
    tables = audited_tables()
    result: list[EntryBody] = []
    for name, ops in noted.items():
        table = tables.get(name)
        if table is None:
            continue
        stored = dict(rows.some(connection, table, list(ops)))
        for pk_text, op in ops.items():
            row = stored.get(pk_text)
            text = "" if row is None else chain.state_text(table.columns, row)
            digest = "" if row is None else chain.state_digest(key, name, pk_text, text)
            result.append(("delete" if row is None else _OPS[op], name, pk_text, digest, text))
    return result


def _lock_head() -> tuple[int, str]:
    """The newest entry's number and hash. Locked until commit: always the last lock taken, held for milliseconds."""
    for_update = "" if connection.vendor == "sqlite" else " FOR UPDATE"
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO trail_head (id, seq, hash) VALUES (1, 0, %s) ON CONFLICT DO NOTHING", [chain.GENESIS])
        cursor.execute(f"SELECT seq, hash FROM trail_head WHERE id = 1{for_update}")  # noqa: S608
        seq, digest = cursor.fetchone()
    return int(seq), str(digest)


def _append(key: bytes, unit: Work, bodies: list[EntryBody]) -> int:
    seq, prev = _lock_head()
    at_us = int(clock.real_now().timestamp() * 1_000_000)
    actor = (
        chain.clean(unit.actor.kind, 16),
        chain.clean(unit.actor.key, 80),
        chain.clean(unit.actor.label, 200),
        chain.clean(unit.reason, 300),
        chain.clean(unit.request, 32),
    )
    entries, payloads = [], []
    for op, table, pk_text, digest, text in bodies:
        seq += 1
        values = (seq, prev, chain.ALG_SHA256, at_us, *actor, op, table, pk_text, digest)
        hashed = chain.entry_hash(values)
        entries.append((*values, hashed, chain.entry_mac(key, hashed)))
        if text:
            payloads.append((seq, text))
        prev = hashed
    with connection.cursor() as cursor:
        columns = ", ".join((*chain.FIELDS, "hash", "mac"))
        marks = ", ".join(["%s"] * (len(chain.FIELDS) + 2))
        cursor.executemany(f"INSERT INTO trail_entry ({columns}) VALUES ({marks})", entries)  # noqa: S608
        if payloads:
            cursor.executemany("INSERT INTO trail_payload (seq, body) VALUES (%s, %s)", payloads)
        cursor.execute("UPDATE trail_head SET seq = %s, hash = %s WHERE id = 1", [seq, prev])
    return seq


def reseal(reason: str) -> int:
    """After a migration: give every row whose stored form changed a new entry; returns how many.

    Call it only after a clean deep verification, inside no other work.
    """
    key = _key()
    with transaction.atomic(durable=True), guard.writes_open():
        _forget_notes()
        newest = _newest_digests()
        bodies: list[EntryBody] = []
        for table in audited_tables().values():
            for pk_text, row in rows.every(connection, table):
                text = chain.state_text(table.columns, row)
                digest = chain.state_digest(key, table.name, pk_text, text)
                if newest.get((table.name, pk_text)) != digest:
                    bodies.append(("epoch", table.name, pk_text, digest, text))
        if bodies:
            _append(key, Work(Actor("system", "migration", "migration"), reason), bodies)
    return len(bodies)


def _forget_notes() -> None:
    """Drop the triggers' notes of all transactions: a migration has written in its own."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM trail_pending")


def _newest_digests() -> dict[tuple[str, str], str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl, pk_text, state_digest FROM trail_entry ORDER BY seq")
        return {(table, pk_text): digest for table, pk_text, digest in cursor.fetchall()}


def order_check(actor: Actor, *, deep: bool) -> int:
    """Note that a verification was asked for; returns its number. Whoever orders it has it run by ``run_check``."""
    run = CheckRun.objects.create(asked_at=clock.real_now(), asked_by=actor.label, deep=deep)
    return int(run.pk)


def run_check(number: int) -> None:
    """Run an ordered verification and keep what it found. One that is over is left alone."""
    run = CheckRun.objects.filter(pk=number, ended_at=None).first()
    if run is None:
        return
    try:
        outcome = verify(deep=run.deep)
    except (FileNotFoundError, DatabaseError) as failure:
        run.failure = str(failure)[:300]
    else:
        run.entries, run.rows, run.found = outcome.entries, outcome.rows, len(outcome.findings)
        run.findings = [[each.kind, each.table, each.pk, each.detail] for each in outcome.findings[:KEPT_FINDINGS]]
    run.ended_at = clock.real_now()
    run.save()
