"""Tells whose data a changeset holds, as its author states: only that can ever be removed from it.

Once the data of a person is removed, hashes stand in place of the lines about them. Nobody can see from a hash what it is
that was taken out, so without more a giver could take out whatever others wrote and say that it was about somebody whose data
is gone. The header, which its author signed, says it beforehand: ``"e": {"p": "0f3a…", "<person>": [1, 3]}`` says that
lines 1 and 3 are data of that person, and of which name (the begin of its hash) the author is. What it does not list
stays. Changesets of before that have no such key; for them a complete line from anybody heals (``heal``).

Those who made a record say whose data it is, for good. What somebody writes afterwards proves nothing; otherwise anybody could put
a record of others under an invented person and have it erased with them. Where two made it without knowing of each other and
say different things, which no laptop of ours does, it is nobody's: the answer is the same on every desk, whatever arrived first.
What is said of a person as a participant belongs to a meeting or a visit, and is data of the person all the same (``about`` of a
kind); of such a record the header alone says whose it is.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache

from ucapdesk.base.grouping import grouped
from ucapdesk.base.json_text import Json
from ucapdesk.model.kind import Kind
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.store.log.changeset import OWN_LINES, Blanked, Row
from ucapdesk.store.log.log import Log
from ucapdesk.store.merge import row_state
from ucapdesk.store.merge.row_state import Held, is_of_the_log, load, load_one
from ucapdesk.store.safety.erase import name_hash

PERSON = Person.__tablename__
BEGIN = 16
"""Length of the beginning of a name's hash that a header gives."""
Place = tuple[str, str | None]
"""The kind of a record, and what it is a part of: its owner, or the person that it is about."""
Above = Callable[[Collection[str]], Mapping[str, Place]]
"""A function that returns the places of records, as far as they are known."""


def said_of(kinds: Mapping[str, Kind], person: str, rows: Sequence[Row | Blanked], above: Above) -> dict[str, Json]:
    """Return the header's statement of whose data a changeset holds.

    Args:
        kinds: All kinds.
        person: Its author.
        rows: What it writes, in order; for removed lines what is known of them.
        above: Returns the places of records beside those that it writes.
    """
    places = {id_: _place(kinds, row) for row in rows if (id_ := row[1])}
    asked = {row[1] for row in rows if may_be_personal(kinds, row[0])}
    people = people_of(kinds, asked, lambda ids: {**{i: places[i] for i in ids if i in places}, **above(ids)})
    lines = grouped((whose, n) for n, row in enumerate(rows, 1) if (whose := people.get(row[1])))
    return ({OWN_LINES: name_hash(person)[:BEGIN]} if person else {}) | lines


def _place(kinds: Mapping[str, Kind], row: Row | Blanked) -> Place:
    """``of`` of a line that was taken out is the record itself, or what it belonged to."""
    link = about(kinds, row[0]) or "owner"
    owner = row[2].get(link) if isinstance(row[2], dict) else row[2] if row[2] != row[1] else None
    return row[0], owner if isinstance(owner, str) else None


def about(kinds: Mapping[str, Kind], ent: str) -> str:
    """Return the field that names the person whose data records of a kind are; empty where that is what they belong to."""
    return kinds[ent].cls.about if ent in kinds else ""


def places(log: Log, kinds: Mapping[str, Kind], ids: Collection[str]) -> dict[str, Place]:
    """Return the kinds of records and what they are parts of, as far as they exist."""
    found = row_state.places(log.db, ids)
    held = load(log.db, [id_ for id_, (ent, _) in found.items() if about(kinds, ent)])
    return found | {id_: (row.ent, whose_data(log, kinds, row)) for id_, row in held.items()}


def records_about(log: Log, kinds: Mapping[str, Kind], person: Held) -> list[Held]:
    """Return the records that are data of a person without belonging to them."""
    found: set[str] = set()
    for name in kinds if person.ent == PERSON else ():
        if field := about(kinds, name):
            found.update(id_ for (id_,) in log.db.execute(_LINKED.format(name, field), (person.id,)).fetchall())
    return [row for row in load(log.db, found).values() if whose_data(log, kinds, row) == person.id]


_LINKED = """SELECT k.id FROM "{0}" k JOIN sync_row r ON r.id = k.id
    JOIN sync_changeset c ON c.n = (SELECT min(n) FROM sync_touch WHERE row = r.n)
    WHERE k."{1}" = ? OR json_array(c.dev, c.seq) IS NOT r.heads -> '$.{1}'"""
"""Records that name a person now, and those of which the link was changed after they were made."""


def people_of(kinds: Mapping[str, Kind], ids: Collection[str], above: Above) -> dict[str, str]:
    """Return the person whose data each of these records is, if any."""
    places: dict[str, Place] = {}
    todo = set(ids)
    while todo:
        found = above(todo)
        places |= found
        todo = {owner for ent, owner in found.values() if owner and ent != PERSON} - places.keys()
    return {id_: person for id_ in ids if (person := _at_the_top(kinds, id_, places))}


def _at_the_top(kinds: Mapping[str, Kind], id_: str, places: Mapping[str, Place]) -> str | None:
    done = set[str]()
    at: str | None = id_
    while at and at in places and at not in done:
        ent, owner = places[at]
        if ent == PERSON:
            return at
        done.add(at)
        at = owner if owner and owner in places and fits(kinds, ent, places[owner][0]) else None
    return None


Claims = set[str | None]
"""Whose data a record is, as each says who made it without knowing of the others; None stands for nobody's."""


def whose_data(log: Log, kinds: Mapping[str, Kind], row: Held) -> str | None:
    """Return the person whose data a record is; None if it is nobody's, or if those who made it do not agree."""
    return agreed(claims(log, kinds, row))


def agreed(said: Claims) -> str | None:
    """Return the one who is named; None where that is nobody, or several."""
    return next(iter(said)) if len(said) == 1 else None


def claims(
    log: Log,
    kinds: Mapping[str, Kind],
    row: Held,
    past: Mapping[int, int] | None = None,
    known: dict[str, Claims] | None = None,
) -> Claims:
    """Return whose data a record is.

    Args:
        log: Where it stands.
        kinds: All kinds.
        row: The record.
        past: Only what this vector covers counts.
        known: The claims found so far, as long as nothing is written.
    """
    known = {} if known is None else known
    way = {row.id: row}
    while way:
        at = next(reversed(way.values()))
        said, above = _said(log, kinds, at, past)
        if todo := next((each for each in above if each.id not in known and each.id not in way), None):
            way[todo.id] = todo
        else:
            known[at.id] = said | {agreed(known.get(each.id, set())) for each in above}  # in a circle it is nobody's
            del way[at.id]
    return known[row.id]


def _said(log: Log, kinds: Mapping[str, Kind], row: Held, past: Mapping[int, int] | None) -> tuple[Claims, list[Held]]:
    """Return the people whom those name who made a record, None for nobody, and the records under which others of them put it."""
    people, above = Claims(), list[Held]()
    for changeset in log.first(row.n, row.id, past):
        for (ent, _, said), listed in changeset.owned_lines_of(row.id):
            if is_of_the_log(ent):
                continue
            if ent == PERSON:
                people.add(row.id)
            elif isinstance(said, str):
                people.add(said or None)
            elif listed:
                people.add(listed)
            elif changeset.whose is None and (owner := _owner(log, kinds, ent, said)):
                above.append(owner)
            else:
                people.add(None)
    return people, above


def _owner(log: Log, kinds: Mapping[str, Kind], ent: str, cells: Mapping[str, Json]) -> Held | None:
    """Return the record under which a line puts another one."""
    owner = cells.get("owner")
    above = load_one(log.db, owner) if isinstance(owner, str) and not about(kinds, ent) else None
    return above if above and fits(kinds, ent, above.ent) else None


def fits(kinds: Mapping[str, Kind], ent: str, owner: str) -> bool:
    """Return whether a record of one kind can belong to one of another; always for an unknown kind."""
    kind = kinds.get(ent)
    return kind is None or not {owner, "*"}.isdisjoint(kind.holders)


def may_be_personal(kinds: Mapping[str, Kind], ent: str) -> bool:
    """Return whether records of a kind can be a person's data at all."""
    if ent not in kinds:
        return not is_of_the_log(ent)
    return ent in _personal(tuple((name, kind.holders) for name, kind in kinds.items()))


@lru_cache(maxsize=4)
def _personal(holders: tuple[tuple[str, tuple[str, ...]], ...]) -> frozenset[str]:
    found, before = {PERSON}, 0
    while len(found) > before:
        before = len(found)
        found |= {name for name, above in holders if "*" in above or not found.isdisjoint(above)}
    return frozenset(found)
