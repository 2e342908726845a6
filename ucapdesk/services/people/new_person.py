"""A person made from one line: name in one script or both, then, after commas, post, organisation, city and address, in any order."""

from __future__ import annotations

import re

from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.base.ids import new_id
from ucapdesk.formats.people_rows import look_at
from ucapdesk.model.kinds.people_kinds import Affiliation, Organisation, Person
from ucapdesk.model.kinds.place_kinds import Place
from ucapdesk.model.record import Record
from ucapdesk.model.rules.names import HAN_NAME, read_person
from ucapdesk.model.text.format.fields_in_words import title_of
from ucapdesk.model.values import Bilingual
from ucapdesk.store.desk import Desk

LOOKED_AT = 20
_PARTS = re.compile(r"[,，;；、]")


def add(desk: Desk, said: str) -> str:
    """Create a person, with a post where one is said, as one step; return the id."""
    name, *rest = (part.strip() for part in _PARTS.split(said))
    rest = [part for part in rest if part]
    cities = {part: id_ for part in rest if (id_ := _known(desk, Place, part))}
    houses = {part: id_ for part in rest if part not in cities and (id_ := _known(desk, Organisation, part))}
    told = [part for part in rest if part not in cities and part not in houses]
    cells = look_at(["Name", "姓名", *told])  # by the place of the name the others are known
    post, organisation = cells.get("post", ""), cells.get("organisation", "")
    id_ = new_id()
    with desk.save(["record.add", {"kind": Person.__tablename__, "id": id_}]) as work:
        values = read_person(name) | {key: cells[key] for key in ("email", "phone") if cells.get(key)}
        work.new(Person, id_, **values, place=next(iter(cities.values()), None))
        house = next(iter(houses.values()), None)
        if organisation and house is None:
            house = work.new(Organisation, name=_text(organisation)).id
        if post or house:
            work.new(Affiliation, owner=id_, post=_text(post) if post else None, organisation=house)
    return id_


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
