"""Writes characters as a page of the PDF shows them: by their numbers in the parts of their fonts that are embedded.

ReportLab does the same for a text at a time; here each character is looked up once in a paper.
"""

from __future__ import annotations

from reportlab.lib.rl_accel import escapePDF, fp_str
from reportlab.pdfgen.canvas import Canvas

from ucapdesk.briefing import fonts

_LEADING = 1.2  # of the size, as ReportLab writes it


class Glyphs:
    """The characters of one paper."""

    def __init__(self, canvas: Canvas) -> None:
        self.document = vars(canvas)["_doc"]
        self._known: dict[str, dict[str, tuple[int, str]]] = {}
        self._operators: dict[tuple[str, int, float], str] = {}

    def show(self, code: list[str], text: str, face: str, size: float, subset: int) -> int:
        """Add the operators that show a text; return the part of the font that is set then. ``subset``: the one set before."""
        known = self._known.setdefault(face, {})
        said: list[str] = []
        shown: list[str] = []
        for char in text:
            part, glyph = known.get(char) or self._placed(face, char)
            if part != subset:
                if shown:
                    said.append(f"({''.join(shown)}) Tj")
                    shown = []
                said.append(self._set(face, part, size))
                subset = part
            shown.append(glyph)
        if shown:
            said.append(f"({''.join(shown)}) Tj")
        code.append(" ".join(said))
        return subset

    def _placed(self, face: str, char: str) -> tuple[int, str]:
        """Return the part of a font that holds a character, and its number there as a string of the PDF."""
        ((part, number),) = fonts.font(face).splitString(char, self.document)
        found = self._known[face][char] = part, escapePDF(number)
        return found

    def _set(self, face: str, part: int, size: float) -> str:
        key = (face, part, size)
        if key not in self._operators:
            name = fonts.font(face).getSubsetInternalName(part, self.document)
            self._operators[key] = f"{name} {fp_str(size)} Tf {fp_str(_LEADING * size)} TL"
        return self._operators[key]
