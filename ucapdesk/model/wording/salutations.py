"""How a letter addresses somebody: ``Dear Mayor LI``, ``尊敬的李市长``; by title and surname, never by the first name.

Which part of a name is the surname is never guessed: where it is not known the whole name stands.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ucapdesk.base.i18n import language
from ucapdesk.model.kinds.people import Person
from ucapdesk.model.wording.names import say_person

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
"""Posts by which somebody is addressed, in English and Chinese; others by Mr, Ms and the like."""

_FORMS: Mapping[str, Mapping[str, str]] = MappingProxyType({
    "en": {"mr": "Dear Mr {}", "ms": "Dear Ms {}", "dr": "Dear Dr {}", "prof": "Dear Professor {}",
           "prof_dr": "Dear Professor {}", "he": "Your Excellency", "amb": "Dear Ambassador {}", "": "Dear {}",
           "nobody": "Dear Sir or Madam"},
    "zh": {"mr": "尊敬的{}先生", "ms": "尊敬的{}女士", "dr": "尊敬的{}博士", "prof": "尊敬的{}教授", "prof_dr": "尊敬的{}教授",
           "eng": "尊敬的{}工程师", "he": "尊敬的{}阁下", "amb": "尊敬的{}大使", "": "尊敬的{}", "nobody": "尊敬的先生、女士"},
    "es": {"mr": "Estimado Sr. {}", "ms": "Estimada Sra. {}", "he": "Excelencia", "": "Estimado/a {}",
           "nobody": "Estimados señores"},
    "it": {"mr": "Egregio Sig. {}", "ms": "Gentile Sig.ra {}", "he": "Eccellenza", "": "Gentile {}",
           "nobody": "Gentili Signore e Signori"},
    "de": {"mr": "Sehr geehrter Herr {}", "ms": "Sehr geehrte Frau {}", "he": "Exzellenz", "": "Guten Tag {}",
           "nobody": "Sehr geehrte Damen und Herren"},
})  # fmt: skip


def say_salutation(person: Person | None, post_code: str | None = None, lang: str | None = None) -> str:
    """The first words of a letter, without the mark after them.

    Args:
        person: To whom; None where nobody is known.
        post_code: A code of the list ``posts``.
        lang: The language, by default the reader's.
    """
    lang = lang or language()
    lang = lang if lang in _FORMS else "en"
    forms = _FORMS[lang]
    if person is None:
        return forms["nobody"]
    name = surname(person, lang)
    by_post = BY_POST.get(post_code or "", ("", ""))
    if lang == "en" and by_post[0] and person.salutation != "he":
        return f"Dear {by_post[0]} {name}"
    if lang == "zh" and by_post[1]:
        return f"尊敬的{name}{by_post[1]}" + ("阁下" if person.salutation == "he" else "")
    code = person.salutation if person.salutation in forms else ""
    return forms[code or ""].format(name if code else say_person(person, lang, salutation=False))


def surname(person: Person, lang: str) -> str:
    """The name that stands behind a title; the whole one where the surname is not known or written in one with it."""
    if lang == "zh":
        han = person.name_han
        return (han.family if han and han.family else None) or say_person(person, "zh", salutation=False)
    family = person.name.family if person.name else None
    if not family:
        return say_person(person, lang, salutation=False)
    return family.upper() if person.surname_capitals else family
