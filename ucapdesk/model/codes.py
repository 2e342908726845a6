"""Code lists (goals, partnerships, statuses, posts, countries and more) with their labels.

A list is a file of ``resources/reference``, or declared in ``DECLARED``; every entry holds its code, labels by language, which of these labels are
drafts, and whatever else is known of it (an order, a colour, what may follow, other spellings). A code that a list does
not have, because a newer program wrote it, is shown as it is.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any, NamedTuple

from ucapdesk.base.fold import PLAIN_LETTERS
from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import LANGUAGES, Message, language
from ucapdesk.base.json_text import loads
from ucapdesk.base.paths import resource

_PLAIN = PLAIN_LETTERS | str.maketrans("’‘ʼ", "'''")
SAID_OF_ALL = frozenset({"code", "labels", "draft"})
# Lists that stand in no file, since a layer above declares what is in them; each is read when it is first asked for.
DECLARED: dict[str, Callable[[], Mapping[str, Message]]] = {}


class Code(NamedTuple):
    """One entry of a list."""

    code: str
    labels: Mapping[str, str]
    draft: tuple[str, ...]  # The languages whose label nobody has reviewed
    facts: Mapping[str, Any]  # Further facts of the entry: ``order``, ``next``, ``color``, ``aliases`` …

    def label(self, lang: str | None = None) -> str:
        return self.labels.get(lang or language(), self.labels["en"])

    @property
    def spellings(self) -> Iterator[str]:
        yield self.code
        yield from self.labels.values()
        yield from self.facts.get("aliases", ())


@cache
def codes(name: str) -> Mapping[str, Code]:
    """Return the entries of a list by their codes, in the list's order."""
    if name in DECLARED:
        return MappingProxyType({code: _named(code, label) for code, label in DECLARED[name]().items()})
    entries = loads(resource(f"reference/{name}.json").read_text(encoding="utf-8"))
    return MappingProxyType({entry["code"]: _read(entry) for entry in entries})


def _read(entry: Mapping[str, Any]) -> Code:
    facts = MappingProxyType({key: fact for key, fact in entry.items() if key not in SAID_OF_ALL})
    return Code(entry["code"], MappingProxyType(entry["labels"]), tuple(entry.get("draft", ())), facts)


def _named(code: str, label: Message) -> Code:
    return Code(code, MappingProxyType({lang: label.say(lang) for lang in LANGUAGES}), (), MappingProxyType({}))


def code_label(name: str, code: str, lang: str | None = None) -> str:
    """Return the label of a code, or the code itself where the list does not have it (or there is no list)."""
    known = codes(name).get(code) if name else None
    return known.label(lang) if known else code


def find_code(name: str, said: str) -> str | None:
    """Return the code for what somebody wrote: the code, a label in any language, or another known spelling."""
    known = codes(name).get(said) or by_spelling(name).get(folded(said))
    return known.code if known else None


def folded(text: str) -> str:
    """Return a text as it is compared: width, capitals, accents, strokes (ł, ø, đ), kinds of apostrophe and spaces at the ends don't count."""
    if text.isascii():
        return text.casefold().strip()
    bare = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in bare if not unicodedata.combining(c)).translate(_PLAIN).strip()


@cache
def by_spelling(name: str, key: Callable[[str], str] = folded) -> Mapping[str, Code]:
    """Return the entries of a list by all their spellings; of two entries with one spelling the first has it."""
    spelled = ((key(spelling), code) for code in codes(name).values() for spelling in code.spellings)
    return {spelling: known[0] for spelling, known in grouped(spelled).items()}


@cache
def word_table(name: str) -> Mapping[str, Sequence[str]]:
    """Return a table of ``resources/words``: words that texts of others use, by what they mean, and what is told of them."""
    return MappingProxyType(loads(resource(f"words/{name}.json").read_text(encoding="utf-8")))
