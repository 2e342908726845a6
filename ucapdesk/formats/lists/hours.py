"""Tells the hours with which a line begins, and those of a cell; also the parts of a day."""

from __future__ import annotations

import re

from ucapdesk.formats.phrases.small_texts import squash
from ucapdesk.model.codes import word_table
from ucapdesk.model.dates.hours import type_hours
from ucapdesk.model.text.itinerary_line import NEXT_DAY

_PARTS = word_table("day_parts")
_PARTS_OF_DAY = [
    {lang: names[at] for lang, names in _PARTS.items() if not lang.isdecimal()} for at in range(len(_PARTS["en"]))
]
DAY_PARTS = {
    word.casefold(): part for at, part in enumerate(_PARTS_OF_DAY) for word in (*part.values(), *_PARTS[str(at)])
}
"""Words for a part of the day, each with the words for it in each language."""
_ALL_DAY = r"全天|全日|整天|all day|whole day|todo el día|tutto il giorno|ganztägig"
_PART = "|".join(sorted(map(re.escape, DAY_PARTS), key=len, reverse=True))
_PART_OF_DAY = re.compile(rf"(?:{_PART}|{_ALL_DAY})(?=\s*[:：\t|–—-]|(?<=[\u4e00-\u9fff])\s)", re.IGNORECASE)
_OPENING = r"from|at|von|um|ab|de|dalle|alle|ore|a las|à|às|godz\."
_ABOUT = r"\b(?-i:[Cc]a)\.?|approx\.?|约|大约"
_UNTIL = r"to|until|till|bis|a|alle|a las|hasta|hasta las"
_CLOSING = r"\s?(?:hrs|h|u[hu]r)\b"
_DAYTIME = r"(?:上午|下午|中午|晚上|早上|早晨|傍晚|凌晨|晚|早)\s*"
_CLOCK = (
    rf"(?:{_DAYTIME})?(?:(?:[01]?\d|2[0-4])\s?(?:[:：.h]\s?[0-5]\d(?!\d)|[点點时時](?:\s?[0-5]?\d\s?分?|半|一刻|三刻|整)?)"
    r"(?:\s?(?:[ap]\.?m\b\.?|hrs?\b|h\b|u[hu]r\b))?|\d{1,2}\s?(?:[ap]\.?m\b\.?|u[hu]r\b|h\b))"
)
FIRST_HOUR = rf"(?:{_CLOCK}|(?:{_DAYTIME})?\d{{1,2}}(?=\s?(?:[-–—−~〜～至到]|\b(?:{_UNTIL})\b)\s?{_CLOCK})|[0-2]\d[0-5]\d(?=\s?[-–—−~]\s?[0-2]\d[0-5]\d\b|\s?(?:hrs|h)\b))"
_HOURS = re.compile(
    rf"(?:(?:{_OPENING}|{_ABOUT})\s*){{0,2}}(?:{FIRST_HOUR}|(?<=ore\s)\d{{1,2}}(?=\s))"
    rf"(?:\s?(?:[-–—−－~〜～至到/]+|{_UNTIL})\s?(?:{NEXT_DAY.pattern})?(?:{_CLOCK}|[0-2]\d[0-5]\d\b|\d{{1,2}}\b)|\s?(?:[-–—−－~〜～至到]|起|开始)(?!\s?\d))?"
    rf"(?:{_CLOSING})?(?!\d)(?:{NEXT_DAY.pattern})?",
    re.IGNORECASE,
)
_AROUND = re.compile(rf"[(（)）,，]|左右|开始|出发|集合|起$|前后|\b(?:from|about|h)\b|{_ABOUT}", re.IGNORECASE)
_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
_AT = re.compile(rf"^(?:(?:{_OPENING})\s+)+(?=\d)|(?<=\d)\s?h\b", re.IGNORECASE)
_BETWEEN = re.compile(rf"(?<=\d)\s+(?:{_UNTIL})\s+(?=\d)", re.IGNORECASE)
_PARTING = " \t:：-–—|,，;；."


def hours_of(text: str) -> tuple[str, str]:
    """Return the hours, or the part of the day, with which a line begins, and the rest; no hours where there are none."""
    found = _HOURS.match(text) or _PART_OF_DAY.match(text)
    return (found[0].strip(), text[found.end() :].lstrip(_PARTING)) if found else ("", text)


def past_noon(part: str, hours: str) -> str:
    """Return hours below the name of an afternoon or evening as Chinese says them, which is past noon: 下午2:30."""
    said = DAY_PARTS.get(part.casefold(), {}).get("zh", "") + hours
    return said if re.match(r"(?:下午[1-8]|晚上[5-9])(?!\d)", said) else hours


def hours_said(said: str) -> tuple[str, str, str]:
    """Return first and last hour of a text, and the words that are not hours, such as "morning"."""
    text = squash(NEXT_DAY.sub(" ", squash(said))).strip(" ,;-–—−")
    if not text or re.fullmatch(_ALL_DAY, text, re.IGNORECASE):
        return "", "", ""
    bare = _BETWEEN.sub("-", _AT.sub("", text))
    alone = squash(_BRACKETS.sub(" ", text))  # 14:30 (tbc)
    for way in (text, bare, squash(_AROUND.sub(" ", text)), alone, re.sub(r"[~至到]\s*$", "", text).strip()):
        try:
            start, end = type_hours(re.sub(r"[—–―－~〜～]+", "-", way))
        except ValueError:
            continue
        return start, end or "", "" if way in (text, bare) else text
    return "", "", text
