"""What should be shown, worked out by brute force from a record of its own. It shares no code with the store.

It is told what each desk wrote and what each file held. From that alone it knows which changesets a desk holds, what
their authors had seen, and so what every cell shows, what is asked, and what lies in the Trash.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

Dot = tuple[str, int]
TRASHED, MEMBER, ERASED = "~", "member", "~erase"

TEXT, WHOLE, BI, LONG, GROUP, DATE, SET = "text", "whole", "bilingual", "long bilingual", "group", "date", "set"
Fields = Mapping[str, Mapping[str, str]]
# What the scripts write into, said again by hand.
FIELDS: Fields = {
    "visit": {"title": BI, "dates": DATE, "purpose": LONG, "status": TEXT, "tags": SET, "ucaps": SET},
    "meeting": {
        "title": BI, "when": GROUP, "mode": TEXT, "ordinal": WHOLE, "visit": TEXT, "summary": LONG, "tags": SET,
        "spoken": SET, "next_meeting": TEXT,
    },
    "agenda_item": {"owner": TEXT, "title": BI, "minutes": WHOLE, "internal": WHOLE, "pos": TEXT, "note": LONG},
    "participation": {
        "owner": TEXT, "person": TEXT, "role": TEXT, "attendance": TEXT, "free_name": BI, "badge": WHOLE, "pos": TEXT,
    },
    "itinerary_day": {"owner": TEXT, "date": TEXT, "title": BI, "dress": TEXT},
    "itinerary_item": {"owner": TEXT, "title": BI, "when": GROUP, "pos": TEXT},
    "person": {"name": GROUP, "email": TEXT, "bio": LONG, "tags": SET},
    MEMBER: {"owner": TEXT, "role": TEXT, "member": TEXT, "pos": TEXT},
}  # fmt: skip
UNSEARCHED = {("meeting", "spoken"), ("meeting", "mode"), ("meeting", "visit"), ("participation", "attendance")}

DAY = 86_400 * 10**6  # Microseconds; by more the time of a change never goes back


@dataclass(frozen=True)
class Written:
    """One changeset, with everything its device held when it was written."""

    dot: Dot
    time: int
    past: Mapping[str, int]
    rows: tuple[tuple[str, str, Mapping[str, Any]], ...]
    lines: tuple[str, ...]
    author: str = ""  # What its device is called, where that is not as in its dot
    # What else a question may call its device: of one that was copied, as far as whoever asks has heard of the copy.
    names: frozenset[str] = frozenset()

    @property
    def key(self) -> tuple[int, str]:
        """Among values that did not know of each other the greatest is shown."""
        return self.time, self.author or self.dot[0]

    def called(self, device: str, seq: int) -> bool:
        return seq == self.dot[1] and (device == self.dot[0] or device in self.names)

    def saw(self, other: Dot) -> bool:
        return other != self.dot and self.past.get(other[0], 0) >= other[1]


@dataclass(frozen=True)
class Cell:
    """What a cell shows and, where its values differ, what is asked."""

    shown: Any
    state: str = ""
    candidates: tuple[Any, ...] = ()


class Oracle:
    """All that was ever written, and which of it each desk holds."""

    def __init__(self) -> None:
        self.written: dict[Dot, Written] = {}
        self.held: dict[str, dict[str, int]] = {}
        self._views: dict[Any, View] = {}

    def new_desk(self, name: str, like: str | None = None) -> None:
        self.held[name] = dict(self.held[like]) if like else {}

    def wrote(self, desk: str, lines: Iterable[str], now: int) -> Written:
        lines = tuple(lines)
        header, *rows = [json.loads(line) for line in lines]
        held = self.held[desk]
        dot = (header["d"], header["s"])
        assert dot[1] == held.get(dot[0], 0) + 1, "a number is left out or used again"
        last = self.written.get((dot[0], dot[1] - 1))
        if last and last.time > now + DAY:  # written by a clock that ran ahead: it does not hold this one there
            own = {each.time for (device, _), each in self.written.items() if device == dot[0]}
            assert now <= header["t"] <= now + DAY + 1, "the time is not the own clock's"
            assert header["t"] not in own, "one time twice"
        else:
            assert header["t"] == max(now, last.time + 1 if last else 1), (
                "the time is not the own clock's, or did not grow"
            )
        said = {d: q for d, q in held.items() if d != dot[0] and q != (last.past if last else {}).get(d)}
        assert header.get("v", {}) == said, "not said what was seen"
        new = Written(dot, header["t"], dict(held), tuple((e, i, c) for e, i, c in rows), lines)
        assert dot not in self.written, "one number for two changesets"
        self.written[dot] = new
        held[dot[0]] = dot[1]
        return new

    def fits(self, desk: str, changesets: Iterable[Written]) -> dict[str, int] | None:
        """What a desk holds once it has taken these in, in this order; None if something before one is missing."""
        held = dict(self.held[desk])
        for c in changesets:
            device, seq = c.dot
            if held.get(device, 0) >= seq:
                continue
            if any(held.get(d, 0) < q for d, q in c.past.items()):
                return None
            held[device] = seq
        return held

    def passed_on(self, desk: str, written: Written) -> tuple[str, ...]:
        """The lines of a changeset as a desk should give them: its author's, with hashes for what was erased."""
        view = self.view(self.held[desk])
        header, *lines = written.lines
        said = json.loads(header)
        if _is_forgotten(view.asking, written.dot[0], hashlib.sha256(said["p"].casefold().encode()).hexdigest()):
            name = hashlib.sha256(said["p"].encode()).hexdigest()
            header = header.replace(f'"p":"{said["p"]}"', f'"p":"","x":"{name}"')
        return (header, *(
            _text_of({"i": id_, "k": ent, "of": view.erased[id_][1], "x": hashlib.sha256(line.encode()).hexdigest()})
            if id_ in view.erased and ent != ERASED else line
            for line, (ent, id_, _) in zip(lines, written.rows, strict=True)
        ))  # fmt: skip

    def view(self, held: Mapping[str, int], fields: Fields = FIELDS) -> View:
        """What is shown by a program that knows these fields and holds these changesets."""
        key = (tuple(sorted(held.items())), id(fields))
        if key not in self._views:
            found = [c for d, q in sorted(held.items()) for c in (self.written[d, s] for s in range(1, q + 1))]
            self._views[key] = View(found, fields, self.written)
        return self._views[key]


class View:
    """One set of changesets, as it should be shown."""

    def __init__(self, changesets: list[Written], fields: Fields, written: Mapping[Dot, Written]) -> None:
        self.changesets, self.fields, self.written = changesets, fields, written
        # Those that ask for a name to be forgotten, and which.
        self.asking = [(c, set(names)) for c in changesets for names in [[*_names_in(c)]] if names]
        self.ents: dict[str, str] = {}
        self.writes: dict[str, dict[str, list[tuple[Written, Any]]]] = {}
        self.erased = self._erased()
        for c in changesets:
            for ent, id_, cells in c.rows:
                if id_ in self.erased:
                    self.ents[id_], self.writes[id_] = self.erased[id_][0], {}
                    continue
                self.ents.setdefault(id_, ent)
                row = self.writes.setdefault(id_, {})
                for cell, value in cells.items():
                    row.setdefault(cell, []).append((c, value))

    def _erased(self) -> dict[str, tuple[str, str]]:
        """Records that were removed for good and all that ever belonged to them: their kinds, and with which they went."""
        rows = [row for c in self.changesets for row in c.rows]
        found = {id_: (str(cells["kind"]), id_) for ent, id_, cells in rows if ent == ERASED}
        more = True
        while found and more:
            more = False
            for ent, id_, cells in rows:
                of = cells.get("owner") if cells.get("owner") in found else cells.get("person")
                if of in found and id_ not in found:
                    found[id_], more = (ent, found[of][1]), True
        return found

    @cached_property
    def heads(self) -> dict[str, dict[str, list[tuple[Written, Any]]]]:
        return {
            id_: {
                cell: [(c, v) for c, v in writes if not any(other.saw(c.dot) for other, _ in writes)]
                for cell, writes in row.items()
            }
            for id_, row in self.writes.items()
        }

    def _values(self, id_: str, cell: str, heads: Iterable[tuple[Written, Any]]) -> dict[Dot, tuple[Written, Any]]:
        found: dict[Dot, tuple[Written, Any]] = {}
        for c, value in heads:
            if isinstance(value, dict) and "?" in value:
                named = [each for d, q in value["?"] for each in self.written.values() if each.called(d, q)]
                pairs = [(n, dict_of(n, id_).get(cell)) for n in named]
                for dot, pair in self._values(id_, cell, pairs).items():
                    found.setdefault(dot, pair)
            else:
                found.setdefault(c.dot, (c, value))
        return found

    @cached_property
    def cells(self) -> dict[str, dict[str, Cell]]:
        return {
            id_: {cell: self._cell(id_, cell) for cell in row if cell != TRASHED} for id_, row in self.heads.items()
        }

    def _cell(self, id_: str, cell: str) -> Cell:
        heads = self.heads[id_][cell]
        found = sorted(self._values(id_, cell, heads).values(), key=lambda pair: pair[0].key)
        values = [value for _, value in found]
        shown = values[-1]
        if not self._asks(self.ents[id_], cell) or all(_same(v, shown) for v in values):
            return Cell(shown)
        candidates = tuple(sorted(map(_text, values)))
        questions = any(isinstance(v, dict) and "?" in v for _, v in heads)
        if self._kind(id_, cell) == LONG and not questions and all(isinstance(v, str) for v in values):
            merged = self._merged(id_, cell, found)
            if merged is not None:
                return Cell(merged, "merged", candidates)
        return Cell(shown, "decide", candidates)

    def _kind(self, id_: str, cell: str) -> str | None:
        return self.fields.get(self.ents[id_], {}).get(cell.split(".", maxsplit=1)[0])

    def _asks(self, ent: str, cell: str) -> bool:
        if cell.endswith(".state") or cell == "owner":
            return False
        return not (cell == "pos" and ent in self.fields)

    def _merged(self, id_: str, cell: str, found: list[tuple[Written, Any]]) -> str | None:
        dots = {c.dot for c, _ in found}
        common = [
            (c, v) for c, v in self.writes[id_][cell] if c.dot not in dots and all(head.saw(c.dot) for head, _ in found)
        ]
        newest = [(c, v) for c, v in common if not any(other.saw(c.dot) for other, _ in common)]
        if not newest:
            return None
        base = max(newest, key=lambda pair: pair[0].key)[1]
        if not isinstance(base, str):
            return None
        merged: str | None = found[0][1]
        for _, text in found[1:]:
            merged = None if merged is None else merge_text(base, merged, text)
        return merged

    # -- life and death ---------------------------------------------------------------------------

    def owner(self, id_: str) -> str | None:
        cell = self.cells.get(id_, {}).get("owner")
        return cell.shown if cell else None

    @cached_property
    def children(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for id_ in self.writes:
            owner = self.owner(id_)
            if owner:
                found.setdefault(owner, []).append(id_)
        return found

    def below(self, id_: str, done: frozenset[str] = frozenset()) -> Iterator[str]:
        for child in self.children.get(id_, ()):
            if child not in done:
                yield child
                yield from self.below(child, done | {child})

    @cached_property
    def life(self) -> dict[str, str]:
        return {id_: self._life(id_) for id_ in self.writes}

    def _life(self, id_: str) -> str:
        if id_ in self.erased:
            return "dead"
        heads = self.heads[id_].get(TRASHED)
        if not heads:
            return "alive"
        deletes = [c for c, value in heads if value == 1]
        if len(deletes) < len(heads):
            questions = any(isinstance(value, dict) for _, value in heads)
            return "asked" if deletes or questions else "alive"
        for part in {id_, *self.below(id_, frozenset({id_}))}:
            for cell, written in self.heads[part].items():
                if cell != TRASHED and not all(
                    any(c.dot == d.dot or d.saw(c.dot) for d in deletes) for c, _ in written
                ):
                    return "asked"
        return "dead"

    def visible(self, id_: str, above: frozenset[str] = frozenset()) -> bool:
        """Neither in the Trash nor below something that is."""
        if self.life[id_] == "dead":
            return False
        owner = self.owner(id_)
        if owner is None or owner in above or owner not in self.writes:
            return True
        return self.visible(owner, above | {id_})

    def hidden(self, id_: str) -> bool:
        return self.life[id_] == "dead" if self.ents[id_] == MEMBER else not self.visible(id_)

    # -- what a desk shows ------------------------------------------------------------------------

    @cached_property
    def questions(self) -> dict[tuple[str, str], str]:
        """Open questions and texts merged by themselves, of what is not in the Trash."""
        found = {}
        for id_ in self.writes:
            if self.visible(id_):
                found.update({(id_, cell): c.state for cell, c in self.cells[id_].items() if c.state})
                if self.life[id_] == "asked":
                    found[id_, TRASHED] = "decide"
        return found

    @cached_property
    def tables(self) -> dict[tuple[str, str], dict[str, Any]]:
        """Every record of the known kinds: its columns, and whether it is hidden."""
        found = {}
        for id_, ent in self.ents.items():
            if ent in self.fields:
                values = {name: self._column(id_, name, kind) for name, kind in self.fields[ent].items()}
                found[ent, id_] = {**values, "is_deleted": int(self.hidden(id_))}
        return found

    def _column(self, id_: str, name: str, kind: str) -> Any:
        cells = self.cells[id_]
        if kind == SET:
            return self._members(id_, name)
        if kind in (BI, LONG):
            keys = {cell.split(".", 1)[1]: c.shown for cell, c in cells.items() if cell.startswith(name + ".")}
            return {k: v for k, v in keys.items() if v} or None
        shown = cells[name].shown if name in cells else None
        return int(shown) if isinstance(shown, bool) else shown

    def _members(self, id_: str, role: str) -> list[str] | None:
        found = []
        for child in self.children.get(id_, ()):
            cells = {cell: c.shown for cell, c in self.cells[child].items()}
            if self.ents[child] == MEMBER and cells.get("role") == role and self.life[child] != "dead":
                found.append((cells.get("pos"), child, cells["member"]))
        return [member for _, _, member in sorted(found)] or None

    def words(self) -> dict[str, set[str]]:
        """Each marked word that a search should find, and the visible records it stands in."""
        found: dict[str, set[str]] = {}
        for (ent, id_), columns in self.tables.items():
            if ent == MEMBER or columns["is_deleted"]:
                continue
            for name, value in columns.items():
                if (ent, name) in UNSEARCHED or self.fields[ent].get(name) not in (BI, LONG, SET, GROUP):
                    continue
                said = value.items() if isinstance(value, dict) else enumerate(value or ())
                for key, text in said:
                    if not str(key).endswith(".state"):
                        for word in re.findall(r"wort\d+", text):
                            found.setdefault(word, set()).add(id_)
        return found


def dict_of(changeset: Written, id_: str) -> Mapping[str, Any]:
    return {k: v for _, row, cells in changeset.rows if row == id_ for k, v in cells.items()}


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False)


def _text_of(line: Any) -> str:
    return json.dumps(line, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _same(a: Any, b: Any) -> bool:
    return _text(a) == _text(b)


# -- merging of long texts whose sentences are all different ---------------------------------------


def merge_text(base: str, a: str, b: str) -> str | None:
    """Both changes in one text of sentences that end in "。"; None where they touch."""
    if a == b:
        return a
    if base in (a, b):
        return b if a == base else a
    old = re.findall("[^。]*。|[^。]+$", base)
    left, right = _regions(old, a), _regions(old, b)
    for (i, j), words in left.items():
        for (k, m), others in right.items():
            if ((i, j), words) != ((k, m), others) and max(i, k) <= min(j, m):
                return None
    merged = {**left, **right}
    out, at = [], 0
    for (i, j), words in sorted(merged.items()):
        out += [*old[at:i], *words]
        at = j
    return "".join([*out, *old[at:]])


def _regions(old: list[str], text: str) -> dict[tuple[int, int], tuple[str, ...]]:
    new = re.findall("[^。]*。|[^。]+$", text)
    kept = [s for s in old if s in set(new)]
    found: dict[tuple[int, int], tuple[str, ...]] = {}
    i = k = 0
    for sentence in [*kept, None]:
        j = old.index(sentence) if sentence is not None else len(old)
        m = new.index(sentence) if sentence is not None else len(new)
        if j < i or m < k:
            raise ValueError("sentences changed places: not a text for this oracle")
        if j > i or m > k:
            found[i, j] = tuple(new[k:m])
        i, k = j + 1, m + 1
    return found


def _names_in(c: Written) -> Iterator[str]:
    for _, _, cells in c.rows:
        yield from cells.get("names", ())


def _is_forgotten(all_asking: Iterable[tuple[Written, set[str]]], device: str, name: str) -> bool:
    """Whether a name goes from what a device wrote: it asked so itself, or more than half of those before an asking did."""
    asking = [c for c, names in all_asking if name in names]
    for c in asking:
        before = {d for d, q in c.past.items() if q} | {c.dot[0]}
        agreed = {a.dot[0] for a in asking if a is c or a.dot[1] <= c.past.get(a.dot[0], 0)}
        if len(before) > 1 and 2 * len(agreed) > len(before):
            return True
    return any(c.dot[0] == device for c in asking)
