"""Removal of a person's data for good, on every desk, and a list of records where the name still stands."""

from __future__ import annotations

from collections.abc import Sequence

from ucapdesk.base.errors import UserError
from ucapdesk.base.json_text import Json
from ucapdesk.model.kinds import LISTED
from ucapdesk.model.kinds.people import Person
from ucapdesk.model.record import Record
from ucapdesk.services import records, views
from ucapdesk.store.desk import Desk
from ucapdesk.store.erase import name_hash
from ucapdesk.store.held import ERASED, below, load_one
from ucapdesk.store.old_labels import to_be_asked
from ucapdesk.store.whose import PERSON

MOST = 200
"""Maximum number of records of one kind that are named because they still hold a name."""


class NotAPerson(UserError):
    """The record is no person: only people are erased; everything else has the Trash."""

    sentence = (
        "Only the data of a person can be removed for good. Nothing was changed; move other records to the Trash."
    )


class NameNotConfirmed(UserError):
    """The typed text is not one of the person's names."""

    sentence = (
        "The name typed is not that of this person ({name}). Nothing was removed; type it exactly to remove all data."
    )


def names_of(person: Record) -> list[str]:
    """Return every name of a person."""
    said = [person.name, person.name_han] if isinstance(person, Person) else []
    found = [str(name) for name in said if name]
    found += [person.name_han.joined] if isinstance(person, Person) and person.name_han else []
    latin = person.name if isinstance(person, Person) else None
    if latin and latin.family and latin.given:
        found += [f"{latin.given} {latin.family}", f"{latin.family} {latin.given}"]
    return [*dict.fromkeys(filter(None, found))]


def erase(desk: Desk, id_: str, confirm: str, *, initiator: object = None) -> list[str]:
    """Remove a person's data for good, here and with the next package everywhere.

    Returns the records whose own texts still hold the name.

    Args:
        desk: The workspace.
        id_: The person.
        confirm: One of the person's names, typed.
        initiator: Handed on to listeners.

    Raises:
        NotAPerson, NameNotConfirmed, NoSuchRecord: With nothing removed.
    """
    person = records.get(desk, id_)
    if not isinstance(person, Person):
        raise NotAPerson
    whole = desk.read.sames().whole(id_)  # also duplicates of the same person under another id
    names = [*dict.fromkeys(name for each in (person, *desk.read.apart(whole)) for name in names_of(each))]
    if name_hash(confirm) not in {name_hash(name) for name in names}:
        raise NameNotConfirmed(name=names[0] if names else id_)
    with desk.save(["erase", {}], initiator=initiator) as work:
        for each in whole:
            work.rows(
                [
                    (ERASED, id_, _said(desk, id_, kind, names if kind == PERSON else []))
                    for id_, kind in _parts(desk, each)
                ]
            )
    families = [person.name.family] if person.name and person.name.family else []
    views.forget_names(desk, [*names, *families])
    return mentions(desk, names)


def _said(desk: Desk, id_: str, kind: str, names: Sequence[str]) -> dict[str, Json]:
    """What the log says with the removal of a record: hashes of names, and of labels without the names of files."""
    row = load_one(desk.db, id_)
    labels: list[Json] = [*to_be_asked(desk.log, row)] if row else []
    hashes: list[Json] = sorted(map(name_hash, names))
    return {"kind": kind, **({"names": hashes} if kind == PERSON else {}), **({"labels": labels} if labels else {})}


def _parts(desk: Desk, id_: str) -> list[tuple[str, str]]:
    """Return everything that belongs to a record, at any depth."""
    row = load_one(desk.db, id_)
    todo, found = [row] if row else [], {id_: PERSON}
    while todo:
        new = [part for part in below(desk.db, todo.pop()) if part.id not in found]
        found |= {part.id: part.ent for part in new}
        todo += new
    return [*found.items()]


def mentions(desk: Desk, names: list[str]) -> list[str]:
    """Return the records whose own texts hold one of these names."""
    found = (id_ for name in names for kind in LISTED for id_ in records.listing(desk, kind, find=name)[:MOST])
    return [*dict.fromkeys(found)]
