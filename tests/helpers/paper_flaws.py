"""Flaws of a printed paper, found in its PDF as an eye sees it: by the places of lines, not by their order.

``flaws(pdf, paper)`` gives a sentence for each fault; none is good. Without the paper it knows no texts and no margins, and
looks for less.
"""

from __future__ import annotations

import ctypes
import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from io import BytesIO
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from tests.helpers.drawn_lines import Drawn, lines_of
from ucapdesk.base.i18n import tr
from ucapdesk.briefing.blocks.content import FACING, Cover, Paper, Table, Text, all_words, missing_glyphs
from ucapdesk.briefing.blocks.elements import Cards, Para, Words
from ucapdesk.briefing.blocks.language_layout import LanguageLayout
from ucapdesk.briefing.pages.render import is_facing, render, sheet_of, shortened
from ucapdesk.briefing.text.characters import NO_END, NO_START, clean
from ucapdesk.briefing.text.fonts import with_stand_ins
from ucapdesk.briefing.text.styles import MM, Sheet, StyleSheet

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
        # The text of each line, without spaces and bullets, and the line.
        self.lines = sorted(((_as_drawn(line), line) for line in lines), key=lambda each: each[0])
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


def _as_drawn(line: Drawn) -> str:
    return re.sub(r"\s", "", re.sub(r"^(?:[–•●■◆○]|\d+\.)\s*", "", line.text))


LONGEST_WORD = 24  # characters: a longer word may have to be broken somewhere
_TOKEN = re.compile(r"[0-9A-Za-z\u00c0-\u024f]+")
_WHOLE = re.compile(  # what must not be broken although it holds spaces
    r"\+\d{1,3}(?: \d{2,4}){2,5}|(?:EUR|CNY|USD|€) ?\d[\d,.]*|\d[\d,.]* ?(?:EUR|CNY|USD|€|km²|%)|"
    r"\d{4}年\d{1,2}月\d{1,2}日|\d{1,2}月\d{1,2}日|(?:星期|周)[一二三四五六日]|SDG \d+|\d{1,2}:\d{2}[–—-]\d{1,2}:\d{2}"
)
_SLASH = re.compile(r"(?:[ \w]|:/)/$", re.ASCII)  # may end a line after a Latin word: "Press /", and parts an address
_CODE = re.compile(r"\[U\+([0-9A-F]{4,6})\]")
_MARKS = ("–", "•", "●", "■", "◆", "○")
Area = tuple[float, float, float, float]  # left, bottom, right, top


def rendered(paper: Paper) -> bytes:
    """The PDF of a paper."""
    target = BytesIO()
    render(paper, target)
    return target.getvalue()


def flaws(pdf: bytes, paper: Paper | None = None) -> list[str]:
    """Everything that is wrong with a paper; a sentence each, with page and text."""
    look = _Look(pdf, paper)
    checks = (
        look.silent,
        look.line_ends,
        look.broken,
        look.missing,
        look.outside,
        look.overlapping,
        look.shortened,
        look.page_numbers,
        look.poor_pages,
        look.apart,
    )
    return [flaw for check in checks for flaw in check()]


@dataclass
class _Page:
    """A page as printed, or half a side of a booklet."""

    number: int
    width: float
    height: float
    left: float = 0.0  # of the half
    lines: list[Drawn] = field(default_factory=list)
    images: list[Area] = field(default_factory=list)
    rules: list[Area] = field(default_factory=list)
    drawn: int = 0


class _Look:
    """One paper, looked at."""

    def __init__(self, pdf: bytes, paper: Paper | None) -> None:
        self.paper = paper
        self.booklet = paper is not None and paper.page.booklet
        self.pages = _pages(pdf, self.booklet)
        self.sheet = sheet_of(paper) if paper is not None else None
        self.lines = [line for page in self.pages for line in page.lines]

    @cached_property
    def texts(self) -> list[str]:
        """All paragraphs of the paper in its languages, as they are set."""
        if self.paper is None:
            return []
        found: dict[str, None] = {}
        for words, _ in all_words(self.paper):
            for language in self.paper.languages:
                shown = words.shown(language, self.paper.languages)
                if shown is not None:
                    found.update(dict.fromkeys(part.strip() for part in clean(shown.text).split("\n")))
        return list(found)

    @cached_property
    def words(self) -> set[str]:
        found = {word for text in self.texts for word in _TOKEN.findall(text)}
        numbers = {section.number for section in self.paper.sections} if self.paper is not None else set()
        return found | numbers | {str(n) for n in range(1, len(self.pages) + 1)}  # as contents list them

    # lines

    def silent(self) -> Iterator[str]:
        if self.paper is not None and not any(line.text for line in self.lines):
            yield "no page says anything"

    def line_ends(self) -> Iterator[str]:
        """Marks where no line may begin or end."""
        german = self.paper is not None and "de" in self.paper.languages
        free = frozenset("“‘”’") if german else frozenset()
        starts = tuple({text[:4] for text in self.texts if text[:1] in NO_START})
        ends = tuple({text[-4:] for text in self.texts if text[-1:] in NO_END})
        for line in self.lines:
            text = line.text
            if re.fullmatch(r"— \d+ —", text):
                continue  # the number of an official page
            for mark in _MARKS:
                text = text.removeprefix(mark).strip() or mark
            if text[0] in NO_START - free - set(_MARKS) and not text.startswith(starts):
                yield f"page {line.page}: a line begins with “{text[0]}”: {line.text[:40]}"
            if text[-1] in NO_END - free and not (text.endswith(ends) or _SLASH.search(text)):
                yield f"page {line.page}: a line ends with “{text[-1]}”: {line.text[-40:]}"

    def broken(self) -> Iterator[str]:
        """Words, numbers, amounts and telephone numbers that go on in the next line."""
        whole = {found for text in self.texts for found in _WHOLE.findall(text)}
        cuts = {
            (found[:n].replace(" ", ""), found[n:].replace(" ", ""))
            for found in whole
            for n in range(1, len(found))
            if found[:n].strip() and found[n:].strip()
        }
        by_end = {first[-1] for first, _ in cuts}
        for line, below in self._followed():
            last, first = _last(line.text), _first(below.text)
            if line.text.isdecimal() and below.text.isdecimal() and int(below.text) == int(line.text) + 1:
                continue  # the numbers of two rows
            torn = last and first and last + first in self.words and not {last, first} <= self.words
            if torn and len(last + first) <= LONGEST_WORD and (not last.isdigit() or abs(line.x - below.x) < line.size):
                yield f"page {line.page}: “{last}|{first}” is broken"
            tight, under = line.text.replace(" ", ""), below.text.replace(" ", "")
            if tight[-1:] in by_end:
                for before, after in cuts:
                    if tight.endswith(before) and under.startswith(after) and not _within(tight, before, whole):
                        yield f"page {line.page}: “{before}|{after}” is broken"
                        break

    def _followed(self) -> Iterator[tuple[Drawn, Drawn]]:
        for page in self.pages:
            lines = [line for line in page.lines if not line.turned]  # from the top of the page down
            for n, line in enumerate(lines):
                for other in lines[n + 1 :]:
                    below = line.y - other.y
                    if below > 2.1 * line.size:
                        break
                    same = abs(other.size - line.size) < 0.01 and abs(other.x - line.x) < 2.5 * line.size
                    if same and below > 0.9 * line.size:
                        yield line, other
                        break

    def missing(self) -> Iterator[str]:
        """Characters no face holds that nobody was told of."""
        named = {char for char, _ in missing_glyphs(self.paper)} if self.paper is not None else set()
        for line in self.lines:
            if "\ufffd" in line.text and "\ufffd" not in named:
                yield f"page {line.page}: a character is lost in {line.text[:40]}"
            for code in _CODE.findall(line.text):
                if self.paper is not None and chr(int(code, 16)) not in named:
                    yield f"page {line.page}: nobody is told that U+{code} cannot be drawn"

    def shortened(self) -> Iterator[str]:
        """Texts cut off with dots that nobody was told of."""
        cut = [
            line
            for page in self.pages
            for line in page.lines
            if line.text.endswith("…") and not self._at_edge(line, page)
        ]
        if not cut or self.paper is None or any("…" in text for text in self.texts) or shortened(self.paper):
            return
        for line in cut:
            yield f"page {line.page}: a text is cut off: {line.text[-40:]}"

    # places

    def outside(self) -> Iterator[str]:
        """Lines that reach out of the type area, or off the paper."""
        for page in self.pages:
            left, bottom, right, top = self._frame(page)
            for line in page.lines:
                slack = line.size / 6
                if line.x < left - slack or line.right > right + slack or line.low < bottom or line.high > top:
                    yield f"page {line.page}: outside its frame: {line.text[:40]}"

    def _frame(self, page: _Page) -> Area:
        if self.sheet is None or self._bare(page):
            return 2 * MM, 2 * MM, page.width - 2 * MM, page.height - 2 * MM
        left = self.sheet.left(page.number)
        return left, 5 * MM * self.sheet.edge, left + self.sheet.frame_width, page.height - 5 * MM * self.sheet.edge

    def _bare(self, page: _Page) -> bool:
        if self.paper is None or not any(isinstance(b, Cards) for s in self.paper.sections for b in s.blocks):
            return False
        return not any(line.y < self._sheet.bottom and _number(line.text) for line in page.lines)

    @property
    def _sheet(self) -> Sheet:
        assert self.sheet is not None
        return self.sheet

    def _at_edge(self, line: Drawn, page: _Page) -> bool:
        sheet = self.sheet or Sheet()
        return line.y < sheet.bottom - 1 or line.y > page.height - sheet.header - 1

    def overlapping(self) -> Iterator[str]:
        for page in self.pages:
            lines = sorted(page.lines, key=lambda line: -line.high)
            for n, line in enumerate(lines):
                ink = (line.x, line.low, line.right, line.high)
                for other in lines[n + 1 :]:
                    if other.high <= line.low:
                        break
                    if _overlap(ink, (other.x, other.low, other.right, other.high)) > 0.12 * min(line.size, other.size):
                        yield f"page {line.page}: “{line.text[:30]}” lies over “{other.text[:30]}”"
                if any(_overlap(ink, image) > 1 for image in page.images):
                    yield f"page {line.page}: “{line.text[:30]}” lies over a picture"
                inner = (line.x + 1, line.y + 0.1 * line.size, line.right - 1, line.y + 0.45 * line.size)
                if not line.turned and any(_cross(inner, rule) for rule in page.rules):
                    yield f"page {line.page}: a rule runs through “{line.text[:30]}”"
            for n, image in enumerate(page.images):
                if any(_overlap(image, other) > 1 for other in page.images[n + 1 :]):
                    yield f"page {page.number}: two pictures lie over each other"

    # pages

    def page_numbers(self) -> Iterator[str]:
        """The number of the page and of all pages, in every language."""
        if self.paper is not None and self.paper.bare:
            if any(line.y < self._sheet.bottom for page in self.pages for line in page.lines):
                yield "a page to sign has something at its foot"
            return
        if self.paper is None:
            return
        total = len([page for page in self.pages if page.lines]) if self.booklet else len(self.pages)
        if self.paper.of_letters:
            yield from self._letter_numbers()
            return
        for page in self.pages:
            if self._bare(page) or (self.booklet and not page.lines):
                continue
            foot = "".join(line.text for line in page.lines if line.y < self._sheet.bottom).replace(" ", "")
            for language in self.paper.languages:
                wanted = tr("paper", "Page {page} of {pages}", language, page=page.number, pages=total)
                wanted = f"—{page.number}—" if self.paper.page.official else re.sub(r"\s", "", wanted)
                if wanted not in foot:
                    yield f"page {page.number}: {wanted} is not at its foot"

    def _letter_numbers(self) -> Iterator[str]:
        """Each letter counts its own pages, in its own language; its first page bears no number."""
        assert self.paper is not None
        begun, before = 0, 0
        for page in self.pages:
            feet = [line.text for line in page.lines if line.y < self._sheet.bottom]
            number = max(map(_number, feet), default=0)
            begun += not number
            if number == 1 or (number and number != before + 1):
                yield f"page {page.number} bears the number {number} after {before}"
            if len([foot for foot in feet if _number(foot)]) > 1:
                yield f"page {page.number} of a letter in one language is numbered in two"
            before = number or 1
        if begun != (letters := len(self.paper.sections) * len(self.paper.languages)):
            yield f"{begun} pages without a number begin {letters} letters"

    def apart(self) -> Iterator[str]:
        """Yield what belongs together and does not stand together."""
        if self.paper is not None:
            yield from apart(self.paper, self.lines)

    def poor_pages(self) -> Iterator[str]:
        """Pages that hold nothing, or nothing but headings."""
        text = StyleSheet.of(self.paper.page).style("text").size if self.paper is not None else 0.0
        covered = self.paper is not None and any(isinstance(b, Cover) for s in self.paper.sections for b in s.blocks)
        for page in self.pages:
            if self._bare(page) or (self.booklet and not page.lines):
                continue
            body = [line for line in page.lines if not self._at_edge(line, page)]
            if page.images or page.drawn > 5 or (covered and page.number == 1):
                continue
            if not body:
                yield f"page {page.number} is empty"
            elif self._is_title(page, body):
                continue
            elif len(body) < 12 and all(line.bold and abs(line.size - text) > 0.05 for line in body):
                yield f"page {page.number} holds only a heading: {body[0].text[:40]}"

    def _is_title(self, page: _Page, body: list[Drawn]) -> bool:
        """Whether this is the first of facing pages, where the title stands alone so that 2 and 3 face each other."""
        if self.paper is None or page.number > 1 or not is_facing(self.paper):
            return False
        said = re.sub(r"\s", "", "".join(line.text for line in body))
        return any(re.sub(r"\s", "", title) in said for title in self.paper.title.text.values() if title)


def _pages(pdf: bytes, booklet: bool) -> list[_Page]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = []
        for n in range(len(document)):
            page = document[n]
            width, height = page.get_size()
            made = _Page(n + 1, width, height, lines=list(lines_of(page, n + 1)))
            for is_image, area in _drawn(page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject):
                _note(made, area, is_image=is_image)
            pages += _halves(made) if booklet else [made]
    finally:
        document.close()
    if booklet:
        pages.sort(key=lambda page: page.number)
    return pages


def _drawn(
    parent: Any, count: Callable[[Any], int], get: Callable[[Any, int], Any], depth: int = 3
) -> Iterator[tuple[bool, Area]]:
    """Yield of every picture and path on a page whether it is a picture, and where; most of what is drawn is text."""
    edges = [ctypes.c_float() for _ in range(4)]
    for n in range(count(parent)):
        thing = get(parent, n)
        kind = pdfium.FPDFPageObj_GetType(thing)
        if kind in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH):
            assert pdfium.FPDFPageObj_GetBounds(thing, *edges)
            left, bottom, right, top = (edge.value for edge in edges)
            yield kind == pdfium.FPDF_PAGEOBJ_IMAGE, (left, bottom, right, top)
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth > 1:
            yield from _drawn(thing, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject, depth - 1)


def _note(page: _Page, area: Area, *, is_image: bool) -> None:
    """Remember where a picture or a rule stands; what is turned is left out."""
    left, bottom, right, top = area
    if is_image:
        page.images.append(area)
    elif bottom > 20 * MM:
        page.drawn += bottom < page.height - 22 * MM
        if top - bottom < 1.2 and right - left > 12:
            page.rules.append((left, bottom, right, top))


def _halves(side: _Page) -> list[_Page]:
    """The two pages of a side, with the numbers they bear."""
    halves = []
    wide = side.width / 2
    for n in (0, 1):
        low, high = n * wide, (n + 1) * wide
        lines = [replace(line, x=line.x - low, right=line.right - low) for line in side.lines if low <= line.x < high]
        number = next((found for line in lines if line.y < 20 * MM and (found := _number(line.text))), 10_000)
        images = [(a - low, b, c - low, d) for a, b, c, d in side.images if low <= a < high]
        rules = [(a - low, b, c - low, d) for a, b, c, d in side.rules if low <= a < high]
        halves.append(_Page(number, wide, side.height, low, lines, images, rules, side.drawn))
    return halves


def _number(text: str) -> int:
    """The number of a page in the words of its foot."""
    found = re.search(r"(?:Page|Página|Pagina|Seite|—)\s*(\d+)|第\s*(\d+)\s*页", text)
    return int(found.group(1) or found.group(2)) if found else 0


def _overlap(one: Area, other: Area) -> float:
    """How far two areas lie over each other, in the direction in which it is less."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    along = min(one[3], other[3]) - max(one[1], other[1])
    return min(across, along) if across > 0 and along > 0 else 0.0


def _cross(area: Area, rule: Area) -> bool:
    return rule[0] < area[2] and rule[2] > area[0] and rule[1] > area[1] and rule[3] < area[3]


def _last(text: str) -> str:
    found = re.search(_TOKEN.pattern + "$", text)
    return found.group() if found else ""


def _first(text: str) -> str:
    found = _TOKEN.match(text)
    return found.group() if found else ""


def _within(tight: str, before: str, whole: Sequence[str] | set[str]) -> bool:
    """Whether what the line ends with is itself whole, such as a second number that begins alike."""
    return any(tight.endswith(each.replace(" ", "")) and len(each.replace(" ", "")) >= len(before) for each in whole)
