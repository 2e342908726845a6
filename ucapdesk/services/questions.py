"""Cells that several people wrote at once: which they are, in words of the reader, and choosing between the values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from ucapdesk.base.clock import moment
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import tr
from ucapdesk.base.json_text import Json
from ucapdesk.model.entry import read_value
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.model.values.cells import tidy
from ucapdesk.services import history, records
from ucapdesk.store.candidates import Candidate
from ucapdesk.store.desk import Desk, Question
from ucapdesk.store.held import TRASHED

__all__ = ["Conflict", "Question", "Said", "choose", "choose_other", "conflict", "conflicts", "decide", "questions"]
DECIDE = "decide"


class NothingToDecide(UserError):
    """That field has one value."""

    sentence = (
        "There is nothing to decide about {field} of this record. Nothing was changed; “conflicts” lists what is open."
    )


class NoSuchCandidate(UserError):
    """A number that is not in the list."""

    sentence = "{field} has {n} values to choose from, and {said} is none of them. Nothing was changed."


@dataclass(frozen=True, slots=True)
class Said:
    """One of the values. ``said``: in words of the reader; ``dot``: device and number of the changeset it came with."""

    value: Json
    said: str
    person: str
    time: datetime
    device: str
    shown: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field to decide. ``field``: a cell such as ``minutes.en``, or ``trash``; the shown value comes first."""

    id: str
    kind: str
    title: str
    field: str
    label: str
    candidates: tuple[Said, ...]

    def to_json(self) -> dict[str, Json]:
        """As scripts are told."""
        said = [
            {"value": each.value, "person": each.person, "time": f"{each.time:%Y-%m-%dT%H:%M:%SZ}", "shown": each.shown}
            for each in self.candidates
        ]
        return {"id": self.id, "kind": self.kind, "field": self.field, "candidates": said}


def questions(desk: Desk) -> list[Question]:
    """What is to be decided, and what was merged by itself, in records that are not in the Trash."""
    return desk.questions()


def conflicts(desk: Desk) -> list[Conflict]:
    """What a person must decide, in the order of the records."""
    open_ = [question for question in desk.questions() if question.state == DECIDE]
    titles = records.titles(desk, [question.id for question in open_])
    return [_conflict(desk, question, titles.get(question.id, "")) for question in open_]


def conflict(desk: Desk, id_: str, field: str) -> Conflict:
    """The open question about a field. Raises NothingToDecide."""
    found = next((each for each in conflicts(desk) if (each.id, each.field) == (id_, field)), None)
    if found is None:
        raise NothingToDecide(field=field)
    return found


def _conflict(desk: Desk, question: Question, title: str) -> Conflict:
    said = tuple(_said(desk, question, each, number) for number, each in enumerate(question.candidates))
    field = history.TRASH if question.cell == TRASHED else question.cell
    label = history.label_of(question.kind, question.cell)
    return Conflict(question.id, question.kind, title, field, label, said)


def _said(desk: Desk, question: Question, candidate: Candidate, number: int) -> Said:
    value = candidate.value
    if question.cell == TRASHED:
        value = value == 1
        words = tr("questions", "To the Trash") if value else tr("questions", "Keep")
    else:
        words = history.say_cell(desk, question.kind, question.cell, value)
    return Said(value, words, candidate.person, moment(candidate.time), candidate.device, shown=number == 0)


def choose(desk: Desk, open_: Conflict, number: int, *, initiator: object = None) -> None:
    """Choose one of the values, counted from 1. Raises NoSuchCandidate."""
    if not 0 < number <= len(open_.candidates):
        raise NoSuchCandidate(field=open_.field, n=len(open_.candidates), said=number)
    value = open_.candidates[number - 1].value
    if open_.field == history.TRASH:
        desk.decide(open_.id, TRASHED, int(value), initiator=initiator)
    else:
        desk.decide(open_.id, open_.field, value, initiator=initiator)


def choose_other(desk: Desk, open_: Conflict, said: str, *, initiator: object = None) -> None:
    """Choose another value, as it would be typed into the field. Raises where it cannot be one."""
    if open_.field == history.TRASH:
        raise NoSuchCandidate(field=open_.field, n=len(open_.candidates), said=said)
    place = KINDS[open_.kind].place_of(open_.field)
    if place is None:
        raise NothingToDecide(field=open_.field)
    field, key = place
    if isinstance(field.type, BilingualType):
        value = tidy(said) or None
    else:
        value = field.type.split(read_value(field, said)).get(key)
    desk.decide(open_.id, open_.field, value, initiator=initiator)


def decide(desk: Desk, id_: str, cell: str, value: Json, *, initiator: object = None) -> None:
    """Choose a value, one of the candidates or another."""
    desk.decide(id_, cell, value, initiator=initiator)
