"""Parts the text of a row of contacts into pieces, and tells what each of them is: a name, a post, an address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from itertools import pairwise

from ucapdesk.base.surnames import is_surname
from ucapdesk.formats.glance.glance_places import Register, kind_of
from ucapdesk.formats.glance.labels import head_of
from ucapdesk.formats.glance.text import BULLET, SUB_BULLET, brackets, country, inside, pieces_outside, squash
from ucapdesk.formats.mail_address import EMAIL
from ucapdesk.formats.name_titles import BEHIND
from ucapdesk.model.codes import codes, folded, word_table
from ucapdesk.model.rules.known_cities import known_city
from ucapdesk.model.rules.names import HAN_NAME, PARTICLES, telling

_CODES = {word: code for code, words in word_table("salutations").items() for word in words}
_TITLE = (
    r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Eng|Ing|H\.E|Amb|Ambassador|Sra|Srta|Sr|Don|Doña|Dña|D\.ª|Sig\.ra|Signora|Signor|Sig|Dott\.ssa|Dott|"
    r"Herr|Frau|Shri|Sri|Smt|Mme|Arch|Dra|Mag|Monsieur|Madame|Mlle|Mevrouw|Kumari|Drs|Avv|Arq|Ing\.-Arch|Dipl\.-\w{2,5}|Lic(?=\.)|Ir(?=\.)|Er(?=\.)|"
    r"De heer|Sr\.?ª|PhD)(?![\w])\.?"
)
TITLES = re.compile(rf"(?:{_TITLE}\s*)+(?=\s|$|[A-ZÀ-Ý])")
_TITLES_AT = re.compile(rf"(?<![\w.]){TITLES.pattern}")
PHONE = re.compile(r"(?<!\d)(?:\+|\(\+?|00|\(?0)?\d[\d\s()/.–-]{5,24}\d(?!\d)")
PHONE_WORD = re.compile(
    r"^(?:tel|phone|telephone|ph|tlf|t|d|direct|tfno|t[eé]l|tel[eé]fono|telefono|telefon|t[eé]l[eé]phone|telefone|电话|办公电话|联系电话|座机"
    r"|(?P<mobile>mobile|mob|cell|m|m[oó]vil|mobil|handy|cellulare|cell|portable|telem[oó]vel|手机|手机号)|(?P<fax>fax|telefax|传真))(?![a-zà-ÿ])"
    r"\.?(?:\s*(?:no\.?|number|nr\.?|号码))?\s*[:：]?",
    re.IGNORECASE,
)
_PHONE_BRACKET = re.compile(r"[(（]\s*\+?\d{1,5}\s*[)）](?=[\s/-]*\d)")
"""The prefix of a telephone number: (+86) 757, +31 (0)40."""
_ADDRESS = re.compile(
    r"\b\d{4,6}\s+[A-ZÀ-Ý]|\b(?:street|road|avenue|square|floor|p\.?\s?o\.? box|via|viale|piazza|calle|plaza|avenida|rue|rua|c/)\s.*\d|"
    r"\w[- ](?:ring|allee|ufer|damm|markt|hof|platz|weg)\s+\d|(?:stra(?:ß|ss)e|str\.|platz|weg|gasse|straat|plein|laan)\s*\d|^\D*\d.*\b(?:street|road|avenue|rd|st|lane)\b|^https?:|^www\.|[路街道]\s*\d+\s*号",
    re.IGNORECASE,
)
_PROGRAMME = re.compile(r"^(?:the\s+)?I\.?U\.?(?:R\.?)?C\b(?:[\s-]+[A-Z][\w-]*){0,3}$|^(?:IUC|IURC)\S{0,6}$")
_ORGANISATION, _POST = telling("organisation"), telling("post")
_UNIT_FIRST = re.compile(
    r"^(?:department|office|division|bureau|section|ministry|directorate|secretariat|unit|institute|cent(?:er|re)|university|city|municipality)\b",
    re.IGNORECASE,
)
_HARD = re.compile(rf"\n|[;；]|{BULLET}|{SUB_BULLET}")
_SOFT = re.compile(
    r"\s*[,，、]\s*|(?<=[\u3400-\u9fff]{2})\s+(?=[\u3400-\u9fff]{2}|\d|[\w.+-]+@)|\s+[–—-]\s+|\s+[|·•]\s+|\s*/\s*|\s*&\s*|\s+(?:and|y|und)\s+"
)
_BOTH_SCRIPTS = re.compile(r"(?<=[a-zà-ÿ])\s*[/／]\s*(?=[\u3400-\u9fff])")
"""A stroke between a name and the same in Chinese."""
_HAN_THEN_LATIN = re.compile(
    r"(?P<han>[\u3400-\u9fff]+(?:[·•・][\u3400-\u9fff]+)+)\s*[(（](?P<latin>[A-ZÀ-Ý][\w’'-]+(?: [\w’'.-]+){1,4})[)）]\s*(?P<title>先生|女士|小姐|博士|教授|)"
)
"""The name of a foreigner as Chinese papers write it: 托马斯·贝克尔（Thomas Becker）先生."""
_REACHED_BY = re.compile(
    r"(?<=[\s.])(?:tel|phone|telephone|mobile|mob|cell|fax|e-?mail|mail|correo|tfno|tlf|ph|t[eé]l|telefon|telefono|tel[eé]fono|电话|手机|邮箱|传真|电子邮箱)(?![a-zà-ÿ-])\.?\s*[:：.]?\s*(?=[\d+(\w])",
    re.IGNORECASE,
)
HAN_BODIES, HAN_POSTS = (
    "|".join(sorted(word_table("contact_words")[key], key=len, reverse=True))
    for key in ("organisation_han", "post_han")
)
"""The ends of Chinese names of offices and houses, and of posts."""
_HAN_BOTH = re.compile(
    rf"(?P<body>[\u3400-\u9fff]{{2,30}}?(?:{HAN_BODIES}|委))"
    rf"(?P<post>(?:副|常务副|代理|[一二三四]级|首席|总|主任(?=科员))*(?:{HAN_POSTS}|教授|研究员))"
)
_LIST_NUMBER = re.compile(r"^\s*\d{1,2}[.)、]\s*")


class Kind(Enum):
    """The kinds of pieces."""

    PERSON = auto()
    NAME = auto()
    POST = auto()
    ORGANISATION = auto()
    PLACE = auto()
    PROGRAMME = auto()
    EMAIL = auto()
    PHONE = auto()
    ADDRESS = auto()
    UNKNOWN = auto()


@dataclass(frozen=True, slots=True)
class ContactPiece:
    """A run of words; ``hard``: at the beginning of a line or item; ``joined``: behind a stroke; ``bracket``: within one.

    ``before`` says that it stands before a colon, ``head`` what the word before the colon says that it is.
    """

    text: str
    hard: bool = False
    joined: bool = False
    bracket: bool = False
    before: bool = False
    alone: bool = False
    """It is the whole line."""
    head: str | None = None


def pieces_in(text: str) -> Iterator[ContactPiece]:
    """Yield the pieces of a text."""
    for line in filter(squash, pieces_outside(text, _HARD, "\n")):
        first = True
        head = None
        line = _BOTH_SCRIPTS.sub(" ", _HAN_THEN_LATIN.sub(r"\g<latin> \g<han>\g<title>", _LIST_NUMBER.sub("", line)))
        if (prefix := _PREFIX.match(line)) and not TITLES.match(line) and not PHONE_WORD.match(line):
            head = head_of(prefix["said"])
            yield ContactPiece(squash(prefix["said"]), hard=True, before=True, head=head)
            line = line[prefix.end() :]
        last, whole = 0, squash(line)
        spans = [span for span in brackets(line) if not _PHONE_BRACKET.match(line, span[0])]
        for start, end in [*spans, (len(line), len(line))]:
            for said, separator in _soft(line[last:start]):
                yield ContactPiece(said, hard=first, joined=separator == "/", head=head, alone=said == whole)
                first = False
            if end > start and squash(inside(line[start:end])):
                yield ContactPiece(inside(line[start:end]), bracket=True)
            last = end


_PREFIX = re.compile(r"\s*(?P<said>[^\W\d][^:：@\d,，;；\n]{1,50}?)\s*[:：]\s*(?=\S)")
"""What stands before the first colon of a line: a city, a side, or what follows: "Position: Director"."""


def _soft(text: str) -> Iterator[tuple[str, str]]:
    """Yield the pieces between separators with the one before each; a word such as "and" parts only two persons."""
    last, separator = 0, ""
    strokes = len(re.findall(r"\s/\s", text)) > 1 or bool(re.search(r"\s/\s", text) and EMAIL.search(text))
    for match in _SOFT.finditer(text):
        sign = match[0].strip()
        rest = _SOFT.split(text[match.end() : match.end() + 200], maxsplit=1)[0]
        words = sign.isalpha() or sign == "&"
        if words and not (TITLES.match(rest) or (_is_bare_name(text[last : match.start()]) and _is_bare_name(rest))):
            continue
        if sign == "/" and not (strokes and match[0] != "/") and not (TITLES.match(rest) or _is_bare_name(rest)):
            continue
        yield from _titled(text[last : match.start()], separator)
        last, separator = match.end(), sign
    yield from _titled(text[last:], separator)


def _titled(text: str, separator: str) -> Iterator[tuple[str, str]]:
    """Yield the people of a piece without separators: a title begins the next one, a telephone or an e-mail a piece of its own."""
    starts = [match.start() for match in _TITLES_AT.finditer(text)]
    starts = sorted({*starts, *(match.start() for match in _REACHED_BY.finditer(text))})
    marks = [0, *[start for start in starts if start > 0], len(text)]
    for begin, end in pairwise(marks):
        said = squash(text[begin:end]).strip(" ,;:–-")
        if re.search(r"\w", said):
            yield said, separator
            separator = ""


def tells_position(text: str) -> bool:
    """Return whether a text has a word of posts or organisations."""
    return bool(_ORGANISATION.search(text) or _POST.search(text))


def _is_bare_name(text: str) -> bool:
    bare = squash(TITLES.sub("", text))
    return _latin_name(bare) and not tells_position(bare)


def parted_name(text: str, title: re.Match[str] | None) -> tuple[str, str]:
    """Return a name without the title before it, or the salutation behind it, and that."""
    name = text[title.end() :] if title else text
    behind = BEHIND.search(name)
    said = title[0] if title else behind[1] if behind else ""
    return squash(name[: behind.start()] if behind else name), squash(said)


def salutation_in(title: str) -> str | None:
    """Return the code of a salutation as printed."""
    found = [_CODES[key] for word in title.split() if (key := word.casefold().rstrip(".")) in _CODES]
    return "prof_dr" if {"prof", "dr"} <= set(found) else found[-1] if found else None


def han_body_and_post(text: str) -> tuple[str, str] | None:
    """Return the body and the post of a Chinese run of both: 青岛市发展和改革委员会处长."""
    match = _HAN_BOTH.fullmatch(squash(text))
    return (match["body"], match["post"]) if match else None


def kind_of_piece(text: str, register: Register) -> Kind:
    """Return what a piece is."""
    text = squash(text)
    if "@" in text:
        return Kind.EMAIL  # or a part of one
    if (PHONE_WORD.match(text) and PHONE.search(text)) or (
        PHONE.fullmatch(text) and sum(c.isdigit() for c in text) > 6
    ):
        return Kind.PHONE
    if _ADDRESS.search(text):
        return Kind.ADDRESS
    if TITLES.match(text) or (BEHIND.search(text) and HAN_NAME.match(text)):
        return Kind.PERSON
    if _PROGRAMME.match(text):
        return Kind.PROGRAMME
    if register.resolve(text):
        return Kind.PLACE
    post, organisation = _POST.search(text), _ORGANISATION.search(text)
    if post and organisation and post.end() == len(text) and len(text.split()) < 4 and organisation.start() == 0:
        return Kind.POST  # Division Chief
    first = post and (not organisation or post.start() < organisation.start() or not _UNIT_FIRST.match(text))
    body = organisation and text[-1:] in "局会府处科室" and not _POST.search(text[-4:])
    if first and not body:
        return Kind.POST
    if organisation or folded(text) in _posts():
        return Kind.POST if folded(text) in _posts() else Kind.ORGANISATION
    if known_city(text) or country(text) or kind_of(text) == "region":
        return Kind.UNKNOWN
    if len(text.split()) > 1 and register.mentions(text):
        return Kind.ORGANISATION
    if _han_name(text) or _latin_name(text):
        return Kind.NAME
    return Kind.UNKNOWN


@cache
def _posts() -> frozenset[str]:
    return frozenset(folded(spelling) for code in codes("posts").values() for spelling in code.spellings)


def _han_name(text: str) -> bool:
    said = "".join(HAN_NAME.findall(text))
    rest = HAN_NAME.sub(" ", text).strip()
    if not said or (rest and not _latin_name(rest)):
        return False
    return "·" in said or 2 <= len(said) <= 4


def _latin_name(text: str) -> bool:
    """Whether a text has the shape of a name: two to five words with capitals, no figures."""
    words = text.split()
    if not 2 <= len(words) <= 6 or re.search(r"[\d@:&]", text):
        return False
    if is_surname(words[0]) and len(words) == 2:
        return True
    lettered = (word for word in words if word[0].isalpha())
    return words[0][0].isupper() and all(word[0].isupper() or word.casefold() in PARTICLES for word in lettered)
