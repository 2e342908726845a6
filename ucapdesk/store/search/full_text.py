"""Full-text search of records by words, in either script, while somebody types; its index, kept in step with the columns.

What is typed in full comes first: records that are called exactly so, then names that hold the words, then the text of
records where names leave room. Nothing is ranked by the index itself: that would read every hit of a common word before
the first can be shown. How a word may be written stands in ``typed_query``.

``apply()`` calls ``index_rows`` with the rows it has just written, for a save as for a received package. The rows are
read back once a kind; which fields are searched, and how strongly, stands in their declarations. Sort keys are written with them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any, NamedTuple

from sqlalchemy import Connection

from ucapdesk.base.fold import HAN_RUN, fold_accents
from ucapdesk.base.grouping import grouped
from ucapdesk.base.json_text import dumps
from ucapdesk.base.pinyin import latin_words
from ucapdesk.model.kind import NAME_WEIGHT, Kind
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.partnership_kinds import Country
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.store.read.sorting import sort_key, sort_keys, title_fields
from ucapdesk.store.search.index_words import indexed_as, indexed_words, short_names
from ucapdesk.store.search.typed_query import (
    LATIN,
    MAYBE_PLAINER,
    IndexWords,
    distance,
    expression,
    may_be_mistyped,
    pieces,
    plainer,
    wholes,
)
from ucapdesk.store.workspace.database import driver_of

_ROWS_AT_ONCE = 2000  # rows held in memory together
_VERY_MANY = 20_000
_INSERT = "INSERT OR REPLACE INTO search(rowid, names, body, pinyin, initials) VALUES(?,?,?,?,?)"
_MERGE_PARTS = "INSERT INTO search(search) VALUES('optimize')"  # a question for a word looks into each of them


def index_rows(db: Any, changed: Mapping[str, Mapping[int, str]], kinds: Mapping[str, Kind] = KINDS) -> None:
    """Write the index entries and sort keys of rows whose columns were just written.

    Args:
        db: the driver's own connection, in the transaction of the write.
        changed: ids by number (``sync_row.n``) by name of kind; kinds this version does not know are left out.
        kinds: the declarations.
    """
    for name, rows in changed.items():
        if name in kinds and not kinds[name].cls.reserved:
            numbers = list(rows)
            for start in range(0, len(numbers), _ROWS_AT_ONCE):
                _index(db, kinds[name], {rows[n]: n for n in numbers[start : start + _ROWS_AT_ONCE]})
    if sum(map(len, changed.values())) >= _VERY_MANY:
        db.execute(_MERGE_PARTS)


def _index(db: Any, kind: Kind, numbers: Mapping[str, int]) -> None:
    entries: list[tuple[Any, ...]] = []
    silent: list[tuple[int]] = []
    sorts: list[tuple[str | None, str | None, str]] = []
    for id_, kept, (names, body, signs, keys) in _read(db, kind, list(numbers)):
        if names or body or signs:
            pinyin, initials = _sounds(names)
            entries.append((numbers[id_], _named(names), indexed_words(body), pinyin, " ".join((initials, *signs))))
        else:
            silent.append((numbers[id_],))
        if kept != keys:
            sorts.append((*keys, id_))
    db.executemany(_INSERT, entries)
    db.executemany("DELETE FROM search WHERE rowid=?", silent)
    if sorts:
        db.executemany(f'UPDATE "{kind.name}" SET sort_en=?, sort_zh=? WHERE id=?', sorts)


@lru_cache(maxsize=4096)
def _named(names: str) -> str:
    """Return the words of names, behind them those that are also written with a plainer spelling."""
    folded = indexed_words(names)
    if not MAYBE_PLAINER.search(folded):
        return folded
    more = (plain for word in fold_accents(names).split() if LATIN.fullmatch(word) for plain in plainer(word))
    return " ".join((folded, *more))


@lru_cache(maxsize=4096)
def _sounds(names: str) -> tuple[str, str]:
    return latin_words(" ".join((names, *short_names(names)))) if HAN_RUN.search(names) else ("", "")


_Words = tuple[str, str, tuple[str, ...], tuple[str | None, str | None]]


def _read(db: Any, kind: Kind, ids: list[str]) -> Iterator[tuple[str, tuple[str | None, str | None], _Words]]:
    """Yield id, present sort keys, and what they should be with the words of names and of body text, and signs."""
    titles = title_fields(kind)
    fields = list({f.name: f for f in (*titles, *(f for f in kind.searched if not f.meta.local))}.values())
    strengths = ((f, f.meta.search >= NAME_WEIGHT) for f in kind.searched if not f.meta.local)
    searched = [(f.name, indexed_as(f, is_name=strong), strong) for f, strong in strengths]
    columns = "".join(f', "{f.name}"' for f in fields)
    wanted = "id = ?" if len(ids) == 1 else "id IN (SELECT value FROM json_each(?))"
    given = ids[0] if len(ids) == 1 else dumps(ids)
    loads = [(f.name, f.type.load) for f in fields]
    sql = f'SELECT id, sort_en, sort_zh{columns} FROM "{kind.name}" WHERE {wanted}'
    for id_, en, zh, *stored in db.execute(sql, (given,)):
        values = {name: load(raw) for (name, load), raw in zip(loads, stored, strict=True) if raw is not None}
        said: tuple[list[str], list[str]] = ([], [])
        signs: dict[str, None] = {}
        for name, indexed, strong in searched:
            if (value := values.get(name)) is not None:
                words, more = indexed(value)
                said[not strong].append(words)
                signs.update(dict.fromkeys(more))
        keys = sort_keys(values.get(f.name) for f in titles)
        yield id_, (en, zh), (" ".join(said[0]), " ".join(said[1]), tuple(signs), keys)


def rebuild_index(db: Any) -> None:
    """Make the whole index and all sort keys again from the columns, in the caller's transaction."""
    db.execute("INSERT INTO search(search) VALUES('delete-all')")
    for name in KINDS:
        index_rows(db, {name: dict(db.execute("SELECT n, id FROM sync_row WHERE ent=?", (name,)))})
    db.execute(_MERGE_PARTS)


# Two kinds: people have no names but their own; countries are so many that they would come before everything else.
PERSON, COUNTRY = Person.__tablename__, Country.__tablename__
_HITS_AT_ONCE = 200
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
        for part in hits.partitions(_HITS_AT_ONCE):
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
