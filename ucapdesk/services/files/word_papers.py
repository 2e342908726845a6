"""Writes papers as Word documents: those that are prose or tables, to be worked on, or agreed by mail before they are signed.

The paper is the same that is printed, put into Word block by block: each language its own run, a stand-in in grey with its tag,
a common text once. A Chinese letter stands as offices send it (函, GB/T 9704). Which documents have a Word form is declared
(``Document.word``): cards and plans need a fixed page.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any, Unpack

from ucapdesk.base.errors import UserError
from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import language, phrases, tr
from ucapdesk.briefing.blocks import content
from ucapdesk.briefing.blocks.block_layout import GIVEN, LINE_HEIGHT, NAME_LABEL, POST
from ucapdesk.briefing.blocks.content import FACING, SIDE_BY_SIDE, Letter, Paper
from ucapdesk.briefing.blocks.elements import (
    NO_WORDS,
    AppendedPages,
    Chart,
    Network,
    Para,
    Picture,
    Plan,
    Words,
    language_tag,
)
from ucapdesk.briefing.blocks.language_layout import LanguageLayout, in_each
from ucapdesk.briefing.blocks.letters import CLOSING, ENCLOSURES, SALUTATION_ENDS, has_head
from ucapdesk.briefing.blocks.pictures import is_listed, raster, within
from ucapdesk.briefing.blocks.table_layout import places
from ucapdesk.briefing.pages.cover_header_footer import TITLE_AND_DATES_JOINED_BY, joined, origin
from ucapdesk.briefing.pages.official import HEAD, OFFICIAL_CLOSING, number_before
from ucapdesk.briefing.pages.render import RenderReport, check_translated, report_of, sheet_of
from ucapdesk.briefing.text import styles
from ucapdesk.briefing.text.styles import MM, Sheet, Style, StyleSheet, inks_of
from ucapdesk.formats.whole_files import ending_of
from ucapdesk.formats.word_writer import (
    Run,
    WordBlock,
    WordBreak,
    WordCell,
    WordContents,
    WordEdges,
    WordFile,
    WordLook,
    WordPage,
    WordPara,
    WordPicture,
    WordTable,
    write_word,
)
from ucapdesk.papers.printing import make
from ucapdesk.papers.registry import DOCUMENTS, Choices, request
from ucapdesk.papers.request import Request
from ucapdesk.store.desk import Desk

_BETWEEN = Run(" · ")
# The styles of the other language below a text.
_SECOND = {"text": "second", "cell": "second", "large": "large second", "fact": "second", "head": "second"}
_ABSENT = WordPara((Run("–", grey=True),), "cell")  # A fact that nobody knows
Part = Para | Picture


class WordTexts:
    def __init__(self, paper: Paper) -> None:
        self.langs, self.sources = paper.languages, paper.sources or paper.languages
        self.beside = paper.layout == SIDE_BY_SIDE and len(paper.languages) > 1

    def runs(self, words: Words, lang: str, *, bold: bool = False) -> tuple[Run, ...]:
        shown = words.shown(lang, self.sources)
        if shown is None:
            return ()
        if shown.stands_in:
            tag = language_tag(shown.language, lang)
            return (Run(tag, lang, bold, grey=True), Run(shown.text, shown.language, bold, grey=True))
        return (Run(shown.text, shown.language, bold),)

    def each(self, words: Words) -> list[tuple[Run, ...]]:
        """Return a text in each language that has it; a common text once, a stand-in where there is no other."""
        known = [lang for lang in self.langs if words.has(lang)] or list(self.langs[:1])
        told = (runs for lang in known if (runs := self.runs(words, lang)))
        return [same[0] for same in grouped(("".join(run.text for run in runs), runs) for runs in told).values()]

    def line(self, words: Words | None) -> tuple[Run, ...]:
        lines = self.each(words) if words is not None else []
        return tuple(run for at, runs in enumerate(lines) for run in ((_BETWEEN, *runs) if at else runs))

    def para(self, para: Para, lang: str, style: str = "text") -> WordPara:
        """Return a paragraph in one language; ``style`` is that of plain text there."""
        lead = self._lead(para, lang)
        runs = (*lead, *self.runs(para.words, lang, bold=para.role == "lead"))
        return WordPara(runs, para.role if para.role in ("note", "warning", "large") else style, mark=para.mark)

    def _lead(self, para: Para, lang: str) -> tuple[Run, ...]:
        if para.lead is None or not (said := self.runs(para.lead, lang, bold=True)):
            return ()
        colon = "" if para.words.empty else "：" if lang == "zh" else ": "
        return (*said, Run(colon, lang, bold=True))

    def pairs(
        self, paras: Iterable[Para], style: str = "text", form: str = "open", label: Words | None = None
    ) -> Iterable[WordPara | WordTable]:
        """Yield paragraphs below their label: two languages side by side, in a table without lines, or one below the other."""
        told = [para for para in paras if not para.words.empty or para.lead is not None]
        named = label is not None and not label.empty
        if self.beside and told:
            rows = tuple(tuple((self.para(para, lang, style),) for lang in self.langs) for para in told)
            if label is not None and named:
                rows = (tuple((WordPara(self.runs(label, lang), "label"),) for lang in self.langs), *rows)
            yield WordTable(rows, (1.0,) * len(self.langs), form=form)
            return
        if named:
            yield WordPara(self.line(label), "label")
        if form == "open":
            for para in told:
                yield from self.stacked(para, style)
        elif told:
            yield WordTable(tuple((self.cell([para], style),) for para in told), (1.0,), form=form)

    def stacked(self, para: Para, style: str = "cell", langs: Sequence[str] = ()) -> list[WordPara]:
        """Return a paragraph in each language below the one before, the second in its own style."""
        found: list[WordPara] = []
        for lang, each in in_each(para, langs or self.langs, self.sources):
            told = self.para(each, lang, style)
            if found:
                told = WordPara(told.runs, _SECOND.get(told.style, told.style), mark=told.mark)
            found += [told] if told.runs else []
        return found

    def cell(self, parts: Iterable[Part], style: str = "cell", langs: Sequence[str] = ()) -> WordCell:
        told: list[WordPara | WordPicture] = []
        for part in parts:
            if isinstance(part, Para):
                told += self.stacked(part, style, langs) or [_ABSENT]
            else:
                told += self.picture(part)
        return tuple(told)

    def picture(self, part: Picture | None) -> list[WordPicture]:
        """Return a picture; nothing where there is none to show."""
        found = raster(part.data, part.width * MM, part.height * MM) if part and part.data else None
        if part is None or found is None:
            return []
        alt = dict(part.alt)
        told = next((alt[lang] for lang in self.langs if lang in alt), "")
        return [WordPicture(found.data, found.width / MM, found.height / MM, told, part.align)]


def in_a_row(cells: Iterable[tuple[WordCell, float]], form: str) -> Iterator[WordTable]:
    """Yield filled cells beside each other, each with its share of the width; nothing where none is filled."""
    if kept := [each for each in cells if each[0]]:
        row, shares = zip(*kept, strict=True)
        yield WordTable((row,), shares, form=form)


_PAGE, _PAGES = "\ue000", "\ue001"  # Signs that stand for the numbers Word counts, until the sentence is cut there
_LOGO = 9.0  # Millimetres of a logo in the header
_HAN = 0x2E80  # The first of the characters that are as wide as high


def page_of(sheet: Sheet) -> WordPage:
    measures = {
        "width": sheet.width, "height": sheet.height, "left": sheet.inner, "right": sheet.outer, "top": sheet.top,
        "bottom": sheet.bottom, "footer": sheet.footer / 1.4,
    }  # fmt: skip
    return WordPage(**{name: round(each / MM, 1) for name, each in measures.items()}, mirrored=sheet.duplex)


def look_of(paper: content.Paper) -> WordLook:
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
        return WordEdges(footer=_style_footer(paper))
    if paper.page.official:
        return WordEdges(footer=(number, WordPara((Run(origin(paper), paper.languages[0]),), "footer")))
    meta = paper.meta
    made = WordPara((Run(origin(paper), paper.languages[0]),), "footer")
    numbers = WordTable((((made,), (WordPara(_numbered(paper), "footer", "right"),)),), (7, 3), form="open")
    return WordEdges(
        header=_beside(paper, (paper.title, meta.dates)),
        footer=(*_style_footer(paper), numbers),
        first_header=_letterhead(paper) or _beside(paper, (meta.document,)),
    )


def _style_footer(paper: content.Paper) -> tuple[WordPara, ...]:
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


_CHINESE = "zh"
_SMALLEST_HEAD = 22.0  # Points: a name that is too long for a line in this size goes on in a second one
_BLANK = "\u3000"


class WordOfficialLetter:
    def __init__(self, letter: Letter, both: LanguageLayout, texts: WordTexts) -> None:
        self.letter, self.both, self.texts = letter, both, texts
        self.style = both.styles.style("text")
        self.em, self.line = self.style.size, both.styles.line

    def blocks(self) -> Iterator[WordBlock]:
        """Yield head, number, title, salutation, text, closing, enclosures, office and date."""
        letter = self.letter
        yield from self._head()
        if letter.title is not None:
            yield from self._title(letter.title)
        said = self._plain(letter.salutation).rstrip(SALUTATION_ENDS)
        yield WordPara((Run(f"{said}：", _CHINESE),), "official line")
        yield from (self.texts.para(para, _CHINESE, "text") for para in letter.body)
        yield self.texts.para(Para(OFFICIAL_CLOSING), _CHINESE, "text")
        yield from self._enclosures()
        yield from self._end()

    def _head(self) -> Iterator[WordBlock]:
        if self.letter.sender and (office := self._plain(self.letter.sender[0])):
            wide = self.both.paragraphs.width(office, _CHINESE, Style(HEAD, HEAD, HEAD, "", bold=True))
            size = max(_SMALLEST_HEAD, min(HEAD, math.floor(2 * HEAD * self.both.width / wide) / 2))
            yield WordPara((Run(office, _CHINESE, size=size),), "red head")
            yield WordPara((), "red foot")
        if self.letter.number is not None:
            yield WordPara(self.texts.runs(self.letter.number, _CHINESE), "official line", "right", before=self.em / 2)

    def _title(self, title: Words) -> Iterator[WordBlock]:
        said = self._plain(title)
        whole = said.replace("\n", "")
        wide = self.both.paragraphs.width(whole, _CHINESE, self.both.styles.style("title"))
        runs = (Run(whole if wide <= self.both.width else said, _CHINESE),)
        yield WordPara(runs, "title", before=self.line)

    def _enclosures(self) -> Iterator[WordBlock]:
        """Yield 附件：1. … under an empty line; a long name goes on below its first character."""
        texts = self.letter.enclosures
        for n, words in enumerate(texts, 1):
            lead, number = "附件：" if n == 1 else 3 * _BLANK, f"{n}." if len(texts) > 1 else ""
            hang, before = (5.5 + len(number) / 2) * self.em, self.line if n == 1 else 0.0
            mark, said = 2 * _BLANK + lead + number, self.texts.runs(words, _CHINESE)
            yield WordPara(said, "official line", mark=mark, hang=hang, before=before)

    def _end(self) -> Iterator[WordBlock]:
        """Yield office over date, room for a seal above them; the date ends four characters before the edge."""
        signed = self.letter.seal or self.letter.sender
        office, date = self._plain(signed[0]) if signed else "", self._plain(self.letter.date)
        widths = [self.both.paragraphs.width(each, _CHINESE, self.style) for each in (office, date)]
        middle = 4 * self.em + widths[1] / 2
        before = 2 * self.line
        for text, wide in zip((office, date), widths, strict=True):
            if text:
                inset = max(0.0, middle - wide / 2)
                yield WordPara((Run(text, _CHINESE),), "official line", "right", before=before, inset=inset)
                before = 0.0

    def _plain(self, words: Words) -> str:
        return "".join(run.text for run in self.texts.runs(words, _CHINESE))


_LINES = 8  # Lines to write on where a page would be filled with them
_SIGN, _FORMAL_SIGN = 44.0, 72.0  # Points of room to sign in
_COVER_ROW = 11.0  # Millimetres of a fact on the cover
_LABEL, _VALUE = 1.0, 3.2  # Shares of a label and of its value


class WordBlocks:
    def __init__(self, paper: content.Paper, both: LanguageLayout, anchors: str = "") -> None:
        """``anchors``: sets the names of headings apart where the paper is told once in each language."""
        self.paper, self.both = paper, both
        self.texts = WordTexts(paper)
        self.anchors = anchors
        self._tellers: dict[type, Callable[[Any], Iterable[WordBlock]]] = {
            content.Text: lambda block: self.texts.pairs(block.paras, label=block.label),
            content.Facts: lambda block: self._form(block.facts, block.picture),
            content.Table: self._table,
            content.Cover: self._cover,
            content.Timeline: self._timeline,
            Chart: self._chart,
            Network: lambda _: [],  # what it shows is told in words beside it
            Plan: self._plan,
            content.Ruled: lambda _: [WordTable((((),),) * _LINES, (1,), form="ruled", height=LINE_HEIGHT)],
            content.Signatures: self._signatures,
            content.Letter: self._letter,
            Picture: self.texts.picture,
            AppendedPages: self._appended,
            content.Contents: self._contents,
        }

    def blocks(self) -> Iterator[WordBlock]:
        """Yield all blocks, in order."""
        first = self.paper.sections[0].blocks if self.paper.sections else ()
        if self.paper.titled and not (first and isinstance(first[0], content.Cover | content.Letter)):
            yield from (WordPara(runs, "title") for runs in self.texts.each(self.paper.title))
            if dates := self.texts.line(self.paper.meta.dates):
                yield WordPara(dates, "subtitle")
        for n, section in enumerate(self.paper.sections):
            yield from self._section(section, n)

    def _anchor(self, n: int) -> str:
        return f"part{self.anchors}{n + 1}"

    def _section(self, section: content.Section, n: int) -> Iterator[WordBlock]:
        if section.new_page and n:
            yield WordBreak()
        if section.heading is not None and not section.heading.empty:
            style = f"heading{min(section.level, 3)}"
            yield WordPara(self._heading(section), style, anchor=self._anchor(n), listed=is_listed(section, 0))
        for block in section.blocks:
            yield from self._tellers[type(block)](block)  # cards are in no paper that can be a Word document

    def _heading(self, section: content.Section) -> tuple[Run, ...]:
        lang = self.texts.langs[0]
        said = number_before(section.number, section.level, lang) if self.paper.page.official else section.number
        if said and not said.endswith(("、", "）")):
            said = f"{said.strip()}\u2002"
        number = (Run(said, lang),) if said else ()
        return (*number, *self.texts.line(section.heading))

    def _contents(self, contents: content.Contents) -> Iterator[WordBlock]:
        entries = tuple(
            (self._heading(section), min(section.level, contents.depth), self._anchor(n))
            for n, section in enumerate(self.paper.sections)
            if is_listed(section, contents.depth) and contents not in section.blocks
        )  # fmt: skip
        if entries:
            yield WordContents(entries)

    # -- texts ------------------------------------------------------------------------------------

    def _appended(self, block: AppendedPages) -> Iterator[WordBlock]:
        for page in block.pages:
            yield from self.texts.picture(within(page, self.both))

    def _cover(self, cover: content.Cover) -> Iterator[WordBlock]:
        sides = (replace(logo, align="right" if n else "left") for n, logo in enumerate(cover.logos))
        logos = [picture for logo in sides for picture in self.texts.picture(logo)]
        if logos:
            yield WordTable((tuple((logo,) for logo in logos),), (1,) * len(logos), form="open")
        for n, runs in enumerate(self.texts.each(self.paper.title)):
            yield WordPara(runs, "title" if n else "cover")
        yield from (WordPara(runs, "subtitle") for runs in self.texts.each(cover.subtitle or NO_WORDS))
        if self.paper.meta.dates is not None:
            yield WordPara(self.texts.line(self.paper.meta.dates), "label")
        yield from self.texts.picture(cover.picture)
        yield from self._form(cover.facts, height=_COVER_ROW)
        yield from self.texts.pairs(cover.notes, "note", "tinted")

    # -- tables -----------------------------------------------------------------------------------

    def _form(
        self, facts: Sequence[content.Fact], picture: Picture | None = None, height: float = 0.0
    ) -> Iterator[WordBlock]:
        """Yield labels with their values; a picture stands at the right of them all."""
        if self.paper.page.official and not height:
            yield from self._official_facts(facts)
            return
        beside = tuple(self.texts.picture(picture))
        named = (self.texts.cell([Para(fact.label)], "fact") for fact in facts)
        rows = [(label, self.texts.cell(fact.value)) for label, fact in zip(named, facts, strict=True)]
        if beside:
            told = tuple((*row, beside if n == 0 else ()) for n, row in enumerate(rows or [((), ())]))
            yield WordTable(told, (_LABEL, _VALUE - 0.9, 0.9), form="open", tall=True)
        elif rows:
            yield WordTable(tuple(rows), (_LABEL, _VALUE), form="lines" if height else "open", height=height)

    def _official_facts(self, facts: Sequence[content.Fact]) -> Iterator[WordBlock]:
        """Yield facts as Chinese offices write them: 时间：2026年6月11日."""
        for fact in facts:
            for n, para in enumerate(fact.value):
                told = replace(para, lead=fact.label) if n == 0 else para
                yield from self.texts.stacked(told, "text")

    def _table(self, table: content.Table) -> Iterator[WordBlock]:
        yield from self.texts.pairs((), label=table.label)
        spots = places(table, self.both)
        ways = [[place.language for place in each] for each in spots]
        named = ((each.head, lang) for each, langs in zip(table.columns, ways, strict=True) for lang in langs)
        heads = tuple(tuple(self.texts.stacked(Para(head), "head", (lang,) if lang else ())) for head, lang in named)
        rows: list[tuple[WordCell, ...]] = [heads] if any(heads) else []
        first, whole, number = len(rows), set(), 0
        for row in table.rows:
            if isinstance(row, content.Group):
                whole.add(len(rows))
                rows.append(((WordPara(self.texts.line(row.words), "label" if row.level == 1 else "group"),),))
                continue
            number += 1
            rows.append(tuple(self._cells(table.columns, row, ways, number)))
        shares = tuple(place.box.width for each in spots for place in each)
        yield WordTable(tuple(rows), shares, first, whole=frozenset(whole), height=table.row_height)

    def _cells(
        self,
        columns: Sequence[content.Column],
        row: Sequence[content.Cell],
        ways: Sequence[Sequence[str | None]],
        number: int,
    ) -> Iterator[WordCell]:
        for column, cell, langs in zip(columns, row, ways, strict=True):
            style = "fact" if column.label else "cell"
            for lang in langs:
                told = self.texts.cell(cell, style, (lang,) if lang else ())
                if column.numbered:
                    told = (WordPara((Run(str(number)),), "cell"),)
                if column.align == "right":
                    told = tuple(
                        WordPara(each.runs, each.style, "right") if isinstance(each, WordPara) else each
                        for each in told
                    )
                yield told

    def _timeline(self, block: content.Timeline) -> Iterator[WordBlock]:
        rows = []
        for event in block.events:
            kind = [Para(event.kind, "note")] if event.kind is not None else []
            title = [Para(event.title, "lead"), *event.text]
            rows.append((self.texts.cell([Para(event.date), *kind], "fact"), self.texts.cell(title)))
        yield WordTable(tuple(rows), (_LABEL, _VALUE))

    def _chart(self, chart: Chart) -> Iterator[WordBlock]:
        heads = ((), *(self.texts.cell([Para(each)], "head") for each in chart.series))
        rows: list[tuple[WordCell, ...]] = [heads] if chart.series else []
        for bar in chart.bars:
            numbers = ((WordPara((Run(f"{value:g}"),), "cell", "right"),) for value in bar.values)
            rows.append((self.texts.cell([Para(bar.label)]), *numbers))
        width = max(map(len, rows))
        yield WordTable(tuple(rows), (2.0, *(1.0,) * (width - 1)), int(bool(chart.series)))

    def _plan(self, plan: Plan) -> Iterator[WordBlock]:
        """Yield who sits where, unless a list of the seats follows."""
        yield from self.texts.pairs((), label=plan.label)
        if plan.listed:
            return
        rows = [
            (
                (WordPara((Run(seat.number),), "cell"),),
                self.texts.cell([Para(seat.name)]),
                self.texts.cell([Para(seat.note)] if seat.note else [], "second"),
            )
            for seat in plan.seats
            if not seat.name.empty
        ]
        if rows:
            yield WordTable(tuple(rows), (0.4, 2.0, 2.0))

    # -- what is signed ---------------------------------------------------------------------------

    def _signatures(self, block: content.Signatures) -> Iterator[WordBlock]:
        """Yield a block for each party, two beside each other, of equal width."""
        for n in range(0, len(block.parties), 2):
            pair = block.parties[n : n + 2]
            rows: list[tuple[WordCell, ...]] = [tuple(self._words([each.party], "cell", bold=True) for each in pair)]
            for signing in zip_longest(*((each, *each.also) for each in pair)):
                line = WordPara((Run("_" * 36),), "cell", before=_FORMAL_SIGN if block.formal else _SIGN)
                rows.append(tuple((line,) if each else () for each in signing))
                rows.append(tuple(self._signed(each, formal=block.formal) if each else () for each in signing))
            yield WordTable(tuple((*row, ())[:2] for row in rows), (1, 1), form="open")

    def _signed(self, who: content.Signatory, *, formal: bool) -> WordCell:
        if formal:
            return self._words([words for words in (who.name, who.post) if words is not None], "cell")
        named = ((NAME_LABEL, who.name), (POST, who.post), (GIVEN, None))
        return tuple(
            WordPara((*self.texts.line(Words.label(label)), Run(": "), *(self.texts.line(said) or (Run("_" * 18),))),
                     "cell", before=3)
            for label, said in named
        )  # fmt: skip

    def _words(self, texts: Iterable[Words], style: str, *, bold: bool = False) -> WordCell:
        role = "lead" if bold else "text"
        return self.texts.cell([Para(each, role) for each in texts], style)

    # -- letters ----------------------------------------------------------------------------------

    def _letter(self, letter: content.Letter) -> Iterator[WordBlock]:
        for n, lang in enumerate(self.texts.langs):
            if n:
                yield WordBreak()
            if lang == "zh" and self.paper.page.official:
                yield from WordOfficialLetter(letter, self.both, self.texts).blocks()
                continue
            second = self.paper.house.second_logo if letter.ours and self.paper.house is not None else None
            yield from _WordLetter(letter, lang, self.texts, second).blocks()


class _WordLetter:
    def __init__(self, letter: content.Letter, lang: str, texts: WordTexts, second: Picture | None = None) -> None:
        """``second``: the second logo of the letterhead."""
        self.letter, self.lang, self.texts, self.second = letter, lang, texts, second

    def blocks(self) -> Iterator[WordBlock]:
        """Yield letterhead, date and recipient, salutation, text, closing, signature and enclosures."""
        letter, chinese = self.letter, self.lang == "zh"
        logo: WordCell = tuple(self.texts.picture(letter.logo))
        second: WordCell = tuple(self.texts.picture(self.second and replace(self.second, align="right")))
        head: WordCell = tuple(self._lines(letter.sender, "cell", first_bold=True))
        cells = [(logo, 1), (head, 3), (second, 1)] if letter.ours else [(head, 3), (logo, 1)]
        yield from in_a_row(cells, "ruled" if letter.ours else "open")
        number = [letter.number] if letter.number is not None else []
        yield from self._lines(number if chinese else [*number, letter.date], "letter", "right", before=12)
        if not chinese:
            yield from self._lines(letter.recipient, "letter")
        if letter.title is not None:
            yield from self._lines([letter.title], "letter title")
        mark = Run(phrases(self.lang)["letter"]["mark"], self.lang)
        yield WordPara((*self._trimmed(letter.salutation), mark), "letter", before=8)
        for para in letter.body:
            yield self._body(para)
        yield from self._close()
        if letter.enclosures:
            yield from self._lines([Words.label(ENCLOSURES)], "fact", before=24)
            for n, words in enumerate(letter.enclosures, 1):
                yield WordPara(self.texts.runs(words, self.lang), "note", mark=f"{n}.")

    def _close(self) -> Iterator[WordBlock]:
        """Yield 此致 and 敬礼 with signature and date at the right, or "Yours sincerely" with the signature."""
        letter, sign = self.letter, partial(self._lines, style="letter")
        if self.lang == "zh":
            yield from (WordPara((Run(each, "zh"),), "letter") for each in ("\u3000\u3000此致", "敬礼！"))
            yield from sign([*(letter.seal or letter.signature), letter.date], align="right", before=_SIGN)
        else:
            yield from sign([Words.label(CLOSING)])
            yield from sign(letter.signature, first_bold=True, before=_SIGN)

    def _body(self, para: Para) -> WordPara:
        told = self.texts.para(para, self.lang, "letter")
        indent = (Run("\u3000\u3000", "zh"),) if self.lang == "zh" and not told.mark else ()
        return WordPara((*indent, *told.runs), told.style, mark=told.mark)

    def _trimmed(self, words: Words) -> tuple[Run, ...]:
        runs = self.texts.runs(words, self.lang)
        return tuple(Run(run.text.rstrip(SALUTATION_ENDS), run.lang, run.bold, run.grey) for run in runs)

    def _lines(
        self,
        texts: Iterable[Words],
        style: str,
        align: str = "",
        *,
        first_bold: bool = False,
        before: float = 0.0,
    ) -> Iterator[WordPara]:
        n = 0
        for words in texts:
            if runs := self.texts.runs(words, self.lang, bold=first_bold and n == 0):
                yield WordPara(runs, style, align, before=0.0 if n else before)
                n += 1


PDF, DOCX = ".pdf", ".docx"


def check_ending(target: Path) -> None:
    """Raise an error where a file ends as neither PDF nor Word does; without an ending it is a PDF."""
    ending_of(target, ("", PDF, DOCX))


def is_word(target: object) -> bool:
    return isinstance(target, Path) and target.suffix.lower() == DOCX


def write(
    desk: Desk, ids: Sequence[str], target: Path, *, document: str | None = None, **choices: Unpack[Choices]
) -> None:
    """Write a paper of records as a Word document; arguments as of ``papers.printing.brief``."""
    asked = request(desk, ids, document=document, **choices)
    check(asked)
    write_paper(make(desk, asked), target)


def check(asked: Request) -> None:
    document = DOCUMENTS[asked.document]
    if not document.word:
        raise UserError(
            "{title} cannot be written as a Word file. Nothing was written; save it as PDF.",
            code="not-as-word",
            title=document.label.say(language()),
        )


def write_paper(paper: content.Paper, target: Path) -> RenderReport:
    check_translated(paper)
    write_word(target, word_file(paper))
    return report_of(paper)


def word_file(paper: content.Paper) -> WordFile:
    sheet = sheet_of(paper)
    kinds = {type(block) for section in paper.sections for block in section.blocks}
    return WordFile(
        blocks=_blocks(paper),
        title=paper.title.said(paper.languages[0], paper.languages),
        person=paper.meta.person,
        time=paper.meta.printed,
        languages=paper.languages,
        page=page_of(sheet),
        edges=edges_of(paper, letter=kinds == {content.Letter}),
        look=look_of(paper),
    )


def _blocks(paper: content.Paper) -> list[WordBlock]:
    """Return the contents; on facing pages and in official papers one language after the other."""
    apart = paper.layout == FACING or paper.page.official
    if not apart or len(paper.languages) == 1:
        return _blocks_in(paper)
    first, *others = (_blocks_in(each, each.languages[0]) for each in paper.apart())
    return [*first, *(block for other in others for block in (WordBreak(), *other))]


def _blocks_in(paper: content.Paper, anchors: str = "") -> list[WordBlock]:
    both = LanguageLayout(paper, sheet_of(paper), StyleSheet.of(paper.page))
    return list(WordBlocks(paper, both, anchors).blocks())
