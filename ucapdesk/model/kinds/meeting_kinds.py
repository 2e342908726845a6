"""Meetings: agenda, minutes, and what was agreed to be done."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Mapped

from ucapdesk.model.record import Filed, Ordered, Record, computed, field, members, owner, ref
from ucapdesk.model.rules.lateness import is_overdue
from ucapdesk.model.values import Bilingual, Codes, PartialDate, Quantity, Refs, When


class Meeting(Filed, Record):
    """A meeting, with or without a visit around it."""

    label, plural = "Meeting", "Meetings"
    papers: ClassVar[str] = "many"

    title: Mapped[Bilingual | None] = field("Title", search=5, column=True, needed=True)
    when: Mapped[When | None] = field("Date and time", search=1, column=True, needed=True)
    ucap: Mapped[str | None] = ref("ucap", "UCAP", column=True)
    visit: Mapped[str | None] = ref("visit", "Visit", column=True)
    themes: Mapped[Refs | None] = members("Themes", kind="theme")
    ordinal: Mapped[int | None] = field("Number in the UCAP")
    type: Mapped[str | None] = field("Kind", codes="meeting_kind")
    mode: Mapped[str | None] = field("Held", codes="meeting_mode", column=True)
    status: Mapped[str | None] = field("Status", codes="meeting_status", column=True)
    places: Mapped[Refs | None] = members("Places", kind="place", column=True)
    places_print: Mapped[str | None] = field("Places as printed", search=1)
    room: Mapped[str | None] = field("Room", search=1)
    online_link: Mapped[str | None] = field("Link to join", shape="url", audience="delegation")
    chair_a: Mapped[str | None] = ref("person", "Chair, {side}", of_side="A")
    chair_b: Mapped[str | None] = ref("person", "Chair, {side}", of_side="B")
    spoken: Mapped[Codes | None] = members("Languages", codes="spoken_languages")
    interpretation: Mapped[str | None] = field("Interpreting", codes="interpretation")
    reported_participants: Mapped[Quantity | None] = field("Participants reported")
    objectives: Mapped[Bilingual | None] = field("Objectives", search=1, long=True)
    background: Mapped[Bilingual | None] = field("Background", search=1, long=True)
    lines_to_take: Mapped[Bilingual | None] = field("Lines to take", search=1, long=True, audience="delegation")
    their_points: Mapped[Bilingual | None] = field("Their likely points", search=1, long=True, audience="delegation")
    questions: Mapped[Bilingual | None] = field("Questions to ask", search=1, long=True, audience="delegation")
    if_raised: Mapped[Bilingual | None] = field("If raised", search=1, long=True, audience="delegation")
    do_not_raise: Mapped[Bilingual | None] = field("Do not raise", search=1, long=True, audience="principal")
    summary: Mapped[Bilingual | None] = field("Summary", search=2, long=True)
    press_line: Mapped[Bilingual | None] = field("Press line", search=1, long=True)
    next_meeting: Mapped[str | None] = ref("meeting", "Next meeting")


class AgendaItem(Ordered, Record):
    """A topic, or a part of the meeting with its own numbers (a forum, a round table)."""

    label, plural = "Agenda item", "Agenda"

    owner: Mapped[str | None] = owner("meeting")
    title: Mapped[Bilingual | None] = field("Title", search=3, column=True, needed=True)
    type: Mapped[str | None] = field("Kind", codes="agenda_kind", column=True)
    starts: Mapped[str | None] = field("Starts", shape="clock", column=True)
    minutes: Mapped[int | None] = field("Minutes", example="20")
    note: Mapped[Bilingual | None] = field("Note", search=1, long=True)
    speakers: Mapped[Refs | None] = members("Speakers", kind="person")
    side: Mapped[str | None] = field("Side", codes="side")
    reported_participants: Mapped[Quantity | None] = field("Participants reported")
    outcome: Mapped[Bilingual | None] = field("Outcome", search=1, long=True)
    internal: Mapped[bool | None] = field("Internal")
    done: Mapped[bool | None] = field("Done")


class MinuteEntry(Ordered, Record):
    """One entry of the minutes."""

    label, plural = "Minutes entry", "Minutes"
    title_fields: ClassVar[tuple[str, ...]] = ("text",)

    owner: Mapped[str | None] = owner("meeting")
    agenda_item: Mapped[str | None] = ref("agenda_item", "Agenda item")
    type: Mapped[str | None] = field("Kind", codes="minute_kind", column=True)
    text: Mapped[Bilingual | None] = field("Text", search=2, long=True, column=True, needed=True)
    side: Mapped[str | None] = field("Side", codes="side", column=True)
    said_by: Mapped[str | None] = ref("person", "Said by")
    agreed_a: Mapped[bool | None] = field("Agreed by {side}", of_side="A")
    agreed_b: Mapped[bool | None] = field("Agreed by {side}", of_side="B")


class ActionItem(Filed, Ordered, Record):
    """An action, with owner and due date. It may stand without a meeting."""

    label, plural = "Action", "Actions"
    papers: ClassVar[str] = "many"
    title_fields: ClassVar[tuple[str, ...]] = ("text",)

    owner: Mapped[str | None] = owner("meeting", "visit", "agreement", "pilot_project")
    text: Mapped[Bilingual | None] = field("Text", search=3, long=True, column=True, needed=True)
    person: Mapped[str | None] = ref("person", "Who", column=True)
    organisation: Mapped[str | None] = ref("organisation", "Organisation")
    side: Mapped[str | None] = field("Side", codes="side", column=True)
    due: Mapped[PartialDate | None] = field("Due", search=1, column=True)
    priority: Mapped[str | None] = field("Priority", codes="action_priority")
    status: Mapped[str | None] = field("Status", codes="action_status", column=True)
    blocked_reason: Mapped[Bilingual | None] = field("Why it is blocked", search=1)
    done_on: Mapped[PartialDate | None] = field("Done on", search=1)
    evidence: Mapped[Bilingual | None] = field("Evidence", search=1)
    overdue = computed("Overdue", bool, is_overdue, search=1)
