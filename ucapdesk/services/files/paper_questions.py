"""Questions that papers raise: a second source says otherwise than the record. They are kept with that source until decided."""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ucapdesk.base.clock import moment
from ucapdesk.base.grouping import grouped
from ucapdesk.base.json_text import Json, as_lines, dumps
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.paper_kinds import SourceDocument
from ucapdesk.model.values import Bilingual
from ucapdesk.store.desk import Desk
from ucapdesk.store.outcomes import Question
from ucapdesk.store.save import Save

DIFFERS, DECIDED = "differs", "decided"


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """A cell for which a paper gives another value than the record.

    Attributes:
        here, there: The value of the record, and that of the paper.
        source: The source document of the paper.
        first: That of the value here; empty where somebody wrote it.
        papers: The names of both files.
        also: Cells of other records that hold the same fact; they are decided with it.
    """

    kind: str
    id: str
    cell: str
    here: Json
    there: Json
    source: str
    first: str
    papers: tuple[str, str]
    also: tuple[dict[str, Any], ...] = ()


def paper_questions(desk: Desk, of: str = "") -> list[PaperQuestion]:
    """Return what is open, of one record with its parts or of all: the record still has the value it had when the paper came in.

    What several editions say alike is asked once, and not again after it was decided. Of what they say otherwise, only
    the newest is asked: taking an older one would drop it.
    """
    found: dict[tuple[str, ...], PaperQuestion] = {}
    documents = {doc.id: doc for doc in desk.read.listed(SourceDocument)}
    for doc in documents.values():
        if DIFFERS not in (doc.oddities or "") or of not in (doc.oddities or ""):
            continue
        for odd in _oddities(doc):
            if odd.get("code") != DIFFERS:
                continue
            args = odd["args"]
            about = {args.get("owner"), *(cell.get("id") for cell in (args, *args.get("also", ())))}
            if (not of or of in about) and (question := _question(desk, doc, args, documents)):
                found.setdefault(_said(args), question)
    known = decided(documents.values()) if found else frozenset()
    open_ = grouped(((each.id, each.cell), each) for said, each in found.items() if said not in known)
    return [max(each, key=lambda one: came_in(desk, one.source)) if each[1:] else each[0] for each in open_.values()]


def came_in(desk: Desk, document: str) -> datetime:
    return moment(desk.history(document)[0].time)


def to_decide(desk: Desk) -> int:
    """Return how many decisions are open: cells that several people wrote at once, and what papers say otherwise."""
    said = desk.read.remembered(to_decide, lambda: paper_questions(desk))
    return len(written_at_once(desk)) + len(said)


def written_at_once(desk: Desk) -> list[Question]:
    """Return the cells that several people wrote at once and somebody must decide; none of kinds that this version does not know."""
    return [question for question in desk.questions() if question.state == "decide" and question.kind in KINDS]


def decided(documents: Iterable[SourceDocument]) -> frozenset[tuple[str, ...]]:
    """Return what was decided of the questions of papers, as ``as_decided`` tells it."""
    odd = (odd for doc in documents if DECIDED in (doc.oddities or "") for odd in _oddities(doc))
    return frozenset(_said(each["args"]) for each in odd if each.get("code") == DECIDED)


def as_decided(id_: str, cell: str, here: Json, there: Json) -> tuple[str, ...]:
    """Return what a paper says otherwise than a record, to be compared with what was decided."""
    return id_, cell, as_lines([here]), as_lines([there])


def _said(args: dict[str, Any]) -> tuple[str, ...]:
    return as_decided(str(args.get("id")), str(args.get("field")), args.get("was"), args.get("there"))


def _oddities(doc: SourceDocument) -> list[dict[str, Any]]:
    with suppress(ValueError):
        return list(json.loads(doc.oddities or "[]"))
    return []


def _question(
    desk: Desk, doc: SourceDocument, args: dict[str, Any], documents: dict[str, SourceDocument]
) -> PaperQuestion | None:
    kind, cell = str(args.get("kind")), str(args.get("field"))
    if "there" not in args or not _holds(desk, args):
        return None
    record: Any = desk.read.get(KINDS[kind].cls, str(args["id"]))
    owner = next(iter(desk.read.many([args["owner"]] if args.get("owner") else [])), None)
    sources = (getattr(each, "source", None) or "" for each in (record, owner))
    first = next(filter(None, map(documents.get, sources)), None) or _source_of(record, doc, documents)
    papers = ((first.file_name or "") if first else "", doc.file_name or "")
    of_first, also = first.id if first else "", tuple(args.get("also", ()))
    return PaperQuestion(kind, record.id, cell, args["was"], args["there"], doc.id, of_first, papers, also)


def _source_of(record: Any, but: SourceDocument, documents: dict[str, SourceDocument]) -> SourceDocument | None:
    """Return the other source in which the title of a record stands that names none, such as a point of a programme."""
    title = getattr(record, "title", None) or {}
    said = [json.dumps(text, ensure_ascii=False)[1:-1] for text in title.values() if text]
    others = (doc for doc in documents.values() if doc.id != but.id)
    return next((doc for doc in others if any(text in (doc.rows or "") for text in said)), None)


def _value(record: Any, kind: str, cell: str) -> Json:
    name, _, lang = cell.partition(".")
    if name not in KINDS[kind].fields:
        return None
    value = getattr(record, name)
    if lang:
        return (value or {}).get(lang)
    return KINDS[kind].fields[name].type.plain(value)


def answer(desk: Desk, question: PaperQuestion, *, take: bool) -> None:
    """Decide a question as one step, for older editions too: take the paper's value, or keep the record's."""
    label = ["decide", {"id": question.id, "cell": question.cell, "kind": question.kind}]
    own = {"kind": question.kind, "id": question.id, "field": question.cell, "there": question.there}
    same = [cell for cell in question.also if _holds(desk, cell)]
    with desk.save(label) as work:
        for cell in (own, *same) if take else ():
            _write(work, cell)
        for paper in desk.read.listed(SourceDocument):
            kept = _oddities(paper)
            open_ = [odd for odd in kept if odd.get("code") == DIFFERS and _is_about(odd.get("args", {}), question)]
            for odd in open_:
                odd["code"] = DECIDED
            if open_:
                work.get(SourceDocument, paper.id).oddities = as_lines(kept)


def _is_about(args: dict[str, Any], question: PaperQuestion) -> bool:
    return (args.get("id"), args.get("field"), args.get("was")) == (question.id, question.cell, question.here)


def _holds(desk: Desk, cell: dict[str, Any]) -> bool:
    """Whether a record still has the value it had when the paper came in."""
    kind = str(cell.get("kind"))
    record: Any = desk.read.get(KINDS[kind].cls, str(cell.get("id"))) if kind in KINDS else None
    if record is None or record.is_deleted:
        return False
    return _value(record, kind, str(cell.get("field"))) in (cell.get("was"), _read(desk, cell.get("was")))


def _read(desk: Desk, was: Json) -> Json:
    """Return a link, or several, as they are read by now: what they led to may have been merged since."""
    shown = desk.read.sames().shown
    if isinstance(was, list):
        return sorted({shown(each) if isinstance(each, str) else dumps(each) for each in was})
    return shown(was) if isinstance(was, str) else was


def _write(work: Save, cell: dict[str, Any]) -> None:
    name, _, lang = cell["field"].partition(".")
    kind, there = KINDS[cell["kind"]], cell["there"]
    if lang:
        record: Any = work.get(kind.cls, cell["id"])
        work.edit(cell["id"], {name: Bilingual({**dict((getattr(record, name) or {}).items()), lang: there})})
    else:
        work.edit(cell["id"], {name: kind.fields[name].type.read(there)})
