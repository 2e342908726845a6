"""The questions behind lists, in SQL: ids in an order, what is hidden, what refers to what.

SQLite takes the index of a list's order for any question about living records. Where another index leads there
sooner (an id, an owner, a link), ``+is_deleted`` keeps it from that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection

from ucapdesk.base.json_text import dumps
from ucapdesk.model.codes import codes
from ucapdesk.model.kind import Kind
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.store.search import expression

SORT_KEYS = ("sort_en", "sort_zh")


class Hidden(NamedTuple):
    """A record that is in the Trash, or below something that is."""

    kind: str
    id: str
    owner: str | None
    time: int
    person: str


def ids(
    connection: Connection,
    kind: Kind,
    order: str,
    find: str | None,
    where: Mapping[str, object],
    *,
    descending: bool,
    hidden: bool,
) -> list[str]:
    """The ids of a list in its order; arguments as ``Reader.ids``."""
    found = list(
        connection.exec_driver_sql(*_statement(kind, order, where, descending=descending, hidden=hidden)).scalars()
    )
    if not find:
        return found
    # Two plain questions and a set: a third faster than one with a subquery, when most of 100,000 records match.
    matching = "SELECT r.id FROM search s JOIN sync_row r ON r.n = s.rowid WHERE search MATCH ? AND r.ent = ?"
    words = expression(find, "names body")
    hits = set(connection.exec_driver_sql(matching, (words, kind.name)).scalars()) if words else set()
    return [id_ for id_ in found if id_ in hits]


def _statement(
    kind: Kind, order: str, where: Mapping[str, object], *, descending: bool, hidden: bool
) -> tuple[str, tuple[Any, ...]]:
    linked = any(kind.fields[name].meta.kinds and not kind.fields[name].is_set for name in where)
    tests = ["+t.is_deleted = ?" if linked else "t.is_deleted = ?"]
    given: list[Any] = [int(hidden)]
    for name, value in where.items():
        tests.append(_test(kind, name))
        given.append(dumps(list(value) if isinstance(value, list | tuple | set | frozenset) else [value]))
    join, key = _order(kind, order)
    way = "DESC" if descending else "ASC"
    sql = f'SELECT t.id FROM "{kind.name}" t{join} WHERE {" AND ".join(tests)} ORDER BY {key} {way} NULLS LAST, t.id {way}'
    return sql, tuple(given)


def _test(kind: Kind, name: str) -> str:
    values = "(SELECT value FROM json_each(?))"
    if kind.fields[name].is_set:
        return f'EXISTS(SELECT 1 FROM json_each(t."{name}") WHERE value IN {values})'
    return f't."{name}" IN {values}'


def _order(kind: Kind, order: str) -> tuple[str, str]:
    """A join that the order needs, and the expression to order by."""
    if order == kind.cls.title_fields[0] and not kind.fields[order].meta.kinds:
        order = SORT_KEYS[0]
    if order in SORT_KEYS:
        return "", f"t.{order}"
    field = kind.fields[order]
    if field.meta.codes and not field.is_set:
        places = " ".join(f"WHEN '{code}' THEN {place}" for place, code in enumerate(codes(field.meta.codes)))
        return "", f'CASE t."{order}" {places} ELSE t."{order}" END'
    if len(field.meta.kinds) == 1 and not field.is_set and "*" not in field.meta.kinds:
        return f' LEFT JOIN "{field.meta.kinds[0]}" o ON o.id = t."{order}"', "o.sort_en"
    if isinstance(field.type, BilingualType):
        return "", f"""coalesce(t."{order}" ->> '$.en', t."{order}" ->> '$.zh', t."{order}") COLLATE NOCASE"""
    return "", f't."{order}"'


def hidden(connection: Connection, kind: Kind) -> Iterator[Hidden]:
    """The hidden records of a kind, with when and by whom they were moved to the Trash."""
    sql = f"""SELECT r.id, r.owner, c.t, c.person FROM "{kind.name}" t JOIN sync_row r ON r.id = t.id
        LEFT JOIN sync_changeset c ON c.dev = r.heads ->> '$."~"[0]' AND c.seq = r.heads ->> '$."~"[1]'
        WHERE t.is_deleted = 1"""
    for id_, owner, time, person in connection.exec_driver_sql(sql):
        yield Hidden(kind.name, id_, owner, time or 0, person or "")


def using(connection: Connection, kind: Kind, field: str, id_: str) -> list[str]:
    """The living records of a kind whose link leads to a record."""
    sql = f'SELECT id FROM "{kind.name}" WHERE "{field}" = ? AND +is_deleted = 0 ORDER BY sort_en, id'
    return list(connection.exec_driver_sql(sql, (id_,)).scalars())


def holding(connection: Connection, id_: str) -> list[tuple[str, str, str]]:
    """The living records that have a record in one of their sets: kind, id and the set's field."""
    sql = """SELECT r.ent, m.owner, m.role FROM member m JOIN sync_row r ON r.id = m.owner
        WHERE m.member = ? AND m.is_deleted = 0 ORDER BY r.ent, m.owner, m.role"""
    return [(kind, owner, role) for kind, owner, role in connection.exec_driver_sql(sql, (id_,))]
