"""Formats people's names as each language writes them; ``model.rules.names`` knows their parts."""

from __future__ import annotations

from functools import lru_cache

from ucapdesk.base.i18n import language
from ucapdesk.model.codes import code_label
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.rules.names import dotted, in_order, say_han
from ucapdesk.model.values import Bilingual, HanName, PersonName

NO_SALUTATION = (None, "", "mx")
TITLES_AFTER_CHINESE_NAME = {"prof_dr": "教授"}
"""Titles after a Chinese name, where shorter than the label: of two titles the higher one."""


def say_name(name: PersonName | None, *, capitals: bool = False) -> str:
    """Return a name in Latin letters in the person's own order; ``capitals`` marks the family name: ``WU Wenneng``."""
    if name is None:
        return ""
    if not capitals or not name.family:
        return str(name)
    return str(PersonName(name.family.upper(), name.given, name.order))


@lru_cache(maxsize=4096)
def _said(name: PersonName | None, han: HanName | None, phonetic: str, lang: str, capitals: bool) -> str:
    latin, characters = say_name(in_order(name, han), capitals=capitals), say_han(han, name)
    transcribed = dotted(phonetic) if lang == "zh" else phonetic
    return characters or transcribed or latin if lang == "zh" else latin or transcribed or characters


def say_person_name(
    name: PersonName | None,
    han: HanName | None,
    phonetic: Bilingual | None,
    lang: str | None = None,
    *,
    capitals: bool = False,
) -> str:
    """Return a name as a language writes it: in Chinese by its characters, then as transcribed, then in Latin letters."""
    lang = lang or language()
    return _said(name, han, phonetic.get(lang, "") if phonetic else "", lang, capitals)


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
    said = say_person_name(person.name, person.name_han, person.name_phonetic, lang, capitals=capitals)
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
