"""Forms of address: ``Mayor Li``, ``李市长``; by title and surname, never by the first name, never in capitals.

Which part of a name is the surname is never guessed: where it is not known the whole name stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ucapdesk.base.i18n import language
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.rules.names import FAMILY_FIRST
from ucapdesk.model.text.format.names_in_words import say_person
from ucapdesk.model.values import Bilingual, PersonName
from ucapdesk.model.values.groups import DOT

BY_POST: Mapping[str, tuple[str, str]] = MappingProxyType({
    "mayor": ("Mayor", "市长"),
    "executive_vice_mayor": ("Vice Mayor", "副市长"),
    "vice_mayor": ("Vice Mayor", "副市长"),
    "first_deputy_mayor": ("Deputy Mayor", "副市长"),
    "deputy_mayor": ("Deputy Mayor", "副市长"),
    "regional_president": ("President", "主席"),
    "governor": ("Governor", ""),
    "commissioner": ("Commissioner", "委员"),
    "eu_dg": ("Director-General", "总司长"),
    "eu_ddg": ("Deputy Director-General", "副总司长"),
    "ambassador": ("Ambassador", "大使"),
    "councillor": ("Councillor", "议员"),
    "secretary_general": ("Secretary-General", "秘书长"),
    "drc_director": ("Director", "主任"),
    "drc_deputy_director": ("Deputy Director", "副主任"),
    "new_district_director": ("Director", "主任"),
    "fao_director": ("Director", "主任"),
    "director": ("Director", "主任"),
    "deputy_director": ("Deputy Director", "副主任"),
    "division_director": ("Director", "处长"),
    "section_chief": ("Section Chief", "科长"),
    "rector": ("President", "校长"),
    "chamber_president": ("President", "会长"),
})  # fmt: skip
"""Posts used as a form of address, in English and Chinese; others are addressed by Mr, Ms and the like."""

_ADDRESS: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "en": {"mr": "Mr {}", "ms": "Ms {}", "dr": "Dr {}", "prof": "Professor {}", "prof_dr": "Professor {}", "amb": "Ambassador {}"},
    "zh": {"mr": "{}先生", "ms": "{}女士", "dr": "{}博士", "prof": "{}教授", "prof_dr": "{}教授", "eng": "{}工程师", "amb": "{}大使"},
    "es": {"mr": "Sr. {}", "ms": "Sra. {}", "dr": "Dr. {}", "prof": "Prof. {}", "prof_dr": "Prof. {}"},
    "it": {"mr": "Sig. {}", "ms": "Sig.ra {}", "dr": "Dott. {}", "prof": "Prof. {}", "prof_dr": "Prof. {}"},
    "de": {"mr": "Herr {}", "ms": "Frau {}", "dr": "Dr. {}", "prof": "Prof. {}", "prof_dr": "Prof. {}"},
})  # fmt: skip
"""Forms of address with a family name, by the salutation."""

_LETTERS: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "en": {"": "Dear {}", "he": "Your Excellency", "nobody": "Dear Sir or Madam"},
    "zh": {"": "尊敬的{}", "nobody": "尊敬的先生、女士"},
    "es": {"": "Estimado/a {}", "mr": "Estimado {}", "ms": "Estimada {}", "he": "Excelencia", "nobody": "Estimados señores"},
    "it": {"": "Gentile {}", "mr": "Egregio {}", "he": "Eccellenza", "nobody": "Gentili Signore e Signori"},
    "de": {"": "Guten Tag {}", "mr": "Sehr geehrter {}", "ms": "Sehr geehrte {}", "he": "Exzellenz",
           "nobody": "Sehr geehrte Damen und Herren"},
})  # fmt: skip
"""Opening words of letters, by the salutation."""
EXCELLENCIES = ("he", "he_mr", "he_ms")


def say_address(person: Person, post_code: str | None = None, lang: str | None = None) -> str:
    """Return the form of address: ``Deputy Mayor Szczęśniak-Grzegżółka``, ``龚副市长``; an Excellency by the whole name.

    Args:
        person: Who is addressed.
        post_code: A code of the list ``posts``.
        lang: The language, by default the reader's.
    """
    lang = lang or language()
    name = surname(person, lang)
    english, chinese = BY_POST.get(post_code or "", ("", ""))
    excellency = person.salutation in EXCELLENCIES
    if person.salutation_free and person.salutation_free.get(lang):
        return _titled(person, lang)
    if lang == "zh" and chinese:
        return f"{name}{chinese}{'阁下' if excellency else ''}"
    if lang == "en" and english and not excellency:
        return f"{english} {name}"
    form = _ADDRESS.get(lang, _ADDRESS["en"]).get(person.salutation or "")
    return form.format(name) if form else _titled(person, lang)


def address_in_both(person: Person, post_code: str | None = None) -> Bilingual:
    """Return the form of address in English, and in Chinese where a Chinese form of the name is known."""
    chinese = bool(person.name_han and str(person.name_han)) or bool(
        person.name_phonetic and person.name_phonetic.get("zh")
    )
    return Bilingual({lang: say_address(person, post_code, lang) for lang in ("en", *(("zh",) if chinese else ()))})


def say_salutation(person: Person | None, post_code: str | None = None, lang: str | None = None) -> str:
    """Return the opening words of a letter, without the mark after them; arguments as those of ``say_address``, or nobody."""
    lang = lang or language()
    lang = lang if lang in _LETTERS else "en"
    forms = _LETTERS[lang]
    if person is None:
        return forms["nobody"]
    code = "he" if person.salutation in EXCELLENCIES else person.salutation or ""
    return forms.get(code, forms[""]).format(say_address(person, post_code, lang))


def _titled(person: Person, lang: str) -> str:
    """Return the whole name with its title, without the capitals of lists."""
    return say_person(person, lang, capitals=False)


def surname(person: Person, lang: str) -> str:
    """Return the name after a title; the whole name where the surname is unknown or not written apart."""
    whole = say_person(person, lang, salutation=False, capitals=False)
    if lang != "zh":
        return (person.name.family if person.name else None) or whole
    if person.name_han:
        return person.name_han.family or whole
    return _surname_by_sound(person.name, whole)


def _surname_by_sound(name: PersonName | None, whole: str) -> str:
    """Return the family name of 博热娜·什琴希尼亚克: as many parts as it has words in Latin letters."""
    parts = whole.split(DOT)
    if name is None or not (name.family and name.given):
        return whole
    family, given = len(name.family.split()), len(name.given.split())
    if len(parts) == 2:
        family, given = 1, 1
    if len(parts) != family + given:
        return whole
    return DOT.join(parts[:family] if name.order == FAMILY_FIRST else parts[given:])
