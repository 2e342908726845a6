"""The faces of the papers: which characters they hold, how wide they are, and getting them into a PDF.

Latin text and digits are set in Noto Sans, Han characters and Chinese marks in Noto Sans SC, in every language.
Official papers have 仿宋 (Zhuque Fangsong) for their text and 宋体 (Noto Serif SC) for their title, numbers and Latin words.
A character that neither holds is shown by its code in brackets, so that nobody is handed an empty box.
"""

from __future__ import annotations

from functools import cache
from itertools import groupby

from reportlab.pdfbase import pdfmetrics, ttfonts

from ucapdesk.base.paths import resource
from ucapdesk.briefing.characters import SHARED_MARKS, is_wide

REGULAR, BOLD, ITALIC, BOLD_ITALIC = "NotoSans-Regular", "NotoSans-Bold", "NotoSans-Italic", "NotoSans-BoldItalic"
HAN_REGULAR, HAN_BOLD = "NotoSansSC-Regular", "NotoSansSC-Bold"
SONG, FANGSONG = "NotoSerifSC-Regular", "ZhuqueFangsong-Regular"  # a character they lack is set in the others
FACES = (REGULAR, BOLD, ITALIC, BOLD_ITALIC, HAN_REGULAR, HAN_BOLD)


def _to_unicode(name: str, subset: list[int]) -> str:
    """The map from glyphs back to characters, as copying and searching read it.

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


@cache
def font(name: str) -> ttfonts.TTFont:
    """A face, registered with ReportLab when it is first asked for."""
    ttfonts.makeToUnicodeCMap = _to_unicode  # type: ignore[assignment]  # the stubs leave a type open
    loaded = ttfonts.TTFont(name, str(resource("fonts") / f"{name}.ttf"), shapable=False)
    pdfmetrics.registerFont(loaded)
    return loaded


@cache
def _holdings(name: str) -> dict[int, float]:
    """Character code to width in thousandths of an em, of every character a face holds."""
    face = font(name).face
    return {code: face.charWidths.get(code, face.defaultWidth) for code in face.charToGlyph}


def is_missing(char: str) -> bool:
    """Whether no face of ours holds a character."""
    code = ord(char)
    return code not in _holdings(REGULAR) and code not in _holdings(HAN_REGULAR) and char not in "\n\u2060\u202f"


@cache
def _stand_in(char: str) -> str:
    return f"[U+{ord(char):04X}]" if is_missing(char) else char


def with_stand_ins(text: str) -> str:
    """``text`` with its code in brackets for every character that cannot be drawn."""
    return text if text.isascii() else "".join(map(_stand_in, text))


class FaceMetrics:
    """Widths and faces of text in one weight, for Chinese or for Latin text."""

    def __init__(self, chinese: bool, bold: bool, italic: bool, official: tuple[str, ...] = ()) -> None:
        latin = {(False, False): REGULAR, (True, False): BOLD, (False, True): ITALIC, (True, True): BOLD_ITALIC}
        self._latin = latin[bold, italic]
        self._han = HAN_BOLD if bold else HAN_REGULAR
        self._shared_are_han = chinese
        self._official = official
        self._words: dict[str, tuple[float, tuple[tuple[str, str, float], ...]]] = {}

    def word(self, text: str) -> tuple[float, tuple[tuple[str, str, float], ...]]:
        """Width in em of ``text``, and its parts by face; remembered, words come again."""
        known = self._words.get(text)
        if known is None:
            known = self._words[text] = self._measure(text)
        return known

    def _measure(self, text: str) -> tuple[float, tuple[tuple[str, str, float], ...]]:
        parts = []
        for face, chars in groupby(text.replace("\u202f", "\u00a0").replace("\u2060", ""), self._face):
            part = "".join(chars)
            widths = _holdings(face)
            parts.append((face, part, sum(widths.get(ord(char), 0) for char in part) / 1000))
        return sum(width for _, _, width in parts), tuple(parts)

    def _face(self, char: str) -> str:
        for face in self._official:
            if ord(char) in _holdings(face) and (face == SONG or is_wide(char)):
                return face
        if self._shared_are_han and char in SHARED_MARKS:
            return self._han
        return self._latin if ord(char) in _holdings(self._latin) else self._han


@cache
def metrics(chinese: bool, bold: bool = False, italic: bool = False, official: tuple[str, ...] = ()) -> FaceMetrics:
    """The measures for one script and weight; ``official`` names the faces of official papers, the first one first."""
    return FaceMetrics(chinese, bold, italic, official)
