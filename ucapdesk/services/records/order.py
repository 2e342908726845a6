"""The order of a record's parts: agenda items, minutes, programme items."""

from __future__ import annotations

from typing import Any

from ucapdesk.model.kinds import KINDS
from ucapdesk.model.record import Record
from ucapdesk.services.records.records import children, get
from ucapdesk.store.desk import Desk
from ucapdesk.store.merge import positions


def place_after(desk: Desk, owner: str, kind: str, before: str | None) -> str:
    """Return a place in an owner's list of a kind, right after one of its records; at the beginning where none is named."""
    return _between(children(desk, owner)[kind], before)


def move(desk: Desk, id_: str, after: str | None) -> None:
    """Move a part right after another of its list, or to the beginning. Nothing is written if it stands there already."""
    record: Any = get(desk, id_)
    kind = KINDS[type(record).__tablename__]
    beside = children(desk, record.owner)[kind.name]
    ids = [each.id for each in beside]
    at = ids.index(id_)
    if after == id_ or (ids[at - 1] if at else None) == after:
        return
    place = _between([each for each in beside if each.id != id_], after)
    with desk.save(["record.move", {"id": id_, "kind": kind.name}]) as work:
        work.get(kind.cls, id_).pos = place


def _between(beside: list[Record], before: str | None) -> str:
    places = [getattr(each, "pos", None) for each in beside]
    at = next((n + 1 for n, each in enumerate(beside) if each.id == before), 0)
    return positions.between(places[at - 1] if at else None, places[at] if at < len(places) else None)
