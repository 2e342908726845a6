"""Reading a workspace: records, lists of ids for pages, children, titles, the Trash, where a record is used, and its history.

Records that people found to be one thing are read as one (see ``sames``); ``apart`` tells what each of them says.
Every call opens a short session and hands out records that hold nothing of it: a session left open would show the
past and keep the write-ahead log from being folded in.

The history of a record is every value each of its fields ever had, losing ones of a conflict included.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, text
from sqlalchemy.orm import Session

from ucapdesk.base.grouping import grouped
from ucapdesk.base.json_text import Json, dumps, loads
from ucapdesk.model.kind import Kind
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.listing import Condition
from ucapdesk.model.record import R, Record
from ucapdesk.store.log.changeset import BY_PEOPLE, Changeset, StepLabel
from ucapdesk.store.log.log import Dot, Log
from ucapdesk.store.merge.resolve import is_question
from ucapdesk.store.merge.row_state import MEMBER, TRASHED, Held, below, by_kind, dots, gone_with, load_one
from ucapdesk.store.read import list_queries
from ucapdesk.store.read.duplicate_records import NO_MERGES, Sames, joined, sames
from ucapdesk.store.read.list_queries import T, Trashed, UntilWritten, Use, by_id, by_owner
from ucapdesk.store.read.sorting import sort_keys, title_fields
from ucapdesk.store.read.titles import titles
from ucapdesk.store.search.full_text import Hit, search
from ucapdesk.store.workspace.database import driver_of
from ucapdesk.store.workspace.trusted_clock import first_wrong


class CellChange(NamedTuple):
    """One cell written once. ``time`` in microseconds of the writer's clock; ``field`` is the cell's name.

    ``undoes``: the steps of the same laptop that it took back, or did again.
    """

    n: int
    time: int
    person: str
    device: str
    seq: int
    field: str
    old: Json
    new: Json
    label: StepLabel
    undoes: Sequence[int]


def history(log: Log, id_: str) -> list[CellChange]:
    """Return every value written into a record and its sets, oldest first. Empty for an unknown id."""
    row = load_one(log.db, id_)
    if row is None:
        return []
    found = list(_changes(log, row))
    for member in below(log.db, row):
        if member.ent == MEMBER:
            found += _membership(log, member)
    return sorted(found, key=lambda change: change.n)


def _changes(log: Log, row: Held) -> Iterator[CellChange]:
    written: dict[str, list[tuple[Dot, Changeset]]] = {}
    for n, dot, vv, changeset in log.touching(row.n):
        seen = {**log.vector_of(vv), dot[0]: dot[1]}
        for cell, value in changeset.cells_of(row.id).items():
            if cell == "owner":
                continue
            earlier = written.setdefault(cell, [])
            old = _known(row.id, cell, earlier, seen)
            earlier.append((dot, changeset))
            new = None if is_question(value) else value
            yield _change(n, changeset, cell, old, new)


def _change(n: int, of: Changeset, field: str, old: Json, new: Json) -> CellChange:
    return CellChange(n, of.time, of.person, of.device, of.seq, field, old, new, of.label, of.undoes)


def _known(id_: str, cell: str, earlier: list[tuple[Dot, Changeset]], seen: Mapping[int, int]) -> Json:
    """Return the value that an author had before: the last to arrive here of those seen there."""
    known = next((changeset for dot, changeset in reversed(earlier) if dot[1] <= seen.get(dot[0], 0)), None)
    value = known.cells_of(id_).get(cell) if known else None
    return None if is_question(value) else value


def _membership(log: Log, member: Held) -> Iterator[CellChange]:
    role = name = None
    for n, _, _, changeset in log.touching(member.n):
        cells = changeset.cells_of(member.id)
        role, name = cells.get("role", role), cells.get("member", name)
        came = cells.get(TRASHED) == 0 or "member" in cells
        gone = cells.get(TRASHED) == 1
        if role and (came or gone):
            yield _change(n, changeset, str(role), name if gone else None, name if came and not gone else None)


RECORDS_AT_ONCE = 500
RARE = " UNION ".join(
    f"SELECT {name} FROM {kind} WHERE {name} GLOB '*[\U00020000-\U0003ffff]*'"
    for kind, name in (("person", "name_han"), ("person", "name_phonetic"), ("place", "name"), ("organisation", "name"))
)


class Reader:
    """Reads one open workspace."""

    def __init__(self, engine: Engine) -> None:
        """``engine``: the one whose connections only read."""
        self._engine = engine
        self._kept = UntilWritten()

    # -- records: in the Trash or not, ``is_deleted`` says which --------------------------------------------------

    def get(self, kind: type[R], id_: str) -> R | None:
        return next(iter(self.page(kind, [id_])), None)

    def is_own(self, id_: str, cell: str) -> bool:
        """Return whether a cell's value was written on this laptop alone."""
        with self._engine.connect() as connection:
            own = connection.exec_driver_sql("SELECT ord FROM sync_device WHERE trust = 'me'").scalars().all()
            row = load_one(driver_of(connection), id_)
        return row is not None and {ord_ for ord_, _ in dots(row.heads.get(cell, []))} <= set(own)

    def record(self, id_: str) -> Record | None:
        return next(iter(self.many([id_])), None)

    def is_erased(self, id_: str) -> bool:
        """Return whether the data of a record was removed for good."""
        with self._engine.connect() as connection:
            return bool(gone_with(driver_of(connection), [id_]))

    def damaged(self, id_: str) -> dict[str, str]:
        """Return the stored contents of a record's fields from which no value can be read, by field."""
        kind = KINDS.get(self.kind_of(id_) or "")
        if kind is None:
            return {}
        fields = [field for field in kind.fields.values() if not field.is_set]
        columns = ", ".join(f'"{field.name}"' for field in fields)
        with self._engine.connect() as connection:
            row = connection.exec_driver_sql(f'SELECT {columns} FROM "{kind.name}" WHERE id = ?', (id_,)).first()
        stored = zip(fields, row or (), strict=False)
        return {of.name: of.type.raw(v) for of, v in stored if v is not None and of.type.load(v) is None}

    def page(self, kind: type[R], ids: Sequence[str]) -> list[R]:
        """Return records of a kind in the given order; ids of other kinds are left out."""
        if not ids:
            return []  # and the kind need not be mapped
        with self._session() as session:
            found = self._load(session, kind, ids)
        return [found[id_] for id_ in ids if id_ in found]

    def pages(self, kind: type[R], ids: Sequence[str]) -> Iterator[list[R]]:
        """Yield the records of a long list in its order, some at once, so that they need little memory."""
        for at in range(0, len(ids), RECORDS_AT_ONCE):
            yield self.page(kind, ids[at : at + RECORDS_AT_ONCE])

    def many(self, ids: Sequence[str]) -> list[Record]:
        with self._session() as session:
            found: dict[str, Record] = {}
            for name, of_kind in by_kind(driver_of(session.connection()), ids).items():
                if name in KINDS:
                    found.update(self._load(session, KINDS[name].cls, of_kind))
        return [found[id_] for id_ in ids if id_ in found]

    def apart(self, ids: Sequence[str]) -> list[Record]:
        """Return records of one kind in the given order, each as it was written, not merged with duplicates."""
        with self._session() as session:
            kind = next(iter(by_kind(driver_of(session.connection()), ids)), "")
            found = _load(session, KINDS[kind].cls, ids) if kind in KINDS else {}
        return [found[id_] for id_ in ids if id_ in found]

    # -- records that are one thing -------------------------------------------------------------------------------

    def sames(self) -> Sames:
        with self._engine.connect() as connection:
            return self._sames(connection)

    def children(self, id_: str, kind: type[R], *, hidden: bool = False) -> list[R]:
        """Return the records of a kind that belong to one, in their order: by time, by place, or by day.

        Args:
            id_: the owner.
            kind: of the children.
            hidden: what is in the Trash, or went there with its owner, instead of what is living.
        """
        return self.children_of([id_], kind, hidden=hidden)[id_]

    def children_of(self, ids: Collection[str], kind: type[R], *, hidden: bool = False) -> dict[str, list[R]]:
        """Return the same of each of several records that are shown, in one read."""
        with self._session() as session:
            of = self._kind(kind)
            there = of.name in self._kinds_below(session.connection(), ids)
            return self._owned(session, ids, of, hidden=hidden) if there else {id_: [] for id_ in ids}

    def all_children(self, id_: str, *, hidden: bool = False) -> dict[str, list[Record]]:
        """Return all parts of a record by kind; the kinds in the order of their declaration."""
        with self._session() as session:
            name = next(iter(by_kind(driver_of(session.connection()), [id_])), "")
            of = KINDS[name].children if name in KINDS else []
            there = self._kinds_below(session.connection(), [id_])
            return {
                kind.name: self._owned(session, [id_], kind, hidden=hidden)[id_] if kind.name in there else []
                for kind in of
            }

    # -- ids ------------------------------------------------------------------------------------------------------

    def unknown(self, among: Collection[str]) -> set[str]:
        """Return those of these ids that no record ever had."""
        with self._engine.connect() as connection:
            sql = "SELECT value FROM json_each(?) EXCEPT SELECT id FROM sync_row"
            return set(connection.exec_driver_sql(sql, (dumps(list(among)),)).scalars())

    def only_of_the_program(self, id_: str) -> bool:
        """Return whether no person ever wrote into a record: it exists only because the program lists it."""
        sql = f"""SELECT 1 FROM sync_row r JOIN sync_touch h ON h.row = r.n JOIN sync_changeset c ON c.n = h.n
            WHERE r.id = ? AND {BY_PEOPLE} LIMIT 1"""
        with self._engine.connect() as connection:
            return connection.exec_driver_sql(sql, (id_,)).first() is None

    def kind_of(self, id_: str) -> str | None:
        return self.kinds_of([id_]).get(id_)

    def kinds_of(self, ids: Collection[str]) -> dict[str, str]:
        with self._engine.connect() as connection:
            return {id_: kind for kind, found in by_kind(driver_of(connection), ids).items() for id_ in found}

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
        near: bool = False,
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
            near: where none holds the words, let each differ by a letter.
        """
        of = self._kind(kind)
        with self._engine.connect() as connection:
            same = NO_MERGES if trash else self._sames(connection)
            asked = [*list_queries.conditions_of(where or {}), *conditions]
            asked = [each._replace(values=tuple(same.all_of(each.values))) for each in asked] if same else asked
            merged = partial(self._merged, connection, same=same)
            found = list_queries.in_order(
                connection, of, order, asked, lang, merged=merged, descending=descending, hidden=trash
            )
            if find:
                # Two plain questions and a set: a third faster than one with a subquery, when most of 100,000 records match.
                hits = set(map(same.shown, list_queries.matching(connection, of, self._kept, find, near=near)))
                found = [id_ for id_ in found if id_ in hits]
            return found

    def listed(
        self, kind: type[R], *, order: str = "sort_en", where: Mapping[str, object] | None = None,
        conditions: Collection[Condition] = (),
    ) -> list[R]:  # fmt: skip
        """Return the living records of a kind; arguments as ``ids``."""
        return self.page(kind, self.ids(kind, order=order, where=where, conditions=conditions))

    def in_use(self, kind: type[Record] | str, field: str) -> list[tuple[str, int]]:
        """Return the values that a field of the living records of a kind holds, and how often; the most frequent first."""
        of, counted = self._kind(kind), Counter[str]()
        with self._engine.connect() as connection:
            same = self._sames(connection)
            merged = self._merged(connection, of, same)
            held = list_queries.in_use(connection, of, field, same.all_of(each["id"] for each in merged))
        held += [(each[field], 1) for each in merged if each[field] is not None]
        for stored, n in held:
            values = loads(stored) if of.fields[field].is_set else [str(stored)]
            counted.update(dict.fromkeys(map(same.shown, values), n))
        return sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))

    def languages_written(self, kind: type[Record] | str) -> dict[str, set[str]]:
        with self._engine.connect() as connection:
            return list_queries.languages_written(connection, self._kind(kind))

    def count(self, kind: type[Record] | str, *, trash: bool = False) -> int:
        name = self._kind(kind).name
        sql = f'SELECT count(*) FROM "{name}" WHERE is_deleted = ?'
        with self._engine.connect() as connection:
            same = NO_MERGES if trash else self._sames(connection)
            others = len(by_kind(driver_of(connection), [*same.hidden]).get(name, ())) if same else 0
            return int(connection.exec_driver_sql(sql, (int(trash),)).scalar_one()) - others

    def search(
        self, typed: str, *, kinds: Collection[str] | None = None, limit: int = 200, near: bool = False
    ) -> list[Hit]:
        """Return the living records that hold every typed word, best first; see ``full_text.search``."""
        with self._engine.connect() as connection:
            same = self._sames(connection)
            hits = search(connection, typed, kinds=kinds, limit=limit, near=near)
        found = grouped((same.shown(hit.id), hit) for hit in hits)
        return [of[0]._replace(id=id_) for id_, of in found.items()]

    def roots(self, ids: Collection[str]) -> dict[str, str]:
        """Return, for each id, the record that stands on its own and that it is part of; often itself."""
        sql = """WITH RECURSIVE up(id, at, owner) AS (
            SELECT id, id, owner FROM sync_row WHERE id IN (SELECT value FROM json_each(?))
            UNION SELECT up.id, r.id, r.owner FROM up JOIN sync_row r ON r.id = up.owner)
            SELECT id, at FROM up WHERE owner IS NULL"""
        with self._engine.connect() as connection:
            same = self._sames(connection)
            found = connection.exec_driver_sql(sql, (dumps(list(ids)),))
            return {str(id_): str(root) if id_ == root else same.shown(root) for id_, root in found}

    def words(self, role: str) -> list[str]:
        """Return the words in sets of this name of living records, those used most first."""
        sql = """SELECT m.member FROM member m WHERE m.role = ? AND m.is_deleted = 0
            GROUP BY m.member ORDER BY count(*) DESC, m.member"""
        with self._engine.connect() as connection:
            return list(connection.exec_driver_sql(sql, (role,)).scalars())

    def rare_characters(self) -> str:
        """Return the names with characters beyond the first plane, which few fonts have."""
        with self._engine.connect() as connection:
            return "".join(connection.exec_driver_sql(RARE).scalars())

    # -- about records --------------------------------------------------------------------------------------------

    def titles(self, ids: Collection[str], lang: str, *, apart: bool = False) -> dict[str, str]:
        """Return the titles of records; a record named after another has that one's title. ``apart``: as if none were merged."""
        if not ids:
            return {}
        with self._engine.connect() as connection:
            same = NO_MERGES if apart else self._sames(connection)
            return titles(driver_of(connection), ids, lang, same)

    def trash(self) -> list[Trashed]:
        """Return the trashed records, newest first; parts that went with their owner are not listed.

        Nor are links between records: to restore one would repeat a statement that nobody sees there.
        """
        listed = [kind for kind in KINDS.values() if not (kind.cls.reserved or kind.cls.called_after)]
        with self._engine.connect() as connection:
            found = [row for kind in listed for row in list_queries.hidden(connection, kind)]
        gone = {row.id for row in found}
        return sorted((row for row in found if row.owner not in gone), key=lambda root: (-root.time, root.id))

    def newest_change(self, ids: Collection[str]) -> tuple[int, str]:
        """Return when any of these records, or a set of theirs, was written last, and by whom; (0, "") for none of them."""
        sql = """SELECT c.t, c.person FROM sync_row r JOIN sync_touch h ON h.row = r.n JOIN sync_changeset c ON c.n = h.n
            WHERE r.id IN (SELECT value FROM json_each(:ids))
            OR (r.ent = 'member' AND r.owner IN (SELECT value FROM json_each(:ids)))
            ORDER BY c.t < :wrong DESC, c.t DESC, c.dev, c.seq DESC LIMIT 1"""
        with self._engine.connect() as connection:
            wrong = first_wrong(driver_of(connection))  # the same on every desk
            row = connection.execute(text(sql), {"ids": dumps(list(ids)), "wrong": wrong or 2**62}).first()
        return (int(row[0]), str(row[1] or "")) if row else (0, "")

    def referring(self, id_: str) -> list[Use]:
        """Return the living records whose fields link to a record, without its own parts."""
        with self._engine.connect() as connection:
            same = self._sames(connection)
            return list_queries.using(connection, same.of(id_), same.shown)

    def used_outside(self, ids: Collection[str]) -> list[Use]:
        """Return the living records that link to one of some records, or to a part of one, without these themselves."""
        with self._engine.connect() as connection:
            whole = set(list_queries.whole(connection, ids))
            uses = list_queries.using(connection, whole, self._sames(connection).shown)
            return [use for use in uses if use.id not in whole]

    def _sames(self, connection: Connection) -> Sames:
        """Return the merged records: every read needs them."""
        return self._kept.get(driver_of(connection), sames, lambda: sames(driver_of(connection)))

    def remembered(self, asked: object, make: Callable[[], T]) -> T:
        """Return what was made of the records for a question, until something is written."""
        with self._engine.connect() as connection:
            return self._kept.get(connection.connection.driver_connection, asked, make)  # in no transaction

    def _merged(self, connection: Connection, kind: Kind, same: Sames) -> list[dict[str, Any]]:
        """Return the records of a kind that are shown for others too: id, ids of the whole, and fields as read, as they are stored."""

        def read() -> list[dict[str, Any]]:
            hidden = by_kind(driver_of(connection), [*same.hidden]).get(kind.name, ())
            return [
                {name: field.type.store(getattr(each, name)) for name, field in kind.fields.items()}
                | {name: getattr(each, name) for name in ("id", "is_deleted", *list_queries.SORT_KEYS)}
                | {"whole": same.of(each.id)}
                for each in self.page(kind.cls, [*{same.shown(id_) for id_ in hidden}])
            ]

        return self._kept.get(driver_of(connection), ("merged", kind.name), read) if same else []

    def _load(self, session: Session, cls: type[R], ids: Sequence[str]) -> dict[str, R]:
        """Return records by id; merged ones with the values of the others, links to merged ones as to the one that is shown."""
        same, kind = self._sames(session.connection()), KINDS[cls.__tablename__]
        found = _load(session, cls, same.all_of(ids))
        names = list(kind.fields) if same else []
        said = {id_: {name: getattr(record, name) for name in names} for id_, record in found.items()}
        for id_ in ids if same else ():
            one = [said[each] for each in same.of(id_) if each in said]
            if id_ in found and one[1:]:
                read = joined(kind, one)
                keys = sort_keys(read[field.name] for field in title_fields(kind))
                found[id_].__dict__.update(read, **dict(zip(list_queries.SORT_KEYS, keys, strict=True)))
            same.lead_to_shown(kind, found.get(id_))
        return found

    def _kinds_below(self, connection: Connection, ids: Collection[str]) -> set[str]:
        """Return the kinds of the parts of records: a kind of which there is nothing need not be mapped."""
        sql = "SELECT DISTINCT ent FROM sync_row WHERE owner IN (SELECT value FROM json_each(?))"
        owners = dumps(self._sames(connection).all_of(ids))
        return {kind for (kind,) in driver_of(connection).execute(sql, (owners,))}

    def _owned(self, session: Session, ids: Collection[str], kind: Kind, *, hidden: bool) -> dict[str, list[Any]]:
        same = self._sames(session.connection())
        order = tuple(name for name in ("when", "pos", "date") if name in kind.fields) or ("sort_en",)
        asked = {"owners": dumps(same.all_of(ids)), "hidden": int(hidden)}
        found: dict[str, list[Any]] = {id_: [] for id_ in ids}
        whose = grouped((each, id_) for id_ in found for each in same.of(id_))
        parts = {part.id: part for part in session.scalars(by_owner(kind.cls, order), asked)}
        for part in parts.values():
            same.lead_to_shown(kind, part)
        for part in (part for id_, part in parts.items() if same.shown(id_) == id_):
            if (one := same.of(part.id))[1:]:
                part.__dict__.update(joined(kind, [vars(parts[each]) for each in one if each in parts]))
            for id_ in whose[part.owner]:  # several of one whole may be asked about at once
                found[id_].append(part)
        return found

    def _session(self) -> Session:
        return Session(self._engine, expire_on_commit=False, autoflush=False)

    def _kind(self, kind: type[Record] | str) -> Kind:
        return KINDS[kind if isinstance(kind, str) else kind.__tablename__]


def _load(session: Session, cls: type[R], ids: Sequence[str]) -> dict[str, R]:
    return {record.id: record for record in session.scalars(by_id(cls), {"ids": dumps(list(ids))})}
