"""Visits and meetings: who travels, the itinerary by day, transport, what to prepare, gifts; agenda, minutes, and what was agreed to be done."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Mapped

from ucapdesk.model.record import Filed, Ordered, Record, computed, field, members, owner, ref
from ucapdesk.model.rules.status import is_overdue
from ucapdesk.model.values import Bilingual, Codes, Money, PartialDate, Quantity, Refs, When

# Fields of a programme item that name who leads it, of the hosts first, and who interprets.
LEADS = ("host_lead", "our_lead", "interpreter")
MEALS = ("meal", "banquet")  # Types of programme items at which people eat


class Visit(Filed, Record):
    """A delegation's visit. Its direction follows from the travelling side and who reads."""

    label, plural = "Visit", "Visits"
    papers: ClassVar[str] = "many"

    title: Mapped[Bilingual | None] = field("Title", search=5, column=True, needed=True)
    dates: Mapped[PartialDate | None] = field("Dates", search=1, example="14–18 Apr 2027", column=True, needed=True)
    ucaps: Mapped[Refs | None] = members("UCAPs", kind="ucap", column=True)
    type: Mapped[str | None] = field("Kind", codes="visit_kind")
    status: Mapped[str | None] = field("Status", codes="visit_status", column=True)
    travelling_side: Mapped[str | None] = field("Travelling side", codes="side", column=True)
    host_places: Mapped[Refs | None] = members("Host cities", kind="place", column=True)
    other_places: Mapped[Refs | None] = members("Other places", kind="place")
    time_zone: Mapped[str | None] = field("Time zone", shape="zone")
    purpose: Mapped[Bilingual | None] = field("Purpose", search=1, long=True)
    objectives: Mapped[Bilingual | None] = field("Objectives", search=1, long=True)
    key_messages: Mapped[Bilingual | None] = field("Key messages", search=1, long=True, audience="delegation")
    head: Mapped[str | None] = ref("person", "Head of delegation")
    delegation_size: Mapped[Quantity | None] = field("Size of the delegation")
    delegation_name: Mapped[Bilingual | None] = field("Name of the delegation", search=3)
    invited_by: Mapped[str | None] = ref("organisation", "Invited by")
    invitation_date: Mapped[PartialDate | None] = field("Date of the invitation", search=1)
    invitation_reference: Mapped[str | None] = field("Reference of the invitation", search=1)
    approval_number: Mapped[str | None] = field("Approval number", search=1, audience="principal")
    cost_bearer: Mapped[Bilingual | None] = field("Who bears the cost", audience="principal")
    budget: Mapped[Money | None] = field("Budget", audience="principal")
    budget_lines: Mapped[Bilingual | None] = field("Budget lines", long=True, audience="principal")
    hotels: Mapped[Refs | None] = members("Hotels", kind="place")
    vehicles: Mapped[Bilingual | None] = field("Vehicles and drivers", long=True)
    luggage: Mapped[Bilingual | None] = field("Luggage", long=True)
    internet: Mapped[Bilingual | None] = field("Internet and mobile data", long=True)
    medical: Mapped[Bilingual | None] = field("Medical care", long=True)
    embassies: Mapped[Refs | None] = members("Embassy and consulates", kind="organisation")
    duty_phone: Mapped[str | None] = field("24-hour duty telephone", search=1, shape="phone")
    coordinator: Mapped[str | None] = ref("person", "Coordinator")
    host_coordinator: Mapped[str | None] = ref("person", "Host coordinator")
    report: Mapped[Bilingual | None] = field("Report", search=1, long=True)
    outcomes: Mapped[Bilingual | None] = field("Outcomes", search=1, long=True)


class Participation(Ordered, Record):
    """One person's part in a visit, a meeting or an itinerary item."""

    label, plural = "Participant", "Participants"
    title_fields: ClassVar[tuple[str, ...]] = ("person", "free_name")
    identity: ClassVar[tuple[str, ...]] = ("owner", "role", "person")
    about: ClassVar[str] = "person"

    owner: Mapped[str | None] = owner("visit", "meeting", "itinerary_item")
    person: Mapped[str | None] = ref("person", "Person", column=True)
    free_name: Mapped[Bilingual | None] = field("Name, if not on record", search=3, column=True)
    side: Mapped[str | None] = field("Side", codes="side", column=True)
    role: Mapped[str | None] = field("Role", codes="participation_role", column=True)
    attendance: Mapped[str | None] = field("Attendance", codes="attendance", column=True)
    badge: Mapped[bool | None] = field("Badge printed")
    seat: Mapped[str | None] = field("Seat")
    arrival: Mapped[str | None] = ref("transport_leg", "Arrives with")
    departure: Mapped[str | None] = ref("transport_leg", "Leaves with")
    room: Mapped[str | None] = field("Room")
    diet: Mapped[str | None] = field("Diet on this occasion", audience="kitchen")
    remarks: Mapped[Bilingual | None] = field("Remarks", search=1, audience="principal")
    speaks: Mapped[bool | None] = field("Speaks")


class ItineraryDay(Record):
    """One day of a visit."""

    label, plural = "Day", "Days"
    title_fields: ClassVar[tuple[str, ...]] = ("title", "date")
    identity: ClassVar[tuple[str, ...]] = ("owner", "date")

    owner: Mapped[str | None] = owner("visit")
    date: Mapped[str | None] = field("Date", shape="day", column=True, needed=True)
    title: Mapped[Bilingual | None] = field("Title", search=3, column=True)
    place: Mapped[str | None] = ref("place", "City", column=True)
    dress: Mapped[str | None] = field("Dress", codes="dress_code")
    weather: Mapped[Bilingual | None] = field("Weather")
    hotel: Mapped[str | None] = ref("place", "Hotel")
    coordinator: Mapped[str | None] = ref("person", "Coordinator of the day")


class ItineraryItem(Ordered, Record):
    """One point of the programme of a day."""

    label, plural = "Programme item", "Programme"
    papers: ClassVar[str] = "one"

    owner: Mapped[str | None] = owner("visit")
    when: Mapped[When | None] = field("Date and time", search=1, column=True, needed=True)
    type: Mapped[str | None] = field("Kind", codes="itinerary_kind", column=True)
    title: Mapped[Bilingual | None] = field("Title", search=4, column=True, needed=True)
    place: Mapped[str | None] = ref("place", "Place", column=True)
    room: Mapped[str | None] = field("Room", search=1)
    address: Mapped[Bilingual | None] = field("Address", search=1)
    meeting: Mapped[str | None] = ref("meeting", "Meeting")
    transport: Mapped[str | None] = ref("transport_leg", "Transport")
    group: Mapped[str | None] = field("Group")
    host_lead: Mapped[str | None] = ref("person", "Led by, {side}", of_side="hosts")
    our_lead: Mapped[str | None] = ref("person", "Led by, {side}", of_side="guests")
    interpreter: Mapped[str | None] = ref("person", "Interpreter")
    cars: Mapped[Bilingual | None] = field("Cars")
    menu: Mapped[Bilingual | None] = field("Menu", long=True)
    ceremony: Mapped[Bilingual | None] = field("Order of ceremony", long=True)
    dress: Mapped[str | None] = field("Dress", codes="dress_code")
    bring: Mapped[Bilingual | None] = field("What to bring")
    internal_note: Mapped[Bilingual | None] = field("Internal note", search=1, long=True, audience="principal")
    public: Mapped[bool | None] = field("Open to the media")
    confirmed: Mapped[bool | None] = field("Confirmed")
    fixed: Mapped[bool | None] = field("Fixed time")
    plan_b: Mapped[Bilingual | None] = field("Plan B")


class TransportLeg(Ordered, Record):
    """A flight, a train, a ride: from one place and clock to another."""

    label, plural = "Transport", "Transport"
    title_fields: ClassVar[tuple[str, ...]] = ("number", "mode")

    owner: Mapped[str | None] = owner("visit")
    mode: Mapped[str | None] = field("Means", codes="transport", column=True)
    number: Mapped[str | None] = field("Number or plate", search=2, column=True)
    departs_from: Mapped[Bilingual | None] = field("From", search=1, column=True)
    arrives_at: Mapped[Bilingual | None] = field("To", search=1, column=True)
    when: Mapped[When | None] = field("Departure and arrival", search=1, shape="journey", column=True)
    seats: Mapped[int | None] = field("Seats", example="18")
    booking: Mapped[str | None] = field("Booking reference", audience="delegation")
    driver: Mapped[str | None] = field("Driver and telephone", search=1, audience="numbers")


class ChecklistItem(Ordered, Record):
    """A checklist item, due so many days before or after the visit."""

    label, plural = "Checklist item", "Checklist"
    title_fields: ClassVar[tuple[str, ...]] = ("text",)

    owner: Mapped[str | None] = owner("visit", "meeting", "agreement", "template")
    text: Mapped[Bilingual | None] = field("Text", search=1, column=True, needed=True)
    offset_days: Mapped[int | None] = field("Days before (−) or after", example="-14", column=True)
    due: Mapped[PartialDate | None] = field("Due", search=1, column=True)
    responsible: Mapped[str | None] = ref("person", "Responsible", column=True)
    done: Mapped[bool | None] = field("Done", column=True)


class Gift(Record):
    """A gift given or received."""

    label, plural = "Gift", "Gifts"
    title_fields: ClassVar[tuple[str, ...]] = ("item",)

    owner: Mapped[str | None] = owner("visit")
    direction: Mapped[str | None] = field("Direction", codes="gift_direction", column=True)
    item: Mapped[Bilingual | None] = field("Gift", search=2, column=True, needed=True)
    from_person: Mapped[str | None] = ref("person", "From")
    to_person: Mapped[str | None] = ref("person", "To", column=True)
    value: Mapped[Money | None] = field("Value", audience="principal")
    register_number: Mapped[str | None] = field("Register number", audience="principal")
    kept: Mapped[str | None] = field("Kept or displayed", audience="principal")


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
