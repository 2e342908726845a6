"""Formats dates within a sentence: ``from 12 to 15 April 2027``, ``in June 2019``, ``于2027年4月12日至15日``."""

from __future__ import annotations

from ucapdesk.base.i18n import bracketed, language
from ucapdesk.model.text.format.dates_in_words import MARKS, say_date
from ucapdesk.model.values import PartialDate

RANGES = {
    "day": {"en": "from {} to {}", "es": "del {} al {}", "it": "dal {} al {}", "de": "vom {} bis {}"},
    "": {"en": "from {} to {}", "es": "de {} a {}", "it": "da {} a {}", "de": "von {} bis {}"},
}
AT = {
    "day": {"en": "on {}", "es": "el {}", "it": "il {}", "de": "am {}"},
    "month": {"en": "in {}", "es": "en {}", "it": "a {}", "de": "im {}"},
    "year": {"en": "in {}", "es": "en {}", "it": "nel {}", "de": "{}"},
}


def say_during(value: PartialDate, lang: str | None = None) -> str:
    """Return a date after a verb; an uncertain one stands in brackets as it is known."""
    lang = lang or language()
    said = say_date(value, lang)
    if any(mark in value.edtf for mark in MARKS) or ".." in value.edtf:
        return bracketed(said, lang).strip()
    if lang == "zh":
        return f"于{said}"
    first, dash, last = said.partition("–")
    if dash:
        return _of(RANGES["day" if value.ends[0].count("-") == 2 else ""], lang).format(first.strip(), last.strip())
    return _of(AT[("year", "month", "day")[value.ends[0].count("-")]], lang).format(said)


def _of(words: dict[str, str], lang: str) -> str:
    return words.get(lang, words["en"])
