"""Texts of one language: rooms are said in every language by rule, other texts by the language they are in."""

from __future__ import annotations

import pytest

from ucapdesk.model.text.fields_in_words import languages_of, room_in_languages
from ucapdesk.model.text.typed_text import in_languages
from ucapdesk.model.values import Bilingual
from ucapdesk.model.values.bilingual import BilingualType


@pytest.mark.parametrize(
    ("said", "en", "zh"),
    [
        ("Room 308", "Room 308", "308室"),
        ("Room 308, third floor", "Room 308, third floor", "3楼308室"),
        ("3rd floor, Room 308", "3rd floor, Room 308", "3楼308室"),
        ("Meeting Room 2, 12/F", "Meeting Room 2, 12/F", "12楼2会议室"),
        ("Building B, Room 1102", "Building B, Room 1102", "B号楼1102室"),
        ("3楼308室", "Room 308, 3rd floor", "3楼308室"),
        ("三层第一会议室", "Meeting room 1, 3rd floor", "三层第一会议室"),
        ("十二楼1208室", "Room 1208, 12th floor", "十二楼1208室"),
        ("5号楼308会议室", "Meeting room 308, Building 5", "5号楼308会议室"),
        ("Mudan Hall / 牡丹厅", "Mudan Hall", "牡丹厅"),
        ("牡丹厅（Mudan Hall）", "Mudan Hall", "牡丹厅"),
        ("1201", "1201", "1201"),
    ],
)
def test_a_room_is_said_in_both_languages(said: str, en: str, zh: str) -> None:
    found = room_in_languages(said)
    assert (found["en"], found["zh"]) == (en, zh)


@pytest.mark.parametrize(
    ("said", "lang"),
    [
        ("1st floor, Mudan Hall", "en"),
        ("Yellow River Hall", "en"),
        ("牡丹厅", "zh"),
        ("Roommates 308", "en"),
        ("三楼牡丹厅", "zh"),
    ],
)
def test_what_no_rule_says_stays_in_its_language(said: str, lang: str) -> None:
    assert room_in_languages(said) == {lang: said}


def test_texts_are_of_the_language_of_their_words() -> None:
    assert set(languages_of("hazelnuts, walnuts")) == {"en"}
    assert set(languages_of("花生")) == {"zh"}
    assert len(languages_of("A-301")) > 2
    assert len(languages_of("+86 138 0371 6215")) > 2


@pytest.mark.parametrize("name", ["𠮷", "𬬭", "〇"])
def test_a_rare_character_alone_is_chinese_wherever_the_language_is_told_by_the_script(name: str) -> None:
    assert BilingualType().read(name) == Bilingual(zh=name)
    assert in_languages(name) == Bilingual(zh=name)
    assert languages_of(name) == {"zh": name}
