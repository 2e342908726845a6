"""Formats any field of any record in words, for lists, forms, history and papers; rooms, in languages in which nobody wrote them.

Some texts are written once in any language (rooms, allergies, drivers): which languages they are in is told here, and rooms are
translated by rule.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from ucapdesk.base.fold import HAN_RUN
from ucapdesk.base.i18n import LANGUAGE_NAMES, LANGUAGES, joined, language, pair, phrases, tr
from ucapdesk.model.dates.formatting import say_date, say_when
from ucapdesk.model.dates.zones import zone_city
from ucapdesk.model.kind import KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.record import Record
from ucapdesk.model.text.amounts import english_ordinal, say_counts, say_money, say_number, say_quantity
from ucapdesk.model.text.person_names import dotted, say_person
from ucapdesk.model.text.typed_text import han_number
from ucapdesk.model.values import Bilingual, Counts, FileRef, Geo, Money, PartialDate, Quantity, When
from ucapdesk.model.values.bilingual import STATE

Names = Callable[[str], str]  # A function that returns the title of a record for its id


def say(field: KindField, value: Any, lang: str | None = None, names: Names = str) -> str:
    """Return a field's value in words of a language; a text that exists only in another language is given in that.

    Args:
        field: The field the value is of.
        value: Its value; None and empty sets are said as nothing.
        lang: The language, by default the reader's.
        names: Gives the title of a linked record for its id.
    """
    lang = lang or language()
    if value is None:
        return ""
    if field.is_set:
        return joined((_single(field, one, lang, names) for one in value), lang, "/")
    return _single(field, value, lang, names) if isinstance(value, str) else in_words(value, lang)


def say_field(field: KindField, record: Record, today: date, lang: str | None = None, names: Names = str) -> str:
    """Return the value of a record's field in words on a day; an end that follows from a term says so."""
    value = field.value(record, today)
    said = say(field, value, lang, names)
    by_term = isinstance(value, PartialDate) and field.is_followed(record)
    return tr("list", "{date}, by its term", lang, date=said) if by_term else said


def in_words(value: Any, lang: str) -> str:
    say_value = _BY_TYPE.get(type(value))
    return say_value(value, lang) if say_value else str(value)


_BY_TYPE: Mapping[type, Callable[[Any, str], str]] = {
    Bilingual: Bilingual.said,
    bool: lambda value, lang: tr("paper", "Yes", lang) if value else tr("paper", "No", lang),
    int: say_number,
    PartialDate: say_date,
    When: say_when,
    Quantity: say_quantity,
    Money: say_money,
    Counts: say_counts,
    Geo: lambda value, _: ", ".join(filter(None, (value.lat, value.lon))),
    FileRef: lambda value, _: value.name or "",
}


def title_of(record: Record, lang: str | None = None, names: Names = str) -> str:
    """Return the title of a record for lists and sentences: its first filled title field, else its kind."""
    return own_title(record, lang, names) or KINDS[type(record).__tablename__].label(lang)


def own_title(record: Record, lang: str | None = None, names: Names = str) -> str:
    """Return the first filled title field of a record; empty where there is none."""
    kind, lang = KINDS[type(record).__tablename__], lang or language()
    if isinstance(record, Person):
        by_sound = record.name_phonetic.said(lang) if record.name_phonetic else ""
        if name := say_person(record, lang, salutation=False) or dotted(by_sound):
            return name
    said = (say(kind.fields[name], getattr(record, name), lang, names) for name in kind.cls.title_fields)
    return next(filter(None, said), "")


def tag_of(value: object, lang: str) -> str:
    """Return the tag of the language of a text that the reader's language lacks; empty otherwise.

    For somebody whose language is none of the two in which texts are written, the first of them stands for it.
    """
    if not isinstance(value, Bilingual) or not value or lang in value or lang not in LANGUAGES:
        return ""
    said, expected = value.said(lang), pair()[0]
    if lang not in pair() and value.get(expected) == said:
        return ""
    return next((str(phrases(each)["tag"]) for each in value if value[each] == said), "")


def tagged(record: Record, title: str, lang: str) -> str:
    """Return a title, with the tag of its language where that is another than the reader's."""
    tag = tag_of(getattr(record, KINDS[type(record).__tablename__].cls.title_fields[0]), lang)
    return f"{title} ({tag})" if tag else title


def label_of(kind: str, cell: str, lang: str | None = None) -> str:
    """Return the label of a field, or of one of its cells, such as ``title.zh``; ``~`` is the Trash."""
    if cell == "~":
        return tr("history", "Trash", lang)
    name, _, part = cell.partition(".")
    known = KINDS[kind].fields.get(name) if kind in KINDS else None
    said, named = known.label(lang) if known else name, LANGUAGE_NAMES.get(part.removesuffix(STATE), part)
    if cell.endswith(STATE):
        return tr("history", "{field} · {language}, state of the text", lang, field=said, language=named)
    return f"{said} · {named}" if part else said


def called(record: Record) -> Iterator[str]:
    for field in KINDS[type(record).__tablename__].names:
        value: Any = getattr(record, field.name)
        if value:
            yield from value.values() if isinstance(value, Bilingual) else [str(value)]


def _single(field: KindField, value: str, lang: str, names: Names) -> str:
    """Return the words of one text, code or link."""
    if field.meta.codes:
        label = field.code_label(value, lang)
        return f"{value} {label}" if value.isdigit() and label != value else label
    if field.meta.kinds:
        return names(value)
    if field.meta.shape == "zone":
        return zone_city(value, lang)
    if field.meta.shape == "languages":
        return " · ".join(LANGUAGE_NAMES.get(each, each) for each in value.split(","))
    if field.name == "date":  # the day of a visit, which is part of its id and therefore plain text
        try:
            return say_date(PartialDate(value), lang)
        except ValueError:
            return value
    return value


_WORD = re.compile(r"[^\W\d_]*[a-zà-ÿ][^\W\d_]{2,}", re.IGNORECASE)
_BOTH = re.compile(r"^([^/（(]+?)\s*(?:/|（|\()\s*([^/（(）)]+?)\s*[）)]?$")


def languages_of(text: str) -> Mapping[str, str]:
    """Return a text by the language it is in: ``hazelnuts`` is English, ``Mudan Hall / 牡丹厅`` both; a number or a name all."""
    text = text.strip()
    has_han, has_word = bool(HAN_RUN.search(text)), bool(_WORD.search(text))
    if has_han and has_word:
        both = _BOTH.match(text)
        halves = both.groups() if both else ()
        chinese = [half for half in halves if HAN_RUN.search(half) and not _WORD.search(half)]
        latin = [half for half in halves if not HAN_RUN.search(half)]
        return {"en": latin[0], "zh": chinese[0]} if chinese and latin else dict.fromkeys(LANGUAGES, text)
    return {"zh" if has_han else "en": text} if has_han or has_word else dict.fromkeys(LANGUAGES, text)


# -- rooms ----------------------------------------------------------------------------------------

_NUMBERS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_FIGURES = "一二三四五六七八九"
_ENGLISH = (
    ("meeting", re.compile(r"(?:meeting|conference) room (?:no\. ?)?([a-z]?-?\d+[a-z]?)", re.IGNORECASE)),
    ("room", re.compile(r"(?:room|rm\.?) (?:no\. ?)?([a-z]?-?\d+[a-z]?)", re.IGNORECASE)),
    ("floor", re.compile(rf"({'|'.join(_NUMBERS)}|\d+(?:st|nd|rd|th)) floor", re.IGNORECASE)),
    ("floor", re.compile(r"(?:floor|level) (\d+)|(\d+)/F", re.IGNORECASE)),
    ("building", re.compile(r"building (?:no\. ?)?([a-z]|\d+)", re.IGNORECASE)),
)
_CHINESE = (
    ("building", re.compile(r"([A-Z]|\d+)(?:号楼|座|栋)")),
    ("floor", re.compile(rf"([{_FIGURES}十]+|\d+)[楼层]")),
    ("meeting", re.compile(rf"(?:第([{_FIGURES}十]+|\d+)|([A-Z]?-?\d+[A-Z]?))号?会议室")),
    ("room", re.compile(r"([A-Z]?-?\d+[A-Z]?)号?[室房间]+")),
)
_LARGEST_FIRST = ("building", "floor", "meeting", "room")


def room_in_languages(text: str) -> Mapping[str, str]:
    """Return a room in every language where rules cover its words: ``Room 308, third floor``, 3楼308室; else as it is written."""
    written = languages_of(text)
    if len(written) != 1:
        return written
    ((lang, said),) = written.items()
    parts = _parts(said, _CHINESE if lang == "zh" else _ENGLISH)
    return {each: said if each == lang else _say_room(parts, each) for each in LANGUAGES} if parts else written


def _parts(said: str, patterns: tuple[tuple[str, re.Pattern[str]], ...]) -> dict[str, str]:
    """Return the number of each kind of place (room, floor …); empty where any words are left over."""
    found: dict[str, str] = {}
    for kind, pattern in patterns:
        match = pattern.search(said)
        if match and kind not in found:
            found[kind] = _number(next(filter(None, match.groups())))
            said = said[: match.start()] + said[match.end() :]
    return found if not said.strip(" ,，、;；的on") else {}


def _number(said: str) -> str:
    """Return ``third``, ``3rd`` and 三 as 3."""
    low = said.casefold()
    if low in _NUMBERS:
        return str(_NUMBERS.index(low) + 1)
    if re.fullmatch(r"\d+(st|nd|rd|th)", low):
        return low[:-2]
    if re.fullmatch(rf"[{_FIGURES}]?十?[{_FIGURES}]?", said):
        return str(han_number(said))
    return said.upper()


def _say_room(parts: Mapping[str, str], lang: str) -> str:
    words = phrases(lang)["room"]
    order = _LARGEST_FIRST if lang == "zh" else _LARGEST_FIRST[::-1]
    said = [words[kind].format(_floor(parts[kind]) if (lang, kind) == ("en", "floor") else parts[kind])
            for kind in order if kind in parts]  # fmt: skip
    return ("" if lang == "zh" else ", ").join(said)


def _floor(number: str) -> str:
    return english_ordinal(number) if number.isdecimal() and int(number) else number
