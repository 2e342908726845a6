"""Texts written once in any language (rooms, allergies, drivers): which languages they are in, and rooms translated by rule."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ucapdesk.base.fold import HAN_RUN
from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.base.phrases import phrases
from ucapdesk.model.text.format.numbers_in_words import english_ordinal
from ucapdesk.model.text.parse.typed_text import han_number

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
