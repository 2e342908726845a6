"""The look in numbers: page, grid, type and colours. No other module of ``briefing`` holds measures.

All measures are points; a style sheet is made for a scale, so that a paper can be set a little smaller to fit its page
and large print comes from the same numbers. The colours are the usual ones, or the accent of a house style, made dark enough to be read.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ucapdesk.briefing.blocks.content import PageSetup
from ucapdesk.briefing.blocks.elements import House

MM = 72 / 25.4
INK, GREY, RULE, WARNING = "#1C2430", "#4B5666", "#C9D0D9", "#7A5200"
ACCENT, TINT = "accent", "tint"  # colours that the house style may have otherwise
INKS = {ACCENT: "#0F5FA6", TINT: "#EEF4FA"}
_BLACK, RED = "#000000", "#E60012"  # of official papers, and of the head of their letters
SMALLEST = 7.5  # no type is set smaller
HAIR, THIN, BAR = 0.4, 0.75, 2.4  # rules


# Width and height in mm, how much margins and columns shrink with the page, and how much the type does.
_SIZES = {
    "A3": (297, 420, 1.2, 1.15),
    "A4": (210, 297, 1.0, 1.0),
    "A5": (148, 210, 0.72, 0.9),
    "A6": (105, 148, 0.6, 0.84),
}
LARGE = 16 / 9.5  # the scale of large print: 16 points for text …
_LARGE_LINE, _LARGE_SECOND = 0.81, 0.66  # … on closer lines, and what stands in the other language under it: 11 points
_LARGE_MARGINS = (18, 15, 19, 17)
# What is large without being enlarged as much as the text is.
_LARGER = {
    "cover": 0.8, "title": 0.85, "section": 0.8, "subsection": 0.85, "date": 0.85, "label": 0.9, "note": 0.85, "fact label": 0.85,
    "table head": 0.8, "group": 0.85,
}  # fmt: skip
_OFFICIAL_TEXT = 156 * MM / 28  # 28 characters in a line …
_OFFICIAL_LINE = 225 * MM / 22  # … and 22 lines on a page


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page and its margins; ``duplex`` swaps inner and outer on even pages, ``edge`` measures header and footer."""

    width: float = 210 * MM
    height: float = 297 * MM
    inner: float = 24 * MM
    outer: float = 18 * MM
    top: float = 22 * MM
    bottom: float = 20 * MM
    duplex: bool = False
    edge: float = 1.0
    official: bool = False

    @classmethod
    def of(cls, page: PageSetup) -> Sheet:
        if page.official:  # GB/T 9704: a field of 156 × 225 mm
            return cls(inner=28 * MM, outer=26 * MM, top=37 * MM, bottom=35 * MM, duplex=page.duplex, official=True)
        wide, high, edge, _ = _SIZES["A5" if page.booklet else page.size]
        if page.landscape and not page.booklet:
            wide, high = high, wide
        inner, outer, top, bottom = (each * edge * MM for each in (_LARGE_MARGINS if page.large else (24, 18, 22, 20)))
        return cls(wide * MM, high * MM, inner, outer, top, bottom, page.duplex or page.booklet, edge)

    @property
    def frame_width(self) -> float:
        return self.width - self.inner - self.outer

    @property
    def frame_height(self) -> float:
        return self.height - self.top - self.bottom

    @property
    def header(self) -> float:
        """Distance from the top of the page to the rule below the header."""
        return min(max(15 * MM * self.edge, 13.5 * MM), self.top - 2.5 * MM)

    @property
    def header_height(self) -> float:
        """Maximum height of the header above its rule; printers leave the edge of the paper white."""
        return self.header - 5 * MM - 4

    @property
    def footer(self) -> float:
        """Distance from the bottom of the page to the footer; the numbers of official pages stand 7 mm below the type area."""
        return 22 * MM if self.official else 12 * MM * self.edge

    def left(self, page: int) -> float:
        """Left edge of the type area; pages count from 1."""
        return self.outer if self.duplex and page % 2 == 0 else self.inner


@dataclass(frozen=True, slots=True)
class Style:
    """The style of the text of one role.

    Attributes:
        size: Of Latin text.
        han: Of Chinese text.
        leading: From line to line.
        colour: Of the text.
        bold: Weight.
        drop: From the top of a line to its baseline.
    """

    size: float
    han: float
    leading: float
    colour: str = INK
    bold: bool = False
    drop: float = 0.0

    def for_language(self, language: str) -> float:
        return self.han if language == "zh" else self.size


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """All styles and distances at one scale; ``tight`` halves the space between things, ``grid`` measures columns.

    ``serif``: in the faces of official papers, and black, as what has a shape of its own there.
    ``large``: whoever needs large print reads the first language; the second stands under it, smaller.
    """

    scale: float = 1.0
    tight: bool = False
    grid: float = 1.0
    official: bool = False
    large: bool = False
    serif: bool = False

    @classmethod
    def of(cls, page: PageSetup, density: tuple[float, bool] = (1.0, False)) -> StyleSheet:
        if page.official:
            return cls(official=True)
        _, _, edge, scale = _SIZES["A5" if page.booklet else page.size]
        large = LARGE if page.large else 1.0
        return cls(scale * large * density[0], density[1], edge * min(large, 1.25), large=page.large)

    @property
    def line(self) -> float:
        return _OFFICIAL_LINE if self.official else 14 * self.scale * self._closer

    @property
    def _closer(self) -> float:
        return _LARGE_LINE if self.large else 1.0

    @property
    def half(self) -> float:
        """Half a baseline step: everything sits on multiples of it."""
        return self.line / 2

    @property
    def gap(self) -> float:
        """The space between paragraphs, and the grid on which heights end."""
        return self.half / 2 if self.tight else self.half

    @property
    def gutter(self) -> float:
        """Width between two languages."""
        return 6 * MM * self.grid

    @property
    def table_gutter(self) -> float:
        return max(4 * MM * self.grid, 10.5 * self.scale)

    @property
    def label(self) -> float:
        return (30 if self.large else 38) * MM * self.grid

    @property
    def fact_label(self) -> float:
        return 24 * MM * self.grid

    def pair(self, width: float, languages: tuple[str, ...]) -> tuple[float, float]:
        """Return the two column widths of side-by-side text; Chinese takes less room than any other language."""
        wide, narrow = (86 / 162) * (width - self.gutter), (76 / 162) * (width - self.gutter)
        return (narrow, wide) if languages[0] == "zh" else (wide, narrow)

    def pair_of_cell(self, width: float, languages: tuple[str, ...]) -> tuple[float, float]:
        """Return the same within a column of a table, or beside a date."""
        wide, narrow = 0.54 * width, 0.46 * width
        return (narrow, wide) if languages[0] == "zh" else (wide, narrow)

    def style(self, role: str) -> Style:
        if self.official:
            size, leading, bold = _OFFICIAL.get(role, (12.0, 18.0, "head" in role or role == "label"))
            return Style(size, size, leading, _BLACK, bold, (leading - size) / 2 + 0.88 * size)
        size, han, leading, colour, bold = _ROLES[role]
        scale = self.scale * (_LARGER.get(role, _LARGE_SECOND if "second" in role else 1.0) if self.large else 1.0)
        size, han = (max(SMALLEST, each * scale) for each in (size, han))
        leading = max(SMALLEST * 1.2, leading * scale * self._closer)
        aligned = max(SMALLEST, 9.5 * self.scale) if leading == self.line else size
        drop = (leading - aligned) / 2 + 0.88 * aligned
        return Style(size, han, leading, _BLACK if self.serif else colour, bold, drop)

    def second(self, role: str) -> Style:
        """Return the style of the second language under a text: of its role, where there is one, else the usual one."""
        own = f"{role} second"
        return self.style(own if own in _ROLES else "second")

    def at(self, size: float, *, bold: bool = False, colour: str = INK) -> Style:
        return Style(size, size, size * 1.28, colour, bold, size * 1.02)


# Role: size, leading, weight. Official papers have one size for text and one for the title.
_OFFICIAL: dict[str, tuple[float, float, bool]] = {
    "title": (22, _OFFICIAL_LINE * 1.25, False),
    **dict.fromkeys(("section", "lead", "warning"), (_OFFICIAL_TEXT, _OFFICIAL_LINE, True)),
    **dict.fromkeys(("text", "large"), (_OFFICIAL_TEXT, _OFFICIAL_LINE, False)),
    "note": (12, 18, False),
    "page number": (14, 18, False),
    "running": (SMALLEST, 10, False),
}
_ROLES: dict[str, tuple[float, float, float, str, bool]] = {
    "cover": (25, 23, 35, INK, True),
    "cover second": (21, 21, 28, INK, True),
    "date": (12, 12, 17.5, ACCENT, True),
    "title": (17, 15, 21, INK, True),
    "title second": (15, 14, 21, GREY, True),
    "section": (14, 13, 21, INK, True),
    "section second": (14, 13, 21, GREY, True),
    "subsection": (12, 11.5, 17.5, INK, True),
    "subsection second": (12, 11.5, 17.5, GREY, True),
    "label": (10, 10, 14, ACCENT, True),
    "label second": (10, 10, 14, ACCENT, True),
    "group": (8.5, 8.5, 12, ACCENT, False),
    "text": (9.5, 9.5, 14, INK, False),
    "lead": (9.5, 9.5, 14, INK, True),
    "second": (8.5, 8.5, 12, GREY, False),
    "second text": (9.5, 9.5, 14, GREY, False),
    "large": (18, 18, 28, INK, True),
    "large second": (12, 12, 17.5, GREY, False),
    "note": (8.5, 8.5, 12, GREY, False),
    "warning": (9.5, 9.5, 14, WARNING, True),
    "fact label": (8.5, 8.5, 14, GREY, True),
    "fact label second": (8, 8, 12, GREY, False),
    "table head": (8, 8, 12, INK, True),
    "table head second": (8, 8, 12, GREY, True),
    "running": (7.5, 7.5, 10, GREY, False),
    "small": (7.5, 7.5, 9.5, GREY, False),
}
# Tried in this order to bring a paper down to the pages it should fit: scale, and whether tight.
DENSITIES = ((1.0, False), (0.96, False), (0.92, False), (0.88, False), (0.88, True), (0.84, True), (0.8, True))


_LEGIBLE = 4.5  # The contrast with white that small type needs (WCAG 2.1, AA)
_PALE = 0.07  # The part of its colour that a field under table heads has


def inks_of(house: House | None) -> Mapping[str, str]:
    """Return the colours of a paper: the accent of the house, dark enough to be read, and a pale field of it."""
    if house is None or not house.accent:
        return INKS
    accent = legible(house.accent)
    return {**INKS, ACCENT: accent, TINT: _mixed(accent, lambda part: 255 - (255 - part) * _PALE)}


def legible(colour: str) -> str:
    """Return a colour, darker where small type in it could not be read on white."""
    while _contrast(colour) < _LEGIBLE:
        colour = _mixed(colour, lambda part: part * 0.92)
    return colour


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour.lstrip("#")[at : at + 2], 16) for at in (0, 2, 4))


def _mixed(colour: str, change: Callable[[int], float]) -> str:
    return "#" + "".join(f"{int(change(part)):02X}" for part in _parts(colour))


def _contrast(colour: str) -> float:
    """Return the contrast of a colour with white, from 1 to 21."""

    def light(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (light(part / 255) for part in _parts(colour))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
