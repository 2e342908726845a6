"""Sets bar charts with labels and numbers. Series differ by their fill: solid, hatched, open, dotted outline."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ucapdesk.briefing.bands import Band
from ucapdesk.briefing.figures import Bar, Chart
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.shapes import Path, Shape, Stroke, box
from ucapdesk.briefing.styles import ACCENT, HAIR, INK, MM, RULE
from ucapdesk.briefing.text_elements import Para, Words
from ucapdesk.briefing.typeset import Box, Placed, bottom

_THICK = 8.0  # of a bar
_HATCH = 3.5  # between the lines of a hatched bar
_NUMBERS = 24 * MM  # right of the longest bar


def chart_bands(chart: Chart, both: Bilingual) -> Iterator[Band]:
    """Yield the legend, then a band for every bar or group of bars."""
    if len(chart.series) > 1:
        yield _legend(chart, both)
    most = max((_size(value) for bar in chart.bars for value in bar.values), default=0.0) or 1.0
    yield from (_bar(bar, most, both) for bar in chart.bars)


def _size(value: float) -> float:
    return value if math.isfinite(value) and value > 0 else 0.0


def _legend(chart: Chart, both: Bilingual) -> Band:
    share = both.width / len(chart.series)
    lines: list[Placed] = []
    shapes: list[Shape] = []
    for n, words in enumerate(chart.series):
        x = n * share
        lines += both.either(Para(words), Box(x + 22, 0.0, share - 26), *both.styles_of("note"))
        shapes += _fill(n, x, 2.0, 16.0)
    return Band(lines, both.up(bottom(lines) + both.styles.gap), strokes=shapes, keep=True)


def _bar(bar: Bar, most: float, both: Bilingual) -> Band:
    """Return labels on the left, bars from a common axis, each followed by its number."""
    styles = both.styles
    label = 1.3 * styles.label
    pad = styles.gap / 2
    lines = both.either(Para(bar.label), Box(0.0, pad, label), *both.styles_of("text"))
    x = label + styles.table_gutter
    reach = both.width - x - _NUMBERS * styles.grid
    note = styles.style("note")
    shapes: list[Shape] = []
    step = max(note.leading, _THICK + 3)
    for n, value in enumerate(bar.values):
        top = pad + 1 + n * step
        long = _size(value) / most * reach
        shapes += _fill(n, x, top + (step - _THICK) / 2, long)
        number = Box(x + long + 4, top + (step - note.leading) / 2, both.width - x - long - 4)
        lines += both.setter.words(Words.plain(f"{value:,.10g}"), both.languages[0], note, number)
    height = both.up(max(bottom(lines), pad + len(bar.values) * step + 1) + pad)
    return Band(lines, height, strokes=[*shapes, Stroke(x - HAIR, 0.0, HAIR, height, RULE)])


def _fill(series: int, x: float, top: float, width: float) -> list[Shape]:
    """Return a bar whose fill tells its series without colour."""
    if width < 0.5:
        return []
    solid, pale = (Stroke(x, top, width, _THICK, colour) for colour in (ACCENT, RULE))
    outline = box(x, top, width, _THICK)
    fills: tuple[list[Shape], ...] = ([solid], [outline, *_hatched(x, top, width)], [outline], [pale, outline])
    return fills[series % len(fills)]


def _hatched(x: float, top: float, width: float) -> Iterator[Shape]:
    """Yield slanting lines that end at the edges of the bar."""
    at = _HATCH
    while at < width + _THICK:
        low, high = max(0.0, at - _THICK), min(at, width)
        yield Path(x, top, ((low, at - low), (high, at - high)), INK, HAIR)
        at += _HATCH
