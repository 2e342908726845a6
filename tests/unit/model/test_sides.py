"""Sides are called by their cities or organisations; by 中方 and 欧方 where nobody is known."""

from __future__ import annotations

import pytest

from ucapdesk.base.marks import NO_MARK, OPEN, outline
from ucapdesk.model.codes import codes, find_code
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.rules.sides import GUEST_SIDE, HOST_SIDE, NOBODY, Party, Sides
from ucapdesk.model.values import Bilingual

ZHENGZHOU = Party("z", Bilingual(en="Zhengzhou", zh="郑州市"), "A")
LODZ = Party("l", Bilingual(en="Łódź", zh="罗兹市"), "B")
THESSALONIKI = Party("t", Bilingual(en="Thessaloniki", zh="塞萨洛尼基"), "B")
THREE = Sides((ZHENGZHOU, LODZ, THESSALONIKI), {}, hosts="A")


@pytest.mark.parametrize(
    ("side", "lang", "said"),
    [
        ("A", "en", "Zhengzhou side"),
        ("A", "zh", "郑州方"),
        ("B", "en", "Łódź and Thessaloniki side"),
        ("B", "zh", "罗兹、塞萨洛尼基方"),
        ("B", "de", "Seite Łódź und Thessaloniki"),
        (HOST_SIDE, "en", "Zhengzhou side"),
        (GUEST_SIDE, "zh", "罗兹、塞萨洛尼基方"),
    ],
)
def test_a_side_is_called_by_its_cities(side: str, lang: str, said: str) -> None:
    assert THREE.say(side, lang) == said


def test_what_is_a_side_by_its_name_is_not_said_to_be_one_again() -> None:
    labelled = Sides((ZHENGZHOU,), {"A": Bilingual(en="Chinese side", zh="中方")})
    assert labelled.say("A", "en") == "Chinese side"
    assert labelled.say("A", "zh") == "中方"
    several = Sides((LODZ,), {"B": Bilingual(en="EU cities", zh="欧盟城市")})
    assert several.say("B", "zh") == "欧盟城市方", "a word was cut in the middle"


def test_where_nobody_is_known_no_letter_stands_for_them() -> None:
    assert [NOBODY.say(side, "zh") for side in ("A", "B", HOST_SIDE, GUEST_SIDE)] == ["中方", "欧方", "主方", "来访方"]
    assert [NOBODY.say(side, "en") for side in ("A", "B")] == ["Chinese side", "European side"]


@pytest.mark.parametrize("lang", ["en", "zh", "es", "it", "de"])
def test_no_label_of_a_field_or_code_is_that_of_a_contract(lang: str) -> None:
    labels = [field.label(lang) for kind in KINDS.values() for field in kind.fields.values()]
    labels += [code.label(lang) for code in codes("side").values()]
    assert not [label for label in labels for word in ("甲方", "乙方", "我方", "ide A", "ide B", "{") if word in label]


def test_a_field_of_a_side_is_labelled_by_who_that_is() -> None:
    chair = KINDS["meeting"].fields["chair_b"]
    assert chair.label("en") == "Chair, European side"
    assert chair.among(THREE).label("en") == "Chair, Łódź and Thessaloniki side"
    assert chair.among(THREE).label("zh") == "罗兹、塞萨洛尼基方主谈人"
    assert chair.among(THREE) == chair


@pytest.mark.parametrize(("said", "code"), [("Side A", "A"), ("乙方", "B"), ("中方", "A"), ("Both sides", "both")])
def test_sheets_written_with_the_old_labels_are_still_read(said: str, code: str) -> None:
    assert find_code("side", said) == code


def test_eight_parties_are_told_apart_by_their_shapes_alone() -> None:
    many = Sides(tuple(Party(f"{n}", Bilingual(en=f"City {n}"), "B" if n else "A") for n in range(8)))
    marks = [each.mark for each in many.groups]
    assert [each.party.name["en"] for each in many.groups if each.party] == [f"City {n}" for n in range(8)]
    assert len({mark.shape for mark in marks}) == len({mark.colour for mark in marks}) == 8
    drawn = {(outline(mark.shape).corners, mark.shape in OPEN) for mark in marks}
    assert len(drawn) == 8, "in black and white too"
    assert NO_MARK.shape not in {mark.shape for mark in marks}


def test_two_sides_are_two_groups_whoever_is_known_of_them() -> None:
    for sides in (NOBODY, Sides((ZHENGZHOU, LODZ))):
        assert [(each.side, each.party, each.mark.shape) for each in sides.groups] == [
            ("A", None, "●"),
            ("B", None, "□"),
        ]
