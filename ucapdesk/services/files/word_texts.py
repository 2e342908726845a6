"""Tells the texts of a paper in Word: each language its own run, a stand-in in grey with its tag, a common text once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ucapdesk.base.grouping import grouped
from ucapdesk.briefing.content import Paper
from ucapdesk.briefing.languages import in_each
from ucapdesk.briefing.page_setup import SIDE_BY_SIDE
from ucapdesk.briefing.pictures import raster
from ucapdesk.briefing.styles import MM
from ucapdesk.briefing.text_elements import Para, Picture, Words, language_tag
from ucapdesk.formats.word_document import Run, WordCell, WordPara, WordPicture, WordTable

_BETWEEN = Run(" · ")
_SECOND = {"text": "second", "cell": "second", "large": "large second", "fact": "second", "head": "second"}
"""The styles of the other language below a text."""
_ABSENT = WordPara((Run("–", grey=True),), "cell")
"""A fact that nobody knows."""
Part = Para | Picture


class WordTexts:
    """The texts of a paper in its languages."""

    def __init__(self, paper: Paper) -> None:
        self.langs, self.sources = paper.languages, paper.sources or paper.languages
        self.beside = paper.layout == SIDE_BY_SIDE and len(paper.languages) > 1

    def said(self, words: Words, lang: str, *, bold: bool = False) -> tuple[Run, ...]:
        """Return a text in one language, or its stand-in in grey with its tag."""
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
        told = (runs for lang in known if (runs := self.said(words, lang)))
        return [same[0] for same in grouped(("".join(run.text for run in runs), runs) for runs in told).values()]

    def line(self, words: Words | None) -> tuple[Run, ...]:
        """Return a text in all languages on one line."""
        lines = self.each(words) if words is not None else []
        return tuple(run for at, runs in enumerate(lines) for run in ((_BETWEEN, *runs) if at else runs))

    def para(self, para: Para, lang: str, style: str = "text") -> WordPara:
        """Return a paragraph in one language; ``style`` is that of plain text there."""
        lead = self._lead(para, lang)
        runs = (*lead, *self.said(para.words, lang, bold=para.role == "lead"))
        return WordPara(runs, para.role if para.role in ("note", "warning", "large") else style, mark=para.mark)

    def _lead(self, para: Para, lang: str) -> tuple[Run, ...]:
        """Return the bold words a paragraph begins with, and their colon."""
        if para.lead is None or not (said := self.said(para.lead, lang, bold=True)):
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
                rows = (tuple((WordPara(self.said(label, lang), "label"),) for lang in self.langs), *rows)
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
        """Return the contents of a cell."""
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
