"""Names in Chinese characters: those from abroad with their dot, those of China without; pinyin that is offered."""

from __future__ import annotations

import pytest
from hypothesis import given as from_any
from hypothesis import strategies as st

from tests.helpers.errors import user_error
from tests.unit.model.records import make
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.assignments import read_value
from ucapdesk.model.text.person_names import (
    is_spelled,
    offered_name,
    pinyin_name,
    read_latin,
    read_person,
    say_han,
    say_person,
    split_name,
)
from ucapdesk.model.values import HanName, PersonName

LUKASZ = PersonName("Żukowski", "Łukasz", "given_first")


def test_a_name_from_abroad_has_the_given_name_a_dot_and_the_family_name() -> None:
    for han, latin, said in [
        (HanName("茹科夫斯基", "卢卡什"), None, "卢卡什·茹科夫斯基"),
        (HanName("茹科夫斯基", "卢卡什"), LUKASZ, "卢卡什·茹科夫斯基"),
        (HanName("科瓦尔斯卡", "安娜・玛丽亚"), None, "安娜·玛丽亚·科瓦尔斯卡"),
        (HanName("马丁", "保罗"), PersonName("Martin", "Paul", "given_first"), "保罗·马丁"),
        (HanName("欧尔班", "维克托"), PersonName("Orbán", "Viktor", "family_first"), "欧尔班·维克托"),
        (HanName("田中", "太郎"), PersonName("Tanaka", "Taro", "family_first"), "田中太郎"),
        (HanName("吴", "文能"), PersonName("Wu", "Wenneng", "family_first"), "吴文能"),
        (HanName("吴", "文能"), PersonName("Wu", "Wenneng", "given_first"), "吴文能"),
        (HanName("欧阳", "秀英"), PersonName("Ouyang", "Xiuying", "given_first"), "欧阳秀英"),
        (HanName("陆", "克文"), PersonName("Rudd", "Kevin", "given_first"), "陆克文"),
        (HanName("𠮷", "文华"), None, "𠮷文华"),
        (HanName(None, "王小明"), None, "王小明"),
        (HanName("卢卡什·茹科夫斯基"), None, "卢卡什·茹科夫斯基"),
        (None, LUKASZ, ""),
    ]:
        assert say_han(han, latin) == said, said


@pytest.mark.parametrize(
    "fields",
    [
        {"name_han": {"family": "茹科夫斯基", "given": "卢卡什"}},
        {"name_phonetic": {"zh": "卢卡什・茹科夫斯基"}},
        {"name_phonetic": {"zh": "卢卡什 茹科夫斯基"}},
    ],
)
def test_it_is_said_so_from_whichever_field_it_stands_in(fields: dict[str, dict[str, str]]) -> None:
    person = make("person", name={"family": "Żukowski", "given": "Łukasz"}, salutation="mr", **fields)
    assert say_person(person, "zh", salutation=False) == "卢卡什·茹科夫斯基"
    assert say_person(person, "zh") == "卢卡什·茹科夫斯基先生"


def test_pinyin_is_offered_for_a_chinese_name() -> None:
    for han, pinyin in [
        (HanName("吴", "文能"), PersonName("Wu", "Wenneng", "family_first")),
        (HanName("欧阳", "秀英"), PersonName("Ouyang", "Xiuying", "family_first")),
        (HanName("李", "长安"), PersonName("Li", "Chang'an", "family_first")),
        (HanName("吕", "娜"), PersonName("Lü", "Na", "family_first")),
        (HanName("曾", "华"), PersonName("Zeng", "Hua", "family_first")),
        (HanName("𠮷", "文华"), PersonName("Ji", "Wenhua", "family_first")),
        (HanName("龚", "䶮"), PersonName("Gong", "Yan", "family_first")),
        (HanName("陈", "㛃"), PersonName("Chen", "Jie", "family_first")),
        (HanName("李", "𬱖"), PersonName("Li", "Di", "family_first")),
        (HanName("茹科夫斯基", "卢卡什"), None),
        (HanName("\U000323af", "文"), None),
        (HanName(None, "王小明"), None),
    ]:
        assert pinyin_name(han) == pinyin, han
        if pinyin:
            assert is_spelled(han, pinyin), han


def test_nothing_is_offered_to_somebody_who_has_a_name_in_latin_letters() -> None:
    assert offered_name(make("person", name_han={"family": "吴", "given": "文能"})) == PersonName(
        "Wu", "Wenneng", "family_first"
    )
    assert offered_name(make("person", name={"given": "Kevin"}, name_han={"family": "吴", "given": "文能"})) is None


@from_any(st.text(alphabet="abcŁóż A'-,.", max_size=40))
def test_no_letter_of_a_name_is_lost(said: str) -> None:
    name = read_latin(" ".join(said.split()))
    kept = f"{name.family or ''}{name.given or ''}".casefold()
    assert sorted(kept.replace(" ", "")) == sorted(said.casefold().replace(",", "", 1).replace(" ", ""))


def test_where_a_family_name_is_expected_only_the_writing_parts_a_name() -> None:
    assert split_name("BENÍTEZ Carmen") == PersonName("Benítez", "Carmen", "family_first")
    assert split_name("Ortega, Lucía") == PersonName("Ortega", "Lucía", "given_first")
    assert split_name("张伟") == HanName("张", "伟")
    assert [split_name(said) for said in ("García López", "Sudarsono", "吴", "")] == [None] * 4


@pytest.mark.parametrize(
    ("field", "said", "value"),
    [
        ("name", "Wu Wenneng", PersonName("Wu", "Wenneng", "family_first")),
        ("name", "Bożena  Szczęśniak-Grzegżółka", PersonName("Szczęśniak-Grzegżółka", "Bożena", "given_first")),
        ("name", "Sudarsono", PersonName(None, "Sudarsono")),
        ("name", "Zhang Wei (Kevin)", PersonName("Zhang", "Wei (Kevin)", "family_first")),
        ("name", "Anna NOWAK (née Kowalska)", PersonName("Nowak", "Anna (née Kowalska)", "given_first")),
        ("name", "Anna Nowak “Ania”", PersonName("Nowak", "Anna “Ania”", "given_first")),
        ("name_han", "𠮷文华", HanName("𠮷", "文华")),
        ("name_han", "卢卡什·茹科夫斯基", HanName("茹科夫斯基", "卢卡什")),
        ("name_han", "茹科夫斯基卢卡什", HanName("茹科夫斯基卢卡什")),
    ],
)
def test_a_whole_name_is_read_where_a_field_takes_one_line(field: str, said: str, value: object) -> None:
    assert read_value(KINDS["person"].fields[field], said) == value


def test_a_name_in_latin_letters_has_no_chinese_characters() -> None:
    with user_error("impossible-value"):
        read_value(KINDS["person"].fields["name"], "吴文能")


@pytest.mark.parametrize(
    ("given", "han", "said"),
    [
        ("Yan", HanName("陈", "燕"), "Chen Yan"),
        ("Kevin", HanName("陈", "文"), "Kevin Chen"),
        ("Yan", None, "Yan Chen"),
    ],
)
def test_pinyin_of_the_chinese_name_is_said_family_name_first_where_nobody_said_the_order(
    given: str, han: HanName | None, said: str
) -> None:
    parts = {"family": han.family, "given": han.given} if han else None
    person = make("person", name={"family": "Chen", "given": given}, name_han=parts)
    assert say_person(person, "en", salutation=False) == said


@pytest.mark.parametrize(
    ("said", "han"),
    [
        ("拉姆 Lhamo", HanName("拉姆")),
        ("Lamu 拉姆", HanName("拉姆")),
        ("张伟 Kevin", HanName("张", "伟")),
        ("阚清泽 Kan", HanName("阚", "清泽")),
        ("欧阳娜娜 Nana", HanName("欧阳", "娜娜")),
    ],
)
def test_somebody_with_one_name_has_it_whole_in_characters(said: str, han: HanName) -> None:
    assert read_person(said)["name_han"] == han


def test_a_bracket_behind_a_name_stays_with_it_and_is_no_family_name() -> None:
    zhang = {"name": PersonName("Zhang", "Wei (Kevin)", "family_first")}
    assert read_person("Zhang Wei (Kevin)") == zhang
    assert read_person("Zhang Wei 张伟 (Kevin)") == zhang | {"name_han": HanName("张", "伟")}
    many = 2_000 * " (a)"
    assert read_person(f"Zhang Wei{many}")["name"] == PersonName("Zhang", f"Wei{many}", "family_first")
    assert read_person("Kevin (张伟) Zhang")["name"] == PersonName("Zhang", "Kevin", "given_first")
