"""The cover: title in both languages, facts, and a field at the foot that says whose copy it is.

What room is left is shared out between them, so that the page is filled from top to bottom whatever is known.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from ucapdesk.briefing.bands import Band
from ucapdesk.briefing.content import Cover, Fact
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.pictures import Prepared, prepared
from ucapdesk.briefing.shapes import Shape, Stroke, moved
from ucapdesk.briefing.styles import HAIR, MM, RULE, TINT
from ucapdesk.briefing.text_elements import Para, Words
from ucapdesk.briefing.typeset import Box, Placed, bottom

_SPARSE = 0.4  # of the page left white: facts are set larger then
_LARGER = 1.25
_SMALLER = (1.0, 0.9, 0.8, 0.7)  # scales tried where the page is too full
_PORTRAIT = 0.27  # of the width a portrait may take
# Height of a picture under the title, for which facts are set smaller; where they cannot be.
_GOOD, _LEAST = 42 * MM, 20 * MM
_LOGO = (50.0, 20.0)  # mm a logo may take


def cover_bands(cover: Cover, both: Bilingual) -> Iterator[Band]:
    """Logos, title, picture, facts and notes, with the room between them; set smaller where a page cannot hold them."""
    for scale in _SMALLER:
        parts = _parts(cover, _scaled(both, scale), _LEAST if scale == _SMALLER[-1] else _GOOD)
        tall = _tall(parts.bands)
        if tall <= both.height:
            break
    _share_out(max(0.0, both.height - tall), parts, both)
    yield from parts.bands


def _scaled(both: Bilingual, scale: float) -> Bilingual:
    if scale == 1:
        return both
    return Bilingual(both.paper, both.sheet, replace(both.styles, scale=both.styles.scale * scale))


class _Parts(NamedTuple):
    """The parts of the cover that share its height."""

    logos: Band | None
    title: Band
    picture: Band | None
    facts: list[Band]
    notes: Band | None

    @property
    def bands(self) -> list[Band]:
        """All parts in order."""
        return [band for band in (self.logos, self.title, self.picture, *self.facts, self.notes) if band is not None]


def _parts(cover: Cover, both: Bilingual, least: float) -> _Parts:
    """Return the parts: a portrait stands beside the title, any other picture below it, ``least`` high where it may be; few facts
    are set larger.
    """
    picture = cover.picture
    portrait = prepared(picture and picture.within(_PORTRAIT * both.width / MM, both.height / 4 / MM))
    if portrait is not None and portrait.width > portrait.height:
        portrait = None
    logos, title, notes = _logos(cover, both), _title(cover, both, portrait), _notes(cover, both)
    facts = [_fact(fact, both) for fact in cover.facts]
    fixed = _tall([band for band in (logos, title, notes) if band is not None])
    room = both.height - fixed - 4 * both.styles.line
    if room - _tall(facts) > _SPARSE * both.height:
        larger = _scaled(both, _LARGER)
        grown = [_fact(fact, larger) for fact in cover.facts]
        facts = grown if _tall(grown) < room else facts
    below = picture if portrait is None else None
    wide = prepared(below and below.within(both.width / MM, max(room - _tall(facts), least) / MM))
    drawn = Band([], both.up(wide.height), strokes=[wide.at(0.0, 0.0)]) if wide is not None else None
    return _Parts(logos, title, drawn, facts, notes)


def _tall(bands: list[Band]) -> float:
    return sum(band.height for band in bands)


def _share_out(free: float, parts: _Parts, both: Bilingual) -> None:
    """Share out the free height: above and below the title, between the facts, above the notes."""

    def steps(part: float) -> float:
        return math.floor(part / both.styles.half) * both.styles.half

    _, title, picture, facts, notes = parts
    above = steps(free * 0.18)
    if parts.logos is None:  # nothing over it: the white is its own
        title.lines = [line.moved(dy=above) for line in title.lines]
        title.strokes = moved(title.strokes, 0.0, above)
        title.height += above
    else:
        title.before = above
    left = free - above
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
    """Return the first logo at the left, the others at the right."""
    found = [logo for each in cover.logos if (logo := prepared(each.within(*_LOGO)))]
    if not found:
        return None
    high, right = max(logo.height for logo in found), both.width
    shapes: list[Shape] = [found[0].at(0.0, (high - found[0].height) / 2)]
    for logo in found[1:]:
        right -= logo.width
        shapes.append(logo.at(right, (high - logo.height) / 2))
        right -= both.styles.gutter
    return Band([], both.up(high), strokes=shapes, keep=True)


def _title(cover: Cover, both: Bilingual, portrait: Prepared | None) -> Band:
    """Return the title in all languages, whose it is, and when; a portrait at the right."""
    width = both.width - (portrait.width + 1.5 * both.styles.gutter if portrait else 0.0)
    box = Box(0.0, 0.0, width)
    lines: list[Placed] = []
    title = both.paper.title
    for n, shown in enumerate(both.titles(title)):
        style = both.styles.style("cover second" if n else "cover")
        lines += both.setter.fitted(shown.text, shown.language, style, box.below(lines), rows=2)
    for words in (cover.subtitle, both.paper.meta.dates):
        if words is not None and not words.empty:
            lines += _line(words, both, Box(0.0, bottom(lines) + both.styles.half, width))
    shapes: list[Shape] = [portrait.at(both.width - portrait.width, 0.0)] if portrait is not None else []
    height = both.up(max(bottom(lines), portrait.height if portrait else 0.0))
    return Band(lines, height, strokes=shapes, keep=True, outline=(" ".join(both.texts(title)), 0))


def _line(words: Words, both: Bilingual, box: Box) -> list[Placed]:
    """Return a line in each language beside the other, or under it."""
    style = both.styles.style("date")
    return both.side_by_side(words, box, style) if both.beside else both.both(Para(words), box, style, style)


def _fact(fact: Fact, both: Bilingual) -> Band:
    """Return the label in all languages, then the value in each, over a rule."""
    styles = both.styles
    pad = styles.gap
    wide = min(styles.label, both.width * 0.24)
    lines = both.both(Para(fact.label), Box(0.0, pad, wide), *both.styles_of("fact label"))
    x = wide + styles.table_gutter
    rest = Box(x, pad, both.width - x)
    for language, box in both.parted(rest) if both.beside else [(None, rest)]:
        lines += both.stacked(fact.value, box, language)
    height = both.up(bottom(lines) + pad)
    return Band(lines, height, strokes=[Stroke(0.0, height, both.width, HAIR, RULE)], split=False)


def _notes(cover: Cover, both: Bilingual) -> Band | None:
    """Return the edition and what it holds, on a tint at the foot."""
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
            lines += both.stacked([para], place, language if both.beside else None)
    height = both.up(bottom(lines) + pad)
    return Band(lines, height, strokes=[Stroke(0.0, 0.0, both.width, height, TINT)])
