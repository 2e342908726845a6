"""Page, header, footer and look of a paper in Word: what stands at the edges of its printed pages."""

from __future__ import annotations

from ucapdesk.base.i18n import tr
from ucapdesk.briefing import content, styles
from ucapdesk.briefing.header_footer import BETWEEN, joined, origin
from ucapdesk.briefing.styles import MM, Sheet
from ucapdesk.formats.word_document import Run, WordEdges, WordPage, WordPara, WordTable
from ucapdesk.formats.word_styles import WordLook

_PAGE, _PAGES = "\ue000", "\ue001"
"""Signs that stand for the numbers Word counts, until the sentence is cut there."""
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
    colours = {
        name: getattr(styles, name.upper()).lstrip("#") for name in ("accent", "tint", "ink", "grey", "rule", "warning")
    }
    return WordLook(**colours, scale=styles.LARGE if paper.page.large else 1.0, official=paper.page.official)


def edges_of(paper: content.Paper, *, letter: bool) -> WordEdges:
    """Return header and footer; letters and pages to sign have neither, papers of Chinese offices a number alone."""
    if paper.bare or letter:
        return WordEdges()
    if paper.page.official:
        number = WordPara((Run("— ", "zh"), Run("", "zh", field="PAGE"), Run(" —", "zh")), "number")
        return WordEdges(footer=(number, WordPara((Run(origin(paper), paper.languages[0]),), "footer")))
    meta = paper.meta
    footer = (
        WordPara((Run(origin(paper), paper.languages[0]),), "footer"),
        WordPara(_numbered(paper), "footer", "right"),
    )
    return WordEdges(
        header=_beside(paper, (paper.title, meta.dates)),
        footer=(WordTable((((footer[0],), (footer[1],)),), (7, 3), form="open"),),
        first_header=_beside(paper, (meta.document,)),
    )


def _beside(paper: content.Paper, parts: tuple[content.Words | None, ...]) -> tuple[WordTable, ...]:
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
        runs += [Run(BETWEEN)] if n else []
        for sign, name in ((_PAGE, "PAGE"), (_PAGES, "NUMPAGES")):
            before, _, said = said.partition(sign)
            runs += [Run(before, lang), Run("", lang, field=name)]
        runs.append(Run(said, lang))
    return tuple(run for run in runs if run.text or run.field)
