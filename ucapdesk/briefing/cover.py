"""The cover: title in both languages, facts, and a field at the foot that says whose copy it is.

What room is left is shared out between them, so that the page is filled from top to bottom whatever is known.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from ucapdesk.briefing.bands import Band
from ucapdesk.briefing.content import FACING, Cover, Fact, Para, Picture
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.pictures import prepared
from ucapdesk.briefing.shapes import Raster, Shape, Stroke
from ucapdesk.briefing.styles import HAIR, MM, RULE, TINT
from ucapdesk.briefing.typeset import Box, Placed, bottom

_SPARSE = 0.4  # of the page left white: facts are set larger then
_LARGER = 1.25
_LOGO = (50.0, 20.0)  # mm a logo may take


def cover_bands(cover: Cover, both: Bilingual) -> Iterator[Band]:
    """Logos, title, picture, facts and notes, with the room between them."""
    logos, title, notes = _logos(cover, both), _title(cover, both), _notes(cover, both)
    facts = [_fact(fact, both) for fact in cover.facts]
    fixed = sum(band.height for band in (logos, title, notes) if band is not None)
    room = both.height - fixed - 4 * both.styles.line
    if room - _tall(facts) > _SPARSE * both.height:
        larger = Bilingual(both.paper, both.sheet, replace(both.styles, scale=both.styles.scale * _LARGER))
        grown = [_fact(fact, larger) for fact in cover.facts]
        facts = grown if _tall(grown) < room else facts
    picture = _picture(cover.picture, both, room - _tall(facts))
    found = [band for band in (logos, title, picture, *facts, notes) if band is not None]
    free = max(0.0, both.height - _tall(found))
    if both.paper.layout == FACING:
        free *= 0.6  # the other language may need more
    _share_out(free, _Parts(title, picture, facts, notes), both)
    yield from found


def _tall(bands: list[Band]) -> float:
    return sum(band.height for band in bands)


class _Parts(NamedTuple):
    """What the room is shared out between."""

    title: Band
    picture: Band | None
    facts: list[Band]
    notes: Band | None


def _share_out(free: float, parts: _Parts, both: Bilingual) -> None:
    """Some room over the title, some under it, some in the facts; the rest over the notes at the foot."""

    def steps(part: float) -> float:
        return math.floor(part / both.styles.half) * both.styles.half

    title, picture, facts, notes = parts
    title.before = steps(free * 0.18)
    left = free - title.before
    if picture is not None:
        picture.before = steps(left * 0.2)
        left -= picture.before
    if facts:
        facts[0].before = steps(left * 0.25)
        left -= facts[0].before
        each = steps(min(both.styles.line * 2, left * 0.6 / len(facts)))
        for band in facts:
            band.lines = [line.moved(dy=each / 2) for line in band.lines]
            band.strokes = [Stroke(0.0, band.height + each, both.width, HAIR, RULE)]
            band.height += each
        left -= each * len(facts)
    if notes is not None:
        notes.before = max(0.0, left - 0.1)


def _logos(cover: Cover, both: Bilingual) -> Band | None:
    """The first logo at the left, the others at the right."""
    found = [
        logo
        for each in cover.logos
        if (logo := prepared(Picture(each.data, min(each.width, _LOGO[0]), min(each.height, _LOGO[1]))))
    ]
    if not found:
        return None
    shapes: list[Shape] = []
    high = max(logo.height for logo in found)
    right = both.width
    for n, logo in enumerate(found):
        if n == 0:
            x = 0.0
        else:
            right -= logo.width
            x, right = right, right - both.styles.gutter
        shapes.append(Raster(x, (high - logo.height) / 2, logo.width, logo.height, logo.image))
    return Band([], both.up(high), strokes=shapes, keep=True)


def _title(cover: Cover, both: Bilingual) -> Band:
    """The title in all languages, whose it is, and when."""
    lines: list[Placed] = []
    box = Box(0.0, 0.0, both.width)
    title = both.paper.title
    for n, language in enumerate(both.languages):
        shown = title.shown(language, both.languages)
        if shown is None or (n and (shown.stands_in or not title.has(both.languages[0]))):
            continue
        style = both.styles.style("cover second" if n else "cover")
        lines += both.setter.fitted(shown.text, shown.language, style, box.below(lines), rows=2)
    for words, role in ((cover.subtitle, "date"), (both.paper.meta.dates, "date")):
        if words is None or words.empty:
            continue
        top = bottom(lines) + both.styles.half
        style = both.styles.style(role)
        if both.beside:
            for language, column in both.columns:
                lines += both.setter.words(words, language, style, column._replace(top=top))
        else:
            lines += both.both(Para(words), Box(0.0, top, both.width), style, style)
    text = " ".join(both.texts(title))
    return Band(lines, both.up(bottom(lines)), keep=True, outline=(text, 0))


def _fact(fact: Fact, both: Bilingual) -> Band:
    """The label in all languages, then the value in each, over a rule."""
    styles = both.styles
    pad = styles.gap
    label, second = styles.style("fact label"), styles.style("fact label second")
    wide = min(styles.label, both.width * 0.24)
    lines = both.both(Para(fact.label), Box(0.0, pad, wide), label, second)
    x = wide + styles.table_gutter
    rest = both.width - x
    if both.beside:
        first, other = styles.pair(rest, both.languages)
        places = zip(both.languages, (Box(x, pad, first), Box(x + first + styles.gutter, pad, other)), strict=True)
        for language, box in places:
            for para in fact.value:
                placed = both.setter.para(para, language, styles.style(para.role), box)
                lines += placed
                box = box.below(placed)
    else:
        box = Box(x, pad, rest)
        for para in fact.value:
            placed = both.both(para, box, styles.style(para.role), both.second(para.role))
            lines += placed
            box = box.below(placed)
    height = both.up(bottom(lines) + pad)
    return Band(lines, height, strokes=[Stroke(0.0, height, both.width, HAIR, RULE)], split=False)


def _picture(picture: Picture | None, both: Bilingual, room: float) -> Band | None:
    """A photo as large as it was asked for and as the facts leave room."""
    if picture is None or room < 30 * MM:
        return None
    found = prepared(Picture(picture.data, min(picture.width, both.width / MM), min(picture.height, room / MM)))
    if found is None:
        return None
    return Band([], both.up(found.height), strokes=[Raster(0.0, 0.0, found.width, found.height, found.image)])


def _notes(cover: Cover, both: Bilingual) -> Band | None:
    """The edition and what it holds, on a tint at the foot."""
    if not cover.notes:
        return None
    styles = both.styles
    pad = styles.half
    lines: list[Placed] = []
    for para in cover.notes:
        top = bottom(lines, pad)
        for language, box in both.columns if both.beside else [(both.languages[0], Box(0.0, 0.0, both.width))]:
            inset = pad if box.x == 0 else 0.0
            place = Box(box.x + inset, top, box.width - pad)
            if both.beside:
                lines += both.setter.para(para, language, styles.style(para.role), place)
            else:
                lines += both.both(para, place, styles.style(para.role), both.second(para.role))
    height = both.up(bottom(lines) + pad)
    return Band(lines, height, strokes=[Stroke(0.0, 0.0, both.width, height, TINT)])
