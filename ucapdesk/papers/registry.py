"""The papers that there are, and one of them asked for and made.

A module in ``papers.documents`` that has ``DOCUMENTS`` is found; nothing else need be told of it. ``request`` checks what somebody typed or
clicked, and raises an error that names the mistake; ``request_of`` reads what is kept in the record of a pack, so that the same copy can be
asked for again. The record has fields of its own for document, edition, languages, layout, marking and recipients; the rest stands in its
field ``sections``, as a person would type it: ``cover,programme,page=large,private_numbers=yes,since=…``. ``made`` makes the paper together
with the records it read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import TypedDict, Unpack

from ucapdesk.base.errors import Failure, UserError
from ucapdesk.base.i18n import INTERFACE_LANGUAGES, LANGUAGES, Message, language
from ucapdesk.briefing.blocks.content import Paper
from ucapdesk.briefing.blocks.elements import Words
from ucapdesk.model.codes import codes
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.paper_kinds import Pack
from ucapdesk.papers.document import Document
from ucapdesk.papers.facts.wording import READ_IN, of_text
from ucapdesk.papers.house_styles import dressed, style_of_then, styles, usual_style
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import NO_STYLE, PAGES, UNKNOWN_CHOICE, Request
from ucapdesk.store.desk import Desk
from ucapdesk.store.refusals import InTrash, NoSuchRecord

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


ONE_AT_A_TIME = Failure(
    "one-at-a-time",
    "“{document}” is the paper of one record, and {n} were named. Nothing was written; print them one by one.",
)


class Choices(TypedDict, total=False):
    """The options besides the document and its records; see ``Request``. None stands for the default."""

    languages: Sequence[str]
    layout: str | None
    edition: str | None
    page: str | None
    both_sides: bool
    sections: Sequence[str]
    private_numbers: bool
    marking: str | None
    version: int
    recipients: Sequence[str]
    replaces: str
    style: str | None
    options: Mapping[str, str]


def request(desk: Desk, ids: Sequence[str], *, document: str | None = None, **choices: Unpack[Choices]) -> Request:
    """Return a checked request for one copy.

    Args:
        desk: The workspace.
        ids: The records the document is about.
        document: Its name; by default the one for the kind of the first record.
        choices: Everything else.
    """
    languages = tuple(choices.get("languages") or ("en", "zh"))
    _check_languages(languages)
    of = _document(desk, ids, document)
    if len(ids) != 1 and not (of.several and ids):
        raise ONE_AT_A_TIME(document=of.name, n=len(ids))
    edition = _edition(of, choices.get("edition"))
    return Request(
        document=of.name,
        ids=tuple(ids),
        languages=languages,
        layout=_layout(of, choices.get("layout")),
        edition=edition,
        page=_page(of, edition, choices.get("page")),
        both_sides=choices.get("both_sides", False),
        sections=_sections(of, edition, choices.get("sections") or ()),
        private_numbers=choices.get("private_numbers", False) and of.readers(edition).is_own,
        marking=_marking(of, choices.get("marking")),
        version=choices.get("version", 0),
        recipients=tuple(choices.get("recipients") or ()),
        replaces=choices.get("replaces", ""),
        style=_style(desk, of, choices.get("style") or ""),
        options=_options(of, choices.get("options") or {}),
    )


def _check_languages(languages: Sequence[str]) -> None:
    if not 1 <= len(languages) <= 2 or len(set(languages)) < len(languages) or not set(languages) <= set(LANGUAGES):
        raise UserError(
            "A paper is printed in one or two of the languages {languages}, not in “{said}”. Nothing was "
            "written; give them as in en,zh.",
            code="unknown-languages",
            said=",".join(languages),
            languages=", ".join(LANGUAGES),
        )


def _layout(document: Document, said: str | None) -> str:
    if said is not None and said not in document.layouts:
        raise UserError(
            "“{document}” has no layout “{layout}”. Nothing was written; it has: {layouts}.",
            code="unknown-layout",
            document=document.name,
            layout=said,
            layouts=", ".join(document.layouts),
        )
    return said or document.layouts[0]


def _edition(document: Document, said: str | None) -> str:
    if document.editions:
        return _one_of(document, Message("choice", "edition"), said, document.editions)
    if said is not None:
        raise UserError(
            "“{document}” has no editions. Nothing was written; leave the edition out.",
            code="no-editions",
            document=document.name,
        )
    return ""


def _document(desk: Desk, ids: Sequence[str], name: str | None) -> Document:
    if name is not None and name not in DOCUMENTS:
        raise UserError(
            "There is no document called “{document}”. Nothing was written; there are: {documents}.",
            code="unknown-document",
            document=name,
            documents=", ".join(DOCUMENTS),
        )
    kinds = [_kind(desk, id_) for id_ in ids]
    found = (
        DOCUMENTS.get(name) if name else next((d for d in DOCUMENTS.values() if kinds and kinds[0] in d.kinds), None)
    )
    wrong = next((kind for kind in kinds if found is None or kind not in found.kinds), None)
    if found is not None and wrong in {kind for each in DOCUMENTS.values() for kind in each.kinds}:
        own = ", ".join(each.name for each in DOCUMENTS.values() if wrong in each.kinds)
        raise UserError(
            "“{document}” is a document of records of the kind {kinds}, not of {kind}. Nothing was written; of {kind} there "
            "are: {documents}.",
            code="document-of-another-kind",
            document=found.name,
            kinds=", ".join(found.kinds),
            kind=wrong,
            documents=own,
        )
    if wrong is not None:
        told = "; ".join(f"{each.name} ({', '.join(each.kinds)})" for each in DOCUMENTS.values())
        raise UserError(
            "No document of a record of the kind {kind} can be printed. Nothing was written; available: {documents}.",
            code="no-document-for-kind",
            kind=wrong,
            documents=told,
        )
    if found is None:  # of no records at all
        raise ONE_AT_A_TIME(document=name or "", n=0)
    return found


def _kind(desk: Desk, id_: str) -> str:
    record = desk.read.record(id_)
    if record is None or record.reserved:
        raise NoSuchRecord(id=id_)
    if record.is_deleted:
        raise InTrash(title=desk.read.titles([id_], language()).get(id_) or id_)
    return KINDS[type(record).__tablename__].name


def _one_of(document: Document, what: str | Message, said: str | None, known: Collection[str]) -> str:
    """Return the given value, or the first known one; refuse an unknown value."""
    if said is None:
        return next(iter(known))
    if said not in known:
        raise UNKNOWN_CHOICE(document=document.name, what=what, said=said, known=", ".join(known))
    return said


def _page(document: Document, edition: str, said: str | None) -> str:
    """Return the page format: the principal's own pack is in large print, unless another was asked for."""
    if said is None and edition == "principal" and "large" in document.pages:
        return "large"
    return _one_of(document, Message("choice", "page"), said, document.pages)


def _sections(document: Document, edition: str, said: Sequence[str]) -> tuple[str, ...]:
    allowed = [each.code for each in document.sections if edition in (each.allowed or document.editions)]
    return tuple(_one_of(document, Message("choice", "section"), code, allowed) for code in dict.fromkeys(said))


def _marking(document: Document, said: str | None) -> str | None:
    return _one_of(document, Message("choice", "marking"), said, codes("marking")) if said else None


def _style(desk: Desk, document: Document, said: str) -> str:
    """Return a house style that was asked for by its id; empty where the usual one is meant."""
    if said in ("", NO_STYLE) or desk.read.kind_of(said) == "house_style":
        return said
    return _one_of(document, "style", said, [*(each.id for each in styles(desk)), NO_STYLE])


def _options(document: Document, said: Mapping[str, str]) -> Mapping[str, str]:
    known = {each.name: each for each in document.options}
    for name in said:
        _one_of(document, Message("choice", "option"), name, known)
    found = {name: each.choices[0][0] if each.choices else "" for name, each in known.items()}
    for name, value in said.items():
        choices = [code for code, _ in known[name].choices]
        found[name] = _one_of(document, name, value, choices) if choices else value
    return MappingProxyType(found)


PAGE, NUMBERS, SIDES = "page", "private_numbers", "both_sides"
YES = "yes"


def written(asked: Request) -> str:
    parts = [*asked.sections, f"{PAGE}={asked.page}"]
    parts += [f"{NUMBERS}={YES}"] if asked.private_numbers else []
    parts += [f"{SIDES}={YES}"] if asked.both_sides else []
    return ",".join([*parts, *(f"{name}={_escaped(value)}" for name, value in sorted(asked.options.items()))])


def _escaped(value: str) -> str:
    return value.replace("%", "%25").replace(",", "%2C")


def _unescaped(value: str) -> str:
    return value.replace("%2C", ",").replace("%25", "%")


def request_of(desk: Desk, pack: str) -> Request:
    """Return the request of a pack. Raises what ``request`` raises where this version or this desk has no such copy."""
    record = desk.read.get(Pack, pack)
    if record is None or record.owner is None:
        raise NoSuchRecord(id=pack)
    parts = [part.strip() for part in (record.sections or "").split(",") if part.strip()]
    said = {name: _unescaped(value) for name, equals, value in (part.partition("=") for part in parts) if equals}
    return request(
        desk,
        [record.owner],
        document=record.document,
        languages=(record.paper_languages or "en,zh").split(","),
        layout=record.layout,
        edition=record.edition,
        page=said.pop(PAGE, None),
        both_sides=said.pop(SIDES, "") == YES,
        private_numbers=said.pop(NUMBERS, "") == YES,
        sections=[part for part in parts if "=" not in part],
        marking=record.marking,
        style=style_of_then(desk, pack),
        options=said,
    )


Undressed = tuple[Paper, RedactedReader]  # A paper without a house style, and the reader with the records it used


def made(desk: Desk, asked: Request, reader: RedactedReader | None = None) -> tuple[Paper, RedactedReader]:
    """Return the requested paper in its house style, not yet laid out, and the reader with the records it used.

    ``reader``: one that has read for this paper, asked for with another version, recipients or style.
    """
    paper, reader = plain(desk, asked, reader)
    return dressed(paper, reader, asked.style or usual_style(desk)), reader


def plain(desk: Desk, asked: Request, reader: RedactedReader | None = None) -> Undressed:
    reader = reader or reader_of(desk, asked)
    around = READ_IN.set(asked.languages)
    try:
        return DOCUMENTS[asked.document].make(reader, asked), reader
    finally:
        READ_IN.reset(around)


def reader_of(desk: Desk, asked: Request, day: date | None = None) -> RedactedReader:
    """Return the reader of a requested paper; ``day``: that of the paper, by default today."""
    circle = DOCUMENTS[asked.document].readers(asked.edition)
    return RedactedReader(desk, circle, private=asked.private_numbers, again=lambda pack: again(desk, pack), day=day)


def again(desk: Desk, pack: str) -> tuple[Paper, RedactedReader, Request]:
    asked = request_of(desk, pack)
    return *made(desk, asked), asked
