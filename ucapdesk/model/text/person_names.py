"""People's names: the parts of a name typed in one line, their order, how each language writes them, and forms of address.

Which part is the family name is told by the writing where it can be: a comma, capitals, Chinese characters, pinyin of the
Chinese name beside it. Other names in Latin letters have the given name first; a single word is left as it is. A name
from abroad in Chinese characters is written as it sounds, with a dot between its parts, in the order of its owner.

People are addressed by title and surname (``Mayor Li``, ``李市长``), never by the first name, never in capitals. There the
surname is never guessed: where it is not known the whole name stands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from ucapdesk.base.fold import HAN
from ucapdesk.base.i18n import known_language, language, latin_language, phrases
from ucapdesk.base.pinyin import COMPOUND, character_readings, family_reading, is_pinyin, is_surname, plain
from ucapdesk.model.codes import code_label, codes, word_table
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.rules import sides
from ucapdesk.model.values import Bilingual, HanName, PersonName
from ucapdesk.model.values.groups import DOT, DOTS

# The characters once: they take a millisecond to compile.
HAN_NAME = re.compile(f"(?:[{HAN}{DOTS}][-‐–－]?)+(?<![-‐–－])")
_DOTS = rf"\s*[{DOTS}]\s*|(?<=[{HAN}])\s+(?=[{HAN}])"
_BRACKET = r"[(（“\"][^()（）“”\"]+[)）”\"]"
# What stands in brackets behind a name, such as the one somebody goes by; no family name.
_BEHIND = re.compile(rf" ?({_BRACKET}(?: ?{_BRACKET})*)$")
PARTICLES = frozenset(word_table("name_words")["particles"])  # Small words that begin a family name, or join two
FAMILY_FIRST, GIVEN_FIRST = PersonName.ORDERS


# -- read -----------------------------------------------------------------------------------------


def read_person(said: str) -> dict[str, Any]:
    """Return the values of a person named in one line: ``Wu Wenneng 吴文能``, ``Łucja Żółć``, ``卢卡什·茹科夫斯基``."""
    said = " ".join(said.split())
    values: dict[str, Any] = {}
    written = "".join(HAN_NAME.findall(said)).strip(DOTS)
    han = read_han(written) if written else None
    if han:
        values["name_han"] = han
    elif len(written) > 1:
        values["name_phonetic"] = Bilingual(zh=dotted(written))  # a name from abroad, written by its sound
    elif written:
        values["name_han"] = HanName(written)
    if latin := re.sub(r"[(（]\s*[)）]", " ", HAN_NAME.sub(" ", said)).strip(" ()（）"):
        if opened := re.search(r"([(（])[^)）]*$", latin):
            latin += ")" if opened[1] == "(" else "）"
        values["name"] = name = read_latin(" ".join(latin.split()), han)
        family = han.family or "" if han else ""
        common = is_surname("".join(family_reading(written)[: len(family)]))
        if han and not (name.family or common or spells(name.given or "", family)):
            values["name_han"] = HanName(written)  # 拉姆 Lhamo: no family name
    return values


def split_name(said: str) -> HanName | PersonName | None:
    """Return the parts of a whole name in the family name's place; None where its writing does not tell them:
    two words may be a family name of two.
    """
    if HAN_NAME.fullmatch(said):
        return read_han(said)
    words = said.split()
    name = read_latin(" ".join(words)) if "," in said else _by_capitals(words) if len(words) > 1 else None
    return name if name and name.family and name.given else None


def read_han(said: str) -> HanName | None:
    """Return a Chinese name in its parts; None for a transcribed one, and for a single character."""
    length = 2 if said[:2] in COMPOUND else 1
    foreign = re.search(f"[{DOTS}]", said) or len(said) > length + 2
    return HanName(said[:length], said[length:]) if not foreign and len(said) > length else None


def whole_han(said: str) -> HanName:
    """Return a whole name in Chinese characters; the family name of a transcribed one follows its only dot."""
    said = dotted("".join(said.split()) if not re.search(f"[{DOTS}]", said) else said)
    given, dot, family = said.partition(DOT)
    return HanName(family, given) if dot and DOT not in family else read_han(said) or HanName(said)


def read_latin(said: str, han: HanName | None = None) -> PersonName:
    """Return a name in Latin letters in its parts; ``han`` is the Chinese name beside it."""
    family, comma, given = (part.strip() for part in said.partition(","))
    if comma:
        chinese = family and given and is_surname(family) and all(map(is_pinyin, given.split()))
        order = None if not (family and given) else FAMILY_FIRST if chinese else GIVEN_FIRST
        return PersonName(family or None, given or None, order)
    if behind := _BEHIND.search(said, 1):
        name = read_latin(said[: behind.start()], han)
        return replace(name, given=" ".join(filter(None, (name.given, behind[1]))))
    words = said.split()
    if len(words) < 2 or "of" in words or _nobody().fullmatch(said):
        return PersonName(given=said)
    return _by_capitals(words) or _by_sound(words, han) or _by_order(words)


@cache
def _nobody() -> re.Pattern[str]:
    """Return the pattern of a post or an office in place of a name: Vice Mayor, Alcaldesa de Murcia; not Mayor Anna Nowak."""
    post, office = (telling(name).pattern for name in ("post", "organisation"))
    alone = rf"(?:{post})(?:[\s-]*(?:{post}|general\b))*(?:\s(?-i:[a-zß-ÿ]).*)?"
    return re.compile(rf"(?:{office}).*|{alone}", re.IGNORECASE)


@cache
def telling(name: str) -> re.Pattern[str]:
    """Return the pattern of words that tell a post or an organisation; ``*`` stands for any letters, ``+`` for one or more."""
    table = word_table("contact_words")
    words = "|".join(re.escape(word).replace(r"\*", r"\w*").replace(r"\+", r"\w+") for word in table[name])
    return re.compile(rf"\b(?:{words})\b|(?:{'|'.join(table[f'{name}_han'])})$", re.IGNORECASE)


def _by_capitals(words: Sequence[str]) -> PersonName | None:
    """Read ``WU Wenneng``, ``Carmen BENÍTEZ SÁNCHEZ``: capitals mark the family name."""
    capital = [len(word) > 1 and word.isupper() and "." not in word for word in words]
    if all(capital) or not (capital[0] or capital[-1]):
        return None
    family = " ".join(word.title() for word, is_capital in zip(words, capital, strict=True) if is_capital)
    given = " ".join(word for word, is_capital in zip(words, capital, strict=True) if not is_capital)
    return PersonName(family, given, FAMILY_FIRST if capital[0] else GIVEN_FIRST)


def _by_sound(words: Sequence[str], han: HanName | None) -> PersonName | None:
    """Read a Chinese name in pinyin: by its characters, else by a first word that is a Chinese family name."""
    for cut in range(1, len(words)) if han else ():
        first, second = " ".join(words[:cut]), " ".join(words[cut:])
        for family, given, order in ((first, second, FAMILY_FIRST), (second, first, GIVEN_FIRST)):
            if spells(family, han.family or "") and spells(given, han.given or ""):  # type: ignore[union-attr]
                return PersonName(family, given, order)
    if is_surname(words[0]) and all(map(is_pinyin, words)):
        return PersonName(words[0], " ".join(words[1:]), FAMILY_FIRST)
    return None


def _by_order(words: Sequence[str]) -> PersonName:
    """Read a name whose last word is the family name, with the particles before it and the name they join it to."""
    if words[0] in PARTICLES:  # in small letters: no given name
        return PersonName(" ".join(words))
    start = len(words) - 1
    # a large I is an initial
    while start > 1 and (words[start - 1].casefold().rstrip("'’") in PARTICLES or words[start - 1] == "i"):
        start -= 1
        if words[start].casefold() in ("e", "i", "y") and start > 1:
            start -= 1
    return PersonName(" ".join(words[start:]), " ".join(words[:start]), GIVEN_FIRST)


# -- sound ----------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def spells(latin: str, characters: str) -> bool:
    """Return whether a word in Latin letters is the pinyin of Chinese characters, in any of their readings."""
    letters = plain(latin.replace(" ", ""))
    ends = {0}
    for character in characters:
        ends = {at + len(said) for at in ends for said in character_readings(character) if letters.startswith(said, at)}
    return bool(characters) and len(letters) in ends


def is_spelled(han: HanName | None, latin: PersonName | None) -> bool:
    if not han or not latin or not latin.family:
        return False
    return spells(latin.family, han.family or "") or spells(
        f"{latin.family}{latin.given or ''}", f"{han.family or ''}{han.given or ''}"
    )


def is_spelled_whole(han: HanName, latin: PersonName) -> bool:
    """Return whether both parts of the name in Latin letters are the pinyin of those of the Chinese one."""
    return spells(latin.family or "", han.family or "") and spells(latin.given or "", han.given or "")


def pinyin_name(han: HanName | None) -> PersonName | None:
    """Return a Chinese name in pinyin, as a suggestion: ``Wu Wenneng``, ``Li Chang'an``; None for a transcribed one."""
    if not han or not han.family or is_from_abroad(han):
        return None
    family, given = han.family, han.given or ""
    said = family_reading(family + given)
    if not all(syllable.isascii() for syllable in said):
        return None
    parts = _joined(said[: len(family)]), _joined(said[len(family) :])
    return PersonName(parts[0], parts[1] or None, FAMILY_FIRST)


def offered_name(record: object) -> PersonName | None:
    """Return the pinyin of a person with a Chinese name only; a suggestion that a user must accept."""
    return None if getattr(record, "name", None) else pinyin_name(getattr(record, "name_han", None))


def _joined(syllables: Sequence[str]) -> str:
    """Return one word with a capital, and an apostrophe where a syllable would be read with the one before."""
    words = [syllable.replace("v", "ü") for syllable in syllables]
    return "".join(f"'{word}" if at and word[0] in "aeo" else word for at, word in enumerate(words)).capitalize()


# -- written --------------------------------------------------------------------------------------


def is_from_abroad(han: HanName, latin: PersonName | None = None) -> bool:
    """Return whether a name in Chinese characters is a foreign one, transcribed by sound.

    It is where a dot stands in it, or a part is longer than those of Chinese names; never where the name in Latin letters is
    its pinyin. A family name of two characters that is no Chinese one is, where the given name comes first in Latin letters.
    """
    if is_spelled(han, latin):
        return False
    if han.is_long:
        return True
    first = latin is not None and latin.order == GIVEN_FIRST
    return first and len(han.family or "") == len("欧阳") and han.family not in COMPOUND and bool(han.given)


def say_han(han: HanName | None, latin: PersonName | None = None) -> str:
    """Return a name in Chinese characters: 吴文能, 卢卡什·茹科夫斯基."""
    if han is None:
        return ""
    if not is_from_abroad(han, latin):
        return han.joined
    return han.dotted(family_first=latin is not None and latin.order == FAMILY_FIRST)


def in_order(name: PersonName | None, han: HanName | None) -> PersonName | None:
    """Return a name in Latin letters; one of unknown order follows the Chinese name where it is its pinyin."""
    if name is None or name.order or not han:
        return name
    return replace(name, order=FAMILY_FIRST) if is_spelled_whole(han, name) else name


def dotted(text: str) -> str:
    """Return a transcribed name with the dot of Chinese texts between its parts."""
    return re.sub(_DOTS, DOT, text.strip())


NO_SALUTATION = (None, "", "mx")
# Titles after a Chinese name, where shorter than the label: of two titles the higher one.
TITLES_AFTER_CHINESE_NAME = {"prof_dr": "教授"}


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
    return Bilingual({lang: say_address(person, sides.post_code(post, lang), lang) for lang in said})


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
