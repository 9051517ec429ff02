"""Reading rows exactly as the database stores them, past Django's conversions."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from zhuanban.trail.audited import AuditedTable

_CHUNK = 400


def _select(connection: BaseDatabaseWrapper, table: AuditedTable) -> str:
    if connection.vendor == "sqlite":
        # The unary plus keeps the stored value and drops the declared type, so that no converter touches it.
        columns = ", ".join(f'+"{column}"' for column in table.columns)
        return f'SELECT CAST("{table.pk}" AS TEXT), {columns} FROM "{table.name}"'  # noqa: S608
    columns = ", ".join(f'"{column}"::text' for column in table.columns)
    return f'SELECT "{table.pk}"::text, {columns} FROM "{table.name}"'  # noqa: S608


def some(connection: BaseDatabaseWrapper, table: AuditedTable, pks: Sequence[str]) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """(primary key, stored values in column order) of the named rows that exist."""
    with connection.cursor() as cursor:
        for start in range(0, len(pks), _CHUNK):
            chunk = list(pks[start : start + _CHUNK])
            marks = ", ".join(["%s"] * len(chunk))
            key = f'"{table.pk}"' if connection.vendor == "sqlite" else f'"{table.pk}"::text'
            cursor.execute(f"{_select(connection, table)} WHERE {key} IN ({marks})", chunk)
            for row in cursor.fetchall():
                yield str(row[0]), row[1:]


def every(connection: BaseDatabaseWrapper, table: AuditedTable) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """(primary key, stored values in column order) of all rows, streamed."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(_select(connection, table))
        while chunk := cursor.fetchmany(2000):
            for row in chunk:
                yield str(row[0]), row[1:]
