"""A record that begins with its name alone, because somebody was named who is not on record yet.

A name in Chinese characters has its family name in front; which word of a Latin name is the family name is taken only where
the writing tells it (``WU Wenneng``, ``Wu, Wenneng``) and otherwise left to be said: never guessed.
"""

from __future__ import annotations

import re
from typing import Any

from ucapdesk.model.kind import Kind
from ucapdesk.model.record import Filed
from ucapdesk.model.values import Bilingual, HanName, PersonName
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.model.values.cells import TextType

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff·•・]+")
_DOTS = re.compile("[·•・]")
COMPOUND = frozenset(
    [
        "欧阳",
        "太史",
        "端木",
        "上官",
        "司马",
        "东方",
        "独孤",
        "南宫",
        "万俟",
        "闻人",
        "夏侯",
        "诸葛",
        "尉迟",
        "公羊",
        "赫连",
        "澹台",
        "皇甫",
        "宗政",
        "濮阳",
        "公冶",
        "太叔",
        "申屠",
        "公孙",
        "慕容",
        "仲孙",
        "钟离",
        "长孙",
        "宇文",
        "司徒",
        "鲜于",
        "司空",
        "闾丘",
        "子车",
        "亓官",
        "司寇",
        "巫马",
        "公西",
        "颛孙",
        "壤驷",
        "公良",
        "漆雕",
        "乐正",
        "宰父",
        "谷梁",
        "拓跋",
        "夹谷",
        "轩辕",
        "令狐",
        "段干",
        "百里",
        "呼延",
        "东郭",
        "南门",
        "羊舌",
        "微生",
        "梁丘",
        "左丘",
        "东门",
        "西门",
        "第五",
    ]
)
"""Family names of two characters."""


def can_begin(kind: Kind) -> bool:
    """Whether a record of the kind can begin with its name alone: it stands on its own and has a title that is typed."""
    return issubclass(kind.cls, Filed) and kind.cls.title_fields[0] in kind.fields and not kind.cls.identity


def stub(kind: Kind, said: str) -> dict[str, Any]:
    """The values of a record that is named so; empty where nothing is said."""
    said = " ".join(said.split())
    if kind.name == "person":
        return _person(said)
    field = kind.fields[kind.cls.title_fields[0]]
    if not said or not isinstance(field.type, BilingualType | TextType):
        return {}
    return {field.name: field.type.read(said)}


def split_name(said: str) -> HanName | PersonName | None:
    """A whole name in its parts, where the writing tells them; None where it does not."""
    if _HAN.fullmatch(said):
        length = 2 if said[:2] in COMPOUND else 1
        foreign = _DOTS.search(said) or len(said) > length + 2
        return HanName(said[:length], said[length:]) if not foreign and len(said) > length else None
    name = _latin(" ".join(said.split()))
    return name if name.family and name.given else None


def _person(said: str) -> dict[str, Any]:
    values: dict[str, Any] = {}
    han = "".join(_HAN.findall(said))
    if han and (_DOTS.search(han) or len(han) > (4 if han[:2] in COMPOUND else 3)):
        values["name_phonetic"] = Bilingual(zh=_DOTS.sub("·", han))  # a name from abroad, written by its sound
    elif han:
        values["name_han"] = split_name(han) or HanName(han)
    if latin := _HAN.sub(" ", said).strip(" ()（）"):
        values["name"] = _latin(" ".join(latin.split()))
    return values


def _latin(said: str) -> PersonName:
    family, comma, given = said.partition(",")
    if comma:
        return PersonName(family.strip() or None, given.strip() or None)
    words = said.split()
    capitals = [word for word in words if len(word) > 1 and word.isupper()]
    if capitals and len(capitals) < len(words) and words[0] in capitals:
        cut = next(at for at, word in enumerate(words) if word not in capitals)
        return PersonName(" ".join(words[:cut]).title(), " ".join(words[cut:]), "family_first")
    if capitals and len(capitals) < len(words) and words[-1] in capitals:
        return PersonName(words[-1].title(), " ".join(words[:-1]), "given_first")
    return PersonName(given=said)
