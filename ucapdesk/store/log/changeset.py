"""A changeset: what one save did, as lines of JSON that are kept and passed on exactly as their author wrote them.

The first line is the header, each further line one record's cells: ``["meeting", id, {"title.zh": "开幕式"}]``.
A chain of hashes per device makes a copied or restored workspace visible: the same number with other content.

The size limits are kept by every save and checked in every package. A change that a reader refuses can never be taken back out of
the log, and with it every later package of its author would be refused. So nothing is written that breaks one of these. Readers
that are out keep these bounds for ever: none of them may be widened for what is written.
"""

from __future__ import annotations

import hashlib
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from sys import intern
from typing import Any

from ucapdesk.base.ids import ID
from ucapdesk.base.json_text import Json, dumps, loads, must

MIB = 2**20

LARGEST_LINE = 8 * MIB  # Bytes of one line: the cells that one save writes into one record
SLACK = MIB // 4  # Bytes a reader allows beyond that, as the first version did, depending on where a line began
MAX_CHANGESET_CHARS = 64 * MIB  # Maximum characters of one changeset, without its header
# Maximum rows of one changeset, cells of one row, and devices in what a changeset had newly seen.
MAX_CHANGESET_ROWS, MOST_CELLS, MOST_DEVICES = 200_000, 500, 500
HIGHEST = 2**40  # Every number of a changeset is below this
LATEST_TIME = 2**53 - 1  # Latest time of a changeset, in microseconds since 1970: the year 2255
MAX_READ_NESTING = 8  # Maximum nesting of lists and objects in a value; ours go to three


_ORIGINALS = re.compile("^originals_([a-z]{2})$")
Row = tuple[str, str, dict[str, Json]]  # kind, id, cells
Blanked = tuple[str, str, str]  # kind, id, and the record whose data was removed, with this one or as a part of it
# The header's statement of whose data the lines are: line numbers from 1 by person, and under ``OWN_LINES`` the
# author's own.
Whose = dict[str, Any]
OWN_LINES = "p"
StepLabel = list[Any]  # [key of a sentence, its arguments]

_ENT = re.compile("[a-z][a-z0-9_]{0,39}|~erase|~device")
_CELL = re.compile(r"~|[a-z][a-z0-9_]{0,39}(\.[a-z][a-z0-9_]{0,19}){0,2}")
_PERSON = re.compile(r'"n":\d+,"p":"((?:[^"\\]|\\.)*)"(?:,"x":"([0-9a-f]{64})")?,"s":\d+,"t":\d+')
_BLANKED = re.compile(r'\{"i":"[0-9a-f-]{36}","k":"[a-z0-9_~]+","of":"[0-9a-f-]{36}","x":"([0-9a-f]{64})"\}')
read_line: Callable[[str], Json] = json.JSONDecoder().decode  # A line that was checked when it came in
_DICTIONARY = (
    b'","year":null","print":"","value":"is":"exact","about"]}"tz":"Europe/Madrid","start":"end":"date":"2026-'
    b'"given_first","given":"family":"order":"family_first"["organisation","["person","["meeting","["visit","'
    b'{"owner":"","pos":"","role":"","member":""}]["member",".zh.state":"draft ".zh":".en":"title.en":"title.zh":"'
    b'{"d":"","l":["record.edit",{"kind":"","id":"","fields":[]}],"n":1,"p":"","s":1,"t":179,"v":{"":1},"y":1}'
)


ON_BRANCH = "device.branch"  # The label of changesets about laptops that wrote twice under one name
LISTED = "countries.add"  # The label of changesets from the program's own lists
# Labels of changesets the program writes by itself: no user's step, and no news to anybody.
OF_THE_PROGRAM = (LISTED, ON_BRANCH)
# A condition on the log's table for changesets written by people.
BY_PEOPLE = " AND ".join(f"c.label NOT LIKE '[\"{label}\"%'" for label in OF_THE_PROGRAM)


class Damaged(ValueError):
    """Lines that are no changesets; ``line`` counts from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


@dataclass(slots=True)
class Changeset:
    """One save of one device. ``seen`` holds only what its device had newly seen of others since its last one.

    ``device`` is a branch where that device wrote twice under one name; its lines name the device alone.
    """

    device: str
    seq: int
    time: int
    schema: int
    person: str
    label: StepLabel
    seen: dict[str, int]
    undoes: list[int]
    rows: list[Row]
    lines: list[str]
    blanked: list[Blanked] = field(default_factory=list)
    whose: Whose | None = None  # None where the author's program was too old to state it
    nameless: bool = False  # Whether the name of its author was removed
    packed: bytes | None = None  # The lines, deflated, if they were read like that
    _lines: dict[str, list[tuple[Row | Blanked, str | None]]] = field(default_factory=dict)

    def lines_of(self, id_: str) -> list[Row | Blanked]:
        return [line for line, _ in self.owned_lines_of(id_)]

    def owned_lines_of(self, id_: str) -> list[tuple[Row | Blanked, str | None]]:
        """Return its lines about one record, each with the person whose data it is, according to the header."""
        if not self._lines:
            said = [] if self.whose is None else [each for each in self.whose.items() if each[0] != OWN_LINES]
            of_line = {n: person for person, lines in reversed(said) for n in lines}
            rows, blanked = iter(self.rows), iter(self.blanked)
            for n, text in enumerate(self.lines[1:], 1):
                line: Row | Blanked = next(blanked) if text.startswith("{") else next(rows)
                self._lines.setdefault(line[1], []).append((line, of_line.get(n)))
        return self._lines.get(id_, [])

    def cells_of(self, id_: str) -> dict[str, Json]:
        written = (said.items() for _, _, said in self.lines_of(id_) if not isinstance(said, str))
        return {cell: value for cells in written for cell, value in cells}

    def person_of(self, id_: str) -> str | None:
        """Return the person whose data its first line about a record that is anybody's is, according to the header."""
        return next((person for _, person in self.owned_lines_of(id_) if person), None)

    @property
    def by_a_person(self) -> bool:
        return self.label[0] not in OF_THE_PROGRAM


def make(header: Mapping[str, Any], rows: list[Row]) -> Changeset:
    """Return a changeset of ours. Keys of the header: d, s, t, y, p, l, e and, where there is something to say, v and u."""
    lines = [dumps({**header, "n": len(rows)}), *(dumps(list(row)) for row in rows)]
    return _build(header, rows, lines)


def _build(h: Mapping[str, Any], rows: list[Row], lines: list[str], blanked: list[Blanked] | None = None) -> Changeset:
    return Changeset(
        h["d"], h["s"], h["t"], h["y"], h.get("p") or "", h["l"], h.get("v", {}), h.get("u", []), list(map(_named_as_today, rows)), lines,
        blanked or [], h.get("e"), "x" in h,
    )  # fmt: skip


def _named_as_today(row: Row) -> Row:
    """Return a row with the names that its cells have today; its line keeps those that were signed.

    The originals of an MoU were a field for each language: ``originals_en`` is a cell of ``originals_by_language``.
    """
    kind, id_, cells = row
    if kind != "agreement" or not any(cell.startswith("originals_") for cell in cells):
        return row
    return kind, id_, {_ORIGINALS.sub(r"originals_by_language.\1", cell): value for cell, value in cells.items()}


def parse(lines: Iterable[str], read: Callable[[str], Json] = loads) -> Iterator[Changeset]:
    """Changesets from their lines. Raises ``Damaged`` for anything that is not one."""
    at, rest = 0, iter(lines)
    for line in rest:
        at += 1
        try:
            header = _header(read(line))
            _encodable(line, header)
            body, rows, size, blanked = [line], [], 0, list[Blanked]()
            for n in range(1, header["n"] + 1):
                at += 1
                body.append(next(rest))
                size += len(body[-1])
                must(size <= MAX_CHANGESET_CHARS)
                row = read(body[-1])
                _encodable(body[-1], row)
                if type(row) is list:
                    rows.append(_row(*row))
                else:
                    blanked.append(_blanked(row, n, header.get("e")))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError, StopIteration) as error:
            raise Damaged(at) from error
        yield _build(header, rows, body, blanked)


def _header(h: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a header whose keys are valid; further keys of a newer program are allowed."""
    device, seq, time, schema, count, label = h["d"], h["s"], h["t"], h["y"], h["n"], h["l"]
    must(type(device) is str and 0 < len(device) <= 64 and type(h.get("p") or "") is str)
    must(type(seq) is type(time) is type(schema) is type(count) is int)
    must(0 < seq < HIGHEST and time >= 0 and schema > 0 and 0 <= count <= MAX_CHANGESET_ROWS)
    must(type(label) is list and len(label) == 2 and type(label[0]) is str and type(label[1]) is dict)
    if "x" in h:
        must(type(h["x"]) is str and len(bytes.fromhex(h["x"])) == 32 and not h.get("p"))
    if "e" in h:
        must(type(h["e"]) is dict and all(_is_whose(*each, count) for each in h["e"].items()))
    if "v" in h:
        must(len(h["v"]) <= MOST_DEVICES and all(type(q) is int and 0 < q < HIGHEST for q in h["v"].values()))
    if "u" in h:
        must(type(h["u"]) is list and all(type(q) is int and q > 0 for q in h["u"]))
    return h


def _row(ent: str, id_: str, cells: dict[str, Json]) -> Row:
    must(_ENT.fullmatch(ent) and ID.fullmatch(id_) and len(cells) <= MOST_CELLS and all(map(_is_cell, cells)))
    for value in cells.values():
        if type(value) is dict or type(value) is list:
            must(_is_shallow(value, MAX_READ_NESTING))
    return intern(ent), id_, cells  # one text of each kind, of however many records


def _is_whose(key: str, value: Json, count: int) -> bool:
    if key == OWN_LINES:
        return type(value) is str and len(value) <= 64
    return bool(ID.fullmatch(key)) and type(value) is list and all(type(n) is int and 0 < n <= count for n in value)


def _blanked(row: Mapping[str, str], n: int, whose: Whose | None) -> Blanked:
    must(row.keys() == {"i", "k", "of", "x"} and len(bytes.fromhex(row["x"])) == 32)
    must(_ENT.fullmatch(row["k"]) and ID.fullmatch(row["i"]) and ID.fullmatch(row["of"]))
    return row["k"], row["i"], row["of"] if whose is None else person_of(whose, n) or ""


def person_of(whose: Whose, n: int) -> str | None:
    return next((person for person, lines in whose.items() if person != OWN_LINES and n in lines), None)


def blank(line: str, row: Row, of: str) -> str:
    """Return the substitute for a line whose content was removed: its hash, and whose data it was."""
    return dumps({"i": row[1], "k": row[0], "of": of, "x": hashlib.sha256(line.encode()).hexdigest()})


def without_person(header: str) -> str:
    """Return a header in which only the hash of its author's name is left."""
    found = _person(header)
    if found is None or found[2]:
        return header
    name = hashlib.sha256(found[1].encode()).hexdigest()
    return f'{header[: found.start(1)]}","x":"{name}{header[found.end(1) :]}'


def _person(header: str) -> re.Match[str] | None:
    found = None
    for found in _PERSON.finditer(header):  # noqa: B007  # the last: before it only the label could hold the same
        pass
    return found


def _encodable(line: str, value: Json) -> None:
    """Refuse half characters and NUL, which a table could not hold."""
    if "\\u" in line:
        dumps(value).encode()
        must("\\u0000" not in line.replace("\\\\", ""))


@lru_cache(maxsize=4096)  # a file may name many
def _is_cell(name: str) -> bool:
    return bool(_CELL.fullmatch(name))


def _is_shallow(value: Json, levels: int) -> bool:
    inner = [value]
    for _ in range(levels):
        inner = [each for of in inner for each in (of.values() if type(of) is dict else of if type(of) is list else ())]
        if not inner:
            return True
    return False


def parse_body(body: bytes | str, device: str = "") -> Changeset:
    """Return a changeset from the log's own table; it was checked when it came in. ``device``: the branch it belongs to."""
    lines = unpack(body)
    header = read_line(lines[0])
    rows = read_line("[" + ",".join(lines[1:]) + "]")
    blanked = [_blanked(row, n, header.get("e")) for n, row in enumerate(rows, 1) if type(row) is dict]
    found = _build(header, [tuple(row) for row in rows if type(row) is list], lines, blanked)
    found.device = device or found.device
    return found


def pack(lines: list[str]) -> bytes:
    """Return lines as one deflated piece, compressed with a dictionary of words common in changesets."""
    deflate = zlib.compressobj(6, zlib.DEFLATED, -15, 8, zlib.Z_DEFAULT_STRATEGY, _DICTIONARY)
    return deflate.compress("\n".join(lines).encode()) + deflate.flush()


def unpack(body: bytes | str) -> list[str]:
    """Return the lines of a packed body. Split at LF only: other line ends may stand inside a text."""
    if isinstance(body, str):
        return body.split("\n")
    return zlib.decompressobj(-15, zdict=_DICTIONARY).decompress(body).decode().split("\n")


def first_chain(workspace: str, device: str) -> bytes:
    return hashlib.sha256(f"ucapx1{workspace}{device}".encode()).digest()


def next_chain(chain: bytes, lines: Iterable[str]) -> bytes:
    """Return the chain after a changeset; for a removed line or name its hash is used."""
    digest = hashlib.sha256(chain)
    for at, line in enumerate(lines):
        if not at:
            digest.update(hash_of_header(line))
        else:
            was = _BLANKED.fullmatch(line) if line[:1] == "{" else None
            digest.update(bytes.fromhex(was[1]) if was else hashlib.sha256(line.encode()).digest())
    return digest.digest()


def hash_of_header(header: str) -> bytes:
    """Return the hash of a header, made of the hash of the author's name and of the rest, so that the name can be removed."""
    found = _person(header)
    if found is None:
        return hashlib.sha256(header.encode()).digest()
    name = bytes.fromhex(found[2]) if found[2] else hashlib.sha256(found[1].encode()).digest()
    ends = found.end(2) if found[2] else found.end(1)
    return hashlib.sha256(name + f"{header[: found.start(1)]}{header[ends:]}".encode()).digest()
