"""Writes own changesets that nobody else can have once more, as those of a new device.

What was once written stays in the log, chained and signed, and every package holds all of it. Where a changeset must not
go out as it is, the only thing that every reader understands is another device that wrote it instead: the log of the
old one ends before it, and the new one goes on from there with the same labels, times and values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ucapdesk.base.errors import UserError
from ucapdesk.base.json_text import Json, dumps
from ucapdesk.model.kinds import KINDS
from ucapdesk.store.log.changeset import Changeset, first_chain, parse_body, read_line
from ucapdesk.store.log.data_owner import Place, about, said_of
from ucapdesk.store.merge.candidates import QUESTION, is_question
from ucapdesk.store.workspace.identity import Identity, known_identity
from ucapdesk.store.workspace.store_limits import LATEST_TIME

if TYPE_CHECKING:
    from ucapdesk.store.desk import Desk
    from ucapdesk.store.log.log import Log

Lines = list[str]
Change = Callable[[Changeset], list[Lines]]
"""A function that returns the rows to write instead of a changeset's, as one or several changesets."""


class NotOurs(UserError):
    """The end of a log can only be signed by the laptop that wrote it."""

    sentence = (
        "This workspace holds changes of another laptop ({device}) that cannot be sent as they are. Nothing "
        "was changed; open the workspace on that laptop once, then send from there."
    )


@dataclass(slots=True)
class _Again:
    """The changesets in their order, with those to be withdrawn as the new device's."""

    first: Mapping[str, int]
    """The first withdrawn number of each device."""
    me: str
    change: Change
    held: dict[str, int] = field(default_factory=dict)
    told: dict[str, int] = field(default_factory=dict)
    """The vector that the new device has stated so far."""
    dots: dict[tuple[str, int], int] = field(default_factory=dict)
    """For each withdrawn changeset the last of its new numbers."""
    seq: int = 0
    places: dict[str, Place] = field(default_factory=dict)
    """Kind and owner of each record written so far."""

    def __call__(self, changeset: Changeset) -> Iterator[Changeset]:
        self._note(changeset)
        if changeset.seq < self.first.get(changeset.device, changeset.seq + 1):
            self.held[changeset.device] = changeset.seq
            yield changeset
            return
        for lines in self.change(changeset):
            self.seq += 1
            self.dots[changeset.device, changeset.seq] = self.seq
            header = dumps(self._header(changeset, lines))
            yield parse_body("\n".join([header, *map(self._moved, lines)]))

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

    def _header(self, changeset: Changeset, lines: Lines) -> dict[str, Any]:
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


def reissue(desk: Desk, first: Mapping[str, int], change: Change | None = None) -> dict[tuple[str, int], int]:
    """Write the ends of own logs once more, as a new device, in one transaction. A backup should have been made.

    Args:
        desk: Where.
        first: Of each device the first number that shall not go out. What was written knowing of it goes along.
        change: What is to stand in place of each; by default the same.

    Returns:
        The number that each withdrawn changeset has now, by device and old number.

    Raises:
        NotOurs: The key of one of the devices is not on this computer.
    """
    whole = _with_what_followed(desk.log, first)
    keys = {device: known_identity(device) for device, seq in whole.items() if seq > 1}
    if lost := [device for device, key in keys.items() if key is None]:
        raise NotOurs(device=lost[0])
    new = desk.workspace.successor(desk.me().device_id)
    again = _Again(whole, new.device_id, change or (lambda changeset: [changeset.lines[1:]]))
    with desk.transaction() as db:
        desk.merge.rebuild(again)
        for device, seq in whole.items():
            _end(desk, device, seq - 1, keys.get(device))
        db.execute("UPDATE draft SET seen = '{}'")
        desk.note_head(new)
    desk.workspace.go_on_as(new, whole)
    new.note_seq(desk.log.devices[new.device_id].seq)
    return again.dots


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
