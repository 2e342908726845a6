"""Reading a workspace: records, lists of ids for pages, children, titles, the Trash, and where a record is used.

Records that people found to be one thing are read as one (see ``sames``); ``apart`` tells what each of them says.
Every call borrows a connection for a short while: one left reading would show the past and keep the write-ahead log
from being folded in.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar, overload

from ucapdesk.base.json_text import dumps
from ucapdesk.model.kind import Kind
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.listing import Condition
from ucapdesk.model.record import Record
from ucapdesk.store.log.changeset import BY_PEOPLE
from ucapdesk.store.merge.merged_records import NOBODY, Sames, joined, sames, told_apart
from ucapdesk.store.merge.row_state import dots, load_one
from ucapdesk.store.read import list_queries
from ucapdesk.store.read.titles import titles
from ucapdesk.store.search.full_text import Hit, search
from ucapdesk.store.workspace.connection import Database, Readers
from ucapdesk.store.workspace.trusted_clock import first_wrong

R = TypeVar("R", bound=Record)


RARELY_WRITTEN = (("person", "name_han"), ("person", "name_phonetic"), ("place", "name"), ("organisation", "name"))
"""Fields whose texts may hold the rarest characters."""


class Trashed(NamedTuple):
    """A record in the Trash; what belongs to it went with it and comes back with it."""

    kind: str
    id: str
    time: int
    """When, in microseconds since 1970; 0 if unknown."""
    person: str


class Use(NamedTuple):
    """A living record whose field links to another one."""

    kind: str
    id: str
    field: str


class Reader:
    """Reads one open workspace."""

    def __init__(self, readers: Readers, kinds: Mapping[str, Kind] = KINDS) -> None:
        self._readers = readers
        self._kinds = kinds
        self._known_sames: tuple[object, Sames] | None = None

    # -- records: in the Trash or not, ``is_deleted`` says which --------------------------------------------------

    @overload
    def get(self, kind: type[R], id_: str) -> R | None: ...
    @overload
    def get(self, kind: str, id_: str) -> Record | None: ...
    def get(self, kind: type[R] | str, id_: str) -> R | Record | None:
        """Return one record of a kind."""
        with self._readers.connect() as db:
            return self._load(db, self._kind(kind), [id_]).get(id_)

    def is_own(self, id_: str, cell: str) -> bool:
        """Return whether a cell's value was written on this laptop alone."""
        with self._readers.connect() as db:
            own = {n for (n,) in db.execute("SELECT ord FROM sync_device WHERE trust = 'me'")}
            row = load_one(db, id_)
        return row is not None and {ord_ for ord_, _ in dots(row.heads.get(cell, []))} <= own

    def record(self, id_: str) -> Record | None:
        """Return one record of any kind."""
        return next(iter(self.many([id_])), None)

    def damaged(self, id_: str) -> dict[str, str]:
        """Return the stored contents of a record's fields from which no value can be read, by field."""
        kind = KINDS.get(self.kind_of(id_) or "")
        if kind is None:
            return {}
        names = [field.name for field in kind.fields.values() if not field.is_set]
        with self._readers.connect() as db:
            row = db.execute(f'SELECT {_columns(names)} FROM "{kind.name}" WHERE id = ?', (id_,)).fetchone()
        stored = zip(names, row or (), strict=False)
        types = {name: kind.fields[name].type for name in names}
        return {n: types[n].raw(v) for n, v in stored if v is not None and types[n].load(v) is None}

    @overload
    def page(self, kind: type[R], ids: Sequence[str]) -> list[R]: ...
    @overload
    def page(self, kind: str, ids: Sequence[str]) -> list[Record]: ...
    def page(self, kind: type[R] | str, ids: Sequence[str]) -> list[R] | list[Record]:
        """Return records of a kind in the given order; ids of other kinds are left out."""
        with self._readers.connect() as db:
            found = self._load(db, self._kind(kind), ids)
        return [found[id_] for id_ in ids if id_ in found]

    def many(self, ids: Sequence[str]) -> list[Record]:
        """Return records of several kinds in the given order."""
        with self._readers.connect() as db:
            found: dict[str, Record] = {}
            for name, of_kind in _by_kind(db, ids).items():
                if name in self._kinds:
                    found.update(self._load(db, self._kinds[name], of_kind))
        return [found[id_] for id_ in ids if id_ in found]

    def apart(self, ids: Sequence[str]) -> list[Record]:
        """Return records of one kind in the given order, each as it was written, not merged with duplicates."""
        with self._readers.connect() as db:
            kind = next(iter(_by_kind(db, ids)), "")
            found = _load(db, self._kinds[kind], ids) if kind in self._kinds else {}
        return [found[id_] for id_ in ids if id_ in found]

    # -- records that are one thing -------------------------------------------------------------------------------

    def sames(self) -> Sames:
        """Return which records are merged."""
        with self._readers.connect() as db:
            return self._sames(db)

    def told_apart(self) -> list[tuple[str, str]]:
        """Return the pairs that somebody marked as different."""
        with self._readers.connect() as db:
            return told_apart(db)

    @overload
    def children(self, id_: str, kind: type[R], *, hidden: bool = False) -> list[R]: ...
    @overload
    def children(self, id_: str, kind: str, *, hidden: bool = False) -> list[Record]: ...
    def children(self, id_: str, kind: type[R] | str, *, hidden: bool = False) -> list[R] | list[Record]:
        """Return the records of a kind that belong to one, in their order: by time, by place, or by day.

        Args:
            id_: the owner.
            kind: of the children.
            hidden: what is in the Trash, or went there with its owner, instead of what is living.
        """
        with self._readers.connect() as db:
            return self._owned(db, id_, self._kind(kind), hidden=hidden)

    def all_children(self, id_: str, *, hidden: bool = False) -> dict[str, list[Record]]:
        """Return all parts of a record by kind; the kinds in the order of their declaration."""
        with self._readers.connect() as db:
            name = next(iter(_by_kind(db, [id_])), "")
            of = self._kinds[name].children if name in self._kinds else []
            return {kind.name: self._owned(db, id_, kind, hidden=hidden) for kind in of}

    # -- ids ------------------------------------------------------------------------------------------------------

    def unknown(self, among: Collection[str]) -> set[str]:
        """Return those of these ids that no record ever had."""
        with self._readers.connect() as db:
            sql = "SELECT value FROM json_each(?) EXCEPT SELECT id FROM sync_row"
            return {id_ for (id_,) in db.execute(sql, (dumps(list(among)),))}

    def only_of_the_program(self, id_: str) -> bool:
        """Return whether no person ever wrote into a record: it exists only because the program lists it."""
        sql = f"""SELECT 1 FROM sync_row r JOIN sync_touch h ON h.row = r.n JOIN sync_changeset c ON c.n = h.n
            WHERE r.id = ? AND {BY_PEOPLE} LIMIT 1"""
        with self._readers.connect() as db:
            return db.execute(sql, (id_,)).fetchone() is None

    def kind_of(self, id_: str) -> str | None:
        """Return the kind of a record."""
        with self._readers.connect() as db:
            return next(iter(_by_kind(db, [id_])), None)

    def kinds_of(self, ids: Collection[str]) -> dict[str, str]:
        """Return the kinds of several records."""
        with self._readers.connect() as db:
            return {id_: kind for kind, found in _by_kind(db, ids).items() for id_ in found}

    def ids(
        self,
        kind: type[Record] | str,
        *,
        order: str = "sort_en",
        descending: bool = False,
        find: str | None = None,
        trash: bool = False,
        where: Mapping[str, object] | None = None,
        conditions: Collection[Condition] = (),
        lang: str = "en",
    ) -> list[str]:
        """Return the ids of a list, in its order; its records are then fetched page by page.

        Args:
            kind: of the records.
            order: ``sort_en``, ``sort_zh`` or the name of a field; what has no such value comes last.
            descending: from the greatest.
            find: only those that hold these words.
            trash: those in the Trash instead.
            where: only those whose field has this value, or one of these; of a set: holds one of them.
            conditions: only those that meet all of these.
            lang: the reader's language, for an order by texts.
        """
        with self._readers.connect() as db:
            return list_queries.ids(
                db,
                self._kind(kind),
                order,
                find,
                where or {},
                descending=descending,
                hidden=trash,
                conditions=conditions,
                lang=lang,
                same=NOBODY if trash else self._sames(db),
            )

    def in_use(self, kind: type[Record] | str, field: str) -> list[tuple[str, int]]:
        """Return the values that a field of the living records of a kind holds, and how often; the most frequent first."""
        with self._readers.connect() as db:
            return list_queries.in_use(db, self._kind(kind), field)

    def count(self, kind: type[Record] | str, *, trash: bool = False) -> int:
        """Return how many records of a kind are living, or in the Trash."""
        name = self._kind(kind).name
        sql = f'SELECT count(*) FROM "{name}" WHERE is_deleted = ?'
        with self._readers.connect() as db:
            same = NOBODY if trash else self._sames(db)
            others = len(_by_kind(db, [*same.hidden]).get(name, ())) if same else 0
            return int(db.execute(sql, (int(trash),)).fetchone()[0]) - others

    def search(self, typed: str, *, kinds: Collection[str] | None = None, limit: int = 200) -> list[Hit]:
        """Return the living records that hold every typed word, best first; see ``search.search``."""
        with self._readers.connect() as db:
            same = self._sames(db)
            found = {same.shown(hit.id): hit for hit in reversed(search(db, typed, kinds=kinds, limit=limit))}
        return [Hit(hit.kind, id_, hit.rank) for id_, hit in sorted(found.items(), key=lambda pair: pair[1].rank)]

    def roots(self, ids: Collection[str]) -> dict[str, str]:
        """Return, for each id, the record that stands on its own and that it is part of; often itself."""
        sql = """WITH RECURSIVE up(id, at, owner) AS (
            SELECT id, id, owner FROM sync_row WHERE id IN (SELECT value FROM json_each(?))
            UNION SELECT up.id, r.id, r.owner FROM up JOIN sync_row r ON r.id = up.owner)
            SELECT id, at FROM up WHERE owner IS NULL"""
        with self._readers.connect() as db:
            same = self._sames(db)
            found = db.execute(sql, (dumps(list(ids)),))
            return {str(id_): str(root) if id_ == root else same.shown(root) for id_, root in found}

    def words(self, role: str) -> list[str]:
        """Return the words in sets of this name of living records, those used most first."""
        sql = """SELECT m.member FROM member m WHERE m.role = ? AND m.is_deleted = 0
            GROUP BY m.member ORDER BY count(*) DESC, m.member"""
        with self._readers.connect() as db:
            return [member for (member,) in db.execute(sql, (role,))]

    def rare_characters(self) -> str:
        """Return the names with characters beyond the first plane, which few fonts have."""
        rare = "*[\U00020000-\U0003ffff]*"
        with self._readers.connect() as db:
            found = [
                said
                for kind, name in RARELY_WRITTEN
                if kind in self._kinds
                for (said,) in db.execute(f'SELECT "{name}" FROM "{kind}" WHERE "{name}" GLOB ?', (rare,))
            ]
        return "".join(found)

    # -- about records --------------------------------------------------------------------------------------------

    def titles(self, ids: Collection[str], lang: str) -> dict[str, str]:
        """Return the titles of records; a record named after another has that one's title."""
        with self._readers.connect() as db:
            return titles(db, ids, lang, self._kinds, self._sames(db))

    def trash(self) -> list[Trashed]:
        """Return the trashed records, newest first; parts that went with their owner are not listed.

        Nor are links between records: to restore one would repeat a statement that nobody sees there.
        """
        listed = [kind for kind in self._kinds.values() if not (kind.cls.reserved or kind.cls.called_after)]
        with self._readers.connect() as db:
            found = [row for kind in listed for row in list_queries.hidden(db, kind)]
        gone = {row.id for row in found}
        roots = [Trashed(row.kind, row.id, row.time, row.person) for row in found if row.owner not in gone]
        return sorted(roots, key=lambda root: (-root.time, root.id))

    def newest_change(self, ids: Collection[str]) -> tuple[int, str]:
        """Return when any of these records, or a set of theirs, was written last, and by whom; (0, "") for none of them."""
        sql = """SELECT c.t, c.person FROM sync_row r JOIN sync_touch h ON h.row = r.n JOIN sync_changeset c ON c.n = h.n
            WHERE r.id IN (SELECT value FROM json_each(:ids))
            OR (r.ent = 'member' AND r.owner IN (SELECT value FROM json_each(:ids)))
            ORDER BY c.t < :wrong DESC, c.t DESC, c.dev, c.seq DESC LIMIT 1"""
        with self._readers.connect() as db:
            wrong = first_wrong(db)  # the same on every desk
            row = db.execute(sql, {"ids": dumps(list(ids)), "wrong": wrong or 2**62}).fetchone()
        return (int(row[0]), str(row[1] or "")) if row else (0, "")

    def referring(self, id_: str) -> list[Use]:
        """Return the living records whose fields link to a record, without its own parts."""
        with self._readers.connect() as db:
            return [Use(*use) for use in list_queries.using(db, self._kinds.values(), self._sames(db).of(id_))]

    def used_outside(self, ids: Collection[str]) -> list[Use]:
        """Return the living records that link to one of some records, or to a part of one, without these themselves."""
        with self._readers.connect() as db:
            whole = set(list_queries.whole(db, ids))
            uses = list_queries.using(db, self._kinds.values(), whole)
            return [Use(*use) for use in uses if use[1] not in whole]

    def _sames(self, db: Database) -> Sames:
        """Return the merged records, cached until something is written: every read needs them."""
        newest = "SELECT n, t, dev, seq FROM sync_changeset ORDER BY n DESC LIMIT 1"
        now = db.execute(newest).fetchone()
        known = self._known_sames
        if known is None or known[0] != now:
            known = self._known_sames = (now, sames(db, self._kinds))
        return known[1]

    def _load(self, db: Database, kind: Kind, ids: Sequence[str]) -> dict[str, Any]:
        """Return records by id; merged ones with the values of the others."""
        same = self._sames(db)
        found = _load(db, kind, same.all_of(ids))
        said = (
            {id_: {name: getattr(record, name) for name in kind.fields} for id_, record in found.items()}
            if same
            else {}
        )
        for id_ in ids if same else ():
            one = [said[each] for each in same.of(id_) if each in said]
            if id_ in found and one[1:]:
                found[id_].__dict__.update(joined(kind, one))
        return found

    def _owned(self, db: Database, id_: str, kind: Kind, *, hidden: bool) -> list[Any]:
        order = [name for name in ("when", "pos", "date") if name in kind.fields] or ["sort_en"]
        where = f"owner IN (SELECT value FROM json_each(?)) AND +is_deleted = ? ORDER BY {_columns([*order, 'id'])}"
        return list(_records(db, kind, where, (dumps([*self._sames(db).of(id_)]), int(hidden))))

    def _kind(self, kind: type[Record] | str) -> Kind:
        return self._kinds[kind if isinstance(kind, str) else kind.__tablename__]


def _load(db: Database, kind: Kind, ids: Collection[str]) -> dict[str, Any]:
    found = _records(db, kind, "id IN (SELECT value FROM json_each(?))", (dumps(list(ids)),))
    return {record.id: record for record in found}


def _records(db: Database, kind: Kind, where: str, given: tuple[Any, ...]) -> Iterator[Any]:
    """Yield the records of a kind for which a condition is true."""
    cls, columns = kind.cls, kind.cls.columns
    names, loads = [*columns], [column.type.load for column in columns.values()]
    for stored in db.execute(f'SELECT {_columns(names)} FROM "{kind.name}" WHERE {where}', given):
        record = cls()
        record.__dict__.update({name: load(value) for name, load, value in zip(names, loads, stored, strict=True)})
        yield record


def _columns(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _by_kind(db: Database, ids: Collection[str]) -> dict[str, list[str]]:
    sql = "SELECT ent, id FROM sync_row WHERE id IN (SELECT value FROM json_each(?))"
    found: dict[str, list[str]] = {}
    for kind, id_ in db.execute(sql, (dumps(list(ids)),)):
        found.setdefault(kind, []).append(id_)
    return found
