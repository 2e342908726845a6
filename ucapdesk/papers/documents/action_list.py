"""The paper of actions: text, source and due date; grouped by owner, overdue ones marked."""

from __future__ import annotations

from collections.abc import Sequence

from ucapdesk.base.i18n import Message
from ucapdesk.briefing.content import Paper
from ucapdesk.briefing.text_elements import NO_WORDS
from ucapdesk.model.kinds.agreement_kinds import Agreement
from ucapdesk.model.kinds.meeting_kinds import ActionItem, Meeting
from ucapdesk.model.kinds.ucap_kinds import PilotProject
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.rules.lateness import due_by
from ucapdesk.model.rules.status import is_open
from ucapdesk.papers.document import Document, Option
from ucapdesk.papers.paper_parts import paper, section
from ucapdesk.papers.record_parts import name_of
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.papers.request import Request
from ucapdesk.papers.sections.actions_section import action_rows, action_table, by_owner

ACTIONS = Message("document", "Action list")


def _make(reader: RedactedReader, request: Request) -> Paper:
    items = actions_of(reader, request.ids)
    if request.options["which"] == "open":
        items = [item for item in items if is_open(item)]
    actions = action_rows(reader, items)
    actions.sort(
        key=lambda each: (str(each.who.text.get("en") or each.who.text.get("zh") or "\uffff"), due_by(each.record))
    )
    sections = section(action_table(reader, actions, by=by_owner, source=True))
    first = reader.subject(request.ids[0])
    owner = None if isinstance(first, ActionItem) else first
    title = name_of(owner) if owner is not None and len(request.ids) == 1 else NO_WORDS
    return paper(reader, request, ACTIONS, title, sections, marked=owner)


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
