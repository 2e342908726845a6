"""Words around a name: titles and forms of address, the look of an e-mail address, and how a letter ends."""

from __future__ import annotations

import re
from itertools import takewhile

from ucapdesk.model.codes import folded, word_table
from ucapdesk.model.text.person_names import HAN_NAME, PARTICLES

SALUTATIONS = {folded(word): code for code in ("mr", "ms") for word in word_table("list_words")[code]}
BEHIND = re.compile(r"\s*(先生|女士|小姐|博士|教授)$")
# A word before a name; a letter and a point are an initial.
_TITLE = re.compile(
    r"(?:Dr|Prof|Mr|Mrs|Ms|Sr|Sra|Sig|Sig\.ra|Dña)\.?|Professor|Miss|Herr|Frau|Doña|Señora?|Signora?|Dott\.ssa|Mag\.[aª]|(?:Mag|Ing|Dott|Dipl\.-\w+|h\.c)\."
    r"|(?:dr|prof|mgr|inż|hab)\.?"
)
_DEGREES = re.compile(r"(?:(?:, ?| )(?:Ph\.? ?D\.?|MBA|M\.?Sc\.?|LL\.?M\.?|CSc\.?)){1,4}$")
_ACADEMIC = re.compile(r"[Dd]r|[Pp]rof|mgr|inż|hab|Ing|Dott|Dipl|Mag|h\.c|Ph|M\.?[BS]|LL|CSc|博士|教授")
BRACKET = re.compile(r"\s*[(（]\s*([^()（）]+?)\s*[)）]\s*$")
# A name that is one word, as Mongolians and Uyghurs have; a note may be one too.
ONE_WORD = re.compile(r"[^\W\d_][\w'’.-]+")
# The head of a column of whole names, the family name first.
FAMILY_AND_GIVEN = re.compile(
    r"(?:family name|last name|surname|familienname|nachname|zuname|cognome|apellidos?|name(?=\W+vorname))"
    r"(?:\s*[,&]\s*|\s+(?:(?:and|und|e|y)\s+)?)"
    r"(?:given names?|first names?|name|vorname|nome|nombres?)",
    re.IGNORECASE,
)
# Heads and titles that say so.
FAMILY_FIRST = re.compile(
    rf"^{FAMILY_AND_GIVEN.pattern}\b|(?:family|last|sur) ?names? (?:(?:comes?|is|are|stands?) )?first|姓在前|(?:familien|nach)name zuerst",
    re.IGNORECASE,
)


def titled(name: str) -> tuple[str, str]:
    """Return the titles and forms of address before a whole name, degrees and those of a Chinese one behind it, and the name."""
    found = _DEGREES.search(name)
    degrees, name = (found[0].replace(",", " "), name[: found.start()]) if found else ("", name)
    behind = BEHIND.search(name)
    if behind and HAN_NAME.fullmatch(name[: behind.start()]):
        return f"{behind[1]}{degrees}", name[: behind.start()]
    words = name.split()
    n = sum(1 for _ in takewhile(_TITLE.fullmatch, words))
    rest = " ".join(words[n:])
    address = n > 0 and ONE_WORD.fullmatch(rest) is not None  # Frau Ouyang
    told = len(words) - n > 1 or HAN_NAME.fullmatch(rest) or address
    return " ".join((*(words[:n] if told else ()), *degrees.split())), rest if told else name


def family_apart(name: str, head: str) -> str:
    """Return a name that begins with the family name with a comma behind it; one that says itself which it is stays.

    ``head`` is that of its column, which may say that there are two of them: Apellidos y nombre.
    """
    words = name.split()
    if "," in name or HAN_NAME.search(words[0]) or any(len(word) > 1 and word.isupper() for word in words):
        return name
    latin = sum(not HAN_NAME.search(word) for word in words)
    n = 1 + sum(1 for _ in takewhile(lambda word: word.casefold() in PARTICLES, words))
    n += "apellidos" in head.casefold() and latin > n + 1
    return f"{' '.join(words[:n])}, {' '.join(words[n:])}" if n < latin else name


def form_of_address(said: str) -> dict[str, str]:
    words = {word: SALUTATIONS.get(folded(word).rstrip(".")) for word in said.split()}
    codes = [code for code in words.values() if code]
    titles = [word for word in words if _ACADEMIC.match(word)]
    return {"salutation": codes[0] if codes else "", "academic_title": " ".join(titles)}


EMAIL = re.compile(r"(?<![\w.+])\w[\w.+'-]{0,63}@(?:[\w-]{1,63}\.){1,6}[A-Za-z]{2,24}(?![\w-])")


_WORDS = (
    r"\s*(?:(?:with )?(?:best|kind|warm)(?:est)? (?:regards|wishes)|regards|best(?=,\s*\w*$)|"
    r"yours (?:sincerely|faithfully)|sincerely|"
    r"mit freundlichen gr(?:ü|ue)(?:ß|ss)en|"
    r"(?:un )?(?:cordial|atento)?\s?saludos?(?: (?:cordiales|atentos|afectuosos))?|atentamente|"
    r"cordiali saluti|distinti saluti|cordialement|"
    r"(?-i:lg|vg|glg|mfg|MfG)\b|"  # written so and not otherwise
    r"此致(?:\s*敬礼)?|敬礼|顺颂\s?.祺|祝好)"
)
CLOSING = re.compile(rf"{_WORDS}\W*$", re.IGNORECASE)  # The line that ends a letter
# Greetings and wishes may be a point of a programme too: "Saludos del alcalde", "Saludo Oficial".
_WITH_NAME = re.compile(
    rf"{_WORDS}(?:\W*$|[,，!！]\s*(?-i:[A-ZÀ-Þ]).{{0,40}}$|(?<!aludo)(?<!aludos)(?<!wishes)\b.{{0,40}}$)", re.IGNORECASE
)


def takes_leave(text: str) -> bool:
    """Return whether a line ends a letter, also with the name of who wrote it."""
    return _WITH_NAME.match(text) is not None
