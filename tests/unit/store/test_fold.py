"""Folding and readings: the same words for the index and for the question."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from ucapdesk.base.fold import fold, fold_accents
from ucapdesk.base.pinyin import SURNAMES, family_reading, latin_words, readings, spellings
from ucapdesk.model.values import Bilingual, HanName, PersonName
from ucapdesk.store.read.sorting import sort_key, sort_keys


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ＡＢＣ１", "abc1"),
        ("Straße Łódź Ærø ﬁn", "strasse lódź aero fin"),
        ("柳州", "柳 州"),
        ("IUC柳州2019年", "iuc 柳 州 2019 年"),
        ("𬱖䶮𰻝", "𬱖 䶮 𰻝"),
    ],
)
def test_text_is_folded(text: str, words: str) -> None:
    assert " ".join(fold(text).split()) == words


def test_accents_go_where_the_tokenizer_does_not_look() -> None:
    assert fold_accents("Ángel Benítez-Łukasz") == "angel benitez-lukasz"


@given(st.text(st.characters(), max_size=60))
def test_folding_again_changes_nothing(text: str) -> None:
    once = " ".join(fold(text).split())
    assert " ".join(fold(once).split()) == once


@pytest.mark.parametrize(
    "text",
    [
        "重庆银行行长",
        "柳州市发展和改革委员会",
        "长沙音乐学院",
        "中欧城镇化合作论坛开幕式",
        "新能源汽车产业园",
        "博洛尼亚市长",
    ],
)
def test_words_decide_how_characters_are_read(text: str) -> None:
    assert readings(text)[0] == tuple(lazy_pinyin(text, v_to_u=False))


def test_family_names_and_the_u_with_dots_are_offered_both_ways() -> None:
    assert latin_words("曾庆红")[0] == "ceng qing hong zeng qing hong"
    assert latin_words("吕")[0] == "lv lu"
    assert family_reading("单田芳")[0] == "shan"
    assert family_reading("李一") == ("li", "yi")
    assert all(lazy_pinyin(character)[0] != said for character, said in SURNAMES.items()), "only what differs"


def test_initials_begin_at_every_character() -> None:
    assert latin_words("柳州发改委")[1].split() == ["lzfgw", "zfgw", "fgw", "gw"]


def test_a_character_without_a_reading_stands_for_itself() -> None:
    assert readings("\U000323af")[0] == ("\U000323af",)


def test_latin_letters_are_tried_as_pinyin() -> None:
    assert spellings("liuzhou") == [(("liu", "zhou"), False)]
    assert spellings("liuzh") == [(("liu", "zh"), True)]
    assert (("xi", "an"), False) in spellings("xian")
    assert (("xian",), False) in spellings("xian")
    assert spellings("lüyou") == [(("lv", "you"), False)]
    assert spellings("hydrogen") == []
    assert len(spellings("anananananananananananananananan")) <= 4


@given(st.text(alphabet="abcdefghiklmnopqrstuwxyz", min_size=1, max_size=32))
def test_trying_letters_as_pinyin_ends(word: str) -> None:
    assert all("".join(syllables) == word for syllables, _ in spellings(word))


def test_homophones_stay_together_and_shorter_sounds_stand_first() -> None:
    assert sorted(["林一", "李二", "黎三", "李一"], key=sort_key) == ["李二", "李一", "黎三", "林一"]


def test_sort_keys_of_a_title() -> None:
    assert sort_keys([Bilingual(en="The Café 2", zh="二")]) == ("the cafe 000002", "er 二")
    assert sort_keys([Bilingual(zh="柳州")]) == ("liu 柳 zhou 州",) * 2
    assert sort_keys([PersonName("Benítez", "Lucía"), HanName("贝", "尼")]) == ("benitez lucia", "bei 贝 ni 尼")
    assert sort_keys([None, HanName("曾", "华")]) == ("zeng 曾 hua 华",) * 2
    assert sort_keys([None, None]) == (None, None)
