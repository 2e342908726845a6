"""Somebody named in passing becomes a record of their name, in the parts and the order that its writing tells."""

from __future__ import annotations

import pytest

from ucapdesk.base.i18n import use_pair
from ucapdesk.model.field_change import can_begin, stub
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.person_names import say_person_name
from ucapdesk.model.values import Bilingual, HanName, PersonName


@pytest.mark.rule("T3", "B9")
def test_a_person_begins_with_the_parts_that_the_writing_tells() -> None:
    for said, values in [
        ("张伟", {"name_han": HanName("张", "伟")}),
        ("欧阳修", {"name_han": HanName("欧阳", "修")}),
        ("李明宇", {"name_han": HanName("李", "明宇")}),
        ("司马相如", {"name_han": HanName("司马", "相如")}),
        ("巴勃罗·甘达拉", {"name_phonetic": Bilingual(zh="巴勃罗·甘达拉")}),
        ("巴勃罗・甘达拉", {"name_phonetic": Bilingual(zh="巴勃罗·甘达拉")}),
        ("Zhang Wei", {"name": PersonName("Zhang", "Wei", "family_first")}),
        ("Lucía  Ortega", {"name": PersonName("Ortega", "Lucía", "given_first")}),
        ("WU Wenneng", {"name": PersonName("Wu", "Wenneng", "family_first")}),
        ("Carmen BENÍTEZ", {"name": PersonName("Benítez", "Carmen", "given_first")}),
        ("Wu, Wenneng", {"name": PersonName("Wu", "Wenneng", "family_first")}),
        ("Ortega, Lucía", {"name": PersonName("Ortega", "Lucía", "given_first")}),
        ("Zhang Wei 张伟", {"name_han": HanName("张", "伟"), "name": PersonName("Zhang", "Wei", "family_first")}),
        ("Wenneng Wu 吴文能", {"name_han": HanName("吴", "文能"), "name": PersonName("Wu", "Wenneng", "given_first")}),
        ("𠮷文华 Ji Wenhua", {"name_han": HanName("𠮷", "文华"), "name": PersonName("Ji", "Wenhua", "family_first")}),
        ("Lyu Na 吕娜", {"name_han": HanName("吕", "娜"), "name": PersonName("Lyu", "Na", "family_first")}),
        ("Kevin Rudd 陆克文", {"name_han": HanName("陆", "克文"), "name": PersonName("Rudd", "Kevin", "given_first")}),
        (
            "Łukasz Żukowski 卢卡什 · 茹科夫斯基",
            {
                "name_phonetic": Bilingual(zh="卢卡什·茹科夫斯基"),
                "name": PersonName("Żukowski", "Łukasz", "given_first"),
            },
        ),
        ("Bożena Szczęśniak-Grzegżółka", {"name": PersonName("Szczęśniak-Grzegżółka", "Bożena", "given_first")}),
        (
            "Bożena Szczęśniak-Grzegżółka 博热娜·什琴希尼亚克-格热格茹卡",
            {
                "name_phonetic": Bilingual(zh="博热娜·什琴希尼亚克-格热格茹卡"),
                "name": PersonName("Szczęśniak-Grzegżółka", "Bożena", "given_first"),
            },
        ),
        ("Anna Maria Kowalska", {"name": PersonName("Kowalska", "Anna Maria", "given_first")}),
        ("Ludwig van der Berg", {"name": PersonName("van der Berg", "Ludwig", "given_first")}),
        ("José Ortega y Gasset", {"name": PersonName("Ortega y Gasset", "José", "given_first")}),
        ("Núria Marín i Martínez", {"name": PersonName("Marín i Martínez", "Núria", "given_first")}),
        ("Marco De' Rossi", {"name": PersonName("De' Rossi", "Marco", "given_first")}),
        ("Anna I Kowalska", {"name": PersonName("Kowalska", "Anna I", "given_first")}),
        ("van der Berg", {"name": PersonName("van der Berg")}),
        *(
            (post, {"name": PersonName(None, post)})
            for post in (
                "Mayor of Kranj",
                "Lord Provost of Glasgow",
                "Vice Mayor",
                "Alcaldesa de Murcia",
                "Deputy Director General",
                "City of Kranj",
            )
        ),
        ("Mayor Anna Nowak", {"name": PersonName("Nowak", "Mayor Anna", "given_first")}),
        ("lu", {"name": PersonName(None, "lu")}),
        ("ANA", {"name": PersonName(None, "ANA")}),
        ("", {}),
    ]:
        assert stub(KINDS["person"], said) == values, said


@pytest.mark.rule("B9")
@pytest.mark.parametrize(
    "said", ["Zhang Wei", "WU Wenneng", "Lucía Ortega", "Carmen BENÍTEZ", "Wenneng Wu", "van der Berg", "ana"]
)
def test_a_name_begun_so_is_shown_in_the_order_it_was_typed(said: str) -> None:
    shown = say_person_name(stub(KINDS["person"], said)["name"], None, "", "en")
    assert shown.casefold() == said.casefold()


def test_other_kinds_begin_with_their_title_in_the_language_of_its_script() -> None:
    assert stub(KINDS["organisation"], "柳州市外办") == {"name": Bilingual(zh="柳州市外办")}
    assert stub(KINDS["place"], "Sala Ciutat") == {"name": Bilingual(en="Sala Ciutat")}
    assert {name for name, kind in KINDS.items() if can_begin(kind)} >= {"person", "organisation", "place"}
    assert not can_begin(KINDS["country"])
    assert not can_begin(KINDS["transport_leg"])


@pytest.mark.parametrize(
    ("said", "en", "zh"),
    [
        ("Changsha 长沙", "Changsha", "长沙"), ("长沙市（Changsha）", "Changsha", "长沙市"), ("Gdańsk", "Gdańsk", None),
        ("City of Łódź / 罗兹市政府", "City of Łódź", "罗兹市政府"), ("长沙", None, "长沙"), ("5G产业园", None, "5G产业园"),
    ],
)  # fmt: skip
def test_a_name_in_both_languages_is_parted(said: str, en: str | None, zh: str | None) -> None:
    name = stub(KINDS["place"], said)["name"]
    assert (name.get("en"), name.get("zh")) == (en, zh)


@pytest.mark.rule("G1")
def test_a_name_is_in_the_language_that_the_records_have_beside_chinese() -> None:
    use_pair(("de", "zh"))
    assert stub(KINDS["organisation"], "Landeshauptstadt Stuttgart") == {
        "name": Bilingual(de="Landeshauptstadt Stuttgart")
    }
    assert stub(KINDS["place"], "Lüneburg 吕讷堡") == {"name": Bilingual(de="Lüneburg", zh="吕讷堡")}
    assert stub(KINDS["place"], "吕讷堡") == {"name": Bilingual(zh="吕讷堡")}
