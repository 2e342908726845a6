"""Titles and forms of address before a name, or behind it: what they are, and the name without them."""

from __future__ import annotations

import re
from itertools import takewhile

from ucapdesk.model.codes import folded, word_table
from ucapdesk.model.rules.names import HAN_NAME

SALUTATIONS = {folded(word): code for code in ("mr", "ms") for word in word_table("list_words")[code]}
BEHIND = re.compile(r"\s*(先生|女士|小姐|博士|教授)$")
_TITLE = re.compile(
    r"(?:Dr|Prof|Mr|Mrs|Ms|Sr|Sra|Sig|Sig\.ra|Dña)\.?|Professor|Miss|Herr|Frau|Doña|Señora?|Signora?|Dott\.ssa|(?:Mag|Ing|Dott|Dipl\.-\w+)\."
)
"""A word before a name; a letter and a point are an initial."""
BRACKET = re.compile(r"\s*[(（]\s*([^()（）]+?)\s*[)）]\s*$")
ONE_WORD = re.compile(r"[^\W\d_][\w'’.-]+")
"""A name that is one word, as Mongolians and Uyghurs have; a note may be one too."""


def titled(name: str) -> tuple[str, str]:
    """Return the titles and forms of address before a whole name, or behind a Chinese one, and the name."""
    behind = BEHIND.search(name)
    if behind and HAN_NAME.fullmatch(name[: behind.start()]):
        return behind[1], name[: behind.start()]
    words = name.split()
    n = sum(1 for _ in takewhile(_TITLE.fullmatch, words))
    rest = " ".join(words[n:])
    address = n > 0 and ONE_WORD.fullmatch(rest) is not None  # Frau Ouyang
    return (" ".join(words[:n]), rest) if len(words) - n > 1 or HAN_NAME.fullmatch(rest) or address else ("", name)


def form_of_address(said: str) -> dict[str, str]:
    """Return salutation and academic title of the words before a name."""
    words = {word: SALUTATIONS.get(folded(word).rstrip(".")) for word in said.split()}
    codes = [code for code in words.values() if code]
    titles = [word for word in words if re.match(r"(?:Dr|Prof|Ing|Dott|Dipl|Mag|博士|教授)", word)]
    return {"salutation": codes[0] if codes else "", "academic_title": " ".join(titles)}
