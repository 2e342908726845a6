"""Texts of the program in any language, several at once: gettext catalogues, which Babel compiles, and the phrases of a language.

The English text is the key; its context is a page, an error class or ``kind.field``. A paper may ask for two
languages in one breath, so every function takes the language, and the reader's own is only the default.

The phrases of a language are one file of ``resources/phrases`` each: how dates, numbers, rooms and people are told, and how
people type them. Patterns of dates are written out: skeletons put Chinese in the wrong order.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from gettext import GNUTranslations, NullTranslations, find, translation
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from ucapdesk.base.json_text import loads
from ucapdesk.base.paths import config_dir, resource

DOMAIN = "ucapdesk"


def capital(said: str) -> str:
    """Return a text as it stands at the beginning of a line."""
    return said[:1].upper() + said[1:]


# What the list of languages tells of each: its ``labels`` in the others, its ``tag`` in Word documents, how
# ``windows`` begins its name, what stands behind a number for an ``ordinal`` of a feminine noun.
LANGUAGE_FACTS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {each["code"]: each for each in loads(resource("reference/languages.json").read_text(encoding="utf-8"))}
)
# What each language calls itself, in the list's order.
LANGUAGE_NAMES = MappingProxyType({lang: capital(each["labels"][lang]) for lang, each in LANGUAGE_FACTS.items()})
LANGUAGES = tuple(LANGUAGE_NAMES)  # The languages of texts: those that the list of languages names
# The languages of window, command line and errors: those with a catalogue.
INTERFACE_LANGUAGES = tuple(lang for lang in LANGUAGES if lang == "en" or find(DOMAIN, resource("locale"), [lang]))
# Further languages of European cities, whose dates, hours and countries are read in papers: those with a file of
# phrases alone.
READ_LANGUAGES = tuple(sorted({file.stem for file in resource("phrases").glob("*.json")} - {*LANGUAGES}))

_reader = ["en"]
_pair: list[tuple[str, str] | None] = [None]


def use_pair(languages: tuple[str, ...]) -> None:
    """Set the two languages that texts are written in, the first one first; none: the reader's own before the other."""
    _pair[0] = (languages[0], languages[1]) if len(languages) == 2 else None


def pair() -> tuple[str, str]:
    """Return the two languages that texts are written in side by side."""
    return _pair[0] or (("zh", "en") if language() == "zh" else ("en", "zh"))


def latin_language() -> str:
    """Return the language of texts without Chinese characters whose language nobody said: the first of the pair but Chinese."""
    return next(lang for lang in pair() if lang != "zh")


def use_language(language: str) -> None:
    _reader[0] = language if language in LANGUAGES else "en"


def language() -> str:
    return _reader[0]


@cache
def catalogue(lang: str) -> NullTranslations:
    """Return the compiled catalogue of a language; English needs none."""
    shipped = translation(DOMAIN, resource("locale"), [lang], fallback=True)
    file = own_wording() / lang / "LC_MESSAGES" / f"{DOMAIN}.mo"
    try:
        with file.open("rb") as opened:  # gettext's own function would keep the first one it read
            own = GNUTranslations(opened)
    except (OSError, ValueError, UnicodeError, LookupError, struct.error):
        return shipped
    own.add_fallback(shipped)
    return own


def own_wording() -> Path:
    """Return the folder of the texts that this user worded anew; they are shown instead of ours."""
    return config_dir() / "locale"


def known_language(lang: str | None) -> str:
    """Return a language that texts are written in: the one asked for or the reader's, or else English."""
    lang = lang or language()
    return lang if lang in LANGUAGES else "en"


def spoken_languages() -> tuple[str, ...]:
    """Return the languages in which what a person types is understood: those of records, and the reader's own."""
    return tuple(dict.fromkeys(("en", "zh", *({language()} & set(LANGUAGES)))))


def tr(context: str, text: str, lang: str | None = None, /, **args: object) -> str:
    """Return ``text`` in a language (the reader's by default), with its ``{name}`` places filled."""
    said = catalogue(lang or language()).pgettext(context, text)
    return said.format(**args) if args else said


def ntr(context: str, one: str, many: str, n: int, lang: str | None = None, /, **args: object) -> str:
    """Return the plural form for ``n`` as ``tr`` does; ``{n}`` is filled too."""
    return catalogue(lang or language()).npgettext(context, one, many, n).format(n=n, **args)


def dotted(*parts: str | None) -> str:
    """Return short texts on one line, separated by dots, the empty ones left out.

    A Chinese dot is as wide as a character, with its room around it.
    """
    return ("·" if language() == "zh" else " · ").join(part for part in parts if part)


def sentences(*said: str) -> str:
    """Return sentences one behind the other, the empty ones left out; between Chinese ones is no space."""
    return ("" if language() == "zh" else " ").join(filter(None, said))


# The punctuation of Chinese for that of the others; / stands between the members of a list.
WIDE_MARKS = {",": "，", ";": "；", ":": "：", "/": "、"}


def joined(parts: Iterable[str], lang: str, mark: str = ",") -> str:
    between = WIDE_MARKS[mark] if lang == "zh" else f"{',' if mark == '/' else mark} "
    return between.join(parts)


def in_brackets(note: str, lang: str) -> str:
    return f"（{note}）" if lang == "zh" else f" ({note})"


def counterpart(lang: str) -> str:
    """Return the other of the two languages that every record has."""
    return "en" if lang == "zh" else "zh"


@dataclass(frozen=True, slots=True)
class Message:
    """A text to be shown later, in any language that is then asked for."""

    context: str
    text: str
    args: Mapping[str, object] = field(default_factory=dict)

    def say(self, lang: str | None = None) -> str:
        """Return the text in ``lang``; arguments that are messages themselves are translated too."""
        args = {k: v.say(lang) if isinstance(v, Message) else v for k, v in self.args.items()}
        return tr(self.context, self.text, lang, **args)


class Counted(NamedTuple):
    """A text that depends on a number, likewise to be shown later."""

    context: str
    one: str
    many: str

    def say(self, n: int, lang: str | None = None, /, **args: object) -> str:
        return ntr(self.context, self.one, self.many, n, lang, **args)


@cache
def phrases(lang: str) -> Mapping[str, Any]:
    """Return the patterns of a language; what it lacks is English."""
    return MappingProxyType({**_own("en"), **_own(lang)})


@cache
def typed(name: str) -> Mapping[str, Any]:
    """Return the words that people type for something, of all languages, with what each of them means where they differ."""
    found: dict[str, Any] = {}
    for lang in LANGUAGES:
        words = _own(lang).get("typed", {}).get(name, ())
        found |= words if isinstance(words, dict) else dict.fromkeys(words)
    return MappingProxyType(found)


@cache
def _own(lang: str) -> Mapping[str, Any]:
    file = resource(f"phrases/{lang}.json")
    return MappingProxyType(loads(file.read_text(encoding="utf-8")) if file.exists() else {})
