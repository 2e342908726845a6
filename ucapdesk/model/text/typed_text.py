"""Normalises typed text before it is read (width, capitals, dashes, Chinese figures and punctuation), and tells its languages apart."""

from __future__ import annotations

import re

from ucapdesk.base.fold import HAN_RUN
from ucapdesk.base.i18n import latin_language
from ucapdesk.model.codes import folded
from ucapdesk.model.values import Bilingual

# Small words with which a title goes on behind the word for its type.
JOINS = "of|to|for|from|on|at|in|en|im|and|und|y|before|after|about|with|by|between|con|del?|dello|della|dei|degli|delle|di|al|alla|de[rsmn]|vo[nm]|zu[mr]?|über|mit"
_LATIN = re.compile("[A-Za-z\u00c0-\u024f]")
_GOES_ON = re.compile(rf"\b(?:{JOINS}|the|für|an|e|da|per|para)$", re.IGNORECASE)
_DASHES = re.compile("[–—−‐‑]+")
# A wave between two things is a dash; at either end it means about.
_WAVE = re.compile(r"(?<=[^\s/])\s*[~〜]\s*(?=[^\s/-])")
_HAN_DIGITS = {sign: n for n, sign in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_HAN_NUMBER = re.compile("[〇零一二两三四五六七八九十]+(?=[年月日号点时分天周万亿千百个])")
# ASCII punctuation for what Chinese keyboards write between figures.
_PUNCTUATION = str.maketrans({"。": ".", "、": "/", "，": ",", "“": '"', "”": '"', "’": "'"})


# The characters of a Latin keyboard as a Chinese one writes them.
WIDE_TO_NARROW = {0x3000: " ", **{0xFF01 + at: chr(0x21 + at) for at in range(94)}}
_DAY = re.compile(r"(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?[日号](\d?)")
_CLOCK = re.compile(r"(\d{1,2}) ?[点时](?: ?(\d{1,2}) ?分?|(半)|整)?")


def narrow(said: str) -> str:
    """Return a line with the separators of a Latin keyboard: ，：；～－＠ are narrow, 年月日 and 时分 become those of figures.

    Words and capitals stay, and so does a day without its year, which nobody can write in figures unasked.
    """
    text = said.translate(WIDE_TO_NARROW)
    text = _DAY.sub(lambda day: f"{day[1]}-{int(day[2]):02}-{int(day[3]):02}" + (day[4] and f" {day[4]}"), text)
    return _CLOCK.sub(lambda at: f"{at[1]}:{'30' if at[3] else (at[2] or '0').zfill(2)}", text)


def plain(said: str) -> str:
    """Return a text in narrow lower case without accents, single spaces, short dashes, Chinese figures below 100 as digits."""
    text = _DASHES.sub("-", folded(said.translate(_PUNCTUATION)))
    text = _WAVE.sub("-", re.sub(r"\s+", " ", text))
    return _HAN_NUMBER.sub(lambda found: str(han_number(found[0])), text).strip(" ,")


def han_number(said: str) -> int | str:
    """Return ``十五`` as 15, ``二十`` as 20, ``二〇一九`` as 2019; anything else stays."""
    tens, ten, ones = said.partition("十")
    if not ten:
        return int("".join(str(_HAN_DIGITS[sign]) for sign in said))
    if len(tens) > 1 or len(ones) > 1 or ones == "十":
        return said
    return _HAN_DIGITS.get(tens, 1) * 10 + _HAN_DIGITS.get(ones, 0)


def in_languages(text: str) -> Bilingual:
    """Return a text with both languages told apart: ``DRC round table 发改委圆桌会议``."""
    latin = latin_language()
    if not HAN_RUN.search(text):
        return Bilingual({latin: text})
    if not _LATIN.search(text):
        return Bilingual(zh=text)
    words = text.split(" ")
    for at in range(1, len(words)):
        one, other = " ".join(words[:at]), " ".join(words[at:])
        if not HAN_RUN.search(one) and _LATIN.search(one) and HAN_RUN.search(other) and not _LATIN.search(other):
            return Bilingual({latin: text} if _GOES_ON.search(one) else {latin: one, "zh": other})  # “letter to 外办”
        if HAN_RUN.search(one) and not _LATIN.search(one) and not HAN_RUN.search(other):
            return Bilingual({"zh": one, latin: other})
    return Bilingual(zh=text)
