"""Completion of a field while somebody types, and the values that follow from one that was entered.

Offered are records by name, pinyin or initials, codes by label, and words used before.

A signatory brings post and party along, a visit the only city of the other side, a city its country and time zone.
Such values only fill fields that are still empty and are written in the same step. Forms ask for them, scripts do
not.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from ucapdesk.base.clock import today
from ucapdesk.base.i18n import counterpart, dotted, language, tr
from ucapdesk.base.ids import new_id
from ucapdesk.model.codes import code_label, codes
from ucapdesk.model.dates.zones import zone_city, zone_labels
from ucapdesk.model.field_change import Made, can_begin, stub
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.agreement_kinds import AgreementParty
from ucapdesk.model.kinds.partnership_kinds import LISTED_COUNTRIES, Place, UcapPlace, country_id
from ucapdesk.model.kinds.people_kinds import Affiliation, Person
from ucapdesk.model.kinds.visit_kinds import Visit
from ucapdesk.model.record import Record
from ucapdesk.model.rules.country_facts import CityFacts, city_facts, parted_country
from ucapdesk.model.rules.sides import OTHER_SIDE, main_post
from ucapdesk.model.text.fields_in_words import title_of
from ucapdesk.model.values import Bilingual, PartialDate, Refs, When
from ucapdesk.services.agreements import post_on
from ucapdesk.services.records import search
from ucapdesk.store.desk import Desk
from ucapdesk.store.read import derived_values


def proposed_place_values(place: Record) -> CityFacts | None:
    """Return what the name of a place tells; None for one whose country is on record, or whose name is not known."""
    if not isinstance(place, Place) or place.country or place.parent or not place.name:
        return None
    facts = city_facts(place.name.values())
    return replace(facts, state=()) if facts and place.state else facts


def values_of_new_place(kind: str, values: Mapping[str, Any]) -> CityFacts | None:
    name = values.get("name") if kind == Place.__tablename__ else None
    return city_facts(name.values()) if name else None


def place_values(facts: CityFacts, name: Bilingual) -> dict[str, Any]:
    """Return the values of the fields, with the name in the language that it lacks: a draft where nobody has read it."""
    whole = Bilingual({**dict(facts.names), **name.cells})
    for lang in set(facts.draft) - set(name):
        whole = whole.mark(lang, "draft")
    values = {"name": whole, "country": country_id(facts.country), "time_zone": facts.zone}
    return {**values, "state": Bilingual(dict(facts.state))} if facts.state else values


def say_place_values(facts: CityFacts, name: Bilingual) -> str:
    """Return the facts in words: ``Dali · Yunnan · China · Time zone: Beijing``."""
    lang = language()
    state = Bilingual(dict(facts.state)).said(lang)
    added = (said for key, said in facts.names if key not in name)
    field, zone = KINDS[Place.__tablename__].fields["time_zone"].label(lang), zone_city(facts.zone, lang)
    said = tr("filter", "{field}: {value}", field=field, value=zone)
    return dotted(*added, state, code_label(LISTED_COUNTRIES, facts.country, lang), said)


MAX_HITS_RANKED = 100  # How many hits are ranked; more would slow typing down
# Links that tell records of the same name apart; the first filled one is shown.
DETAILS = ("organisation", "place", "country", "visit", "ucap", "parent")


class NamedRecord(NamedTuple):
    """A choice for a field: its key, its name, the name in the other language, and a detail that tells it from namesakes."""

    key: str
    name: str
    other: str = ""
    detail: str = ""


def offers(
    desk: Desk, field: KindField, said: str, chosen: Collection[str] = (), *, owner: str = "", limit: int = 8
) -> list[NamedRecord]:
    """Return the choices that match the typed words, best first, without those chosen already. Records need a search word.

    ``owner``: the record to which the edited one belongs; of its parts all are offered without a word.
    """
    lang, said = language(), said.strip()
    if owner and links_to_parts(field):
        parts = _parts(desk, field, owner, lang)
        found = search.named(said, {key: f"{part.name} {part.other}" for key, part in parts.items()})
        return [parts[key] for key in (found if said else parts) if key not in chosen][:limit]
    if field.meta.kinds:
        kinds = None if "*" in field.meta.kinds else field.meta.kinds
        hits = search.hits_of(desk, said, MAX_HITS_RANKED, limit, kinds) if said else {}
        return named(desk, field, [id_ for id_ in hits if id_ not in chosen][:limit], lang, details=True)
    labels = {key: label for key, label in labels_of(desk, field, lang).items() if key not in chosen}
    wide = {key: _wide(field, key, label) for key, label in labels.items()} if said else {}
    return [NamedRecord(key, labels[key]) for key in (search.named(said, wide) if said else [*labels])[:limit]]


def links_to_parts(field: KindField) -> bool:
    """Return whether a field links to parts of the record to which its own record belongs: the party of a signatory."""
    kind = KINDS.get(field.meta.kinds[0]) if len(field.meta.kinds) == 1 else None
    return kind is not None and bool(kind.owners) and not can_begin(kind)


def _parts(desk: Desk, field: KindField, owner: str, lang: str) -> dict[str, NamedRecord]:
    parts = desk.read.children(owner, KINDS[field.meta.kinds[0]].cls)
    return {each.key: each for each in named(desk, field, [part.id for part in parts], lang)}


def named(
    desk: Desk, field: KindField, keys: Iterable[str], lang: str | None = None, *, details: bool = False
) -> list[NamedRecord]:
    """Return the values of a field by name. ``details``: with what tells namesakes apart."""
    lang, ids = lang or language(), list(keys)
    if not ids:
        return []
    if not field.meta.kinds:
        return [NamedRecord(key, _label(field, key, lang)) for key in ids]
    people = desk.read.page(Person, ids) if {"*", Person.__tablename__} & {*field.meta.kinds} else []
    here, there = (
        desk.read.titles(ids, each)
        | {person.id: title_of(person, each) for person in people}  # as each script has them
        for each in (lang, counterpart(lang))
    )
    beside = _details(desk, ids, lang) if details else {}
    others = {id_: name for id_, name in there.items() if name != here.get(id_)}
    return [NamedRecord(id_, here.get(id_) or id_, others.get(id_, ""), beside.get(id_, "")) for id_ in ids]


def labels_of(desk: Desk, field: KindField, lang: str | None = None) -> Mapping[str, str]:
    lang = lang or language()
    if field.meta.codes:
        return {code: _label(field, code, lang) for code in codes(field.meta.codes)}
    if field.meta.shape == "zone":
        return zone_labels(lang)
    return {word: word for word in desk.read.words(field.name)}


def can_make(field: KindField) -> str:
    """Return the kind that can be created by naming a record here; empty where none can."""
    kind = KINDS.get(field.meta.kinds[0]) if len(field.meta.kinds) == 1 else None
    return kind.name if kind and can_begin(kind) else ""


def make(desk: Desk, field: KindField, said: str) -> list[Made]:
    """Return what to create for a name that is not on record, what is named first; somebody has the post told behind a comma."""
    kind = can_make(field)
    if not kind or not any(map(str.isalnum, said)):  # signs alone name nobody
        return []
    if kind == Person.__tablename__:
        from ucapdesk.services.people import new_person  # much is imported for it

        return new_person.records_for_line(desk, said)
    values = stub(KINDS[kind], said)
    facts = values_of_new_place(kind, values)
    if facts is None:
        return [Made(kind, new_id(), values)] if values else []
    name = Bilingual({lang: parted_country(text)[0] for lang, text in values["name"].items()})
    return [Made(kind, new_id(), {**values, **place_values(facts, name)})]


def say_new(field: KindField, said: str) -> str:
    kind = can_make(field)
    if not kind or not any(map(str.isalnum, said)):
        return ""
    kinds, values = KINDS[kind].plural(), stub(KINDS[kind], said)
    if facts := values_of_new_place(kind, values):
        told = say_place_values(facts, values["name"])
        return tr("form", "Add “{said}” to {kinds}: {facts}", said=said, kinds=kinds, facts=told)
    return tr("form", "Add “{said}” to {kinds}", said=said, kinds=kinds)


def _label(field: KindField, key: str, lang: str) -> str:
    if field.meta.shape == "zone":
        return zone_labels(lang).get(key) or zone_city(key, lang)
    label = code_label(field.meta.codes, key, lang)
    return f"{key}  {label}" if key.isdigit() and label != key else label


def _wide(field: KindField, key: str, label: str) -> str:
    if not field.meta.codes:
        return f"{label} {key.replace('_', ' ').replace('/', ' ')}" if field.meta.shape == "zone" else label
    return " ".join(dict.fromkeys((label, *codes(field.meta.codes)[key].spellings)))


def _details(desk: Desk, ids: list[str], lang: str) -> dict[str, str]:
    links = {record.id: link for record in desk.read.many(ids) if (link := _link(record))}
    names = desk.read.titles(set(links.values()), lang)
    return {id_: names.get(link, "") for id_, link in links.items()}


def _link(record: Record) -> str | None:
    return next((link for name in DETAILS if (link := getattr(record, name, None))), None)


def following_values(
    desk: Desk, record: Record | Kind, given: Mapping[str, Any], name: str, value: Any
) -> dict[str, Any]:
    """Return the further values of a record in which ``name`` becomes ``value``.

    Args:
        desk: The workspace.
        record: It; its kind where it is only made now.
        given: The values that a new record starts with.
        name: The field.
        value: Its new value.
    """
    kind = record.name if isinstance(record, Kind) else type(record).__tablename__

    def held(field: str) -> Any:
        return value if field == name else given.get(field) if isinstance(record, Kind) else getattr(record, field)

    found: dict[str, Any] = {}
    if kind == "signatory" and name == "person" and value:
        found = {"party": _party(desk, held("owner"), str(value)), "post": post_on(desk, str(value), held("signed"))}
    elif kind == "visit" and name in ("ucaps", "travelling_side"):
        host, there = _host(desk, held("ucaps"), held("travelling_side")), held("host_places")
        if isinstance(record, Visit) and there and there == _host(desk, record.ucaps, record.travelling_side):
            return {} if host == there else {"host_places": host or Refs()}  # it followed from the other choice
        found = {"host_places": host}
    return {field: each for field, each in found.items() if each is not None and not held(field)}


def _party(desk: Desk, agreement: str | None, person: str) -> str | None:
    post = main_post(desk.read.children(person, Affiliation), None)
    parties = desk.read.children(agreement, AgreementParty) if agreement else []
    mine = [each.id for each in parties if post and post.organisation and each.organisation == post.organisation]
    return mine[0] if len(mine) == 1 else None


def _host(desk: Desk, ucaps: Refs | None, travelling: str | None) -> Refs | None:
    side = OTHER_SIDE.get(travelling or "")
    places = {
        each.place
        for ucap in ucaps or () for each in desk.read.children(ucap, UcapPlace)
        if each.side == side and each.role in (None, "partner") and each.place
    }  # fmt: skip
    return Refs([str(*places)]) if side and len(places) == 1 else None


def day_note(desk: Desk, value: object) -> str:
    """Return public holidays and shifted working days of a date or period; empty for what is past, or not known to the day."""
    dates = value.day if isinstance(value, When) else value
    if not isinstance(dates, PartialDate) or dates.bounds[1] < today(desk.workspace.clock).isoformat():
        return ""
    return derived_values.days_off_of_workspace(desk, language()).say_dates(dates)
