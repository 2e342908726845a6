"""Sets a timeline: date on the left, a mark on the line whose shape tells the type of event, then the text."""

from __future__ import annotations

from collections.abc import Iterator

from ucapdesk.briefing.bands import Band
from ucapdesk.briefing.content import Event, Timeline
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.shapes import Shape, Stroke
from ucapdesk.briefing.styles import ACCENT, RULE, THIN
from ucapdesk.briefing.symbols import sign
from ucapdesk.briefing.text_elements import Para
from ucapdesk.briefing.typeset import Box, Placed, bottom


def timeline_bands(timeline: Timeline, both: Bilingual) -> Iterator[Band]:
    """Yield a band for every event; the line runs on from one to the next."""
    last = len(timeline.events) - 1
    return (_event(event, both, n == 0, n == last) for n, event in enumerate(timeline.events))


def _event(event: Event, both: Bilingual, first: bool, last: bool) -> Band:
    styles = both.styles
    date = Box(0.0, 0.0, styles.label - styles.table_gutter)
    lines = both.both(Para(event.date), date, *both.styles_of("fact label"))
    axis = styles.label + styles.half / 2
    x = axis + styles.table_gutter
    lines += _texts(event, both, x)
    height = both.up(bottom(lines) + styles.gap)
    size = styles.half
    middle = styles.line / 2
    top, end = (middle if first else 0.0), (middle if last else height)
    shapes: list[Shape] = [Stroke(axis - THIN / 2, top, THIN, end - top, RULE)]
    shapes.append(sign(event.shape, axis - size / 2, middle - size / 2, size, colour=ACCENT))
    return Band(lines, height, strokes=shapes)


def _texts(event: Event, both: Bilingual, x: float) -> list[Placed]:
    """Return type and title, then the details; in two columns where there are two languages."""
    styles = both.styles
    paras = (Para(event.title, "lead", lead=event.kind), *event.text)
    width = both.width - x
    if not both.beside:
        return both.stacked(paras, Box(x, 0.0, width))
    first = styles.pair_of_cell(width, both.languages)[0] - styles.gutter / 2
    places = Box(x, 0.0, first), Box(x + first + styles.gutter, 0.0, width - first - styles.gutter)
    columns = list(zip(both.languages, places, strict=True))
    lines: list[Placed] = []
    for para in paras:
        style = styles.style(para.role)
        lines += [line for lang, box in columns for line in both.setter.para(para, lang, style, box.below(lines))]
    return lines
