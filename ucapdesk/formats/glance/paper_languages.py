"""Tells in which language a paper is written, and puts each of its texts under its own."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from ucapdesk.base.fold import HAN_RUN
from ucapdesk.base.i18n import LANGUAGES, READ_LANGUAGES
from ucapdesk.base.phrases import phrases
from ucapdesk.formats.glance.glance_parts import Glance
from ucapdesk.model.rules.names import read_person

PAIR = "\n"
"""What stands between a Chinese text and the same in another language, from two columns; no cell of one line has it."""
_NET = re.compile(r"(?<!\S)\S*[@/]\S*|\bwww\.\S+")
_HAN = r"(?:(?<!\d)\d{1,4}[年月日号]|(?!(?<=\d)[年月日号])[\u3400-\u9fff])"
"""Where Chinese begins: the figures of a date are a part of it."""
_TWO = re.compile(
    rf"^(?!\w+[\u3400-\u9fff])(?P<latin>[^\u3400-\u9fff]*[A-Za-zÀ-ÿ][^\u3400-\u9fff]*?)\s*(?P<han>{_HAN}[^A-Za-zÀ-ÿ]*)$"
)
"""A single word written into Chinese, as in Nokia公司, is a part of it."""
_STROKED = re.compile(
    r"^(?P<han>[^A-Za-zÀ-ÿ]*[\u3400-\u9fff][^A-Za-zÀ-ÿ]*?)\s*[/|]\s*(?P<latin>[A-Za-zÀ-ÿ][^\u3400-\u9fff]*)$"
)
_NUMBER = re.compile(r"[A-Z]{1,3}\s?\d{1,5}[A-Z]?\W*")
"""The number of a flight, a train or a room, which is in no language."""
_HAN_FIRST = re.compile(
    r"^(?P<han>[^A-Za-zÀ-ÿ\u3400-\u9fff]*[\u3400-\u9fff][^A-Za-zÀ-ÿ]*?(?:[(（][^()（）\u3400-\u9fff]*[)）])?)(?:[\s/|(（]+|(?<=[)）]))(?P<latin>[A-Za-zÀ-ÿ][^\u3400-\u9fff]*)$"
)
"""Chinese first; a flight or an abbreviation in brackets is a part of it."""
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
    first = re.search(_HAN, said)
    before, behind = (said[: first.start()], said[first.start() :]) if first else (said, "")
    label = before.rstrip()[-1:] in (":", "：")  # Anna Nowak：提供名单
    two = (_TWO.match(said) or _STROKED.match(said)) if len(said) < 120 and not label else None
    if two and not _NUMBER.fullmatch(two["latin"]):
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
    if (two := _HAN_FIRST.match(said)) and not _NUMBER.fullmatch(two["latin"]):
        latin = two["latin"].strip()
        return {lang: latin if re.search("[(（]", latin) else latin.strip(" )）"), "zh": two["han"].strip()}
    return in_languages(said, lang)


def city_in_two(name: str) -> str:
    """Return the name of a city in two scripts apart, the Chinese one behind: Linz林茨, 波兹南 / Poznań."""
    two = _CITY_IN_TWO.fullmatch(name)
    return " ".join(said for key in ("latin", "latin2", "han", "han2") if (said := two[key])) if two else name


def plain_person(name: str) -> dict[str, Any]:
    """Return the values of a person's names as a draft holds them."""
    found: dict[str, Any] = {}
    said = read_person(name)
    if latin := said.get("name"):
        found["name"] = {"family": latin.family, "given": latin.given, "order": latin.order}
    if han := said.get("name_han"):
        found["name_han"] = {"family": han.family or "", "given": han.given or ""}
    if phonetic := said.get("name_phonetic"):
        found["name_phonetic"] = dict(phonetic.items())
    return found
