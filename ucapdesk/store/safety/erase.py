"""Removing a person's data for good: the one thing that destroys. Every desk that hears of it does the same.

The author's lines about the record are replaced by their hashes, so the chain of the log still holds; its columns,
its place in searches and the name of that person as an author go too. It wins over everything, also over what was
written elsewhere at the same time.

**Whose data a changeset holds** its author states: only that can ever be removed from it. Once the data of a person is removed,
hashes stand in place of the lines about them. Nobody can see from a hash what it is
that was taken out, so without more a giver could take out whatever others wrote and say that it was about somebody whose data
is gone. The header, which its author signed, says it beforehand: ``"e": {"p": "0f3a…", "<person>": [1, 3]}`` says that
lines 1 and 3 are data of that person, and of which name (the begin of its hash) the author is. What it does not list
stays. Changesets of before that have no such key; for them a complete line from anybody heals (``Healing``).

Those who made a record say whose data it is, for good. What somebody writes afterwards proves nothing; otherwise anybody could put
a record of others under an invented person and have it erased with them. Where two made it without knowing of each other and
say different things, which no laptop of ours does, it is nobody's: the answer is the same on every desk, whatever arrived first.
What is said of a person as a participant belongs to a meeting or a visit, and is data of the person all the same (``about`` of a
kind); of such a record the header alone says whose it is.

**Which records go, and whether a removal may come in**, depends only on which changesets are held, never on the order in which they
came, or two laptops that took them in differently would show different things, and refuse one another's packages for ever:

- A line goes when its header lists it under somebody removed; a record goes as a whole when all who made it without knowing
  of each other say that it is theirs (``claims``). Else it stays, with what its other lines say. Of changesets of
  before, whose headers say nothing, only lines that make a person go for themselves.
- A removal comes in where one of those who made the record, as far as the author had seen, says that it is a removed person's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from ucapdesk.base.grouping import grouped
from ucapdesk.base.json_text import Json, dumps
from ucapdesk.model.kind import Kind
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.store.log.changeset import (
    OWN_LINES,
    Blanked,
    Changeset,
    Row,
    pack,
    parse_body,
    person_of,
    read_line,
    unpack,
    without_person,
)
from ucapdesk.store.log.changeset import blank as blank_line
from ucapdesk.store.log.log import Dot, Forgotten, Log
from ucapdesk.store.merge import row_state
from ucapdesk.store.merge.resolve import unseen
from ucapdesk.store.merge.row_state import ERASED, ERASED_HEADS, Heads, Held, is_of_the_log, load, load_one

WORDS_OF_A_NAME = 5
NO_LEFTOVERS = "no leftovers"  # The mark of a workspace without remains of removed data
DISPUTED = "disputed"  # The note of the records that stay although their removal was asked for


def name_hash(name: str) -> str:
    """Return the hash that stands for a person's name once the name is removed."""
    return hashlib.sha256(" ".join(name.split()).casefold().encode()).hexdigest()


def holds_a_name(text: str, names: Collection[str]) -> bool:
    """Return whether words of a text, such as a file name, have one of these hashes."""
    words = re.findall(r"[^\W_]+", text) if names else []
    parts = (words[at : at + n] for at in range(len(words)) for n in range(1, WORDS_OF_A_NAME + 1))
    return any(name_hash(" ".join(part)) in names for part in parts)


def erased_names(log: Log) -> Collection[str]:
    return forgotten(log).asked.keys()


def forgotten(log: Log) -> Forgotten:
    if log.forgotten is None:
        log.forgotten = Forgotten(log.laptop)
        asking = {
            n: (dot, vv, changeset)
            for (row,) in log.db.execute("SELECT n FROM sync_row WHERE heads LIKE ?", (ERASED_HEADS,)).fetchall()
            for n, dot, vv, changeset in log.touching(row)
        }
        for _, (dot, vv, changeset) in sorted(asking.items()):
            for ent, id_, cells in changeset.rows:
                if ent == ERASED and (names := names_in(cells)):
                    log.forgotten.note(dot, log.vector_of(vv), id_, names)
    return log.forgotten


def names_in(cells: Mapping[str, Json]) -> set[str]:
    """Return the hashes of names that a row of the log asks to be forgotten."""
    names = cells.get("names")
    return {each for each in names if isinstance(each, str)} if isinstance(names, list) else set()


def without_name(changeset: Changeset, gone: Forgotten, ord_: int) -> Changeset:
    """Return a changeset of a device as it is kept: without its author's name where that is forgotten."""
    if not (gone.asked and changeset.person and gone.covers(ord_, name_hash(changeset.person))):
        return changeset
    lines = [without_person(changeset.lines[0]), *changeset.lines[1:]]
    return parse_body("\n".join(lines), changeset.device)


class BlankedWithoutErasing(Exception):
    """Lines were removed from a log without a signed request."""


class ErasesOthers(Exception):
    """The removal covers something that is neither a person nor shown to be part of a removed one."""

    def __init__(self, kind: str, id_: str) -> None:
        super().__init__(kind, id_)
        self.kind, self.id = kind, id_


@dataclass(slots=True)
class Removals:
    """The contents removed from changesets, and whether all of it was asked for."""

    # The people whose lines were removed: according to the header, or else to whoever removed them.
    people: set[str] = field(default_factory=set)
    # The beginnings of the hashes of removed names; None where the header does not give it.
    names: set[str | None] = field(default_factory=set)

    def note(self, changeset: Changeset) -> None:
        self.people.update(of for _, _, of in changeset.blanked)
        if changeset.nameless:
            self.names.add(None if changeset.whose is None else str(changeset.whose.get(OWN_LINES, "none was there")))

    def were_asked(self, log: Log) -> bool:
        return are_erased(log.db, self.people) and self.names_were_asked(erased_names(log))

    def names_were_asked(self, erased: Collection[str]) -> bool:
        return all(any(each.startswith(name or "") for each in erased) for name in self.names)


def are_erased(db: Any, ids: Collection[str]) -> bool:
    return len(asked_for(db, ids)) == len(ids)


def asked_for(db: Any, ids: Collection[str]) -> set[str]:
    """Return the records among these whose removal was asked for."""
    said = (
        f"""SELECT id FROM sync_row WHERE id IN (SELECT value FROM json_each(?)) AND heads ->> '$."{ERASED}"[0]' > 0"""
    )
    return {id_ for (id_,) in db.execute(said, (dumps([*ids]),))} | disputed(db).intersection(ids) if ids else set()


def disputed(db: Any) -> set[str]:
    """Return the records that stay although their removal was asked for: others made them as something else than a person."""
    found = db.execute("SELECT v FROM sync_meta WHERE k = ?", (DISPUTED,)).fetchone()
    return {*read_line(found[0])} if found else set()


def dispute(db: Any, ids: Collection[str]) -> None:
    db.execute("INSERT OR REPLACE INTO sync_meta VALUES(?, ?)", (DISPUTED, dumps(sorted({*ids} | disputed(db)))))


def blank(log: Log, rows: Collection[Held], parts: Mapping[str, Mapping[int, str]]) -> set[str]:
    """Remove lines about records, and forgotten names, from the log. Return the hashes of the files named there.

    Args:
        log: Where they stand.
        rows: The records that go as a whole.
        parts: Of records that stay, the lines that go: by the place of the changeset, whose they are.
    """
    files: set[str] = set()
    ids = {row.id: row.owner or row.id for row in rows}
    touched = log.db.execute(
        "SELECT DISTINCT c.n, c.body FROM sync_touch t JOIN sync_changeset c ON c.n = t.n"
        " WHERE t.row IN (SELECT value FROM json_each(?)) OR c.n IN (SELECT value FROM json_each(?))",
        (dumps([row.n for row in rows]), dumps(sorted({n for some in parts.values() for n in some}))),
    ).fetchall()
    gone = cache(lambda person: are_erased(log.db, [person]))
    written = []
    for n, body in touched:
        of_parts = {id_: some[n] for id_, some in parts.items() if n in some}
        written.append((pack(_rewritten(unpack(body), {**ids, **of_parts}, gone, files)), n))
    log.db.executemany("UPDATE sync_changeset SET body = ? WHERE n = ?", written)
    _forget_authors(log)
    log.drop_read()
    return files


def _rewritten(lines: list[str], ids: Mapping[str, str], gone: Callable[[str], bool], files: set[str]) -> list[str]:
    """Return the lines of a changeset without what is said of these records where it is data of somebody who is ``gone``."""
    whose = read_line(lines[0]).get("e")

    def may_go(n: int) -> bool:
        person = person_of(whose, n) if whose is not None else None
        return whose is None or bool(person and gone(person))

    rest = enumerate(lines[1:], 1)
    return [lines[0], *(_blanked(line, ids, files) if may_go(n) else line for n, line in rest)]


def _blanked(line: str, ids: Mapping[str, str], files: set[str]) -> str:
    row = read_line(line)
    if isinstance(row, dict) and row["i"] in ids:
        return dumps({**row, "of": ids[row["i"]]})  # taken out before with something else
    if not isinstance(row, list) or is_of_the_log(row[0]) or row[1] not in ids:
        return line
    files.update(str(value["sha256"]) for value in row[2].values() if isinstance(value, dict) and value.get("sha256"))
    return blank_line(line, (row[0], row[1], row[2]), ids[row[1]])


def _forget_authors(log: Log) -> None:
    gone = forgotten(log)
    said = log.db.execute("SELECT DISTINCT dev, person FROM sync_changeset WHERE person <> ''").fetchall()
    for dev, name in said if gone.asked else ():
        if not gone.covers(dev, name_hash(name)):
            continue
        query = "SELECT n, body FROM sync_changeset WHERE dev = ? AND person = ?"
        for n, body in log.db.execute(query, (dev, name)).fetchall():
            lines = unpack(body)
            changed = pack([without_person(lines[0]), *lines[1:]])
            log.db.execute("UPDATE sync_changeset SET person = '', body = ? WHERE n = ?", (changed, n))
        log.db.execute("UPDATE sync_device SET person = '' WHERE ord = ? AND person = ?", (dev, name))


def empty(db: Any, kinds: Mapping[str, Kind], rows: Iterable[Held]) -> None:
    """Reduce these records to their ids in their tables, so that links to them still find a row."""
    for row in rows:
        db.execute("DELETE FROM sync_conflict WHERE row = ?", (row.n,))
        db.execute("DELETE FROM draft WHERE instr(id, ?)", (row.id,))  # also what was typed for a new part of it
        if kind := kinds.get(row.ent):
            nothing = ", ".join(f'"{name}" = NULL' for name in kind.fields)
            db.execute(f'INSERT INTO "{row.ent}"(id) VALUES(?) ON CONFLICT(id) DO NOTHING', (row.id,))
            db.execute(f'UPDATE "{row.ent}" SET is_deleted = 1, {nothing} WHERE id = ?', (row.id,))


PERSON = Person.__tablename__
BEGIN = 16  # Length of the beginning of a name's hash that a header gives
# The kind of a record, and what it is a part of: its owner, or the person that it is about.
Place = tuple[str, str | None]
# A function that returns the places of records, as far as they are known.
Above = Callable[[Collection[str]], Mapping[str, Place]]


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
    found: set[str] = set()
    for name in kinds if person.ent == PERSON else ():
        if field := about(kinds, name):
            found.update(id_ for (id_,) in log.db.execute(_LINKED.format(name, field), (person.id,)).fetchall())
    return [row for row in load(log.db, found).values() if whose_data(log, kinds, row) == person.id]


# Records that name a person now, and those of which the link was changed after they were made.
_LINKED = """SELECT k.id FROM "{0}" k JOIN sync_row r ON r.id = k.id
    JOIN sync_changeset c ON c.n = (SELECT min(n) FROM sync_touch WHERE row = r.n)
    WHERE k."{1}" = ? OR json_array(c.dev, c.seq) IS NOT r.heads -> '$.{1}'"""


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


# Whose data a record is, as each says who made it without knowing of the others; None stands for nobody's.
Claims = set[str | None]


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


@dataclass(slots=True)
class RemovalJudge:
    """The removals of what is taken in at once.

    Attributes:
        proven: Whether only people and what is shown to be part of them may be removed for good. Not asked of what is here
            already: an earlier version took it in.
        removals: What was taken out of lines before they came.
        heads: Of each record of which a line asks for the removal, the heads of that.
        new: The records whose removal is asked for the first time.
    """

    log: Log
    kinds: Mapping[str, Kind]
    proven: bool
    removals: Removals = field(default_factory=Removals)
    heads: dict[str, Heads] = field(default_factory=dict)
    new: set[str] = field(default_factory=set)
    # Records of which lines were taken out that nobody signed as somebody's.
    unsigned: set[str] = field(default_factory=set)
    _gone: set[str] = field(default_factory=set)
    _asked: list[tuple[Held, Claims]] = field(default_factory=list)
    _pasts: dict[Dot, dict[int, int]] = field(default_factory=dict)

    def look_up(self, changesets: Iterable[Changeset]) -> None:
        """Find out who is removed of those that headers name."""
        people = {person for changeset in changesets for person in _people_in(changeset)}
        self._gone |= asked_for(self.log.db, people)

    def ask(self, row: Held, dot: Dot, seen: Mapping[int, int]) -> None:
        before = self.heads.get(row.id, row.heads.get(ERASED, []))
        self.heads[row.id] = [*unseen(before, dot, seen), *dot]
        self._gone.add(row.id)
        if not row.heads.get(ERASED):  # also one that went with somebody else
            self.new.add(row.id)

    def is_gone(self, person: str | None) -> bool:
        return person is not None and (person in self._gone or are_erased(self.log.db, [person]))

    def names_gone(self, changeset: Changeset) -> bool:
        """Return whether lines of a changeset that was looked up are data of somebody removed."""
        return not self._gone.isdisjoint(_people_in(changeset))

    def lines_gone(self, changeset: Changeset, id_: str) -> bool:
        return any(_line_owner(changeset, *each) in self._gone for each in changeset.owned_lines_of(id_))

    def check(self, row: Held, dot: Dot) -> None:
        """Check a removal of a record, or of a line of it, by what its author had seen; also where it is removed already.

        Raises ErasesOthers where nobody says that it is a person or a part of one.
        """
        if not self.proven:
            return
        if dot not in self._pasts:
            self._pasts[dot] = self.log.whole_past(dot)
        people = claims(self.log, self.kinds, row, self._pasts[dot]) - {None}
        if not people:
            raise ErasesOthers(row.ent, row.id)
        self._asked.append((row, people))

    def check_all(self) -> None:
        """Check, when all is taken in, that the people were removed as well. Raises BlankedWithoutErasing or ErasesOthers."""
        if not self.removals.were_asked(self.log):
            raise BlankedWithoutErasing
        gone = asked_for(self.log.db, {str(person) for _, people in self._asked for person in people})
        for row, people in self._asked:
            if gone.isdisjoint(people):
                raise ErasesOthers(row.ent, row.id)

    def goes(self, row: Held, top: str, known: dict[str, Claims]) -> str | None:
        """Return with whom a record goes as a whole: itself where that was asked for; None if it stays.

        Args:
            row: The record.
            top: What it belongs to, if that is nobody's and goes all the same (``top_of``), or nothing.
            known: The claims found so far.
        """
        said = claims(self.log, self.kinds, row, known=known)
        if len(said) > 1:
            return None
        if self.asks_for(row):
            return row.id
        person = agreed(said)
        return person if self.is_gone(person) else top or None

    def asks_for(self, row: Held) -> bool:
        return row.id in self.heads or bool(row.heads.get(ERASED))

    def top_of(self, row: Held, person: str, known: dict[str, Claims]) -> str:
        """Return with what the parts of a record that goes with a person go, although they are nobody's: an earlier version did so."""
        return "" if self.proven or agreed(known[row.id]) else person

    def concerned(self) -> Iterator[Held]:
        """Yield the records of which a line may be data of those whose removal is new: as headers say, or by what they belonged to."""
        unsigned = dict[str, Json]()
        found = {*self.unsigned}
        for changeset in self.log.naming(self.new):
            lines: list[Row | Blanked] = [*changeset.rows, *changeset.blanked]
            for _, id_, said in lines:
                if any(person in self.new for _, person in changeset.owned_lines_of(id_)):
                    found.add(id_)
                elif changeset.whose is None and not isinstance(said, str) and "owner" in said:
                    unsigned.setdefault(id_, said["owner"])
        for row in load(self.log.db, {*found, *unsigned}).values():
            if row.id in found or row.owner != unsigned[row.id]:  # else it is found with that
                yield row

    def lines_of_gone(self, row: Held) -> dict[int, str]:
        """Return the lines about a record that are still there and go, though it stays: by place in the log, whose they are."""
        return {
            n: person
            for n, _, _, changeset in self.log.touching(row.n)
            for line, listed in changeset.owned_lines_of(row.id)
            if not isinstance(line[2], str) and self.is_gone(person := _line_owner(changeset, line, listed)) and person
        }


def _people_in(changeset: Changeset) -> Collection[str]:
    """Return whose data lines of a changeset are, as its header says; where it says nothing, people alone are known."""
    if changeset.whose is not None:
        return changeset.whose.keys() - {OWN_LINES}
    return {id_ for ent, id_, _ in changeset.rows if ent == PERSON}


def _line_owner(changeset: Changeset, line: Row | Blanked, listed: str | None) -> str | None:
    """Return whose data a line is for itself, whatever its record is."""
    ent, id_, _ = line
    if is_of_the_log(ent) or changeset.whose is not None:
        return None if is_of_the_log(ent) else listed
    return id_ if ent == PERSON else None
