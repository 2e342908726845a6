"""Forms of address: ``Mayor Li``, ``李市长``; by title and surname, never by the first name, never in capitals.

Which part of a name is the surname is never guessed: where it is not known the whole name stands.
"""

from __future__ import annotations

from typing import Any

from ucapdesk.base.i18n import known_language, latin_language
from ucapdesk.base.phrases import phrases
from ucapdesk.model.codes import codes
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.rules import delegation
from ucapdesk.model.rules.names import FAMILY_FIRST
from ucapdesk.model.text.format.names_in_words import say_person
from ucapdesk.model.values import Bilingual, PersonName
from ucapdesk.model.values.groups import DOT

EXCELLENCIES = ("he", "he_mr", "he_ms")


def say_address(person: Person, post_code: str | None, lang: str) -> str:
    """Return the form of address: ``Deputy Mayor Szczęśniak-Grzegżółka``, ``龚副市长``; an Excellency by the whole name.

    Args:
        person: Who is addressed.
        post_code: A code of the list ``posts``.
        lang: The language.
    """
    name = surname(person, lang)
    post = codes("posts").get(post_code or "")
    addressed = post.facts.get("address", {}).get(lang, "") if post else ""
    excellency = person.salutation in EXCELLENCIES
    if person.salutation_free and person.salutation_free.get(lang):
        return say_person(person, lang, capitals=False)
    if lang == "zh" and addressed:
        return f"{name}{addressed}{'阁下' if excellency else ''}"
    if addressed and not excellency:
        return f"{addressed} {name}"
    form = phrases(lang)["address"].get(person.salutation or "")
    return str(form.format(name)) if form else say_person(person, lang, capitals=False)


def address_in_both(person: Person, post: Any | None = None) -> Bilingual:
    """Return the form of address in the language beside Chinese, and in Chinese where a Chinese form of the name is known; ``post``: the main one."""
    chinese = str(person.name_han or "") or (person.name_phonetic or Bilingual()).get("zh")
    said = (latin_language(), "zh") if chinese else (latin_language(),)
    return Bilingual({lang: say_address(person, delegation.post_code(post, lang), lang) for lang in said})


def say_salutation(person: Person | None, post_code: str | None = None, lang: str | None = None) -> str:
    """Return the opening words of a letter, without the mark after them; arguments as those of ``say_address``, or nobody."""
    lang = known_language(lang)
    forms = phrases(lang)["letter"]
    if person is None:
        return str(forms["nobody"])
    code = "he" if person.salutation in EXCELLENCIES else person.salutation or ""
    return str(forms.get(code, forms[""]).format(say_address(person, post_code, lang)))


def surname(person: Person, lang: str) -> str:
    """Return the name after a title; the whole name where the surname is unknown or not written apart."""
    whole = say_person(person, lang, salutation=False, capitals=False)
    if lang != "zh":
        return (person.name.family if person.name else None) or whole
    return (person.name_han.family or whole) if person.name_han else _surname_by_sound(person.name, whole)


def _surname_by_sound(name: PersonName | None, whole: str) -> str:
    """Return the family name of 博热娜·什琴希尼亚克: as many parts as it has words in Latin letters."""
    parts = whole.split(DOT)
    if name is None or not (name.family and name.given):
        return whole
    family, given = (1, 1) if len(parts) == 2 else (len(name.family.split()), len(name.given.split()))
    if len(parts) != family + given:
        return whole
    return DOT.join(parts[:family] if name.order == FAMILY_FIRST else parts[given:])
