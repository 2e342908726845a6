"""Packs are records: which version of which copy was printed, from what, for whom, and whether it is still up to date."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import UTC, date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from ucapdesk.base.clock import moment, today
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import joined, pair
from ucapdesk.briefing.blocks.content import Paper
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.paper_kinds import HouseStyle, Pack
from ucapdesk.model.rules.itinerary import is_day
from ucapdesk.model.values import Bilingual, Codes, PartialDate
from ucapdesk.papers.build import Undressed, made, plain, reader_of
from ucapdesk.papers.facts.visit_facts import VisitFacts
from ucapdesk.papers.gaps import Gaps, gaps_of
from ucapdesk.papers.house_styles import dressed, style_of_then, usual_style
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.registry import DOCUMENTS
from ucapdesk.papers.request import NO_STYLE, Request
from ucapdesk.papers.request_parser import request_of, written
from ucapdesk.services.records.attached_files import safe_name
from ucapdesk.services.records.records import adding
from ucapdesk.store.desk import Desk
from ucapdesk.store.save import Save

if TYPE_CHECKING:  # typesetting: who reads which packs there are needs none
    from ucapdesk.briefing.pages.render import RenderReport

NEVER = datetime.fromtimestamp(0, UTC)


@dataclass(frozen=True, slots=True)
class PackInfo:
    """A pack as lists show it.

    Attributes:
        id: Of its record.
        document: The name of the document.
        edition: For whom; empty where the document has no editions.
        languages: Those of the paper.
        version: 1, 2, 3 …
        printed: When its record was made.
        person: Who printed it.
        recipients: Whom it was handed to.
        marking: Who may read it.
        replaces: The id of the pack it replaces.
        changed: Whether anything it says was changed since.
    """

    id: str
    document: str
    edition: str
    languages: tuple[str, ...]
    version: int
    printed: datetime
    person: str
    recipients: tuple[str, ...]
    marking: str
    replaces: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Printed:
    """A pack that was printed and kept; ``is_new`` is false where nothing had changed, so that the version is the previous one."""

    pack: str
    version: int
    is_new: bool
    replaces: str
    report: RenderReport


def print_pack(desk: Desk, asked: Request, target: Path | BinaryIO, *, recipients: Sequence[str] = ()) -> Printed:
    """Print a copy and keep a record of it, with the file.

    A copy in which nothing has changed since the last one stays that version, and only its recipients grow. Otherwise it
    is the next version and says which one it replaces.

    Args:
        desk: The workspace.
        asked: The copy.
        target: The file, which appears complete or not at all, or an open stream; a Word document where it is called so. What
            is kept is the PDF.
        recipients: Whom it is for.
    """
    from ucapdesk.services.files.word_papers import check, is_word

    if is_word(target):
        check(asked)
    _refuse_others(desk, asked)
    undressed = plain(desk, replace(asked, version=0, recipients=(), replaces=""))
    copy = _next(desk, asked, recipients, undressed)
    report, pdf = _drawn(_printed(desk, asked, copy, undressed), target)
    return Printed(_keep(desk, asked, copy, pdf), copy.version, copy.is_new, copy.replaces, report)


def with_gaps(desk: Desk, asked: Request, recipients: Sequence[str] | None) -> tuple[Paper, Gaps, Undressed]:
    """Return a copy as it would be printed, its gaps, and what ``keep`` needs of it once it is handed out.

    ``recipients`` are those of a pack, None for another paper.
    """
    if recipients is not None:
        _refuse_others(desk, asked)
    undressed = plain(desk, asked)
    found = gaps_of(desk, asked, undressed)
    if recipients is None:
        return dressed(*undressed, asked.style or usual_style(desk)), found, undressed
    return _printed(desk, asked, _next(desk, asked, recipients, undressed), undressed), found, undressed


def _printed(desk: Desk, asked: Request, copy: _Copy, undressed: Undressed) -> Paper:
    told = replace(asked, version=copy.version, recipients=copy.recipients, replaces=copy.replaces, style=copy.style)
    return made(desk, told, undressed[1])[0]


def keep(desk: Desk, asked: Request, pdf: bytes, recipients: Sequence[str], undressed: Undressed) -> str:
    """Keep a record of a copy that was made by ``with_gaps`` and handed out, whatever was written in its records since."""
    return _keep(desk, asked, _next(desk, asked, recipients, undressed), pdf)


def usual_copies(desk: Desk, asked: Request) -> int:
    """Return how many copies of a visit's pack are wanted: one for each of its readers, where those are the people of a side."""
    id_ = asked.ids[0]
    if asked.edition not in ("delegation", "hosts") or desk.read.kind_of(id_) != "visit":
        return 1
    facts = VisitFacts(RedactedReader(desk), asked, id_)
    return max(len(facts.delegation if asked.edition == "delegation" else facts.hosts), 1)


def _drawn(paper: Paper, target: Path | BinaryIO) -> tuple[RenderReport, bytes]:
    """Draw into the requested file; return the report, and the bytes to be kept."""
    from ucapdesk.briefing.pages.render import render
    from ucapdesk.services.files.word_papers import is_word, write_paper

    if isinstance(target, Path) and not is_word(target):
        return render(paper, target), target.read_bytes()
    file = BytesIO()
    report = render(paper, file)
    if isinstance(target, Path):
        return write_paper(paper, target), file.getvalue()
    target.write(file.getvalue())
    return report, file.getvalue()


@dataclass(frozen=True, slots=True)
class _Copy:
    """The version of a copy, derived from what was printed before."""

    hash: str
    style: str
    name: Bilingual
    last: Pack | None
    is_new: bool
    recipients: tuple[str, ...]

    @property
    def title(self) -> Bilingual:
        """``Briefing pack: Granada delegation to Liuzhou, v2``."""
        return Bilingual({lang: joined((name, f"v{self.version}"), lang) for lang, name in self.name.items()})

    @property
    def version(self) -> int:
        return (self.last.version or 0 if self.last else 0) + self.is_new

    @property
    def replaces(self) -> str:
        if self.last is None:
            return ""
        return self.last.id if self.is_new else self.last.replaces or ""


def _next(desk: Desk, asked: Request, recipients: Sequence[str], undressed: Undressed) -> _Copy:
    paper, reader = undressed
    last = newest(desk, asked)
    now = asked.style or usual_style(desk)
    then = style_of_then(desk, last.id) if last is not None and not asked.style else now
    for style in dict.fromkeys((then, now)):  # what did not change is printed as it was
        hashed = _hash(dressed(paper, reader, style))
        is_new = last is None or last.content_hash != hashed
        if not is_new:
            break
    before = () if is_new or last is None else last.recipients or ()
    return _Copy(hashed, style, _named(paper, asked), last, is_new, tuple(dict.fromkeys((*before, *recipients))))


def _refuse_others(desk: Desk, asked: Request) -> None:
    kind = desk.read.kind_of(asked.ids[0]) or ""
    if len(asked.ids) != 1 or kind not in KINDS["pack"].owners:
        raise UserError(
            "“{document}” of a record of the kind {kind} cannot be kept as a pack. Nothing was written; print it "
            "without keeping it.",
            code="no-pack-of",
            document=asked.document,
            kind=kind,
        )


def _named(paper: Paper, asked: Request) -> Bilingual:
    """``Briefing pack: Granada delegation to Liuzhou``."""
    found = {}
    for lang in pair():
        title = paper.title.said(lang, asked.languages)
        name = DOCUMENTS[asked.document].label.say(lang)
        found[lang] = joined(filter(None, (name, title)), lang, ":")
    return Bilingual(found)


def _keep(desk: Desk, asked: Request, copy: _Copy, pdf: bytes) -> str:
    """Create the record, or change the existing one, in one step; return its id."""
    held = desk.workspace.files.put(pdf, name=safe_name(f"{copy.title.said('en')}.pdf"), mime="application/pdf")
    if copy.last is not None and not copy.is_new:
        said = {"id": copy.last.id, "kind": "pack", "fields": ["recipients"]}
        with desk.save(["record.edit", said]) as work:
            known = work.get(Pack, copy.last.id)
            known.recipients, known.file = Codes(copy.recipients), held
        return copy.last.id
    with adding(desk, Pack) as (work, made):
        work.new(
            Pack, made, owner=asked.ids[0], title=copy.title, document=asked.document, edition=asked.edition or None,
            paper_languages=",".join(asked.languages), layout=asked.layout, sections=written(asked), version=copy.version,
            content_hash=copy.hash, printed=PartialDate(today(desk.workspace.clock).isoformat()), file=held,
            recipients=Codes(copy.recipients), replaces=copy.replaces or None, marking=asked.marking,
        )  # fmt: skip
        _keep_style(desk, work, copy.style, made)
    return made


def _keep_style(desk: Desk, work: Save, style: str, pack: str) -> None:
    record = desk.read.get(HouseStyle, style) if style != NO_STYLE else None
    if record is not None:
        names = (name for name, each in KINDS["house_style"].fields.items() if not each.meta.owner)
        held = {name: value for name in names if (value := getattr(record, name)) is not None}
        work.new(HouseStyle, owner=pack, **held)


# -- what there is --------------------------------------------------------------------------------


def packs_of(desk: Desk, owner: str) -> list[PackInfo]:
    found = [_info(desk, pack, changed=is_changed(desk, pack)) for pack in desk.read.children(owner, Pack)]
    return sorted(found, key=lambda each: (each.printed, each.version), reverse=True)


def changed_copies(desk: Desk, owner: str) -> list[PackInfo]:
    """Return the newest packs of a record, one for each document, edition and languages, that would be different today."""
    packs = sorted(desk.read.children(owner, Pack), key=lambda pack: (pack.version or 0, pack.id))
    newest = {(pack.document, pack.edition, pack.paper_languages): pack for pack in packs}
    return [_info(desk, pack, changed=True) for pack in newest.values() if is_changed(desk, pack)]


def _info(desk: Desk, pack: Pack, *, changed: bool) -> PackInfo:
    first = next(iter(desk.history(pack.id)), None)
    return PackInfo(
        id=pack.id,
        document=pack.document or "",
        edition=pack.edition or "",
        languages=tuple((pack.paper_languages or "").split(",")),
        version=pack.version or 0,
        printed=moment(first.time) if first else NEVER,
        person=first.person if first else "",
        recipients=tuple(pack.recipients or ()),
        marking=pack.marking or "",
        replaces=pack.replaces or "",
        changed=changed,
    )


def newest(desk: Desk, asked: Request) -> Pack | None:
    """Return the last pack of the same document, edition and languages of a record."""
    wanted = asked.document, asked.edition, ",".join(asked.languages)
    packs = desk.read.children(asked.ids[0], Pack)
    same = [each for each in packs if (each.document, each.edition or "", each.paper_languages or "") == wanted]
    return max(same, key=lambda pack: (pack.version or 0, pack.id), default=None)


def is_changed(desk: Desk, pack: Pack) -> bool:
    """Return whether the same copy, of the day on which it was printed, would be different; also where it can no longer be made.

    That something is late since is written in no record, and on no change sheet.
    """
    printed = pack.printed.edtf if pack.printed else ""
    day = date.fromisoformat(printed) if is_day(printed) else None
    try:
        return content_hash(desk, request_of(desk, pack.id), day) != pack.content_hash
    except UserError:
        return True


# -- the contents as a number ---------------------------------------------------------------------


def content_hash(desk: Desk, asked: Request, day: date | None) -> str:
    """Return a hash of everything a copy of a day says, whatever its version, recipients and time of printing."""
    return _hash(made(desk, replace(asked, version=0, recipients=(), replaces=""), reader_of(desk, asked, day))[0])


def _hash(paper: Paper) -> str:
    bare = replace(paper, meta=replace(paper.meta, version="", printed=NEVER, person=""))
    digest = hashlib.sha256()
    _feed(digest.update, bare)
    return digest.hexdigest()


@cache
def _parts(cls: type) -> tuple[tuple[str, object], ...] | None:
    if is_dataclass(cls):  # without what is told to a reader, in their language
        return tuple((each.name, each.default) for each in fields(cls) if each.name != "where")
    return None


def _feed(take: Callable[[bytes], object], thing: object) -> None:
    """Take a part of the contents in; what it leaves unsaid is passed over, so a part that blocks get or lose later changes no hash."""
    if (parts := _parts(type(thing))) is not None:  # type: ignore[arg-type]  # classes can be hashed
        take(type(thing).__name__.encode())
        for name, unsaid in parts:
            if (said := getattr(thing, name)) != unsaid:
                take(name.encode() + b"=")
                _feed(take, said)
        take(b";")
    elif isinstance(thing, Mapping):
        _feed(take, tuple(sorted(thing.items())))
    elif isinstance(thing, tuple):
        take(b"(")
        for part in thing:
            _feed(take, part)
        take(b")")
    else:
        take(repr(thing).encode() + b",")
