"""Business cards of people, exported and imported. People on record are found by id, e-mail or name; nothing is overwritten.

A card holds every post that has not ended, and the portrait. Of a post that comes in, the organisation is found by its name or
made; a photo becomes the portrait where there is none.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from ucapdesk.base.clock import today
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import Message, dotted, language, ntr, spoken_languages, tr
from ucapdesk.base.ids import ID
from ucapdesk.formats.people_rows import card_of_signature
from ucapdesk.formats.vcard import LARGEST_PHOTO, PICTURES, VERSIONS, Position, VCard, cards_in, read_cards, write_cards
from ucapdesk.model.codes import find_code, folded
from ucapdesk.model.field_change import stub
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.people_kinds import Affiliation, Organisation, Person
from ucapdesk.model.kinds.visit_kinds import Participation, Visit
from ucapdesk.model.rules.record_rules import is_filled
from ucapdesk.model.rules.sides import held_on, title_of_post
from ucapdesk.model.values import Bilingual, Codes, PartialDate
from ucapdesk.services.errors import NOT_A_VISIT
from ucapdesk.services.files.incoming_files import Plan, PlanLine
from ucapdesk.services.records import history
from ucapdesk.services.records.records import get, holding, titles
from ucapdesk.store.desk import Desk
from ucapdesk.store.merge import positions
from ucapdesk.store.save import Save

# Fields that a card for others leaves out, unless they are wanted.
PRIVATE = ("mobile", "wechat", "whatsapp", "birthday", "note")
_TEXTS = ("name_other", "email", "mobile", "phone", "wechat", "whatsapp")
_SAME_AS_CARD = ("name", "name_han", *_TEXTS, "birthday", "academic_title", "salutation")
# What the lines of a note are called that keep what else a card says.
BESIDES = {
    "TEL": Message("cards", "Telephone"), "FAX": Message("cards", "Fax"), "EMAIL": Message("cards", "E-mail"),
    "ADR": Message("cards", "Address"), "URL": Message("cards", "Website"), "ROLE": Message("cards", "Role"),
    "SUFFIX": Message("cards", "After the name"),
}  # fmt: skip


# -- out ------------------------------------------------------------------------------------------


def card_of(desk: Desk, person: Person, *, private: bool = False) -> VCard:
    phonetic = dict(person.name_phonetic or {})
    texts: dict[str, Any] = {name: getattr(person, name) or "" for name in _TEXTS}
    card = VCard(
        uid=person.id,
        name=person.name,
        name_han=person.name_han,
        plain_name="" if person.name or person.name_han else next(iter(phonetic.values()), ""),
        name_phonetic=phonetic,
        **texts,
        positions=tuple(_positions(desk, person)),
        academic_title=person.academic_title or "",
        birthday=person.birthday if re.fullmatch(r"\d\d-\d\d", person.birthday or "") and person.birthday else "",
        note="\n\n".join((person.notes or {}).values()),
        photo=_portrait(desk, person),
    )
    return card if private else replace(card, **dict.fromkeys(PRIVATE, ""))  # type: ignore[arg-type]


def _positions(desk: Desk, person: Person) -> list[Position]:
    """Return the posts that have not ended, the main one first."""
    now = PartialDate(today(desk.workspace.clock).isoformat())
    posts = [each for each in desk.read.children(person.id, Affiliation) if held_on(each, now)]
    houses = desk.read.page(Organisation, [each.organisation or "" for each in posts])
    named = {each.id: each.name or each.short_name or Bilingual(en=each.acronym or "") for each in houses}
    told = (
        (named.get(each.organisation or ""), title_of_post(each))
        for each in sorted(posts, key=lambda post: not post.main)
    )
    return [Position(dict(house or {}), dict(post or {})) for house, post in told if house or post]


def _portrait(desk: Desk, person: Person) -> bytes:
    files, file = desk.workspace.files, person.portrait
    if file is None or not file.sha256 or (file.size or 0) > LARGEST_PHOTO or not files.has(file.sha256):
        return b""
    data = files.read(file.sha256)
    return data if data.startswith(tuple(PICTURES.values())) else b""


def export_cards(
    desk: Desk, ids: Sequence[str], target: Path, *, private: bool = False, version: str = VERSIONS[0]
) -> int:
    people = [get(desk, id_) for id_ in ids]
    for person in people:
        if not isinstance(person, Person):
            raise UserError(
                "{id} is not a person. Nothing was written; only people have business cards.",
                code="not-a-persons-card",
                id=person.id,
            )
    cards = [card_of(desk, person, private=private) for person in people if isinstance(person, Person)]
    write_cards(target, cards, language(), version)
    return len(cards)


# -- in -------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Taken:
    """One card, and its effect.

    Attributes:
        empty: The fields of somebody on record that it fills: they are empty, and did not hold that before either.
        posts: The posts that the person does not have yet.
        other_post: Whether the card says another post at an organisation where the person has one.
    """

    card: VCard
    person: Person | None = None
    values: dict[str, Any] = field(default_factory=dict)
    empty: Collection[str] = ()
    posts: list[_Post] = field(default_factory=list)
    other_post: bool = False

    @property
    def new_photo(self) -> bool:
        return bool(self.card.photo) and not (self.person and self.person.portrait)


@dataclass(frozen=True, slots=True)
class _Post:
    """One post of a card; its organisation is on record, or is to be created by name."""

    position: Position
    organisation: str | None
    new_organisation: str


def plan_file(desk: Desk, path: Path, visit: str | None = None) -> Plan:
    if visit and not isinstance(get(desk, visit), Visit):
        raise NOT_A_VISIT(id=visit)
    cards, unreadable = read_cards(path)
    return plan_cards(desk, path.name, cards, unreadable, join=join_of(desk, visit, {}) if visit else None)


def join_of(desk: Desk, owner: str, values: Mapping[str, str]) -> Join:
    there = desk.read.children(owner, Participation)
    persons = frozenset(each.person for each in there if each.person)
    return Join(owner, values, persons, there[-1].pos if there else None)


def plan_text(desk: Desk, text: str, name: str = "") -> Plan | None:
    """Return the import plan of copied cards or of a mail signature; None where the text holds neither."""
    cards, unreadable = cards_in(text)
    if not cards and (signature := card_of_signature(text)):
        cards = [signature]
    return plan_cards(desk, name, cards, unreadable) if cards else None


@dataclass(frozen=True, slots=True)
class Join:
    """A record in which the people of cards take part: with which values, who does already, and after which position."""

    owner: str
    values: Mapping[str, str]
    there: frozenset[str] = frozenset()
    after: str | None = None


def plan_cards(desk: Desk, name: str, cards: Sequence[VCard], unreadable: int = 0, *, join: Join | None = None) -> Plan:
    """Return the import plan of cards: a new person, or the empty fields of somebody on record.

    ``join``: where they take part; somebody of the same name on record is meant then.
    """
    known = _Known(desk)
    taken = {number: _look_up(desk, known, card, by_name=join is not None) for number, card in enumerate(cards, 1)}
    seen: dict[str, int] = {}
    lines = []
    for number, each in taken.items():
        line = _line(desk, known, number, each)
        keys = [key for key in (each.card.email.casefold(), each.person.id if each.person else "") if key]
        twin = next((seen[key] for key in keys if key in seen), None)
        if twin is not None and line.possible:
            said = tr("cards", "same as card {number}; {what}", number=twin, what=line.what)
            line = replace(line, ticked=False, what=said)
        for key in keys:
            seen.setdefault(key, number)
        if join and each.person and twin is None:
            joins = each.person.id not in join.there
            said = dotted(line.what, tr("cards", "takes part") if joins else tr("cards", "takes part already"))
            line = replace(line, ticked=line.ticked or joins, possible=line.possible or joins, what=said)
        lines.append(line)
    if unreadable:
        said = ntr("cards", "{n} card cannot be read", "{n} cards cannot be read", unreadable)
        lines.append(PlanLine(len(taken) + 1, said, tr("cards", "left out"), ticked=False, possible=False))

    def write(work: Save, numbers: Collection[int]) -> None:
        houses: dict[str, str] = {}
        people = [_write(desk, work, taken[number], houses) for number in numbers]
        if join:
            _take_part(work, join, people)

    left_out = sorted({name for card in cards for name in card.left_out})
    return Plan(name, "person", tuple(lines), write, tuple(left_out))


class _Known:
    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def person(self, card: VCard) -> Person | None:
        if ID.fullmatch(card.uid) and (found := self._desk.read.get(Person, card.uid)) and not found.is_deleted:
            return found
        hits = holding(self._desk, Person, card.email)
        return next((each for each in hits if (each.email or "").casefold() == card.email.casefold()), None)

    def of_that_name(self, values: dict[str, Any]) -> Person | None:
        for name in filter(None, (values.get("name_han"), values.get("name"))):
            for found in holding(self._desk, Person, str(name), 50):
                if any(_bare(each) == _bare(name) for each in (found.name_han, found.name) if each):
                    return found
        return None

    def organisation(self, said: dict[str, str]) -> str | None:
        return next((self._houses[folded(text)] for text in said.values() if folded(text) in self._houses), None)

    @cached_property
    def _houses(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for house in self._desk.read.listed(Organisation):
            for text in (*(house.name or {}).values(), *(house.short_name or {}).values(), house.acronym or ""):
                found.setdefault(folded(text), house.id)
        return found


def _bare(name: object) -> str:
    return "".join(sorted(folded(str(name)).replace(",", " ").split()))


def _look_up(desk: Desk, known: _Known, card: VCard, *, by_name: bool = False) -> _Taken:
    person = known.person(card)
    if person is None and by_name:
        person = known.of_that_name(_values(card, new=True))
    taken = _Taken(card, person, _values(card, new=person is None))
    if person is not None:
        was = history.past(desk, person, {}).states
        empty = (name for name in taken.values if not is_filled(getattr(person, name)))
        taken.empty = [name for name in empty if all(getattr(each, name) != taken.values[name] for each in was)]
    there = desk.read.children(taken.person.id, Affiliation) if taken.person else []
    for each in card.positions:
        house = known.organisation(dict(each.organisation)) if each.organisation else None
        same = [post for post in there if post.organisation == house and (house or not each.organisation)]
        if same:
            texts = {folded(text) for post in same for text in (post.post or {}).values()}
            taken.other_post |= bool(texts) and any(folded(text) not in texts for text in each.post.values())
            continue
        new = "" if house or not each.organisation else next(iter(each.organisation.values()))
        taken.posts.append(_Post(each, house, new))
    return taken


def _values(card: VCard, *, new: bool) -> dict[str, Any]:
    values: dict[str, Any] = {name: said for name in _SAME_AS_CARD if (said := getattr(card, name))}
    if card.plain_name and not (card.name or card.name_han):
        values |= stub(KINDS["person"], card.plain_name)
    if card.name_phonetic:
        values["name_phonetic"] = Bilingual(dict(card.name_phonetic))
    if card.diet:
        said = [find_code("dietary", part) for part in re.split(r"\s*[,;/、，；]\s*", card.diet)]
        known = [code for code in said if code]
        note = KINDS["person"].fields["diet_note"].type.read(card.diet)
        values |= {"diet": Codes(known)} if len(known) == len(said) else {"diet_note": note}
    besides = [f"{BESIDES[label].say() if label in BESIDES else label}: {text}" for label, text in card.besides]
    if note := "\n".join(filter(None, (card.note, *besides))):
        values["notes"] = KINDS["person"].fields["notes"].type.read(note)
    if new and not values.keys() & {"name", "name_han", "name_phonetic"}:
        values |= stub(KINDS["person"], card.email)
    return values


def _line(desk: Desk, known: _Known, number: int, taken: _Taken) -> PlanLine:
    person, values = taken.person, taken.values
    title = " ".join(str(values[name]) for name in ("name", "name_han") if name in values) or taken.card.plain_name
    title = dotted(title, taken.card.organisation) or taken.card.email
    fields = KINDS["person"].fields
    if person is None:
        labels = [fields[name].label() for name in values if not name.startswith("name")] + _besides(taken)
        said = tr("cards", "new: {fields}", fields=", ".join(labels)) if labels else tr("cards", "new")
        if new := list(dict.fromkeys(post.new_organisation for post in taken.posts if post.new_organisation)):
            said = dotted(said, tr("cards", "also new: {organisation}", organisation=", ".join(new)))
        if twin := known.of_that_name(values):
            said = tr("cards", "may be {name}, who is on record; import only if this is another person",
                      name=_shown(desk, twin))  # fmt: skip
        if taken.card.is_organisation:
            said = tr("cards", "the card of an organisation; import only if it is a person")
        return PlanLine(number, title, said, ticked=twin is None and not taken.card.is_organisation)
    other = [name for name in values.keys() - {*taken.empty} if getattr(person, name) != values[name]]
    added = [fields[name].label() for name in taken.empty] + _besides(taken)
    said = tr("cards", "is on record; fills in: {fields}", fields=", ".join(added)) if added else ""
    said = said or tr("cards", "is on record; nothing new")
    if other or taken.other_post:
        labels = [fields[name].label() for name in values if name in other]
        kept = ", ".join([*labels, *([KINDS["affiliation"].label()] if taken.other_post else [])])
        said = dotted(said, tr("cards", "kept as recorded here: {fields}", fields=kept))
    return PlanLine(number, title, said, ticked=bool(added), possible=bool(added))


def _besides(taken: _Taken) -> list[str]:
    kind = KINDS["affiliation"]
    posts = [kind.label() if len(taken.posts) == 1 else f"{kind.plural()} ({len(taken.posts)})"] if taken.posts else []
    return posts + ([KINDS["person"].fields["portrait"].label()] if taken.new_photo else [])


def _shown(desk: Desk, person: Person) -> str:
    house = next((each.organisation for each in desk.read.children(person.id, Affiliation) if each.organisation), "")
    said = titles(desk, [person.id, *filter(None, (house, person.place))])
    both = [desk.read.titles([person.id], lang).get(person.id, "") for lang in spoken_languages()]
    name = " ".join(dict.fromkeys(filter(None, both)))
    where = said.get(house or person.place or "", "")
    return f"{name} ({where})" if where else name


def _take_part(work: Save, join: Join, people: Iterable[str]) -> None:
    at = join.after
    for person in dict.fromkeys(people):
        if person not in join.there:
            at = positions.between(at, None)
            work.new(Participation, None, owner=join.owner, person=person, pos=at, **join.values)


def _write(desk: Desk, work: Save, taken: _Taken, houses: dict[str, str]) -> str:
    if taken.person is None:
        person = work.new(Person, None, **taken.values)
    else:
        person = work.get(Person, taken.person.id)
        for name in taken.empty:
            if not is_filled(getattr(person, name)):  # by a card before it
                setattr(person, name, taken.values[name])
    if taken.new_photo:
        kind = next(name for name, begins in PICTURES.items() if taken.card.photo.startswith(begins))
        person.portrait = desk.workspace.files.put(taken.card.photo, name=f"portrait.{kind}", mime=f"image/{kind}")
    for number, each in enumerate(taken.posts):
        new = folded(each.new_organisation)
        if new and new not in houses:
            houses[new] = work.new(Organisation, None, name=Bilingual(dict(each.position.organisation))).id
        house = houses.get(new, each.organisation)
        first = taken.person is None and number == 0 and len(taken.posts) > 1
        work.new(Affiliation, None, owner=person.id, organisation=house, post=Bilingual(dict(each.position.post)),
                 main=True if first else None)  # fmt: skip
    return str(person.id)
