"""Formats people's names as each language writes them; ``model.rules.names`` knows their parts."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from ucapdesk.base.i18n import language
from ucapdesk.model.codes import code_label
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.rules.names import dotted, in_order, say_han
from ucapdesk.model.values import Bilingual, HanName, PersonName

NO_SALUTATION = (None, "", "mx")
TITLES_AFTER_CHINESE_NAME = {"prof_dr": "教授"}
"""Titles after a Chinese name, where shorter than the label: of two titles the higher one."""


@lru_cache(maxsize=4096)
def say_person_name(
    name: PersonName | None, han: HanName | None, phonetic: str, lang: str, *, capitals: bool = False
) -> str:
    """Return a name as a language writes it: in Chinese by its characters, then as transcribed, then in Latin letters.

    In Latin letters it stands in the person's own order; ``capitals`` marks the family name: ``WU Wenneng``.
    """
    own, characters = in_order(name, han) or PersonName(), say_han(han, name)
    latin = str(replace(own, family=own.family.upper()) if capitals and own.family else own)
    transcribed = dotted(phonetic) if lang == "zh" else phonetic
    return characters or transcribed or latin if lang == "zh" else latin or transcribed or characters


def say_person(
    person: Person, lang: str | None = None, *, salutation: bool = True, capitals: bool | None = None
) -> str:
    """Return a person with the title: ``Mr WU Wenneng``, ``吴文能先生``.

    Args:
        person: A record of the kind person.
        lang: The language, by default the reader's.
        salutation: Whether Mr, Ms and the like are said.
        capitals: Whether the family name is in capitals; as the record says where nothing is said.
    """
    lang = lang or language()
    capitals = bool(person.surname_capitals) if capitals is None else capitals
    sounds = person.name_phonetic or Bilingual()
    known = say_person_name(person.name, person.name_han, sounds.get(lang, ""), lang, capitals=capitals)
    said = known or sounds.said(lang)
    title = _salutation(person.salutation, person.salutation_free, lang) if salutation else ""
    if not said or not title:
        return said
    return f"{said}{title}" if lang == "zh" else f"{title} {said}"


def _salutation(code: str | None, free: Bilingual | None, lang: str) -> str:
    if free and (own := free.get(lang)):
        return own
    if code in NO_SALUTATION:
        return ""
    if lang == "zh" and code in TITLES_AFTER_CHINESE_NAME:
        return TITLES_AFTER_CHINESE_NAME[code]
    return code_label("salutation", code or "", lang)
