"""Removal of a person's data for good, on every desk, and a list of records where the name still stands.

A laptop that did not know of a removal may have linked participants to and from that person meanwhile. Each laptop
sets right its own links alone: else whoever links others to an invented person, and removes that one, would have
every laptop empty them.

A person is erased from the command line alone. Retention only says whose time is over. The empty row stays; texts
that say the name are listed (``mentions``).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain

from ucapdesk.base.errors import UserError
from ucapdesk.base.fold import fold, fold_accents
from ucapdesk.base.i18n import language, ntr, tr
from ucapdesk.base.ids import derived_id, new_id
from ucapdesk.base.json_text import Json
from ucapdesk.model.kinds import LISTED
from ucapdesk.model.kinds.people_kinds import Person, families_of, names_of
from ucapdesk.model.record import Record
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.values import Bilingual
from ucapdesk.services.records import draft_texts, lists, records
from ucapdesk.store.desk import Desk
from ucapdesk.store.log.changeset import Row, read_line, unpack
from ucapdesk.store.merge.row_state import (
    ERASED,
    ERASED_HEADS,
    MEMBER,
    TRASHED,
    Held,
    below,
    dots,
    erased_ids,
    load,
    load_one,
)
from ucapdesk.store.outcomes import Outcome
from ucapdesk.store.read.titles import titles
from ucapdesk.store.refusals import InTrash, NoSuchRecord
from ucapdesk.store.safety.erase import PERSON, about, forgotten, name_hash, places, records_about, whose_data
from ucapdesk.store.save import Save
from ucapdesk.store.workspace.identity import Identity

_WORD = re.compile(r"\w+")
_Said = tuple[str, str | None, str | None]  # A record about a person: its id, whom it names now, and whose data it is


class NotAPerson(UserError):
    """The record is no person: only people are erased; everything else has the Trash."""

    sentence = (
        "Only the data of a person can be removed for good. Nothing was changed; move other records to the Trash."
    )


def all_names(desk: Desk, id_: str) -> list[str]:
    """Return everything that a person is called, also in what was recorded of them twice. Raises NotAPerson, NoSuchRecord."""
    person = records.get(desk, id_)
    if not isinstance(person, Person):
        raise NotAPerson
    whole = desk.read.sames().whole(id_)
    return [*dict.fromkeys(name for each in (person, *desk.read.apart(whole)) for name in names_of(each))]


def erase(desk: Desk, id_: str, confirm: str) -> list[str]:
    """Remove a person's data for good, here and with the next package everywhere.

    Returns the records whose own texts still hold the name.

    Args:
        desk: The workspace.
        id_: The person.
        confirm: One of the person's names, typed.

    Raises:
        NotAPerson, NameNotConfirmed, NoSuchRecord: With nothing removed.
    """
    names, person = all_names(desk, id_), records.get(desk, id_)
    whole = desk.read.sames().whole(id_)  # also duplicates of the same person under another id
    if name_hash(confirm) not in {name_hash(name) for name in names}:
        raise UserError(
            "The name typed is not that of this person ({name}). Nothing was removed; type it exactly to remove all data.",
            code="name-not-confirmed",
            name=names[0] if names else id_,
        )
    said = _about(desk, whole)
    left, of_others = _kept(said, whole), _of_others(desk, said, whole, names)
    for each in left:  # before the rest, which may be cut off
        draft_texts.drop(desk, each)
    lists.forget_names_in_views(desk, [*names, *families_of(person)])
    with desk.save(["erase", {}]) as work:
        for other in of_others:
            make_again(desk, work, other)
        work.rows([emptied(row) for row in load(desk.db, left).values()])
        for each in whole:
            work.rows([(ERASED, id_, _said(kind, names)) for id_, kind in _parts(desk, each)])
    return mentions(desk, names)


def kept_in_history(desk: Desk, id_: str) -> list[str]:
    """Return what is said of a person, as a participant for example, and cannot be erased: it goes to the Trash, emptied.

    Nothing signed says that it is data of that person: it was linked later, or written by an earlier version.
    """
    whole = desk.read.sames().whole(id_)
    return _kept(_about(desk, whole), whole)


def _kept(said: Iterable[_Said], whole: Collection[str]) -> list[str]:
    return [each for each, now, of in said if now in whole and of not in whole]


def records_about_them(desk: Desk, id_: str) -> list[str]:
    """Return the records that say or said something of a person, as a participant for example, also those in the Trash."""
    whole = desk.read.sames().whole(id_)
    with desk.alone():
        return [each for each, *_ in _about(desk, whole)]


def _of_others(desk: Desk, said: Iterable[_Said], whole: Collection[str], names: Sequence[str]) -> list[Record]:
    """Return the records that were made for a person who is erased, and name somebody else now: these get one of their own."""
    others = {each: now for each, now, of in said if of in whole and now not in whole}
    found = [record for record in desk.read.many([*others]) if not record.is_deleted]
    return [record for record in found if others[record.id] or names_another(record, names)]


def names_another(record: Record, names: Collection[str]) -> bool:
    """Return whether a record names somebody by a text, which does not hold one of these names."""
    text = _words(*(getattr(record, "free_name", None) or Bilingual()).values())
    return bool(text) and not any(_words(name) <= text for name in names)


def _about(desk: Desk, whole: Collection[str]) -> list[_Said]:
    kinds = desk.merge.kinds
    links = {name: link for name in kinds if (link := about(kinds, name))}
    said = (desk.db.execute(f'SELECT id, "{link}" FROM "{name}"').fetchall() for name, link in links.items())
    named = dict(chain.from_iterable(said))
    concerned = {id_ for id_, person in named.items() if person in whole}
    for person in load(desk.db, whole).values():
        concerned |= {row.id for row in records_about(desk.log, kinds, person)}
    whose = places(desk.log, kinds, concerned)
    return [(id_, named.get(id_), whose[id_][1]) for id_ in sorted(concerned)]


def again_id(other: Record) -> str:
    """Return under which id a record is made again, on every laptop that removes the first."""
    return derived_id(other.id, "again")


def make_again(desk: Desk, work: Save, other: Record) -> str:
    held = load_one(desk.db, again_id(other))
    taken = held and (held.ent != other.__tablename__ or ERASED in held.heads)  # by whoever wants no removal here
    values = {name: getattr(other, name) for name in kind_of(other).fields}
    return work.new(type(other), new_id() if taken else again_id(other), **values).id


def emptied(row: Held) -> Row:
    """Return the cells that leave nothing in a record but its place, and move it to the Trash."""
    return row.ent, row.id, {**dict.fromkeys(row.heads.keys() - {"owner", "pos"}), TRASHED: 1}


def agree(desk: Desk) -> bool:
    """Ask for the names of authors to be forgotten as others asked, and say whether there were any.

    A name goes once more than half of the laptops have asked (``store/log/log.py``); this is the word of this one.
    """
    gone, me = forgotten(desk.log), desk.me().device_id
    written = {name_hash(name) for (name,) in desk.db.execute("SELECT DISTINCT person FROM sync_changeset").fetchall()}
    rows = [
        (ERASED, record, {"kind": "person", "names": [name]})
        for name, marks in sorted(gone.asked.items())
        if name in written - gone.everywhere and me not in {desk.log.laptop(by) for by, _ in marks}
        for record in sorted(set(marks.values()))[:1]
    ]
    if rows:
        with desk.save(["erase", {}]) as work:
            work.rows(rows)
    return bool(rows)


def say_removal(people: Sequence[str], authors: Sequence[str]) -> str:
    """Return what somebody must agree to before it is done: whose data would go for good, and which authors' names."""
    return "\n\n".join(_of_removal(people, authors))


def _of_removal(people: Sequence[str], authors: Sequence[str]) -> Iterator[str]:
    comma = tr("log", ", ")
    if people:
        yield ntr(
            "exchange",
            "This removes all data of {n} person for good, here too: {names}. It cannot be undone.",
            "This removes all data of {n} people for good, here too: {names}. It cannot be undone.",
            len(people),
            names=comma.join(people),
        )
    if len(people) > 1:
        yield tr("exchange", "This concerns more than one person: call the sender, and ask whether it is intended.")
    if authors:
        yield tr(
            "exchange",
            "It asks that these people are no longer named as authors: {names}. Receiving it means "
            "agreeing; it takes effect once more than half of all laptops agree.",
            names=comma.join(authors),
        )


def stays_as_author(desk: Desk, names: Collection[str]) -> list[str]:
    """Return which of these names still stand beside what their bearers wrote, until more laptops have agreed."""
    hashes = {name_hash(name) for name in names}
    written = [name for (name,) in desk.db.execute("SELECT DISTINCT person FROM sync_changeset").fetchall()]
    return [name for name in written if name and name_hash(name) in hashes]


def _said(kind: str, names: Sequence[str]) -> dict[str, Json]:
    """Return what the log says with the removal of a record; of a person also the hashes of the names."""
    hashes: dict[str, Json] = {"names": sorted(map(name_hash, names))} if kind == PERSON else {}
    return {"kind": kind, **hashes}


def _parts(desk: Desk, id_: str) -> list[tuple[str, str]]:
    """Return a person with all that belongs to them, at any depth; not what somebody put under them later."""
    row, kinds = load_one(desk.db, id_), desk.merge.kinds
    todo, found = [row] if row else [], {id_: PERSON}
    while todo:
        parts = [part for part in below(desk.db, todo.pop()) if part.id not in found]
        new = [part for part in parts if whose_data(desk.log, kinds, part) == id_]
        found |= {part.id: part.ent for part in new}
        todo += new
    return [*found.items()]


def mentions(desk: Desk, names: Collection[str]) -> list[str]:
    """Return the records whose own texts hold all words of one of these names, also in the Trash; what only sounds like it is none."""
    asked, longest = _asked(names)
    found: list[str] = []
    with desk.workspace.readers.connect() as connection:
        for kind in LISTED.values():
            fields = [*kind.fields.values()]
            columns = "".join(f', "{field.name}"' for field in fields)
            rows = connection.exec_driver_sql(f'SELECT id{columns} FROM "{kind.name}" ORDER BY sort_en, id')
            near = (row for row in rows if any(word in fold_accents(" ".join(map(str, row))) for word in longest))
            for id_, *stored in near:
                said = zip(fields, stored, strict=True)
                texts = _words(*(field.type.text(field.type.load(raw)) for field, raw in said if raw is not None))
                found += [id_] if any(words <= texts for words in asked) else []
    return found


def _asked(names: Iterable[str]) -> tuple[list[set[str]], set[str]]:
    """Return the words of each name, and the longest one of each: one of these stands wherever a name does."""
    asked = [words for name in names if (words := _words(name))]
    return asked, {max(words, key=len) for words in asked}


def held_before(desk: Desk, names: Collection[str], told: Collection[str]) -> list[str]:
    """Return further records of which an earlier value holds all words of one of these names: those stay in the history.

    Args:
        desk: The workspace.
        names: What somebody is called.
        told: The records that need not be named.
    """
    asked, longest = _asked(names)
    found: dict[str, None] = {}
    with desk.alone():
        bodies = desk.db.execute("SELECT body FROM sync_changeset ORDER BY n")
        lines = (line for (body,) in bodies for line in unpack(body)[1:])
        near = [read_line(line) for line in lines if any(word in fold_accents(line) for word in longest)]
    for row in near:
        if isinstance(row, list) and row[0] in (*LISTED, MEMBER):
            id_ = row[2].get("owner", "") if row[0] == MEMBER else row[1]
            texts = _words(*(value for value in row[2].values() if isinstance(value, str)))
            found |= {id_: None} if id_ not in told and any(words <= texts for words in asked) else {}
    return [*found]


def _words(*texts: str) -> set[str]:
    return set(_WORD.findall(fold_accents(fold(" ".join(texts)))))


_LINKED_TO_ERASED = """SELECT k.id, p.id FROM "{0}" k JOIN sync_row p ON p.id = k."{1}" WHERE p.heads LIKE ?"""
_LINKED_AGAIN = """SELECT k.id, k."{1}" FROM "{0}" k JOIN sync_row r ON r.id = k.id
    JOIN sync_changeset c ON c.n = (SELECT min(n) FROM sync_touch WHERE row = r.n)
    WHERE k.is_deleted = 0 AND r.heads -> '$.{1}' IS NOT NULL AND json_array(c.dev, c.seq) IS NOT r.heads -> '$.{1}'"""


def given_to_others(desk: Desk) -> list[Record]:
    """Return the records that were made for one person and that this laptop gave to another, as they are now."""
    with desk.alone():
        ours = _ours(desk, desk.me(), _LINKED_AGAIN)
        made = {row.id: (whose_data(desk.log, desk.merge.kinds, row), now) for row, now in ours}
    found = desk.read.many([id_ for id_, (of, now) in made.items() if of not in (None, now)])
    return [each for each in found if made[each.id][1] or names_another(each, _names(desk, str(made[each.id][0])))]


def _names(desk: Desk, person: str) -> list[str]:
    with suppress(NoSuchRecord, NotAPerson):
        return all_names(desk, person)
    return []


def set_links_right(desk: Desk, given: Sequence[Record], outcome: Outcome, me: Identity) -> tuple[str, ...]:
    """Do, as packages come in, what ``erase`` does where it knows of these links; return in which records something was emptied.

    Args:
        desk: Where data of people may be removed by now.
        given: What ``given_to_others`` said before: a record that is removed with whom it was made for is made again for
            whom it names.
        outcome: Told of what is written.
        me: Who writes it.
    """
    gone = erased_ids(desk.db) if given else set()
    for other in given:
        if other.id in gone and getattr(other, desk.merge.kinds[other.__tablename__].cls.about) not in gone:
            with suppress(InTrash):  # what it belongs to
                _make_links_again(desk, other, outcome, me)
    return _empty_links(desk, outcome, me)


def _make_links_again(desk: Desk, other: Record, outcome: Outcome, me: Identity) -> None:
    said: dict[str, Json] = {"kind": other.__tablename__}
    with desk.within(["record.add", said], outcome, me=me) as work:
        held = load_one(desk.db, again_id(other))
        wrote = {dot for heads in held.heads.values() for dot in dots(heads)} if held else ()
        if len(wrote) <= 1:  # whoever made it already went on with it otherwise
            said["id"] = make_again(desk, work, other)


def _empty_links(desk: Desk, outcome: Outcome, me: Identity) -> tuple[str, ...]:
    """Empty what was linked here to a person whose data is removed; return the titles of what the records belong to.

    With the new rows stands the removal once more: it cannot be undone.
    """
    found = {row.id: (row, person) for row, person in _ours(desk, me, _LINKED_TO_ERASED, ERASED_HEADS)}
    if not found:
        return ()
    desk.db.executemany("DELETE FROM draft WHERE id = ?", [(id_,) for id_ in found])
    with desk.within(["erase", {}], outcome, me=me) as work:
        work.rows([emptied(row) for row, _ in found.values()])
        people = sorted({str(person) for _, person in found.values()})
        work.rows([(ERASED, person, {"kind": PERSON, "names": []}) for person in people])
    return tuple(titles(desk.db, [row.owner for row, _ in found.values() if row.owner], language()).values())


def _ours(desk: Desk, me: Identity, query: str, *values: str) -> Iterator[tuple[Held, str | None]]:
    """Yield the records whose link this laptop wrote as it is, and whom they name.

    What others wrote beside it without knowing of it, and what is shown in its place, is theirs.
    """
    for name in desk.merge.kinds:
        link = about(desk.merge.kinds, name)
        linked = dict(desk.db.execute(query.format(name, link), values).fetchall()) if link else {}
        for row in load(desk.db, linked).values():
            own = [dot for dot in dots(row.heads[link]) if desk.log.laptop(dot[0]) in (me.device_id, me.succ_of)]
            if linked[row.id] in [desk.log.read(dot).cells_of(row.id).get(link) for dot in own]:
                yield row, linked[row.id]
