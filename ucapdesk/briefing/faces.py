"""One face of a card: logo, portrait, texts, code and the field of its role, each in its place and none over another."""

from __future__ import annotations

from dataclasses import dataclass

from ucapdesk.briefing.content import Face, Picture
from ucapdesk.briefing.fit import Wanted, fit
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.pictures import Prepared, prepared, qr_shapes
from ucapdesk.briefing.shapes import Raster, Shape, box, moved
from ucapdesk.briefing.signs import sign
from ucapdesk.briefing.styles import GREY, INK, MM
from ucapdesk.briefing.typeset import Placed, bottom

_WIDE = 1.1  # wider than high by this: the portrait stands beside the text, not over it
_LOGO, _PORTRAIT, _CODE = 0.26, 0.42, 0.42  # of a face


@dataclass(slots=True)
class _Room:
    """What is left of a face."""

    x: float
    top: float
    width: float
    height: float


class FaceSetter:
    """Sets faces for the languages of one paper; ``scale`` is theirs where a page is too small for the card."""

    def __init__(self, both: Bilingual, scale: float) -> None:
        self.both = both
        self.scale = scale

    def face(self, face: Face, width: float, height: float) -> tuple[list[Placed], list[Shape]]:
        """Lines and shapes, measured from the upper left corner of the face."""
        inset = min(max(3 * MM, 0.07 * min(width, height)), 10 * MM)
        room = _Room(inset, inset, width - 2 * inset, height - 2 * inset)
        gap = inset / 2
        lines, shapes = self._role(face, room, gap)
        shapes += self._logo(face, room, gap)
        beside = width > _WIDE * height
        shapes += self._portrait(face, room, gap, beside=beside)
        shapes += self._code(face, room, gap, beside=beside)
        placed = fit(self.both.setter, self._texts(face), room.width, room.height)
        free = room.height - bottom(placed)
        down = room.top + (free / 2 if face.align == "centre" else 0.0)
        return lines + [self._aligned(line, face, room, down) for line in placed], shapes

    def _aligned(self, line: Placed, face: Face, room: _Room, down: float) -> Placed:
        over = room.width - line.line.width
        return line.moved(room.x + (over / 2 if face.align == "centre" else 0.0), down)

    def _texts(self, face: Face) -> list[Wanted]:
        """The lines in the languages wanted; what was said once is not said again."""
        texts: list[Wanted] = []
        for line in face.lines:
            languages = (line.only,) if line.only else self.both.languages
            known = [language for language in languages if line.words.has(language)]
            source = line.words.source(self.both.languages)
            first = True
            for language in known or ([source] if source else []):
                text = (line.words.text[language] or "").strip()
                if any(text == other.text for other in texts):
                    continue
                size = line.size * self.scale
                style = self.both.styles.at(size, bold=line.bold, colour=GREY if line.quiet else INK)
                before = line.before * MM * self.scale if first and texts else 0.0
                texts.append(Wanted(text, language, style, before, line.spread and language == "zh"))
                first = False
        return texts

    def _role(self, face: Face, room: _Room, gap: float) -> tuple[list[Placed], list[Shape]]:
        """The role in a framed field at the foot, led by its shape."""
        if face.role is None or face.role.empty:
            return [], []
        size = min(max(8.0, room.height * 0.055), 14.0)
        style = self.both.styles.at(size, bold=True)
        indent = 1.6 * size if face.shape else 0.0
        pad = size * 0.4
        said = [Wanted(each.text, each.language, style) for each in self.both.said(face.role)]
        placed = fit(self.both.setter, said, room.width - indent - 2 * pad, room.height * 0.25)
        wide = max(line.line.width for line in placed)
        high = bottom(placed) + 2 * pad
        top = room.top + room.height - high
        x = room.x + (room.width - wide - indent) / 2
        lines = [line.moved(x + indent, top + pad) for line in placed]
        shapes: list[Shape] = [box(room.x, top, room.width, high)]
        if face.shape:
            shapes.append(sign(face.shape, x, top + high / 2 - size / 2, size))
        room.height -= high + gap
        return lines, shapes

    def _logo(self, face: Face, room: _Room, gap: float) -> list[Shape]:
        found = self._ready(face.logo, room.width, _LOGO * room.height)
        if found is None:
            return []
        x = room.x + ((room.width - found.width) / 2 if face.align == "centre" else 0.0)
        shape = Raster(x, room.top, found.width, found.height, found.image)
        room.top += found.height + gap
        room.height -= found.height + gap
        return [shape]

    def _portrait(self, face: Face, room: _Room, gap: float, *, beside: bool) -> list[Shape]:
        wide, high = (_PORTRAIT * room.width, room.height) if beside else (room.width, _PORTRAIT * room.height)
        found = self._ready(face.picture, wide, high)
        if found is None:
            return []
        if beside:
            shape = Raster(room.x, room.top + (room.height - found.height) / 2, found.width, found.height, found.image)
            room.x += found.width + 1.5 * gap
            room.width -= found.width + 1.5 * gap
            return [shape]
        x = room.x + ((room.width - found.width) / 2 if face.align == "centre" else 0.0)
        shape = Raster(x, room.top, found.width, found.height, found.image)
        room.top += found.height + gap
        room.height -= found.height + gap
        return [shape]

    def _code(self, face: Face, room: _Room, gap: float, *, beside: bool) -> list[Shape]:
        if face.qr is None:
            return []
        side = min(face.qr.size * MM * self.scale, _CODE * room.width, room.height if beside else _CODE * room.height)
        shapes = qr_shapes(face.qr.text, 0.0, 0.0, side)
        if not shapes:
            return []
        x, top = room.x + room.width - side, room.top + room.height - side
        if beside:
            room.width -= side + gap
        else:
            x = room.x + (room.width - side) / 2 if face.align == "centre" else x
            room.height -= side + gap / 2
        return moved(shapes, x, top)

    def _ready(self, picture: Picture | None, width: float, height: float) -> Prepared | None:
        if picture is None:
            return None
        wide, high = (each * MM * self.scale for each in (picture.width, picture.height))
        return prepared(Picture(picture.data, min(wide, width) / MM, min(high, height) / MM))
