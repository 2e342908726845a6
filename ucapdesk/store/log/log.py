"""The log of changesets on one database: who wrote what, having seen what.

It answers three questions of the merge: is this changeset known, does it fit, and what had its author seen. It also
reads changesets back. Works on the one writing connection, inside the caller's transaction.

What authors had seen of others is stored as one vector for each change of it, packed into one row. A vector names nearly every
laptop, and nearly every changeset has its own vector. Stored entry by entry, vectors were more than half of a large workspace and a
third of the work of receiving a package.

Names of authors are taken out of the log where their own laptop asks for it, or more than half of all laptops. Anybody who was
accepted can sign a removal, with the names that are to be forgotten in it. That must not blank the names of
others in all history, so a name goes from what the laptop wrote that asks for it itself, and from everything once more than
half of the laptops that had written by then have asked. Both follow from signed changesets and what their authors had seen,
so every desk comes to the same, in whatever order they arrive. Whoever says to have seen nobody is no majority of one.
"""

from __future__ import annotations

import struct
from collections import OrderedDict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice, repeat
from typing import Any

from ucapdesk.base.clock import Clock, system_clock
from ucapdesk.base.json_text import dumps
from ucapdesk.store.log.branches import Branches, said_in
from ucapdesk.store.log.changeset import (
    LATEST_TIME,
    MOST_DEVICES,
    ON_BRANCH,
    Changeset,
    Row,
    StepLabel,
    Whose,
    first_chain,
    make,
    next_chain,
    pack,
    parse_body,
    unpack,
)
from ucapdesk.store.merge.row_state import is_of_the_log
from ucapdesk.store.workspace.database import SCHEMA
from ucapdesk.store.workspace.trusted_clock import next_time

Dot = tuple[int, int]


@dataclass(slots=True)
class Forgotten:
    """Requests to forget names, so far. ``laptop`` tells of a local number which laptop it is: branches of one are one."""

    laptop: Callable[[int], str]
    # The hash of each name: which changesets asked, and with the removal of which record.
    asked: dict[str, dict[Dot, str]] = field(default_factory=dict)
    everywhere: set[str] = field(default_factory=set)

    def note(self, dot: Dot, seen: Mapping[int, int], record: str, names: Collection[str]) -> None:
        """A changeset asks for names to be forgotten; its author had seen so much. Those before it are noted already."""
        laptops = {self.laptop(ord_) for ord_ in (dot[0], *(ord_ for ord_, seq in seen.items() if seq))}
        for name in names:
            marks = self.asked.setdefault(name, {})
            marks[dot] = record
            agreed = {self.laptop(ord_) for ord_, seq in marks if ord_ == dot[0] or seq <= seen.get(ord_, 0)}
            if 1 < len(laptops) < 2 * len(agreed):
                self.everywhere.add(name)

    def covers(self, ord_: int, name: str) -> bool:
        """Whether a name goes from what a laptop wrote under it, by the hash of the name."""
        if name in self.everywhere:
            return True
        marks = self.asked.get(name, ())
        return bool(marks) and self.laptop(ord_) in {self.laptop(by) for by, _ in marks}


PACKED = 0  # The device number of a packed row; devices are numbered from 1
# Codes of ``struct`` and the bound of each. A row is the code, then the number of each device in turn.
WIDTHS = {"B": 2**8, "H": 2**16, "I": 2**32, "Q": 2**64}
VECTORS_IN_MEMORY = 100_000  # How many entries of the vectors used last stay in memory
VECTORS_AT_ONCE = 1000  # How many new vectors are written together


class Vectors:
    """The vectors of one database, by their numbers; 0 is the one of somebody who had seen nothing."""

    def __init__(self, db: Any) -> None:
        self._db = db
        self._at_hand: OrderedDict[int, dict[int, int]] = OrderedDict()
        self._kept = 0
        self._new: list[tuple[int, int, bytes]] = []
        self._last = int(db.execute("SELECT max(vv) FROM sync_vv").fetchone()[0] or 0)

    def of(self, vv: int) -> dict[int, int]:
        """Return a vector, by local device numbers. Do not change it."""
        if not vv:
            return {}
        if (found := self._at_hand.get(vv)) is not None:
            self._at_hand.move_to_end(vv)
            return found
        self.write()
        row = self._db.execute("SELECT seq FROM sync_vv WHERE vv = ? AND dev = ?", (vv, PACKED)).fetchone()
        return self._remember(vv, unpacked(row[0]) if row else {})

    def add(self, seen: dict[int, int]) -> int:
        self._last += 1
        self._new.append((self._last, PACKED, packed(seen)))
        self._remember(self._last, seen)
        if len(self._new) >= VECTORS_AT_ONCE:
            self.write()
        return self._last

    def write(self) -> None:
        if self._new:
            self._db.executemany("INSERT INTO sync_vv VALUES(?, ?, ?)", self._new)
            self._new = []

    def _remember(self, vv: int, seen: dict[int, int]) -> dict[int, int]:
        self._at_hand[vv] = seen
        self._kept += len(seen)
        while self._kept > VECTORS_IN_MEMORY and len(self._at_hand) > 1:
            _, dropped = self._at_hand.popitem(last=False)
            self._kept -= len(dropped)
        return seen


def packed(seen: Mapping[int, int]) -> bytes:
    highest = max(seen.values(), default=0)
    code = next(code for code, below in WIDTHS.items() if highest < below)
    count = max(seen, default=0)
    return code.encode() + struct.pack(f"<{count}{code}", *map(seen.get, range(1, count + 1), repeat(0)))


def unpacked(kept: bytes) -> dict[int, int]:
    code = kept[:1].decode()
    numbers = struct.unpack(f"<{(len(kept) - 1) // struct.calcsize(f'<{code}')}{code}", kept[1:])
    return {device: seq for device, seq in enumerate(numbers, 1) if seq}


"""A changeset by its device's local number and its own number."""

KEPT_ROWS = 4_000  # Maximum number of record lines of changesets kept in memory


class Fork(Exception):
    """One device, one number, two contents: a workspace was copied or restored."""

    def __init__(self, device: str, seq: int) -> None:
        super().__init__(device, seq)
        self.device, self.seq = device, seq


class MissingChanges(Exception):
    """Changesets ``first`` to ``last`` of a device are missing before these can be applied."""

    def __init__(self, device: str, first: int, last: int) -> None:
        super().__init__(device, first, last)
        self.device, self.first, self.last = device, first, last


@dataclass(slots=True)
class Device:
    """A device, or a branch of one, as far as its changesets are held.

    Attributes:
        seen: What its last changeset had seen, by local number.
        after: The number after which a branch begins.
    """

    ord: int
    id: str
    seq: int
    chain: bytes
    vv: int
    seen: dict[int, int]
    after: int = 0


class Log:
    """The changesets held. ``forget()`` after a rollback, or the vectors in memory would tell of what is gone."""

    def __init__(self, db: Any, workspace: str, clock: Clock = system_clock) -> None:
        self.db, self.workspace, self.clock = db, workspace, clock
        self._read: OrderedDict[Dot, Changeset] = OrderedDict()
        self._kept = 0
        self._accepted: dict[Dot, bytes] = {}
        self.forgotten: Forgotten | None = None  # The names that are to be forgotten; None until they are loaded
        self.forget()

    def forget(self) -> None:
        """Drop the state in memory, to be read from the tables again."""
        self.devices: dict[str, Device] = {}
        self.by_ord: dict[int, Device] = {}
        self.forgotten = None
        self.drop_read()
        self._accepted.clear()
        self.branches = Branches.load(self.db)
        self._vectors = Vectors(self.db)
        for ord_, id_, seq, chain, vv in self.db.execute("SELECT ord, device_id, seq, chain, vv FROM sync_device"):
            self._add(Device(ord_, id_, seq, bytes(chain), vv, self.vector_of(vv), self.branches.after(id_)))
        self.last_n = self._highest("n", "sync_changeset")
        self.last_row = self._highest("n", "sync_row")

    def drop_read(self) -> None:
        self._read.clear()
        self._kept = 0

    def _highest(self, column: str, table: str) -> int:
        return int(self.db.execute(f"SELECT max({column}) FROM {table}").fetchone()[0] or 0)

    def restart(self) -> None:
        """Drop all changesets but keep the devices: their local numbers and notes stay."""
        for device in self.devices.values():
            start = (self.branches.after(device.id), self._start(device.id), device.ord)
            self.db.execute("UPDATE sync_device SET seq = ?, vv = 0, chain = ? WHERE ord = ?", start)
        self.forget()

    def _add(self, device: Device) -> Device:
        self.devices[device.id] = self.by_ord[device.ord] = device
        return device

    def device(self, device_id: str) -> Device:
        """Return the device of this id, registering it if it is new."""
        if device_id in self.devices:
            return self.devices[device_id]
        after = self.branches.after(device_id)
        new = Device(max(self.by_ord, default=0) + 1, device_id, after, self._start(device_id), 0, {}, after)
        self.db.execute(
            "INSERT INTO sync_device(ord, device_id, seq, chain, vv) VALUES(?, ?, ?, ?, 0)",
            (new.ord, new.id, new.seq, new.chain),
        )
        return self._add(new)

    def _start(self, id_: str) -> bytes:
        return b"" if id_ in self.branches.nodes else first_chain(self.workspace, id_)

    def laptop(self, ord_: int) -> str:
        return self.branches.device(self.by_ord[ord_].id)

    def vector(self) -> dict[str, int]:
        """Return the highest number held of each device and branch."""
        return {d.id: d.seq for d in self.devices.values() if d.seq > d.after}

    def vector_of(self, vv: int) -> dict[int, int]:
        """Return a stored vector, by local numbers. Do not change it."""
        return self._vectors.of(vv)

    # -- taking in --------------------------------------------------------------------------------

    def own(
        self, me: str, rows: list[Row], label: StepLabel, person: str, undoes: list[int] | None = None, *, whose: Whose
    ) -> Changeset:
        """Return the next changeset of this device, not yet applied; ``whose`` says whose data its lines are."""
        device = self.device(me)
        seen = {d.id: d.seq for d in self.devices.values() if d is not device and d.seq > d.after}
        last = self.db.execute("SELECT t FROM sync_changeset WHERE dev = ? AND seq = ?", (device.ord, device.seq))
        time = min(next_time(self.db, device.ord, (last.fetchone() or (0,))[0], self.clock()), LATEST_TIME)
        header: dict[str, Any] = {"d": me, "s": device.seq + 1, "t": time, "y": SCHEMA, "p": person, "l": label}
        header["e"] = whose
        if news := {d: q for d, q in seen.items() if device.seen.get(self.devices[d].ord) != q}:
            header["v"] = dict(islice(news.items(), MOST_DEVICES))  # the rest is said with the next one
        if undoes:
            header["u"] = undoes
        return make(header, rows)

    def accept(self, changeset: Changeset) -> Device | None:
        """Accept a changeset; return its device, or None for one already held.

        Raises MissingChanges if something before it is missing, Fork if another changeset has its number, if its device parted
        before and it must be seen first to which branch it belongs, or if it says something new of that.
        """
        device = self.device(changeset.device)
        if changeset.label[0] == ON_BRANCH and not self.branches.said.issuperset(said_in(changeset)):
            raise Fork(device.id, changeset.seq)
        if changeset.seq > device.seq + 1:
            raise MissingChanges(device.id, device.seq + 1, changeset.seq - 1)
        end = self.branches.end(device.id)
        if end is not None and changeset.seq > end:
            raise Fork(device.id, changeset.seq)
        follows = changeset.seq == device.seq + 1
        begins = follows and device.seq == device.after
        before = device.chain if follows and not begins else self.chain_at(device, changeset.seq - 1)
        chain = next_chain(before, changeset.lines)
        if changeset.seq <= device.seq:
            if self.chain_at(device, changeset.seq) != chain:
                raise Fork(device.id, changeset.seq)
            return None
        if begins and device.after:
            self._go_on(device)
        if changeset.seen or (begins and device.seen):
            self._note_seen(device, changeset.seen)
        device.seq, device.chain = changeset.seq, chain
        self._accepted[device.ord, device.seq] = chain
        return device

    def _go_on(self, device: Device) -> None:
        """Let a branch begin with all that had been seen where it parted."""
        before = self.device(self.branches.nodes[device.id][0])
        if before.seq < device.after:
            raise MissingChanges(before.id, before.seq + 1, device.after)
        device.seen = {**before.seen, before.ord: device.after}

    def _note_seen(self, device: Device, seen: Mapping[str, int]) -> None:
        news: dict[int, int] = {}
        way, split = self.branches.way, self.branches.nodes
        named = [each for said in seen.items() for each in way(*said, device.id) if each[1]] if split else seen.items()
        for other, seq in named:
            known = self.devices.get(other) or self.device(other)
            if seq > known.seq:
                raise MissingChanges(other, known.seq + 1, seq)
            news[known.ord] = seq
        self.now_saw(device, {**device.seen, **news})

    def now_saw(self, device: Device, seen: dict[int, int]) -> None:
        device.seen, device.vv = seen, self._vectors.add(seen)

    def note_head(self, ord_: int, seq: int | None, chain: bytes | None, signature: bytes | None) -> None:
        """Note the signed head of a device; None: it has none any more."""
        query = "UPDATE sync_device SET head_seq = ?, head_chain = ?, head_sig = ? WHERE ord = ?"
        self.db.execute(query, (seq, chain, signature, ord_))

    def chain_at(self, device: Device, seq: int) -> bytes:
        if seq <= device.after:
            before = self.branches.nodes.get(device.id)
            return self.chain_at(self.device(before[0]), seq) if before else first_chain(self.workspace, device.id)
        if accepted := self._accepted.get((device.ord, seq)):
            return accepted
        found = self.db.execute("SELECT chain FROM sync_changeset WHERE dev = ? AND seq = ?", (device.ord, seq))
        return bytes(found.fetchone()[0])

    def entry(self, device: Device, changeset: Changeset) -> tuple[Any, ...]:
        """Return the next row of the log's table, for a changeset just accepted. To be taken before the next one."""
        self.last_n += 1
        c = changeset
        body, c.packed = c.packed or pack(c.lines), None
        return self.last_n, device.ord, c.seq, c.time, device.vv, c.schema, c.person, dumps(c.label), device.chain, body

    def keep(self, entries: list[tuple[Any, ...]], moved: set[str]) -> None:
        self._vectors.write()
        self.db.executemany("INSERT INTO sync_changeset VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", entries)
        states = [(d.seq, d.chain, d.vv, d.ord) for d in map(self.devices.__getitem__, moved)]
        self.db.executemany("UPDATE sync_device SET seq = ?, chain = ?, vv = ? WHERE ord = ?", states)
        self._accepted.clear()

    # -- reading back -----------------------------------------------------------------------------

    def read(self, dot: Dot) -> Changeset:
        if dot not in self._read:
            return self._fetch([dot])[dot]
        self._read.move_to_end(dot)
        return self._read[dot]

    def fetch(self, dots: set[Dot]) -> None:
        wanted = sorted(d for d in dots if d not in self._read)
        for start in range(0, len(wanted), 500):
            self._fetch(wanted[start : start + 500])

    def _fetch(self, dots: list[Dot]) -> dict[Dot, Changeset]:
        rows = self.db.execute(
            "SELECT c.dev, c.seq, c.body FROM json_each(?) j JOIN sync_changeset c"
            " ON c.dev = j.value->>0 AND c.seq = j.value->>1",
            (dumps([list(d) for d in dots]),),
        ).fetchall()
        found = {(dev, seq): parse_body(body, self.by_ord[dev].id) for dev, seq, body in rows}
        for dot, changeset in found.items():
            self.remember(dot, changeset)
        return found

    def remember(self, dot: Dot, changeset: Changeset) -> None:
        """Keep a changeset in memory, dropping those unused for the longest time."""
        self._read[dot] = changeset
        self._kept += len(changeset.rows) + 1
        while self._kept > KEPT_ROWS and len(self._read) > 1:
            _, dropped = self._read.popitem(last=False)
            self._kept -= len(dropped.rows) + 1

    def seen_by(self, dot: Dot) -> dict[int, int]:
        found = self.db.execute("SELECT vv FROM sync_changeset WHERE dev = ? AND seq = ?", dot).fetchone()
        return self.vector_of(found[0])

    def past(self, dot: Dot) -> dict[int, int]:
        """Return the vector of a changeset together with what its author had seen."""
        return {**self.seen_by(dot), dot[0]: dot[1]}

    def whole_past(self, dot: Dot) -> dict[int, int]:
        """Return the same together with what the authors of all that had seen, as it may not say so itself."""
        past = self.past(dot)
        todo = [*past.items()]
        while todo:
            known = self.db.execute("SELECT vv FROM sync_changeset WHERE dev = ? AND seq = ?", todo.pop()).fetchone()
            for dev, seq in self.vector_of(known[0]).items() if known else ():
                if seq > past.get(dev, 0):
                    past[dev] = seq
                    todo.append((dev, seq))
        return past

    def saw(self, later: Dot, earlier: Dot) -> bool:
        return earlier[1] <= self.past(later).get(earlier[0], 0)

    def touched(self, row: int, before: int | None = None) -> list[tuple[int, Dot, int]]:
        """Return place, dot and vector of each changeset that wrote into a record, in order of arrival."""
        found = self.db.execute(
            "SELECT c.n, c.dev, c.seq, c.vv FROM sync_touch t JOIN sync_changeset c ON c.n = t.n"
            " WHERE t.row = ? AND t.n < ? ORDER BY t.n",
            (row, before or 2**62),
        )
        return [(n, (dev, seq), vv) for n, dev, seq, vv in found.fetchall()]

    def touching(self, row: int, before: int | None = None) -> Iterator[tuple[int, Dot, int, Changeset]]:
        touched = self.touched(row, before)
        for start in range(0, len(touched), 200):
            part = touched[start : start + 200]
            self.fetch({dot for _, dot, _ in part})
            for n, dot, vv in part:
                yield n, dot, vv, self.read(dot)

    def first(self, row: int, id_: str, past: Mapping[int, int] | None = None) -> list[Changeset]:
        """Return what wrote first into a record: the changesets that knew of no other one.

        Args:
            row: The number of the record.
            id_: Its id.
            past: Only what this vector covers counts.
        """
        found: dict[Dot, Changeset] = {}
        for _, dot, vv in self.touched(row):
            seen = {**self.vector_of(vv), dot[0]: dot[1] - 1}
            held = past is None or dot[1] <= past.get(dot[0], 0)
            if held and not any(seq <= seen.get(dev, 0) for dev, seq in found):
                changeset = self.read(dot)
                if any(not is_of_the_log(ent) for ent, _, _ in changeset.lines_of(id_)):
                    found[dot] = changeset
        return [*found.values()]

    def naming(self, people: Collection[str]) -> Iterator[Changeset]:
        """Yield the changesets of which the header names one of these people, or says nothing of whose data its lines are."""
        for dev, body in self.db.execute("SELECT dev, body FROM sync_changeset ORDER BY n"):
            header = unpack(body)[0]
            if any(person in header for person in people) or '"e":' not in header:
                yield parse_body(body, self.by_ord[dev].id)

    def changesets(self) -> Iterator[Changeset]:
        for dev, body in self.db.execute("SELECT dev, body FROM sync_changeset ORDER BY n"):
            yield parse_body(body, self.by_ord[dev].id)
