"""Sets the pages of an appended file: each as large as its page leaves room, with a hair of a rule around it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from ucapdesk.briefing.bands import Band
from ucapdesk.briefing.content import Section
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.page_setup import FACING
from ucapdesk.briefing.pictures import prepared
from ucapdesk.briefing.shapes import Shape, Stroke
from ucapdesk.briefing.styles import HAIR, MM, RULE
from ucapdesk.briefing.text_elements import AppendedPages, Picture

_LEAST = 0.6  # of a page: below headings it takes what is left, but no less
_HEADINGS = 9  # lines that may stand above it on facing pages


def is_listed(section: Section, depth: int) -> bool:
    """Return whether a heading stands in contents of this depth: by its level, or over the pages of an appended file."""
    appended = any(isinstance(block, AppendedPages) for block in section.blocks)
    return section.heading is not None and not section.heading.empty and (section.level <= depth or appended)


def appended_bands(block: AppendedPages, both: Bilingual) -> Iterator[Band]:
    """Yield a band a page; on facing pages the first stands on the left and the second on the right."""
    if both.paper.layout == FACING and both.beyond is not None:
        yield from _facing(block.pages, both)
        return
    for n, page in enumerate(block.pages):
        yield Band([], _LEAST * both.height, both.styles.half, new_page=n > 0, fill=partial(_filled, page, both))


def _facing(pages: Sequence[Picture], both: Bilingual) -> Iterator[Band]:
    for n in range(0, len(pages), 2):
        height = both.height - (_HEADINGS * both.styles.line if n == 0 else 0.0)
        own = pages[n + both.side : n + both.side + 1]
        shapes = [shape for page in own for shape in _shapes(page, both, height)]
        yield Band([], height, both.styles.half, shapes, new_page=n > 0)


def _filled(page: Picture, both: Bilingual, height: float, _: float) -> list[Band]:
    return [Band([], height, strokes=_shapes(page, both, height))]


def _shapes(page: Picture, both: Bilingual, height: float) -> list[Shape]:
    found = prepared(replace(page, width=both.width / MM, height=(height - 1) / MM))
    if found is None:
        return []
    x, wide, high = (both.width - found.width) / 2, found.width, found.height
    across = (Stroke(x, y, wide, HAIR, RULE) for y in (0.0, high - HAIR))
    down = (Stroke(at, 0.0, HAIR, high, RULE) for at in (x, x + wide - HAIR))
    return [found.at(x, 0.0), *across, *down]
