"""Reads rich text (.rtf): its control words for characters, paragraphs and tables; everything else is passed over."""

from __future__ import annotations

import codecs
import re
from bisect import bisect
from contextlib import suppress
from dataclasses import dataclass, field, replace

from ucapdesk.formats.blocks import block_types
from ucapdesk.formats.blocks.block_types import Blocks, Cell, Grid, TableReader, Text, distinct
from ucapdesk.formats.errors import DOCUMENT_DAMAGED
from ucapdesk.formats.phrases.small_texts import joined_halves

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z'])|([{}])|[\r\n]+|([^\\{}\r\n]+)"
)
_PASSED_OVER = frozenset(
    b"fonttbl colortbl stylesheet info pict object listtable listoverridetable revtbl filetbl fldinst bkmkstart bkmkend pntext "
    b"pntxta pntxtb shpinst nonshppict listtext nonesttables".split()  # others begin with a star
)
_PLACES = {b"header": block_types.HEADER, b"headerl": block_types.HEADER, b"headerr": block_types.HEADER, b"headerf": block_types.HEADER,
           b"footer": block_types.FOOTER, b"footerl": block_types.FOOTER, b"footerr": block_types.FOOTER, b"footerf": block_types.FOOTER,
           b"footnote": block_types.NOTE, b"annotation": block_types.COMMENT, b"shptxt": block_types.BOX}  # fmt: skip
_SIGNS = {b"tab": "\t", b"line": "\n", b"page": "\n", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
          b"rdblquote": "”", b"bullet": "•", b"emspace": " ", b"enspace": " "}  # fmt: skip
_CODE_PAGES = {0: "cp1252", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5", 161: "cp1253", 162: "cp1254",
               177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251", 222: "cp874", 238: "cp1250"}  # fmt: skip
_OTHER_PAGES = {936: "gb18030", 10000: "mac_roman"}
_DEEPEST, _NEAR = 200, 60  # Groups within one another; twips, about a millimetre, within which two edges are the same


@dataclass(slots=True)
class _Story:
    """A text of its own, of the body, a header, a note or a box: its parts, and the paragraph, cell and table so far."""

    place: str = block_types.BODY
    parts: list[Grid | Text] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    is_item: bool = False
    level: int = 0
    depth: int = 0
    lines: list[str] = field(default_factory=list)
    inner: list[list[Cell]] = field(default_factory=lambda: [[]])
    row: list[str] = field(default_factory=list)
    ends: list[tuple[int, bool, bool]] = field(default_factory=list)
    merged: set[bytes] = field(default_factory=set)
    rows: list[tuple[Cell, ...]] = field(default_factory=list)


@dataclass(slots=True)
class _State:
    story: _Story
    skip: bool = False
    after_u: int = 1
    page: str = ""
    deleted: bool = False


def rtf_blocks(name: str, data: bytes) -> Blocks:
    return Blocks(tuple(_RtfReader(name, data).read()))


class _RtfReader(TableReader):
    def __init__(self, name: str, data: bytes) -> None:
        super().__init__()
        self._name, self._data = name, data
        self._states = [_State(_Story())]
        self._bytes = bytearray()
        self._page = "cp1252"
        self._fonts: dict[int, str] = {}
        self._font_read: int | None = None
        self._skip_after_u = 0
        self._gone: list[str] = []

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
        body = self._states[0].story
        self._story_end(body)
        return [*body.parts, *self.apart]

    @property
    def _state(self) -> _State:
        return self._states[-1]

    def _group(self, brace: bytes) -> None:
        self._flush()
        if brace == b"{":
            if len(self._states) > _DEEPEST:
                raise DOCUMENT_DAMAGED(file=self._name)
            self._states.append(replace(self._state))
        elif len(self._states) > 1:
            story = self._states.pop().story
            if story is not self._state.story:
                self._story_end(story)
                self.keep(story.parts, story.place)
        self._skip_after_u = 0

    def _sign(self, sign: bytes) -> None:
        if sign == b"*":
            self._state.skip = True
        elif sign in b"\r\n":
            self._word(b"par", None)
        else:
            self._byte({b"~": b" ", b"_": b"-", b"-": b""}.get(sign, sign))

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
        if self._state.deleted and not self._state.skip:
            self._gone.append(text)
        elif not self._state.skip:
            self._gone_end()
            self._state.story.text.append(text)

    def _gone_end(self) -> None:
        self.keep([Text("".join(self._gone))], block_types.DELETED)
        self._gone = []

    def _word(self, word: bytes, number: int | None) -> None:
        self._flush()
        if word == b"u":
            code = (number or 0) % 65536
            self._say(chr(code))
            self._skip_after_u = self._state.after_u
        elif word == b"uc":
            self._state.after_u = number or 0
        elif word == b"ansicpg" and number:
            self._page = _page(number)
        elif word == b"f" and number is not None:
            self._font_read = number
            self._state.page = self._fonts.get(number, "")
        elif word == b"fcharset" and number is not None and self._font_read is not None:
            if number:
                self._fonts[self._font_read] = _CODE_PAGES.get(number, "")
        elif word == b"nestrow":  # within a group that is passed over
            self._state.story.inner.append([])
        elif word in _PASSED_OVER:
            self._state.story.is_item |= word == b"listtext"
            self._state.skip = True
        elif word in _PLACES:
            self._state.story, self._state.skip = _Story(_PLACES[word]), False
        elif word in (b"deleted", b"strike", b"striked"):
            self._state.deleted = number != 0
        elif word in _SIGNS:
            self._say(_SIGNS[word])
        elif not self._state.skip:
            self._layout(self._state.story, word, number)

    def _layout(self, story: _Story, word: bytes, number: int | None) -> None:
        if word in (b"par", b"sect"):
            self._paragraph(story)
        elif word == b"trowd":
            story.ends = []
        elif word in (b"clmrg", b"clvmrg"):
            story.merged.add(word)
        elif word == b"cellx":
            story.ends.append((number or 0, b"clmrg" in story.merged, b"clvmrg" in story.merged))
            story.merged = set()
        elif word == b"nestcell":
            story.inner[-1].append(Cell(self._text(story), 0))
        elif word == b"cell":
            self._line(story)
            story.row.append("\n".join(story.lines).strip())
            story.lines = []
        elif word == b"intbl":
            story.depth = max(story.depth, 1)
        elif word == b"itap":
            story.depth = number or 0
        elif word == b"pard":
            story.depth = story.level = 0
        elif word == b"ilvl":
            story.level = number or 0
        elif word == b"row":
            self._row_end(story)

    def _text(self, story: _Story) -> str:
        """Return the text of the paragraph that ends here, with the bullet of an item; the next one begins."""
        self._gone_end()
        said = joined_halves("".join(story.text))
        mark = ("○ " if story.level else "→ ") if said.strip() and story.is_item else ""
        story.text, story.is_item = [], False
        return mark + said

    def _paragraph(self, story: _Story) -> None:
        if story.depth > 1:
            story.text.append("\n")
        elif story.depth or story.row:
            self._line(story)
        else:
            said = self._text(story)
            self._table_end(story)
            story.parts += [Text(said)] if said.strip() else []

    def _line(self, story: _Story) -> None:
        """Put the paragraph that ends here into its cell, behind the rows of a table within it."""
        story.lines += [*self.cell_lines([Grid(tuple(map(tuple, story.inner)))]), self._text(story)]
        story.inner = [[]]

    def _story_end(self, story: _Story) -> None:
        self._paragraph(story)
        self._table_end(story)
        story.parts += [Text(said) for said in (*story.row, *story.lines) if said.strip()]  # of a row without an end

    @staticmethod
    def _row_end(story: _Story) -> None:
        """Place the cells by their right edges: a cell as wide as two columns covers both."""
        cells, edge = [], 0
        ends = [*story.ends, *[(0, False, False)] * len(story.row)]
        for text, (end, wide, tall) in zip(story.row[: block_types.MOST_COLUMNS], ends, strict=False):
            if not wide:
                cells.append(Cell(text, edge, 1, tall and not text))
            edge = end
        story.rows.append(tuple(cells))
        story.row = []

    @staticmethod
    def _table_end(story: _Story) -> None:
        if not story.rows:
            return
        edges = distinct({cell.at for row in story.rows for cell in row}, _NEAR)
        rows = []
        for row in story.rows:
            starts = [max(bisect(edges, cell.at + _NEAR) - 1, 0) for cell in row]
            cells = zip(row, starts, [*starts[1:], len(edges)], strict=True)
            rows.append(tuple(Cell(cell.text, at, max(end - at, 1), cell.continues) for cell, at, end in cells))
        story.parts.append(Grid(tuple(rows)))
        story.rows = []


def _page(number: int) -> str:
    """Return the name of a code page; one that nobody knows is the usual one."""
    with suppress(LookupError):
        return codecs.lookup(_OTHER_PAGES.get(number, f"cp{number}")).name
    return "cp1252"
