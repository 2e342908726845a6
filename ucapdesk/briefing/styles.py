"""The look in numbers: page, grid, type and colours. Nothing else in ``briefing`` holds a measure of its own.

All measures are points; a style sheet is made for a scale, so that a paper can be set a little smaller to fit its page
and large print comes from the same numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

MM = 72 / 25.4
INK, GREY, RULE, ACCENT, TINT, WARNING = "#1C2430", "#4B5666", "#C9D0D9", "#0F5FA6", "#EEF4FA", "#7A5200"
SMALLEST = 7.5  # no type is set smaller
HAIR, THIN, BAR = 0.4, 0.75, 2.4  # rules


@dataclass(frozen=True, slots=True)
class Sheet:
    """A4 and its margins; ``duplex`` swaps inner and outer on even pages."""

    width: float = 210 * MM
    height: float = 297 * MM
    inner: float = 24 * MM
    outer: float = 18 * MM
    top: float = 22 * MM
    bottom: float = 20 * MM
    duplex: bool = False

    @property
    def frame_width(self) -> float:
        """Width of the type area."""
        return self.width - self.inner - self.outer

    @property
    def frame_height(self) -> float:
        """Height of the type area."""
        return self.height - self.top - self.bottom

    def left(self, page: int) -> float:
        """Left edge of the type area; pages count from 1."""
        return self.outer if self.duplex and page % 2 == 0 else self.inner


@dataclass(frozen=True, slots=True)
class Style:
    """How text of one role is set.

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
        """The size in a language."""
        return self.han if language == "zh" else self.size


@dataclass(frozen=True, slots=True)
class StyleSheet:
    """All styles and distances at one scale; ``tight`` halves the space between things."""

    scale: float = 1.0
    tight: bool = False

    @property
    def line(self) -> float:
        """The baseline step."""
        return 14 * self.scale

    @property
    def half(self) -> float:
        """Half a baseline step: everything sits on multiples of it."""
        return 7 * self.scale

    @property
    def gap(self) -> float:
        """The space between paragraphs, and the grid on which heights end."""
        return self.half / 2 if self.tight else self.half

    gutter = 6 * MM
    table_gutter = 4 * MM
    label = 38 * MM
    fact_label = 24 * MM

    def pair(self, width: float, languages: tuple[str, ...]) -> tuple[float, float]:
        """The two column widths of side-by-side text; Chinese takes less room than any other language."""
        wide, narrow = (86 / 162) * (width - self.gutter), (76 / 162) * (width - self.gutter)
        return (narrow, wide) if languages[0] == "zh" else (wide, narrow)

    def style(self, role: str) -> Style:
        """The style of a role."""
        size, han, leading, colour, bold = _ROLES[role]
        size, han, leading = (
            max(SMALLEST, size * self.scale),
            max(SMALLEST, han * self.scale),
            leading * self.scale,
        )
        aligned = max(SMALLEST, 9.5 * self.scale) if leading == self.line else size
        drop = (leading - aligned) / 2 + 0.88 * aligned
        return Style(size, han, leading, colour, bold, drop)


_ROLES: dict[str, tuple[float, float, float, str, bool]] = {
    "cover": (25, 21, 35, INK, True),
    "title": (17, 15, 21, INK, True),
    "title second": (15, 14, 21, GREY, True),
    "section": (14, 13, 21, INK, True),
    "section second": (14, 13, 21, GREY, True),
    "label": (10, 10, 14, ACCENT, True),
    "text": (9.5, 9.5, 14, INK, False),
    "lead": (9.5, 9.5, 14, INK, True),
    "second": (8.5, 8.5, 12, GREY, False),
    "second text": (9.5, 9.5, 14, GREY, False),
    "note": (8.5, 8.5, 12, GREY, False),
    "warning": (9.5, 9.5, 14, WARNING, True),
    "missing": (9.5, 9.5, 14, GREY, False),
    "fact label": (8.5, 8.5, 14, GREY, True),
    "fact label second": (8, 8, 12, GREY, False),
    "table head": (8, 8, 12, INK, True),
    "table head second": (8, 8, 12, GREY, True),
    "running": (7.5, 7.5, 10, GREY, False),
}
# What is tried, in this order, to bring a paper down to the pages it should fit.
DENSITIES = (
    StyleSheet(),
    StyleSheet(0.96),
    StyleSheet(0.92),
    StyleSheet(0.88),
    StyleSheet(0.88, tight=True),
    StyleSheet(0.84, tight=True),
)
