"""Organisations, people, their posts, and who is a contact for what."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy.orm import Mapped

from ucapdesk.model.record import Filed, Ordered, Record, computed, field, members, owner, ref, told_by_others
from ucapdesk.model.values import Bilingual, Codes, FileRef, HanName, PartialDate, PersonName


class Organisation(Filed, Record):
    """An authority, company, university, or a division of one."""

    label, plural = "Organisation", "Organisations"
    papers: ClassVar[str] = "many"
    title_fields: ClassVar[tuple[str, ...]] = ("name", "short_name", "acronym")

    name: Mapped[Bilingual | None] = field("Name", search=5, column=True, needed=True)
    short_name: Mapped[Bilingual | None] = field("Short name", search=5)
    acronym: Mapped[str | None] = field("Acronym", search=5, column=True)
    type: Mapped[str | None] = field("Type", codes="organisation_type", column=True)
    helix: Mapped[str | None] = field("Sector", codes="helix")
    parent: Mapped[str | None] = ref("organisation", "Part of", column=True)
    place: Mapped[str | None] = ref("place", "City", column=True)
    address: Mapped[Bilingual | None] = field("Address", search=1)
    phone: Mapped[str | None] = field("Telephone", search=1, shape="phone")
    email: Mapped[str | None] = field("E-mail", shape="email", search=1)
    website: Mapped[str | None] = field("Website", shape="url")
    wechat: Mapped[str | None] = field("WeChat")
    description: Mapped[Bilingual | None] = field("Description", search=1, long=True)
    logo: Mapped[FileRef | None] = field("Logo")


class Person(Filed, Record):
    """A person, named in both scripts where both are known. A Han name is never made up."""

    label, plural = "Person", "People"
    papers: ClassVar[str] = "many"
    title_fields: ClassVar[tuple[str, ...]] = ("name", "name_han")

    salutation: Mapped[str | None] = field("Salutation", codes="salutation")
    salutation_free: Mapped[Bilingual | None] = field("Other form of address")
    academic_title: Mapped[str | None] = field("Academic title")
    name: Mapped[PersonName | None] = field("Name", search=5, column=True, needed=True)
    name_han: Mapped[HanName | None] = field("Name in Chinese characters", search=5, column=True)
    name_phonetic: Mapped[Bilingual | None] = field("Name as written in other scripts", search=5, untranslated=True)
    name_other: Mapped[str | None] = field("Other names", search=4)
    surname_capitals: Mapped[bool | None] = field("Print the surname in capitals")
    pronunciation: Mapped[str | None] = field("Pronunciation")
    gender: Mapped[str | None] = field("Gender", audience="principal")
    place: Mapped[str | None] = ref("place", "City", column=True)
    nationality: Mapped[str | None] = ref("country", "Nationality")
    spoken: Mapped[Codes | None] = members("Languages spoken", codes="spoken_languages")
    bio: Mapped[Bilingual | None] = field("Short biography", search=1, long=True)
    bio_long: Mapped[Bilingual | None] = field("Biography", search=1, long=True)
    email: Mapped[str | None] = field("E-mail", shape="email", search=1)
    mobile: Mapped[str | None] = field("Mobile telephone", search=1, shape="phone", audience="numbers")
    phone: Mapped[str | None] = field("Office telephone", search=1, shape="phone")
    wechat: Mapped[str | None] = field("WeChat", audience="numbers")
    whatsapp: Mapped[str | None] = field("WhatsApp", audience="numbers")
    contact_by: Mapped[str | None] = field("Best way to reach", audience="principal")
    diet: Mapped[Codes | None] = members("Diet", codes="dietary", audience="kitchen")
    diet_note: Mapped[Bilingual | None] = field("Note on diet", audience="kitchen")
    allergies: Mapped[str | None] = field("Allergies", audience="kitchen")
    habits: Mapped[str | None] = field("Drinks and smokes", audience="principal")
    mobility: Mapped[str | None] = field("Mobility needs", audience="kitchen")
    clothing_size: Mapped[str | None] = field("Clothing size", audience="principal")
    emergency_contact: Mapped[str | None] = field("Emergency contact", audience="numbers")
    birthday: Mapped[str | None] = field("Birthday (month and day)", audience="principal")
    consent: Mapped[str | None] = field("Consent", audience="principal")
    keep_until: Mapped[PartialDate | None] = field("Keep data until", audience="principal")
    portrait: Mapped[FileRef | None] = field("Portrait")
    passport_number: Mapped[str | None] = field("Passport number", audience="principal", local=True)
    passport_expires: Mapped[str | None] = field("Passport expires", audience="principal", local=True)
    visa: Mapped[str | None] = field("Visa", audience="principal", local=True)
    address_as = computed("Address as", Bilingual, told_by_others("address_as"), search=1)


def names_of(person: Record) -> list[str]:
    said = [person.name, person.name_han] if isinstance(person, Person) else []
    found = [str(name) for name in said if name]
    found += [person.name_han.joined] if isinstance(person, Person) and person.name_han else []
    latin = person.name if isinstance(person, Person) else None
    if latin and latin.family and latin.given:
        found += [f"{latin.given} {latin.family}", f"{latin.family} {latin.given}"]
    return [*dict.fromkeys(filter(None, found))]


def families_of(person: Record) -> list[str]:
    return [person.name.family] if isinstance(person, Person) and person.name and person.name.family else []


class Affiliation(Ordered, Record):
    """A person's post at an organisation, for a time."""

    label, plural = "Post", "Posts"
    title_fields: ClassVar[tuple[str, ...]] = ("post", "organisation")

    owner: Mapped[str | None] = owner("person")
    organisation: Mapped[str | None] = ref("organisation", "Organisation", column=True, needed=True)
    post: Mapped[Bilingual | None] = field("Post", search=3, column=True)
    post_code: Mapped[str | None] = field("Standard post", codes="posts")
    rank: Mapped[str | None] = field("Rank", codes="rank_levels")
    rank_order: Mapped[int | None] = field("Order of rank")
    dates: Mapped[PartialDate | None] = field("From and to", search=1, example="since 2021")
    main: Mapped[bool | None] = field("Main post")
    secretary: Mapped[str | None] = ref("person", "Assistant or secretary")


class ContactRole(Ordered, Record):
    """A contact person in a UCAP, for one of its places or for the programme."""

    label, plural = "Contact", "Contacts"
    title_fields: ClassVar[tuple[str, ...]] = ("person",)
    identity: ClassVar[tuple[str, ...]] = ("owner", "role", "person")
    about: ClassVar[str] = "person"

    owner: Mapped[str | None] = owner("ucap")
    person: Mapped[str | None] = ref("person", "Person", column=True, needed=True)
    role: Mapped[str | None] = field("Role", codes="contact_role", column=True)
    side: Mapped[str | None] = field("Side", codes="side", column=True)
    place: Mapped[str | None] = ref("place", "City", column=True)
    print: Mapped[str | None] = field("As printed", search=1)
    note: Mapped[Bilingual | None] = field("Note", search=1, audience="delegation")
