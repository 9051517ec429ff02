"""Verifying the record, and naming its newest entry."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from zhuanban.kit import workspace
from zhuanban.trail import anchors, chain, rows, triggers
from zhuanban.trail.audited import stored_tables


@dataclass(frozen=True)
class Finding:
    """Something that does not verify: what, in which table, at which primary key (the number for chain entries)."""

    kind: str
    table: str
    pk: str
    detail: str = ""


@dataclass(frozen=True)
class Verification:
    """The outcome: how many entries were walked, how many rows compared, what was found, and the newest head."""

    entries: int
    rows: int
    findings: list[Finding]
    head_seq: int
    head_hash: str

    @property
    def is_clean(self) -> bool:
        return not self.findings


@dataclass(frozen=True)
class Certificate:
    """What a frozen document prints: the newest entry's number and the start of its hash."""

    seq: int
    hash: str

    @property
    def text(self) -> str:
        return f"ZB-{self.seq:08d}-{self.hash[:12].upper()}"


def head_certificate() -> Certificate:
    """The newest entry, to be printed on a document frozen now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, hash FROM trail_head WHERE id = 1")
        seq, digest = cursor.fetchone() or (0, chain.GENESIS)
    return Certificate(int(seq), str(digest))


def entry_certificate(seq: int) -> Certificate | None:
    """The certificate of entry ``seq``, or None where there is no such entry."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT hash FROM trail_entry WHERE seq = %s", [seq])
        row = cursor.fetchone()
    return None if row is None else Certificate(seq, str(row[0]))


def entry_reason(seq: int) -> str | None:
    """The words sealed with entry ``seq``, or None where there is no such entry."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reason FROM trail_entry WHERE seq = %s", [seq])
        row = cursor.fetchone()
    return None if row is None else str(row[0])


def newest_hash_of(tables: tuple[str, ...]) -> str:
    """The hash of the newest entry of the named tables: it changes whenever one of their rows does. One query.

    It keys caches of what these tables say; a change made past the record does not move it until it is sealed.
    """
    newest = " UNION ALL ".join(["SELECT MAX(seq) AS seq FROM trail_entry WHERE tbl = %s"] * len(tables))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT hash FROM trail_entry WHERE seq = (SELECT MAX(seq) FROM ({newest}) AS newest)",  # noqa: S608
            tables,
        )
        row = cursor.fetchone()
    return chain.GENESIS if row is None else str(row[0])


def anchor_head() -> anchors.Anchor | None:
    """Write the newest head behind the anchors unless it stands there already."""
    head = head_certificate()
    known, _ = anchors.read()
    if head.seq == 0 or (known and known[-1].seq == head.seq):
        return None
    anchor = anchors.Anchor(head.seq, head.hash)
    anchors.append(anchor)
    return anchor


def verify(*, deep: bool) -> Verification:
    """Walk the chain (numbers, links, hashes, MACs, head, anchors); ``deep`` also compares every audited row
    with its newest digest and the triggers with the schema.

    Raises FileNotFoundError without the key, DatabaseError where the tables cannot be read.
    """
    key = workspace.key("trail")
    walk = _Walk(key)
    compared = 0
    with _one_moment():
        walk.chain()
        walk.head()
        walk.anchors()
        walk.unsealed()
        if deep:
            compared = walk.rows()
            walk.payloads()
            walk.triggers()
    return Verification(walk.count, compared, walk.findings, walk.last_seq, walk.last_hash)


@contextmanager
def _one_moment() -> Iterator[None]:
    """Read everything as of one instant: a change sealed while the walk is under way must not look like a tampering."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            # Deferred: readers wait for nobody, and writers wait only to commit.
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


class _Walk:
    """One verification under way."""

    def __init__(self, key: bytes) -> None:
        self.key = key
        self.findings: list[Finding] = []
        self.newest: dict[str, dict[str, str]] = defaultdict(dict)
        self.count = 0
        self.last_seq = 0
        self.last_hash = chain.GENESIS
        genuine, self.damaged_anchors = anchors.read()
        self.anchored: dict[int, set[str]] = defaultdict(set)
        for anchor in genuine:
            self.anchored[anchor.seq].add(anchor.hash)

    def found(self, kind: str, table: str, pk: Any, detail: str = "") -> None:
        self.findings.append(Finding(kind, table, str(pk), detail))

    def _entries(self) -> Iterator[tuple[Any, ...]]:
        columns = ", ".join((*chain.FIELDS, "hash", "mac"))
        with connection.chunked_cursor() as cursor:
            cursor.execute(f"SELECT {columns} FROM trail_entry ORDER BY seq")  # noqa: S608
            while chunk := cursor.fetchmany(2000):
                yield from chunk

    def chain(self) -> None:
        # The loop runs for every entry there ever was: what it needs is looked up once.
        entry_hash, entry_mac, key = chain.entry_hash, chain.entry_mac, self.key
        anchored, newest = self.anchored, self.newest
        seq, prev, count = 0, chain.GENESIS, 0
        for entry in self._entries():
            count += 1
            seq += 1
            if entry[0] != seq:
                self.found("entries_missing", "trail_entry", seq, f"next is {entry[0]}")
                seq = entry[0]
            if entry[1] != prev:
                self.found("link_broken", "trail_entry", seq)
            prev = entry[-2]
            if entry_hash(entry[:-2]) != prev:
                self.found("entry_changed", "trail_entry", seq)
            if entry_mac(key, prev) != entry[-1]:
                self.found("seal_forged", "trail_entry", seq)
            if seq in anchored and anchored[seq] != {prev}:
                self.found("anchor_contradicts", "trail_entry", seq)
            if entry[4] == "unattributed":
                self.found("unattributed_change", entry[10], entry[11], f"sealed as entry {seq}")
            if entry[10] != "event":
                newest[entry[10]][entry[11]] = entry[12]
        self.count, self.last_seq, self.last_hash = count, seq, prev

    def head(self) -> None:
        head = head_certificate()
        if (head.seq, head.hash) != (self.last_seq, self.last_hash):
            self.found("head_differs", "trail_head", 1, f"head says {head.seq}, the chain ends at {self.last_seq}")

    def anchors(self) -> None:
        if self.damaged_anchors:
            self.found("anchors_damaged", "anchors.txt", self.damaged_anchors)
        last = max(self.anchored, default=0)
        if last > self.last_seq:
            self.found("tail_cut", "trail_entry", self.last_seq + 1, f"an anchor names entry {last}")

    def unsealed(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT DISTINCT tbl, pk_text FROM trail_pending")
            for table, pk_text in cursor.fetchall():
                self.found("unattributed_change", table, pk_text, "not sealed yet")

    def rows(self) -> int:
        compared = 0
        waiting = {(finding.table, finding.pk) for finding in self.findings if finding.kind == "unattributed_change"}
        there = stored_tables(connection)
        for name in sorted(self.newest.keys() - there.keys()):
            self.found("table_missing", name, "")
        for table in there.values():
            newest = self.newest[table.name]
            unseen = {pk for pk, digest in newest.items() if digest}
            for pk_text, row in rows.every(connection, table):
                compared += 1
                unseen.discard(pk_text)
                expected = newest.get(pk_text, "")
                text = chain.state_text(table.columns, row)
                if expected == chain.state_digest(self.key, table.name, pk_text, text):
                    continue
                if (table.name, pk_text) not in waiting:
                    self.found("row_changed" if expected else "row_inserted", table.name, pk_text)
            for pk_text in sorted(unseen):
                if (table.name, pk_text) not in waiting:
                    self.found("row_deleted", table.name, pk_text)
        return compared

    def payloads(self) -> None:
        """What the record keeps of every state must still be what its entry's digest says."""
        with connection.chunked_cursor() as cursor:
            cursor.execute(
                "SELECT trail_entry.seq, tbl, pk_text, state_digest, body FROM trail_entry "
                "LEFT JOIN trail_payload ON trail_payload.seq = trail_entry.seq "
                "WHERE state_digest <> '' ORDER BY trail_entry.seq"
            )
            while chunk := cursor.fetchmany(5000):
                for seq, table, pk_text, digest, body in chunk:
                    if body is None:
                        self.found("content_missing", "trail_payload", seq)
                    elif chain.state_digest(self.key, table, pk_text, str(body)) != digest:
                        self.found("content_changed", "trail_payload", seq)
            cursor.execute(
                "SELECT seq FROM trail_payload WHERE seq NOT IN (SELECT seq FROM trail_entry WHERE state_digest <> '')"
            )
            for (seq,) in cursor.fetchall():
                self.found("content_inserted", "trail_payload", seq)

    def triggers(self) -> None:
        for table, name in triggers.missing(connection):
            self.found("trigger_missing", table, name)
