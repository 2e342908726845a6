"""Tells whose people stand below a title or behind a label, and in which role, and parts a Chinese post from the name before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from ucapdesk.base.fold import simplify
from ucapdesk.base.surnames import COMPOUND
from ucapdesk.formats.glance.contact_pieces import HAN_POSTS, Kind, kind_of_piece
from ucapdesk.formats.glance.glance_places import Register
from ucapdesk.formats.glance.oddities import Notes
from ucapdesk.formats.glance.paper_languages import both_languages
from ucapdesk.model.codes import folded, word_table
from ucapdesk.model.rules.known_cities import place_key
from ucapdesk.model.rules.names import HAN_NAME, PARTICLES

_SIDES = {word: side for side, words in word_table("sides").items() for word in words}
_SIDES_HAN = re.compile(
    r"(?<!集)(中)方(?![案式法向面])|[外欧歐匈意德法西葡英波荷比奥捷希瑞芬丹挪罗保克斯塞立拉爱土俄美]方(?=出席|参加|参会|代表|人员|名单|陪同|$)"
)
"""Whose people stand below: 中方出席人员, 匈方人员, Italian delegation."""
_OF_CITY = re.compile(
    r"^(?:(?:delegation|delegazione|delegación)\s+)?(?:of|for|from|per|di|por|de|für|aus)\s+(?:the\s+)?(?:city\s+of\s+)?|\s*(?:delegation|side|代表团|方)$",
    re.IGNORECASE,
)
_SIDE_ALONE = re.compile("[㐀-鿿]方(?:出席|参加|参会|代表|人员|名单|陪同)*")
LONGEST_SIDE = 40
_NO_CITIES: Mapping[str, str] = MappingProxyType({})
_ROLES = {folded(word): role for role, words in word_table("roles").items() for word in words}
_PARTS = re.compile(r"\s*[,，;；、/()（）兼]\s*")
_APART = re.compile(
    r"((?:\s*[,，;；、\n]\s*(?:(?:and|und|et|y|e|&)\s+)?|(?<=[\u3400-\u9fff])\s*/\s*(?=[\u3400-\u9fff])|(?<=[a-zà-ÿ])\s*/\s*(?=[A-ZÀ-Ý])"
    r"|(?<=[\u3400-\u9fff]{2})\s+(?=[\u3400-\u9fff]{2,4}(?:\s|$|[(（])))(?![^()（）]{0,200}[)）]))"
)
"""What stands between two people, but not within brackets, nor between the two ways to write one name."""
_AND = re.compile(r"\s+(?:and|und|et|y|e|&)\s+")
NAMES = (Kind.NAME, Kind.PERSON)
_NOBODY = frozenset(["", "-", "—", "/", "无"])
_POST_ALONE = re.compile(r"^\S+(?: \S+)?$| [a-zà-ÿ]+ ")
"""A post without somebody's name behind it: Mayor, Deputy Mayor, Mayor of Győr; not Director Anna Nowak."""
_NO_PLACES = Register(Notes())
_NO_NAME = re.compile(r"[(（]|\b(?:of|for|für|per|para)\b")
_LABEL = re.compile(r"([^:：]{1,40})[:：]\s*(.*)", re.DOTALL)
_NAME_AND_POST = re.compile(rf"([\u3400-\u9fff]{{2,4}}?|[^\u3400-\u9fff]{{3,}}?)\s*((?:常务)?副?总?(?:{HAN_POSTS}))")
_OFFICE = re.compile("[局办委市省区县部处科院]|大学|学校|协会|商会|学会")
"""What an office is called, and hardly anybody."""


def side_of(text: str) -> str | None:
    """Return the side that a title names."""
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


def kind_of_words(said: str) -> Kind:
    """Return what words are before a bracket: a name, also with a post; a post of nobody; a house; how somebody is reached."""
    kind = kind_of_piece(simplify(re.split("[(（]", said)[0]), _NO_PLACES)
    names_nobody = _POST_ALONE.search(said) and not name_and_post(said)[1]
    return Kind.PERSON if kind == Kind.POST and not names_nobody else kind


def _belongs_to_name(said: str, sign: str) -> bool:
    """Return whether words behind a name tell more of that person: a post, how to reach them, or words in small letters."""
    kind, word = kind_of_words(said), said.partition(" ")[0]
    if sign not in ("", ",", "，"):
        return sign == "、" and kind == Kind.POST and not is_post_alone(said)
    return kind in (Kind.POST, Kind.ORGANISATION, Kind.PHONE, Kind.EMAIL) or (
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
