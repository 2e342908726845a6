"""A person made from one line: name in one script or both, then, after commas or in brackets, post, organisation, city and address,
in any order; a Chinese post also right behind the name.
"""

from __future__ import annotations

import re

from ucapdesk.base.fold import HAN
from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.base.ids import new_id
from ucapdesk.formats.people_rows import look_at
from ucapdesk.formats.phrases.people_in_text import has_position_word, name_and_post
from ucapdesk.model.codes import find_code
from ucapdesk.model.field_change import Made
from ucapdesk.model.kinds.partnership_kinds import Place
from ucapdesk.model.kinds.people_kinds import Organisation, Person
from ucapdesk.model.record import Record
from ucapdesk.model.text.fields_in_words import title_of
from ucapdesk.model.text.person_names import read_person
from ucapdesk.model.text.typed_text import in_languages
from ucapdesk.services.records import records
from ucapdesk.store.desk import Desk

LOOKED_AT = 20
_PARTS = re.compile(r"[,，;；、]")
# A name, perhaps with where they work, and what stands behind it in brackets, or after a space in Chinese.
_BEHIND = re.compile(rf"([^()（）]+)(?:[(（]([^()（）]+)[)）]\s*|\s+([{HAN}]+))(?![^,，;；、])")
# What may be the given name behind a family name and a comma.
_GIVEN = re.compile(r"(?:[A-ZÀ-\u024f\u1e00-\u1eff][\w.’'-]*(?: |$)){1,3}")


def add(desk: Desk, said: str) -> str:
    made = records_for_line(desk, said)
    with desk.save(["record.add", {"kind": Person.__tablename__, "id": made[0].id}]) as work:
        records.make(work, made)
    return made[0].id


def records_for_line(desk: Desk, said: str) -> list[Made]:
    """Return the records to create for a person told in a line: first the person, then what their post needs."""
    behind = _BEHIND.match(said)
    before = _PARTS.split(behind[1])[1:] if behind else ()
    if behind and has_position_word(post := behind[2] or behind[3]) and not any(map(has_position_word, before)):
        said = f"{behind[1]}, {post}{said[behind.end() :]}"
    first, *parts = (part.strip() for part in _PARTS.split(said) if any(map(str.isalnum, part)))
    name, title = name_and_post(first)
    rest = [title, *parts] if title else parts
    cities = {part: id_ for part in rest if (id_ := _known(desk, Place, part))}
    houses = {part: id_ for part in rest if part not in cities and (id_ := _known(desk, Organisation, part))}
    told = [part for part in rest if part not in cities and part not in houses]
    given = told[0] if told and told[0] == rest[0] and (len(rest) == 1 or " " not in name) else ""
    shouted = given.isupper() and not name.isupper()  # Anna Nowak, FIAT
    if _GIVEN.fullmatch(given) and not (shouted or has_position_word(given) or find_code("participation_role", given)):
        name, told = f"{name}, {given}", told[1:]
    cells = look_at(["Name", "姓名", *told])  # by the place of the name the others are known
    post, organisation = cells.get("post", ""), cells.get("organisation", "")
    values = read_person(name) | {key: cells[key] for key in ("email", "phone") if cells.get(key)}
    person = Made("person", new_id(), {**values, "place": next(iter(cities.values()), None)})
    made, house = [person], next(iter(houses.values()), None)
    if organisation and house is None:
        house = new_id()
        made.append(Made("organisation", house, {"name": in_languages(organisation)}))
    if post or house:
        position = {"owner": person.id, "post": in_languages(post) if post else None, "organisation": house}
        made.append(Made("affiliation", new_id(), position))
    return made


def _known(desk: Desk, kind: type[Record], said: str) -> str | None:
    named = [
        each.id for each in records.holding(desk, kind, said, LOOKED_AT)
        if said.casefold() in {" ".join(title_of(each, lang).split()).casefold() for lang in LANGUAGES}
    ]  # fmt: skip
    return named[0] if len(named) == 1 else None
