"""Conflicts: cells that several people wrote at once, in the reader's words, and choosing between the values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from ucapdesk.base.clock import moment
from ucapdesk.base.errors import Failure, UserError
from ucapdesk.base.i18n import dotted, language, tr
from ucapdesk.base.json_text import Json
from ucapdesk.exchange.devices import own_id
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.paper_kinds import Attachment
from ucapdesk.model.text.assignments import read_value
from ucapdesk.model.text.fields_in_words import title_of
from ucapdesk.model.values import FileRef
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.model.values.cells import TextType, tidy
from ucapdesk.services.files.paper_questions import PaperQuestion, answer, came_in, paper_questions, written_at_once
from ucapdesk.services.records import attached_files, history, records
from ucapdesk.store.desk import Desk
from ucapdesk.store.merge.resolve import Candidate
from ucapdesk.store.merge.row_state import MEMBER, TRASHED
from ucapdesk.store.outcomes import Question
from ucapdesk.store.read.duplicate_records import SAME

ATTACHED = Attachment.__tablename__


NOTHING_TO_DECIDE = Failure(
    "nothing-to-decide",
    "There is nothing to decide about {field} of this record. Nothing was changed; “conflicts” lists what is open.",
)


NO_SUCH_CANDIDATE = Failure(
    "no-such-candidate", "{field} has {n} values to choose from, and {said} is none of them. Nothing was changed."
)


@dataclass(frozen=True, slots=True)
class SaidValue:
    """One of the values. ``said``: in the reader's words.

    Attributes:
        own: Whether it was written on this laptop: two people may have the same name.
    """

    value: Json
    said: str
    person: str
    time: datetime
    shown: bool
    own: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """A conflict to decide.

    Attributes:
        id: The record, whose ``kind`` and ``title`` stand beside.
        field: A cell such as ``notes.en``, or ``trash``; ``label`` is what it is called.
        candidates: The values, the own one first, else the shown one.
        before: What was there before, in words of the reader.
        text: Whether another text may be written instead.
        files: Whether they are files, which can all be kept.
        record: The record to show: of a member of a set the one that has the set.
        paper: What two papers say otherwise, where no two people wrote the cell.
        told: How it came about, in a sentence, where one moved a record to the Trash and another went on with it.
    """

    id: str
    kind: str
    title: str
    field: str
    label: str
    candidates: tuple[SaidValue, ...]
    before: str = ""
    text: bool = False
    record: str = ""
    files: bool = False
    told: str = ""
    paper: PaperQuestion | None = None

    def to_json(self) -> dict[str, Json]:
        said = [
            {"value": each.value, "person": each.person, "time": f"{each.time:%Y-%m-%dT%H:%M:%SZ}", "shown": each.shown}
            for each in self.candidates
        ]
        told = {"told": self.told} if self.told else {}
        return {"id": self.id, "kind": self.kind, "field": self.field, "candidates": said, **told}


def conflicts(desk: Desk) -> list[Conflict]:
    """Return the conflicts a person must decide, in the order of the records."""
    open_ = written_at_once(desk)
    return [*(_conflict(desk, each) for each in open_), *(_of_papers(desk, each) for each in paper_questions(desk))]


def of_papers(desk: Desk, id_: str) -> list[Conflict]:
    """Return what papers say otherwise than one record, and than its parts, each under its own title."""
    found = [_of_papers(desk, each) for each in paper_questions(desk, of=id_)]
    return [
        each if each.id == id_ or not each.title else replace(each, label=f"{each.title}: {each.label}")
        for each in found
    ]


def _of_papers(desk: Desk, question: PaperQuestion) -> Conflict:
    """Return what two papers say otherwise as a conflict; each value has the name of its paper, or of who wrote it."""
    title = records.title(desk, question.id)
    label = history.label_of(question.kind, question.cell)
    both = (question.here, question.there)
    here, there = (history.say_cell(desk, question.kind, question.cell, value) for value in both)
    by, own, cell = question.papers[0], False, f"{question.cell}."
    when = came_in(desk, question.first or question.source)
    changes = [] if question.first else desk.history(question.id)
    written = [each for each in changes if f"{each.field}.".startswith(cell)]
    if written:  # nothing is, where the field is empty
        wrote = written[-1]
        by, when, own = wrote.person, moment(wrote.time), wrote.device == own_id(desk)
    said = (
        SaidValue(question.here, here, by or "—", when, shown=True, own=own),
        SaidValue(question.there, there, question.papers[1] or "—", came_in(desk, question.source), shown=False),
    )
    return Conflict(question.id, question.kind, title, question.cell, label, said, record=question.id, paper=question)


def conflict(desk: Desk, id_: str, field: str) -> Conflict:
    """Return the open conflict of a field. Raises NothingToDecide."""
    found = next((each for each in conflicts(desk) if (each.id, each.field) == (id_, field)), None)
    if found is None:
        raise NOTHING_TO_DECIDE(field=field)
    return found


def _conflict(desk: Desk, question: Question) -> Conflict:
    read = (_said(desk, question, each, number) for number, each in enumerate(question.candidates))
    said = tuple(sorted(read, key=lambda each: not each.own))
    record, label = question.id, history.label_of(question.kind, question.cell)
    if question.kind == MEMBER:
        record, label = _membership(desk, question.id)
    title = records.title(desk, record)
    if question.kind == SAME:
        record, title = _pair(desk, question.id)
        label = tr("same", "Are they the same?")
    field = history.TRASH if question.cell == TRASHED else question.cell
    place = KINDS[question.kind].place_of(question.cell) if field != history.TRASH else None
    text = bool(place and (isinstance(place[0].type, BilingualType | TextType) and not place[0].meta.codes))
    before = "" if question.kind == MEMBER else _before(desk, question, [each.value for each in question.candidates])
    files = question.kind == ATTACHED and field == "file"
    told = _told(desk, question) if field == history.TRASH and question.kind != MEMBER else ""
    return Conflict(question.id, question.kind, title, field, label, said, before, text, record, files, told)


def _told(desk: Desk, question: Question) -> str:
    """Return who changed what after somebody put the record in the Trash, or without knowing that."""
    keep, trash = question.candidates
    written = [each for each in desk.history(question.id) if (each.device, each.time) == (keep.device, keep.time)]
    fields = [each.field for each in written if not each.field.endswith(".state") and each.field != TRASHED]
    labels = dict.fromkeys(history.label_of(question.kind, field) for field in fields)
    what = tr("log", ", ").join(f"“{label}”" for label in labels) or tr("questions", "a part of it")
    said = {"who": keep.person or "—", "what": what, "other": trash.person or "—"}
    if any(each.field == TRASHED for each in written):
        return tr("questions", "{who} kept it, and {other} put it in the Trash", **said)
    if keep.time > trash.time:
        return tr("questions", "{who} changed {what} after {other} put it in the Trash", **said)
    return tr("questions", "{who} changed {what}, and {other} put it in the Trash without knowing of that", **said)


def _membership(desk: Desk, member: str) -> tuple[str, str]:
    ((owner, role, held),) = desk.ask("SELECT owner, role, member FROM member WHERE id = ?", member)
    kind = desk.read.kind_of(owner) or ""
    said = history.say_cell(desk, kind, role, held) if kind in KINDS else str(held)
    return owner, f"{history.label_of(kind, role)}: {said}" if kind in KINDS else str(role)


def _pair(desk: Desk, link: str) -> tuple[str, str]:
    found: Any = records.get(desk, link)
    both = desk.read.apart([found.a or "", found.b or ""])  # as each was written: merged they have one title
    return records.shown(desk, found.a or ""), dotted(*(title_of(each, language()) or "—" for each in both))


def _before(desk: Desk, question: Question, values: list[Json]) -> str:
    written = [change for change in desk.history(question.id) if change.field == question.cell]
    at = {(each.device, each.time) for each in question.candidates}
    old = next((change.old for change in written if (change.device, change.time) in at), None)
    return "" if old is None or old in values else history.say_cell(desk, question.kind, question.cell, old)


def _said(desk: Desk, question: Question, candidate: Candidate, number: int) -> SaidValue:
    value = candidate.value
    if question.cell == TRASHED:
        value = value == 1
        words = tr("questions", "To the Trash") if value else tr("questions", "Keep")
    elif question.kind == SAME:
        words = tr("same", "Not the same") if value else tr("same", "They are the same")
    else:
        words = history.say_cell(desk, question.kind, question.cell, value)
    own = candidate.device == own_id(desk)
    return SaidValue(value, words, candidate.person, moment(candidate.time), shown=number == 0, own=own)


def choose(desk: Desk, open_: Conflict, number: int) -> None:
    """Choose one of the values, counted from 1. Raises NoSuchCandidate."""
    if not 0 < number <= len(open_.candidates):
        raise NO_SUCH_CANDIDATE(field=open_.field, n=len(open_.candidates), said=number)
    value = open_.candidates[number - 1].value
    if open_.paper:
        answer(desk, open_.paper, take=number > 1)
    elif open_.field == history.TRASH:
        desk.decide(open_.id, TRASHED, int(value))
    else:
        desk.decide(open_.id, open_.field, value)


def choose_other(desk: Desk, open_: Conflict, said: str) -> None:
    """Choose another value, as typed into the field. Raises where it is not valid."""
    if open_.field == history.TRASH or open_.paper:
        raise NO_SUCH_CANDIDATE(field=open_.field, n=len(open_.candidates), said=said)
    place = KINDS[open_.kind].place_of(open_.field)
    if place is None:
        raise NOTHING_TO_DECIDE(field=open_.field)
    field, key = place
    if isinstance(field.type, BilingualType):
        value = tidy(said) or None
    else:
        value = field.type.split(read_value(field, said, lang=language())).get(key and f".{key}")
    desk.decide(open_.id, open_.field, value)


def keep_all(desk: Desk, open_: Conflict) -> None:
    """Keep every one of several files: the first in its place, each other beside it with its author's name."""
    if not open_.files:
        raise UserError(
            "Only files can all be kept, and “{field}” is not a file. Nothing was changed; choose one of the values.",
            code="not-files",
            field=open_.label,
        )
    with desk.save(["decide", {"id": open_.id, "cell": open_.field, "kind": open_.kind}]) as work:
        kept = work.get(Attachment, open_.id)
        work.decide(open_.id, open_.field, open_.candidates[0].value)
        for said in open_.candidates[1:]:
            file = read_value(KINDS[ATTACHED].fields["file"], said.value)
            if isinstance(file, FileRef):
                stem, dot, ending = (file.name or "").rpartition(".")
                name = f"{stem or ending} ({said.person}){dot}{ending if dot else ''}"
                work.new(Attachment, owner=kept.owner, file=replace(file, name=attached_files.safe_name(name)), title=kept.title,
                         type=kept.type, language=kept.language, internal=kept.internal)  # fmt: skip
