"""Lines that were taken out of a log on the way here are put back as soon as anybody brings them whole.

A chain of hashes holds with a line in place as with its hash in place of it, so whoever hands a log on can leave lines out
that nobody asked to be removed. What an author's header lists cannot be left out without being noticed (``whose``);
changesets of before say nothing of it. So what is missing here is looked for in every package, and what turns out to be
of nobody whose data is removed comes back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from ucapdesk.model.kind import Kind
from ucapdesk.store.log.changeset import Changeset, next_chain, pack, parse_body, person_of
from ucapdesk.store.log.data_owner import PERSON, Place, about, may_be_personal, people_of, whose_data
from ucapdesk.store.log.log import Log
from ucapdesk.store.merge.row_state import ERASED, ERASED_HEADS, any_is_erased, is_of_the_log, load, load_one
from ucapdesk.store.safety.erase import Removals, are_erased, forgotten, name_hash
from ucapdesk.store.workspace.connection import Database

_INCOMPLETE = f"""SELECT d.device_id, c.body FROM sync_changeset c JOIN sync_device d ON d.ord = c.dev
    WHERE c.person = '' OR c.n IN (SELECT t.n FROM sync_row r JOIN sync_touch t ON t.row = r.n WHERE r.heads LIKE '{ERASED_HEADS}')"""


def incomplete(db: Database) -> Iterator[Changeset]:
    """Yield the changesets with removed contents."""
    if not any_is_erased(db):
        return
    for device, body in db.execute(_INCOMPLETE):
        changeset = parse_body(body, device)
        if changeset.nameless or changeset.blanked:
            yield changeset


def missing(db: Database) -> Iterator[tuple[str, int, list[int]]]:
    """Yield device, number and lines of each of these; 0 stands for the name of the author."""
    for each in sorted(incomplete(db), key=lambda changeset: (changeset.device, changeset.seq)):
        yield each.device, each.seq, [*([0] if each.nameless else []), *_gaps(each)]


def unasked(log: Log) -> Iterator[Changeset]:
    """Yield the removals that nobody asked for, as far as it can be told."""
    for each in incomplete(log.db):
        removals = Removals()
        removals.note(each)
        if not removals.were_asked(log):
            yield each


def _gaps(changeset: Changeset) -> list[int]:
    return [n for n, line in enumerate(changeset.lines) if n and line.startswith("{")]


class Healing:
    """Missing lines of a log, and the complete ones a package brings."""

    def __init__(self, log: Log, kinds: Mapping[str, Kind]) -> None:
        self.log, self.kinds = log, kinds
        self.here = {(each.device, each.seq): each for each in incomplete(log.db)}
        self.whole: list[Changeset] = []

    def beside(self, changesets: Iterable[Changeset], held: Mapping[str, int]) -> Iterator[Changeset]:
        """Yield the changesets of a package that are not held; held ones are checked for missing lines."""
        for changeset in changesets:
            if changeset.seq <= held.get(changeset.device, 0):
                self.offer(changeset)
            else:
                yield changeset

    def offer(self, changeset: Changeset) -> None:
        """Check another copy of a held changeset for missing lines."""
        if (here := self.here.get((changeset.device, changeset.seq))) is None:
            return
        device = self.log.devices[changeset.device]
        chain = next_chain(self.log.chain_at(device, changeset.seq - 1), changeset.lines)
        if chain == self.log.chain_at(device, changeset.seq) and len(changeset.lines) == len(here.lines):
            self.whole.append(changeset)

    def settle(self) -> tuple[int, set[tuple[str, str]]]:
        """Put back what nobody asked to be removed; return how many lines, and of which records. A rebuild must follow."""
        back, records, gone = 0, set[tuple[str, str]](), forgotten(self.log)
        places = {
            id_: (ent, owner)
            for each in self.whole
            for ent, id_, cells in each.rows
            if (owner := each.person_of(id_) if about(self.kinds, ent) else _owner(cells))
        }
        for changeset in self.whole:
            here = self.here[changeset.device, changeset.seq]
            lines = list(here.lines)
            rows = _rows(changeset)
            for n in _gaps(here):
                if (row := rows.get(n)) and not self._is_removed(changeset, n, row, places):
                    lines[n] = changeset.lines[n]
                    records.add(row[:2])
            ord_ = self.log.devices[changeset.device].ord
            if here.nameless and changeset.person and not gone.covers(ord_, name_hash(changeset.person)):
                lines[0] = changeset.lines[0]
            if put := sum(a != b for a, b in zip(lines, here.lines, strict=True)):
                back += put
                query = "UPDATE sync_changeset SET body = ? WHERE dev = ? AND seq = ?"
                self.log.db.execute(query, (pack(lines), ord_, changeset.seq))
        return back, records

    def _is_removed(self, changeset: Changeset, n: int, row: tuple[str, str], places: Mapping[str, Place]) -> bool:
        """Return whether a line is about somebody whose data is removed, or may be: of some nothing says whose part they are."""
        ent, id_ = row
        if is_of_the_log(ent) or not may_be_personal(self.kinds, ent):
            return False
        if changeset.whose is not None:
            person = person_of(changeset.whose, n)
        elif ent == PERSON:
            person = id_
        elif (held := load_one(self.log.db, id_)) and ERASED not in held.heads:
            return False  # it stays
        elif about(self.kinds, ent) or any(owner for _, owner in self._places([id_], places).values()):
            person = people_of(self.kinds, [id_], lambda ids: self._places(ids, places)).get(id_)
        else:
            return True
        return person is not None and are_erased(self.log.db, [person])

    def _places(self, ids: Collection[str], places: Mapping[str, Place]) -> dict[str, Place]:
        here = load(self.log.db, set(ids) - places.keys())
        held = {id_: (row.ent, whose_data(self.log, self.kinds, row)) for id_, row in here.items()}
        return held | {id_: places[id_] for id_ in ids if id_ in places}


def _owner(cells: Mapping[str, Any]) -> str | None:
    owner = cells.get("owner")
    return owner if isinstance(owner, str) else None


def _rows(changeset: Changeset) -> dict[int, tuple[str, str]]:
    """Return the kind and the record of each complete line."""
    whole = [n for n, line in enumerate(changeset.lines) if n and not line.startswith("{")]
    return {n: (ent, id_) for n, (ent, id_, _) in zip(whole, changeset.rows, strict=True)}
