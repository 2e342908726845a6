"""Whom a field may name is found while one types: by name, pinyin or initials, in either script."""

from __future__ import annotations

import pytest

from ucapdesk.base.i18n import use_language
from ucapdesk.model.field_change import FieldChange
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual, Codes, HanName, PersonName
from ucapdesk.services import Desk
from ucapdesk.services.records import completion, history, records

CHAIR = KINDS["meeting"].fields["chair_a"]


@pytest.fixture
def people(desk: Desk) -> dict[str, str]:
    """Three people, one of them of a city."""
    city = records.add(desk, "place", {"name": Bilingual(en="Liuzhou", zh="柳州")})
    return {
        "li": records.add(desk, "person", {"name": PersonName("Li", "Mingyu", "family_first"), "name_han": HanName("李", "明宇"), "place": city}),
        "chen": records.add(desk, "person", {"name": PersonName("Chen", "Yan", "family_first"), "name_han": HanName("陈", "燕")}),
        "lucia": records.add(desk, "person", {"name": PersonName("Ortega", "Lucía", "given_first")}),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "found"),
    [("lmy", "li"), ("cy", "chen"), ("陈", "chen"), ("ort", "lucia"), ("luc", "lucia"), ("chenyan", "chen")],
)
def test_a_person_is_found_by_name_pinyin_and_initials(
    desk: Desk, people: dict[str, str], said: str, found: str
) -> None:
    assert completion.offers(desk, CHAIR, said)[0].key == people[found]


def test_what_is_offered_says_both_names_and_where_from(desk: Desk, people: dict[str, str]) -> None:
    offered = completion.offers(desk, CHAIR, "lmy")[0]
    assert (offered.name, offered.other, offered.detail) == ("Li Mingyu", "李明宇", "Liuzhou")
    use_language("zh")
    offered = completion.offers(desk, CHAIR, "lmy")[0]
    assert (offered.name, offered.other, offered.detail) == ("李明宇", "Li Mingyu", "柳州")
    assert completion.offers(desk, CHAIR, "lmy", [people["li"]]) == []
    assert completion.offers(desk, CHAIR, " ") == []


def test_codes_are_found_by_their_labels_and_numbers_and_words_by_their_use(desk: Desk) -> None:
    goals = KINDS["theme"].fields["sdgs"]
    assert completion.offers(desk, goals, "11")[0].key == "11"
    assert completion.offers(desk, goals, "energy")[0].key == "7"
    assert completion.offers(desk, goals, "", limit=99)[0].key == "1"
    use_language("zh")
    assert "7" in [offer.key for offer in completion.offers(desk, goals, "nengyuan")] + [
        o.key for o in completion.offers(desk, goals, "能源")
    ]
    tags = KINDS["meeting"].fields["tags"]
    assert completion.offers(desk, tags, "mob") == []
    records.add(desk, "meeting", {"title": Bilingual(en="Talks"), "tags": Codes(("mobility",))})
    assert [offer.key for offer in completion.offers(desk, tags, "mob")] == ["mobility"]


@pytest.mark.rule("T3")
def test_a_person_named_for_the_first_time_is_made_in_one_step_with_the_link_and_taken_back_with_it(desk: Desk) -> None:
    meeting = records.add(desk, "meeting", {"title": Bilingual(en="Talks")})
    (made,) = completion.make(desk, CHAIR, "张伟")
    records.edit(desk, meeting, {"chair_a": FieldChange(CHAIR, [lambda _: made.id], [made])})
    person = records.get(desk, made.id)
    assert person.name_han == HanName("张", "伟")  # type: ignore[attr-defined]
    assert records.get(desk, meeting).chair_a == made.id  # type: ignore[attr-defined]
    history.undo(desk)
    assert records.get(desk, meeting).chair_a is None  # type: ignore[attr-defined]
    assert records.get(desk, made.id).is_deleted


@pytest.mark.rule("T3")
def test_a_new_meeting_may_begin_with_somebody_new(desk: Desk) -> None:
    made, post = completion.make(desk, CHAIR, "WU Wenneng, Deputy Mayor")
    meeting = records.add(desk, "meeting", {"chair_a": FieldChange(CHAIR, [lambda _: made.id], [made, post])})
    assert records.get(desk, meeting).chair_a == made.id  # type: ignore[attr-defined]
    assert records.titles(desk, [made.id]) == {made.id: "Wu Wenneng"}
    assert records.get(desk, post.id).post.said("en") == "Deputy Mayor"  # type: ignore[attr-defined]


def test_only_what_stands_on_its_own_can_be_begun_by_naming_it(desk: Desk) -> None:
    assert completion.can_make(CHAIR) == "person"
    assert completion.can_make(KINDS["person"].fields["nationality"]) == ""
    assert completion.make(desk, KINDS["theme"].fields["sdgs"], "11") == []
    for nobody in ("  ", ",", "、", "()", "（）"):
        assert (completion.make(desk, CHAIR, nobody), completion.say_new(CHAIR, nobody)) == ([], "")
