"""Funding programmes, countries and places."""

from __future__ import annotations

from functools import cache
from typing import ClassVar

from sqlalchemy.orm import Mapped

from ucapdesk.base.ids import derived_id
from ucapdesk.model.record import Filed, Record, field, members, ref
from ucapdesk.model.rules.country_facts import calling_code, currency, in_union, time_zones
from ucapdesk.model.values import Bilingual, Codes, FileRef, Geo, PartialDate, Quantity, Refs


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


LISTED_COUNTRIES = "countries"
"""The reference list of countries and regions."""


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
