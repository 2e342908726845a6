"""Sets the header and the footer of every page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ucapdesk.base.clock import clock_of
from ucapdesk.base.i18n import bracketed, tr
from ucapdesk.base.phrases import phrases
from ucapdesk.briefing.bands import Band
from ucapdesk.briefing.content import Paper
from ucapdesk.briefing.house import House
from ucapdesk.briefing.letter import LetterPage
from ucapdesk.briefing.letterhead import has_head, page_head
from ucapdesk.briefing.shapes import Stroke
from ucapdesk.briefing.styles import ACCENT, BAR, HAIR, MM, RULE, SMALLEST, Sheet, Style, StyleSheet
from ucapdesk.briefing.text_elements import Words
from ucapdesk.briefing.typeset import Box, Placed, Typesetter, bottom, smaller

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
        self.setter = Typesetter(StyleSheet(scale, official=paper.page.official), paper.languages)
        self.style = self.setter.styles.style("running")

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
        style = self.setter.styles.style("label") if opening else self.style
        distinct = len(set(texts))
        share = (width - (distinct - 1) * self.setter.styles.gutter) / distinct
        wide = self._wide(texts, style)
        while sum(wide) + self.setter.styles.gutter > width and style.size > SMALLEST:
            style = smaller(style)
            wide = self._wide(texts, style)
        if sum(wide) + self.setter.styles.gutter > width:
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
        """Return the header of a first page with the letterhead at the left and the kind of paper at the right."""
        width, height = self.sheet.frame_width, self.sheet.header_height
        lines, shapes = page_head(house, self.paper.meta.document, self.setter, width, height)
        return Band(lines, height + 4.0, strokes=[*shapes, Stroke(0.0, height + 4.0, width, BAR, ACCENT)])

    def _wide(self, texts: Sequence[str], style: Style) -> list[float]:
        return [self.setter.width(text, lang, style) for text, lang in zip(texts, self.paper.languages, strict=True)]

    def _shortened(self, texts: Sequence[str], language: str, style: Style, width: float, room: float) -> list[Placed]:
        """Return the first text that finds room, in a smaller size if need be; else the last one, which stands in full
        elsewhere, ends in dots.
        """
        place, text = Box(0.0, 0.0, width), ""
        placed: list[Placed] = []
        while True:
            for text in texts:
                placed = self.setter.block(text, language, style, place, justify=False)
                if len(placed) <= 1 or bottom(placed) <= room:
                    return placed
            if style.for_language(language) <= SMALLEST:
                break
            style = smaller(style)
        most = max(1, int(room // style.leading))
        while len(placed) > most and len(text) > 1:
            text = text[: min(len(text) - 2, int(len(text) * (most + 0.5) / len(placed)))].rstrip("… ") + "…"
            placed = self.setter.block(text, language, style, place, justify=False)
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
        """Return the footer of the house, under it words on the left and the number on the right."""
        house = [] if self.sheet.official else self._house_line()
        width = self.sheet.frame_width
        where = [(tr("paper", "Page {page} of {pages}", lang, page=page, pages=pages), lang) for lang in languages]
        right: list[Placed] = []
        x = width
        for text, language in reversed(where):
            wide = self.setter.width(text, language, self.style)
            right += self.setter.block(text, language, self.style, Box(x - wide, 0.0, wide + 1), justify=False)
            x -= wide + 10
        left = self._shortened((made,), languages[0], self.style, x - 4, self.sheet.bottom - _WHITE)
        lines = [*house, *(line.moved(dy=bottom(house)) for line in left + right)]
        return Band(lines, bottom(lines))

    def _house_line(self) -> list[Placed]:
        """Return the footer of the house, above the others."""
        house = self.paper.house
        text = _in_all(self.paper, house.footer, TITLE_AND_DATES_JOINED_BY) if house is not None else ""
        if not text:
            return []
        box = Box(0.0, 0.0, self.sheet.frame_width)
        return self.setter.fitted(" ".join(text.split()), self.paper.languages[0], self.style, box, rows=1)

    def _official(self, page: int) -> Band:
        """Return the number between dashes, at the outer edge; marking and version small at the inner one."""
        styles = self.setter.styles
        width, number, style = self.sheet.frame_width, f"— {page} —", styles.style("page number")
        wide, em = self.setter.width(number, "zh", style), style.size
        x = width - wide - em if page % 2 or not self.sheet.duplex else em
        lines = self.setter.block(number, "zh", style, Box(x, 0.0, wide + 1), justify=False)
        room = width - wide - 2 * em
        left = Box(0.0 if x > em else width - room, 0.0, room)
        small = styles.style("running")
        said = "" if self.letters else origin(self.paper)
        made = self.setter.block(said, self.paper.languages[0], small, left._replace(top=4.0), justify=False)
        if x == em:
            made = [line.moved(dx=room - line.line.width) for line in made]
        return Band(lines + made, bottom(lines + made))


def joined(paper: Paper, parts: tuple[Words | None, ...], language: str) -> str:
    """Return texts of a header on one line, such as title and dates."""
    said = (part.said(language, paper.languages) for part in parts if part is not None)
    return TITLE_AND_DATES_JOINED_BY.join(filter(None, said))


def origin(paper: Paper) -> str:
    """Return marking, version, time and person, as the footer has them; of a paper to sign, marking and version alone."""
    meta, language = paper.meta, paper.languages[0]
    made = () if paper.signed else (say_time(meta.printed, language), meta.person)
    parts = (_in_all(paper, meta.marking), meta.version, _in_all(paper, meta.replaces), *made)
    return TITLE_AND_DATES_JOINED_BY.join(part for part in parts if part)


def _in_all(paper: Paper, words: Words | None, between: str = " ") -> str:
    """Return a text in all languages of the paper, a common text once."""
    return between.join(shown.text for shown in words.shown_in(paper.languages, paper.languages)) if words else ""


def say_time(time: datetime, language: str) -> str:
    """Return ``24 Nov 2026, 16:07 (UTC+8)``: on the clock it was read from, which is named."""
    from babel.dates import format_datetime

    said = str(format_datetime(time, phrases(language)["date_and_time"], locale=language))
    return said + bracketed(clock_of(time), language)
