"""Lays a paper out on pages: chooses its sheet, its composer, and the size at which it fits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from ucapdesk.briefing.bands import Band, Page, paginate
from ucapdesk.briefing.card_layout import turned_page
from ucapdesk.briefing.composer import Composer
from ucapdesk.briefing.content import FACING, Cards, Letter, Paper
from ucapdesk.briefing.facing import cut, spread
from ucapdesk.briefing.official import Official
from ucapdesk.briefing.styles import DENSITIES, MM, Sheet, StyleSheet

_LETTER_MARGIN = 27 * MM
_LITTLE = 0.25  # of a page: with less on it, the last one is better saved


def sheet_of(paper: Paper) -> Sheet:
    """Return the sheet a paper asks for; one that holds nothing but cards lies or stands so that most of them fit on it, and
    letters have wide margins.
    """
    blocks = [block for section in paper.sections for block in section.blocks]
    cards = [block for block in blocks if isinstance(block, Cards)]
    if cards and len(cards) == len(blocks):
        return Sheet.of(turned_page(paper.page, cards[0].form))
    if blocks and all(isinstance(block, Letter) for block in blocks):
        sheet = Sheet.of(paper.page)
        return replace(sheet, inner=_LETTER_MARGIN * sheet.edge, outer=_LETTER_MARGIN * sheet.edge)
    return Sheet.of(paper.page)


def lay_out(paper: Paper, sheet: Sheet, step: Callable[[], None] = lambda: None) -> list[Page]:
    """Return the pages of a paper, set smaller in steps where that brings it down to the pages it should fit, or saves a last page
    with little on it.

    Args:
        paper: The contents.
        sheet: The page.
        step: Called after every band, to stop if need be.
    """
    first = _pages(paper, sheet, StyleSheet.of(paper.page, DENSITIES[0]), step)
    if paper.fit is None:
        return first
    little = len(first) > 1 and first[-1].used < _LITTLE * sheet.frame_height
    most = min(paper.fit, len(first) - little)
    pages = first
    for density in DENSITIES[1:]:
        if len(pages) <= most:
            return pages
        pages = _pages(paper, sheet, StyleSheet.of(paper.page, density), step)
    return pages if len(pages) <= most else first


def _pages(paper: Paper, sheet: Sheet, styles: StyleSheet, step: Callable[[], None]) -> list[Page]:
    """Return the pages at one scale, the contents numbered."""
    composer = Composer(paper, sheet, styles)
    own = any(isinstance(block, Cards | Letter) for section in paper.sections for block in section.blocks)
    facing = paper.layout == FACING and len(paper.languages) > 1 and not own and not paper.page.official
    if paper.page.official:
        bands = _in_turn(paper, sheet, styles)
    elif facing:
        left, right = (Composer(replace(paper, languages=(lang,)), sheet, styles) for lang in paper.languages)
        left.both.beyond, right.both.beyond = right.both, left.both
        bands = spread(left.bands(), right.bands(), sheet.width)
    else:
        bands = composer.bands()
    made = []
    for band in bands:
        made.append(band)
        step()
    pages = paginate(made, composer.both.height)
    if facing:
        pages = cut(pages, sheet.width)
    composer.number_contents(pages)
    return pages


def _in_turn(paper: Paper, sheet: Sheet, styles: StyleSheet) -> Iterator[Band]:
    """Yield an official paper in one language after the other, each from a new page."""
    for turn, language in enumerate(paper.languages):
        shift = turn * len(paper.sections)
        for n, band in enumerate(Official(replace(paper, languages=(language,)), sheet, styles).bands()):
            band.new_page = band.new_page or (turn > 0 and n == 0)
            band.anchor = None if band.anchor is None else band.anchor + shift
            band.points_to = None if band.points_to is None else band.points_to + shift
            yield band
