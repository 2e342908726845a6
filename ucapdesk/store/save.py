"""One unit of work: records are handed out to be changed, and what differs at the end becomes one changeset.

Facts written together are written in the same step, through whatever form, list, command or calendar one of them comes: the times of
a transport and of the programme items that link to it; the common title and hours of an item and its meeting; the day on which an
MoU is to be signed, and that of its meeting.

Other desks must be able to read every own changeset, so it is checked before it is written. The reader of packages is asked
itself: a bound that it keeps cannot be forgotten here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property, partial
from typing import Any

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import Message, language
from ucapdesk.base.ids import ID, derived_id
from ucapdesk.base.json_text import Json, dumps, loads
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.agreement_kinds import Agreement
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, Meeting, TransportLeg
from ucapdesk.model.record import R, Record
from ucapdesk.model.rules import limits
from ucapdesk.model.rules.journeys import RIDES, item_after, leg_after, moved_along
from ucapdesk.model.rules.status import awaits_signature
from ucapdesk.model.text.amounts import say_number
from ucapdesk.model.values.bilingual import Bilingual
from ucapdesk.model.values.cells import Members, proper, tidy
from ucapdesk.store.log.changeset import LARGEST_LINE, Changeset, Damaged, Row, parse
from ucapdesk.store.log.log import Dot, Log
from ucapdesk.store.merge import positions
from ucapdesk.store.merge.resolve import Liveness
from ucapdesk.store.merge.row_state import ERASED, MEMBER, TRASHED, Held, all_heads, dots, load_one
from ucapdesk.store.read.duplicate_records import Sames, joined, sames
from ucapdesk.store.read.titles import titles
from ucapdesk.store.refusals import (
    IMPOSSIBLE_VALUE,
    OWNER_IN_TRASH,
    TOO_LONG,
    TOO_MANY,
    ChangedMeanwhile,
    InTrash,
    NoSuchRecord,
)

Seen = Mapping[str, list[int]]  # Heads of the cells of a record, as they were when a form was opened


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
        # Values that stay on this laptop: kind, id, field, column content.
        self.local: list[tuple[str, str, str, Any]] = []

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
        self._put(self._visible(id_).ent, id_, {TRASHED: 1})

    def untrash(self, id_: str) -> None:
        """Restore a record and its parts from the Trash. One whose data was removed no longer exists."""
        held = load_one(self._db, id_)
        if held is None or ERASED in held.heads:
            raise NoSuchRecord(id=id_)
        owner = load_one(self._db, held.owner) if held.owner else None
        if owner and ERASED not in owner.heads and not self._liveness.visible(owner):
            raise OWNER_IN_TRASH(title=self.title(id_))
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
        for ent, id_, cells in rows:
            self._put(ent, id_, cells)

    def title(self, id_: str) -> str:
        return titles(self._db, [id_], language()).get(id_) or id_

    def _stored(self, kind: Kind, names: Collection[str], id_: str) -> dict[str, Any]:
        """Return the values of some fields of a record; none of one that is not there."""
        columns = ", ".join(f'"{name}"' for name in names)
        row = self._db.execute(f'SELECT {columns} FROM "{kind.name}" WHERE id = ?', (id_,)).fetchone() if names else ()
        return {name: kind.fields[name].type.load(held) for name, held in zip(names, row or (), strict=False)}

    # -- what was handed out ------------------------------------------------------------------------

    def opened_of(self, kind: str) -> list[Any]:
        return [opened.record for opened in self._opened.values() if opened.kind.name == kind]

    def changed_in(self, kind: str, field: str) -> list[tuple[Any, Any]]:
        """Return those whose field changed, each with its old value."""
        changed = (each for each in self.opened_of(kind) if self.has_changed(each.id, field))
        return [(record, self._opened[record.id].was[field]) for record in changed]

    def has_changed(self, id_: str, field: str) -> bool:
        return id_ in self._opened and field in self._opened[id_].changed()

    def living(self, kind: str, field: str, value: str) -> list[str]:
        sql = f'SELECT id FROM "{kind}" WHERE "{field}" IN (SELECT value FROM json_each(?)) AND +is_deleted = 0 ORDER BY id'
        return self._same.all_of(row[0] for row in self._db.execute(sql, (dumps(self._same.of(value)),)))

    @cached_property
    def _same(self) -> Sames:
        return sames(self._db)

    # -- the end ----------------------------------------------------------------------------------

    def close(self) -> list[Row]:
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
    return Message(f"{field.kind}.{field.name}", field.meta.label)


def _proper_members(field: KindField, new: Members) -> Members:
    try:
        members = type(new)(tidy(member) for member in new)
    except ValueError:
        raise IMPOSSIBLE_VALUE(field=label_of(field)) from None
    for member in members:
        _fits(field, len(member), limits.LONGEST_MEMBER)
    if len(members) > limits.MOST_MEMBERS:
        raise TOO_MANY(field=label_of(field), signs=len(members), most=limits.MOST_MEMBERS)
    return members


def _fits(field: KindField, signs: int, most: int) -> None:
    if signs > most:
        raise TOO_LONG(field=label_of(field), signs=say_number(signs), most=say_number(most))


def _changed_cells(field: KindField, old: Any, new: Any) -> dict[str, Json]:
    """Return the cells that differ, as every desk can store them. Raises IMPOSSIBLE_VALUE."""
    was = field.type.split(old)
    try:
        now = {key: proper(value) for key, value in field.type.split(new).items()}
    except ValueError:
        raise IMPOSSIBLE_VALUE(field=label_of(field)) from None
    if any(value is not None and field.type.column(value) is None for value in now.values()):
        raise IMPOSSIBLE_VALUE(field=label_of(field))
    changed = {field.name + key: now.get(key) for key in {**was, **now} if was.get(key) != now.get(key)}
    for value in changed.values():
        _fits(field, limits.signs(value), limits.longest(field))
    return changed


def _is_empty(value: Any) -> bool:
    return value is None or value in ("", ()) or (isinstance(value, Bilingual) and not value.cells)


ITEM, LEG, MEETING = (kind.__tablename__ for kind in (ItineraryItem, TransportLeg, Meeting))


def follow(work: Save) -> None:
    """Write what goes with the changes of a save that is about to close."""
    follow_meetings(work)
    follow_signings(work)
    follow_journeys(work)
    follow_titles(work)


def follow_journeys(work: Save) -> None:
    """Give transports the new times of their items, and items those of their transport."""
    kept = (each for each in work.changed_in(ITEM, "when") if not work.has_changed(each[0].id, "transport"))
    legs = [(item, was, leg) for item, was in kept if (leg := _leg(work, item))]
    for item, was, leg in [each for each in legs if not work.has_changed(each[2].id, "when")]:
        leg.when = leg_after(item, was, leg.when)
    for item in work.opened_of(ITEM):
        _begin_together(item, _leg(work, item) if item.type in RIDES else None)
    for leg, was in work.changed_in(LEG, "when"):
        for id_ in work.living(ITEM, "transport", leg.id):
            item = work.get(ItineraryItem, id_)
            if item.transport == leg.id and not (work.has_changed(id_, "when") or work.has_changed(id_, "transport")):
                item.when = item_after(item, was, leg.when)


def _leg(work: Save, item: ItineraryItem) -> TransportLeg | None:
    found = work.living(LEG, "id", item.transport) if item.transport else []
    return work.get(TransportLeg, found[0]) if found else None


def _begin_together(item: ItineraryItem, leg: TransportLeg | None) -> None:
    """Give the one of a journey's two records that has no times those of the other."""
    if leg is not None and item.when is None:
        item.when = leg.when
    elif leg is not None and leg.when is None:
        leg.when = item.when


def _partners(work: Save, field: str) -> Iterator[tuple[Meeting | ItineraryItem, Any, Meeting | ItineraryItem]]:
    """Yield the item or meeting linked to each one whose field changed, the value before, and the changed one."""
    for item, was in work.changed_in(ITEM, field):
        for id_ in work.living(MEETING, "id", item.meeting) if was and item.meeting else ():
            yield work.get(Meeting, id_), was, item
    for meeting, was in work.changed_in(MEETING, field):
        for id_ in work.living(ITEM, "meeting", meeting.id) if was else ():
            yield work.get(ItineraryItem, id_), was, meeting


def follow_meetings(work: Save) -> None:
    """Keep the hours the same that an item and its meeting shared."""
    for other, was, changed in _partners(work, "when"):
        item = other if isinstance(other, ItineraryItem) else changed
        if not (work.has_changed(other.id, "when") or work.has_changed(item.id, "meeting")):
            other.when = moved_along(other.when, was, changed.when)


def follow_signings(work: Save) -> None:
    """Keep the day the same on which an MoU is to be signed, and that of the meeting at which it is."""
    for meeting, was in work.changed_in(MEETING, "when"):
        day = was and meeting.when and meeting.when.day
        for id_ in work.living(Agreement.__tablename__, "signing_meeting", meeting.id) if day else ():
            agreement = work.get(Agreement, id_)
            planned = None if work.has_changed(id_, "signing_planned") else agreement.signing_planned
            if planned and planned == was.day and awaits_signature(agreement):
                agreement.signing_planned = day


def follow_titles(work: Save) -> None:
    """Keep a title the same that an item and its meeting shared, in both languages."""
    for other, was, changed in _partners(work, "title"):
        if not work.has_changed(other.id, "title") and dict(other.title or {}) == dict(was):
            other.title = changed.title


def damaged_line(lines: list[str]) -> int | None:
    """Return the first line of a changeset, from 0, that a reader of packages refuses; None where it accepts them all."""
    for at, line in enumerate(lines):
        try:
            size = len(line.encode())
        except UnicodeEncodeError:
            return at
        if size > LARGEST_LINE:
            return at
    try:
        for _ in parse(lines, loads):
            pass
    except Damaged as error:
        return error.line - 1
    return None


def refuse_unreadable(changeset: Changeset) -> None:
    """Raise a sentence about what other desks could not read."""
    at = damaged_line(changeset.lines)
    if at is not None:
        raise _said(changeset, at)


def _said(changeset: Changeset, at: int) -> UserError:
    """Return the error about the field at fault, found by trying each on its own."""
    ent, id_, cells = changeset.rows[at - 1] if 0 < at <= len(changeset.rows) else ("", "", {})
    for cell, value in cells.items() if ent in KINDS else ():
        place = KINDS[ent].place_of(cell)
        header = dumps({**loads(changeset.lines[0]), "n": 1})
        if place and damaged_line([header, dumps([ent, id_, {cell: value}])]) is not None:
            return IMPOSSIBLE_VALUE(field=label_of(place[0]))
    return UserError(
        "This step would write more at once than colleagues could receive. "
        "Nothing was changed; do it in several smaller steps.",
        code="too-much-at-once",
    )
