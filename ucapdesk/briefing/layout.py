"""Lays a paper out on pages: chooses its sheet, its composer, and the size at which it fits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import chain

from ucapdesk.briefing.bands import Band, Page, paginate
from ucapdesk.briefing.boards import Cards
from ucapdesk.briefing.card_layout import turned_page
from ucapdesk.briefing.composer import Composer
from ucapdesk.briefing.content import Cover, Letter, Paper, Section
from ucapdesk.briefing.facing import cut, spread
from ucapdesk.briefing.official import Official
from ucapdesk.briefing.page_setup import FACING, SIDE_BY_SIDE
from ucapdesk.briefing.styles import DENSITIES, MM, Sheet, StyleSheet

ONE_PAIR = 2
_LETTER_MARGIN = 27 * MM
_ALONE = 0.25  # of a page above a title that has it for itself; less where the title is long
_LITTLE = 0.25  # of a page: with less on it, the last one is better saved


def sheet_of(paper: Paper) -> Sheet:
    """Return the sheet a paper asks for; one that holds nothing but cards lies or stands so that most of them fit on it, and
    letters have wide margins.
    """
    blocks = [block for section in paper.sections for block in section.blocks]
    cards = [block for block in blocks if isinstance(block, Cards)]
    if cards and len(cards) == len(blocks):
        return Sheet.of(turned_page(paper.page, cards[0].form))
    if paper.of_letters and not paper.page.official:
        sheet = Sheet.of(paper.page)
        return replace(sheet, inner=_LETTER_MARGIN * sheet.edge, outer=_LETTER_MARGIN * sheet.edge)
    return Sheet.of(paper.page)


def is_facing(paper: Paper) -> bool:
    """Return whether each language has pages of its own that face those of the other."""
    own = any(isinstance(block, Cards | Letter) for section in paper.sections for block in section.blocks)
    return (
        paper.layout == FACING and len(paper.languages) > 1 and not own and not paper.page.official and not paper.bare
    )


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
    fit = paper.fit + is_facing(paper)
    little = len(first) > 1 and first[-1].used < _LITTLE * sheet.frame_height
    most = min(fit, len(first) - little)
    smaller = (_pages(paper, sheet, StyleSheet.of(paper.page, density), step) for density in DENSITIES[1:])
    return next((pages for pages in chain([first], smaller) if len(pages) <= most), first)


def _pages(paper: Paper, sheet: Sheet, styles: StyleSheet, step: Callable[[], None]) -> list[Page]:
    """Return the pages at one scale, the contents numbered."""
    composer = Composer(paper, sheet, styles)
    facing = is_facing(paper)
    bands = _in_turn(paper, sheet, styles) if paper.page.official else composer.bands()
    pages = _in_pairs(paper, sheet, styles, step) if facing else paginate(_counted(bands, step), composer.both.height)
    composer.number_contents(pages)
    return pages


def _counted(bands: Iterable[Band], step: Callable[[], None]) -> Iterator[Band]:
    for band in bands:
        yield band
        step()


def _in_pairs(paper: Paper, sheet: Sheet, styles: StyleSheet, step: Callable[[], None]) -> list[Page]:
    """Return cover or title alone on the first page, then a left and a right page in turn: those that face each other in print.

    What finds room on one page in each language has its title there.
    """
    covered = any(isinstance(block, Cover) for each in paper.sections[:1] for block in each.blocks)
    opening = paper.sections[:1] if covered else ()
    if not opening:
        alone = _spread(replace(paper, titled=True), sheet, styles, step)
        if len(alone) == ONE_PAIR:
            return alone
    titled = paper.titled or not opening
    front = Composer(replace(paper, titled=titled, layout=SIDE_BY_SIDE, sections=opening), sheet, styles)
    first = list(front.bands())
    if not opening:
        (title,) = first
        white = min(_ALONE * front.both.height, max(front.both.height - title.height, 0.0))
        title.lines = [line.moved(dy=white) for line in title.lines]
        title.height += white
    blank = [Section(()) for _ in opening]  # sections keep their numbers
    rest = replace(paper, titled=False, sections=(*blank, *paper.sections[len(blank) :]))
    return [*paginate(first, front.both.height), *_spread(rest, sheet, styles, step)]


def _spread(paper: Paper, sheet: Sheet, styles: StyleSheet, step: Callable[[], None]) -> list[Page]:
    """Return a left and a right page in turn."""
    left, right = (Composer(each, sheet, styles) for each in paper.apart())
    left.both.beyond, right.both.beyond, right.both.side = right.both, left.both, 1
    pairs = list(_counted(spread(left.bands(), right.bands(), sheet.width), step))
    return cut(paginate(pairs, left.both.height)) if pairs else []


def _in_turn(paper: Paper, sheet: Sheet, styles: StyleSheet) -> Iterator[Band]:
    """Yield an official paper in one language after the other, each from a new page."""
    for turn, own in enumerate(paper.apart()):
        shift = turn * len(paper.sections)
        for n, band in enumerate(Official(own, sheet, styles).bands()):
            band.new_page = band.new_page or (turn > 0 and n == 0)
            band.anchor = None if band.anchor is None else band.anchor + shift
            band.points_to = None if band.points_to is None else band.points_to + shift
            yield band
