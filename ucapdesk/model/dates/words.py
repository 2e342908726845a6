"""The words of days and hours in every language that is read: one table for all readers.

The names of months and weekdays are those of CLDR. Everything else stands in the section ``when`` of ``resources/phrases/CODE.json``, of which
``draft`` says that nobody who speaks the language has read it: further spellings, the words around dates and hours, and the parts of the day,
each with the hours of the clock that it may mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Literal, NamedTuple

from ucapdesk.base.i18n import LANGUAGES, READ_LANGUAGES, phrases, typed
from ucapdesk.model.codes import folded

_ALL = (*LANGUAGES, *READ_LANGUAGES)
_HAN_FROM = "\u3000"


@cache
def day_words(name: str) -> tuple[str, ...]:
    """Return the words for something in all languages, as they are written."""
    return tuple(dict.fromkeys(word for lang in _ALL for word in phrases(lang)["when"].get(name, ())))


@cache
def meanings(name: str) -> Mapping[str, Any]:
    """Return what each of such words means, by the word folded."""
    return {folded(word): means for lang in _ALL for word, means in phrases(lang)["when"].get(name, {}).items()}


def any_of(spellings: Iterable[str]) -> str:
    """Return a pattern of words, as written and folded; those in letters are whole ones."""
    both = sorted(
        {form for word in spellings for form in (word, folded(word), word.replace("'", "’"))},
        key=lambda form: (-len(form), form),
    )
    han = [form for form in both if form[0] >= _HAN_FROM]
    others = [form for form in both if form[0] < _HAN_FROM]
    whole = rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, others))})(?![^\W\d_])" if others else ""
    return f"(?:{'|'.join([*filter(None, [whole]), *han]) or '(?!)'})"


def month_names(lang: str, width: Literal["wide", "abbreviated"]) -> Mapping[str, int]:
    """Return the number of each month by its names, as they are written in a date and alone, without a point."""
    from babel.dates import get_month_names

    forms: tuple[Literal["format", "stand-alone"], ...] = ("format", "stand-alone")
    return {name.rstrip("."): number for form in forms for number, name in get_month_names(width, form, lang).items()}


@cache
def months() -> Mapping[str, int]:
    """Return the number of a month by its names in all languages, folded; short ones of the languages that texts are written in."""
    found = dict(meanings("months"))
    for width, languages in (("wide", LANGUAGES), ("abbreviated", LANGUAGES), ("wide", READ_LANGUAGES)):
        for lang in languages:
            for name, number in month_names(lang, width).items():  # type: ignore[arg-type]  # mypy takes the table for texts
                found.setdefault(folded(name), number)
    return found


def day_names(width: Literal["wide", "abbreviated"], lang: str) -> Mapping[int, str]:
    """Return the names of the weekdays by number (Monday 0)."""
    from babel.dates import get_day_names

    return get_day_names(width, "format", lang)


@cache
def weekdays() -> Mapping[str, int]:
    """Return the number of a weekday (Monday 0) by its names in all languages, folded."""
    found = {folded(name): number for lang in _ALL for number, name in day_names("wide", lang).items()}
    found |= {folded(name): number for number, name in day_names("abbreviated", "zh").items()}
    return found


@cache
def weekday_names() -> frozenset[str]:
    """Return the long names of the weekdays in letters, as they are written and folded: miércoles, miercoles."""
    written = {name for lang in _ALL for name in day_names("wide", lang).values()}
    return frozenset(name for name in {*written, *weekdays()} if name[0] < _HAN_FROM)


@cache
def short_weekdays(lang: str) -> tuple[str, ...]:
    """Return Monday to Sunday in a few letters, for the column heads of a month."""
    names = day_names("abbreviated", lang if lang in LANGUAGES else "en")
    return tuple(names[number].rstrip(".") for number in range(7))


@cache
def _short_weekdays() -> Mapping[str, int]:
    named = {folded(name).rstrip("."): at for lang in LANGUAGES for at, name in day_names("abbreviated", lang).items()}
    return named | dict(meanings("weekdays"))


def weekday_number(text: str) -> int | None:
    """Return the number of a weekday (Monday 0) by a long or short name, folded."""
    text = text.rstrip(".").replace("週", "周").replace("禮", "礼")
    return _short_weekdays().get(text, weekdays().get(text))


class DayPart(NamedTuple):
    """A part of the day: its names by language, and from when to when its hours are, both included."""

    labels: Mapping[str, str]
    hours: tuple[tuple[str, str], ...]

    def hour(self, hour: int, minute: int) -> str:
        """Return the hour of the clock that is meant by the figures of a clock of 12 or 24 hours, 24:00 at the end of the day.

        Raises ValueError where it has no such hour: nobody can tell what is wrong, the figure or the word.
        """
        ways = {12: (0, 12, 24)}.get(hour, (hour, hour + 12) if 0 < hour < 12 else (hour,))
        clocks = [f"{way:02}:{minute:02}" for way in ways]
        fitting = [clock for clock in clocks if any(first <= clock <= last for first, last in self.hours)]
        if len(fitting) != 1:
            raise ValueError(f"{hour}:{minute:02}")
        return fitting[0]


@cache
def day_parts() -> Mapping[str, DayPart]:
    found: dict[str, DayPart] = {}
    own = {lang: phrases(lang)["when"]["parts"] for lang in _ALL}
    for parts in own.values():
        for name, part in parts.items():
            named = part.get("part", name)
            labels = {lang: its[named]["label"] for lang, its in own.items() if "label" in its.get(named, {})}
            hours = tuple((first, last) for first, last in part["hours"])
            for word in (*_before(part), *part.get("words", ())):
                found.setdefault(folded(word), DayPart(labels, hours))
    return found


@cache
def day_part_words(*, behind: bool) -> tuple[str, ...]:
    """Return the words for parts of the day that follow an hour, *7 Uhr abends*, or those that may stand before it.

    Others are titles behind an hour: *20:00 night cruise*. *Mañana 9:00* is tomorrow.
    """
    parts = [part for lang in _ALL for part in phrases(lang)["when"]["parts"].values()]
    found = [word for part in parts for word in (*(() if behind else _before(part)), *part.get("words", ()))]
    return tuple(word for word in found if folded(word) not in typed("days_away"))


def _before(part: Mapping[str, Any]) -> list[str]:
    return [*([part["label"]] if "label" in part else []), *part.get("before", ())]
