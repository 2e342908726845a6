"""Page, header, footer and look of a paper in Word: what stands at the edges of its printed pages."""

from __future__ import annotations

from dataclasses import replace

from ucapdesk.base.i18n import tr
from ucapdesk.briefing import content, styles
from ucapdesk.briefing.header_footer import TITLE_AND_DATES_JOINED_BY, joined, origin
from ucapdesk.briefing.inks import inks_of
from ucapdesk.briefing.letterhead import has_head
from ucapdesk.briefing.styles import MM, Sheet
from ucapdesk.briefing.text_elements import Words
from ucapdesk.formats.word_document import Run, WordCell, WordEdges, WordPage, WordPara, WordTable
from ucapdesk.formats.word_styles import WordLook
from ucapdesk.services.files.word_texts import WordTexts, in_a_row

_PAGE, _PAGES = "\ue000", "\ue001"
"""Signs that stand for the numbers Word counts, until the sentence is cut there."""
_LOGO = 9.0
"""Millimetres of a logo in the header."""
_HAN = 0x2E80
"""The first of the characters that are as wide as high."""


def page_of(sheet: Sheet) -> WordPage:
    """Return the page of a sheet of paper."""
    measures = {
        "width": sheet.width, "height": sheet.height, "left": sheet.inner, "right": sheet.outer, "top": sheet.top,
        "bottom": sheet.bottom, "footer": sheet.footer / 1.4,
    }  # fmt: skip
    return WordPage(**{name: round(each / MM, 1) for name, each in measures.items()}, mirrored=sheet.duplex)


def look_of(paper: content.Paper) -> WordLook:
    """Return faces, colours and size."""
    inks = inks_of(paper.house)
    usual = {name: getattr(styles, name.upper()) for name in "accent tint ink grey rule warning red".split()}
    colours = {name: inks.get(colour, colour).lstrip("#") for name, colour in usual.items()}
    return WordLook(**colours, scale=styles.LARGE if paper.page.large else 1.0, official=paper.page.official)


def edges_of(paper: content.Paper, *, letter: bool) -> WordEdges:
    """Return header and footer; letters and pages to sign have neither, papers of Chinese offices a number alone, which the
    first page of a letter has not.
    """
    if paper.bare:
        return WordEdges()
    number = WordPara((Run("— ", "zh"), Run("", "zh", field="PAGE"), Run(" —", "zh")), "number")
    if letter and paper.page.official:  # the number of a page is counted on through all letters of a file
        alone = paper.languages == ("zh",) and len(paper.sections) == 1
        return WordEdges(footer=(number,), first_footer=()) if alone else WordEdges()
    if letter:
        return WordEdges(footer=_house_line(paper))
    if paper.page.official:
        return WordEdges(footer=(number, WordPara((Run(origin(paper), paper.languages[0]),), "footer")))
    meta = paper.meta
    made = WordPara((Run(origin(paper), paper.languages[0]),), "footer")
    numbers = WordTable((((made,), (WordPara(_numbered(paper), "footer", "right"),)),), (7, 3), form="open")
    return WordEdges(
        header=_beside(paper, (paper.title, meta.dates)),
        footer=(*_house_line(paper), numbers),
        first_header=_letterhead(paper) or _beside(paper, (meta.document,)),
    )


def _house_line(paper: content.Paper) -> tuple[WordPara, ...]:
    """Return the footer of the house style."""
    texts = WordTexts(paper)
    runs = texts.line(paper.house.footer) if paper.house is not None else ()
    return (WordPara(runs, "footer"),) if runs else ()


def _letterhead(paper: content.Paper) -> tuple[WordTable, ...]:
    """Return logos and names of the office, and the kind of paper at the right; nothing without a house style."""
    house = paper.house
    if house is None or not has_head(house):
        return ()
    texts = WordTexts(paper)
    logos: list[WordCell] = [
        tuple(texts.picture(logo and replace(logo, height=_LOGO, width=3 * _LOGO, align=align)))
        for logo, align in ((house.logo, "left"), (house.second_logo, "right"))
    ]
    names: WordCell = tuple(WordPara(runs, "letterhead") for runs in texts.each(house.office))
    kind: WordCell = tuple(WordPara(runs, "header", "right") for runs in texts.each(paper.meta.document))
    return tuple(in_a_row([(logos[0], 1.0), (names, 3.0), (kind, 2.0), (logos[1], 1.0)], "ruled"))


def _beside(paper: content.Paper, parts: tuple[Words | None, ...]) -> tuple[WordTable, ...]:
    """Return the first language at the left, the second at the right, a rule below them; a common text once."""
    said = {joined(paper, parts, lang): lang for lang in reversed(paper.languages)}
    cells = [
        (WordPara((Run(text, lang),), "header", "right" if n else ""),)
        for n, (text, lang) in enumerate(reversed(said.items()))
        if text
    ]
    shares = tuple(max(1, sum(1.0 if ord(char) < _HAN else 2.3 for char in text)) for text in reversed(said) if text)
    return (WordTable((tuple(cells),), shares, form="ruled"),) if cells else ()


def _numbered(paper: content.Paper) -> tuple[Run, ...]:
    """Return "Page 2 of 5" in every language, the numbers counted by Word."""
    runs: list[Run] = []
    for n, lang in enumerate(paper.languages):
        said = tr("paper", "Page {page} of {pages}", lang, page=_PAGE, pages=_PAGES)
        runs += [Run(TITLE_AND_DATES_JOINED_BY)] if n else []
        for sign, name in ((_PAGE, "PAGE"), (_PAGES, "NUMPAGES")):
            before, _, said = said.partition(sign)
            runs += [Run(before, lang), Run("", lang, field=name)]
        runs.append(Run(said, lang))
    return tuple(run for run in runs if run.text or run.field)
