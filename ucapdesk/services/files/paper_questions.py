"""Questions that papers raise: a second source says otherwise than the record. They are kept with that source until decided."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from ucapdesk.base.json_text import Json
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.paper_kinds import SourceDocument
from ucapdesk.model.values import Bilingual
from ucapdesk.store.desk import Desk

DIFFERS, DECIDED = "differs", "decided"


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """A cell for which a paper gives another value than the record, with where each of them comes from."""

    kind: str
    id: str
    cell: str
    here: Json
    there: Json
    source: str
    papers: tuple[str, str]
    times: tuple[datetime, datetime]


def paper_questions(desk: Desk, of: str = "") -> list[PaperQuestion]:
    """Return what is open, of one record or of all: the record still has the value it had when the paper came in."""
    found = []
    documents = {doc.id: doc for doc in desk.read.page(SourceDocument, desk.read.ids(SourceDocument))}
    for doc in documents.values():
        if DIFFERS not in (doc.oddities or "") or of not in (doc.oddities or ""):
            continue
        for odd in _oddities(doc):
            asked = odd.get("code") == DIFFERS and of in ("", odd["args"].get("id"))
            if asked and (question := _question(desk, doc, odd["args"], documents)):
                found.append(question)
    return found


def _oddities(doc: SourceDocument) -> list[dict[str, Any]]:
    try:
        return list(json.loads(doc.oddities or "[]"))
    except ValueError:
        return []


def _question(
    desk: Desk, doc: SourceDocument, args: dict[str, Any], documents: dict[str, SourceDocument]
) -> PaperQuestion | None:
    kind, cell = str(args.get("kind")), str(args.get("field"))
    record: Any = desk.read.get(kind, str(args.get("id"))) if kind in KINDS else None
    if record is None or record.is_deleted or "there" not in args or _value(record, kind, cell) != args.get("was"):
        return None
    first = documents.get(getattr(record, "source", None) or "") or _told_by(record, doc, documents)
    papers = ((first.file_name or "") if first else "", doc.file_name or "")
    return PaperQuestion(kind, record.id, cell, args["was"], args["there"], doc.id, papers, (_time(first), _time(doc)))


def _told_by(record: Any, but: SourceDocument, documents: dict[str, SourceDocument]) -> SourceDocument | None:
    """Return the other source in which the title of a record stands that names none, such as a point of a programme."""
    said = [
        json.dumps(text, ensure_ascii=False)[1:-1] for text in (getattr(record, "title", None) or {}).values() if text
    ]
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


def _time(doc: SourceDocument | None) -> datetime:
    day = doc.imported.bounds[0] if doc and doc.imported else "1970-01-01"
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def answer(desk: Desk, question: PaperQuestion, *, take: bool) -> None:
    """Decide a question as one step: take the paper's value, or keep the record's."""
    label = ["decide", {"id": question.id, "cell": question.cell, "kind": question.kind}]
    with desk.save(label) as work:
        if take:
            name, _, lang = question.cell.partition(".")
            field = KINDS[question.kind].fields[name]
            record: Any = work.get(KINDS[question.kind].cls, question.id)
            there: Any = question.there
            if lang:
                there = Bilingual({**dict((getattr(record, name) or {}).items()), lang: there})
            work.edit(question.id, {name: there if lang else field.type.read(there)})
        doc = work.get(SourceDocument, question.source)
        kept = _oddities(doc)
        for odd in kept:
            args = odd.get("args", {})
            if odd.get("code") == DIFFERS and (args.get("id"), args.get("field")) == (question.id, question.cell):
                odd["code"] = DECIDED
        doc.oddities = json.dumps(kept, ensure_ascii=False)
