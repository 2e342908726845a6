"""The partnership: countries, places and funding programmes; the action plan with its two sides, cities, statements, themes,
pilot projects and their road map.
"""

from __future__ import annotations

from functools import cache
from typing import ClassVar

from sqlalchemy.orm import Mapped

from ucapdesk.base.ids import derived_id
from ucapdesk.model.record import Filed, Ordered, Record, computed, field, members, owner, ref
from ucapdesk.model.rules.country_facts import calling_code, currency, in_union, time_zones
from ucapdesk.model.rules.status import is_overdue
from ucapdesk.model.values import Bilingual, Codes, FileRef, Geo, Money, PartialDate, Quantity, Refs


class Programme(Filed, Record):
    """A funding programme (IUC, IURC); never a UCAP."""

    label, plural = "Funding programme", "Funding programmes"
    title_fields: ClassVar[tuple[str, ...]] = ("name", "code")

    code: Mapped[str | None] = field("Code", search=4, column=True)
    name: Mapped[Bilingual | None] = field("Name", search=5, column=True, needed=True)
    period: Mapped[PartialDate | None] = field("Period", search=1, example="2021–2024", column=True)
    funder: Mapped[Bilingual | None] = field("Funder", search=1)
    website: Mapped[str | None] = field("Website", shape="url")
    logo: Mapped[FileRef | None] = field("Logo")


class Country(Record):
    """A country or region; its name is that of the list, or as the workspace calls it."""

    label, plural = "Country or region", "Countries and regions"
    title_fields: ClassVar[tuple[str, ...]] = ("name", "alpha2")
    identity: ClassVar[tuple[str, ...]] = ("alpha2",)

    @classmethod
    def derived_name(cls, **identity: str) -> tuple[str, ...]:
        """``country|ES``."""
        return ("country", identity["alpha2"])

    alpha2: Mapped[str | None] = field("Code", search=4, column=True, needed=True)
    name: Mapped[Bilingual | None] = field("Name", search=5, column=True, official=True)
    eu27: Mapped[bool | None] = field("In the European Union", follows=in_union)
    time_zones: Mapped[Codes | None] = members("Time zones", shape="zone", follows=time_zones)
    calling_code: Mapped[str | None] = field("Calling code", follows=calling_code)
    emergency: Mapped[str | None] = field("Emergency numbers")
    plugs: Mapped[str | None] = field("Plugs")
    currency: Mapped[str | None] = field("Currency", follows=currency)


LISTED_COUNTRIES = "countries"  # The reference list of countries and regions


@cache
def country_id(alpha2: str) -> str:
    """Return the id of a country's or region's record in every workspace."""
    return derived_id(*Country.derived_name(alpha2=alpha2))


class Place(Filed, Record):
    """A city, region, district or venue."""

    label, plural = "City or place", "Cities and places"
    papers: ClassVar[str] = "many"
    title_fields: ClassVar[tuple[str, ...]] = ("name", "local_name")

    type: Mapped[str | None] = field("Kind", codes="place_kind", column=True)
    name: Mapped[Bilingual | None] = field("Name", search=5, column=True, needed=True)
    short_name: Mapped[Bilingual | None] = field("Short name", search=4)
    official_name: Mapped[Bilingual | None] = field("Official name", search=4)
    local_name: Mapped[str | None] = field("Name in its own language", search=4)
    pinyin: Mapped[str | None] = field("Pinyin", search=4)
    country: Mapped[str | None] = ref("country", "Country or region", column=True)
    state: Mapped[Bilingual | None] = field("State or province", search=2)
    parent: Mapped[str | None] = ref("place", "Part of", column=True)
    population: Mapped[Quantity | None] = field("Population")
    area_km2: Mapped[Quantity | None] = field("Area in km²")
    mayor: Mapped[str | None] = ref("person", "Mayor or head")
    time_zone: Mapped[str | None] = field("Time zone", shape="zone")
    website: Mapped[str | None] = field("Website", shape="url")
    description: Mapped[Bilingual | None] = field("Description", search=1, long=True)
    key_industries: Mapped[Bilingual | None] = field("Key industries", search=1, long=True)
    facts: Mapped[Bilingual | None] = field("Facts", search=1, long=True)
    sister_cities: Mapped[Refs | None] = members("Sister cities", kind="place")
    pilot_round: Mapped[str | None] = field("Round of pilot cities")
    address: Mapped[Bilingual | None] = field("Address", search=1)
    organisation: Mapped[str | None] = ref("organisation", "Run by")
    capacity: Mapped[Quantity | None] = field("Capacity")
    rooms: Mapped[Bilingual | None] = field("Rooms", long=True)
    access: Mapped[Bilingual | None] = field("How to get in", long=True)
    contact: Mapped[str | None] = ref("person", "Contact")
    phone: Mapped[str | None] = field("Telephone", search=1, shape="phone")
    wifi: Mapped[str | None] = field("Wi-Fi network and code", audience="delegation")
    hospital: Mapped[str | None] = ref("place", "Nearest hospital")
    position: Mapped[Geo | None] = field("Position on the map")
    logo: Mapped[FileRef | None] = field("Logo or arms")
    flag: Mapped[FileRef | None] = field("Flag")
    photo: Mapped[FileRef | None] = field("Photo")
    map: Mapped[FileRef | None] = field("Map")


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
