"""Rules of single characters and of words that belong together, for breaking lines of Chinese and of Latin text.

The line breaker works on *atoms*: words, single Han characters, single marks. ``atoms`` cuts text into them, and ``hurt`` answers
for two neighbours how bad it would be to end a line between them. ``spans`` finds what belongs on one line: amounts, dates, telephone
numbers, a title and its name, 《titles》. Its patterns are those of all five languages together: a Chinese text holds English dates as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.base.pinyin import COMPOUND

NO_START = frozenset("！），．：；？］｝、。〉》」』】〕〗’”…—·～％‰℃!),.:;?]}%/／–〜»›°′″•´")
NO_END = frozenset("（［｛〈《「『【〔〖‘“￥＄([{/／«‹„‚¿¡$€£¥§#")
USUAL = ("gb2312", "cp1252", "cp1250")  # Encodings of simplified Chinese, Western and Central European languages

# How bad a break is; a line ends at the least bad place it has.
ALLOW, SOFT, KEEP, WORD, MARK, NEVER = range(6)

_HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_LETTER = "0-9A-Za-z_\u00aa\u00b2\u00b3\u00b5\u00b9\u00ba\u00bc-\u00be\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u1fff"
_ATOM = re.compile(rf" +|[{_LETTER}]+(?:’[{_LETTER}]+)*|—+|…+|.", re.DOTALL)  # L’Hospitalet is a word
_IS_HAN = re.compile(f"[{_HAN}]")
HAN_ONLY = re.compile(f"[{_HAN}]+")
_IS_LETTER = re.compile(f"[{_LETTER}]")
_DIGIT = re.compile(r"\d")
# In Chinese text these belong to the Chinese face, although Latin faces hold them too.
SHARED_MARKS = frozenset("“”‘’—…·")
_FULL_WIDTH = re.compile("[\u3000-\u3020\u3030-\u303f\uff00-\uffef]")
_GLUE = frozenset("\u00a0\u202f\u2060")
_KINDS = (("S", " "), ("G", _GLUE), ("X", "/／"), ("D", "—–"), ("Y", "-‐"))


class Atom(NamedTuple):
    """The smallest piece a line is made of.

    Attributes:
        text: Its characters.
        kind: ``L`` word, ``H`` Han, ``S`` spaces, ``O`` opening mark, ``C`` mark that starts no line, ``X`` slash,
            ``D`` dash, ``Y`` hyphen, ``G`` glue.
        wide: Whether it is a full-width mark.
        letter: Whether it is a word that begins with a Latin letter or a digit.
    """

    text: str
    kind: str
    wide: bool
    letter: bool


def has_han(text: str) -> bool:
    return _IS_HAN.search(text) is not None


def is_wide(char: str) -> bool:
    """Return whether a character is always full-width: Han, or a full-width mark."""
    return _IS_HAN.match(char) is not None or _FULL_WIDTH.match(char) is not None


@cache
def is_usual(char: str) -> bool:
    """Return whether a character is of a set that our fonts hold whole, so that none need be opened to know."""
    return char == "\n" or any(_is_in(char, each) for each in USUAL)


def _is_in(char: str, encoding: str) -> bool:
    try:
        return bool(char.encode(encoding))
    except UnicodeEncodeError:
        return False


def clean(text: str) -> str:
    """Return text ready to set: composed, one kind of line end, no invisible characters, lone surrogates replaced."""
    text = unicodedata.normalize("NFC", text)
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n")
    return "".join(map(_clean_char, text))


@cache
def _clean_char(char: str) -> str:
    if char in "\n\r\v\f\u2028\u2029\x85":
        return "\n"
    if char in _GLUE:
        return char
    category = unicodedata.category(char)
    if category == "Cs":
        return "\ufffd"
    if category == "Zs" or char == "\t":
        return " "
    if category in ("Cc", "Cf") or "\ufe00" <= char <= "\ufe0f" or "\U000e0000" <= char <= "\U000e01ef":
        return ""
    return char


@cache
def _marks(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the characters that start no line and those that end none; German closes with the mark that opens in English."""
    return (NO_START | frozenset("“‘"), NO_END - frozenset("“‘")) if language == "de" else (NO_START, NO_END)


@cache
def _kind(char: str, language: str) -> tuple[str, bool]:
    no_start, no_end = _marks(language)
    wide = bool(_FULL_WIDTH.match(char)) or (language == "zh" and char in SHARED_MARKS)
    for kind, chars in (*_KINDS, ("O", no_end)):
        if char in chars:
            return kind, wide
    if char in no_start or unicodedata.category(char).startswith("M"):
        return "C", wide
    if _IS_HAN.match(char) or (wide and unicodedata.category(char)[0] in "LN"):
        return "H", False
    return "L", wide


def atoms(text: str, language: str) -> list[Atom]:
    """Return ``text`` (already clean, one paragraph) cut into atoms."""
    return [_atom(piece, language) for piece in _ATOM.findall(text)]


@lru_cache(maxsize=16384)
def _atom(piece: str, language: str) -> Atom:
    letter = _IS_LETTER.match(piece) is not None
    kind, wide = ("L", False) if letter else _kind(piece[0], language)
    return Atom(piece, kind, wide, letter)


def hurt(before: Atom, after: Atom, spaced: bool, spaced_after: bool) -> int:
    """Return the penalty for a line end between two neighbours.

    Args:
        before: The last atom of the line, spaces left out.
        after: The first atom of the next line.
        spaced: Whether spaces stand between them.
        spaced_after: Whether spaces follow ``after``: a lone hyphen is a dash.
    """
    first, second = before.kind, after.kind
    if first == "X" and second == "L":
        return SOFT if spaced else KEEP  # "Press /" and "photographer", if there is no better place
    if second in "CXD" or first in "OX":
        return MARK
    if first == "G" or second == "G":
        return MARK
    if second == "Y" and (not spaced or spaced_after):
        return MARK
    if spaced or first == "H" or second == "H" or (before.text == "]" and after.text == "["):
        return ALLOW
    if (before.wide and first in "CD") or (after.wide and second == "O"):
        return ALLOW
    if first in "YD" and second == "L":
        # a range of numbers may part after its dash, if it must
        return ALLOW if not _DIGIT.match(after.text[0]) else KEEP if first == "D" else WORD
    return WORD


def gap_between(before: Atom, after: Atom) -> bool:
    """Return whether a gap belongs between two neighbours: Han beside a Latin word or a number."""
    if before.kind == "H":
        return after.letter
    return after.kind == "H" and before.letter


_SPACE = r"[ \u00a0\u202f]"
_NUMBER = r"\d[\d.,'\u00a0\u202f]*(?:(?<=\d)|(?<=[\u00a0\u202f]))"
_CURRENCY = r"(?:US\$|EUR|USD|CNY|RMB|GBP|CHF|[€$£¥￥])"
_SCALE = r"(?:thousand|million|billion|bn|Mio\.?|Mrd\.?|Millionen|millones|milioni|miliardi)"
_UNIT = (
    rf"(?:{_SCALE}|km²|km2|km|m²|m2|m³|cm|mm|m|ha|kg|t|kWh?|MWh?|GWh?|MW|h|min|%|°C|€|EUR|USD|CNY|RMB|euros?|Euro|"
    r"a\.m\.|p\.m\.|am|pm|Uhr|hours?|days?|years?|people|persons)"
)
_NUMBERED = r"(?:SDGs?|SGD|No\.?|Nr\.?|N\.º|p\.|pp\.|[Pp]age|[Rr]oom|Art\.|Article|§|[Vv]ersion|ODS|OSS|Ziel)"
_SALUTATION = (
    r"(?:Mr|Ms|Mrs|Mx|Dr|Prof|Sr|Sra|Sres|D\.ª|Dña|Herrn?|Frau|Sig|Sig\.ra|Sig\.na|Dott|Dott\.ssa|Ing|Mag|St)\.?"
)
_MEASURE = (
    "(?:欧元|美元|人民币|元|公里|平方公里|平方千米|平方米|公顷|米|吨|千瓦|人次|人|名|份|个|项|次|家|辆|位|页|天|日|年|月|周|"
    "小时|分钟|分|点|座|场|届|种|条|部|倍|岁|度|期|号|楼|层|室|晚|桌|套|件|％|%)"
)
_ADDRESS = "(?:先生|女士|博士|教授|主任|市长|副市长|局长|处长|科长)"
_H = "[\u4e00-\u9fff]"


def _months() -> str:
    from babel.dates import get_month_names

    names = {
        name.rstrip(".")
        for lang in LANGUAGES
        if lang != "zh"
        for width in ("wide", "abbreviated")
        for name in get_month_names(width, locale=lang).values()
    }
    return "(?:" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + r")\.?"


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], int], ...]:
    month, space = _months(), _SPACE
    day = rf"\d{{1,2}}(?:\.|º)?(?:[–-]\d{{1,2}}\.?)?{space}(?:de{space})?"
    firm = (
        rf"{_CURRENCY}{space}?{_NUMBER}(?:{space}{_SCALE}\b)?",
        rf"\b{_NUMBER}{space}?{_UNIT}(?!\w)",
        rf"\b{day}{month}(?:{space}(?:de{space})?\d{{4}}\b)?",
        rf"\b{month}{space}(?:de{space})?\d{{4}}\b",
        rf"\b{_NUMBERED}{space}?\d+(?:[&,–-]\d+)*",
        rf"\b{_SALUTATION}{space}\w+",
        r"\+\d[\d\u00a0\u202f ().-]{4,}\d",
        rf"\d{{1,2}}[:.]\d{{2}}{space}?[–—-]{space}?\d{{1,2}}[:.]\d{{2}}",
        r"\d{2,4}年(?:\d{1,2}月(?:\d{1,2}[日号])?)?|\d{1,2}月(?:\d{1,2}[日号])?",
        rf"第\d[\d.,]*{_H}?",
        rf"(?:{_CURRENCY}{space}?)?\d[\d,.]*[多余]?[万亿千百]?[多余]?{_MEASURE}?",
        "《[^《》]*》",
        rf"（{_H}{{2,8}}时间）|［{_H}{{2,4}}］",  # whose clock an hour is told by; the language of a text, or 待译
        rf"\b[A-Z][A-Z0-9]{space}\d{{1,4}}\b",  # a flight or a train
        "(?:星期|周)[一二三四五六日天]",
        rf"(?<=·){_H}{{2,8}}(?:-{_H}{{1,8}})*",  # the family name of a foreigner: such a name rather parts at its dots
        rf"(?:{'|'.join(sorted(COMPOUND))}){_H}{{1,2}}{_ADDRESS}",
        rf"{_H}[A-Z][·•]?[A-Z0-9]{{5,6}}(?![A-Za-z0-9])",  # a number plate
    )
    soft = (
        r"\d{1,2}[日号]（(?:周|星期).）",
        rf"\d+(?:st|nd|rd|th){space}\w+",
        rf"{_H}{{1,8}}(?:·{_H}{{1,8}})+{_ADDRESS}?",
        rf"{_H}{{2,3}}{_ADDRESS}",
    )
    return tuple((re.compile(p), KEEP) for p in firm) + tuple((re.compile(p), SOFT) for p in soft)


_NEEDS_LOOK = re.compile(r"[\d·《［]|星期|周|先生|女士|博士|教授|主任|市长|[局处科]长|[A-Z][a-z]{1,4}\.?[ \u00a0]")


def spans(text: str) -> Iterator[tuple[int, int, int]]:
    """Yield start, end and strength of every stretch of ``text`` that should not be broken."""
    if not _NEEDS_LOOK.search(text):
        return
    for pattern, strength in _patterns():
        for match in pattern.finditer(text):
            if match.end() - match.start() > 1:
                yield match.start(), match.end(), strength
