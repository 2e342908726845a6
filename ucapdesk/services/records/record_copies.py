"""Duplicates a record with all its parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ucapdesk.model.kind import Kind
from ucapdesk.model.kinds.paper_kinds import Pack
from ucapdesk.model.record import Record
from ucapdesk.model.serialize import kind_of
from ucapdesk.services.records.records import children, living, shown
from ucapdesk.store.desk import Desk

Alter = Callable[[Record, dict[str, Any]], dict[str, Any] | None]


def duplicate(desk: Desk, id_: str, *, change: Alter | None = None) -> str:
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
            values: dict[str, Any] | None = _values(kind, each, made, first=each is record)
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


def _values(kind: Kind, record: Record, made: dict[str, str], *, first: bool) -> dict[str, Any]:
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
