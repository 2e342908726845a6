"""Whether what belongs together stands together on a printed paper: the two languages of a paragraph, a row and its head."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from tests.helpers.drawn_lines import Drawn
from ucapdesk.briefing.blocks.content import FACING, Cover, Paper, Table, Text, all_words
from ucapdesk.briefing.blocks.elements import Para, Words
from ucapdesk.briefing.blocks.language_layout import LanguageLayout
from ucapdesk.briefing.pages.render import sheet_of
from ucapdesk.briefing.text.characters import clean
from ucapdesk.briefing.text.fonts import with_stand_ins
from ucapdesk.briefing.text.styles import StyleSheet

_LETTERS = 9  # that a line is known by
_LONG = 120  # letters of a head that may be too high to come again
Places = set[tuple[int, float]]  # page and height


def apart(paper: Paper, lines: Sequence[Drawn]) -> Iterator[str]:
    """Yield a sentence for whatever does not stand together."""
    known = _Index(lines)
    yield from _unpaired(paper, known)
    yield from _headless(paper, known)


def _unpaired(paper: Paper, known: _Index) -> Iterator[str]:
    """Paragraphs of running text whose languages do not begin at one height, where they stand in two columns."""
    if not LanguageLayout(paper, sheet_of(paper), StyleSheet.of(paper.page)).beside or paper.page.official:
        return
    for block in (block for section in paper.sections for block in section.blocks if isinstance(block, Text)):
        for para in (para for para in block.paras if para.lead is None):
            first, second = (_beginning(para.words, language) for language in paper.languages)
            if min(len(first), len(second)) < 3 or first == second:
                continue
            found = known.places(first), known.places(second)
            if all(found) and not any(_beside(one, other) for one in found[0] for other in found[1]):
                yield f"page {min(found[0])[0]}: “{first}” and “{second}” do not stand at one height"


def _headless(paper: Paper, index: _Index) -> Iterator[str]:
    """Rows on a page where the head of their table does not stand."""
    tables = [block for section in paper.sections for block in section.blocks if isinstance(block, Table)]
    known = Counter(_beginning(words, language) for words, _ in all_words(paper) for language in paper.languages)
    titles = [re.sub(r"\s", "", said or "") for s in paper.sections if s.heading for said in s.heading.text.values()]
    cover = {1} if any(isinstance(block, Cover) for s in paper.sections for block in s.blocks) else set()
    for table in tables:
        shown = paper.languages if paper.layout == FACING else paper.languages[:1]
        heads = [
            next(filter(None, (_beginning(each.head, language) for each in table.columns)), "") for language in shown
        ]
        for language, head in zip(shown, heads, strict=True):
            if not head or any(
                len(said or "") > _LONG for column in table.columns for said in column.head.text.values()
            ):
                continue
            headed = set().union(*(index.headed(each) for each in heads))  # a name may stand on either of facing pages
            for text in _rows(table, language):
                pages = {page for page, _ in index.places(text)} - cover
                if any(text in title for title in titles):
                    continue  # a line of the contents may begin with it
                if known[text] == 1 and len(pages) == 1 and not pages & headed:
                    yield f"page {min(pages)}: over “{text}” no head “{head}” stands"


class _Index:
    """The lines of a paper by how they begin."""

    def __init__(self, lines: Sequence[Drawn]) -> None:
        self.lines = sorted(((_drawn(line), line) for line in lines), key=lambda each: each[0])
        """The text of each line, without spaces and bullets, and the line."""
        self._bold: dict[str, set[int]] = {}
        for drawn, line in self.lines:
            if line.bold:
                self._bold.setdefault(drawn, set()).add(line.page)

    def places(self, text: str) -> Places:
        first = bisect_left(self.lines, text, key=lambda each: each[0])
        beginning = itertools.takewhile(
            lambda each: each[0].startswith(text), itertools.islice(self.lines, first, None)
        )
        return {(line.page, line.y) for _, line in beginning}

    def headed(self, head: str) -> set[int]:
        """The pages on which the head of a column stands, or its first word where the column is narrow."""
        words = (self._bold.get(head[:n], set()) for n in range(2, len(head) + 1))
        return {page for page, _ in self.places(head)}.union(*words)


def _rows(table: Table, language: str) -> Iterator[str]:
    for row in table.rows:
        if isinstance(row, tuple):
            paras = (item for cell in row for item in cell if isinstance(item, Para) and item.lead is None)
            text = next((text for para in paras if len(text := _beginning(para.words, language)) >= _LETTERS), "")
            if text:
                yield text


def _beginning(words: Words, language: str) -> str:
    """The first letters of a text as it is drawn; none where it is not there."""
    text = clean(words.text.get(language) or "") if words.has(language) else ""
    return re.sub(r"\s", "", with_stand_ins(text.strip().split("\n")[0]))[:_LETTERS]


def _beside(one: tuple[int, float], other: tuple[int, float]) -> bool:
    return one[0] == other[0] and abs(one[1] - other[1]) < 0.5


def _drawn(line: Drawn) -> str:
    return re.sub(r"\s", "", re.sub(r"^(?:[–•●■◆○]|\d+\.)\s*", "", line.text))
