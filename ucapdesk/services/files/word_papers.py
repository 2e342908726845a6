"""Writes papers as Word documents, for those agreed by mail before they are signed, such as minutes.

The paper is the same that is printed, told block by block; what only a page can hold (cards, plans,
charts, letters in their national forms) has no Word form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Unpack

from ucapdesk.base.errors import UserError
from ucapdesk.briefing import content
from ucapdesk.formats.word import Run, WordBlock, WordBreak, WordPara, WordPicture, WordTable, write_word
from ucapdesk.papers.printing import Choices, paper
from ucapdesk.store.desk import Desk

DOCX = ".docx"
LINE = "\n" * 2 + "_" * 28


class NotAsWord(UserError):
    """The paper needs a fixed page and cannot be a Word document."""

    sentence = "{title} cannot be written as a Word file. Nothing was written; save it as PDF."


def write(
    desk: Desk, ids: Sequence[str], target: Path, *, document: str | None = None, **choices: Unpack[Choices]
) -> None:
    """Write a paper of records as a Word document; arguments as of ``papers.brief``."""
    made = paper(desk, ids, document=document, **choices)
    title = made.title.shown(made.languages[0], made.languages)
    write_word(
        target, list(_Telling(made).blocks()), title=title.text if title else "", person=made.meta.person,
        time=made.meta.printed, landscape=made.page.landscape,
    )  # fmt: skip


class _Telling:
    """Writes one paper as paragraphs and tables."""

    def __init__(self, told: content.Paper) -> None:
        self._paper, self._langs = told, told.languages

    def blocks(self) -> Iterator[WordBlock]:
        """Yield all blocks, in order."""
        meta = self._paper.meta
        if self._paper.titled:
            yield WordPara(self._line(meta.document), "note")
            yield WordPara(self._line(self._paper.title), "title")
            if not meta.marking.empty:
                yield WordPara(self._line(meta.marking), "note")
        for section in self._paper.sections:
            yield from self._section(section)

    def _section(self, section: content.Section) -> Iterator[WordBlock]:
        if section.new_page:
            yield WordBreak()
        if section.heading is not None and not section.heading.empty:
            number = (Run(f"{section.number} "),) if section.number else ()
            yield WordPara((*number, *self._line(section.heading)), f"heading{min(section.level, 2)}")
        for block in section.blocks:
            yield from self._block(block)

    def _block(self, block: content.Block) -> Iterator[WordBlock]:
        match block:
            case content.Text():
                yield from self._label(block.label)
                yield from self._pairs(block.paras)
            case content.Facts():
                yield from self._facts(block.facts)
            case content.Table():
                yield from self._label(block.label)
                yield self._table(block)
            case content.Cover():
                if block.subtitle is not None:
                    yield WordPara(self._line(block.subtitle), "heading1")
                yield from self._facts(block.facts)
                yield from self._pairs(block.notes)
            case content.Timeline():
                yield from self._label(block.label)
                rows = tuple(
                    (self._cell([event.date]), (*self._cell([event.title], bold=True), *self._paras(event.text)))
                    for event in block.events
                )
                yield WordTable(rows, (1, 3))
            case content.Ruled():
                yield from self._label(block.label)
                yield WordTable((((WordPara(()),),),) * (block.rows or 8), (1,))
            case content.Signatures():
                yield from self._label(block.label)
                yield from self._signatures(block)
            case content.Picture():
                if block.data:
                    yield WordPicture(block.data, block.width)
            case content.PageBreak():
                yield WordBreak()
            case content.Contents() | content.QR():
                return
            case content.Cards() | content.Plan() | content.Chart() | content.Letter():
                title = self._paper.meta.document.shown(self._langs[0], self._langs)
                raise NotAsWord(title=title.text if title else "")

    # -- texts ------------------------------------------------------------------------------------

    def _said(self, words: content.Words, lang: str, *, bold: bool = False) -> tuple[Run, ...]:
        """Return a text in one language, or its stand-in in grey with its tag."""
        shown = words.shown(lang, self._langs)
        if shown is None:
            return ()
        if shown.stands_in and len(self._langs) > 1:
            tag = content.language_tag(shown.language, lang)
            return (Run(tag, lang, bold, grey=True), Run(shown.text, shown.language, bold, grey=True))
        return (Run(shown.text, shown.language, bold),)

    def _line(self, words: content.Words, *, bold: bool = False) -> tuple[Run, ...]:
        """Return a text in all languages of the paper on one line; a common text once."""
        said = dict.fromkeys(
            runs for lang in self._langs if words.has(lang) and (runs := self._said(words, lang, bold=bold))
        )
        lines = list(said) or ([runs] if (runs := self._said(words, self._langs[0], bold=bold)) else [])
        texts = dict.fromkeys("".join(run.text for run in runs) for runs in lines)
        unique = [next(runs for runs in lines if "".join(run.text for run in runs) == text) for text in texts]
        return tuple(run for at, runs in enumerate(unique) for run in (*((Run(" · "),) if at else ()), *runs))

    def _label(self, words: content.Words | None) -> Iterator[WordBlock]:
        if words is not None and not words.empty:
            yield WordPara(self._line(words, bold=True))

    def _para(self, para: content.Para, lang: str) -> WordPara:
        bold = para.role in ("lead", "large")
        lead = (*self._said(para.lead, lang, bold=True), Run(" ", lang)) if para.lead is not None else ()
        mark = (Run(f"{para.mark} ", lang),) if para.mark else ()
        style = para.role if para.role in ("note", "warning") else "text"
        return WordPara((*mark, *lead, *self._said(para.words, lang, bold=bold)), style)

    def _pairs(self, paras: Iterable[content.Para]) -> Iterator[WordBlock]:
        """Yield paragraphs; two languages side by side, in a table without lines."""
        told = [para for para in paras if not para.words.empty or para.lead is not None]
        if len(self._langs) == 1:
            yield from (self._para(para, self._langs[0]) for para in told)
        elif told:
            rows = tuple(tuple((self._para(para, lang),) for lang in self._langs) for para in told)
            yield WordTable(rows, (1.0,) * len(self._langs), lines=False)

    def _paras(self, paras: Iterable[content.Para], langs: Sequence[str] = ()) -> tuple[WordPara, ...]:
        """Return the paragraphs of a cell: each language below the one before, a common text once."""
        found: dict[tuple[str, ...], WordPara] = {}
        for at, para in enumerate(paras):
            for lang in langs or self._langs:
                said = self._para(para, lang)
                if said.runs:
                    found.setdefault((str(at), *(run.text for run in said.runs)), said)
        return tuple(found.values())

    def _cell(self, words: Iterable[content.Words], *, bold: bool = False) -> tuple[WordPara, ...]:
        return self._paras([content.Para(each, "lead" if bold else "text") for each in words])

    def _facts(self, facts: Sequence[content.Fact]) -> Iterator[WordBlock]:
        rows = tuple((self._cell([fact.label], bold=True), self._paras(fact.value)) for fact in facts)
        if rows:
            yield WordTable(rows, (1, 2.4))

    # -- tables -----------------------------------------------------------------------------------

    def _table(self, table: content.Table) -> WordTable:
        columns = [(column, lang) for column in table.columns for lang in self._ways(column)]
        heads = tuple(
            self._paras([content.Para(column.head, "lead")], (lang,) if lang else ()) for column, lang in columns
        )
        rows: list[tuple[tuple[WordPara, ...], ...]] = []
        whole: list[int] = []
        has_heads = any(heads)
        if has_heads:
            rows.append(heads)
        number = 0
        for row in table.rows:
            if isinstance(row, content.Group):
                whole.append(len(rows))
                rows.append(((WordPara(self._line(row.words, bold=True)),), *((),) * (len(columns) - 1)))
                continue
            number += 1
            cells: list[tuple[WordPara, ...]] = []
            for column, cell in zip(table.columns, row, strict=True):
                paras = [part for part in cell if isinstance(part, content.Para)]
                for lang in self._ways(column):
                    if column.numbered:
                        cells.append((WordPara((Run(str(number)),)),))
                    else:
                        cells.append(self._paras(paras, (lang,) if lang else ()))
            rows.append(tuple(cells))
        shares = [column.share / len(self._ways(column)) for column, _ in columns]
        return WordTable(tuple(rows), tuple(shares), int(has_heads), whole=frozenset(whole))

    def _ways(self, column: content.Column) -> tuple[str, ...]:
        """Return a column for each language where they are split, else one for all of them."""
        return tuple(self._langs) if column.split and len(self._langs) > 1 else ("",)

    # -- what is signed ---------------------------------------------------------------------------

    def _signatures(self, block: content.Signatures) -> Iterator[WordBlock]:
        cells = []
        for each in block.parties:
            lines = [each.party, *filter(None, (each.name, each.post))]
            given = self._cell([each.given]) if each.given is not None else ()
            cells.append((*self._cell(lines), WordPara((Run(LINE),)), *given))
        for at in range(0, len(cells), 2):
            pair = (*cells[at : at + 2], (), ())[:2]
            yield WordTable((pair,), (1, 1), lines=False)
