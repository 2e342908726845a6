"""Values of records as ``Words`` of a paper: one text in all languages, with the state of each translation."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import replace
from functools import cache, reduce

from ucapdesk.base.i18n import LANGUAGES, Message, capital, in_brackets
from ucapdesk.briefing.blocks.elements import NO_WORDS, Words, language_tag
from ucapdesk.model.codes import Code, codes
from ucapdesk.model.dates.formatting import ANY_CLOCK, say_arrival, say_date, say_day, say_hours, say_short, say_when
from ucapdesk.model.rules.sides import and_list
from ucapdesk.model.text.amounts import say_quantity
from ucapdesk.model.text.fields_in_words import languages_of, room_in_languages
from ucapdesk.model.values import Bilingual, PartialDate, Quantity, When

COMMA = {"zh": "、"}
FIRST_CJK = "\u2e80"  # Characters and signs of Chinese stand behind it
# Languages that papers are printed in but records are rarely written in.
MORE_LANGUAGES = tuple(lang for lang in LANGUAGES if lang not in {"en", "zh"})
# The languages of the paper that is being made: in a text made of several, they stand in for each other before any
# third.
READ_IN: ContextVar[tuple[str, ...]] = ContextVar("read in", default=())
SQUARE_KILOMETRES = Message("paper", "{n} km²")


def not_available() -> Words:
    return Words.label(Message("paper", "N/A"))


def of_text(text: Bilingual | None, where: str = "") -> Words:
    """Return a text of a record. City names are completed from our list in the languages nobody wrote."""
    if not text:
        return NO_WORDS
    said, states = dict(text), {lang: text.state(lang) for lang in LANGUAGES}
    city = _cities().get(text.get("en", ""))
    for lang in MORE_LANGUAGES:
        if city and lang not in said:
            said[lang], states[lang] = city.label(lang), "draft" if lang in city.draft else ""
    return Words(said, states, where)


@cache
def _cities() -> Mapping[str, Code]:
    return {city.labels["en"]: city for city in codes("cities").values()}


def of_written(text: str | None) -> Words:
    """Return a text written once: in its own language, and tagged in others; a number or a code is the same in all."""
    return _once(languages_of(text)) if text else NO_WORDS


def of_room(text: str | None) -> Words:
    """Return a room: ``Room 308, third floor`` and 3楼308室, where a rule translates it; else as it is written."""
    return _once(room_in_languages(text)) if text else NO_WORDS


def _once(said: Mapping[str, str]) -> Words:
    same = len(set(said.values())) == 1 and len(said) == len(LANGUAGES)
    return Words.plain(next(iter(said.values()))) if same else Words(dict(said))


def of_code(name: str, code: str | None) -> Words:
    """Return the label of a code; unreviewed labels are drafts. A code this version does not know is returned as it is."""
    if code is None:
        return NO_WORDS
    known = codes(name).get(code)
    return Words(dict(known.labels), dict.fromkeys(known.draft, "draft")) if known else Words.plain(code)


def of_date(date: PartialDate | None) -> Words:
    return in_all(lambda lang: say_date(date, lang)) if date else NO_WORDS


def of_quantity(number: Quantity | None, unit: Message | None = None) -> Words:
    """Return a quantity, as its source printed it where it did; ``unit`` says what it counts, with a place for ``{n}``."""
    if number is None:
        return NO_WORDS
    if number.is_ == "not_available":
        return not_available()
    if unit is None:
        return in_all(lambda lang: say_quantity(number, lang, as_printed=True))
    return in_all(lambda lang: replace(unit, args={"n": say_quantity(number, lang)}).say(lang))


def of_population(number: Quantity | None) -> Words:
    """Return a population; Chinese counts people."""
    words = of_quantity(number)
    said = words.text.get("zh") or ""
    return replace(words, text={**words.text, "zh": _NUMBER.sub(r"\1人\2", said)}) if said else words


_NUMBER = re.compile(r"^([^（]*[\d万亿])(（\d{4}年）)?$")


def in_all(say: Callable[[str], str]) -> Words:
    return Words({lang: say(lang) for lang in LANGUAGES})


def listed(parts: Iterable[Words], *, last: bool = False) -> Words:
    """Return several texts as a list; ``last``: with an "and" before the last one."""
    return combined(list(parts), lambda said, lang: and_list(said, lang) if last else COMMA.get(lang, ", ").join(said))


def colon(said: Sequence[str], lang: str) -> str:
    """Return a label, a colon and its text; for ``combined``."""
    return ("：" if lang == "zh" else ": ").join(said)


def small_first(said: Sequence[str], lang: str) -> str:
    """Return texts from the small to the large, as in "Mayor, City of Liuzhou"; Chinese has the large first. For ``combined``."""
    return reduce(_close, reversed(said), "") if lang == "zh" else ", ".join(filter(None, said))


def _close(one: str, two: str) -> str:
    """Return two texts without a space between, unless neither is Chinese where they meet: untranslated ones are words."""
    apart = " " if one and two and max(one[-1], two[0]) < FIRST_CJK else ""
    return f"{one}{apart}{two}"


def joined(*parts: Words) -> Words:
    return combined(parts, lambda said, lang: ("，" if lang == "zh" else ", ").join(said))


def joined_by(sign: str, *parts: Words) -> Words:
    """Return several texts with the same sign, or as many spaces, between them in every language."""
    return combined(parts, lambda said, _: sign.join(said))


def clauses(parts: Sequence[Words]) -> Words:
    return combined(parts, lambda said, lang: ("；" if lang == "zh" else "; ").join(said))


def bracketed(text: Words, inside: Words, message: Message | None = None) -> Words:
    """Return a text with another in brackets; ``message`` has a place ``{said}`` for the latter."""
    if inside.empty or text.empty:
        return inside if text.empty else text

    def said(both: Sequence[str], lang: str) -> str:
        what = replace(message, args={"said": both[1]}).say(lang) if message else both[1]
        return both[0] + in_brackets(what, lang)

    return combined([text, inside], said)


def combined(parts: Sequence[Words], say: Callable[[Sequence[str], str], str], *, ours: bool = False) -> Words:
    """Return one text made of several by ``say``, in each language.

    A part without a translation stands in its own language with its tag, also alone among words of ours; the whole counts
    as missing then, and as a draft where a part is one. A name without a translation that stands alone stays one.
    ``ours``: several, too, may stand among words of ours.
    """
    parts = [part for part in parts if not part.empty]
    text: dict[str, str | None] = {}
    states: dict[str, str] = {}
    untranslated: dict[str, str] = {}
    for lang in LANGUAGES:
        names = [not part.has(lang) and lang in part.untranslated for part in parts]
        said = [shown(part, lang) for part in parts]
        lacking = not any(part.has(lang) for part in parts)
        around = lacking and (ours or len(parts) == 1) and say(said[:1], lang) != "".join(said[:1])
        if names == [True] and not around:
            untranslated[lang] = said[0]
        elif around or any(names) or not all(part.is_missing(lang) for part in parts):
            text[lang], states[lang] = say(said, lang), state_of(parts, lang)
    return Words(text, states, untranslated=untranslated)


def in_words(words: Words) -> Words:
    """Return a text as it stands among words: a name that nobody translated as their reader has it, with 先生 and not *Mr*."""
    missing = dict.fromkeys(words.untranslated, "missing")
    return Words({**words.untranslated, **words.text}, {**missing, **words.states}, words.where)


def occurs(word: str, text: str) -> bool:
    """Return whether a word stands in a text; where it is not Chinese, as a word of its own: *Metro* not in *Metropolitan*."""
    letter = r"[^\W\u2e80-\uffff]"
    return word in text and re.search(f"(?<!{letter}){re.escape(word)}(?!{letter})", text) is not None


def shown(words: Words, lang: str) -> str:
    """Return a text as it is read among others of a language, after the tag of its own where nobody translated it."""
    if not words.has(lang) and lang in words.untranslated:
        return words.untranslated[lang]
    said = words.shown(lang, READ_IN.get())
    if said is None:
        return ""
    return language_tag(said.language, lang) + said.text if said.stands_in else said.text


def state_of(parts: Sequence[Words], lang: str) -> str:
    if any(part.is_missing(lang) or part.states.get(lang) == "missing" for part in parts):
        return "missing"
    said = {part.states.get(lang, "") for part in parts}
    return next((state for state in ("draft", "outdated") if state in said), "")


# -- days and hours -------------------------------------------------------------------------------


def day_name(date: str | None, *, weekday: bool = True) -> Words:
    """Return a day of a visit with its weekday, as it begins a line; a text that is no date as it is, and that a date is not known yet."""
    if not date:
        return Words.label(Message("paper", "Date to be confirmed"))
    value = day_or_text(date)
    if not isinstance(value, PartialDate):
        return Words.plain(value)
    return in_all(lambda lang: capital(say_date(value, lang, weekday=weekday)))


def when(value: When | None, *, zone: bool = True, weekday: bool = True) -> Words:
    return in_all(lambda lang: say_when(value, lang, zone=zone, weekday=weekday)) if value else NO_WORDS


def short_date(date: PartialDate | None) -> Words:
    """Return a date for a narrow column: ``15 Dec 2026``."""
    return in_all(lambda lang: say_short(date, lang)) if date else NO_WORDS


def moment(date: str | None, clock: str | None) -> Words:
    """Return a day of the visit with the hour, for a narrow column: ``Mon 12 Apr 05:55``."""
    said = day_or_text(date)
    return in_all(
        lambda lang: " ".join(filter(None, (say_day(said, lang) if isinstance(said, PartialDate) else said, clock)))
    )


def day_or_text(date: str | None) -> PartialDate | str:
    """Return a day, or a text that is none as it is."""
    try:
        return PartialDate(date) if date else ""
    except ValueError:
        return date or ""


def hours(value: When | None, beside: str | None = ANY_CLOCK) -> Words:
    """Return the hours in figures; with the city of any clock other than the one ``beside`` them."""
    timed = value is not None and (value.start or value.end)
    return _figures(lambda lang: say_hours(value, lang, beside=beside)) if timed else NO_WORDS


def arrival(value: When | None, beside: str | None = ANY_CLOCK) -> Words:
    """Return the hour at which something from an earlier day ends: ``06:40``."""
    return _figures(lambda lang: say_arrival(value, lang, beside=beside)) if value and value.end else NO_WORDS


def _figures(say: Callable[[str], str]) -> Words:
    """Return figures once; in every language only where words stand beside them."""
    made = in_all(say)
    return made if len(set(made.text.values())) > 1 else Words.plain(say(LANGUAGES[0]))
