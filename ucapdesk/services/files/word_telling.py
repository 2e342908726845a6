"""Tells a paper block by block in Word: headings, paragraphs in pairs, tables, forms, letters, places to sign."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import zip_longest
from typing import Any

from ucapdesk.base.phrases import phrases
from ucapdesk.briefing import content
from ucapdesk.briefing.appended_pages import is_listed
from ucapdesk.briefing.boards import Plan
from ucapdesk.briefing.column_widths import places
from ucapdesk.briefing.figures import Chart, Network
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.letter import CLOSING, ENCLOSURES, SALUTATION_ENDS
from ucapdesk.briefing.official import number_before
from ucapdesk.briefing.pictures import within
from ucapdesk.briefing.signature_blocks import GIVEN, LINE_HEIGHT, NAME_LABEL, POST
from ucapdesk.briefing.text_elements import NO_WORDS, AppendedPages, Para, Picture, Words
from ucapdesk.formats.word_document import (
    Run,
    WordBlock,
    WordBreak,
    WordCell,
    WordContents,
    WordPara,
    WordTable,
)
from ucapdesk.services.files.word_official_letter import OfficialLetterTold
from ucapdesk.services.files.word_texts import WordTexts, in_a_row

_LINES = 8
"""Lines to write on where a page would be filled with them."""
_SIGN, _FORMAL_SIGN = 44.0, 72.0
"""Points of room to sign in."""
_COVER_ROW = 11.0
"""Millimetres of a fact on the cover."""
_LABEL, _VALUE = 1.0, 3.2
"""Shares of a label and of its value."""


class TellsBlocks:
    """Tells one paper as paragraphs and tables."""

    def __init__(self, paper: content.Paper, both: Bilingual, anchors: str = "") -> None:
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
        """Yield the headings that stand in the contents of the printed paper."""
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
        """Yield the numbers of a chart."""
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
        """Yield the letter in the form of each language, each on a page of its own."""
        for n, lang in enumerate(self.texts.langs):
            if n:
                yield WordBreak()
            if lang == "zh" and self.paper.page.official:
                yield from OfficialLetterTold(letter, self.both, self.texts).blocks()
                continue
            second = self.paper.house.second_logo if letter.ours and self.paper.house is not None else None
            yield from _LetterTold(letter, lang, self.texts, second).blocks()


class _LetterTold:
    """Tells a letter in one language."""

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
                yield WordPara(self.texts.said(words, self.lang), "note", mark=f"{n}.")

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
        runs = self.texts.said(words, self.lang)
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
            if runs := self.texts.said(words, self.lang, bold=first_bold and n == 0):
                yield WordPara(runs, style, align, before=0.0 if n else before)
                n += 1
