"""Somebody named in passing becomes a record of their name, and no part of it is guessed."""

from __future__ import annotations

from typing import Any

import pytest

from ucapdesk.model.kinds import KINDS
from ucapdesk.model.stubs import can_begin, stub
from ucapdesk.model.values import Bilingual, HanName, PersonName
from ucapdesk.model.wording import say_person_name


@pytest.mark.rule("T3", "B9")
@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("张伟", {"name_han": HanName("张", "伟")}),
        ("欧阳修", {"name_han": HanName("欧阳", "修")}),
        ("李明宇", {"name_han": HanName("李", "明宇")}),
        ("司马相如", {"name_han": HanName("司马", "相如")}),
        ("巴勃罗·甘达拉", {"name_phonetic": Bilingual(zh="巴勃罗·甘达拉")}),
        ("巴勃罗・甘达拉", {"name_phonetic": Bilingual(zh="巴勃罗·甘达拉")}),
        ("Zhang Wei", {"name": PersonName(None, "Zhang Wei")}),
        ("Lucía  Ortega", {"name": PersonName(None, "Lucía Ortega")}),
        ("WU Wenneng", {"name": PersonName("Wu", "Wenneng", "family_first")}),
        ("Carmen BENÍTEZ", {"name": PersonName("Benítez", "Carmen", "given_first")}),
        ("Wu, Wenneng", {"name": PersonName("Wu", "Wenneng")}),
        ("Zhang Wei 张伟", {"name_han": HanName("张", "伟"), "name": PersonName(None, "Zhang Wei")}),
        ("lu", {"name": PersonName(None, "lu")}),
        ("ANA", {"name": PersonName(None, "ANA")}),
        ("", {}),
    ],
)
def test_a_person_begins_with_the_parts_that_the_writing_tells(said: str, values: dict[str, Any]) -> None:
    assert stub(KINDS["person"], said) == values


@pytest.mark.rule("B9")
@pytest.mark.parametrize("said", ["Zhang Wei", "WU Wenneng", "Lucía Ortega", "Carmen BENÍTEZ"])
def test_a_name_begun_so_is_shown_in_the_order_it_was_typed(said: str) -> None:
    shown = say_person_name(stub(KINDS["person"], said)["name"], None, None, "en")
    assert shown.casefold() == said.casefold()


def test_other_kinds_begin_with_their_title_in_the_language_of_its_script() -> None:
    assert stub(KINDS["organisation"], "柳州市外办") == {"name": Bilingual(zh="柳州市外办")}
    assert stub(KINDS["place"], "Sala Ciutat") == {"name": Bilingual(en="Sala Ciutat")}
    assert {name for name, kind in KINDS.items() if can_begin(kind)} >= {"person", "organisation", "place"}
    assert not can_begin(KINDS["country"])
    assert not can_begin(KINDS["transport_leg"])
