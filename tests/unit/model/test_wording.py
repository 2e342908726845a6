"""Words that an office can hand out: what was once said wrongly, and one Chinese word for one thing."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from gettext import GNUTranslations
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from tests.helpers.source_tree import ROOT
from ucapdesk.base.paths import resource
from ucapdesk.model.codes import codes

TABLE = Path(__file__).parents[2] / "data" / "wording.tsv"
NEVER = {
    "密级": "a legal term (绝密, 机密, 秘密)",
    "甲方|乙方": "the parties of a contract",
    "胸牌": "胸卡 everywhere",
    "手边卡": "is no word",
    "签约": "of contracts",
    "签署人": "签字人 everywhere",
    "生效中": "is becoming effective",
    "口令": "密码 everywhere",
    "协调人": "联络员 everywhere",
    "民间组织": "社会组织 is the official term",
    "转场": "of film crews",
    "续签": "延期 everywhere",
    "续期": "延期 everywhere",
    "国家/地区": "国家（地区）",
    "房间名单": "分房表",
    "酒店名单": "住宿安排表",
    "乘车名单": "乘车安排表",
    "用餐名单": "用餐安排及忌口表",
    "安保名单": "reads as a list of the guards",
    "媒体名单": "holds no media",
    "(?<!城市)合作计划": "any plan",
    "(?<!中国)台湾": "official usage",
}
"""What no Chinese text of the program says, and why."""


def _catalogue(lang: str) -> dict[tuple[str, str], tuple[str, ...]]:
    with resource(f"locale/{lang}/LC_MESSAGES/ucapdesk.po").open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    return {
        (m.context or "", m.id if isinstance(m.id, str) else m.id[0]): (m.string,) if isinstance(m.string, str) else tuple(m.string or ())
        for m in messages
    }  # fmt: skip


def _said(place: str, lang: str, texts: dict[tuple[str, str], tuple[str, ...]]) -> str | None:
    """What stands at a place of the table now; None where there is no such text any more."""
    if "|" in place:
        context, _, english = place.partition("|")
        return texts.get((context, english), (None,))[0]
    name, _, code = place.partition(".")
    return codes(name)[code].labels.get(lang) if code in codes(name) else None


@pytest.mark.parametrize("lang", ["zh", "es", "it", "de"])
def test_what_was_put_right_stays_so(lang: str) -> None:
    texts = _catalogue(lang)
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if row["language"] == lang]
    assert len(rows) > 30
    wrong = {
        row["place"]: said
        for row in rows
        if (said := _said(row["place"], lang, texts)) is not None and said != row["now"]
    }
    assert wrong == {}, "if a better word was found, put it into tests/data/wording.tsv too"


def test_what_people_wrote_before_is_still_read() -> None:
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if "|" not in row["place"]]
    for row in rows:
        name, _, code = row["place"].partition(".")
        others = {text for each in codes(name).values() if each.code != code for text in each.spellings}
        if name != "glossary" and row["once"] not in others:
            assert row["once"] in codes(name)[code].spellings, row


def _chinese() -> Iterator[tuple[str, str]]:
    for (context, english), said in _catalogue("zh").items():
        yield from ((f"{context}: {english}", text) for text in said)
    for path in resource("reference").glob("*.json"):
        yield from ((f"{path.stem}.{code.code}", code.labels["zh"]) for code in codes(path.stem).values())
    for path in sorted((ROOT / "docs" / "manual").glob("*zh.md")):
        yield from ((path.name, line) for line in path.read_text(encoding="utf-8").splitlines())


def test_no_chinese_text_says_what_an_office_would_not() -> None:
    never = re.compile("|".join(NEVER))
    found = [(place, match[0]) for place, text in _chinese() if (match := never.search(text))]
    assert found == []


def test_a_term_of_the_glossary_has_one_chinese_word() -> None:
    texts = _catalogue("zh")
    for term in codes("glossary").values():
        named = {name.strip().casefold() for name in re.split("/", re.sub(r"\(.*?\)", "", term.labels["en"]))}
        words = {re.sub("（.*?）", "", text) for text in (term.labels["zh"], *term.facts.get("aliases", ()))}
        for (context, english), said in texts.items():
            bare = english.strip(" …").casefold()
            if {
                bare,
                bare.removesuffix("s"),
            } & named and context != "agenda_item.minutes":  # these are sixty seconds each
                assert any(word in said[0] for word in words), (term.code, context, english, said[0])


def test_the_compiled_catalogue_is_that_of_the_texts() -> None:
    with resource("locale/zh/LC_MESSAGES/ucapdesk.mo").open("rb") as file:
        assert GNUTranslations(file).pgettext("document", "Pocket card") == "口袋日程卡"
