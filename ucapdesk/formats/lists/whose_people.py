"""Tells whose people stand below a title or behind a label, and in which role, and parts a Chinese post from the name before it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ucapdesk.base.surnames import COMPOUND
from ucapdesk.formats.glance.paper_languages import both_languages
from ucapdesk.model.codes import word_table

_CHINESE = re.compile(
    r"(?<!集)中方(?![案式法向面])|\bchinese (?:side|delegation|participants)|(?:delegazione|parte) cinese|(?:delegación|parte) china|chinesische (?:seite|delegation)",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"[外欧歐匈意德法西葡英波荷比奥捷希瑞芬丹挪罗保克斯塞立拉爱土俄美]方(?=出席|参加|参会|代表|人员|名单|陪同|$)|"
    r"\b(?:european|italian|german|hungarian|spanish|portuguese|polish|french|dutch|belgian|austrian|czech|greek) (?:side|delegation|participants)"
    r"|delegazione (?:italiana|europea)|parte (?:italiana|española|europea)|delegación (?:española|europea)|(?:deutsche|europäische) (?:seite|delegation)",
    re.IGNORECASE,
)
"""Whose people stand below: 中方出席人员, 匈方人员, Italian delegation."""
LONGEST_SIDE = 40
_ROLES = {
    "head": r"^团长$|^代表团团长$|head of delegation|jefe de (?:la )?delegación|capo ?delegazione|delegationsleit",
    "deputy_head": r"副团长|deputy head",
    "interpreter": r"^(?:随团)?翻译(?:人员)?$|^译员$|interpret|intérprete|dolmetsch",
    "coordinator": r"^联络(?:员|人)$|^领队$|^秘书长?$|coordinator",
    "driver": r"^司机$|^driver$",
}
_POST_OF_ROLE = re.compile(
    r"(?P<interpreter>(?:随团)?翻译|译员|interpreter|dolmetscher(?:in)?|int[eé]rprete)|(?P<driver>司机|driver|fahrer(?:in)?|chófer|conductora|autista)",
    re.IGNORECASE,
)
_APART = re.compile(
    r"\s*[;；、\n]\s*|\s*[,，]\s*(?![^()（）]{0,200}[)）])|(?<=[\u3400-\u9fff]{2})\s+(?=[\u3400-\u9fff]{2,4}(?:\s|$|[(（]))"
)
_AND = re.compile(r"\s+(?:and|und|et|y|e|&)\s+")
_NO_NAME = re.compile(r"[(（]|\b(?:of|for|für|per|para)\b")
_LABEL = re.compile(r"([^:：]{1,40})[:：]\s*(.*)", re.DOTALL)
_POSTS = "|".join(sorted(word_table("contact_words")["post_han"], key=len, reverse=True))
_NAME_AND_POST = re.compile(rf"([\u3400-\u9fff]{{2,4}}?|[^\u3400-\u9fff]{{3,}}?)\s*((?:常务)?副?总?(?:{_POSTS}))")
_OFFICE = re.compile("[局办委市省区县部处科院]|大学|学校|协会|商会|学会")
"""What an office is called, and hardly anybody."""


def side_of(text: str) -> str | None:
    """Return the side that a title names."""
    said = text.strip(" :：()（）")
    if len(said) > LONGEST_SIDE:
        return None
    return "A" if _CHINESE.search(said) else "B" if _OTHERS.search(said) else None


def people_of_line(text: str) -> Iterator[tuple[str, str | None, str]]:
    """Yield the names of a line, each with the side that a label before it names, and that label: ``中方：于建国、欧阳娜；匈方：…``."""
    side: str | None = None
    for part in _APART.split(text):
        for name in _each_name(part):
            found = _LABEL.fullmatch(name)
            told = side_of(found[1]) if found else None
            side = told or side
            said = (found[2] if found and told else name).strip(" .。")
            if said:
                yield said, side, found[1] if found and told else ""


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
    return next((role for role, sign in _ROLES.items() for way in ways if re.search(sign, way, re.IGNORECASE)), None)


def role_of_post(post: str) -> str | None:
    """Return the role of those whose post is nothing else: interpreters and drivers."""
    ways = both_languages(post, "en").values()
    return next((found.lastgroup for way in ways if (found := _POST_OF_ROLE.fullmatch(way))), None)
