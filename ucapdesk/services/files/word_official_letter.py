"""Tells a Chinese letter in Word as offices send it (函, GB/T 9704): red head and rules, number, title, signature and date."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ucapdesk.briefing.content import Letter
from ucapdesk.briefing.languages import Bilingual
from ucapdesk.briefing.letter import SALUTATION_ENDS
from ucapdesk.briefing.official_letter import CLOSING, HEAD
from ucapdesk.briefing.styles import Style
from ucapdesk.briefing.text_elements import Para, Words
from ucapdesk.formats.word_document import Run, WordBlock, WordPara
from ucapdesk.services.files.word_texts import WordTexts

_CHINESE = "zh"
_SMALLEST_HEAD = 22.0
"""Points: a name that is too long for a line in this size goes on in a second one."""
_BLANK = "\u3000"


class OfficialLetterTold:
    """Tells one letter; its other languages keep their own form."""

    def __init__(self, letter: Letter, both: Bilingual, texts: WordTexts) -> None:
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
        yield self.texts.para(Para(CLOSING), _CHINESE, "text")
        yield from self._enclosures()
        yield from self._end()

    def _head(self) -> Iterator[WordBlock]:
        """Yield the name of the office over its rules, the rules at the foot of the page, and the number."""
        if self.letter.sender and (office := self._plain(self.letter.sender[0])):
            wide = self.both.setter.width(office, _CHINESE, Style(HEAD, HEAD, HEAD, "", bold=True))
            size = max(_SMALLEST_HEAD, min(HEAD, math.floor(2 * HEAD * self.both.width / wide) / 2))
            yield WordPara((Run(office, _CHINESE, size=size),), "red head")
            yield WordPara((), "red foot")
        if self.letter.number is not None:
            yield WordPara(self.texts.said(self.letter.number, _CHINESE), "official line", "right", before=self.em / 2)

    def _title(self, title: Words) -> Iterator[WordBlock]:
        said = self._plain(title)
        whole = said.replace("\n", "")
        wide = self.both.setter.width(whole, _CHINESE, self.both.styles.style("title"))
        runs = (Run(whole if wide <= self.both.width else said, _CHINESE),)
        yield WordPara(runs, "title", before=self.line)

    def _enclosures(self) -> Iterator[WordBlock]:
        """Yield 附件：1. … under an empty line; a long name goes on below its first character."""
        texts = self.letter.enclosures
        for n, words in enumerate(texts, 1):
            lead, number = "附件：" if n == 1 else 3 * _BLANK, f"{n}." if len(texts) > 1 else ""
            hang, before = (5.5 + len(number) / 2) * self.em, self.line if n == 1 else 0.0
            mark, said = 2 * _BLANK + lead + number, self.texts.said(words, _CHINESE)
            yield WordPara(said, "official line", mark=mark, hang=hang, before=before)

    def _end(self) -> Iterator[WordBlock]:
        """Yield office over date, room for a seal above them; the date ends four characters before the edge."""
        signed = self.letter.seal or self.letter.sender
        office, date = self._plain(signed[0]) if signed else "", self._plain(self.letter.date)
        widths = [self.both.setter.width(each, _CHINESE, self.style) for each in (office, date)]
        middle = 4 * self.em + widths[1] / 2
        before = 2 * self.line
        for text, wide in zip((office, date), widths, strict=True):
            if text:
                inset = max(0.0, middle - wide / 2)
                yield WordPara((Run(text, _CHINESE),), "official line", "right", before=before, inset=inset)
                before = 0.0

    def _plain(self, words: Words) -> str:
        return "".join(run.text for run in self.texts.said(words, _CHINESE))
