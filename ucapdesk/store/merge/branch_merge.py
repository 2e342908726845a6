"""Laptops with two histories: a package that has the other one is combined with this log, or own changesets are written once more.

Both histories are kept, as branches. First everything is read, and it is worked out where the histories part. Where something that
is here belongs to a branch from now on, the log is made again; what is new is then taken in like any other package. Who had seen
which branch is known while each history is still by itself, so that is said in the log, once, by whoever first held both:
from then on everybody understands it alike.

Own changesets that nobody else can have may be written again, as those of a new device. What was once written stays in the log,
chained and signed, and every package holds all of it. Where a changeset must not
go out as it is, the only thing that every reader understands is another device that wrote it instead: the log of the
old one ends before it, and the new one goes on from there with the same labels, times and values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from ucapdesk.base.ids import derived_id
from ucapdesk.base.json_text import Json, dumps
from ucapdesk.model.kinds import KINDS
from ucapdesk.store.log.branches import ENTITY, Branches, OnBranch, branch_id, said_in
from ucapdesk.store.log.changeset import (
    LATEST_TIME,
    ON_BRANCH,
    Changeset,
    Row,
    first_chain,
    next_chain,
    parse_body,
    read_line,
)
from ucapdesk.store.log.log import Fork, Log, MissingChanges
from ucapdesk.store.merge.merge import Merge
from ucapdesk.store.merge.resolve import QUESTION, is_question
from ucapdesk.store.safety.erase import Place, about, said_of
from ucapdesk.store.workspace.identity import Identity, known_identity

if TYPE_CHECKING:
    from ucapdesk.store.desk import Desk
    from ucapdesk.store.log.log import Log


@dataclass(slots=True)
class _Again:
    """The changesets in their order, with those to be withdrawn as the new device's."""

    first: Mapping[str, int]  # The first withdrawn number of each device
    me: str
    held: dict[str, int] = field(default_factory=dict)
    told: dict[str, int] = field(default_factory=dict)  # The vector that the new device has stated so far
    dots: dict[tuple[str, int], int] = field(default_factory=dict)  # For each withdrawn changeset its new number
    seq: int = 0
    places: dict[str, Place] = field(default_factory=dict)  # Kind and owner of each record written so far

    def __call__(self, changeset: Changeset) -> Iterator[Changeset]:
        self._note(changeset)
        if changeset.seq < self.first.get(changeset.device, changeset.seq + 1):
            self.held[changeset.device] = changeset.seq
            yield changeset
            return
        self.seq += 1
        self.dots[changeset.device, changeset.seq] = self.seq
        lines = changeset.lines[1:]
        yield parse_body("\n".join([dumps(self._header(changeset, lines)), *map(self._moved, lines)]))

    def _note(self, changeset: Changeset) -> None:
        for ent, id_, cells in changeset.rows:
            if about(KINDS, ent):
                self.places.setdefault(id_, (ent, changeset.person_of(id_)))
                continue
            owner = cells.get("owner")
            if isinstance(owner, str) or id_ not in self.places:
                self.places[id_] = (ent, owner if isinstance(owner, str) else None)
        for ent, id_, of in changeset.blanked:
            self.places.setdefault(id_, (ent, of if of != id_ else None))

    def _header(self, changeset: Changeset, lines: list[str]) -> dict[str, Any]:
        read = [read_line(line) for line in lines]
        rows = [(row["k"], row["i"], row["of"]) if isinstance(row, dict) else tuple(row) for row in read]
        whose = said_of(KINDS, changeset.person, rows, lambda ids: {i: self.places[i] for i in ids if i in self.places})
        said: dict[str, Any] = {
            "d": self.me, "s": self.seq, "t": min(changeset.time, LATEST_TIME), "y": changeset.schema, "p": changeset.person,
            "l": changeset.label, "n": len(lines), "e": whose,
        }  # fmt: skip
        if news := {device: seq for device, seq in self.held.items() if self.told.get(device) != seq}:
            said["v"] = news
            self.told.update(news)
        undone = (self.dots.get((changeset.device, seq)) for seq in changeset.undoes)
        if undoes := [seq for seq in undone if seq]:
            said["u"] = undoes
        return said

    def _moved(self, line: str) -> str:
        """Return a row whose questions name the changesets by their new numbers."""
        if f'{{"{QUESTION}":' not in line or not line.startswith("["):
            return line
        ent, id_, cells = read_line(line)
        return dumps([ent, id_, {cell: self._named(value) for cell, value in cells.items()}])

    def _named(self, value: Json) -> Json:
        if not is_question(value):
            return value
        now = [[self.me, self.dots[d, q]] if (d, q) in self.dots else [d, q] for d, q in value[QUESTION]]
        return {**value, QUESTION: sorted(now)}


def reissue(desk: Desk, first: Mapping[str, int]) -> None:
    """Write the ends of own logs once more, as a new device, in one transaction. A backup should have been made.

    Nothing is done where the key of one of the devices is not on this computer: only the laptop that wrote a log can sign its end.

    Args:
        desk: Where.
        first: Of each device the first number that shall not go out. What was written knowing of it goes along.
    """
    whole = _with_what_followed(desk.log, first)
    keys = {device: known_identity(device) for device, seq in whole.items() if seq > 1}
    if None in keys.values():
        return
    new = desk.workspace.successor(desk.me().device_id)
    again = _Again(whole, new.device_id)
    with desk.transaction() as db:
        desk.merge.rebuild(again)
        for device, seq in whole.items():
            _end(desk, device, seq - 1, keys.get(device))
        db.execute("UPDATE draft SET seen = '{}'")
        desk.note_head(new)
    desk.workspace.go_on_as(new, whole)
    new.note_seq(desk.log.devices[new.device_id].seq)


def _with_what_followed(log: Log, first: Mapping[str, int]) -> dict[str, int]:
    """Return the withdrawn changesets with all that were written knowing of one."""
    whole, vectors = dict(first), dict[int, dict[int, int]]()
    for dev, seq, vv in log.db.execute("SELECT dev, seq, vv FROM sync_changeset ORDER BY n"):
        device = log.by_ord[dev].id
        if seq >= whole.get(device, seq + 1):
            continue
        if vv not in vectors:
            vectors[vv] = log.vector_of(vv)
        if any(q >= whole.get(log.by_ord[d].id, q + 1) for d, q in vectors[vv].items()):
            whole[device] = seq
    return whole


def _end(desk: Desk, device: str, seq: int, key: Identity | None) -> None:
    """End the log of a device, signed by it; a device without changesets is no longer given."""
    known = desk.log.devices[device]
    chain = known.chain if seq else first_chain(desk.log.workspace, device)
    signature = key.sign_head(desk.log.workspace, device, seq, chain) if key else None
    desk.log.note_head(known.ord, seq if key else None, chain if key else None, signature)


class NamedNumber(NamedTuple):
    """A reference: an observer, in the changeset with this chain, named a number of a device or branch."""

    observer: str
    chain: bytes
    of: str
    number: int


@dataclass(slots=True)
class MergeSide:
    """One of two logs that meet.

    Attributes:
        next: Of each device, by the chain before them, the chains of the changesets that follow.
        at: Where each chain stands: branch and number. ``chains`` is the same the other way round.
        named: Who named whom.
        said: What it says of branches.
    """

    workspace: str
    branches: Branches
    next: dict[str, dict[bytes, set[bytes]]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(set)))
    at: dict[bytes, tuple[str, int]] = field(default_factory=dict)
    chains: dict[tuple[str, int], bytes] = field(default_factory=dict)
    named: list[NamedNumber] = field(default_factory=list)
    said: list[OnBranch] = field(default_factory=list)

    def add(self, changeset: Changeset) -> None:
        """Add a changeset. Raises MissingChanges where the one before it is missing, Fork where there is another one of its name."""
        branch, seq = changeset.device, changeset.seq
        before = self._before(branch, seq)
        chain = next_chain(before, changeset.lines)
        if self.chains.setdefault((branch, seq), chain) != chain:
            raise Fork(branch, seq)
        self.next[self.branches.device(branch)][before].add(chain)
        self.at[chain] = branch, seq
        self.named += [NamedNumber(branch, chain, of, number) for of, number in changeset.seen.items()]
        if changeset.label[0] == ON_BRANCH:
            self.said += said_in(changeset)

    def _before(self, branch: str, seq: int) -> bytes:
        while seq - 1 <= self.branches.after(branch) and branch in self.branches.nodes:
            branch = self.branches.nodes[branch][0]
        if seq == 1:
            return first_chain(self.workspace, branch)
        if (branch, seq - 1) not in self.chains:
            raise MissingChanges(branch, max((q for of, q in self.chains if of == branch), default=0) + 1, seq - 1)
        return self.chains[branch, seq - 1]

    def meant(self, each: NamedNumber) -> bytes | None:
        *_, last = self.branches.way(each.of, each.number, each.observer)
        return self.chains.get(last)


class BranchMeeting:
    """The log here and the log of a package.

    Attributes:
        ours, theirs: The two sides.
        at: Where each changeset of either stands from now on.
        whole: The branches of both.
    """

    def __init__(
        self, log: Log, theirs: Branches, changesets: Iterable[Changeset], base: Mapping[str, int] | None = None
    ) -> None:
        """Read both, and work out where they part. Raises MissingChanges or Fork where theirs is not in order.

        Args:
            log: What is here.
            theirs: The branches that they know.
            changesets: What they bring, each under the name of its branch.
            base: The numbers after which that begins, where it is not complete.
        """
        self.log = log
        self.ours, self.theirs = MergeSide(log.workspace, log.branches), MergeSide(log.workspace, theirs)
        for changeset in log.changesets():
            self.ours.add(changeset)
        self.theirs.chains |= {each: self.ours.chains[each] for each in (base or {}).items()}
        for changeset in changesets:
            self.theirs.add(changeset)
        self.at: dict[bytes, tuple[str, int]] = {}
        nodes = dict[str, tuple[str, int]]()
        for device in sorted({*self.ours.next, *self.theirs.next}):
            self._grow(device, nodes)
        self.theirs.branches.place(self.theirs.said, self.theirs.at)
        self.whole = Branches(nodes)
        self.whole.place([*self.ours.said, *self.theirs.said], self.at)
        self.to_be_said = [*self._to_be_said()]
        self.whole.place((OnBranch(**cells) for _, _, cells in self.to_be_said), self.at)

    def _grow(self, device: str, nodes: dict[str, tuple[str, int]]) -> None:
        """Find the branches of a device: each as long as one changeset follows another."""
        sides = self.ours.next.get(device, {}), self.theirs.next.get(device, {})
        todo = [(device, 0, first_chain(self.log.workspace, device))]
        while todo:
            branch, seq, chain = todo.pop()
            while len(follow := {each for side in sides for each in side.get(chain, ())}) == 1:
                (chain,) = follow
                seq += 1
                self.at[chain] = branch, seq
            for first in follow:
                name = branch_id(device, first)
                nodes[name] = branch, seq
                self.at[first] = name, seq + 1
                todo.append((name, seq + 1, first))

    def _to_be_said(self) -> Iterator[Row]:
        parted, done = self.whole.parted(), set[tuple[str, str]]()
        for side in (self.ours, self.theirs):
            for each in side.named:
                seen = side.meant(each) if side.branches.device(each.of) in parted else None
                if seen is None:
                    continue
                observer, (branch, number) = self.at[each.chain][0], self.at[seen]
                *_, known = self.whole.way(each.of, each.number, observer)
                for meant in self.whole.line(branch) if known != (branch, number) else ():
                    if meant == known[0]:  # what lies above it was clear
                        break
                    if (observer, meant) not in done and meant not in self.whole.on.get(observer, ()):
                        done.add((observer, meant))
                        cells = OnBranch(self.whole.device(observer), each.chain.hex(), meant)._asdict()
                        yield ENTITY, derived_id("branch", observer, meant), cells

    @property
    def moves_what_is_here(self) -> bool:
        moved = any(self.at[chain] != stood for chain, stood in self.ours.at.items())
        return moved or (bool(self.ours.at) and self.whole.on != self.log.branches.on)

    def first_unshared(self, device: str, given: int) -> int | None:
        """Return the first own changeset after which the package has none and that was in no package; None where there is none."""
        ours = sorted((seq, chain) for (id_, seq), chain in self.ours.chains.items() if id_ == device)
        shared = max([given, *(seq for seq, chain in ours if chain in self.theirs.at)])
        return next((seq for seq, _ in ours if seq > shared), None)

    def placed(self, changesets: Iterable[Changeset]) -> Iterator[Changeset]:
        for changeset in changesets:
            changeset.device, _ = self.at[self.theirs.chains[changeset.device, changeset.seq]]
            yield changeset


def keep_apart(merge: Merge, meeting: BranchMeeting) -> None:
    """Put the own log on its branches. Inside a transaction."""
    log, was, moves = merge.log, merge.log.branches, meeting.moves_what_is_here
    meeting.whole.keep(log.db)
    log.forget()
    _note_branches(log, meeting, was)
    if moves:
        merge.rebuild(branch_of={chain: meeting.at[chain][0] for chain in meeting.ours.at})


def _note_branches(log: Log, meeting: BranchMeeting, was: Branches) -> None:
    """Write a row for each new branch, and each signed head where it belongs now."""
    query = "SELECT ord, head_seq, head_chain, head_sig FROM sync_device WHERE head_sig IS NOT NULL"
    signed = log.db.execute(query).fetchall()
    for device in sorted(log.branches.parted()):
        of = log.device(device).ord
        for branch in log.branches.of_device(device)[1:]:
            if branch not in was.nodes:
                log.db.execute(
                    "UPDATE sync_device SET (pubkey, person, label, first_seen) ="
                    " (SELECT pubkey, person, label, first_seen FROM sync_device WHERE ord = ?) WHERE ord = ?",
                    (of, log.device(branch).ord),
                )
    for ord_, seq, chain, signature in signed:
        stands = meeting.at.get(bytes(chain))
        to = log.device(stands[0]).ord if stands else ord_
        if to != ord_:
            log.note_head(ord_, None, None, None)
            log.note_head(to, seq, chain, signature)
