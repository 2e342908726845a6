"""Sets the letterhead of an office: small in the header of a first page, large above a letter."""

from __future__ import annotations

from dataclasses import replace

from ucapdesk.briefing.bands import Band
from ucapdesk.briefing.house import House
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.pictures import Prepared, prepared
from ucapdesk.briefing.shapes import Shape, Stroke
from ucapdesk.briefing.styles import ACCENT, GREY, MM, SMALLEST, THIN, Style
from ucapdesk.briefing.text_elements import Words
from ucapdesk.briefing.typeset import Box, Placed, Typesetter, bottom, smaller

_WIDEST = 0.17  # of the header that a logo may take
_LETTER_LOGO = (32.0, 18.0)  # mm
_GAP = 3 * MM
_CLOSEST = 8.0  # points from line to line of the smallest type
_NAME = Style(9.0, 9.0, 11.5, ACCENT, bold=True, drop=9.0)
_KIND = Style(8.5, 8.5, 11.5, GREY, bold=True, drop=9.0)


def has_head(house: House | None) -> bool:
    """Return whether a style has anything for the head of a page."""
    return house is not None and (not house.office.empty or house.logo is not None or house.second_logo is not None)


def page_head(
    house: House, kind: Words, setter: Typesetter, width: float, height: float
) -> tuple[list[Placed], list[Shape]]:
    """Set logos and names of the office at the left of the header of a first page, the kind of paper at its right.

    Args:
        house: The style.
        kind: What kind of paper it is.
        setter: Of the paper.
        width: Of the header.
        height: What there is above its rule.
    """
    logos, left, right = _logos(house, width, (_WIDEST * width / MM, height / MM), _GAP)
    shapes: list[Shape] = [logo.at(x, height - logo.height) for logo, x in logos]
    said, names = _texts(kind, setter), _texts(house.office, setter)
    room = right - left - _GAP
    wide, other = _wide(said, setter, _KIND), _wide(names, setter, _NAME)
    wide = wide if wide + other <= room else room * wide / (wide + other)
    lines = _column(said, setter, _KIND, Box(right - wide, 0.0, wide), height)
    lines = [line.moved(dx=right - line.x - line.line.width) for line in lines]
    return [*_column(names, setter, _NAME, Box(left, 0.0, right - left - wide - _GAP), height), *lines], shapes


def _wide(texts: list[tuple[str, str]], setter: Typesetter, style: Style) -> float:
    return max((setter.width(text, language, style) for text, language in texts), default=0.0) + 1


def _texts(words: Words, setter: Typesetter) -> list[tuple[str, str]]:
    """Return the first line of a text in each language, a common text once."""
    said = [shown for lang in setter.languages if (shown := words.shown(lang, setter.languages)) is not None]
    return list({shown.text.splitlines()[0].strip(): shown.language for shown in said}.items())


def _column(texts: list[tuple[str, str]], setter: Typesetter, style: Style, box: Box, height: float) -> list[Placed]:
    """Set texts one below the other, in steps smaller where they have no room, in the middle of the height."""
    close = False
    while True:
        lines: list[Placed] = []
        for text, language in texts:
            lines += setter.fitted(text, language, style, box.below(lines), rows=1)
        if bottom(lines) <= height + 0.1 or close:
            break
        close = style.size <= SMALLEST  # last of all, lines as close as they can be read
        style = replace(style, leading=max(height / len(lines), _CLOSEST)) if close else smaller(style)
    kept = [line for line in lines if line.bottom <= height + 0.1] or lines[:1]
    down = max(0.0, (height - bottom(kept)) / 2)
    return [line.moved(dy=down) for line in kept]


def letter_head(house: House, language: str, both: Bilingual) -> Band:
    """Return the letterhead of a letter in one language: logos at both sides, names and addresses, a rule in the accent."""
    logos, left, right = _logos(house, both.width, _LETTER_LOGO, 2 * _GAP)
    shapes = [logo.at(x, 0.0) for logo, x in logos]
    box = Box(left, 0.0, right - left)
    lines: list[Placed] = []
    style, head = both.styles.style("second text"), replace(both.styles.style("lead"), colour=ACCENT)
    for n, text in enumerate(_lines(house, language, both.languages)):
        lines += both.setter.block(text, language, head if n == 0 else style, box.below(lines), justify=False)
    height = both.up(max([bottom(lines), *(logo.height for logo, _ in logos)]) + _GAP)
    return Band(lines, height, strokes=[*shapes, Stroke(0.0, height - THIN, both.width, THIN, ACCENT)], keep=True)


def _lines(house: House, language: str, languages: tuple[str, ...]) -> list[str]:
    """Return name, address, and telephone, e-mail and website on one line."""
    texts = (words.said(language, languages) for words in (house.office, house.address))
    reach = filter(None, (words.said(language, languages) for words in house.reach))
    return [line.strip() for text in (*texts, " · ".join(reach)) for line in text.splitlines() if line.strip()]


def _logos(
    house: House, width: float, most: tuple[float, float], gap: float
) -> tuple[list[tuple[Prepared, float]], float, float]:
    """Return the logos at both sides, each with its left edge, and where the room between them begins and ends."""
    first, second = (prepared(each and each.within(*most)) for each in (house.logo, house.second_logo))
    beyond = width - second.width if second else width
    placed = [(logo, x) for logo, x in ((first, 0.0), (second, beyond)) if logo]
    return placed, first.width + gap if first else 0.0, beyond - gap if second else width
