"""A person made from one line: name in one script or both, then, after commas, post, organisation, city and address, in any order."""

from __future__ import annotations

import re

from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.base.ids import new_id
from ucapdesk.formats.glance.contact_pieces import tells_position
from ucapdesk.formats.people_rows import look_at
from ucapdesk.model.kinds.people_kinds import Affiliation, Organisation, Person
from ucapdesk.model.kinds.place_kinds import Place
from ucapdesk.model.record import Record
from ucapdesk.model.rules.names import HAN_NAME, read_person
from ucapdesk.model.text.format.fields_in_words import title_of
from ucapdesk.model.values import Bilingual
from ucapdesk.store.desk import Desk
from ucapdesk.store.save import Save

LOOKED_AT = 20
_PARTS = re.compile(r"[,，;；、]")
_GIVEN = re.compile(r"(?:[A-ZÀ-Ž][\w.’'-]*(?: |$)){1,3}")
"""What may be the given name behind a family name and a comma."""


def add(desk: Desk, said: str) -> str:
    """Create a person, with a post where one is said, as one step; return the id."""
    id_ = new_id()
    with desk.save(["record.add", {"kind": Person.__tablename__, "id": id_}]) as work:
        return make(desk, work, said, id_)


def make(desk: Desk, work: Save, said: str, id_: str | None = None) -> str:
    """Create a person and their post in a save; return the id of the person."""
    name, *rest = (part.strip() for part in _PARTS.split(said))
    rest = [part for part in rest if part]
    cities = {part: id_ for part in rest if (id_ := _known(desk, Place, part))}
    houses = {part: id_ for part in rest if part not in cities and (id_ := _known(desk, Organisation, part))}
    told = [part for part in rest if part not in cities and part not in houses]
    given = told[0] if told and told[0] == rest[0] and (len(rest) == 1 or " " not in name) else ""
    if _GIVEN.fullmatch(given) and not tells_position(given):
        name, told = f"{name}, {given}", told[1:]
    cells = look_at(["Name", "姓名", *told])  # by the place of the name the others are known
    post, organisation = cells.get("post", ""), cells.get("organisation", "")
    values = read_person(name) | {key: cells[key] for key in ("email", "phone") if cells.get(key)}
    person = work.new(Person, id_, **values, place=next(iter(cities.values()), None)).id
    house = next(iter(houses.values()), None)
    if organisation and house is None:
        house = work.new(Organisation, name=_text(organisation)).id
    if post or house:
        work.new(Affiliation, owner=person, post=_text(post) if post else None, organisation=house)
    return str(person)


def _text(said: str) -> Bilingual:
    return Bilingual(zh=said) if HAN_NAME.search(said) else Bilingual(en=said)


def _known(desk: Desk, kind: type[Record], said: str) -> str | None:
    """Return the only record of a kind that is called so in any language."""
    hits = [hit.id for hit in desk.read.search(said, kinds=(kind.__tablename__,), limit=LOOKED_AT)]
    named = [
        each.id for each in desk.read.page(kind, hits)
        if said.casefold() in {" ".join(title_of(each, lang).split()).casefold() for lang in LANGUAGES}
    ]  # fmt: skip
    return named[0] if len(named) == 1 else None
