"""All documents that can be printed: whatever a module in ``papers.documents`` declares, and as window and command line list them.

A module in ``papers.documents`` that has ``DOCUMENTS`` is found; nothing else need be told of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType

from ucapdesk.base.i18n import INTERFACE_LANGUAGES, Message, language
from ucapdesk.briefing.blocks.elements import Words
from ucapdesk.model.codes import codes
from ucapdesk.papers.document import Document
from ucapdesk.papers.facts.wording import of_text
from ucapdesk.papers.house_styles import styles
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import NO_STYLE, PAGES, Request
from ucapdesk.store.desk import Desk

PACKAGE = "ucapdesk.papers.documents"


def declared() -> Iterator[Document]:
    for module in iter_modules(import_module(PACKAGE).__path__, f"{PACKAGE}."):
        yield from import_module(module.name).DOCUMENTS


def registered() -> Mapping[str, Document]:
    return MappingProxyType({each.name: each for each in sorted(declared(), key=lambda each: each.order)})


DOCUMENTS = registered()


Labels = dict[str, str]


@dataclass(frozen=True, slots=True)
class PaperChoice:
    """A choice and its name in the languages of the window.

    Attributes:
        code: As typed.
        labels: Its names.
        choices: What there is to choose among, of one that is chosen.
        editions: Those that have a section by default.
        allowed: Those that may have it at all; none: all.
        several: Whether several may be chosen.
    """

    code: str
    labels: Labels
    choices: tuple[PaperChoice, ...] = ()
    editions: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()
    several: bool = False


@dataclass(frozen=True, slots=True)
class DocumentInfo:
    """A document that can be printed, its name in the languages of the window, of which kinds of record, and its choices."""

    name: str
    labels: Labels
    kinds: tuple[str, ...]
    several: bool
    layouts: tuple[str, ...]
    editions: tuple[PaperChoice, ...]
    pages: tuple[PaperChoice, ...]
    sections: tuple[PaperChoice, ...]
    options: tuple[PaperChoice, ...]
    word: bool


def documents() -> list[DocumentInfo]:
    return [_info(each) for each in DOCUMENTS.values()]


def _info(document: Document) -> DocumentInfo:
    known = codes("edition")
    return DocumentInfo(
        name=document.name,
        labels=_labels(document.label),
        kinds=document.kinds,
        several=document.several,
        layouts=document.layouts,
        editions=tuple(PaperChoice(code, _in_both(known[code].label)) for code in document.editions),
        pages=tuple(PaperChoice(name, _labels(PAGES[name][0])) for name in document.pages),
        sections=tuple(
            PaperChoice(
                each.code,
                _labels(each.label),
                editions=tuple(e for e in document.editions if e in each.editions),
                allowed=tuple(sorted(each.allowed)),
            )
            for each in document.sections
        ),
        options=tuple(
            PaperChoice(
                each.name,
                _labels(each.label),
                tuple(PaperChoice(code, _labels(label)) for code, label in each.choices),
                several=each.several,
            )
            for each in document.options
        ),
        word=document.word,
    )


def offered(desk: Desk, asked: Request) -> dict[str, tuple[PaperChoice, ...]]:
    """Return the values of a document's own choices that depend on the records printed, and the house styles there are."""
    reader, found = RedactedReader(desk), _styles(desk)
    for each in DOCUMENTS[asked.document].options:
        if each.offers is not None:
            found[each.name] = tuple(
                PaperChoice(value, _in_both(partial(_said, words))) for value, words in each.offers(reader, asked)
            )
    return found


def _styles(desk: Desk) -> dict[str, tuple[PaperChoice, ...]]:
    known = styles(desk)
    if not known:
        return {}
    usual = PaperChoice("", _labels(Message("preview", "The usual one")))
    without = PaperChoice(NO_STYLE, _labels(Message("preview", "None")))
    named = (PaperChoice(each.id, _in_both(partial(_said, of_text(each.office)))) for each in known)
    return {"style": (usual, *named, without)}


def _said(words: Words, lang: str) -> str:
    return words.said(lang) or "–"


def _labels(message: Message) -> Labels:
    return _in_both(message.say)


def _in_both(say: Callable[[str], str]) -> Labels:
    return {lang: say(lang) for lang in (*INTERFACE_LANGUAGES, language())}
