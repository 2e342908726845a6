r"""Reads rich text (.rtf): its control words for characters, paragraphs and tables; everything else is passed over."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from ucapdesk.formats.errors import DocumentDamaged
from ucapdesk.formats.glance import blocks
from ucapdesk.formats.glance.blocks import Blocks, Cell, Grid, Text, distinct, nested_lines

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_PASSED_OVER = frozenset(
    b"fonttbl colortbl stylesheet info pict object themedata colorschememapping datastore latentstyles generator listtable "
    b"listoverridetable rsidtbl xmlnstbl filetbl revtbl fldinst bkmkstart bkmkend pntext pntxta pntxtb shpinst nonshppict "
    b"docvar userprops mmathPr pgdsctbl listpicture falt panose".split()
)
_PLACES = {b"header": blocks.HEADER, b"headerl": blocks.HEADER, b"headerr": blocks.HEADER, b"headerf": blocks.HEADER,
           b"footer": blocks.FOOTER, b"footerl": blocks.FOOTER, b"footerr": blocks.FOOTER, b"footerf": blocks.FOOTER,
           b"footnote": blocks.NOTE, b"annotation": blocks.COMMENT, b"shptxt": blocks.BOX}  # fmt: skip
_SIGNS = {b"tab": "\t", b"line": "\n", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
          b"rdblquote": "”", b"bullet": "•", b"emspace": " ", b"enspace": " "}  # fmt: skip
_CODE_PAGES = {0: "cp1252", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5", 161: "cp1253", 162: "cp1254",
               177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250"}  # fmt: skip
_DEEPEST, _NEAR = 200, 60
"""Groups within one another; twips, about a millimetre, within which two edges are the same."""


@dataclass(slots=True)
class _State:
    """The settings of a group."""

    place: str = blocks.BODY
    skip: bool = False
    after_u: int = 1
    page: str = ""
    deleted: bool = False


def rtf_blocks(name: str, data: bytes) -> Blocks:
    """Return the contents of a rich text."""
    if not data.lstrip().startswith(b"{\\rtf"):
        raise DocumentDamaged(file=name)
    return Blocks(tuple(_RtfReader(name, data).read()))


class _RtfReader:
    """Reads one file token by token."""

    def __init__(self, name: str, data: bytes) -> None:
        self._name, self._data = name, data
        self._states = [_State()]
        self._parts: list[Grid | Text] = []
        self._rows: list[tuple[Cell, ...]] = []
        self._row: list[str] = []
        self._ends: list[int] = []
        self._wide: list[bool] = []
        self._tall: list[bool] = []
        self._merge = [False, False]
        self._text: dict[str, list[str]] = {}
        self._bytes = bytearray()
        self._page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font_read: int | None = None
        self._skip_after_u = 0
        self._in_table = False
        self._nested: list[list[str]] = [[]]
        self._apart: list[str] = []

    def read(self) -> list[Grid | Text]:
        for match in _TOKEN.finditer(self._data):
            word, number, byte, sign, brace, said = match.groups()
            if brace:
                self._group(brace)
            elif word:
                self._word(word, int(number) if number else None)
            elif byte:
                self._byte(bytes([int(byte, 16)]))
            elif sign:
                self._sign(sign)
            elif said:
                self._byte(said)
        self._flush()
        self._paragraph()
        self._table_end()
        for place, said_there in self._text.items():
            if text := "".join(said_there).strip():
                self._parts.append(Text(text, place))
        return [*self._parts, *(Text(number, blocks.NUMBERING) for number in self._apart)]

    @property
    def _state(self) -> _State:
        return self._states[-1]

    def _group(self, brace: bytes) -> None:
        self._flush()
        if brace == b"{":
            if len(self._states) > _DEEPEST:
                raise DocumentDamaged(file=self._name)
            self._states.append(replace(self._state))
        elif len(self._states) > 1:
            self._states.pop()
        self._skip_after_u = 0

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._state.skip = True
        elif sign in b"\r\n":
            self._word(b"par", None)
        elif sign in (b"~", b"_", b"-"):
            self._say({b"~": " ", b"_": "-", b"-": ""}[sign])
        else:
            self._byte(sign)

    def _byte(self, said: bytes) -> None:
        if self._skip_after_u:
            gone = min(self._skip_after_u, len(said))
            self._skip_after_u -= gone
            said = said[gone:]
        self._bytes += said

    def _flush(self) -> None:
        if self._bytes:
            page = self._state.page or self._page
            text, self._bytes = bytes(self._bytes).decode(page, "replace"), bytearray()
            self._say(text)

    def _say(self, text: str) -> None:
        if self._state.skip:
            return
        place = blocks.DELETED if self._state.deleted else self._state.place
        self._text.setdefault(place, []).append(text)

    def _word(self, word: bytes, number: int | None) -> None:
        self._flush()
        if word == b"u":
            code = (number or 0) % 65536
            self._say(chr(code))
            self._skip_after_u = self._state.after_u
        elif word == b"uc":
            self._state.after_u = number or 0
        elif word == b"ansicpg" and number:
            self._page = _known(f"cp{number}") if number != 936 else "gb18030"
        elif word == b"f" and number is not None:
            self._font_read = number
            self._state.page = self._fonts.get(number, "")
        elif word == b"fcharset" and number is not None and self._font_read is not None:
            if number:
                self._fonts[self._font_read] = _CODE_PAGES.get(number, "")
        elif word == b"nestrow":  # within a group that is passed over
            self._nested.append([])
        elif word in _PASSED_OVER:
            self._state.skip = True
        elif word in _PLACES:
            self._state.place, self._state.skip = _PLACES[word], False
        elif word == b"deleted":
            self._state.deleted = number != 0
        elif word in _SIGNS:
            self._say(_SIGNS[word])
        elif not self._state.skip:
            self._layout(word, number)

    def _layout(self, word: bytes, number: int | None) -> None:
        if word == b"par":
            self._paragraph()
        elif word == b"trowd":
            self._ends, self._wide, self._tall = [], [], []
        elif word in (b"clmrg", b"clvmrg"):
            self._merge[word == b"clvmrg"] = True
        elif word == b"cellx":
            self._ends.append(number or 0)
            self._wide.append(self._merge[0])
            self._tall.append(self._merge[1])
            self._merge = [False, False]
        elif word == b"nestcell":
            self._nested[-1].append(self._cell())
        elif word == b"cell":
            self._row.append("\n".join([*self._inner(), self._cell()]).strip())
        elif word == b"intbl":
            self._in_table = True
        elif word == b"pard":
            self._in_table = False
        elif word == b"row":
            self._row_end()

    def _cell(self) -> str:
        return "".join(self._text.pop(self._state.place, ())).strip()

    def _inner(self) -> list[str]:
        """Return the rows of a table within the cell as its items; the numbers before them stand apart."""
        items, numbers = nested_lines(self._nested)
        self._apart += numbers
        self._nested = [[]]
        return items

    def _paragraph(self) -> None:
        place = self._state.place
        if self._in_table or self._row or place != blocks.BODY:
            self._text.setdefault(place, []).append("\n")
            return
        said = "".join(self._text.pop(place, ()))
        self._table_end()
        if said.strip():
            self._parts.append(Text(said))

    def _row_end(self) -> None:
        """Place the cells by their right edges: a cell as wide as two columns covers both."""
        cells = []
        for at, text in enumerate(self._row[: blocks.MOST_COLUMNS]):
            if at >= len(self._wide) or not self._wide[at]:
                edge = self._ends[at - 1] if 0 < at <= len(self._ends) else 0
                cells.append(Cell(text, edge, 1, at < len(self._tall) and self._tall[at] and not text))
        self._rows.append(tuple(cells))
        self._row = []

    def _table_end(self) -> None:
        if not self._rows:
            return
        edges = {cell.at for row in self._rows for cell in row}
        column = {edge: at for at, edge in enumerate(distinct(edges, _NEAR))}
        near = {edge: max((at for known, at in column.items() if known <= edge + _NEAR), default=0) for edge in edges}
        rows = []
        for row in self._rows:
            starts = [near[cell.at] for cell in row]
            cells = zip(row, starts, [*starts[1:], len(column)], strict=True)
            rows.append(tuple(Cell(cell.text, at, max(end - at, 1), cell.continues) for cell, at, end in cells))
        self._parts.append(Grid(tuple(rows)))
        self._rows = []


def _known(page: str) -> str:
    try:
        b"".decode(page)
    except LookupError:
        return "cp1252"
    return page
