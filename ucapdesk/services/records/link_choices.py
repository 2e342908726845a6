"""Choices for a field while somebody types: records by name, pinyin or initials, codes by label, words used before."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from ucapdesk.base.i18n import counterpart, language, tr
from ucapdesk.base.ids import new_id
from ucapdesk.model.codes import code_label, codes
from ucapdesk.model.field_change import Made
from ucapdesk.model.kind import KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.quick_create import can_begin, stub
from ucapdesk.model.record import Record
from ucapdesk.model.text.format.fields_in_words import title_of
from ucapdesk.model.text.format.zones import zone_city, zone_labels
from ucapdesk.services.people import place_facts
from ucapdesk.services.records import search
from ucapdesk.store.desk import Desk

MAX_HITS_RANKED = 100
"""How many hits are ranked; more would slow typing down."""
DETAILS = ("organisation", "place", "country", "visit", "ucap", "parent")
"""Links that tell records of the same name apart; the first filled one is shown."""


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
    """Return everything that a field of codes, zones or words may hold, with labels."""
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

        return new_person.told_in(desk, said)
    values = stub(KINDS[kind], said)
    facts = place_facts.of_new(kind, values)
    known = place_facts.values_of(facts, values["name"]) if facts else {}
    return [Made(kind, new_id(), {**values, **known})] if values else []


def say_new(field: KindField, said: str) -> str:
    """Return how creating a record for a name is offered, with what is known of a place; empty where it cannot be."""
    kind = can_make(field)
    if not kind or not any(map(str.isalnum, said)):
        return ""
    kinds, values = KINDS[kind].plural(), stub(KINDS[kind], said)
    if facts := place_facts.of_new(kind, values):
        told = place_facts.say(facts, values["name"])
        return tr("form", "Add “{said}” to {kinds}: {facts}", said=said, kinds=kinds, facts=told)
    return tr("form", "Add “{said}” to {kinds}", said=said, kinds=kinds)


def _label(field: KindField, key: str, lang: str) -> str:
    if field.meta.shape == "zone":
        return zone_labels(lang).get(key) or zone_city(key, lang)
    label = code_label(field.meta.codes, key, lang)
    return f"{key}  {label}" if key.isdigit() and label != key else label


def _wide(field: KindField, key: str, label: str) -> str:
    """Return a label with everything else that people type for it."""
    if not field.meta.codes:
        return f"{label} {key.replace('_', ' ').replace('/', ' ')}" if field.meta.shape == "zone" else label
    return " ".join(dict.fromkeys((label, *codes(field.meta.codes)[key].spellings)))


def _details(desk: Desk, ids: list[str], lang: str) -> dict[str, str]:
    """Return, by id, the name of the place or organisation a record belongs to."""
    links = {record.id: link for record in desk.read.many(ids) if (link := _link(record))}
    names = desk.read.titles(set(links.values()), lang)
    return {id_: names.get(link, "") for id_, link in links.items()}


def _link(record: Record) -> str | None:
    return next((link for name in DETAILS if (link := getattr(record, name, None))), None)
