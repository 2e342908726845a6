"""Resolves what the log says into what is shown: the value of a cell, whether a record is alive, and of which kind it is.

Among values written without knowing of each other the greatest (not a delete, time, device) is shown, the same on
every desk whatever arrived first. The others stay candidates until a person decides.

A delete hides only what its author had seen. A record is dead when every head of its ``~`` cell says so and each other head of it,
and of everything below it, was seen by one of these deletes. What a child's own ``~`` says never speaks for its owner. Concurrent
work keeps a record alive and raises a question, which stands until somebody answers it.

Two kinds of record may be written under one id by a foreign program; no desk of ours does it. The kind stands that was written
first: among those that nobody wrote knowing of another, the one whose name comes first. What was written under another kind stays
in the log and is shown nowhere.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeGuard

from ucapdesk.base.json_text import Json
from ucapdesk.model.kind import Kind
from ucapdesk.store.log.log import Dot, Log
from ucapdesk.store.merge.row_state import ERASED, TRASHED, Heads, Held, below, dots, is_of_the_log, load, load_one

if TYPE_CHECKING:
    from ucapdesk.base.json_text import Json
    from ucapdesk.store.log.log import Dot, Log


QUESTION = "?"  # Key of the reserved value ``{"?": [[device, seq], …]}``: these heads again, an answer was taken back


class Candidate(NamedTuple):
    """One value a cell could have."""

    value: Json
    time: int
    device: str
    person: str
    dot: Dot

    def key(self, cell: str) -> tuple[bool, int, str]:
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


DEAD, KEPT, ASKED = 1, 0, "asked"  # The states of a record's life: in the Trash, alive, or alive with a question


class Liveness:
    """Reads and derives who is alive; ``settle`` writes ``is_deleted`` and the questions."""

    def __init__(self, log: Log, kinds: Mapping[str, Kind]) -> None:
        self.log, self.db, self.kinds = log, log.db, kinds

    def state(self, row: Held, before: int | None = None) -> int | str:
        """Return DEAD, KEPT or ASKED; as of a place in the log, if one is given."""
        if ERASED in row.heads:
            return DEAD
        if before is not None:
            row = self.at(row, before)
        if TRASHED not in row.heads:
            return KEPT
        heads = list(dots(row.heads[TRASHED]))
        said = [ASKED if is_question(value) else value for value in (self._said(row.id, h) for h in heads)]
        if any(value != DEAD for value in said):
            return ASKED if ASKED in said or DEAD in said else KEPT
        return DEAD if next(self._unseen(heads, row, before), None) is None else ASKED

    def candidates(self, row: Held) -> list[Candidate]:
        """Return the two answers to the question: keep, as shown, and Trash, each with the author who was for it last."""
        heads = list(dots(row.heads.get(TRASHED, [])))
        said = [each for head in heads for each in self._meant(row, head)]
        deletes = [each.dot for each in said if each.value == DEAD]
        said += [self._candidate(KEPT, dot) for dot in self._unseen(deletes, row, None)]
        said = sorted(said, key=lambda each: each.key(TRASHED), reverse=True)
        return [
            next((each for each in said if (each.value == DEAD) == (value == DEAD)), None)
            or self._candidate(value, max(heads, key=lambda head: self._candidate(value, head).key(TRASHED)))
            for value in (KEPT, DEAD)
        ]

    def _meant(self, row: Held, head: Dot) -> list[Candidate]:
        """Return the meaning of a head of ``~``; a question stands for what was said before the step that it takes back."""
        value = self._said(row.id, head)
        if not is_question(value):
            return [self._candidate(value, head)]
        again = self.log.read(head).undoes
        seen = {**self.log.seen_by(head), head[0]: head[1] - 1}
        before = [
            dot
            for _, dot, _, changeset in self.log.touching(row.n)
            if TRASHED in changeset.cells_of(row.id)
            and dot[1] <= seen.get(dot[0], 0)
            and not (dot[0] == head[0] and (dot[1] in again or changeset.undoes == again))
        ]
        newest = [dot for dot in before if not any(other != dot and self.log.saw(other, dot) for other in before)]
        return [each for dot in newest for each in self._meant(row, dot)]

    def _candidate(self, value: Json, dot: Dot) -> Candidate:
        written = self.log.read(dot)
        return Candidate(value, written.time, written.device, written.person, dot)

    def alive(self, row: Held) -> bool:
        return self.state(row) != DEAD

    def visible(self, row: Held, known: dict[str, bool] | None = None) -> bool:
        """Return whether it and everything it belongs to are alive; ``known``: of which records that was found out already."""
        at: Held | None = row
        above: dict[str, None] = {}
        shown, known = True, {} if known is None else known
        while at is not None and shown and at.id not in known:
            above[at.id], shown = None, self.alive(at)
            at = load_one(self.db, at.owner) if at.owner and at.owner not in above else None
            if at is not None and ERASED in at.heads:
                at = None  # what stays although that went hides with it no more
        if at is not None and shown:
            shown = known[at.id]
        known.update(dict.fromkeys(above, shown))
        return shown

    def at(self, row: Held, before: int) -> Held:
        was = Held(row.n, row.id, row.ent, row.owner, {})
        for _, dot, vv, changeset in self.log.touching(row.n, before):
            seen = self.log.vector_of(vv)
            for cell in changeset.cells_of(row.id):
                was.heads[cell] = [*unseen(was.heads.get(cell, []), dot, seen), *dot]
        return was

    def settle(self, rows: Collection[Held], former_owners: Collection[str]) -> set[str]:
        """Resolve these rows and all above them again, and hide or show what belongs to them.

        Returns the ids of those of which it is asked now and was not before.
        """
        todo = {row.id: row for row in rows if not row.heads.keys().isdisjoint((TRASHED, ERASED))}
        placed = [r for r in rows if (r.owner if r.new else "owner" in r.cells) and TRASHED not in r.heads]
        above = {*former_owners, *(row.owner for row in rows if row.owner)}
        looked = set(todo)
        while above:
            loaded = load(self.db, above - looked)
            looked |= above
            todo.update((i, row) for i, row in loaded.items() if not row.heads.keys().isdisjoint((TRASHED, ERASED)))
            above = {row.owner for row in loaded.values() if row.owner} - looked
        asked, known = set[str](), dict[str, bool]()
        for row in todo.values():
            if self.state(row) == ASKED and not is_of_the_log(row.ent):
                said = "INSERT INTO sync_conflict VALUES(?, ?, 'decide') ON CONFLICT DO NOTHING"
                if self.db.execute(said, (row.n, TRASHED)).rowcount:
                    asked.add(row.id)
            else:
                self.db.execute("DELETE FROM sync_conflict WHERE row = ? AND fld = ?", (row.n, TRASHED))
            self._hide(row, hidden=not self.visible(row, known))
        for row in placed if todo else ():  # into something hidden, or out of it
            self._hide(row, hidden=not self.visible(row, known))
        return asked

    def settle_below(self, row: Held) -> None:
        known = dict[str, bool]()
        for part in below(self.db, row):
            self._hide(part, hidden=not self.visible(part, known))

    def no_questions(self, cells: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
        rows = load(self.db, {id_ for id_, cell in cells if cell == TRASHED})
        return {(id_, TRASHED) for id_, row in rows.items() if self.state(row) != ASKED}

    def _hide(self, row: Held, *, hidden: bool) -> None:
        """``is_deleted`` means hidden, so that no list needs a join to owners. Members of sets hide for themselves."""
        todo, done = [(row, hidden)], set[str]()
        while todo:
            at, hidden = todo.pop()
            if at.id in done:
                continue
            done.add(at.id)
            if kind := self.kinds.get(at.ent):
                if kind.cls.reserved:
                    hidden = not self.alive(at)
                said = (int(hidden), at.id, int(hidden))
                sql = f'UPDATE "{at.ent}" SET is_deleted = ? WHERE id = ? AND is_deleted <> ?'
                if not self.db.execute(sql, said).rowcount:
                    continue  # as it was, and so is everything below it
            hides = hidden and ERASED not in at.heads
            todo += [(child, hides or not self.alive(child)) for child in below(self.db, at)]

    def _said(self, id_: str, head: Dot) -> Any:
        return self.log.read(head).cells_of(id_).get(TRASHED)

    def _unseen(self, deletes: Iterable[Dot], row: Held, before: int | None) -> Iterator[Dot]:
        """Yield what was written into a record or its parts by authors who had seen none of these deletions."""
        pasts = [self.log.past(delete) for delete in deletes]
        written = self._written(row, before)
        return ((dev, seq) for dev, seq in written if not any(seq <= past.get(dev, 0) for past in pasts))

    def _written(self, row: Held, before: int | None) -> Iterator[Dot]:
        todo, done = [row], {row.id}
        while todo:
            at = todo.pop()
            for cell, heads in at.heads.items():
                if cell not in (TRASHED, ERASED):
                    yield from dots(heads)
            for child in below(self.db, at):
                if child.id not in done:
                    done.add(child.id)
                    todo.append(self.at(child, before) if before is not None else child)


def unseen(heads: list[int], dot: Dot, seen: Mapping[int, int]) -> list[int]:
    if len(heads) == 2:
        return [] if heads[0] == dot[0] or seen.get(heads[0], 0) >= heads[1] else heads
    return [x for d, q in dots(heads) if d != dot[0] and seen.get(d, 0) < q for x in (d, q)]


# A changeset, what its author had seen, and the cells it wrote by kind.
_Written = tuple["Dot", dict[int, int], dict[str, dict[str, "Json"]]]


def make_one(log: Log, kinds: Mapping[str, Kind], row: Held) -> set[str]:
    """Give a row the kind and the cells that it has on every desk; return the cells that several wrote at once."""
    written = list(_written(log, row))
    row.ent = _kind(log, row, whole=True)
    row.heads, row.cells = {}, {}
    for dot, seen, by_kind in written:
        for cell, value in by_kind.get(row.ent, {}).items():
            row.heads[cell] = [*unseen(row.heads.get(cell, []), dot, seen), *dot]
            row.cells[cell] = value
    row.cells.setdefault("owner", None)
    _move(log.db, kinds, row, {kind for _, _, by_kind in written for kind in by_kind})
    return {cell for cell, heads in row.heads.items() if len(heads) > 2}


def make_one_erased(log: Log, kinds: Mapping[str, Kind], rows: Iterable[Held], mixed: Collection[str]) -> None:
    """Give rows whose data was removed the kind that they have on every desk.

    Args:
        log: Where they stand.
        kinds: All kinds.
        rows: They.
        mixed: Those that were written as two kinds now: they get a place in the table of each.
    """
    for row in rows:
        kind = _kind(log, row, whole=False)
        if kind != row.ent or row.id in mixed:
            row.ent = kind
            _move(log.db, kinds, row, {kind for _, _, by_kind in _written(log, row) for kind in by_kind})


def _kind(log: Log, row: Held, *, whole: bool) -> str:
    """Return the kind of a row; ``whole``: if lines were taken out, what is left says it."""
    lines = [line for changeset in log.first(row.n, row.id) for line in changeset.lines_of(row.id) if line[0] != ERASED]
    left = {ent for ent, _, said in lines if whole and not isinstance(said, str)}
    return min(left or {ent for ent, _, _ in lines}, default=row.ent)


def _written(log: Log, row: Held) -> Iterator[_Written]:
    for _, dot, vv, changeset in log.touching(row.n):
        by_kind: dict[str, dict[str, Json]] = {}
        for ent, _, said in changeset.lines_of(row.id):
            if ent != ERASED:
                by_kind.setdefault(ent, {}).update({} if isinstance(said, str) else said)
        if by_kind:
            yield dot, log.vector_of(vv), by_kind


def _move(db: Any, kinds: Mapping[str, Kind], row: Held, written: set[str]) -> None:
    """Put a row, emptied, into the table of each kind, since a link may lead there; only in its own one it shows anything.

    What is kept on this laptop alone stays there.
    """
    db.execute("UPDATE sync_row SET ent = ? WHERE n = ?", (row.ent, row.n))
    db.execute("DELETE FROM sync_conflict WHERE row = ?", (row.n,))
    db.execute("DELETE FROM search WHERE rowid = ?", (row.n,))
    for name in sorted(written & kinds.keys()):
        hidden = name != row.ent
        emptied = [field.name for field in kinds[name].fields.values() if hidden or not field.meta.local]
        nothing = "".join(f', "{field}" = NULL' for field in ("sort_en", "sort_zh", *emptied))
        db.execute(f'INSERT INTO "{name}"(id) VALUES(?) ON CONFLICT(id) DO NOTHING', (row.id,))
        db.execute(f'UPDATE "{name}" SET is_deleted = ?{nothing} WHERE id = ?', (int(hidden), row.id))
