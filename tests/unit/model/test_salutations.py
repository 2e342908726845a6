"""How letters begin: by title and surname in every language, with nothing guessed."""

from __future__ import annotations

from typing import Any

import pytest

from tests.unit.model.records import make
from ucapdesk.base.i18n import use_pair
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.rules.sides import post_code
from ucapdesk.model.text.person_names import address_in_both, say_address, say_person, say_salutation

WU = make(
    "person",
    name={"family": "Wu", "given": "Wenneng", "order": "family_first"},
    name_han={"family": "吴", "given": "文能"},
    salutation="mr",
    surname_capitals=True,
)
STOLLAR = make("person", name={"family": "Stollar", "given": "Bettina", "order": "given_first"}, salutation="ms")
GANDARA = make(
    "person", name={"family": "Gándara", "given": "Pablo"}, name_phonetic={"zh": "巴勃罗·甘达拉"}, salutation="mr"
)


@pytest.mark.row("B17")
@pytest.mark.parametrize(
    ("person", "post", "said"),
    [
        (WU, "director", {"en": "Dear Director Wu", "zh": "尊敬的吴主任", "de": "Sehr geehrter Herr Wu"}),
        (WU, None, {"en": "Dear Mr Wu", "zh": "尊敬的吴先生", "es": "Estimado Sr. Wu", "it": "Egregio Sig. Wu"}),
        (STOLLAR, None, {"en": "Dear Ms Stollar", "zh": "尊敬的Bettina Stollar女士", "it": "Gentile Sig.ra Stollar"}),
        (GANDARA, "mayor", {"en": "Dear Mayor Gándara", "zh": "尊敬的甘达拉市长"}),
        (
            make("person", name={"family": "Li", "given": "Ming"}, salutation="he"),
            "ambassador",
            {"en": "Your Excellency"},
        ),
        (make("person", name={"given": "Sudarsono"}), None, {"en": "Dear Sudarsono", "de": "Guten Tag Sudarsono"}),
        (
            make("person", name={"family": "Chen", "given": "Yan", "order": "family_first"}),
            None,
            {"en": "Dear Chen Yan"},
        ),
        (None, None, {"en": "Dear Sir or Madam", "zh": "尊敬的先生、女士", "de": "Sehr geehrte Damen und Herren"}),
    ],
)
def test_a_letter_addresses_by_title_and_surname(person: Person | None, post: str | None, said: dict[str, str]) -> None:
    assert {lang: say_salutation(person, post, lang) for lang in said} == said


def test_a_person_without_a_known_surname_is_addressed_by_the_whole_name_whatever_the_title() -> None:
    person = make("person", name_han={"given": "王小明"}, salutation="ms")
    assert say_salutation(person, "vice_mayor", "zh") == "尊敬的王小明副市长"
    assert say_salutation(person, None, "zh") == "尊敬的王小明女士"


@pytest.mark.row("B17")
@pytest.mark.parametrize(
    ("person", "post", "en", "zh"),
    [
        (
            {"name": ("Szczęśniak-Grzegżółka", "Bożena"), "zh": "博热娜·什琴希尼亚克-格热格茹卡", "salutation": "ms"},
            "deputy_mayor", "Deputy Mayor Szczęśniak-Grzegżółka", "什琴希尼亚克-格热格茹卡副市长",
        ),
        (
            {"name": ("Papadopoulou-Karamanli", "Eleftheria"), "zh": "埃莱夫塞里娅·帕帕佐普卢-卡拉曼利", "salutation": "he_ms"},
            None, "H.E. Ms Eleftheria Papadopoulou-Karamanli", "埃莱夫塞里娅·帕帕佐普卢-卡拉曼利女士阁下",
        ),
        ({"name": ("García López", "María"), "zh": "玛丽亚·加西亚·洛佩斯", "salutation": "ms"}, "mayor", "Mayor García López", "加西亚·洛佩斯市长"),
        (
            {"name": ("Żółć-Krzyżanowska", "Łucja"), "zh": "武齐娅·茹奇-克日扎诺夫斯卡", "salutation": "prof_dr"},
            None, "Professor Żółć-Krzyżanowska", "茹奇-克日扎诺夫斯卡教授",
        ),
    ],
)  # fmt: skip
def test_an_address_is_title_and_family_name(person: dict[str, Any], post: str | None, en: str, zh: str) -> None:
    family, given = person["name"]
    record = make(
        "person",
        name={"family": family, "given": given, "order": "given_first"},
        name_phonetic={"zh": person["zh"]},
        salutation=person["salutation"],
        surname_capitals=True,
    )
    assert (say_address(record, post, "en"), say_address(record, post, "zh")) == (en, zh)
    for lang in ("en", "zh", "es", "it", "de"):
        assert family.upper() not in say_salutation(record, post, lang) + say_address(record, post, lang)


def test_a_vice_mayor_is_addressed_in_chinese_by_family_name_and_post() -> None:
    gong = make("person", name_han={"family": "龚", "given": "䶮"}, salutation="mr")
    assert say_address(gong, "vice_mayor", "zh") == "龚副市长"


def test_of_two_titles_a_chinese_name_is_followed_by_the_higher_one() -> None:
    person = make("person", name_han={"family": "吴", "given": "文能"}, salutation="prof_dr")
    assert say_person(person, "zh") == "吴文能教授"


@pytest.mark.parametrize(
    ("post", "en"),
    [
        ({"en": "Rector", "zh": "校长"}, "Rector Gándara"),
        ({"en": "President", "zh": "校长"}, "President Gándara"),
        ({"zh": "校长"}, "President Gándara"),
    ],
)
def test_a_rector_is_no_president(post: dict[str, str], en: str) -> None:
    code = post_code(make("affiliation", post=post))
    assert say_address(GANDARA, code, "en") == en
    assert say_address(GANDARA, code, "zh") == "甘达拉校长"


def test_the_form_of_address_is_in_the_languages_of_records() -> None:
    use_pair(("de", "zh"))
    assert dict(address_in_both(WU)) == {"de": "Herr Wu", "zh": "吴先生"}


def test_a_chinese_official_is_addressed_by_the_very_post() -> None:
    for post, en, zh in [
        ({"en": "Director", "zh": "主任"}, "Director Wu", "吴主任"),
        ({"en": "Director", "zh": "局长"}, "Director Wu", "吴局长"),
        ({"en": "Deputy Director", "zh": "副局长"}, "Deputy Director Wu", "吴副局长"),
        ({"en": "Division chief", "zh": "处长"}, "Director Wu", "吴处长"),
        ({"zh": "副处长"}, "Deputy Director Wu", "吴副处长"),
        ({"en": "Professor", "zh": "教授"}, "Professor Wu", "吴教授"),
        ({"en": "Chairman", "zh": "董事长"}, "Mr Wu", "吴董事长"),
        ({"en": "Chairman", "zh": "主席"}, "Mr Wu", "吴先生"),
        ({"en": "Director", "zh": "院长"}, "Director Wu", "吴先生"),
        ({"en": "Director", "zh": "柳州市外事办公室主任"}, "Director Wu", "吴主任"),
        ({"en": "Vice Mayor"}, "Vice Mayor Wu", "吴副市长"),
        ({"en": "General Manager", "zh": "总经理"}, "Mr Wu", "吴总经理"),
        ({"en": "Head of Unit (EU)"}, "Mr Wu", "吴先生"),
    ]:
        assert dict(address_in_both(WU, make("affiliation", post=post))) == {"en": en, "zh": zh}, post
