"""Records of any kind: look up, add, change, order, copy, move to the Trash and restore; and the warnings about one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from ucapdesk.base.clock import today
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import Message, language
from ucapdesk.base.ids import new_id
from ucapdesk.base.json_text import Json
from ucapdesk.model.field_change import FieldChange, Made
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.model.kinds.paper_kinds import Pack
from ucapdesk.model.kinds.partnership_kinds import UcapPlace
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, Meeting, Participation, Visit
from ucapdesk.model.record import Filed, R, Record
from ucapdesk.model.rules.record_rules import warnings
from ucapdesk.model.serialize import computed_json, kind_of, record_to_json
from ucapdesk.model.values import Bilingual
from ucapdesk.model.values.cells import Members
from ucapdesk.services.errors import WRONG_KIND_LINKED
from ucapdesk.services.records import search
from ucapdesk.store.desk import Desk
from ucapdesk.store.merge import positions
from ucapdesk.store.read import derived_values
from ucapdesk.store.refusals import InTrash, NoSuchRecord
from ucapdesk.store.save import Save, Seen

Changes = Mapping[str, Any]  # Field → its new value, or a ``FieldChange`` that computes it from the present one
# Fields that sort a list by themselves; the first that a kind has is used. Other lists are sorted by title.
NATURAL_ORDER = ("when", "dates", "date", "due", "pos")


def kind_named(name: str) -> Kind:
    if name not in LISTED:
        import difflib

        near = difflib.get_close_matches(name, LISTED, 3, 0.5) or list(LISTED)[:5]
        raise UserError(
            "There is no kind of record called “{kind}” (nearest: {near}). Nothing was changed; “ucapdesk kinds” lists all.",
            code="unknown-kind",
            kind=name,
            near=", ".join(near),
        )
    return LISTED[name]


# -- reading --------------------------------------------------------------------------------------


def get(desk: Desk, id_: str) -> Record:
    """Return a record of any kind, in the Trash or not. Raises NoSuchRecord."""
    record = desk.read.record(id_)
    if record is None or _is_none(desk, record):
        raise NoSuchRecord(id=id_)
    return record


def _is_none(desk: Desk, record: Record) -> bool:
    """Return whether users know no such record: it is the program's own, or its data was removed for good."""
    return record.reserved or (record.is_deleted and desk.read.is_erased(record.id))


def exists(desk: Desk, id_: str) -> bool:
    record = desk.read.record(id_)
    return record is not None and not _is_none(desk, record)


def living(desk: Desk, id_: str) -> Record:
    """Return a record that is not in the Trash. Raises NoSuchRecord and InTrash."""
    record = get(desk, id_)
    if record.is_deleted:
        raise InTrash(title=title_or_id(desk, id_))
    return record


def shown(desk: Desk, id_: str) -> str:
    return desk.read.sames().shown(id_)


def listing(
    desk: Desk, kind: str, find: str | None = None, *, trash: bool = False, where: Mapping[str, object] | None = None
) -> list[str]:
    """Return the ids of a list in its usual order; ``page`` gives the records of a part of it.

    Args:
        desk: The workspace.
        kind: Of the records.
        find: Only those that hold these words.
        trash: Those in the Trash instead.
        where: Only those whose field has this value, or one of these.
    """
    return search.ids_by_words(desk, kind, find, order=order_of(kind_named(kind)), trash=trash, where=where)


def order_of(kind: Kind) -> str:
    own = next((name for name in NATURAL_ORDER if name in kind.fields), "")
    return own or ("sort_zh" if language() == "zh" else "sort_en")


def page(desk: Desk, kind: str, ids: Sequence[str]) -> list[Record]:
    return desk.read.page(KINDS[kind].cls, ids)


def holding(desk: Desk, kind: type[R], words: str, limit: int = 200) -> list[R]:
    """Return the living records of a kind that hold these words, best first."""
    return desk.read.page(kind, [hit.id for hit in desk.read.search(words, kinds={kind.__tablename__}, limit=limit)])


def with_derived_values(desk: Desk, page: list[Record]) -> list[Record]:
    return derived_values.with_derived(desk, page)


def add_computed_values(desk: Desk, record: Record) -> None:
    derived_values.with_computed(desk, [record])


def children(desk: Desk, id_: str, *, hidden: bool = False) -> dict[str, list[Record]]:
    """Return the parts of a record, by kind and in order; ``hidden``: those in the Trash."""
    return desk.read.all_children(id_, hidden=hidden)


def titles(desk: Desk, ids: Iterable[str], lang: str | None = None) -> dict[str, str]:
    return desk.read.titles(list(ids), lang or language())


def linked_titles(
    desk: Desk, page: Sequence[Record], fields: Iterable[KindField], lang: str | None = None
) -> dict[str, str]:
    linking = [field for field in fields if field.meta.kinds]
    links = {link for field in linking for record in page for link in field.links(getattr(record, field.name))}
    return titles(desk, links, lang) if links else {}


def title(desk: Desk, id_: str) -> str:
    return titles(desk, [id_]).get(id_, "")


def title_or_id(desk: Desk, id_: str) -> str:
    return title(desk, id_) or id_


def count(desk: Desk, kind: str, *, trash: bool = False) -> int:
    return desk.read.count(kind_named(kind).name, trash=trash)


def as_json(desk: Desk, record: Record, *, with_children: bool = False) -> dict[str, Json]:
    plain = _json(desk, record)
    if wrong := desk.read.damaged(record.id):
        plain["damaged"] = wrong
    if with_children:
        owned = children(desk, record.id, hidden=record.is_deleted)
        plain["children"] = {name: [_json(desk, child) for child in of] for name, of in owned.items()}
    return plain


def _json(desk: Desk, record: Record) -> dict[str, Json]:
    entered = record_to_json(record)
    (known,) = derived_values.with_computed(desk, [record])
    computed = {**derived_values.derived_json(desk, known), **computed_json(known, today(desk.workspace.clock))}
    return {**entered, **({"computed": computed} if computed else {})}


# -- writing --------------------------------------------------------------------------------------


def add(desk: Desk, kind: str, changes: Changes, *, id_: str = "") -> str:
    """Create a record; return its id: ``id_``, where that is given and does not follow from the values."""
    named = kind_named(kind)
    values = _new_values(desk, named, changes)
    if named.owners and not values.get("owner") and not issubclass(named.cls, Filed):
        raise UserError(
            "A record of the kind {kind} is always part of another ({owners}). "
            "Nothing was changed; name it with owner=<its id>.",
            code="owner-needed",
            kind=kind,
            owners=", ".join(named.owners),
        )
    id_ = free_id(desk, named, values, id_)
    if listed := _known(desk, id_):
        values = _new_values(desk, named, changes, listed)
    with desk.save(["record.add", {"id": id_, "kind": kind}]) as work:
        _make_named(work, changes)
        work.new(named.cls, id_, **values)
    return id_


@contextmanager
def adding(desk: Desk, kind: type[Record]) -> Iterator[tuple[Save, str]]:
    id_ = new_id()
    with desk.save(["record.add", {"kind": kind.__tablename__, "id": id_}]) as work:
        yield work, id_


def free_id(desk: Desk, kind: Kind, values: Mapping[str, Any], otherwise: str = "") -> str:
    def held(id_: str) -> Mapping[str, Any]:
        return next((vars(each) for each in desk.read.apart([id_]) if not each.is_deleted), {})

    return kind.free_id(values, held, otherwise)


def _make_named(work: Save, changes: Changes) -> None:
    for change in changes.values():
        make(work, change.made if isinstance(change, FieldChange) else ())


def make(work: Save, made: Iterable[Made]) -> None:
    for each in made:
        work.new(KINDS[each.kind].cls, each.id, **each.values)


def _known(desk: Desk, id_: str) -> Record | None:
    """Handle a derived id that exists already, such as a country or a day.

    One in the Trash is created anew; one that only the program wrote is filled. Any other is refused.
    """
    known = desk.read.record(id_)
    if known is None or known.is_deleted:
        return None
    if not desk.read.only_of_the_program(id_):
        raise UserError(
            "“{title}” is already recorded ({id}). Nothing was changed; edit that record instead.",
            code="already-recorded",
            title=title_or_id(desk, id_),
            id=id_,
        )
    return known


def edit(desk: Desk, id_: str, changes: Changes, *, seen: Seen | None = None) -> None:
    """Change fields of a record.

    Args:
        desk: The workspace.
        id_: The record.
        changes: Its fields' new values.
        seen: Heads that the editor saw; refused where somebody else changed one of these cells since.
    """
    kind = KINDS[type(get(desk, id_)).__tablename__]
    label = ["record.edit", {"id": shown(desk, id_), "kind": kind.name, "fields": []}]
    write(desk, id_, changes, label=label, seen=seen)


def write(desk: Desk, id_: str, changes: Changes, *, label: list[Any], seen: Seen | None = None) -> list[str]:
    """Change a record as ``edit`` does, under another label. Its ``fields`` are set to the changed cells, which are returned."""
    with desk.save(label) as work:
        label[1]["fields"] = change_within(desk, work, id_, changes, seen)
    return list(label[1]["fields"])


def change_within(desk: Desk, work: Save, id_: str, changes: Changes, seen: Seen | None = None) -> list[str]:
    """Change fields of a record inside a save; return the cells that will differ, as a label names them.

    Of records that are the same the one that is shown is changed. What is emptied there is emptied in the others too:
    it would only be read from them again.
    """
    kind, same = KINDS[desk.read.kind_of(id_) or ""], desk.read.sames()
    id_, seen = same.shown(id_), seen if same.shown(id_) == id_ else None
    _make_named(work, changes)
    record = work.get(kind.cls, id_)
    before = {name: getattr(record, name) for name in changes}
    values = _new_values(desk, kind, changes, record)
    work.edit(id_, values, seen)
    for other in same.of(id_)[1:]:
        beside = work.get(kind.cls, other)
        for name, value in values.items():
            setattr(beside, name, _without(getattr(beside, name), before[name], value))
    return [cell for name, value in values.items() for cell in _differing(kind.fields[name], before[name], value)]


def _without(own: Any, read: Any, value: Any) -> Any:
    """Return what a duplicate keeps saying when a value read from it is changed in the shown record."""
    if isinstance(own, Bilingual):
        gone = [lang for lang in read or () if lang not in (value or ())]
        return Bilingual({**own.cells, **{cell: None for cell in own.cells if cell.partition(".")[0] in gone}})
    return type(own)() if isinstance(own, Members) and not value else None if value is None else own


def _differing(field: KindField, old: Any, new: Any) -> list[str]:
    """Return the cells of a field that differ between two values; where no text differs, those whose state does."""
    if field.is_set or not field.type.keyed:
        return [field.name] if old != new else []
    was, now = field.type.split(old), field.type.split(new)
    keys = dict.fromkeys(key for key in (*was, *now) if was.get(key) != now.get(key))
    texts = [key for key in keys if not key.endswith(".state")]
    return [field.name + key for key in texts or (key.removesuffix(".state") for key in keys)]


def _new_values(desk: Desk, kind: Kind, changes: Changes, record: Record | None = None) -> dict[str, Any]:
    fields = {name: kind.fields[name] for name in changes}
    held = {name: getattr(record, name) if record else field.type.load(None) for name, field in fields.items()}
    return {name: _new_value(desk, fields[name], each, held[name]) for name, each in changes.items()}


def _new_value(desk: Desk, field: KindField, given: Any, current: Any) -> Any:
    """Return the new value of a field. Refuses dangling links; a local field in an unprotected workspace is refused on writing, by ``Desk``."""
    value = _applied(desk, field, given, current) if isinstance(given, FieldChange) else given
    if field.meta.kinds and value:
        there = {*(current if field.is_set else [current]), *(m.id for m in getattr(given, "made", ()))}
        _check_links(desk, field, [link for link in field.links(value) if link not in there])
    return value


def _applied(desk: Desk, field: KindField, change: FieldChange, current: Any) -> Any:
    """Return the value after a change; a link to a duplicate goes with the one that is read in its place."""
    value, same = change.apply(current), desk.read.sames()
    if not (same and field.is_set and field.meta.kinds):
        return value
    read = type(current)(map(same.shown, current))
    gone = {*read} - {*map(same.shown, change.apply(read))}
    return value.minus(*(link for link in current if same.shown(link) in gone))


def _check_links(desk: Desk, field: KindField, links: Sequence[str]) -> None:
    found = {record.id: record for record in desk.read.many(links)}
    for link in links:
        record = found.get(link)
        if record is None or _is_none(desk, record):
            raise NoSuchRecord(id=link)
        kind = type(record).__tablename__
        if "*" not in field.meta.kinds and kind not in field.meta.kinds:
            raise WRONG_KIND_LINKED(field=field.name, kinds=", ".join(field.meta.kinds), id=link, kind=kind)
        if record.is_deleted:
            raise InTrash(title=title_or_id(desk, link))


def trash(desk: Desk, *ids: str) -> None:
    for id_ in ids:
        living(desk, id_)
    with desk.save(_label("trash", ids, desk.read.kind_of(ids[0]))) as work:
        for id_ in desk.read.sames().all_of(ids):
            work.trash(id_)


def untrash(desk: Desk, *ids: str) -> None:
    for record in [get(desk, id_) for id_ in ids]:
        if not record.is_deleted:
            raise UserError(
                "“{title}” is not in the Trash. Nothing was changed.",
                code="not-in-trash",
                title=title_or_id(desk, record.id),
            )
    same = desk.read.sames()
    gone = {each.id for id_ in ids for each in desk.read.apart(same.whole(id_)) if each.is_deleted}
    with desk.save(_label("untrash", ids, desk.read.kind_of(ids[0]))) as work:
        for id_ in sorted(gone):
            work.untrash(id_)


def edited(ids: Sequence[str], kind: str, fields: list[str]) -> list[Any]:
    return _label("edit", ids, kind, fields=fields)


def _label(what: str, ids: Sequence[str], kind: str | None, **of_one: list[str]) -> list[Any]:
    if len(ids) == 1:
        return [f"record.{what}", {"id": ids[0], "kind": kind, **of_one}]
    return [f"records.{what}", {"n": len(ids), "ids": list(ids)}]


def place_after(desk: Desk, owner: str, kind: str, before: str | None) -> str:
    """Return a place in an owner's list of a kind, right after one of its records; at the beginning where none is named."""
    return _place_between(children(desk, owner)[kind], before)


def move_part(desk: Desk, id_: str, after: str | None) -> None:
    """Move a part right after another of its list, or to the beginning. Nothing is written if it stands there already."""
    record: Any = get(desk, id_)
    kind = KINDS[type(record).__tablename__]
    beside = children(desk, record.owner)[kind.name]
    ids = [each.id for each in beside]
    at = ids.index(id_)
    if after == id_ or (ids[at - 1] if at else None) == after:
        return
    place = _place_between([each for each in beside if each.id != id_], after)
    with desk.save(["record.move", {"id": id_, "kind": kind.name}]) as work:
        work.get(kind.cls, id_).pos = place


def _place_between(beside: list[Record], before: str | None) -> str:
    places = [getattr(each, "pos", None) for each in beside]
    at = next((n + 1 for n, each in enumerate(beside) if each.id == before), 0)
    return positions.between(places[at - 1] if at else None, places[at] if at < len(places) else None)


Alter = Callable[[Record, dict[str, Any]], dict[str, Any] | None]


def copy_with_parts(desk: Desk, id_: str, *, change: Alter | None = None) -> str:
    """Copy a record with its parts; return the new id. One step.

    Links between the parts lead to the new parts, links to anything else stay. What makes a record the only one of its
    kind (the code of a country, the day of an itinerary) is left out of the copy. ``change`` is given each record and the
    values of its copy, and answers with other values, or None for a part that is not copied, nor what belongs to it.
    """
    id_ = shown(desk, id_)
    record = living(desk, id_)
    made: dict[str, str] = {}
    with desk.save(["record.duplicate", {"id": id_, "kind": kind_of(record).name}]) as work:
        copies = []
        for each in _with_parts(desk, record):
            kind = kind_of(each)
            if each is not record and getattr(each, "owner", None) not in made:
                continue
            values: dict[str, Any] | None = _copied_values(kind, each, made, first=each is record)
            values = change(each, values or {}) if change else values
            if values is None:
                continue
            copy = work.new(kind.cls, None, **values)
            made[each.id] = copy.id
            copies.append((kind, copy))
        for kind, copy in copies:
            _relink(kind, copy, made)
    return made[id_]


def _with_parts(desk: Desk, record: Record) -> list[Record]:
    """Return a record and everything below it but its packs, which were printed of it alone; owners before their parts."""
    below = [part for kind, parts in children(desk, record.id).items() for part in parts if kind != Pack.__tablename__]
    return [record, *(each for part in below for each in _with_parts(desk, part))]


def _copied_values(kind: Kind, record: Record, made: dict[str, str], *, first: bool) -> dict[str, Any]:
    values = {name: getattr(record, name) for name, field in kind.fields.items() if not field.meta.local}
    if not first:
        values["owner"] = made[values["owner"]]
        return values
    values.pop("pos", None)
    own = [name for name in kind.cls.identity if name != "owner"]
    if own:
        values[own[-1]] = None
    return values


def _relink(kind: Kind, copy: Record, made: dict[str, str]) -> None:
    """Point the links of a copy at the copies of the parts they name."""
    for name, field in kind.fields.items():
        if not field.meta.kinds or field.meta.owner:
            continue
        value = getattr(copy, name)
        if field.is_set and any(member in made for member in value or ()):
            setattr(copy, name, type(value)(made.get(member, member) for member in value))
        elif not field.is_set and value in made:
            setattr(copy, name, made[value])


def warnings_of(desk: Desk, id_: str) -> list[Message]:
    record = desk.read.record(id_)
    if record is None or record.is_deleted:
        return []
    around = [each for each in _records_beside(desk, record) if not each.is_deleted]
    told, *others = with_derived_values(desk, [record, *around])
    return warnings(told, today(desk.workspace.clock), others)


def _records_beside(desk: Desk, record: Any) -> Iterator[Record]:
    visit = getattr(record, "visit", None) or getattr(record, "owner", None)
    yield from desk.read.page(Visit, [visit] if visit else [])
    if isinstance(record, Visit):
        yield from desk.read.children(record.id, Participation)
    if isinstance(record, UcapPlace) and record.owner:
        yield from desk.read.children(record.owner, UcapPlace)
    if isinstance(record, Meeting):
        yield from desk.read.listed(ItineraryItem, where={"meeting": record.id})
    if isinstance(record, ItineraryItem):
        yield from desk.read.page(Meeting, [record.meeting] if record.meeting else [])
    if number := getattr(record, "reference", None):
        yield from desk.read.listed(type(record), where={"reference": number})
