"""Merged records: several records that people found to be one thing, read as one.

Nothing is rewritten: a ``same_as`` row links two records, linked ones form a class, and the smallest id of those that
are living stands for all of it. That one is listed; what it does not say is read from the others, and what names any
of them leads to it. Taking the link away leaves everything as it was written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from ucapdesk.base.grouping import grouped
from ucapdesk.base.json_text import dumps
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.record import Record
from ucapdesk.model.values import Bilingual, Refs
from ucapdesk.store.workspace.connection import Database

SAME = "same_as"
"""The kind of the links between merged records."""
LINKS = f"""SELECT s.a, s.b, r.ent, coalesce(s.differs, 0) FROM "{SAME}" s
    JOIN sync_row r ON r.id = s.a JOIN sync_row q ON q.id = s.b AND q.ent = r.ent WHERE s.is_deleted = 0"""
"""The links between two records of one kind; links across kinds have no effect."""
APART = ("owner", "pos")
"""Fields that tell where a record stands rather than what it is."""


def _classes(links: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Return, for each linked id, all ids linked with it at any distance."""
    above: dict[str, str] = {}

    def top(id_: str) -> str:
        while (up := above.setdefault(id_, id_)) != id_:
            above[id_] = above[up]
            id_ = up
        return id_

    for a, b in links:
        above[top(a)] = top(b)
    groups = grouped((top(id_), id_) for id_ in above)
    return {id_: tuple(sorted(group)) for group in groups.values() for id_ in group}


class Sames:
    """The merged records, as their links say."""

    def __init__(self, links: Iterable[tuple[str, str]], dead: Collection[str] = ()) -> None:
        """``links``: pairs of ids; ``dead``: those that are in the Trash."""
        self._whole = _classes(links)
        self._dead = dead

    def __bool__(self) -> bool:
        return bool(self._whole)

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole)

    def whole(self, id_: str) -> tuple[str, ...]:
        """Return all records merged with one, itself and those in the Trash included; the smallest id first."""
        return self._whole.get(id_, (id_,))

    def of(self, id_: str) -> tuple[str, ...]:
        """Return the living records merged with one; for a record in the Trash itself alone."""
        if id_ not in self._whole or id_ in self._dead:
            return (id_,)
        return tuple(each for each in self._whole[id_] if each not in self._dead)

    def shown(self, id_: str) -> str:
        """Return the record that is shown for this one."""
        return self.of(id_)[0]

    def all_of(self, ids: Iterable[str]) -> list[str]:
        """Return these records and all merged with them, each once."""
        return [*dict.fromkeys(each for id_ in ids for each in self.of(id_))] if self else [*ids]

    def lead_to_shown(self, kind: Kind, record: Record | None) -> None:
        """Let the links of a record that was read, that to its owner too, lead to the records that are shown."""
        for field in kind.links if self and record is not None else ():
            value = getattr(record, field.name)
            if field.is_set:
                record.__dict__[field.name] = Refs(map(self.shown, value or ()))
            elif value:
                record.__dict__[field.name] = self.shown(value)

    @property
    def hidden(self) -> Iterator[str]:
        """The living records for which another one is shown."""
        return (id_ for id_ in self._whole if self.shown(id_) != id_)


NO_MERGES = Sames(())
"""A workspace without merged records."""


def sames(db: Database) -> Sames:
    """Return the merged records of a workspace."""
    links = [(kind, a, b) for a, b, kind, differs in db.execute(LINKS).fetchall() if not differs and kind in KINDS]
    if not links:
        return NO_MERGES
    dead: set[str] = set()
    for kind, of_kind in groupby(sorted(links), key=lambda link: link[0]):
        ids = dumps(sorted({id_ for _, *pair in of_kind for id_ in pair}))
        sql = f'SELECT id FROM "{kind}" WHERE id IN (SELECT value FROM json_each(?)) AND +is_deleted = 1'
        dead.update(id_ for (id_,) in db.execute(sql, (ids,)))
    said = [(a, b) for _, a, b in links]
    same, merged = Sames(said, dead), {of for of, *_ in links}
    parts = (pair for kind in KINDS.values() if kind.owners for pair in _parts(db, kind, same, merged))
    return Sames([*said, *parts], dead)


def _parts(db: Database, kind: Kind, same: Sames, merged: set[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of parts that are one as well: the same day of visits that are one, somebody's part in either."""
    names, links = kind.cls.identity, [link.name for link in kind.links if link.name in kind.cls.identity]
    if not any(merged & {*kind.fields[name].meta.kinds} for name in links):
        return iter(())
    there = " OR ".join(f'"{name}" IN (SELECT value FROM json_each(:ids))' for name in links)
    known = " AND ".join(f'"{name}" IS NOT NULL' for name in links)
    sql = f"""SELECT id, {", ".join(f'"{name}"' for name in names)} FROM "{kind.name}"
        WHERE ({there}) AND {known} AND +is_deleted = 0"""
    rows = db.execute(sql, {"ids": dumps([*same])}).fetchall()
    told = grouped((tuple(map(same.shown, filter(None, said))), id_) for id_, *said in rows)
    return ((one, other) for one, *others in told.values() for other in others)


def told_apart(db: Database) -> list[tuple[str, str]]:
    """Return the pairs that somebody marked as different."""
    return [(a, b) for a, b, _, differs in db.execute(LINKS) if differs]


def joined(kind: Kind, values: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return the merged values of several records of a kind; earlier records take precedence."""
    said = list(values)
    kept = {name: field for name, field in kind.fields.items() if name not in APART}
    return {name: joined_field(field, [each[name] for each in said if name in each]) for name, field in kept.items()}


def joined_field(field: KindField, values: Iterable[Any]) -> Any:
    """Return the first value that is not empty; for texts, language by language."""
    said = list(values)
    texts = [each for each in said if isinstance(each, Bilingual)]
    if texts:
        return _joined_texts(texts)
    return next((each for each in said if each is not None and each != ()), said[0] if said else field.type.load(None))


def _joined_texts(texts: Iterable[Bilingual]) -> Bilingual:
    cells: dict[str, str] = {}
    for each in texts:
        taken = {lang for lang in each if lang not in cells}
        cells |= {cell: said for cell, said in each.cells.items() if cell.partition(".")[0] in taken}
    states = {cell: said for each in reversed([*texts]) for cell, said in each.cells.items()}
    return Bilingual({**{cell: said for cell, said in states.items() if cell.partition(".")[0] not in cells}, **cells})
