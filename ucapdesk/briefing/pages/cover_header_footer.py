"""Lays out the cover, and the header and the footer of every page.

The cover has the title in both languages, facts, and a field at the foot that says whose copy it is. What room is left is shared out
between them, so that the page is filled from top to bottom whatever is known.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from ucapdesk.base.clock import clock_of
from ucapdesk.base.i18n import in_brackets, phrases, tr
from ucapdesk.briefing.blocks.content import Cover, Fact, Paper
from ucapdesk.briefing.blocks.elements import House, Para, Words
from ucapdesk.briefing.blocks.language_layout import LanguageLayout
from ucapdesk.briefing.blocks.letters import LetterPage, has_head, page_head
from ucapdesk.briefing.blocks.pictures import Prepared, prepared
from ucapdesk.briefing.pages.bands import Band, Shape, Stroke, moved
from ucapdesk.briefing.text.paragraphs import Box, ParagraphLayout, Placed, bottom, smaller
from ucapdesk.briefing.text.styles import ACCENT, BAR, HAIR, MM, RULE, SMALLEST, TINT, Sheet, Style, StyleSheet

_WHITE = 9 * MM  # under the footer, and between it and the text
TITLE_AND_DATES_JOINED_BY = " · "  # title and dates
_LARGEST = 1.33  # of the edges, in large print


class Running:
    """Sets header and footer of the pages of one paper; they keep their size at every scale."""

    def __init__(self, paper: Paper, sheet: Sheet, titled: int = 1, letters: Sequence[LetterPage] = ()) -> None:
        """``titled``: how many pages begin with the title; ``letters``: of letters, the place of each page in its own."""
        self.paper = paper
        self.titled = titled
        self.sheet = sheet
        self.letters = letters
        scale = min(StyleSheet.of(paper.page).scale, _LARGEST)
        self.paragraphs = ParagraphLayout(StyleSheet(scale, official=paper.page.official), paper.languages)
        self.style = self.paragraphs.styles.style("running")

    def header(self, page: int) -> Band:
        """Title and dates, first language left, second right; the kind of paper on the first page, which has the title below.
        Its height ends at the rule.
        """
        if self.sheet.official or self.letters or self.paper.bare:
            return Band([], 0.0)
        return self._header(page <= self.titled)

    def _header(self, opening: bool) -> Band:
        if opening and self.paper.house is not None and has_head(self.paper.house):
            return self._letterhead(self.paper.house)
        meta = self.paper.meta
        lines: list[Placed] = []
        width = self.sheet.frame_width
        parts = (meta.document,) if opening else (self.paper.title, meta.dates)
        texts = [joined(self.paper, parts, language) for language in self.paper.languages]
        style = self.paragraphs.styles.style("label") if opening else self.style
        distinct = len(set(texts))
        share = (width - (distinct - 1) * self.paragraphs.styles.gutter) / distinct
        wide = self._wide(texts, style)
        while sum(wide) + self.paragraphs.styles.gutter > width and style.size > SMALLEST:
            style = smaller(style)
            wide = self._wide(texts, style)
        if sum(wide) + self.paragraphs.styles.gutter > width:
            wide = [share] * len(texts)  # no room for both on one line: each wraps in its half
        for n, (language, text) in enumerate(zip(self.paper.languages, texts, strict=True)):
            if text in texts[:n]:
                continue
            said = (
                [text]
                if wide[n] < share or opening
                else [text.replace(TITLE_AND_DATES_JOINED_BY, "\n"), joined(self.paper, parts[:1], language)]
            )
            placed = self._shortened(said, language, style, min(wide[n], width) + 0.1, self.sheet.header_height)
            lines += [line.moved(dx=width - line.line.width) for line in placed] if n else placed
        height = bottom(lines) + 4.0
        thick = BAR if opening else HAIR
        return Band(lines, height, strokes=[Stroke(0.0, height, width, thick, ACCENT if opening else RULE)])

    def _letterhead(self, house: House) -> Band:
        width, height = self.sheet.frame_width, self.sheet.header_height
        lines, shapes = page_head(house, self.paper.meta.document, self.paragraphs, width, height)
        return Band(lines, height + 4.0, strokes=[*shapes, Stroke(0.0, height + 4.0, width, BAR, ACCENT)])

    def _wide(self, texts: Sequence[str], style: Style) -> list[float]:
        return [
            self.paragraphs.width(text, lang, style) for text, lang in zip(texts, self.paper.languages, strict=True)
        ]

    def _shortened(self, texts: Sequence[str], language: str, style: Style, width: float, room: float) -> list[Placed]:
        """Return the first text that finds room, in a smaller size if need be; else the last one, which stands in full
        elsewhere, ends in dots.
        """
        place, text = Box(0.0, 0.0, width), ""
        placed: list[Placed] = []
        while True:
            for text in texts:
                placed = self.paragraphs.block(text, language, style, place, justify=False)
                if len(placed) <= 1 or bottom(placed) <= room:
                    return placed
            if style.for_language(language) <= SMALLEST:
                break
            style = smaller(style)
        most = max(1, int(room // style.leading))
        while len(placed) > most and len(text) > 1:
            text = text[: min(len(text) - 2, int(len(text) * (most + 0.5) / len(placed)))].rstrip("… ") + "…"
            placed = self.paragraphs.block(text, language, style, place, justify=False)
        return placed

    def footer(self, page: int, pages: int) -> Band:
        """Return marking, version, time and person on the left; the page number in all languages of the paper on the right.

        Of a letter, the number of its further pages alone, in its language.
        """
        if self.paper.bare:
            return Band([], 0.0)
        if self.letters:
            return self._of_letter(self.letters[page - 1])
        if self.sheet.official:
            return self._official(page)
        return self._numbered(page, pages, self.paper.languages, origin(self.paper))

    def _of_letter(self, at: LetterPage) -> Band:
        if at.number == 1:
            lines = [] if self.sheet.official else self._house_line()
            return Band(lines, bottom(lines))
        if self.sheet.official and at.language == "zh":
            return self._official(at.number)
        return self._numbered(at.number, at.pages, (at.language,), "")

    def _numbered(self, page: int, pages: int, languages: Sequence[str], made: str) -> Band:
        house = [] if self.sheet.official else self._house_line()
        width = self.sheet.frame_width
        where = [(tr("paper", "Page {page} of {pages}", lang, page=page, pages=pages), lang) for lang in languages]
        right: list[Placed] = []
        x = width
        for text, language in reversed(where):
            wide = self.paragraphs.width(text, language, self.style)
            right += self.paragraphs.block(text, language, self.style, Box(x - wide, 0.0, wide + 1), justify=False)
            x -= wide + 10
        left = self._shortened((made,), languages[0], self.style, x - 4, self.sheet.bottom - _WHITE)
        lines = [*house, *(line.moved(dy=bottom(house)) for line in left + right)]
        return Band(lines, bottom(lines))

    def _house_line(self) -> list[Placed]:
        house = self.paper.house
        text = _in_all(self.paper, house.footer, TITLE_AND_DATES_JOINED_BY) if house is not None else ""
        if not text:
            return []
        box = Box(0.0, 0.0, self.sheet.frame_width)
        return self.paragraphs.fitted(" ".join(text.split()), self.paper.languages[0], self.style, box, rows=1)

    def _official(self, page: int) -> Band:
        """Return the number between dashes, at the outer edge; marking and version small at the inner one."""
        styles = self.paragraphs.styles
        width, number, style = self.sheet.frame_width, f"— {page} —", styles.style("page number")
        wide, em = self.paragraphs.width(number, "zh", style), style.size
        x = width - wide - em if page % 2 or not self.sheet.duplex else em
        lines = self.paragraphs.block(number, "zh", style, Box(x, 0.0, wide + 1), justify=False)
        room = width - wide - 2 * em
        left = Box(0.0 if x > em else width - room, 0.0, room)
        small = styles.style("running")
        said = "" if self.letters else origin(self.paper)
        made = self.paragraphs.block(said, self.paper.languages[0], small, left._replace(top=4.0), justify=False)
        if x == em:
            made = [line.moved(dx=room - line.line.width) for line in made]
        return Band(lines + made, bottom(lines + made))


def joined(paper: Paper, parts: tuple[Words | None, ...], language: str) -> str:
    said = (part.said(language, paper.languages) for part in parts if part is not None)
    return TITLE_AND_DATES_JOINED_BY.join(filter(None, said))


def origin(paper: Paper) -> str:
    """Return marking, version, time and person, as the footer has them; of a paper to sign, marking and version alone."""
    meta, language = paper.meta, paper.languages[0]
    made = () if paper.signed else (say_time(meta.printed, language), meta.person)
    parts = (_in_all(paper, meta.marking), meta.version, _in_all(paper, meta.replaces), *made)
    return TITLE_AND_DATES_JOINED_BY.join(part for part in parts if part)


def _in_all(paper: Paper, words: Words | None, between: str = " ") -> str:
    return between.join(shown.text for shown in words.shown_in(paper.languages, paper.languages)) if words else ""


def say_time(time: datetime, language: str) -> str:
    """Return ``24 Nov 2026, 16:07 (UTC+8)``: on the clock it was read from, which is named."""
    from babel.dates import format_datetime

    said = str(format_datetime(time, phrases(language)["date_and_time"], locale=language))
    return said + in_brackets(clock_of(time), language)


_SPARSE = 0.4  # of the page left white: facts are set larger then
_LARGER = 1.25
_SMALLER = (1.0, 0.9, 0.8, 0.7)  # scales tried where the page is too full
_PORTRAIT = 0.27  # of the width a portrait may take
# Height of a picture under the title, for which facts are set smaller; where they cannot be.
_GOOD, _LEAST = 42 * MM, 20 * MM
_LOGO = (50.0, 20.0)  # mm a logo may take


def cover_bands(cover: Cover, both: LanguageLayout) -> Iterator[Band]:
    """Logos, title, picture, facts and notes, with the room between them; set smaller where a page cannot hold them."""
    for scale in _SMALLER:
        parts = _parts(cover, _scaled(both, scale), _LEAST if scale == _SMALLER[-1] else _GOOD)
        tall = _tall(parts.bands)
        if tall <= both.height:
            break
    _share_out(max(0.0, both.height - tall), parts, both)
    yield from parts.bands


def _scaled(both: LanguageLayout, scale: float) -> LanguageLayout:
    if scale == 1:
        return both
    return LanguageLayout(both.paper, both.sheet, replace(both.styles, scale=both.styles.scale * scale))


class _Parts(NamedTuple):
    """The parts of the cover that share its height."""

    logos: Band | None
    title: Band
    picture: Band | None
    facts: list[Band]
    notes: Band | None

    @property
    def bands(self) -> list[Band]:
        return [band for band in (self.logos, self.title, self.picture, *self.facts, self.notes) if band is not None]


def _parts(cover: Cover, both: LanguageLayout, least: float) -> _Parts:
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


def _share_out(free: float, parts: _Parts, both: LanguageLayout) -> None:
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


def _logos(cover: Cover, both: LanguageLayout) -> Band | None:
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


def _title(cover: Cover, both: LanguageLayout, portrait: Prepared | None) -> Band:
    width = both.width - (portrait.width + 1.5 * both.styles.gutter if portrait else 0.0)
    box = Box(0.0, 0.0, width)
    lines: list[Placed] = []
    title = both.paper.title
    for n, shown in enumerate(both.titles(title)):
        style = both.styles.style("cover second" if n else "cover")
        lines += both.paragraphs.fitted(shown.text, shown.language, style, box.below(lines), rows=2)
    for words in (cover.subtitle, both.paper.meta.dates):
        if words is not None and not words.empty:
            lines += _line(words, both, Box(0.0, bottom(lines) + both.styles.half, width))
    shapes: list[Shape] = [portrait.at(both.width - portrait.width, 0.0)] if portrait is not None else []
    height = both.up(max(bottom(lines), portrait.height if portrait else 0.0))
    return Band(lines, height, strokes=shapes, keep=True, outline=(" ".join(both.texts(title)), 0))


def _line(words: Words, both: LanguageLayout, box: Box) -> list[Placed]:
    style = both.styles.style("date")
    return both.side_by_side(words, box, style) if both.beside else both.both(Para(words), box, style, style)


def _fact(fact: Fact, both: LanguageLayout) -> Band:
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


def _notes(cover: Cover, both: LanguageLayout) -> Band | None:
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
