"""Full-text search of records by words, in either script, while somebody types.

What is typed in full comes first: records that are called exactly so, then names that hold the words, then the text of
records where names leave room. Nothing is ranked by the index itself: that would read every hit of a common word before
the first can be shown. How a word may be written stands in ``typed_query``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection

from ucapdesk.base.grouping import grouped
from ucapdesk.base.json_text import dumps
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.place_kinds import Country
from ucapdesk.store.read.sorting import sort_key
from ucapdesk.store.search.near_words import IndexWords, distance
from ucapdesk.store.search.typed_query import expression, may_be_mistyped, pieces, wholes
from ucapdesk.store.workspace.connection import driver_of

PERSON, COUNTRY = Person.__tablename__, Country.__tablename__
"""Two kinds: people have no names but their own; countries are so many that they would come before everything else."""
_AT_ONCE = 200
_KEYS = 'SELECT id, sort_en, sort_zh FROM "{}" WHERE id IN (SELECT value FROM json_each(?)) AND +is_deleted = 0'


class Hit(NamedTuple):
    """A record that was found, and by what it is sorted."""

    kind: str
    id: str
    keys: tuple[str, ...]


def search(
    connection: Connection, text: str, *, kinds: Collection[str] | None = None, limit: int = 200, near: bool = False
) -> list[Hit]:
    """Return the living records that hold every word of a text, best first.

    Args:
        connection: One that reads.
        text: Whatever somebody typed; no character has a meaning but the quotes around a phrase.
        kinds: Only these kinds; all of them by default, also those that belong to another record.
        limit: Stop at so many.
        near: Let each word of four letters or more differ by one.
    """
    if not pieces(text) or (near and not may_be_mistyped(text)):
        return []
    words = IndexWords(connection, near=near)
    begun = sort_key(text)
    found: dict[str, Hit] = {}
    asked = KINDS.keys() if kinds is None else kinds
    for question, within in (
        (wholes(text, of_people=set(asked) == {PERSON}), KINDS.keys() - {COUNTRY} if kinds is None else asked),
        (expression(text, "names", words), asked),
        (expression(text, "names body", words), asked),
    ):
        if question and len(found) < limit:
            living = _living(connection, question, within)
            rows = (row for row in (_countries_last(living) if kinds is None else living) if row.id not in found)
            more = islice(rows, limit - len(found))
            found |= {row.id: row for row in sorted(more, key=lambda row: _fit(row, begun, near=near))}
    return [*found.values()]


def _countries_last(rows: Iterable[Hit]) -> Iterator[Hit]:
    countries = []
    for row in rows:
        if row.kind == COUNTRY:
            countries.append(row)
        else:
            yield row
    yield from countries


def _living(connection: Connection, question: str, kinds: Collection[str]) -> Iterator[Hit]:
    """Yield the living records that match a query, in the order of the index and no further than asked for."""
    sql = """SELECT r.ent, r.id FROM search s JOIN sync_row r ON r.n = s.rowid
        WHERE search MATCH ? AND r.ent IN (SELECT value FROM json_each(?))"""
    with connection.exec_driver_sql(sql, (question, dumps(sorted(kinds)))) as hits:
        for part in hits.partitions(_AT_ONCE):
            keys = _keys_of_living(connection, part)
            yield from (Hit(kind, id_, keys[id_]) for kind, id_ in part if id_ in keys)


def _keys_of_living(connection: Connection, part: Iterable[Any]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for kind, ids in grouped(part).items():
        rows = driver_of(connection).execute(_KEYS.format(kind), (dumps(ids),)).fetchall()
        found.update((id_, (en or "", zh or "")) for id_, en, zh in rows)
    return found


def _fit(row: Hit, begun: str, *, near: bool) -> tuple[int, ...]:
    """Return the sort key of a hit: exact titles, those that begin with the text, with whole words of it, shorter ones; countries last."""
    if near:
        return row.kind == COUNTRY, min(distance(begun, key) for key in row.keys), len(row.keys[0])
    return (
        begun not in row.keys,
        row.kind == COUNTRY,
        not any(key.startswith(begun) for key in row.keys),
        not any(f" {begun} " in f" {key} " for key in row.keys),
        len(row.keys[0]),
    )
