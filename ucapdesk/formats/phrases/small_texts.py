"""Readers of small texts: white space, brackets, marks of a list, numbers in figures and words, countries, and their language.

The marks of a list, typed as signs, letters or numbers, become the one bullet that is read: ``- a``, ``1) a``, ``（一）a``. Each text of a paper
is put under its own language.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from types import MappingProxyType
from typing import Any

from babel import Locale

from ucapdesk.base.fold import HAN_RUN
from ucapdesk.base.i18n import LANGUAGES, READ_LANGUAGES, phrases
from ucapdesk.formats.paper_contents import Glance, PaperQuantity
from ucapdesk.model.codes import codes, find_code, folded, word_table
from ucapdesk.model.text.person_names import read_person
from ucapdesk.model.text.typed_text import plain

_DASH = re.compile(r"^[ \t]*[-–—*·‣∙+➤✓✔][ \t]+(?=\S)", re.MULTILINE)
_RING = re.compile(r"^[ \t]*o[ \t]+(?=\S)", re.MULTILINE)
_COUNTED = re.compile(
    r"(?:^|(?<=[\s;；。.,，:：)）]))(?:[(（](?P<a>\d{1,2}|[a-z]|[ivx]{2,4}|[一二三四五六七八九十]{1,2})[)）]|(?P<b>\d{1,2}|[a-z]|[ivx]{2,4})\)"
    r"|(?P<c>\d{1,2})[.．、](?!\d)|(?P<d>[一二三四五六七八九十]{1,2})[、．.]|(?P<e>[①-⑩])|#(?P<f>\d{1,2})[.:)]?)[ \t]*(?=\S)",
    re.MULTILINE,
)
_HAN, _RINGS, _LETTERS = tuple("一二三四五六七八九十"), tuple("①②③④⑤⑥⑦⑧⑨⑩"), tuple("abcdefghijklmnopqrst")
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


def bulleted(text: str) -> str:
    """Return a text with a bullet on a line of its own for each item that a dash, or a number that counts on, begins."""
    text = _DASH.sub("• ", ringed(text))
    marks = list(_counted(text))
    if len(marks) < 2 or (marks[0].start() > 0 and re.search(r"\w", text[: marks[0].start()].rpartition("\n")[2])):
        return text
    for mark in reversed(marks):
        before, behind = text[: mark.start()].rstrip(" \t•;；"), text[mark.end() :]
        text = f"{before}{'' if not before or before.endswith(chr(10)) else chr(10)}• {behind}"
    return text


def ringed(text: str) -> str:
    """Return a text in which the letters that mark items of a second level are rings; one alone may be a word."""
    return _RING.sub("○ ", text) if len(_RING.findall(text)) > 1 else text


def ring_end(line: str) -> int:
    """Return where the letter ends that may mark a line as an item."""
    found = _RING.match(line)
    return found.end() if found else 0


def _counted(text: str) -> Iterator[re.Match[str]]:
    wanted, kind = 1, ""
    for match in _COUNTED.finditer(text):
        form, said = next((name, found) for name, found in match.groupdict().items() if found)
        shape = form + ("1" if said.isdecimal() else (said[0] in _LETTERS and "a") or "一")
        if wanted in _values(said) and kind in ("", shape):
            kind = shape
            wanted += 1
            yield match


def _values(said: str) -> set[int]:
    """Return what a number or letter may count: i is the first or the ninth."""
    if said.isdecimal():
        return {int(said)}
    return {row.index(said) + 1 for row in (_RINGS, _LETTERS, _HAN, _ROMAN) if said in row}


def numbers_by_word(name: str) -> dict[str, int]:
    """Return the numbers of a table of ``resources/words`` by their words."""
    return {word: int(number) for number, words in word_table(name).items() for word in words}


_WORDS = numbers_by_word("small_numbers")


def number_of(said: str) -> int | None:
    """Return a whole number written in figures or as a word; None for any other word."""
    if said.isdigit():
        return int(said)
    han = plain(f"{said}个").removesuffix("个")
    return int(han) if han.isdigit() else _WORDS.get(folded(said))


BULLET = r"[→➔➜➢►▶•●■▪\uf0a7\uf0b7\uf0d8\uf0fc]"
SUB_BULLET = r"[○◦▫❍❏]"
NOT_AVAILABLE = re.compile(
    r"^(n\s*/\s*a\.?|n\.\s*a\.?|n\.\s*d\.?|k\.\s*a\.?|tb[cda]|to be (confirmed|determined|defined)|none|nil|not (yet )?"
    r"(available|applicable|known|signed)|pending|no disponible|por determinar|non disponibile|nicht verfügbar|"
    r"[-–—/]+|不详|无|暂无|未知|不适用|待定)\.?$",
    re.IGNORECASE,
)

_UNSTORABLE = re.compile(r"[\x00-\x08\x0e-\x1b\ud800-\udfff]")

_MULTIPLE = numbers_by_word("multiples")
_TIMES = "|".join(sorted(_MULTIPLE, key=len, reverse=True))
_NUMBER = re.compile(
    r"(?<![A-Za-zÀ-ÿ\d.,])(?P<digits>\d{1,3}(?:[,.'’ \u00a0\u202f]\d{3})+(?!\d)(?:[.,]\d{1,2})?|\d{1,2}(?:,\d{2})+,\d{3}|\d+(?:[.,]\d+)?)"
    rf"(?:\s*(?P<times>{_TIMES})(?![a-zà-ÿ²]|\s?[2²])\.?)?",
    re.IGNORECASE,
)
# Other units of areas, and how many square kilometres one of them is.
_UNITS: tuple[tuple[re.Pattern[str], Decimal], ...] = (
    (re.compile(r"\b(?:ha|hectares?|hect[aá]reas?|ettari|hektar)\b|公顷", re.IGNORECASE), Decimal("0.01")),
    (re.compile(r"(?:\bmu\b|亩)", re.IGNORECASE), Decimal(1) / Decimal(1500)),
    (re.compile(r"\b(?:sq\.?|square)\s*mi(?:les?)?\b|\bmi[²2]", re.IGNORECASE), Decimal("2.589988110336")),
    (
        re.compile(
            r"(?<!k)\bm[²2]|\b(?:sq\.?|square)\s*m(?:et(?:er|re)s?)?\b(?!i)|(?<!公里)(?<!千米)平方米", re.IGNORECASE
        ),
        Decimal("0.000001"),
    ),
)
_RANGE = re.compile(r"\d\S{0,16}\s*(?:[a-z]{1,12}\s*)?(?:[-–—~至到]|\bto\b|\band\b)\s*\d", re.IGNORECASE)
_YEAR_OF = re.compile(
    r"[(（\[][^()（）]{0,40}?\b((?:19|20)\d\d)\b[^()（）]{0,40}[)）\]]|"  # in brackets
    r"[,;，]\s*((?:19|20)\d\d)\s*年?\s*$|"  # at the end
    r"((?:19|20)\d\d)\s*年(?:末|底)?\s*[:：]?|"
    r"\b(?:in|as of|census|stand)\s+((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_AT_LEAST = re.compile(
    r"\b(over|more than|at least|above|min(imum)?\.?|m[aá]s de|al menos|oltre|almeno|pi[uù] di|[uü]ber|mehr als|mindestens)\b"
    r"|>|≥|\d\s*\+|超过|至少|以上|多(?:人|名)|余(?:人|名|万)",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    r"\b(about|around|approx(imately)?\.?|some|ca\.?|circa|nearly|almost|roughly|unos|unas|alrededor|aproximadamente|aprox\.?|"
    r"rund|etwa|ungef[aä]hr|cerca)\b|~|≈|约|大约|近|左右",
    re.IGNORECASE,
)


def joined_halves(text: str) -> str:
    """Return a text with surrogate halves joined: PDFium and rich text give characters beyond U+FFFF in two halves."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def squash(text: str) -> str:
    """Return ``text`` in NFC with single spaces, without what cannot be stored."""
    return " ".join(unicodedata.normalize("NFC", _UNSTORABLE.sub(" ", text)).split())


def folded_nfkc(text: str) -> str:
    """Return ``text`` as ids and comparisons see it: NFKC, case-folded, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def brackets(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of every outermost pair of round brackets; one never closed runs to the end."""
    depth, start = 0, 0
    for at, char in enumerate(text):
        if char in "(（":
            start = at if depth == 0 else start
            depth += 1
        elif char in ")）" and depth:
            depth -= 1
            if depth == 0:
                yield start, at + 1
    if depth:
        yield start, len(text)


def inside(bracketed: str) -> str:
    body = bracketed[1:]
    return squash(body[:-1] if body.endswith((")", "）")) else body)


def pieces_outside(text: str, separator: str | re.Pattern[str], everywhere: str | None = None) -> Iterator[str]:
    """Yield the pieces between the matches of a pattern, as they stand; within brackets only ``everywhere`` parts them."""
    spans, last = list(brackets(text)), 0
    for match in re.finditer(separator, text):
        if match[0] == everywhere or not any(start <= match.start() < end for start, end in spans):
            yield text[last : match.start()]
            last = match.end()
    yield text[last:]


def split_outside(text: str, separator: str) -> list[str]:
    """Split at a pattern, but not within brackets; empty pieces are dropped."""
    return [piece for piece in map(squash, pieces_outside(text, separator)) if piece]


def bullet_items(text: str) -> list[str]:
    """Return the items of a cell: at its bullets, else its paragraphs, else the whole."""
    text = bulleted(text)
    pieces = re.split(f"{BULLET}|{SUB_BULLET}", text) if re.search(f"{BULLET}|{SUB_BULLET}", text) else text.split("\n")
    pieces = [piece for piece in pieces if squash(piece)]
    if len(pieces) == 1:
        pieces = split_outside(pieces[0], r"[;；]")
    return [piece for piece in map(squash, pieces) if piece]


def quantity(text: str, *, area: bool = False) -> PaperQuantity | None:
    """Return a number such as ``4 million``, ``18,600 km2``, ``over 50 participants``, ``7,000,000 (2017)``, ``N/A``.

    Args:
        text: The words.
        area: The number counts square kilometres; other units are turned into them.
    """
    text = squash(text)
    if not text:
        return None
    if NOT_AVAILABLE.match(text):
        return PaperQuantity(text, None, "not_available")
    dated = _YEAR_OF.search(text)
    bare = text
    if dated and _NUMBER.search(text[: dated.start()] + " " + text[dated.end() :]):
        bare = squash(text[: dated.start()] + " " + text[dated.end() :])
    year = int(next(filter(None, dated.groups()))) if dated and bare != text else None
    match = _NUMBER.search(bare)
    if match is None:
        return PaperQuantity(text, None, None)
    last = list(_NUMBER.finditer(bare))[-1]
    times = match["times"] or (last["times"] if _RANGE.search(bare) else None)
    number = _decimal(match["digits"]) * (_MULTIPLE[times.casefold()] if times else 1)
    said_about = _ABOUT.search(bare) is not None
    factor = next((factor for unit, factor in _UNITS if area and unit.search(bare)), None)
    if factor is not None:
        exact = number * factor
        number = exact.quantize(Decimal("0.01")).normalize()
        said_about = said_about or number != exact
    value = int(number) if number == number.to_integral_value() else format(number.normalize(), "f")
    rounded = times is not None or said_about
    least = _AT_LEAST.search(bare) or _RANGE.search(bare)
    return PaperQuantity(text, value, "at_least" if least else "about" if rounded else "exact", year)


def _decimal(digits: str) -> Decimal:
    """Return a decimal number: the last point or comma divides the decimals unless exactly three digits follow each one."""
    digits = re.sub(r"['’ \u00a0\u202f]", "", digits)
    if re.fullmatch(r"\d{1,2}(,\d{2})+,\d{3}", digits):  # as in India: 24,05,665
        return Decimal(digits.replace(",", ""))
    if re.fullmatch(r"\d{1,3}([,.]\d{3})+", digits):
        return Decimal(re.sub(r"[,.]", "", digits))
    whole, _, decimals = digits.replace(",", ".").rpartition(".")
    return Decimal(f"{whole.replace('.', '')}.{decimals}" if whole else decimals)


_OTHER_NAMES = MappingProxyType({
    "uk": "GB", "pr china": "CN", "prc": "CN", "china (prc)": "CN", "mainland china": "CN", "czech republic": "CZ",
})  # fmt: skip
_STATE_FORM = re.compile(
    r"^(?:the |kingdom of |republic of |federal republic of |people's republic of |hellenic )+|^p\. ?r\. ?(?=china)"
)


@cache
def _further_names() -> dict[str, str]:
    """Return the codes of countries by their names in further languages of European cities."""
    listed = codes("countries")
    named = (item for lang in READ_LANGUAGES for item in Locale(lang).territories.items())
    return {folded_nfkc(name): code for code, name in named if code in listed}


def country(print_: str) -> str | None:
    """Return the code of the country a print names, ``None`` when it is no country's name."""
    name = _STATE_FORM.sub("", folded_nfkc(print_)).strip()
    # A code of two letters is no name: IT is not Italy but information technology.
    alpha2 = _OTHER_NAMES.get(name) or (find_code("countries", name) if len(name) > 2 or not name.isascii() else None)
    return alpha2 or (_further_names().get(name) if len(name) > 3 else None)


# What stands between a Chinese text and the same in another language, from two columns; no cell of one line has it.
PAIR = "\n"
_NET = re.compile(r"(?<!\S)\S*[@/]\S*|\bwww\.\S+")
# Where Chinese begins: the figures of a date are a part of it.
_HAN_PART = r"(?:(?<!\d)\d{1,4}[年月日号]|(?!(?<=\d)[年月日号])[\u3400-\u9fff])"
# A single word written into Chinese, as in Nokia公司, is a part of it.
_TWO = re.compile(
    rf"^(?!\w+[\u3400-\u9fff])(?P<latin>[^\u3400-\u9fff]*[A-Za-zÀ-ÿ][^\u3400-\u9fff]*?)\s*(?P<han>{_HAN_PART}[^A-Za-zÀ-ÿ]*)$"
)
_STROKED = re.compile(
    r"^(?P<han>[^A-Za-zÀ-ÿ]*[\u3400-\u9fff][^A-Za-zÀ-ÿ]*?)\s*[/|]\s*(?P<latin>[A-Za-zÀ-ÿ][^\u3400-\u9fff]*)$"
)
# The number of a flight, a train or a room, which is in no language.
_CODE_WITH_NUMBER = re.compile(r"[A-Z]{1,3}\s?\d{1,5}[A-Z]?\W*")
# Chinese first; a flight or an abbreviation in brackets is a part of it.
_HAN_FIRST = re.compile(
    r"^(?P<han>[^A-Za-zÀ-ÿ\u3400-\u9fff]*[\u3400-\u9fff][^A-Za-zÀ-ÿ]*?(?:[(（][^()（）\u3400-\u9fff]*[)）])?)"
    r"(?:[\s/|(（]+|(?<=[)）]))"
    r"(?P<latin>[A-Za-zÀ-ÿ][^\u3400-\u9fff]*)$"
)
_CITY = r"[^\W\d_\u3400-\u9fff](?:[^\u3400-\u9fff()（）/|]*[^\W\u3400-\u9fff])?"
_CITY_IN_TWO = re.compile(
    rf"(?P<latin>{_CITY})[ /|]*(?P<han>[\u3400-\u9fff]{{2,}})|(?P<han2>[\u3400-\u9fff]{{2,}})[ /|]*(?P<latin2>{_CITY})"
)


def language_of(glance: Glance) -> str:
    """Return the language of a paper's Latin text, by its small words; English where they do not tell."""
    said = " ".join(
        [glance.objective, glance.challenges, glance.results, glance.focus]
        + [theme.print for theme in glance.themes]
        + [meeting.summary for meeting in glance.meetings]
        + [output.text for output in glance.outputs]
    )
    return language_of_text(said)


def language_of_text(said: str) -> str:
    """Return the language of a Latin text by its small words and the heads of lists; English where they do not tell."""
    words = Counter(re.findall(r"[^\W\d_]+", _NET.sub(" ", said.casefold())))
    latin = (lang for lang in (*LANGUAGES, *READ_LANGUAGES) if lang != "zh")
    counts = {lang: sum(words[word] for word in phrases(lang)["small_words"]) for lang in latin}
    best = max(counts, key=lambda lang: (counts[lang], lang == "en"))
    return best if counts[best] > counts["en"] + 1 and best in LANGUAGES else "en"


def in_languages(said: str, lang: str) -> dict[str, str]:
    """Return a text by language: a name in two scripts under both, any other by what it is written in."""
    han = len("".join(HAN_RUN.findall(said)))
    if not han:
        return {lang: said}
    first = re.search(_HAN_PART, said)
    before, behind = (said[: first.start()], said[first.start() :]) if first else (said, "")
    label = before.rstrip()[-1:] in (":", "：")  # Anna Nowak：提供名单
    two = (_TWO.match(said) or _STROKED.match(said)) if len(said) < 120 and not label else None
    if two and not _CODE_WITH_NUMBER.fullmatch(two["latin"]):
        return {lang: two["latin"].strip(" ,/|–-"), "zh": two["han"].strip()}
    if (
        not label
        and len(re.findall("[A-Za-zÀ-ÿ]{2,}", before)) > 1
        and len("".join(HAN_RUN.findall(behind))) > 2 * len(re.findall("[A-Za-z]{2,}", behind))
    ):
        return {lang: before.strip(" ,/|–-"), "zh": behind.strip()}
    latin = len(re.findall(r"[A-Za-zÀ-ÿ]+", said))
    return {"zh" if han >= latin else lang: said}


def both_languages(said: str, lang: str) -> dict[str, str]:
    """Return the text of a cell that is in Chinese and in another language, in whichever order, under both."""
    if PAIR in said:
        han, latin = said.split(PAIR)
        return {lang: latin, "zh": han}
    if (two := _HAN_FIRST.match(said)) and not _CODE_WITH_NUMBER.fullmatch(two["latin"]):
        latin = two["latin"].strip()
        return {lang: latin if re.search("[(（]", latin) else latin.strip(" )）"), "zh": two["han"].strip()}
    return in_languages(said, lang)


def city_in_two(name: str) -> str:
    """Return the name of a city in two scripts apart, the Chinese one behind: Linz林茨, 波兹南 / Poznań."""
    two = _CITY_IN_TWO.fullmatch(name)
    return " ".join(said for key in ("latin", "latin2", "han", "han2") if (said := two[key])) if two else name


def plain_person(name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    said = read_person(name)
    if latin := said.get("name"):
        found["name"] = {"family": latin.family, "given": latin.given, "order": latin.order}
    if han := said.get("name_han"):
        found["name_han"] = {"family": han.family or "", "given": han.given or ""}
    if phonetic := said.get("name_phonetic"):
        found["name_phonetic"] = dict(phonetic.items())
    return found
