"""The paper of actions: text, owner and due date; grouped by owner, overdue ones marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Block, Cell, Paper, Para, Section, Words
from ucapdesk.model.kinds.agreement_kinds import Agreement
from ucapdesk.model.kinds.meeting_kinds import ActionItem, Meeting
from ucapdesk.model.kinds.people_kinds import Organisation, Person
from ucapdesk.model.kinds.ucap_kinds import PilotProject, Ucap
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.rules.earlier_meetings import left_open
from ucapdesk.model.rules.lateness import OVERDUE, WORDS, is_overdue
from ucapdesk.model.rules.status import is_open
from ucapdesk.papers.document import Document, Option
from ucapdesk.papers.paper_parts import NONE, cell, number_column, paper, section, short_date
from ucapdesk.papers.paper_sides import side_name, sides_of
from ucapdesk.papers.paper_words import listed, of_code, of_text
from ucapdesk.papers.participants import person_name
from ucapdesk.papers.record_parts import ColumnOf, table_of
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request

ACTIONS = Message("document", "Action list")


@dataclass(frozen=True, slots=True)
class Action:
    """An action with its owner and its source."""

    record: ActionItem
    who: Words
    source: Words
    late: bool


def action_rows(reader: RedactedReader, items: Iterable[ActionItem]) -> list[Action]:
    """Return the actions as printed; late ones as of the newest change that was read, so that a reprint says the same."""
    found = list(items)
    day = reader.newest_change()[0].date()
    return [Action(item, _who(reader, item), _source(reader, item), is_overdue(item, day)) for item in found]


def _who(reader: RedactedReader, item: ActionItem) -> Words:
    person = reader.one(Person, item.person)
    house = reader.one(Organisation, item.organisation)
    parts = [person_name(person) if person else NONE, of_text(house.name) if house else NONE]
    known = [each for each in parts if not each.empty]
    return listed(known) if known else side_name(sides_of(reader, item), item.side) if item.side else NONE


def _source(reader: RedactedReader, item: ActionItem) -> Words:
    for kind in (Meeting, Visit, Agreement, PilotProject):
        owner = reader.one(kind, item.owner)
        if owner is not None:
            return of_text(owner.title)  # type: ignore[attr-defined]
    return NONE


def open_before(reader: RedactedReader, meeting: Meeting) -> list[ActionItem]:
    """Return the actions that earlier meetings left open."""

    def linked(**where: object) -> list[Meeting]:
        return reader.linked(Meeting, "when", **where)

    return left_open(meeting, linked, lambda id_: reader.children(ActionItem, id_))


def action_table(
    reader: RedactedReader, actions: Sequence[Action], *, grouped: bool = False, source: bool = False
) -> list[Block]:
    """Return the table; ``grouped`` by owner, ``source`` with where they come from."""
    columns = (
        number_column(1),
        ColumnOf(lambda each: (Para(of_text(each.record.text)),), 8, "action_item.text", split=True),
        ColumnOf(lambda each: NONE if grouped else each.who, 3.6, "action_item.person"),
        ColumnOf(due, 2.6, "action_item.due"),
        ColumnOf(status, 2.4, "action_item.status"),
        ColumnOf(lambda each: each.source if source else NONE, 3.6, Message("paper", "From"), role="note"),
    )
    rows: list[Action | Words] = []
    for n, each in enumerate(actions):
        if grouped and (n == 0 or each.who != actions[n - 1].who):
            rows.append(each.who if not each.who.empty else Words.label(Message("paper", "Nobody named yet")))
        rows.append(each)
    return table_of(reader, rows, columns)


def due(action: Action) -> Cell:
    """Return the due date, and whether it is past."""
    late = (Para(Words.label(WORDS[OVERDUE]), "warning", close=True),) if action.late else ()
    return (*cell(short_date(action.record.due)), *late)


def status(action: Action) -> Cell:
    """Return the status, and what blocks it."""
    return cell(of_code("action_status", action.record.status), of_text(action.record.blocked_reason))


# -- the document ---------------------------------------------------------------------------------


def _make(reader: RedactedReader, request: Request) -> Paper:
    items = actions_of(reader, request.ids)
    if request.option("which") == "open":
        items = [item for item in items if is_open(item)]
    actions = action_rows(reader, items)
    actions.sort(
        key=lambda each: (str(each.who.text.get("en") or each.who.text.get("zh") or "\uffff"), _due(each.record))
    )
    sections: Sequence[Section] = section(action_table(reader, actions, grouped=True, source=True))
    first = _owner(reader, request.ids[0])
    title = of_text(getattr(first, "title", None)) if first is not None else NONE
    if isinstance(first, Person):
        title = person_name(first)
    return paper(reader, request, ACTIONS, title if len(request.ids) == 1 else NONE, sections, marked=first)


def _due(item: ActionItem) -> str:
    return item.due.bounds[1] if item.due else "9999"


def _owner(reader: RedactedReader, id_: str) -> Visit | Meeting | Agreement | Ucap | Person | None:
    kind = {"visit": Visit, "meeting": Meeting, "agreement": Agreement, "ucap": Ucap, "person": Person}.get(
        reader.desk.read.kind_of(id_) or ""
    )
    return reader.get(kind, id_) if kind else None  # type: ignore[return-value]


def actions_of(reader: RedactedReader, ids: Sequence[str]) -> list[ActionItem]:
    """Return the actions of records: their own, and for a visit or a UCAP those of everything in it."""
    found: dict[str, ActionItem] = {}
    for id_ in ids:
        kind = reader.desk.read.kind_of(id_)
        if kind == "action_item":
            found[id_] = reader.get(ActionItem, id_)
        elif kind == "person":
            found.update((item.id, item) for item in reader.linked(ActionItem, "due", person=id_))
        else:
            for owner in (id_, *_parts(reader, kind or "", id_)):
                found.update((item.id, item) for item in reader.children(ActionItem, owner))
    return list(found.values())


def _parts(reader: RedactedReader, kind: str, id_: str) -> list[str]:
    """Return the ids of a visit's or UCAP's records that may have actions."""
    if kind == "visit":
        return [each.id for each in reader.linked(Meeting, "when", visit=id_)]
    if kind != "ucap":
        return []
    visits = reader.linked(Visit, "dates", ucaps=id_)
    meetings = reader.linked(Meeting, "when", ucap=id_)
    others = [*reader.linked(Agreement, ucap=id_), *reader.linked(PilotProject, ucap=id_)]
    return list(dict.fromkeys(each.id for each in (*visits, *meetings, *others)))


DOCUMENTS = (
    Document(
        "action_list", ACTIONS, _make, kinds=("visit", "meeting", "ucap", "agreement", "person", "action_item"), order=300, several=True, editions=("delegation", "hosts"), pages=("A4", "large"),
        options=(
            Option("which", Message("paper setup", "Which"), (
                ("open", Message("paper setup", "Open ones")),
                ("all", Message("paper setup", "All")),
            )),
        ),
    ),
)  # fmt: skip
