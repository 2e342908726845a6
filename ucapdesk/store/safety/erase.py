"""Removing a person's data for good: the one thing that destroys. Every desk that hears of it does the same.

The author's lines about the record are replaced by their hashes, so the chain of the log still holds; its columns,
its place in searches and the name of that person as an author go too. It wins over everything, also over what was
written elsewhere at the same time.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from ucapdesk.base.json_text import Json, dumps
from ucapdesk.model.kind import Kind
from ucapdesk.store.log.changeset import (
    OWN_LINES,
    Changeset,
    pack,
    parse_body,
    person_of,
    read_line,
    unpack,
    without_person,
)
from ucapdesk.store.log.changeset import blank as blank_line
from ucapdesk.store.log.forgotten_authors import Forgotten
from ucapdesk.store.log.log import Log
from ucapdesk.store.log.old_labels import plain, wording
from ucapdesk.store.merge.row_state import ERASED, ERASED_HEADS, Held, is_of_the_log

WORDS_OF_A_NAME = 5
NO_LEFTOVERS = "no leftovers"
"""The mark of a workspace without remains of removed data."""
DISPUTED = "disputed"
"""The note of the records that stay although their removal was asked for."""


def name_hash(name: str) -> str:
    """Return the hash that stands for a person's name once the name is removed."""
    return hashlib.sha256(" ".join(name.split()).casefold().encode()).hexdigest()


def holds_a_name(text: str, names: Collection[str]) -> bool:
    """Return whether words of a text, such as a file name, have one of these hashes."""
    words = re.findall(r"[^\W_]+", text) if names else []
    parts = (words[at : at + n] for at in range(len(words)) for n in range(1, WORDS_OF_A_NAME + 1))
    return any(name_hash(" ".join(part)) in names for part in parts)


def erased_names(log: Log) -> Collection[str]:
    """The hashes of all names that somebody asked to be forgotten."""
    return forgotten(log).asked.keys()


def forgotten(log: Log) -> Forgotten:
    """Whose names are to be forgotten, and where."""
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
    """Return the hashes of names and of wordings of headers that a row of the log asks for."""
    said = [cells.get("names"), cells.get("labels")]
    return {each for some in said if isinstance(some, list) for each in some if isinstance(each, str)}


def without_name(changeset: Changeset, gone: Forgotten, ord_: int) -> Changeset:
    """Return a changeset of a device as it is kept: without its author's name where that is forgotten."""
    header = without_label(changeset.lines[0], gone.asked)
    if gone.asked and changeset.person and gone.covers(ord_, name_hash(changeset.person)):
        header = without_person(header)
    if header is changeset.lines[0]:
        return changeset
    return parse_body("\n".join([header, *changeset.lines[1:]]), changeset.device)


def without_label(header: str, names: Collection[str]) -> str:
    """Return a header whose label names no file where that was asked for."""
    changed = plain(header) if names else None
    return changed if changed and wording(changed) in names else header


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

    people: set[str] = field(default_factory=set)
    """The people whose lines were removed: according to the header, or else to whoever removed them."""
    names: set[str | None] = field(default_factory=set)
    """The beginnings of the hashes of removed names; None where the header does not give it."""

    def note(self, changeset: Changeset) -> None:
        """Note the removals in a changeset."""
        self.people.update(of for _, _, of in changeset.blanked)
        if changeset.plain:
            self.names.add(wording(changeset.lines[0]))
        if changeset.nameless:
            self.names.add(None if changeset.whose is None else str(changeset.whose.get(OWN_LINES, "none was there")))

    def were_asked(self, log: Log) -> bool:
        """Return whether all of it was asked for in a log."""
        return are_erased(log.db, self.people) and self.names_were_asked(erased_names(log))

    def names_were_asked(self, erased: Collection[str]) -> bool:
        """Return whether all removed names are among those to be removed."""
        return all(any(each.startswith(name or "") for each in erased) for name in self.names)


def are_erased(db: Any, ids: Collection[str]) -> bool:
    """Return whether the removal of each of these records was asked for."""
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
    """Note such records."""
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
        written.append((_rewritten(unpack(body), {**ids, **of_parts}, gone, files), n))
    for lines, n in written:
        lines[0] = without_label(lines[0], erased_names(log))
        now = pack(lines), dumps(read_line(lines[0])["l"]), n
        log.db.execute("UPDATE sync_changeset SET body = ?, label = ? WHERE n = ?", now)
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
