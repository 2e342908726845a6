"""The parts of a paper to write on by hand: lines for notes, and places to sign."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import zip_longest

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.bands import Band
from ucapdesk.briefing.content import Ruled, Signatory, Signatures
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.shapes import Shape, Stroke
from ucapdesk.briefing.styles import HAIR, INK, MM, RULE
from ucapdesk.briefing.text_elements import Para, Words
from ucapdesk.briefing.typeset import Box, Placed, bottom, in_steps

LINE_HEIGHT = 9.0  # mm of a line to write on
_EVERY = LINE_HEIGHT * MM
_LEAST_ROWS = 6  # worth having under something else
_PARTY = 0.12  # of a page that its name may take
_VALUE = 0.2  # the same of a name and of a post
_ROOM, _LARGE_ROOM = 16 * MM, 26 * MM  # to sign in
NAME_LABEL = Message("paper", "Name")
POST = Message("paper", "Post")
GIVEN = Message("paper", "Place and date")


def ruled_bands(_: Ruled, both: Bilingual) -> list[Band]:
    """Return lines at a distance fit for handwriting, which fill the page."""
    return [Band([], _LEAST_ROWS * _EVERY, fill=partial(_ruled, both.width))]


def _ruled(width: float, room: float, _: float) -> list[Band]:
    rows = int(room / _EVERY)
    lines: list[Shape] = [Stroke(0.0, n * _EVERY - HAIR, width, HAIR, RULE) for n in range(1, rows + 1)]
    return [Band([], rows * _EVERY, strokes=lines)]


def signature_bands(signatures: Signatures, both: Bilingual) -> Iterator[Band]:
    """Return the signature blocks: two parties side by side, the next two below."""
    rows = (signatures.parties[n : n + 2] for n in range(0, len(signatures.parties), 2))
    pair = _formal if signatures.formal else _pair
    return (pair(row, both) for row in rows)


def _begun(parties: Sequence[Signatory], both: Bilingual) -> tuple[list[Box], list[Placed]]:
    """Return the places of parties side by side, each of half the width, and their names."""
    gutter = 2 * both.styles.gutter
    width = (both.width - gutter) / 2
    boxes = [Box(n * (width + gutter), 0.0, width) for n in range(len(parties))]
    names = (
        in_steps(partial(both.both, Para(party.party), box), *both.styles_of("lead"), _PARTY * both.height)
        for party, box in zip(parties, boxes, strict=True)
    )
    return boxes, [line for name in names for line in name]


def _formal(parties: Sequence[Signatory], both: Bilingual) -> Band:
    """Return the blocks of two parties on the last page of an agreement, each of half the width."""
    boxes, lines = _begun(parties, both)
    shapes: list[Shape] = []
    top = both.up(bottom(lines))
    for row in zip_longest(*((party, *party.also) for party in parties)):
        line = both.up(top) + _LARGE_ROOM
        for who, box in zip(row, boxes, strict=True):
            if who is not None:
                shapes.append(Stroke(box.x, line, box.width, HAIR, INK))
                lines += _signed(who, box._replace(top=line + both.styles.gap), both)
        top = max(bottom(lines), line + both.styles.gap)
    return Band(lines, both.up(top), both.styles.line * 2, strokes=shapes)


def _signed(who: Signatory, box: Box, both: Bilingual) -> list[Placed]:
    """Return name and post below a line."""
    lines: list[Placed] = []
    for words in (who.name, who.post):
        if words is not None and not words.empty:
            lines += both.both(Para(words), box, *both.styles_of("text"))
            box = box._replace(top=both.up(bottom(lines)) + both.styles.gap / 2)
    return lines


def _pair(parties: Sequence[Signatory], both: Bilingual) -> Band:
    """Return a band with the blocks of two parties, whose rows begin at the same height."""
    boxes, lines = _begun(parties, both)
    line = both.up(bottom(lines)) + _ROOM
    shapes: list[Shape] = [Stroke(box.x, line, box.width, HAIR, INK) for box in boxes]
    top = line + both.styles.gap
    for label, values in (
        (NAME_LABEL, [party.name for party in parties]),
        (POST, [party.post for party in parties]),
        (GIVEN, [None] * len(parties)),
    ):
        for value, box in zip(values, boxes, strict=True):
            said, rule = _row(Words.label(label), value, box._replace(top=top), both)
            lines += said
            shapes += rule
        top = both.up(bottom(lines)) + both.styles.gap / 2
    return Band(lines, both.up(top), both.styles.line * 2, strokes=shapes)


def _row(label: Words, value: Words | None, box: Box, both: Bilingual) -> tuple[list[Placed], list[Shape]]:
    """Return a label with its value, or with a line to write it on."""
    style, second = both.styles_of("fact label")
    wide = min(both.styles.fact_label, box.width / 3)
    lines = both.both(Para(label), box._replace(width=wide), style, second)
    x = wide + both.styles.table_gutter
    place = box._replace(x=box.x + x, width=box.width - x)
    if value is not None and not value.empty:
        make, styles = partial(both.both, Para(value), place), both.styles_of("text")
        return lines + in_steps(make, *styles, _VALUE * both.height, box.top), []
    return lines, [Stroke(place.x, box.top + style.drop + 2, place.width, HAIR, RULE)]
