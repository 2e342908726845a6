"""The action plan itself: its two sides, cities, statements, themes, pilot projects and their road map."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Mapped

from ucapdesk.model.record import Filed, Ordered, Record, computed, field, members, owner, ref
from ucapdesk.model.rules.lateness import is_overdue
from ucapdesk.model.values import Bilingual, Codes, Money, PartialDate, Quantity, Refs


class Ucap(Filed, Record):
    """An Urban Cooperation Action Plan."""

    label, plural = "UCAP", "UCAPs"
    papers: ClassVar[str] = "many"
    title_fields: ClassVar[tuple[str, ...]] = ("title", "reference")

    reference: Mapped[str | None] = field("Reference", search=4, column=True)
    title: Mapped[Bilingual | None] = field("Title", search=5, column=True, needed=True)
    programme: Mapped[str | None] = ref("programme", "Funding programme", column=True)
    form: Mapped[str | None] = field("Form", codes="ucap_form")
    status: Mapped[str | None] = field("Status", codes="ucap_status", column=True)
    document_date: Mapped[PartialDate | None] = field("Date of the document", search=1)
    period: Mapped[PartialDate | None] = field("Period of cooperation", search=1, example="2019–2021", column=True)
    key_focus: Mapped[Bilingual | None] = field("Key focus of the themes", search=1, long=True)
    key_challenges: Mapped[Bilingual | None] = field("Key challenges", search=1, long=True)
    main_objective: Mapped[Bilingual | None] = field("Main objective", search=1, long=True)
    expected_results: Mapped[Bilingual | None] = field("Expected results and benefits", search=1, long=True)
    reported_mou_count: Mapped[int | None] = field("MoUs reported", example="3")
    sdgs: Mapped[Codes | None] = members("Sustainable Development Goals", search=1, codes="sdgs")
    partnerships: Mapped[Codes | None] = members("Urban Agenda partnerships", codes="partnerships")
    places_named: Mapped[Refs | None] = members("Places named in the text", kind="place")


class UcapSide(Record):
    """One of the two sides (A the Chinese city, B its partners), with what is printed for the side as a whole."""

    label, plural = "Side", "Sides"
    title_fields: ClassVar[tuple[str, ...]] = ("label_text", "side")
    identity: ClassVar[tuple[str, ...]] = ("owner", "side")

    owner: Mapped[str | None] = owner("ucap")
    side: Mapped[str | None] = field("Side", codes="side", column=True, needed=True)
    label_text: Mapped[Bilingual | None] = field("Name of the side", search=2, column=True)
    cities_print: Mapped[str | None] = field("Cities as printed", search=1)
    countries_print: Mapped[str | None] = field("State/Country or region as printed", search=1)
    population: Mapped[Quantity | None] = field("Population")
    area_km2: Mapped[Quantity | None] = field("Area in km²")
    pairing_signed: Mapped[PartialDate | None] = field("Pairing agreement signed", search=1, column=True)
    visits_print: Mapped[Bilingual | None] = field("Visits as printed", search=1)


class UcapPlace(Ordered, Record):
    """A place's part in a UCAP: partner, included in one, associated, or only with a contact."""

    label, plural = "Place in the UCAP", "Places in the UCAP"
    title_fields: ClassVar[tuple[str, ...]] = ("place",)
    identity: ClassVar[tuple[str, ...]] = ("owner", "role", "place")

    owner: Mapped[str | None] = owner("ucap")
    place: Mapped[str | None] = ref("place", "Place", column=True, needed=True)
    side: Mapped[str | None] = field("Side", codes="side", column=True)
    role: Mapped[str | None] = field("Role", codes="ucap_place_role", column=True)
    print: Mapped[str | None] = field("As printed", search=1)


class UcapItem(Ordered, Record):
    """One challenge, objective, output or result of a UCAP, in its order."""

    label, plural = "Statement", "Statements"
    title_fields: ClassVar[tuple[str, ...]] = ("text",)

    owner: Mapped[str | None] = owner("ucap")
    type: Mapped[str | None] = field("Kind", codes="ucap_item_kind", column=True)
    text: Mapped[Bilingual | None] = field("Text", search=1, long=True, column=True, needed=True)
    meeting: Mapped[str | None] = ref("meeting", "Meeting")
    visit: Mapped[str | None] = ref("visit", "Visit")
    reported_count: Mapped[int | None] = field("Number reported")


class Theme(Ordered, Record):
    """A cooperation theme of a UCAP with its goals and partnerships."""

    label, plural = "Theme", "Themes"
    title_fields: ClassVar[tuple[str, ...]] = ("name",)

    owner: Mapped[str | None] = owner("ucap")
    name: Mapped[Bilingual | None] = field("Name", search=5, column=True, needed=True)
    description: Mapped[Bilingual | None] = field("Description", search=1, long=True)
    topic: Mapped[str | None] = field("Topic", codes="iuc_topics")
    sdgs: Mapped[Codes | None] = members("Sustainable Development Goals", search=1, codes="sdgs", column=True)
    partnerships: Mapped[Codes | None] = members("Urban Agenda partnerships", codes="partnerships", column=True)
    references_print: Mapped[str | None] = field("References as printed", search=1)
    print: Mapped[str | None] = field("As printed", search=1)
    notes: Mapped[Bilingual | None] = field("Notes", search=1, long=True, audience="principal")


class PilotProject(Filed, Ordered, Record):
    """A pilot project under one or several themes."""

    label, plural = "Pilot project", "Pilot projects"

    ucap: Mapped[str | None] = ref("ucap", "UCAP", column=True)
    themes: Mapped[Refs | None] = members("Themes", kind="theme", column=True)
    title: Mapped[Bilingual | None] = field("Title", search=5, column=True, needed=True)
    description: Mapped[Bilingual | None] = field("Description", search=1, long=True)
    status: Mapped[str | None] = field("Status", codes="pilot_project_status", column=True)
    places: Mapped[Refs | None] = members("Places", kind="place")
    organisations: Mapped[Refs | None] = members("Organisations", kind="organisation")
    responsible: Mapped[str | None] = ref("person", "Responsible")
    dates: Mapped[PartialDate | None] = field("Dates", search=1, example="2019–2021", column=True)
    results: Mapped[Bilingual | None] = field("Results", search=1, long=True)
    budget: Mapped[Money | None] = field("Budget", audience="principal")
    sdgs: Mapped[Codes | None] = members("Sustainable Development Goals", search=1, codes="sdgs")
    partnerships: Mapped[Codes | None] = members("Urban Agenda partnerships", codes="partnerships")
    endorsed: Mapped[PartialDate | None] = field("Endorsed", search=1)
    endorsed_by: Mapped[str | None] = ref("organisation", "Endorsed by")
    endorsed_at: Mapped[str | None] = ref("meeting", "Endorsed at")


class RoadMapStep(Ordered, Record):
    """One step on a pilot project's road map."""

    label, plural = "Road map step", "Road map"

    owner: Mapped[str | None] = owner("pilot_project")
    title: Mapped[Bilingual | None] = field("Title", search=3, column=True, needed=True)
    due: Mapped[PartialDate | None] = field("Due", search=1, column=True)
    status: Mapped[str | None] = field("Status", codes="step_status", column=True)
    overdue = computed("Overdue", bool, is_overdue, search=1)
    responsible: Mapped[str | None] = ref("person", "Responsible")
    note: Mapped[Bilingual | None] = field("Note", search=1, long=True)
