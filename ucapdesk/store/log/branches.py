"""Laptops that write twice under one name: a workspace copied with its keys, or a disk put back to an older state.

Nothing of either is dropped. Where two histories of a device part, its log ends and each goes on as a *branch* of its
own, named by the hash of its first changeset, so that every desk that holds both calls them alike whatever came first.
What others had seen of that device they said by its name alone; which branch they meant is said in the log by whoever
first held both (``meeting.py``), and where nobody has said it they are taken to have seen neither.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from ucapdesk.base.grouping import grouped
from ucapdesk.base.json_text import Json, dumps, loads
from ucapdesk.store.log.changeset import Changeset

Nodes = Mapping[str, tuple[str, int]]  # Each branch with what it goes on from, and after which number
ENTITY = "~device"  # The kind of log rows that tell every desk about devices; they are no records
META = "branches"


def branch_id(device: str, chain: bytes) -> str:
    digest = hashlib.sha256(b"ucapx1-branch\0" + device.encode() + chain).digest()
    return base64.b32encode(digest).decode().lower()[:16]


class OnBranch(NamedTuple):
    """A statement in the log: up to the changeset with this chain, an observer had seen this branch."""

    observer: str
    chain: str
    branch: str


def said_in(changeset: Changeset) -> Iterator[OnBranch]:
    for ent, _, cells in changeset.rows:
        said = [each for name in OnBranch._fields if isinstance(each := cells.get(name), str)]
        if ent == ENTITY and len(said) == len(OnBranch._fields):
            yield OnBranch(*said)


class Branches:
    """The branches of devices with two histories, and which branch others had seen when they named the device.

    Attributes:
        nodes: Each branch with what it goes on from, and after which number.
        said: All that the log says of who was on which.
        on: The same by where the observers stand themselves.
        kids: What goes on from each.
    """

    def __init__(
        self,
        nodes: Nodes | None = None,
        on: Mapping[str, Iterable[str]] | None = None,
        said: Iterable[Iterable[str]] = (),
    ) -> None:
        self.nodes: dict[str, tuple[str, int]] = {id_: (of, after) for id_, (of, after) in (nodes or {}).items()}
        self.on = {observer: set(branches) for observer, branches in (on or {}).items()}
        self.said = {OnBranch(*each) for each in said}
        self.kids = grouped((of, id_) for id_, (of, _) in self.nodes.items())

    @classmethod
    def load(cls, db: Any) -> Branches:
        row = db.execute("SELECT v FROM sync_meta WHERE k = ?", (META,)).fetchone()
        return cls(**loads(row[0])) if row else cls()

    def keep(self, db: Any) -> None:
        noted: Json = {
            "nodes": {id_: [*of] for id_, of in self.nodes.items()},
            "on": {observer: sorted(branches) for observer, branches in self.on.items()},
            "said": sorted([*each] for each in self.said),
        }
        db.execute("INSERT OR REPLACE INTO sync_meta VALUES(?, ?)", (META, dumps(noted)))

    def place(self, said: Iterable[OnBranch], at: Mapping[bytes, tuple[str, int]]) -> None:
        for each in said:
            self.said.add(each)
            stands = at.get(_bytes(each.chain))
            if stands and self.device(stands[0]) == each.observer:
                self.on.setdefault(stands[0], set()).add(each.branch)

    def knows(self, others: Branches) -> bool:
        """Return whether every branch that others know is known, and goes on from the same."""
        return others.nodes.items() <= self.nodes.items()

    def line(self, id_: str) -> Iterator[str]:
        """Yield a branch, what it goes on from, and so on up to its device."""
        yield id_
        while id_ in self.nodes:
            id_ = self.nodes[id_][0]
            yield id_

    def device(self, id_: str) -> str:
        *_, root = self.line(id_)
        return root

    def after(self, id_: str) -> int:
        return self.nodes[id_][1] if id_ in self.nodes else 0

    def end(self, id_: str) -> int | None:
        """Return the number with which it ends, where others go on from it."""
        kids = self.kids.get(id_)
        return self.nodes[kids[0]][1] if kids else None

    def of_device(self, device: str) -> list[str]:
        """Return a device and all its branches, each after what it goes on from."""
        found = [device]
        for id_ in found:
            found += self.kids.get(id_, ())
        return found

    def parted(self) -> set[str]:
        return {self.device(id_) for id_ in self.nodes}

    def way(self, id_: str, seq: int, observer: str) -> Iterator[tuple[str, int]]:
        """Yield what somebody had seen who named a device: numbers of branches, as far as their meaning is known."""
        while (end := self.end(id_)) is not None and seq > end:
            yield id_, end
            said = {branch for o in self.line(observer) for branch in self.on.get(o, ())}
            meant = [kid for kid in self.kids[id_] if kid in said]
            if len(meant) != 1:
                return
            id_ = meant[0]
        yield id_, seq

    def holding(self, id_: str, seq: int) -> list[str]:
        """Return all that could be meant by a number of a device or branch: what holds it, of what goes on from there."""
        end = self.end(id_)
        if end is None or seq <= end:
            return [id_]
        return [each for kid in self.kids[id_] for each in self.holding(kid, seq)]


def _bytes(text: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return b""
