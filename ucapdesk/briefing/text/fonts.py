"""The fonts of the papers: which characters they hold, their widths, and embedding them into a PDF.

Latin text and digits are set in Noto Sans, Han characters and Chinese marks in Noto Sans SC, in every language.
Official papers have 仿宋 (Zhuque Fangsong) for their text, heavy 宋体 (Noto Serif SC) for their title, and Noto Serif for Latin
words, which holds every Latin letter: a name has one face.
A Han character that none of them holds has a face of rare characters, which is opened when one is met. What is left is
shown by its code in brackets; where a name is handed to somebody, a line to write on stands for it.
"""

from __future__ import annotations

import re
from functools import cache, partial
from io import BytesIO
from itertools import groupby
from typing import Any

from reportlab.pdfbase import pdfmetrics, ttfonts

from ucapdesk.base.paths import resource
from ucapdesk.base.rare_han import font_bytes, rare_fonts
from ucapdesk.briefing.text.characters import SHARED_MARKS, is_wide

REGULAR, BOLD = "NotoSans-Regular", "NotoSans-Bold"
HAN_REGULAR, HAN_BOLD = "NotoSansSC-Regular", "NotoSansSC-Bold"
SONG, SONG_BOLD, FANGSONG = "NotoSerifSC-Regular", "NotoSerifSC-Bold", "ZhuqueFangsong-Regular"
# The face of Latin words beside those of official papers; a Han character that they lack is set in the others.
_SERIFS = {SONG: "NotoSerif-Regular", SONG_BOLD: "NotoSerif-Bold", FANGSONG: "NotoSerif-Regular"}
_RARE_REGULAR, _RARE_BOLD = ":regular", ":bold"
# Outline width of rare characters in em: their fonts are thinner than those beside them.
_STROKES = {_RARE_REGULAR: 0.02, _RARE_BOLD: 0.055}
_APOSTROPHE = re.compile("(?<=[A-Za-z\u00c0-\u024f])’(?=[A-Za-z\u00c0-\u024f])")
BLANK = "____"  # The blank to write on by hand, where a character cannot be printed


def _to_unicode(name: str, subset: list[int]) -> str:
    """Return the map from glyphs back to characters, as copying and searching read it.

    ReportLab writes characters beyond the basic plane as five digits, which readers take for other characters; the
    format wants UTF-16, and blocks of at most a hundred.
    """
    pairs = [
        f"<{n:02X}> <{chr(code).encode('utf-16-be', 'surrogatepass').hex().upper()}>" for n, code in enumerate(subset)
    ]
    blocks = [pairs[n : n + 100] for n in range(0, len(pairs), 100)]
    return "\n".join(
        [
            "/CIDInit /ProcSet findresource begin",
            "12 dict begin",
            "begincmap",
            f"/CIDSystemInfo << /Registry ({name}) /Ordering ({name}) /Supplement 0 >> def",
            f"/CMapName /{name} def",
            "/CMapType 2 def",
            "1 begincodespacerange",
            "<00> <FF>",
            "endcodespacerange",
            *(line for block in blocks for line in (f"{len(block)} beginbfchar", *block, "endbfchar")),
            "endcmap",
            "CMapName currentdict /CMap defineresource pop",
            "end",
            "end",
        ]
    )


class _Glyphs:
    """The outlines of a font, of which only those are copied that a paper needs; ReportLab would copy all for each."""

    def __init__(self, data: bytes, start: int) -> None:
        self.data, self.start = data, start

    def __getitem__(self, part: slice) -> bytes:
        return self.data[self.start + part.start : self.start + part.stop]


def _table(face: Any, tag: str) -> bytes | _Glyphs:
    """Return a table of a font, as ``TTFontParser.get_table`` does."""
    start, length = face.get_table_pos(tag)
    data = vars(face)["_ttf_data"]
    return _Glyphs(data, start) if tag == "glyf" else data[start : start + length]


@cache
def font(name: str) -> ttfonts.TTFont:
    """Return a font, registered with ReportLab when it is first used."""
    ttfonts.makeToUnicodeCMap = _to_unicode  # type: ignore[assignment]  # the stubs leave a type open
    rare, weight, _ = name.partition(":")
    file = BytesIO(font_bytes(rare)) if weight else str(resource("fonts") / f"{name}.ttf")
    loaded = ttfonts.TTFont(name, file, shapable=False)
    loaded.face.get_table = partial(_table, loaded.face)  # type: ignore[method-assign]
    pdfmetrics.registerFont(loaded)
    return pdfmetrics.getFont(name)  # type: ignore[return-value]  # both weights of rare characters are one font in a file


@cache
def _holdings(name: str) -> dict[int, float]:
    """Return the width in thousandths of an em of every character a font holds, by character code."""
    face = font(name).face
    return {code: face.charWidths.get(code, face.defaultWidth) for code in face.charToGlyph}


@cache
def _rare(char: str, weight: str = _RARE_REGULAR) -> str:
    return next((f"{name}{weight}" for name in rare_fonts(char) if ord(char) in _holdings(f"{name}{weight}")), "")


def stroke(face: str) -> float:
    """Return the outline width of a font, in em."""
    return next((thick for weight, thick in _STROKES.items() if face.endswith(weight)), 0.0)


@cache
def is_missing(char: str) -> bool:
    if ord(char) in _holdings(REGULAR) or ord(char) in _holdings(HAN_REGULAR) or char in "\n\u2060\u202f":
        return False
    return not _rare(char)


def can_print(text: str) -> bool:
    """Return whether every character of a clean text can be drawn."""
    return text.isascii() or not any(map(is_missing, text))


@cache
def _stand_in(char: str) -> str:
    return f"[U+{ord(char):04X}]" if is_missing(char) else char


def with_stand_ins(text: str, *, blanks: bool = False) -> str:
    """Return ``text`` with the code in brackets, or a blank, for every character that cannot be drawn."""
    if text.isascii():
        return text
    return "".join(BLANK if is_missing(char) else char for char in text) if blanks else "".join(map(_stand_in, text))


class FaceMetrics:
    """Widths and fonts of text in one weight, for Chinese or for Latin text."""

    def __init__(self, chinese: bool, bold: bool, official: tuple[str, ...]) -> None:
        self._latin = BOLD if bold else REGULAR
        self._han = HAN_BOLD if bold else HAN_REGULAR
        self._rare = _RARE_BOLD if bold else _RARE_REGULAR
        self._shared_are_han = chinese
        self._official = official
        self.word = cache(self._measure)  # words recur

    def _measure(self, text: str) -> tuple[float, tuple[tuple[str, str, float], ...]]:
        """Return the width of ``text`` in em, and its parts by font."""
        parts = []
        shown = text.replace("\u202f", "\u00a0").replace("\u2060", "")
        as_latin = _APOSTROPHE.sub("'", shown)  # between Latin letters it is no quotation mark
        for face, places in groupby(range(len(shown)), lambda n: self._face(as_latin[n])):
            part = "".join(shown[n] for n in places)
            parts.append((face, part, width(face, part)))
        return sum(wide for _, _, wide in parts), tuple(parts)

    def _face(self, char: str) -> str:
        shared = self._shared_are_han and char in SHARED_MARKS
        for face in self._official:
            serif = _SERIFS[face]
            if not shared and not is_wide(char) and ord(char) in _holdings(serif):
                return serif
            if ord(char) in _holdings(face) and (face != FANGSONG or is_wide(char)):
                return face
        if shared:
            return self._han
        if ord(char) in _holdings(self._latin):
            return self._latin
        return self._han if ord(char) in _holdings(self._han) else _rare(char, self._rare) or self._han


def width(face: str, text: str) -> float:
    widths = _holdings(face)
    return sum(widths.get(ord(char), 0) for char in text) / 1000


@cache
def metrics(chinese: bool, bold: bool = False, official: tuple[str, ...] = ()) -> FaceMetrics:
    """Return the metrics of one script and weight; ``official`` names the fonts of official papers, the first one first."""
    return FaceMetrics(chinese, bold, official)
