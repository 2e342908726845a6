"""The smallest parts of a paper: a text in several languages with the state of each translation, a paragraph, a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import NamedTuple

from ucapdesk.base.i18n import LANGUAGES, Message

NOTHING: Mapping[str, str] = MappingProxyType({})


class Shown(NamedTuple):
    """A text chosen for printing: its words, their language, and whether it stands in for a missing translation."""

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
        untranslated: Language to what stands within its sentences where the text is missing: a name in Latin letters. No tag
            is put before it, nor before the text of another language that stands alone.
    """

    text: Mapping[str, str | None]
    states: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    where: str = ""
    untranslated: Mapping[str, str] = field(default_factory=lambda: NOTHING)

    @classmethod
    def label(cls, message: Message) -> Words:
        """Return a text of the program itself, in all its languages."""
        return cls({lang: message.say(lang) for lang in LANGUAGES})

    @classmethod
    def plain(cls, text: str, where: str = "") -> Words:
        """Return a text that is the same in every language: a number, a name, a code."""
        return cls(dict.fromkeys(LANGUAGES, text), dict.fromkeys(LANGUAGES, "same"), where)

    def has(self, language: str) -> bool:
        """Return whether there is a text in ``language``."""
        return bool((self.text.get(language) or "").strip())

    @property
    def empty(self) -> bool:
        """Whether there is no text in any language."""
        return not any(text and text.strip() for text in self.text.values())

    def source(self, languages: Sequence[str]) -> str | None:
        """Return the language whose text stands in for a missing one: one of the paper's, else any."""
        return next((lang for lang in (*languages, *LANGUAGES, *sorted(self.text)) if self.has(lang)), None)

    def shown(self, language: str, languages: Sequence[str]) -> Shown | None:
        """Return the text to print for ``language``; None where there is no text in any language.

        Who reads Latin letters is given Chinese only where there is nothing else: it stands beside it in the other column.
        """
        if text := (self.text.get(language) or "").strip():
            return Shown(text, language)
        latin = () if language == "zh" else [each for each in (*languages, *LANGUAGES) if each != "zh"]
        source = self.source((*latin, *languages))
        if source is None:
            return None
        text = (self.text[source] or "").strip()
        without_tag = language in self.untranslated or self.states.get(language) in ("same", "not_needed")
        return Shown(text, source, stands_in=not without_tag)

    def shown_in(self, readers: Sequence[str], languages: Sequence[str]) -> list[Shown]:
        """Return the texts to print for readers of several languages, a common text once."""
        found: dict[str, Shown] = {}
        for shown in filter(None, (self.shown(language, languages) for language in readers)):
            found.setdefault(shown.text, shown)
        return list(found.values())

    def said(self, language: str, languages: Sequence[str] = LANGUAGES) -> str:
        """Return the words of ``shown``; empty where there are none."""
        shown = self.shown(language, languages)
        return shown.text if shown else ""

    def is_missing(self, language: str) -> bool:
        """Return whether a translation into ``language`` is wanted and absent."""
        return not self.has(language) and self.states.get(language) not in ("same", "not_needed") and not self.empty


NO_WORDS = Words({})
"""No text at all."""


def language_tag(text_language: str, reader: str) -> str:
    """Return the tag before a text that stands in for a translation: ``[ZH] ``, or ［英文］ for Chinese readers."""
    if reader != "zh":
        return f"[{text_language.upper()}] "
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
        role: ``text``, ``lead`` (bold), ``note`` (small and grey), ``large`` (for reading aloud or by a driver) or
            ``warning``.
        mark: A bullet or number hanging before it.
        lead: Bold words it begins with.
        close: Whether it follows the paragraph above without a space: one of several short lines.
    """

    words: Words
    role: str = "text"
    mark: str = ""
    lead: Words | None = None
    close: bool = False


def alternative(words: Words) -> tuple[tuple[str, str], ...]:
    """Return words for those who do not see a picture, by language."""
    return tuple((language, text) for language, text in words.text.items() if text)


@dataclass(frozen=True, slots=True)
class Picture:
    """A portrait, logo, map or photo from the bytes of an attachment; left out where they cannot be shown.

    Attributes:
        data: The file, or None.
        width: The most it may take, in mm; its proportions are kept.
        height: The same.
        align: ``left``, ``centre`` or ``right``.
        alt: Words for those who do not see it, by language; such as the name of who or what is shown.
    """

    data: bytes | None
    width: float
    height: float
    align: str = "left"
    alt: tuple[tuple[str, str], ...] = ()

    def within(self, width: float, height: float) -> Picture:
        """Return the picture, no larger than so many millimetres."""
        return replace(self, width=min(self.width, width), height=min(self.height, height))


@dataclass(frozen=True, slots=True)
class AppendedPages:
    """The pages of a file of somebody else, as pictures: each on a page of its own."""

    pages: tuple[Picture, ...]


@dataclass(frozen=True, slots=True)
class QR:
    """A code for telephones, such as a vCard; ``size`` is its side in mm."""

    text: str
    size: float = 24
