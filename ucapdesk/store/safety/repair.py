"""Finds changesets of earlier versions that no reader of packages accepts, and writes them again so that all do.

Nothing kept the first version from writing what it would itself refuse to receive. Nobody but this workspace can hold
such a changeset, nor any later one of the same device, so they are reissued: a value that is too much is cut, or emptied
where it is no text, and its whole is handed back to be kept as a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from ucapdesk.base.json_text import Json, dumps
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.rules.limits import LONGEST_LINE, longest
from ucapdesk.store.log.changeset import (
    LARGEST_LINE,
    MAX_CHANGESET_CHARS,
    MAX_CHANGESET_ROWS,
    MOST_CELLS,
    Changeset,
    parse_body,
    read_line,
)
from ucapdesk.store.merge.branch_merge import Lines, reissue
from ucapdesk.store.merge.row_state import dots, load_one
from ucapdesk.store.save import damaged_line

if TYPE_CHECKING:
    from ucapdesk.store.desk import Desk

READABLE_MARK = "readable"
"""The mark of a workspace that was checked for them."""


class Taken(NamedTuple):
    """A value that was cut, and its full text. ``stands``: whether the field shows the cut value."""

    kind: str
    id: str
    cell: str
    whole: str
    stands: bool


def unreadable(desk: Desk) -> dict[str, int]:
    """Return the first changeset of each device that no reader accepts. Only own ones can be: others were read."""
    found: dict[str, int] = {}
    query = (
        "SELECT d.device_id, c.seq, c.body FROM sync_changeset c JOIN sync_device d ON d.ord = c.dev"
        " WHERE d.trust = 'me' ORDER BY c.n"
    )
    for device, seq, body in desk.db.execute(query):
        if device not in found and damaged_line(parse_body(body).lines) is not None:
            found[device] = seq
    return found


def repair(desk: Desk) -> list[Taken] | None:
    """Make everything readable, after a backup. Return the values that were cut; None where nothing had to be done."""
    if desk.workspace.read_only:
        return None
    with desk.alone():
        first = unreadable(desk)
        if first:
            desk.workspace.keep_copy("repair")
            cut: list[tuple[tuple[str, int], str, str, str, str]] = []
            now = reissue(desk, first, lambda changeset: _mended(changeset, cut))
    taken = [
        Taken(kind, id_, cell, whole, _stands(desk, now[dot], id_, cell)) for dot, kind, id_, cell, whole in cut
    ] if first else None  # fmt: skip
    desk.mark(READABLE_MARK)
    return taken


def _stands(desk: Desk, seq: int, id_: str, cell: str) -> bool:
    held = load_one(desk.db, id_)
    me = desk.log.devices[desk.me().device_id].ord
    return held is not None and (me, seq) in dots(held.heads.get(cell, []))


def _mended(changeset: Changeset, cut: list[tuple[tuple[str, int], str, str, str, str]]) -> list[Lines]:
    """Return the rows of a changeset as every reader accepts them, in as many changesets as needed."""
    rows: Lines = []
    header = dumps({"d": "x", "s": 1, "t": 1, "y": 1, "p": "", "l": ["x", {}], "n": 1})
    for line in changeset.lines[1:]:
        if damaged_line([header, line]) is None:
            rows.append(line)
            continue
        ent, id_, cells = read_line(line)
        kept = dict(_cells(ent, cells, header, id_))
        for cell, value in kept.items():
            if value != cells[cell]:
                whole = cells[cell] if isinstance(cells[cell], str) else dumps(cells[cell])
                cut.append(((changeset.device, changeset.seq), ent, id_, cell, whole))
        rows += _in_lines(ent, id_, kept)
    return list(_in_changesets(rows))


def _cells(ent: str, cells: dict[str, Json], header: str, id_: str) -> Iterator[tuple[str, Json]]:
    """Yield each cell in readable form: a text cut to its limit, anything else emptied."""
    room = LARGEST_LINE // 2
    for cell, value in sorted(cells.items(), key=lambda pair: len(dumps(pair[1]))):
        text = dumps(value).encode(errors="surrogatepass")
        fits = len(text) <= room and damaged_line([header, dumps([ent, id_, {cell: value}])]) is None
        kept = value if fits else _cut(ent, cell, value) if isinstance(value, str) else None
        room -= len(dumps(kept).encode())
        yield cell, kept


def _cut(ent: str, cell: str, text: str) -> str:
    place = KINDS[ent].place_of(cell) if ent in KINDS else None
    most = longest(place[0]) if place else LONGEST_LINE
    return text.replace("\0", "").encode(errors="ignore").decode()[:most]


def _in_lines(ent: str, id_: str, cells: dict[str, Json]) -> Iterator[str]:
    names = list(cells)
    for at in range(0, max(len(names), 1), MOST_CELLS):
        yield dumps([ent, id_, {name: cells[name] for name in names[at : at + MOST_CELLS]}])


def _in_changesets(rows: Lines) -> Iterator[Lines]:
    some, size = Lines(), 0
    for row in rows:
        if some and (len(some) == MAX_CHANGESET_ROWS or size + len(row) > MAX_CHANGESET_CHARS):
            yield some
            some, size = [], 0
        some.append(row)
        size += len(row)
    yield some


def is_looked_through(desk: Desk) -> bool:
    """Return whether nothing unreadable can be in it any more."""
    return desk.workspace.read_only or desk.marked(READABLE_MARK)


def forget_refusals(desk: Desk) -> list[str]:
    """Forget which packages an earlier version refused for two pasts of one laptop; return who gave them."""
    refused = "state = 'refused' AND counts ->> '$.code' = 'E11'"
    query = f"SELECT DISTINCT d.person FROM sync_import i LEFT JOIN sync_device d ON d.device_id = i.from_dev WHERE {refused}"
    found = [person or "—" for (person,) in desk.ask(query)]
    if found:
        with desk.transaction() as db:
            db.execute(f"DELETE FROM sync_import WHERE {refused}")
    return found
