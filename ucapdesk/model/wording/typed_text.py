"""What people type, made plain before it is read: width, capitals, dashes, and Chinese figures and punctuation."""

from __future__ import annotations

import re

from ucapdesk.model.codes import folded

_DASHES = re.compile("[–—−‐‑]+")
_WAVE = re.compile(r"(?<=[^\s/])\s*[~〜]\s*(?=[^\s/-])")
"""A wave between two things is a dash; at either end it means about."""
_HAN_DIGITS = {
    "〇": 0,
    "零": 0,
    "一": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_HAN_NUMBER = re.compile("[〇零一二两三四五六七八九十]+(?=[年月日号点时分天周万亿千百个])")
_PUNCTUATION = str.maketrans({"。": ".", "、": "/", "，": ",", "“": '"', "”": '"', "’": "'"})
"""What a Chinese keyboard writes for the keys of figures."""


def plain(said: str) -> str:
    """A text in narrow small letters without accents, spaces single, dashes short, Chinese figures below 100 as digits."""
    text = _DASHES.sub("-", folded(said.translate(_PUNCTUATION)))
    text = _WAVE.sub("-", re.sub(r"\s+", " ", text))
    return _HAN_NUMBER.sub(lambda found: str(_han_number(found[0])), text).strip(" ,")


def _han_number(said: str) -> int | str:
    """``十五`` is 15, ``二十`` 20, ``二〇一九`` 2019; anything else stays."""
    tens, ten, ones = said.partition("十")
    if "十" in ones or (len(tens) > 1 < len(said) and ten):
        return said
    if ten:
        return (_HAN_DIGITS[tens] if tens else 1) * 10 + (
            _HAN_DIGITS[ones] if len(ones) == 1 else 0 if not ones else 100
        )
    return int("".join(str(_HAN_DIGITS[sign]) for sign in said))
