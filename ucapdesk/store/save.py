"""One unit of work: records are handed out to be changed, and what differs at the end becomes one changeset."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cached_property, partial
from typing import Any

from ucapdesk.base.i18n import Message, language
from ucapdesk.base.ids import ID, derived_id
from ucapdesk.base.json_text import Json, dumps
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.record import R, Record
from ucapdesk.model.rules import limits
from ucapdesk.model.text.format.numbers_in_words import say_number
from ucapdesk.model.values.bilingual import Bilingual
from ucapdesk.model.values.cells import proper, tidy
from ucapdesk.model.values.members import Members
from ucapdesk.store.log.changeset import Row
from ucapdesk.store.log.liveness import Liveness
from ucapdesk.store.log.log import Dot, Log
from ucapdesk.store.merge import positions
from ucapdesk.store.merge.cell_writer import MEMBER
from ucapdesk.store.merge.merged_records import Sames, joined, sames
from ucapdesk.store.merge.row_state import ERASED, TRASHED, Held, all_heads, dots, load_one
from ucapdesk.store.read.titles import titles
from ucapdesk.store.refusals import (
    ChangedMeanwhile,
    ImpossibleValue,
    InTrash,
    NoSuchRecord,
    OwnerInTrash,
    TooLong,
    TooMany,
)

Seen = Mapping[str, list[int]]
"""Heads of the cells of a record, as they were when a form was opened."""


class _Opened:
    """A record handed out to be changed, and its original values."""

    def __init__(self, kind: Kind, record: Record, was: dict[str, Any]) -> None:
        self.kind, self.record, self.was = kind, record, was
        self.seen: Seen | None = None

    def changed(self) -> dict[str, tuple[KindField, Any, Any]]:
        """Return the fields whose value changed: name → field, old, new."""
        found = {}
        for name, old in self.was.items():
            new = self.record.__dict__[name]
            if new != old and not (_is_empty(new) and _is_empty(old)):
                found[name] = (self.kind.fields[name], old, new)
        return found


class Save:
    """The unit of work of ``with desk.save(…)``. Nothing is written before it is closed.

    ``just_typed`` tells whether the user typed a changeset a moment ago.
    """

    def __init__(
        self, log: Log, liveness: Liveness, kinds: Mapping[str, Kind], just_typed: Callable[[Dot], bool]
    ) -> None:
        self._just_typed = just_typed
        self._log, self._db, self._liveness, self._kinds = log, log.db, liveness, kinds
        self._rows: dict[str, tuple[str, dict[str, Json]]] = {}
        self._opened: dict[str, _Opened] = {}
        self._made: set[str] = set()
        self._last_places: dict[tuple[str, str | None], str | None] = {}
        self.local: list[tuple[str, str, str, Any]] = []
        """Values that stay on this laptop: kind, id, field, column content."""

    # -- records ----------------------------------------------------------------------------------

    def get(self, cls: type[R], id_: str) -> R:
        """Return a record to change, merged ones as they are read; the same object for the same id, so that changes add up.

        Raises NoSuchRecord, or InTrash for a hidden one.
        """
        if id_ in self._opened:
            return self._opened[id_].record  # type: ignore[return-value]
        kind = self._kinds[cls.__tablename__]
        hidden = self._db.execute(f'SELECT is_deleted FROM "{kind.name}" WHERE id = ?', (id_,)).fetchone()
        if hidden is None:
            raise NoSuchRecord(id=id_)
        was = self._stored(kind, kind.fields, id_)
        if hidden[0]:
            raise InTrash(title=self.title(id_))
        if (one := self._same.of(id_))[1:] and one[0] == id_:
            was |= joined(kind, [was, *(self._stored(kind, kind.fields, other) for other in one[1:])])
        return self._open(cls, kind, id_, was)

    def new(self, cls: type[R], id_: str | None = None, /, **values: Any) -> R:
        """Create a record. Where its id is that of one in the Trash, that one is restored with all fields empty."""
        kind = self._kinds[cls.__tablename__]
        id_ = id_ or kind.free_id(values, partial(self._identity, kind))
        if not ID.fullmatch(id_):
            raise ValueError(id_)
        held = load_one(self._db, id_)
        if id_ in self._opened or (held and self._liveness.alive(held)):
            record = self.get(cls, id_)
        else:
            self._owner_must_be_visible(values.get("owner"))
            empty = {name: field.type.load(None) for name, field in kind.fields.items()}
            record = self._open(cls, kind, id_, empty)
            # The members of its sets are rows of their own and still exist.
            self._opened[id_].was |= self._stored(kind, [field.name for field in kind.sets], id_) if held else {}
            self._made.add(id_)
            self._put(kind.name, id_, {**dict.fromkeys(held.heads), TRASHED: 0} if held else {})
            own = [field.name for field in kind.fields.values() if held and field.meta.local]
            self.local += [(kind.name, id_, name, None) for name in own]
            if kind.ordered and "pos" not in values:
                values["pos"] = self._last(kind, values.get("owner"))
        for name, value in values.items():
            if name not in kind.fields:
                raise TypeError(f"{kind.name} has no field {name}")
            setattr(record, name, value)
        return record

    def _identity(self, kind: Kind, id_: str) -> Mapping[str, Any]:
        """Return the values that tell a record from others of its kind; none of one that is not there."""
        if id_ in self._opened:
            return vars(self._opened[id_].record)
        held = load_one(self._db, id_)
        return self._stored(kind, kind.cls.identity, id_) if held and self._liveness.alive(held) else {}

    def edit(self, id_: str, changes: Mapping[str, Any], seen: Seen | None = None) -> None:
        """Apply a form's changes, field → value. Refused if one of these cells moved on from the heads in ``seen``."""
        if id_ not in self._opened:
            held = load_one(self._db, id_)
            if held is None or held.ent not in self._kinds:
                raise NoSuchRecord(id=id_)
            self.get(self._kinds[held.ent].cls, id_)
        record = self._opened[id_].record
        for name, value in changes.items():
            setattr(record, name, value)
        if seen is not None:
            self._opened[id_].seen = seen

    def trash(self, id_: str) -> None:
        """Move a record and its parts to the Trash."""
        self._put(self._visible(id_).ent, id_, {TRASHED: 1})

    def untrash(self, id_: str) -> None:
        """Restore a record and its parts from the Trash. One whose data was removed no longer exists."""
        held = load_one(self._db, id_)
        if held is None or ERASED in held.heads:
            raise NoSuchRecord(id=id_)
        owner = load_one(self._db, held.owner) if held.owner else None
        if owner and ERASED not in owner.heads and not self._liveness.visible(owner):
            raise OwnerInTrash(title=self.title(id_))
        self._put(held.ent, id_, {TRASHED: 0})

    def decide(self, id_: str, cell: str, value: Json) -> None:
        """Answer a question with this value, having seen all candidates. The value already shown is written too."""
        self._put(self._visible(id_).ent, id_, {cell: value})

    def _visible(self, id_: str) -> Held:
        held = load_one(self._db, id_)
        if held is None:
            raise NoSuchRecord(id=id_)
        if not self._liveness.visible(held):
            raise InTrash(title=self.title(id_))
        return held

    def rows(self, rows: list[Row]) -> None:
        """Write cells as they are, for undo."""
        for ent, id_, cells in rows:
            self._put(ent, id_, cells)

    def title(self, id_: str) -> str:
        """Return a record's title for a sentence."""
        return titles(self._db, [id_], language()).get(id_) or id_

    def _stored(self, kind: Kind, names: Collection[str], id_: str) -> dict[str, Any]:
        """Return the values of some fields of a record; none of one that is not there."""
        columns = ", ".join(f'"{name}"' for name in names)
        row = self._db.execute(f'SELECT {columns} FROM "{kind.name}" WHERE id = ?', (id_,)).fetchone() if names else ()
        return {name: kind.fields[name].type.load(held) for name, held in zip(names, row or (), strict=False)}

    # -- what was handed out ------------------------------------------------------------------------

    def opened_of(self, kind: str) -> list[Any]:
        """Return the records of a kind that were handed out."""
        return [opened.record for opened in self._opened.values() if opened.kind.name == kind]

    def changed_in(self, kind: str, field: str) -> list[tuple[Any, Any]]:
        """Return those whose field changed, each with its old value."""
        changed = (each for each in self.opened_of(kind) if self.has_changed(each.id, field))
        return [(record, self._opened[record.id].was[field]) for record in changed]

    def has_changed(self, id_: str, field: str) -> bool:
        """Return whether a field of a record changed."""
        return id_ in self._opened and field in self._opened[id_].changed()

    def living(self, kind: str, field: str, value: str) -> list[str]:
        """Return the ids of the living records of a kind that are read as having a value in a field."""
        sql = f'SELECT id FROM "{kind}" WHERE "{field}" IN (SELECT value FROM json_each(?)) AND +is_deleted = 0 ORDER BY id'
        return self._same.all_of(row[0] for row in self._db.execute(sql, (dumps(self._same.of(value)),)))

    @cached_property
    def _same(self) -> Sames:
        return sames(self._db)

    # -- the end ----------------------------------------------------------------------------------

    def close(self) -> list[Row]:
        """Return the rows of the changeset; the records handed out can no longer be changed."""
        for id_, opened in self._opened.items():
            cells: dict[str, Json] = {}
            changed = opened.changed()
            for name, (field, old, value) in changed.items():
                new: Any = self._in_one_sitting(id_, name, old, value) if isinstance(value, Bilingual) else value
                if field.is_set:
                    self._set(id_, name, old, _proper_members(field, new))
                elif field.meta.local:
                    self.local.append((opened.kind.name, id_, name, field.type.store(new)))
                else:
                    cells.update(_changed_cells(field, old, new))
            if opened.seen is not None:
                self._check_seen(id_, {*cells, *(n for n, (f, _, _) in changed.items() if f.is_set)}, opened.seen)
            if "owner" in cells:
                self._check_owner(id_, cells["owner"])
            self._put(opened.kind.name, id_, cells)
            del opened.record.__dict__["_open"]
        return [(ent, id_, cells) for id_, (ent, cells) in self._rows.items() if cells or id_ in self._made]

    def _in_one_sitting(self, id_: str, name: str, old: Bilingual | None, new: Bilingual) -> Bilingual:
        """Return a text without notes that one language lags behind the other, where both were typed in one sitting."""
        noted = new.notes_beyond(old or Bilingual())
        held = load_one(self._db, id_) if noted else None
        for lang in noted:
            heads = list(dots(held.heads.get(f"{name}.{lang}", []))) if held else []
            if len(heads) == 1 and self._just_typed(heads[0]):
                new = new.unmark(lang)
        return new

    def _check_owner(self, id_: str, owner: Json) -> None:
        """Raise an error for an owner that changes, or is in the Trash."""
        if id_ not in self._made:
            raise ValueError("the owner of a record is never changed")
        self._owner_must_be_visible(owner)
        if self._rows.get(owner, ("", {}))[1].get(TRASHED) == 1:
            raise InTrash(title=self.title(owner))

    def _check_seen(self, id_: str, cells: Iterable[str], seen: Seen) -> None:
        heads = all_heads(self._db, id_)
        for cell in cells:
            now, then = list(dots(heads.get(cell, []))), list(dots(seen.get(cell, [])))
            if now and now != then:
                changed = next((dot for dot in now if dot not in then), now[-1])
                raise ChangedMeanwhile(person=self._log.read(changed).person or "—", cell=cell)

    def _set(self, owner: str, role: str, old: Members, new: Members) -> None:
        """Write the member rows of a changed set: removed ones to the Trash, new ones at the end, moved ones placed anew."""
        sql = "SELECT member, pos FROM member WHERE owner = ? AND role = ? AND is_deleted = 0"
        places = dict(self._db.execute(sql, (owner, role)).fetchall())
        for member in old:
            if member in places and member not in new:
                self._put(MEMBER, derived_id(owner, role, member), {TRASHED: 1})
        last: str | None = None
        for member in new:
            id_, place = derived_id(owner, role, member), places.get(member)
            if place is not None and (last is None or place > last):
                last = place
                continue
            last = positions.between(last, None)
            if place is not None:
                self._put(MEMBER, id_, {"pos": last})
                continue
            again = {TRASHED: 0} if load_one(self._db, id_) else {}
            self._made.add(id_)
            self._put(MEMBER, id_, {"owner": owner, "role": role, "member": member, "pos": last, **again})

    def _owner_must_be_visible(self, owner: str | None) -> None:
        held = load_one(self._db, owner) if owner and owner not in self._made else None
        if held and not self._liveness.visible(held):
            raise InTrash(title=self.title(held.id))

    def _last(self, kind: Kind, owner: str | None) -> str:
        """Return a place after the last living sibling."""
        beside = (kind.name, owner)
        if beside not in self._last_places:
            where = " AND owner IS ?" if "owner" in kind.fields else ""
            query = f'SELECT max(pos) FROM "{kind.name}" WHERE is_deleted = 0{where}'
            self._last_places[beside] = self._db.execute(query, (owner,) if where else ()).fetchone()[0]
        place = self._last_places[beside] = positions.between(self._last_places[beside], None)
        return place

    def _open(self, cls: type[R], kind: Kind, id_: str, was: dict[str, Any]) -> R:
        record = cls()
        record.__dict__.update(was, id=id_, is_deleted=False, _open=True)
        self._opened[id_] = _Opened(kind, record, was)
        return record

    def _put(self, ent: str, id_: str, cells: Mapping[str, Json]) -> None:
        self._rows.setdefault(id_, (ent, {}))[1].update(cells)


def label_of(field: KindField) -> Message:
    """Return the label of a field, for a sentence."""
    return Message(f"{field.kind}.{field.name}", field.meta.label)


def _proper_members(field: KindField, new: Members) -> Members:
    try:
        members = type(new)(tidy(member) for member in new)
    except ValueError:
        raise ImpossibleValue(field=label_of(field)) from None
    for member in members:
        _fits(field, len(member), limits.LONGEST_MEMBER)
    if len(members) > limits.MOST_MEMBERS:
        raise TooMany(field=label_of(field), signs=len(members), most=limits.MOST_MEMBERS)
    return members


def _fits(field: KindField, signs: int, most: int) -> None:
    if signs > most:
        raise TooLong(field=label_of(field), signs=say_number(signs), most=say_number(most))


def _changed_cells(field: KindField, old: Any, new: Any) -> dict[str, Json]:
    """Return the cells that differ, as every desk can store them. Raises ImpossibleValue."""
    was = field.type.split(old)
    try:
        now = {key: proper(value) for key, value in field.type.split(new).items()}
    except ValueError:
        raise ImpossibleValue(field=label_of(field)) from None
    if any(value is not None and field.type.column(value) is None for value in now.values()):
        raise ImpossibleValue(field=label_of(field))
    changed = {field.name + key: now.get(key) for key in {**was, **now} if was.get(key) != now.get(key)}
    for value in changed.values():
        _fits(field, limits.signs(value), limits.longest(field))
    return changed


def _is_empty(value: Any) -> bool:
    """Return whether a value is empty; "no" and 0 are values."""
    return value is None or value in ("", ()) or (isinstance(value, Bilingual) and not value.cells)
