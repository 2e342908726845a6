"""Words of the search index, made here for the index and for the question: pairs of Chinese characters, and signs.

Of Chinese text the words are every two neighbouring characters, and the last one of a run. A question for several characters asks
for their pairs, of which few records hold each. Single ones would be in most records, and
the index would compare their places in all of them before it knows that they never meet. What stands between two
characters without being a letter or a figure counts for nothing: 张　伟 is found as 张伟.

Signs are words of the last column that nobody types, each for something that is written in many ways: a whole name, a day, a
telephone number and a goal of the United Nations stand there in one word each, behind a figure that says
which of them it is; so ``2019-06``, ``June 2019`` and ``2019年6月`` ask for the same days.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from ucapdesk.base.fold import HAN, HAN_RUN, fold_accents, fold_letters, simplify
from ucapdesk.model.codes import codes
from ucapdesk.model.kind import KindField
from ucapdesk.model.listing import is_date
from ucapdesk.model.values import Bilingual, HanName, PartialDate, PersonName, When
from ucapdesk.model.values.cells import TextType


@cache
def _spans() -> re.Pattern[str]:
    """Return the pattern of a run of characters; not made at the start, since it takes long and most commands search nothing."""
    return re.compile(rf"[{HAN}](?:[\W_]*[{HAN}])*")


def indexed_words(text: str) -> str:
    text = fold_letters(text)
    return text if text.isascii() else _spans().sub(lambda span: f" {' '.join(_pairs(span[0]))} ", text)


def _pairs(span: str) -> list[str]:
    characters = "".join(HAN_RUN.findall(span))
    return [*map("".join, pairwise(characters)), characters[-1]]


def asked_words(text: str) -> tuple[str, bool]:
    """Return the words by which a text is asked for, and whether the last of them is only begun.

    Behind the last character of what is typed another may stand.
    """
    words = indexed_words(text).split()
    if not words or not HAN_RUN.match(words[-1]):
        return " ".join(words), False
    if len(words) > 1 and HAN_RUN.match(words[-2]):
        return " ".join(words[:-1]), False
    return " ".join(words), True


WHOLE, DAY, NUMBER, GOAL = "0123"
MAX_SIGN_CHARS = 40  # Characters of a whole name that tell it from others
SHORTEST_NUMBER = 6
DAYS_NAMED = 62  # Of a longer interval only both ends are found
GOALS = "sdgs"
# Words before the number of a goal, in each language.
GOAL_WORDS = ("sdg", "goal", "ods", "objetivo", "obiettivo", "ziel", "目标")
OFFICES = ("short_forms", "bodies")
_NUMBER = re.compile(r"\+?(?:\d[\s()/.-]{0,3}){6,}")


def compact(text: str) -> str:
    """Return the folded letters and digits of a text without anything between them."""
    return "".join(re.findall(r"[^\W_]+", fold_accents(text)))


@lru_cache(maxsize=4096)
def whole(name: str) -> str:
    """Return the sign of a whole name; empty where it holds no letter."""
    said = compact(name)[:MAX_SIGN_CHARS]
    return WHOLE + said if said else ""


# Gives, for a value, the words that are found as they are, and its signs.
Indexed = Callable[[Any], tuple[str, Iterable[str]]]


def indexed_as(field: KindField, *, is_name: bool) -> Indexed:
    text = field.type.text
    if is_name:
        return lambda value: (text(value), map(whole, _names(value)))
    if is_date(field):
        return lambda value: _indexed_days(value.edtf if isinstance(value, PartialDate) else _edtf(value))
    if field.meta.codes == GOALS:
        return lambda value: ("", [GOAL + code for code in value])
    if isinstance(field.type, TextType) and not field.meta.long:
        return lambda value: (text(value), (sign for found in _NUMBER.findall(value) for sign in numbers(found)))
    return lambda value: (text(value), ())


def _names(value: Any) -> Iterable[str]:
    if isinstance(value, PersonName):
        return (str(value), value.sort_key)
    if isinstance(value, HanName):
        return (value.joined, str(value))
    return value.values() if isinstance(value, Bilingual) else (str(value),)


def _edtf(when: When) -> str:
    """Return the days of hours, without the hours; empty where none are known."""
    first, last = when.date or when.end_date or "", when.end_date or when.date or ""
    return f"{first}/{last}" if first < last else first


def _indexed_days(edtf: str) -> tuple[str, Iterable[str]]:
    return (edtf, days(edtf)) if edtf else ("", ())


def days(edtf: str) -> Iterator[str]:
    """Yield the signs of every day of a date or a short interval, of a month or a year that is all that is known, else of both ends."""
    ends = [bare for end in dict.fromkeys(edtf.split("/")) if (bare := end.rstrip("~?%")) != ".."]
    yield from map(day_sign, ends)
    if len(ends) > 1 and all(end.count("-") == 2 for end in ends):
        first, last = map(date.fromisoformat, ends)
        length = (last - first).days
        within = range(1, length if length <= DAYS_NAMED else 0)
        yield from (day_sign((first + timedelta(n)).isoformat()) for n in within)


def day_sign(edtf: str) -> str:
    """Return the sign of a day, a month or a year; the longer ones begin with the shorter."""
    return DAY + edtf.replace("-", "")


def numbers(text: str) -> Iterator[str]:
    """Yield the signs of a telephone number: with the code of its country and without; a 0 before the code of a city counts for nothing."""
    bare = text.replace("(0)", "")
    digits = re.sub(r"\D", "", bare)
    if len(digits) < SHORTEST_NUMBER:
        return
    abroad = bare.strip().startswith("+") or digits.startswith("00")
    digits = digits.lstrip("0")
    yield NUMBER + digits
    code = next((code for code in _calling_codes() if digits.startswith(code)), "") if abroad else ""
    if code and len(digits) - len(code) >= SHORTEST_NUMBER - 1:
        yield NUMBER + digits[len(code) :].lstrip("0")


@cache
def _calling_codes() -> tuple[str, ...]:
    said = {re.sub(r"\D", "", country.facts.get("calling_code") or "") for country in codes("countries").values()}
    return tuple(sorted(filter(None, said), key=len, reverse=True))


@cache
def _offices() -> tuple[tuple[str, ...], ...]:
    """Return the Chinese names of each office, the longest first."""
    known = (code for name in OFFICES for code in codes(name).values())
    named = ({each for each in code.spellings if HAN_RUN.fullmatch(each)} for code in known)
    return tuple(tuple(sorted(names, key=lambda name: (-len(name), name))) for names in named)


@cache
def office_names() -> frozenset[str]:
    return frozenset(name for names in _offices() for name in names)


def short_names(named: str) -> Iterator[str]:
    """Yield Chinese names with the short forms of an office in them, also without 市 before it: 柳州发改委."""
    for run in HAN_RUN.findall(simplify(named)):
        for names in _offices():
            full = next((name for name in names if name in run), "")
            before, found, behind = run.partition(full) if full else ("", "", "")
            for short in (name for name in names if found and len(name) <= len(full)):
                # In an order of their own: the index of the same records is the same in every process.
                for said in dict.fromkeys((f"{before}{short}{behind}", f"{before.removesuffix('市')}{short}{behind}")):
                    if said != run:
                        yield said


@cache
def _goals() -> dict[str, str]:
    """Return the goals by everything that is written for them but a bare number."""
    said = ((compact(spelling), goal.code) for goal in codes(GOALS).values() for spelling in goal.spellings)
    named = {spelling: code for spelling, code in said if not spelling.isdigit()}
    return {f"{word}{code}": code for word in GOAL_WORDS for code in codes(GOALS)} | named


def goal(typed: str) -> str | None:
    """Return the number of the goal that somebody typed: ``SDG 11``, ``sdg11``, ``目标11``, or its name."""
    return _goals().get(compact(typed))
