"""Resolves the heads of a cell to the value that is shown, with the others as candidates.

Among values written without knowing of each other the greatest (not a delete, time, device) is shown, the same on
every desk whatever arrived first. The others stay candidates until a person decides.
"""

from __future__ import annotations

from typing import Any, NamedTuple, TypeGuard

from ucapdesk.base.json_text import Json
from ucapdesk.store.log.log import Dot, Log
from ucapdesk.store.merge.row_state import TRASHED, Heads, Held, dots

QUESTION = "?"
"""Key of the reserved value ``{"?": [[device, seq], …]}``: these heads again, an answer was taken back."""


class Candidate(NamedTuple):
    """One value a cell could have."""

    value: Json
    time: int
    device: str
    person: str
    dot: Dot

    def key(self, cell: str) -> tuple[bool, int, str]:
        """Return the sort key: the greatest is shown."""
        return (cell != TRASHED or self.value != 1, self.time, self.device)


class Settled(NamedTuple):
    """The resolved value of a cell. ``state``: '' plain, 'merged' automatically, 'decide' when a person must choose."""

    value: Json
    state: str
    candidates: list[Candidate]


def is_question(value: Json) -> TypeGuard[dict[str, list[list[Any]]]]:
    """Return whether a value is the reserved "these heads again"."""
    return type(value) is dict and type(value.get(QUESTION)) is list


def candidates(log: Log, id_: str, cell: str, heads: Heads) -> list[Candidate]:
    """Return the values of these heads, the shown one first; a question stands for the heads it names.

    What the program wrote by itself is no answer beside what a person wrote.
    """
    found: list[Candidate] = []
    listed: list[Candidate] = []
    todo, done = list(dots(heads)), set[Dot]()
    while todo:
        dot = todo.pop()
        if dot in done:
            continue
        done.add(dot)
        changeset = log.read(dot)
        value = changeset.cells_of(id_).get(cell)
        if is_question(value):
            todo += _named(log, value[QUESTION])
        else:
            said = found if changeset.by_a_person else listed
            said.append(Candidate(value, changeset.time, changeset.device, changeset.person, dot))
    return sorted(found or listed, key=lambda c: c.key(cell), reverse=True)


def _named(log: Log, said: list[Any]) -> list[Dot]:
    """Return the heads a question names, as far as they exist; for a device with branches all that may be meant."""
    held = log.vector()
    pairs = [pair for pair in said if type(pair) is list and len(pair) == 2 and type(pair[0]) is str]
    whole = [(d, q) for d, q in pairs if type(q) is int and q > 0]
    found = [(each, q) for d, q in whole for each in log.branches.holding(d, q)]
    return [(log.devices[d].ord, q) for d, q in found if q <= held.get(d, 0)]


def settle(log: Log, row: Held, cell: str, *, asked: bool, long: bool) -> Settled:
    """Resolve a cell with several heads. ``asked``: whether differing values raise a question at all."""
    found = candidates(log, row.id, cell, row.heads[cell])
    first = found[0].value if found else None
    if not asked or all(c.value == first for c in found):
        return Settled(first, "", found)
    if long and all(isinstance(c.value, str) for c in found):
        plain = not any(is_question(log.read(d).cells_of(row.id).get(cell)) for d in dots(row.heads[cell]))
        merged = _merged(log, row, cell, found) if plain else None
        if merged is not None:
            return Settled(merged, "merged", found)
    return Settled(first, "decide", found)


def _merged(log: Log, row: Held, cell: str, found: list[Candidate]) -> str | None:
    """Return all candidates merged into one text, in the order of their keys; None if any two of them touch."""
    in_order = sorted(found, key=lambda c: c.key(cell))
    base = _common(log, row, cell, [c.dot for c in in_order])
    if base is None:
        return None
    from ucapdesk.store.merge.merge3 import text3

    merged: str | None = in_order[0].value
    for candidate in in_order[1:]:
        merged = None if merged is None else text3(base, merged, candidate.value)
    return merged


def _common(log: Log, row: Held, cell: str, heads: list[Dot]) -> str | None:
    """Return the latest text that every head's author had seen.

    Arrival is a causal order: going backwards, a version that no version found so far had seen is one of the newest. Only
    those are read.
    """
    pasts = [log.past(head) for head in heads]
    newest: list[tuple[int, str, Json]] = []
    seen: list[dict[int, int]] = []
    for _, (device, seq), vv in reversed(log.touched(row.n)):
        if (device, seq) in heads or any(seq > past.get(device, 0) for past in pasts):
            continue
        if any(seq <= vector.get(device, 0) for vector in seen):
            continue
        written = log.read((device, seq))
        if cell in written.cells_of(row.id):
            newest.append((written.time, written.device, written.cells_of(row.id)[cell]))
            seen.append({**log.vector_of(vv), device: seq})
    value = max(newest, key=lambda found: found[:2])[2] if newest else None
    return value if isinstance(value, str) else None
