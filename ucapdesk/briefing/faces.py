"""Sets one face of a card: logo, portrait, texts, code and role, each in its place and none over another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ucapdesk.briefing.boards import Face
from ucapdesk.briefing.characters import clean
from ucapdesk.briefing.fit import Wanted, fit
from ucapdesk.briefing.fonts import BLANK, can_print
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.pictures import Prepared, can_be_code, prepared, qr_shapes
from ucapdesk.briefing.shapes import Shape, Stroke, box
from ucapdesk.briefing.styles import GREY, INK, MM
from ucapdesk.briefing.symbols import sign
from ucapdesk.briefing.text_elements import Picture
from ucapdesk.briefing.typeset import Box, Placed, bottom

_WIDE = 1.1  # wider than high by this: the portrait stands beside the text, not over it
_LOGO, _PORTRAIT, _CODE = 0.26, 0.42, 0.42  # of a face
_NAME = 0.5  # of what is left of a wide face may the name take
_LOW = 50  # mm: a field for the role has one line on lower faces
_BAR = 2.5  # mm of colour at the head, or more on large faces
_Code = tuple[str, float, float, float]  # its text, left edge, upper edge and side


@dataclass(slots=True)
class _Room:
    """The free part of a face."""

    x: float
    top: float
    width: float
    height: float

    def drop(self, height: float) -> None:
        """Take so much off its top."""
        self.top += height
        self.height -= height


class FaceSetter:
    """Sets faces for the languages of one paper; ``scale`` is theirs where a page is too small for the card."""

    def __init__(self, both: Bilingual, scale: float) -> None:
        self.both = both
        self.scale = scale
        self.shortened: list[str] = []
        """Texts that do not fit at a readable size."""
        self.told = 0

    def face(self, face: Face, width: float, height: float) -> tuple[list[Placed], list[Shape]]:
        """Return the lines and shapes of a face, measured from its upper left corner."""
        lines, shapes, code = self._placed(face, width, height)
        return lines, [*shapes, *qr_shapes(*code)] if code is not None else shapes

    def _placed(self, face: Face, width: float, height: float) -> tuple[list[Placed], list[Shape], _Code | None]:
        """Return lines and shapes, and where the code stands."""
        inset = min(max(3 * MM, 0.07 * min(width, height)), 10 * MM)
        room = _Room(inset, inset, width - 2 * inset, height - 2 * inset)
        gap = inset / 2
        shapes = self._bar(face, room, gap)
        lines, field = self._role(face, room, gap)
        shapes += field + self._above(self._ready(face.logo, room.width, _LOGO * room.height), face, room, gap)
        beside = width > _WIDE * height
        ways = (True, False) if beside and face.qr is not None else (False,)
        # where the name over the rest leaves too little room for long texts, all of them stand together
        for over in ways:
            own = replace(room)
            cut: list[str] = []
            texts = self._texts(face)
            head = self._head(face, texts, own, gap, cut) if over else []
            portrait = self._portrait(face, own, gap, beside=beside)
            code = self._code(face, own, gap, beside=beside, alone=over and not portrait)
            placed = fit(self.both.setter, texts, own.width, own.height, cut)
            if not cut:
                break
        self.shortened += cut
        free = own.height - bottom(placed)
        down = own.top + (free / 2 if face.align == "centre" else 0.0)
        own_lines = [self._aligned(line, face, own, down) for line in placed]
        told = [line for some in (lines, head, own_lines) for line in self._numbered(some)]
        return told, [*shapes, *portrait], code

    def _numbered(self, lines: list[Placed]) -> list[Placed]:
        """Return lines with a number for each text that no other text of the cards has, so that none is told with another."""
        numbered = [replace(line, cell=self.told + 1 + line.cell) for line in lines]
        self.told = max((line.cell for line in numbered), default=self.told)
        return numbered

    def is_crowded(self, face: Face, width: float, height: float) -> bool:
        """Return whether a name on a face finds no room in its wanted size."""
        wanted = [each for each in self._texts(face) if each.style.bold]
        lines, _, _ = self._placed(face, width, height)
        said = [(line.line.text.strip(), line.size) for line in lines]
        return any(
            text and text in each.text and size < 0.999 * each.style.size for text, size in said for each in wanted
        )

    def _bar(self, face: Face, room: _Room, gap: float) -> list[Shape]:
        """Return the bar in the colour of the role, at the head."""
        if not face.colour:
            return []
        high = min(max(_BAR * MM, room.height * 0.03), 5 * MM)
        bar = Stroke(room.x, room.top, room.width, high, face.colour)
        room.drop(high + gap)
        return [bar]

    def _head(self, face: Face, texts: list[Wanted], room: _Room, gap: float, cut: list[str]) -> list[Placed]:
        """Set the name over the whole width, above portrait and code; it is taken from the texts."""
        count = len(self._texts(replace(face, lines=face.lines[:1])))
        name, texts[:] = texts[:count], texts[count:]
        placed = fit(self.both.setter, name, room.width, room.height * _NAME, cut)
        lines = [self._aligned(line, face, room, room.top) for line in placed]
        room.drop(bottom(placed) + gap / 2)
        return lines

    def _aligned(self, line: Placed, face: Face, room: _Room, down: float) -> Placed:
        over = room.width - line.line.width
        return line.moved(room.x + (over / 2 if face.align == "centre" else 0.0), down)

    def _texts(self, face: Face) -> list[Wanted]:
        """Set the lines as they are read in the wanted languages, without tags; what would say the same twice, one below the
        other, is set once.
        """
        texts: list[Wanted] = []
        for line in face.lines:
            languages = (line.only,) if line.only else self.both.languages
            said = (line.words.shown(language, self.both.languages) for language in languages)
            first = True
            for text, language, _ in filter(None, said):
                complete = can_print(clean(text))
                text = text if complete else 3 * BLANK  # no card is printed with a name that lacks a character
                if texts and text == texts[-1].text:
                    continue
                size = line.size * self.scale
                colour = GREY if line.quiet or not complete else INK
                style = self.both.styles.at(size, bold=line.bold and complete, colour=colour)
                before = line.before * MM * self.scale if first and texts else 0.0
                texts.append(
                    Wanted(text, language, style, before, line.spread and language == "zh", line.rows, line.parts)
                )
                first = False
        return texts

    def _role(self, face: Face, room: _Room, gap: float) -> tuple[list[Placed], list[Shape]]:
        """Set the role in a framed field at the foot, led by its shape."""
        if face.role is None or face.role.empty:
            return [], []
        size = min(max(8.0, room.height * 0.055), 14.0)
        style = self.both.styles.at(size, bold=True)
        indent = 1.6 * size if face.mark else 0.0
        pad = size * 0.4
        said = [Wanted(each.text, each.language, style) for each in self.both.said(face.role)]
        inner = room.width - indent - 2 * pad
        placed = self._in_a_line(said, inner) if room.height < _LOW * MM else []
        placed = placed or fit(self.both.setter, said, inner, room.height * 0.25, self.shortened)
        wide = max((line.x + line.line.width for line in placed), default=0.0)
        high = bottom(placed) + 2 * pad
        top = room.top + room.height - high
        x = room.x + (room.width - wide - indent) / 2
        lines = [line.moved(x + indent, top + pad) for line in placed]
        shapes: list[Shape] = [box(room.x, top, room.width, high)]
        if face.mark:
            shapes.append(sign(face.mark.shape, x, top + high / 2 - size / 2, size, colour=face.mark.colour))
        room.height -= high + gap
        return lines, shapes

    def _in_a_line(self, said: list[Wanted], width: float) -> list[Placed]:
        """Set both languages side by side where they fit."""
        placed: list[Placed] = []
        x = 0.0
        for each in said:
            lines = self.both.setter.fitted(each.text, each.language, each.style, Box(x, 0.0, width), rows=1)
            placed += lines
            x += lines[0].line.width + each.style.size
        return placed if x - said[-1].style.size <= width else []

    def _above(self, found: Prepared | None, face: Face, room: _Room, gap: float) -> list[Shape]:
        """Put a picture over what follows, where there is one."""
        if found is None:
            return []
        x = room.x + ((room.width - found.width) / 2 if face.align == "centre" else 0.0)
        shape = found.at(x, room.top)
        room.drop(found.height + gap)
        return [shape]

    def _portrait(self, face: Face, room: _Room, gap: float, *, beside: bool) -> list[Shape]:
        wide, high = (_PORTRAIT * room.width, room.height) if beside else (room.width, _PORTRAIT * room.height)
        found = self._ready(face.picture, wide, high)
        if found is None or not beside:
            return self._above(found, face, room, gap)
        shape = found.at(room.x, room.top + (room.height - found.height) / 2)
        room.x += found.width + 1.5 * gap
        room.width -= found.width + 1.5 * gap
        return [shape]

    def _code(self, face: Face, room: _Room, gap: float, *, beside: bool, alone: bool) -> _Code | None:
        """Return the place of the code: on the right of wide faces, opposite the portrait if there is one; else at the foot."""
        if face.qr is None or not can_be_code(face.qr.text):
            return None
        side = min(face.qr.size * MM * self.scale, _CODE * room.width, room.height if beside else _CODE * room.height)
        x, top = room.x + room.width - side, room.top + room.height - side
        if beside:
            room.width -= (side + gap) * (2 if alone else 1)
            room.x += side + gap if alone else 0.0
        else:
            x = room.x + (room.width - side) / 2 if face.align == "centre" else x
            room.height -= side + gap / 2
        return face.qr.text, x, top, side

    def _ready(self, picture: Picture | None, width: float, height: float) -> Prepared | None:
        if picture is None:
            return None
        wide, high = (each * MM * self.scale for each in (picture.width, picture.height))
        return prepared(replace(picture, width=min(wide, width) / MM, height=min(high, height) / MM))
