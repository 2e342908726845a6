"""What a paper holds, told without a word about how it is drawn.

A paper is sections of blocks; a block holds paragraphs; a paragraph holds ``Words``: one text in several languages with
the state of each translation. Services fill these classes from records; ``layout`` decides where everything stands, and
another engine could.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import NamedTuple

from ucapdesk.base.i18n import LANGUAGES, Message, tr

NOTHING: Mapping[str, str] = MappingProxyType({})
SIDE_BY_SIDE, STACKED, FACING = "side-by-side", "stacked", "facing"
LAYOUTS = (SIDE_BY_SIDE, STACKED, FACING)


class Shown(NamedTuple):
    """What stands in the place of a text: its words, their language, and whether they stand in for a translation."""

    text: str
    language: str
    stands_in: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """One text in several languages.

    Attributes:
        text: Language to text; a language without text is missing.
        states: Language to ``draft``, ``reviewed``, ``approved``, ``outdated``, ``missing``, ``same`` or ``not_needed``.
        where: What the text is, for a person who has to mend it ("Theme 3").
    """

    text: Mapping[str, str | None]
    states: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    where: str = ""

    @classmethod
    def label(cls, message: Message) -> Words:
        """A text of the program itself, in all its languages."""
        return cls({lang: message.say(lang) for lang in LANGUAGES})

    @classmethod
    def plain(cls, text: str, where: str = "") -> Words:
        """A text that is the same in every language: a number, a name, a code."""
        return cls(dict.fromkeys(LANGUAGES, text), dict.fromkeys(LANGUAGES, "same"), where)

    def has(self, language: str) -> bool:
        """Whether there is a text in ``language``."""
        return bool((self.text.get(language) or "").strip())

    @property
    def empty(self) -> bool:
        """Whether there is no text in any language."""
        return not any(self.has(language) for language in self.text)

    def source(self, languages: Sequence[str]) -> str | None:
        """The language whose text stands in where another is missing: one of the paper's, else any."""
        return next((lang for lang in (*languages, *LANGUAGES, *sorted(self.text)) if self.has(lang)), None)

    def shown(self, language: str, languages: Sequence[str]) -> Shown | None:
        """What to print where ``language`` is wanted; None where there is no text at all."""
        if self.has(language):
            return Shown((self.text[language] or "").strip(), language)
        source = self.source(languages)
        if source is None:
            return None
        text = (self.text[source] or "").strip()
        return Shown(text, source, stands_in=self.states.get(language) not in ("same", "not_needed"))

    def is_missing(self, language: str) -> bool:
        """Whether a translation into ``language`` is wanted and absent."""
        return not self.empty and not self.has(language) and self.states.get(language) not in ("same", "not_needed")


def language_tag(text_language: str, reader: str) -> str:
    """What stands before a text that stands in for a translation: ``[ZH] ``, or ［英文］ for Chinese readers."""
    if reader != "zh":
        return f"[{text_language.upper()}]\u00a0"
    names = {
        "en": Message("paper", "English"),
        "zh": Message("paper", "Chinese"),
        "es": Message("paper", "Spanish"),
        "it": Message("paper", "Italian"),
        "de": Message("paper", "German"),
    }
    return f"［{names[text_language].say(reader)}］" if text_language in names else f"［{text_language.upper()}］"


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph.

    Attributes:
        words: Its text.
        role: ``text``, ``lead`` (bold), ``note`` (small and grey) or ``warning``.
        mark: A bullet or number hanging before it.
        lead: Bold words it begins with.
        close: Whether it follows the paragraph above without a space: one of several short lines.
    """

    words: Words
    role: str = "text"
    mark: str = ""
    lead: Words | None = None
    close: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs under a label; in two languages they stand in pairs."""

    paras: tuple[Para, ...]
    label: Words | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what it says."""

    label: Words
    value: tuple[Para, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with their values, one under another."""

    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        head: Its head; may be empty.
        share: Its part of the width, relative to the other columns.
        split: Whether two languages get a column each, instead of standing one under the other.
        label: Whether its cells are labels of their rows.
    """

    head: Words
    share: float
    split: bool = False
    label: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells under heads; a row is never torn, the heads come again on the next page."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[tuple[Para, ...], ...], ...]
    label: Words | None = None


@dataclass(frozen=True, slots=True)
class PageBreak:
    """The next block begins a page."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The headings of all sections after this one, with their pages."""


Block = Text | Facts | Table | PageBreak | Contents


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the blocks under it; without a heading the blocks alone."""

    blocks: tuple[Block, ...]
    heading: Words | None = None
    number: str = ""
    new_page: bool = False


@dataclass(frozen=True, slots=True)
class Meta:
    """What stands at the edges of every page.

    Attributes:
        document: What kind of paper it is; stands above the title.
        dates: Dates of what it tells of, beside the title in the header.
        marking: Who may read it.
        version: Such as ``v3``.
        printed: The time of the newest change it holds, so that the same records give the same paper.
        person: Who made it.
    """

    document: Words
    marking: Words
    version: str
    printed: datetime
    person: str
    dates: Words | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper.

    Attributes:
        title: Its title.
        languages: One language, or two in the order of reading.
        meta: Header and footer.
        sections: The contents.
        layout: How two languages stand to each other (``LAYOUTS``).
        fit: A number of pages worth setting the type a little smaller for.
    """

    title: Words
    languages: tuple[str, ...]
    meta: Meta
    sections: tuple[Section, ...]
    layout: str = SIDE_BY_SIDE
    fit: int | None = None


def all_words(paper: Paper) -> Iterator[tuple[Words, str]]:
    """Every text of a paper with its whereabouts in the reader's language, in order."""
    title = tr("paper", "Title")
    yield paper.title, title
    for words in (paper.meta.document, paper.meta.dates, paper.meta.marking):
        if words is not None:
            yield words, tr("paper", "Header and footer")
    yield Words.plain(paper.meta.person), tr("paper", "Header and footer")
    place = title
    for section in paper.sections:
        if section.heading is not None:
            place = _name(section.heading) or place
            yield section.heading, place
        for block in section.blocks:
            for words, under in _block_words(block):
                yield words, words.where or under or place


def _name(words: Words) -> str:
    shown = words.shown("en", LANGUAGES)
    return shown.text if shown else ""


def _block_words(block: Block) -> Iterator[tuple[Words, str]]:
    if isinstance(block, PageBreak | Contents):
        return
    if isinstance(block, Facts):
        for fact in block.facts:
            yield fact.label, ""
            yield from ((words, _name(fact.label)) for para in fact.value for words in _para_words(para))
        return
    under = _name(block.label) if block.label is not None else ""
    if block.label is not None:
        yield block.label, under
    if isinstance(block, Text):
        yield from ((words, under) for para in block.paras for words in _para_words(para))
        return
    yield from ((column.head, under) for column in block.columns)
    for row in block.rows:
        if block.columns[0].label and row[0]:
            under = _name(row[0][0].words)
        yield from ((words, under) for cell in row for para in cell for words in _para_words(para))


def _para_words(para: Para) -> tuple[Words, ...]:
    return (para.words,) if para.lead is None else (para.lead, para.words)


def count_states(paper: Paper) -> tuple[int, int]:
    """How many printed texts are draft translations, and how many are missing."""
    drafts = missing = 0
    for words, _ in all_words(paper):
        for language in paper.languages:
            drafts += words.has(language) and words.states.get(language) == "draft"
            missing += words.is_missing(language) or words.states.get(language) == "missing"
    return drafts, missing
