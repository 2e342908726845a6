"""Maps a UCAP paper to records: which part becomes which kind, and under which id. The whole mapping is in this file.

Values are plain: texts by language, EDTF text, quantities as dictionaries, links as ids, sets as lists. What the
paper does not say is left out. Titles of ours, where the paper has none, are built from its own words.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ucapdesk.base.ids import derived_id
from ucapdesk.formats.glance.two_languages import join_values, open_kinds, place_names
from ucapdesk.formats.paper_contents import (
    Contact,
    Glance,
    PaperMeeting,
    PaperPlace,
    PaperQuantity,
    PaperSide,
    PaperVisit,
    as_plain,
)
from ucapdesk.formats.phrases.people_in_text import TITLES, parted_name, salutation_in
from ucapdesk.formats.phrases.small_texts import folded_nfkc, in_languages, language_of, plain_person, squash
from ucapdesk.model.codes import codes, find_code
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.person_names import whole_han

# What stands before a date that is part of a title: "Workshop in May 2027".
_LEADS_TO_DATE = re.compile(
    r"[,:，]$|\b(?:in|on|from|during|at|of|en|de|del|el|vom|im|am|ab|dal|nel|il|a)$", re.IGNORECASE
)
_ROLES = {"A": "city_contact", "B": "city_contact", "programme": "programme_contact"}


@dataclass(frozen=True, slots=True)
class RecordDraft:
    """A record to create; ``position`` tells it from others of its kind in the same paper."""

    kind: str
    id: str
    position: str
    values: dict[str, Any]


def glance_id(glance: Glance, kind: str, position: int | str) -> str:
    """Return the id every desk gives to this part of this paper, whatever the format of the file."""
    cities = " | ".join(folded_nfkc(side.cities_print) for side in glance.sides)
    return derived_id("glance", cities, kind, str(position))


def country_draft(code: str) -> RecordDraft:
    name = dict(codes("countries")[code].labels)
    return RecordDraft("country", derived_id("country", code), code, {"alpha2": code, "name": name})


def drafts(glance: Glance) -> list[RecordDraft]:
    made = list(_Drafting(glance).all())
    if glance.second is not None:
        _join_second(made, glance, glance.second)
    return made


def _join_second(made: list[RecordDraft], glance: Glance, second: Glance) -> None:
    """Add the Chinese texts of a paper in two languages to its records, each by kind and position."""
    by_key = {(draft.kind, draft.position): draft.values for draft in made}
    places, unsure = place_names(glance, second), open_kinds(glance, second)
    for draft in _Drafting(second).all():
        item = f"{draft.kind}/{draft.position.partition('.')[0]}"
        if draft.kind in ("source_document", "country", "programme") or {draft.kind, item} & unsure:
            continue
        is_place = draft.kind in ("place", "ucap_place")
        position = places.get(draft.position, draft.position) if is_place else draft.position
        if (values := by_key.get((draft.kind, position))) is not None:
            join_values(values, draft.values)


def _quantity(number: PaperQuantity | None) -> dict[str, object] | None:
    """Return a quantity as a record holds it; one without a readable number stays with the source alone."""
    if number is None or number.is_ is None:
        return None
    return {"value": number.value, "is": number.is_, "print": number.print, "year": number.year}


def _pos(order: int) -> str:
    """Return a place in a list with room before, between and after, in the store's format."""
    return f"b{order:02}V"


def _title(meeting: PaperMeeting) -> str:
    """Return the title of a meeting, of its own words: its heading without the place, or place and date."""
    title = squash(meeting.heading.replace(f"({meeting.places_print})", "").replace(f"（{meeting.places_print}）", ""))
    if not meeting.date:
        return title
    if squash(title).strip(" ,:") == meeting.date.print and meeting.places_print:
        return f"{meeting.places_print}, {meeting.date.print}"
    before, date, behind = title.partition(f" {meeting.date.print}")
    return f"{before},{date}{behind}" if date and not _LEADS_TO_DATE.search(before) else title


def _han(said: str) -> dict[str, str] | None:
    name = whole_han(said) if said else None
    return {"family": name.family or "", "given": name.given or ""} if name else None


class _Drafting:
    """Makes the drafts of one paper; remembers ids by name for the links between them."""

    def __init__(self, glance: Glance) -> None:
        self.glance = glance
        self.places = {place.name: self._id("place", folded_nfkc(place.name)) for place in glance.places}
        self.ucap = self._id("ucap", 1)
        self.source = self._id("source_document", 1)
        self.rows = {label.field: label.print for label in glance.labels}
        self.lang = language_of(glance)

    def _text(self, said: str | None) -> dict[str, str] | None:
        """Return a text under its language: Chinese by its characters, else that of the paper; both where both stand."""
        return in_languages(said, self.lang) if said else None

    def _pair(self, names: list[list[dict[str, str]]]) -> dict[str, str] | None:
        """Return the cities of both sides, in each language in which all are named."""
        told = [name for side in names for name in side]
        langs = [lang for lang in (self.lang, "zh") if all(lang in name for name in told)]
        texts = {lang: " – ".join(", ".join(name[lang] for name in side) for side in names) for lang in langs}
        return texts or self._text(" – ".join(", ".join(next(iter(name.values())) for name in side) for side in names))

    def _id(self, kind: str, position: int | str) -> str:
        return glance_id(self.glance, kind, position)

    def _draft(self, kind: str, position: int | str, row: str = "", /, **values: object) -> RecordDraft:
        """Return a draft without empty values; ``row`` is the label of the row a record of its own was read from."""
        said = {name: value for name, value in values.items() if value not in (None, "", [])}
        declared = KINDS[kind]
        if "source" in declared.fields:
            said["source"] = self.source
            said |= {"source_place": row} if row else {}
        identity = declared.cls.identity
        if identity and all(name in said for name in identity):
            return RecordDraft(kind, declared.make_id(said), str(position), said)
        return RecordDraft(kind, self._id(kind, position), str(position), said)

    def all(self) -> Iterator[RecordDraft]:
        yield self._source_document()
        yield from self._countries()
        yield from self._programme()
        yield from self._mayors()
        for place in sorted(self.glance.places, key=lambda place: place.parent is not None):
            yield self._place(place)
        yield from self._organisations()
        for contact in self.glance.contacts:
            yield from self._person(contact)
        yield self._ucap()
        for side in self.glance.sides:
            yield from self._side(side)
        yield from self._themes()
        for visit in self.glance.visits:
            yield self._visit(visit)
        for at, meeting in enumerate(self.glance.meetings, 1):
            yield from self._meeting(at, meeting)
        yield from self._items()
        for contact in self.glance.contacts:
            yield self._contact_role(contact)

    def _source_document(self) -> RecordDraft:
        source = self.glance.source
        rows = [[row.label, *row.cells] for row in self.glance.rows]
        return self._draft(
            "source_document", 1,
            title=self._text(self.glance.title or source.file),
            file_name=source.file,
            sha256=source.sha256,
            label_set=self.glance.label_set,
            pages=source.pages,
            rows=json.dumps(rows, ensure_ascii=False),
            oddities=json.dumps(as_plain(self.glance.oddities), ensure_ascii=False),
        )  # fmt: skip

    def _countries(self) -> Iterator[RecordDraft]:
        codes = dict.fromkeys(country for side in self.glance.sides for country in side.countries)
        yield from map(country_draft, codes)

    def _programme(self) -> Iterator[RecordDraft]:
        if self.glance.programme:
            code = find_code("programmes", self.glance.programme) or self.glance.programme.replace(" ", "-")
            yield self._draft("programme", 1, code=code, name=self._text(self.glance.programme))

    def _place(self, place: PaperPlace) -> RecordDraft:
        side = next((s for s in self.glance.sides if s.side == (self._top(place).side or "")), None)
        cities = side.cities if side and place.role == "partner" else ()
        city = next((each for each in cities if each.name == place.name), None)
        alone = side is not None and len(side.cities) == 1 and city is not None
        countries = city.countries if city and city.countries else side.countries if side else ()
        country = countries[0] if len(countries) == 1 else None
        states = side.states if side and alone else city.states if city else ()
        return self._draft(
            "place", folded_nfkc(place.name), place.row,
            type=place.kind,
            name=self._text(place.name),
            country=derived_id("country", country) if country else None,
            state=self._text(", ".join(states)),
            parent=self.places.get(place.parent or ""),
            population=_quantity(side.population if side and alone else city.population if city else None),
            area_km2=_quantity(side.area if side and alone else city.area if city else None),
            mayor=self._id("person", f"mayor {side.side}") if side and alone and side.mayor else None,
        )  # fmt: skip

    def _mayors(self) -> Iterator[RecordDraft]:
        """Return the mayor of each side with one city: a person with a name alone."""
        for side in self.glance.sides:
            if side.mayor and len(side.cities) == 1:
                name, title = parted_name(side.mayor, TITLES.match(side.mayor))
                yield self._draft(
                    "person", f"mayor {side.side}", self.rows.get("mayor", ""),
                    salutation=salutation_in(title), **plain_person(name),
                )  # fmt: skip

    def _top(self, place: PaperPlace) -> PaperPlace:
        parent = next((other for other in self.glance.places if other.name == place.parent), None)
        return parent if parent and place.side is None else place

    def _organisations(self) -> Iterator[RecordDraft]:
        for organisation in self.glance.organisations:
            yield self._draft(
                "organisation", organisation.key, organisation.row,
                name=self._text(organisation.name),
                parent=self._organisation(organisation.parent),
                place=self.places.get(organisation.place or ""),
            )  # fmt: skip

    def _organisation(self, key: str | None) -> str | None:
        return self._id("organisation", key) if key else None

    def _person(self, contact: Contact) -> Iterator[RecordDraft]:
        person = self._id("person", contact.order)
        name = {"family": contact.family or None, "given": contact.given or None, "order": contact.name_order}
        yield self._draft(
            "person", contact.order, contact.row,
            salutation=contact.salutation,
            name=name if contact.family or contact.given else None,
            name_han=_han(contact.han),
            surname_capitals=contact.surname_capitals or None,
            place=self.places.get(contact.place or ""),
            email=contact.email,
            phone=contact.phone,
            mobile=contact.mobile,
        )  # fmt: skip
        if contact.organisation or contact.post:
            yield self._draft(
                "affiliation", contact.order,
                owner=person, organisation=self._organisation(contact.organisation), post=self._text(contact.post), pos=_pos(1),
            )  # fmt: skip

    def _ucap(self) -> RecordDraft:
        glance, first = self.glance, self.glance.sides[0].cities
        names = [[in_languages(city.name, self.lang) for city in side.cities] for side in glance.sides if side.cities]
        goals = dict.fromkeys(str(goal) for ref in glance.sdgs for goal in ref.goals)
        named = [place for place in glance.places if place.kind == "district"]
        return self._draft(
            "ucap", 1, self.rows.get("cities", ""),
            reference="UCAP-" + "-".join(next(iter(names[0][0].values())).upper().split()) if first else None,
            title=self._pair(names),
            programme=self._id("programme", 1) if glance.programme else None,
            form=glance.form,
            document_date=glance.document_date.edtf if glance.document_date else None,
            period=glance.period.edtf if glance.period else None,
            key_focus=self._text(glance.focus),
            key_challenges=self._text(glance.challenges),
            main_objective=self._text(glance.objective),
            expected_results=self._text(glance.results),
            reported_mou_count=glance.reported_mou_count,
            sdgs=list(goals),
            partnerships=list(dict.fromkeys(ref.code for ref in glance.partnerships if ref.code)),
            places_named=[self.places[place.name] for place in named],
        )  # fmt: skip

    def _side(self, side: PaperSide) -> Iterator[RecordDraft]:
        subjects = [visit.subject for visit in self.glance.visits if visit.travelling_side == side.side]
        yield self._draft(
            "ucap_side", side.side,
            owner=self.ucap,
            side=side.side,
            label_text=self._text(self._called(side, subjects)),
            cities_print=side.cities_print,
            countries_print=side.countries_print,
            population=_quantity(side.population),
            area_km2=_quantity(side.area),
            pairing_signed=side.pairing.edtf if side.pairing else None,
            visits_print=self._text(side.visits_phrase),
        )  # fmt: skip
        members = [place for place in self.glance.places if place.role]
        signed = {city.name: f" ({city.pairing.print})" for city in side.cities if city.pairing and not side.pairing}
        for at, place in enumerate(members, 1):
            if place.side != side.side:
                continue
            yield self._draft(
                "ucap_place", folded_nfkc(place.name),
                owner=self.ucap, side=side.side, place=self.places[place.name], role=place.role,
                print=place.print + signed.get(place.name, ""),
                pos=_pos(at),
            )  # fmt: skip

    def _called(self, side: PaperSide, subjects: list[str]) -> str | None:
        """Return the name of a side: its one city, else what its visits call it."""
        if len(side.cities) == 1 and not any(subject.startswith(side.cities[0].name) for subject in subjects):
            return side.cities[0].name if subjects else None
        said = subjects[0].partition(" in ")[0] if subjects else ""
        return side.cities[0].name if len(side.cities) == 1 and said else said if len(said.split()) < 5 else None

    def _themes(self) -> Iterator[RecordDraft]:
        number = 0
        for theme in self.glance.themes:
            yield self._draft(
                "theme", theme.order,
                owner=self.ucap,
                name=self._text(theme.name or theme.print),
                sdgs=list(dict.fromkeys(str(goal) for ref in theme.sdgs for goal in ref.goals)),
                partnerships=list(dict.fromkeys(ref.code for ref in theme.partnerships if ref.code)),
                references_print=" ".join(f"({reference})" for reference in theme.references),
                print=theme.print,
                pos=_pos(theme.order),
            )  # fmt: skip
            for project in theme.projects:
                number += 1
                yield self._draft(
                    "pilot_project", number, self.rows.get("themes", ""),
                    ucap=self.ucap, themes=[self._id("theme", theme.order)], title=self._text(project), pos=_pos(number),
                )  # fmt: skip

    def _visit(self, visit: PaperVisit) -> RecordDraft:
        year = visit.date.edtf[:4]
        said = visit.date.print if year in visit.date.print else f"{visit.date.print} {year}"
        return self._draft(
            "visit", visit.position, self.rows.get("visits", ""),
            title=self._text(f"{visit.subject}, {said}".removeprefix(", ")),
            dates=visit.date.edtf,
            ucaps=[self.ucap],
            travelling_side=visit.travelling_side,
            delegation_name=self._text(", ".join(visit.travellers) if self._several(visit) else None),
            delegation_size=_quantity(visit.size),
            host_places=[self.places[name] for name in visit.hosts],
            other_places=[self.places[name] for name in visit.other_places],
        )  # fmt: skip

    def _several(self, visit: PaperVisit) -> bool:
        """Whether only some of the cities of a side travel."""
        return any(side.side == visit.travelling_side and len(side.cities) > 1 for side in self.glance.sides)

    def _meeting(self, at: int, meeting: PaperMeeting) -> Iterator[RecordDraft]:
        title = _title(meeting)
        yield self._draft(
            "meeting", at, self.rows.get("activities", ""),
            title=self._text(title),
            when={"date": meeting.date.edtf} if meeting.date else None,
            ucap=self.ucap,
            visit=self._id("visit", meeting.visit) if meeting.visit else None,
            ordinal=meeting.ordinal,
            mode=meeting.mode,
            places=[self.places[name] for name in meeting.places],
            places_print=meeting.places_print,
            reported_participants=_quantity(meeting.participants),
            summary=self._text(meeting.summary),
        )  # fmt: skip
        owner = self._id("meeting", at)
        parts = [(event.title, event.participants) for event in meeting.sub_events]
        for order, (said, people) in enumerate([*parts, *((topic, None) for topic in meeting.topics)], 1):
            yield self._draft(
                "agenda_item", f"{at}.{order}",
                owner=owner, title=self._text(said), reported_participants=_quantity(people), pos=_pos(order),
            )  # fmt: skip

    def _items(self) -> Iterator[RecordDraft]:
        glance = self.glance
        groups: dict[str, list[tuple[str, int | None]]] = {
            "challenge": [(item, None) for item in glance.challenge_items],
            "output": [(output.text, output.reported_count) for output in glance.outputs],
            "result": [(item, None) for item in glance.result_items],
        }
        place = 0
        for kind, items in groups.items():
            for at, (text, count) in enumerate(items, 1):
                place += 1
                said = {"type": kind, "text": self._text(text), "reported_count": count}
                values: dict[str, object] = {**said, "pos": _pos(place)}
                yield self._draft("ucap_item", f"{kind}.{at}", "", owner=self.ucap, **values)

    def _contact_role(self, contact: Contact) -> RecordDraft:
        return self._draft(
            "contact_role", contact.order,
            owner=self.ucap,
            person=self._id("person", contact.order),
            role=_ROLES.get(contact.group or ""),
            side=contact.group if contact.group in ("A", "B") else None,
            place=self.places.get(contact.place or ""),
            print=contact.print,
            pos=_pos(contact.order),
        )  # fmt: skip
