"""Which nights are spent in which hotel: the hotel list, the room list, the pack and the gaps tell the same ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ucapdesk.briefing.blocks.content import all_words
from ucapdesk.model.values import Bilingual, PartialDate, Refs, When
from ucapdesk.papers import printing as papers
from ucapdesk.services import Desk

Add = Callable[..., str]


@pytest.fixture
def desk(own: Desk) -> Desk:
    return own


@pytest.fixture
def visit(add: Add) -> str:
    """Five days in two hotels: one checks in on the second day, in another on the fourth, and nobody wrote when one leaves."""
    visit = add(
        "visit",
        title=Bilingual(en="Visit", zh="访问"),
        dates=PartialDate("2027-06-08/2027-06-12"),
        time_zone="Asia/Shanghai",
    )
    for day, name in (("2027-06-09", "River Hotel"), ("2027-06-11", "Hill Hotel")):
        hotel = add(
            "place", type="hotel", name=Bilingual(en=name, zh="酒店"), address=Bilingual(en="1 Road", zh="路1号")
        )
        add("itinerary_item", owner=visit, type="checkin", place=hotel, when=When(day, "16:00"),
            title=Bilingual(en="Check-in", zh="入住"))  # fmt: skip
    return visit


def said(desk: Desk, visit: str, document: str, lang: str = "en") -> list[str]:
    paper = papers.make(desk, papers.request(desk, [visit], document=document))
    return [words.text.get(lang) or "" for words, _ in all_words(paper)]


@pytest.mark.parametrize("document", ["hotel_list", "room_list"])
def test_lists_tell_each_stay_with_its_length(desk: Desk, visit: str, document: str) -> None:
    english = said(desk, visit, document)
    assert english[english.index("9–11 June 2027") :][:3] == ["9–11 June 2027", "2 nights", "River Hotel"]
    assert english[english.index("11–12 June 2027") :][:3] == ["11–12 June 2027", "1 night", "Hill Hotel"]
    assert {"2027年6月9日至11日", "2晚"} <= set(said(desk, visit, document, "zh"))


def test_the_pack_tells_the_same_and_the_gaps_the_night_that_is_left(desk: Desk, add: Add, visit: str) -> None:
    assert {"9–11 June 2027 (2 nights)", "11–12 June 2027 (1 night)"} <= set(said(desk, visit, "visit_pack"))

    def lacking() -> list[str]:
        return [gap.text for gap in papers.gaps(desk, [visit]).found if gap.code == "no_hotel"]

    assert lacking() == ["No hotel for the night of 8 June 2027"]
    add("transport_leg", owner=visit, mode="car", when=When("2027-06-09", "00:40", "01:10"))
    assert lacking() == ["No hotel for the night of 8 June 2027"], "a car in the night goes to the hotel"
    add("transport_leg", owner=visit, mode="flight", when=When("2027-06-09", "01:25", "06:40"))
    assert lacking() == [], "nobody goes to bed before a flight at 01:25"


def test_a_night_on_a_train_ends_a_stay_that_nobody_ended(desk: Desk, add: Add, visit: str) -> None:
    when = When("2027-06-10", "21:00", "06:00", "2027-06-11", tz="Asia/Shanghai")
    add("transport_leg", owner=visit, mode="train", number="Z6", when=when)
    assert {"9–10 June 2027", "1 night"} <= set(said(desk, visit, "hotel_list"))
    assert all(gap.text.endswith("8 June 2027") for gap in papers.gaps(desk, [visit]).found if gap.code == "no_hotel")


def test_of_one_hotel_for_the_visit_every_night_is_told(desk: Desk, add: Add) -> None:
    hotel = add("place", type="hotel", name=Bilingual(en="River Hotel", zh="酒店"))
    visit = add(
        "visit",
        title=Bilingual(en="Visit", zh="访问"),
        dates=PartialDate("2027-06-08/2027-06-12"),
        hotels=Refs([hotel]),
    )
    assert {"8–12 June 2027", "4 nights"} <= set(said(desk, visit, "hotel_list"))
    assert not any(gap.code == "no_hotel" for gap in papers.gaps(desk, [visit]).found)
