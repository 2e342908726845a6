"""Reads people in a line of text: names in both scripts, posts, addresses; and tells whose people they are, and in which role.

A row of contacts is parted into pieces, each known by its look. Whose people stand below a title or behind a label is told by
its words; a Chinese post is parted from the name before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache
from itertools import pairwise
from types import MappingProxyType

from ucapdesk.base.fold import simplify
from ucapdesk.base.pinyin import COMPOUND, is_surname
from ucapdesk.formats.address_words import BEHIND, EMAIL
from ucapdesk.formats.paper_contents import Notes
from ucapdesk.formats.phrases.field_labels import head_of
from ucapdesk.formats.phrases.places_in_text import Register, kind_of
from ucapdesk.formats.phrases.small_texts import (
    BULLET,
    SUB_BULLET,
    both_languages,
    brackets,
    country,
    inside,
    pieces_outside,
    squash,
)
from ucapdesk.model.codes import codes, folded, word_table
from ucapdesk.model.rules.country_facts import known_city, place_key
from ucapdesk.model.text.person_names import HAN_NAME, PARTICLES, telling

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
    r"^(?:tel|phone|telephone|ph|tlf|t|d|direct|tfno|t[eé]l|tel[eé]fono|telefono|telefon|t[eé]l[eé]phone|telefone|"
    r"电话|办公电话|联系电话|座机"
    r"|(?P<mobile>mobile|mob|cell|m|m[oó]vil|mobil|handy|cellulare|cell|portable|telem[oó]vel|手机|手机号)"
    r"|(?P<fax>fax|telefax|传真))(?![a-zà-ÿ])"
    r"\.?(?:\s*(?:no\.?|number|nr\.?|号码))?\s*[:：]?",
    re.IGNORECASE,
)
# The prefix of a telephone number: (+86) 757, +31 (0)40.
_PHONE_BRACKET = re.compile(r"[(（]\s*\+?\d{1,5}\s*[)）](?=[\s/-]*\d)")
_ADDRESS = re.compile(
    r"\b\d{4,6}\s+[A-ZÀ-Ý]|"  # a postal code and a city
    r"\b(?:street|road|avenue|square|floor|p\.?\s?o\.? box|via|viale|piazza|calle|plaza|avenida|rue|rua|c/)\s.*\d|"
    r"\w[- ](?:ring|allee|ufer|damm|markt|hof|platz|weg)\s+\d|(?:stra(?:ß|ss)e|str\.|platz|weg|gasse|straat|plein|laan)\s*\d|"
    r"^\D*\d.*\b(?:street|road|avenue|rd|st|lane)\b|"
    r"^https?:|^www\.|"
    r"[路街道]\s*\d+\s*号",
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
    r"\s*[,，、]\s*|"
    r"(?<=[\u3400-\u9fff]{2})\s+(?=[\u3400-\u9fff]{2}|\d|[\w.+-]+@)|"  # behind Chinese words
    r"\s+[–—-]\s+|\s+[|·•]\s+|\s*/\s*|\s*&\s*|\s+(?:and|y|und)\s+"
)
# A stroke between a name and the same in Chinese.
_BOTH_SCRIPTS = re.compile(r"(?<=[a-zà-ÿ])\s*[/／]\s*(?=[\u3400-\u9fff])")
# The name of a foreigner as Chinese papers write it: 托马斯·贝克尔（Thomas Becker）先生.
_HAN_THEN_LATIN = re.compile(
    r"(?P<han>[\u3400-\u9fff]+(?:[·•・][\u3400-\u9fff]+)+)\s*"
    r"[(（](?P<latin>[A-ZÀ-Ý][\w’'-]+(?: [\w’'.-]+){1,4})[)）]\s*"
    r"(?P<title>先生|女士|小姐|博士|教授|)"
)
_REACHED_BY = re.compile(
    r"(?<=[\s.])(?:tel|phone|telephone|mobile|mob|cell|fax|e-?mail|mail|"
    r"correo|tfno|tlf|ph|t[eé]l|telefon|telefono|tel[eé]fono|电话|手机|邮箱|传真|电子邮箱)(?![a-zà-ÿ-])"
    r"\.?\s*[:：.]?\s*(?=[\d+(\w])",
    re.IGNORECASE,
)
# The ends of Chinese names of offices and houses, and of posts.
HAN_BODIES, HAN_POSTS = (
    "|".join(sorted(word_table("contact_words")[key], key=len, reverse=True))
    for key in ("organisation_han", "post_han")
)
_HAN_BOTH = re.compile(
    rf"(?P<body>[\u3400-\u9fff]{{2,30}}?(?:{HAN_BODIES}|委))"
    rf"(?P<post>(?:副|常务副|代理|[一二三四]级|首席|总|主任(?=科员))*(?:{HAN_POSTS}|教授|研究员))"
)
_LIST_NUMBER = re.compile(r"^\s*\d{1,2}[.)、]\s*")


class PieceKind(Enum):
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
    alone: bool = False  # It is the whole line
    head: str | None = None


def pieces_in(text: str) -> Iterator[ContactPiece]:
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


# What stands before the first colon of a line: a city, a side, or what follows: "Position: Director".
_PREFIX = re.compile(r"\s*(?P<said>[^\W\d][^:：@\d,，;；\n]{1,50}?)\s*[:：]\s*(?=\S)")


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


def has_position_word(text: str) -> bool:
    return bool(_ORGANISATION.search(text) or _POST.search(text))


def _is_bare_name(text: str) -> bool:
    bare = squash(TITLES.sub("", text))
    return _latin_name(bare) and not has_position_word(bare)


def parted_name(text: str, title: re.Match[str] | None) -> tuple[str, str]:
    """Return a name without the title before it, or the salutation behind it, and that."""
    name = text[title.end() :] if title else text
    behind = BEHIND.search(name)
    said = title[0] if title else behind[1] if behind else ""
    return squash(name[: behind.start()] if behind else name), squash(said)


def salutation_in(title: str) -> str | None:
    found = [_CODES[key] for word in title.split() if (key := word.casefold().rstrip(".")) in _CODES]
    return "prof_dr" if {"prof", "dr"} <= set(found) else found[-1] if found else None


def han_body_and_post(text: str) -> tuple[str, str] | None:
    """Return the body and the post of a Chinese run of both: 青岛市发展和改革委员会处长."""
    match = _HAN_BOTH.fullmatch(squash(text))
    return (match["body"], match["post"]) if match else None


def kind_of_piece(text: str, register: Register) -> PieceKind:
    text = squash(text)
    if "@" in text:
        return PieceKind.EMAIL  # or a part of one
    if (PHONE_WORD.match(text) and PHONE.search(text)) or (
        PHONE.fullmatch(text) and sum(c.isdigit() for c in text) > 6
    ):
        return PieceKind.PHONE
    if _ADDRESS.search(text):
        return PieceKind.ADDRESS
    if TITLES.match(text) or (BEHIND.search(text) and HAN_NAME.match(text)):
        return PieceKind.PERSON
    if _PROGRAMME.match(text):
        return PieceKind.PROGRAMME
    if register.resolve(text):
        return PieceKind.PLACE
    post, organisation = _POST.search(text), _ORGANISATION.search(text)
    if post and organisation and post.end() == len(text) and len(text.split()) < 4 and organisation.start() == 0:
        return PieceKind.POST  # Division Chief
    first = post and (not organisation or post.start() < organisation.start() or not _UNIT_FIRST.match(text))
    body = organisation and text[-1:] in "局会府处科室" and not _POST.search(text[-4:])
    if first and not body:
        return PieceKind.POST
    if organisation or folded(text) in _posts():
        return PieceKind.POST if folded(text) in _posts() else PieceKind.ORGANISATION
    if known_city(text) or country(text) or kind_of(text) == "region":
        return PieceKind.UNKNOWN
    if len(text.split()) > 1 and register.mentions(text):
        return PieceKind.ORGANISATION
    if _han_name(text) or _latin_name(text):
        return PieceKind.NAME
    return PieceKind.UNKNOWN


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


_SIDES = {word: side for side, words in word_table("sides").items() for word in words}
# Whose people stand below: 中方出席人员, 匈方人员, Italian delegation.
_SIDES_HAN = re.compile(
    r"(?<!集)(中)方(?![案式法向面])|[外欧歐匈意德法西葡英波荷比奥捷希瑞芬丹挪罗保克斯塞立拉爱土俄美]方(?=出席|参加|参会|代表|人员|名单|陪同|$)"
)
_OF_CITY = re.compile(
    r"^(?:(?:delegation|delegazione|delegación)\s+)?(?:of|for|from|per|di|por|de|für|aus)\s+(?:the\s+)?(?:city\s+of\s+)?|\s*(?:delegation|side|代表团|方)$",
    re.IGNORECASE,
)
_SIDE_ALONE = re.compile("[㐀-鿿]方(?:出席|参加|参会|代表|人员|名单|陪同)*")
LONGEST_SIDE = 40
_NO_CITIES: Mapping[str, str] = MappingProxyType({})
_ROLES = {folded(word): role for role, words in word_table("roles").items() for word in words}
_PARTS = re.compile(r"\s*[,，;；、/()（）兼]\s*")
# What stands between two people, but not within brackets, nor between the two ways to write one name.
_APART = re.compile(
    r"((?:\s*[,，;；、\n]\s*(?:(?:and|und|et|y|e|&)\s+)?|(?<=[\u3400-\u9fff])\s*/\s*(?=[\u3400-\u9fff])|(?<=[a-zà-ÿ])\s*/\s*(?=[A-ZÀ-Ý])"
    r"|(?<=[\u3400-\u9fff]{2})\s+(?=[\u3400-\u9fff]{2,4}(?:\s|$|[(（])))(?![^()（）]{0,200}[)）]))"
)
_AND = re.compile(r"\s+(?:and|und|et|y|e|&)\s+")
NAMES = (PieceKind.NAME, PieceKind.PERSON)
_NOBODY = frozenset(["", "-", "—", "/", "无"])
# A post without somebody's name behind it: Mayor, Deputy Mayor, Mayor of Győr; not Director Anna Nowak.
_POST_ALONE = re.compile(r"^\S+(?: \S+)?$| [a-zà-ÿ]+ ")
_NO_PLACES = Register(Notes())
_NO_NAME = re.compile(r"[(（]|\b(?:of|for|für|per|para)\b")
_LABEL = re.compile(r"([^:：]{1,40})[:：]\s*(.*)", re.DOTALL)
_NAME_AND_POST = re.compile(rf"([\u3400-\u9fff]{{2,4}}?|[^\u3400-\u9fff]{{3,}}?)\s*((?:常务)?副?总?(?:{HAN_POSTS}))")
_OFFICE = re.compile(
    "[局办委市省区县部处科院]|大学|学校|协会|商会|学会"
)  # What an office is called, and hardly anybody


def side_of(text: str) -> str | None:
    said = text.strip(" :：()（）")
    if len(said) > LONGEST_SIDE:
        return None
    if han := _SIDES_HAN.search(said):
        return "A" if han[1] else "B"
    return next((side for words, side in _SIDES.items() if words in said.casefold()), None)


def side_named(text: str, cities: Mapping[str, str]) -> str | None:
    """Return the side that a title names, also by one of its cities alone: Per Bergamo, 宁波市代表团."""
    said = text.strip(" :：()（）")
    return side_of(said) or cities.get(place_key(_OF_CITY.sub("", said)))


def is_side_alone(text: str) -> bool:
    """Return whether a line names a side and nobody: Italian side, 中方代表."""
    said = text.strip(" :：()（）")
    return said.casefold() in _SIDES or bool(side_of(said) and _SIDE_ALONE.fullmatch(said))


def people_of_line(text: str, cities: Mapping[str, str] = _NO_CITIES) -> Iterator[tuple[str, str | None, str]]:
    """Yield the names of a line, each with the side that a label before it names, and that label: ``中方：于建国、欧阳娜；匈方：…``.

    A post behind a comma belongs to the name before it: ``Anna Nowak, Mayor of Győr``; in a Chinese list that of an office is
    somebody else: ``于建国、市外办主任``.
    """
    side: str | None = None
    last, label, is_name = "", "", False
    parts = _APART.split(text)
    for sign, each in zip(["", *parts[1::2]], parts[::2], strict=True):
        for part in _each_name(each):
            found = _LABEL.fullmatch(part)
            told = side_named(found[1], cities) if found else None
            label_of = found if found and (told or kind_of_words(found[2]) in NAMES) else None
            said = (label_of[2] if label_of else part).removesuffix("等人").removesuffix("等").strip(" .。")
            if is_name and _belongs_to_name(said, sign.strip()):
                last += f"{'，' if HAN_NAME.search(said) else ', '}{said}"
                continue
            if last:
                yield last, side, label
            side, last, label = told or side, "" if said in _NOBODY else said, label_of[1] if label_of else ""
            is_name = kind_of_words(said) in NAMES and not name_and_post(said)[1]
    if last:
        yield last, side, label


def kind_of_words(said: str) -> PieceKind:
    """Return what words are before a bracket: a name, also with a post; a post of nobody; a house; how somebody is reached."""
    kind = kind_of_piece(simplify(re.split("[(（]", said)[0]), _NO_PLACES)
    names_nobody = _POST_ALONE.search(said) and not name_and_post(said)[1]
    return PieceKind.PERSON if kind == PieceKind.POST and not names_nobody else kind


def _belongs_to_name(said: str, sign: str) -> bool:
    """Return whether words behind a name tell more of that person: a post, how to reach them, or words in small letters."""
    kind, word = kind_of_words(said), said.partition(" ")[0]
    if sign not in ("", ",", "，"):
        return sign == "、" and kind == PieceKind.POST and not is_post_alone(said)
    return kind in (PieceKind.POST, PieceKind.ORGANISATION, PieceKind.PHONE, PieceKind.EMAIL) or (
        word[:1].islower() and word not in PARTICLES
    )


def _each_name(said: str) -> list[str]:
    """Return two names with a word between them apart; "José Ortega y Gasset" is one."""
    names = _AND.split(said)
    return names if all(len(each.split()) > 1 for each in names) and not _NO_NAME.search(said) else [said]


def name_and_post(said: str) -> tuple[str, str]:
    """Return a name and the Chinese post behind it: ``于建国副市长``, ``Attila Péterffy市长``; no post for an office."""
    found = _NAME_AND_POST.fullmatch(said)
    long_han = found and len(found[1]) > 3 and re.match("[\u3400-\u9fff]", found[1])
    if not found or _OFFICE.search(found[1]) or (long_han and found[1][:2] not in COMPOUND):
        return said, ""
    return found[1].strip(), found[2]


def is_post_alone(said: str) -> bool:
    """Return whether Chinese words name a post of an office and nobody: 市外办主任."""
    found = _NAME_AND_POST.fullmatch(said)
    return bool(found and _OFFICE.search(found[1]))


def role_of_remark(remark: str) -> str | None:
    """Return the role that a remark names: 团长, deputy head."""
    ways = [remark.strip(), *both_languages(remark, "en").values()]
    parts = (folded(part) for way in ways for part in [way, *_PARTS.split(way)])
    roles = (
        role for part in parts for word, role in _ROLES.items()
        if f"{part} ".startswith(f"{word} ") or (role in ("interpreter", "coordinator") and part.split()[1:] == [word])
    )  # fmt: skip
    return next(roles, None)


def role_of_post(post: str) -> str | None:
    """Return the role of those whose post is nothing else: interpreters and drivers."""
    roles = (_ROLES.get(folded(way)) for way in both_languages(post, "en").values())
    return next((role for role in roles if role in ("interpreter", "driver")), None)
