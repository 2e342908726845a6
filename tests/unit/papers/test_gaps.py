"""What lacks or clashes before a pack is printed: found, told with the way to it, and never in the way of printing."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest

from tests.helpers.drawn_lines import drawn_lines
from tests.helpers.second_story import NAME as ZHENGZHOU
from tests.unit.papers.conftest import Told
from ucapdesk.model.values import Bilingual, Codes, HanName, PartialDate, PersonName, Quantity, Refs, When
from ucapdesk.model.values.groups import Geo
from ucapdesk.papers import printing as papers
from ucapdesk.services import Desk
from ucapdesk.services.records import records

Add = Callable[..., str]


@pytest.fixture
def desk(own: Desk) -> Desk:
    return own


@pytest.fixture
def visit(add: Add) -> str:
    """A visit of three days with its hotel, complete in both languages."""
    hotel = add("place", name=Bilingual(en="Hotel", zh="酒店"))
    return add("visit", title=Bilingual(en="Visit", zh="访问"), dates=PartialDate("2026-11-23/2026-11-25"),
               travelling_side="B", hotels=Refs([hotel]), time_zone="Asia/Shanghai", duty_phone="+86 772 1")  # fmt: skip


def found(desk: Desk, id_: str, **choices: Any) -> list[tuple[str, str, str]]:
    """Code, record and field of each."""
    return [(gap.code, gap.id, gap.field) for gap in papers.gaps(desk, [id_], **choices).found]


def at(date: str, start: str, end: str, **more: str) -> When:
    return When(date, start, end, tz="Asia/Shanghai", **more)


def item(add: Add, visit: str, when: When, **more: Any) -> str:
    title = Bilingual(en=f"At {when.start}", zh=f"{when.start}的活动")
    return add("itinerary_item", **{"owner": visit, "title": title, "when": when, **more})


def test_of_a_visit_that_is_complete_nothing_lacks(desk: Desk, visit: str) -> None:
    assert papers.gaps(desk, [visit]).found == ()


def test_a_missing_translation_is_told_where_it_would_be_printed(desk: Desk, visit: str) -> None:
    records.edit(
        desk, visit, {"purpose": Bilingual(en="To talk\nand to sign"), "report": Bilingual(en="Not in this paper")}
    )
    (gap,) = papers.gaps(desk, [visit]).found
    assert (gap.code, gap.kind, gap.id, gap.field, gap.language) == ("no_translation", "visit", visit, "purpose", "zh")
    assert gap.text == "Purpose of “Visit” is missing in Chinese"
    assert papers.gaps(desk, [visit], languages=["en"]).found == ()
    assert found(desk, visit, sections=["contacts"]) == []


def test_people_without_a_name_in_chinese(desk: Desk, add: Add, visit: str) -> None:
    chinese = add("person", name=PersonName("Wu", "Wenneng", "family_first"))
    european = add("person", name=PersonName("Weber", "Jonas", "given_first"))
    hungarian = add("person", name=PersonName("Nagy", "Ödön", "family_first"))
    known = add("person", name=PersonName("Li", "Mingyu", "family_first"), name_han=HanName("李", "明宇"))
    for person in (chinese, european, hungarian, known):
        add("participation", owner=visit, person=person, side="B")
    assert found(desk, visit) == [
        ("no_chinese_name", chinese, "name_han"),
        ("no_chinese_name", european, "name_phonetic"),
        ("no_chinese_name", hungarian, "name_phonetic"),
    ]
    assert found(desk, visit, languages=["en"]) == []
    for alone in ("mous", "actions"):
        assert found(desk, visit, sections=[alone]) == [], "nobody of them stands there"


def test_people_without_a_name_in_latin_letters(desk: Desk, add: Add, visit: str) -> None:
    chinese = add("person", name_han=HanName("吴", "文能"))
    european = add("person", name_phonetic=Bilingual(zh="约纳斯·韦伯"))
    known = add("person", name=PersonName("Li", "Mingyu", "family_first"), name_han=HanName("李", "明宇"))
    for person in (chinese, european, known):
        add("participation", owner=visit, person=person, side="B")
    assert found(desk, visit) == [("no_latin_name", chinese, "name"), ("no_latin_name", european, "name")]
    told = [gap.text for gap in papers.gaps(desk, [visit]).found]
    assert told == [f"{name} has no name in Latin letters" for name in ("吴文能", "约纳斯·韦伯")]
    assert found(desk, visit, languages=["zh"]) == []


def test_nights_without_a_hotel(desk: Desk, add: Add, visit: str) -> None:
    records.edit(desk, visit, {"hotels": Refs([])})
    day = add("itinerary_day", owner=visit, date="2026-11-24")
    assert found(desk, visit) == [("no_hotel", visit, "hotels"), ("no_hotel", day, "hotel")]
    add("transport_leg", owner=visit, mode="train", number="Z6",
        when=at("2026-11-23", "20:00", "07:00", end_date="2026-11-24"))  # fmt: skip
    assert found(desk, visit) == [("no_hotel", day, "hotel")], "the first night is spent on the train"
    records.edit(desk, visit, {"dates": PartialDate("2026-11")})
    assert found(desk, visit) == [], "nobody knows which nights"


def test_who_checks_in_at_a_hotel_sleeps_there_until_checking_out(desk: Desk, add: Add, visit: str) -> None:
    records.edit(desk, visit, {"hotels": Refs([])})
    hotel = add("place", type="hotel", name=Bilingual(en="Hotel", zh="酒店"))
    check_in = item(add, visit, at("2026-11-23", "20:00", "20:30"), type="checkin", place=hotel)
    assert found(desk, visit) == [], "nobody says that they leave"
    out = item(add, visit, at("2026-11-24", "08:00", "08:30"), type="checkout")
    assert found(desk, visit) == [("no_hotel", visit, "hotels")], "the second night is told by nobody"
    records.edit(desk, out, {"when": at("2026-11-25", "08:00", "08:30")})
    assert found(desk, visit) == []
    records.edit(desk, check_in, {"place": add("place", type="venue", name=Bilingual(en="Hall", zh="大厅"))})
    assert [gap[0] for gap in found(desk, visit)] == ["no_hotel", "no_hotel"], "nobody sleeps in a hall"


def test_points_at_the_same_time_unless_the_delegation_splits(desk: Desk, add: Add, visit: str) -> None:
    interpreter = add("person", name=PersonName("Mo", "Fang", "family_first"), name_han=HanName("莫", "芳"))
    first = item(add, visit, at("2026-11-24", "09:00", "10:30"))
    other = item(add, visit, at("2026-11-24", "10:00", "11:00"))
    item(add, visit, at("2026-11-24", "11:00", "12:00"))
    assert found(desk, visit) == [("overlap", other, "when")]
    records.edit(desk, first, {"group": "A", "interpreter": interpreter})
    records.edit(desk, other, {"group": "B"})
    assert found(desk, visit) == []
    records.edit(desk, other, {"interpreter": interpreter})
    assert found(desk, visit) == [("torn", other, "interpreter")]
    for point, name in ((first, "Yu"), (other, "Lu")):
        records.edit(desk, point, {"group": None, "interpreter": None})
        person = add("person", name=PersonName(name, "Wei", "family_first"), name_han=HanName("余", "伟"))
        for owner in (visit, point):
            add("participation", owner=owner, person=person, side="B")
    assert found(desk, visit) == [], "nor where those named for them are others, as for two flights"
    add("participation", owner=first, person=person, side="B")
    assert found(desk, visit) == [("overlap", other, "when")]


@pytest.mark.row("B2")
def test_ways_that_are_too_short_and_transport_against_the_clock(desk: Desk, add: Add, visit: str) -> None:
    here = add("place", name=Bilingual(en="Hall", zh="大厅"), position=Geo("24.3", "109.4"))
    there = add("place", name=Bilingual(en="Depot", zh="场站"), position=Geo("24.4", "109.6"))
    item(add, visit, at("2026-11-24", "09:00", "10:00"), place=here)
    late = item(add, visit, at("2026-11-24", "10:15", "11:00"), place=there)
    assert found(desk, visit) == [("impossible_transfer", late, "when")]
    records.edit(desk, late, {"when": at("2026-11-24", "10:45", "11:00")})
    assert found(desk, visit) == []
    leg = add(
        "transport_leg", owner=visit, number="CA 1", when=When("2026-11-24", "14:00", "13:00", None, "Asia/Shanghai")
    )
    assert found(desk, visit) == [("impossible_transfer", leg, "when")]
    records.edit(desk, leg, {"when": When("2026-11-24", "14:00", "13:00", None, "Asia/Shanghai", "Europe/Madrid")})
    assert found(desk, visit) == [], "an hour earlier on the clock is hours later in Madrid"
    missed = item(add, visit, at("2026-11-24", "15:00", "16:00"))
    assert found(desk, visit) == [("impossible_transfer", missed, "when")]


@pytest.mark.row("B2")
def test_no_interpreter_where_no_language_is_shared(desk: Desk, add: Add, visit: str) -> None:
    meeting = add(
        "meeting", title=Bilingual(en="Talks", zh="会谈"), visit=visit, when=at("2026-11-24", "09:00", "10:00")
    )
    for side, spoken in (("A", ["zh"]), ("B", ["es", "en"])):
        person = add(
            "person", name=PersonName("Li", side, "family_first"), name_han=HanName("李", "明"), spoken=Codes(spoken)
        )
        add("participation", owner=meeting, person=person, side=side)
    assert found(desk, visit) == [("no_interpreter", meeting, "interpretation")]
    assert found(desk, meeting, document="place_cards") == [("no_interpreter", meeting, "interpretation")]
    helper = add("person", name=PersonName("Mo", "Fang", "family_first"), name_han=HanName("莫", "芳"))
    point = item(add, visit, at("2026-11-24", "09:00", "10:00"), meeting=meeting, interpreter=helper)
    assert found(desk, visit) == []
    records.trash(desk, point)
    records.edit(desk, person, {"spoken": Codes([])})
    assert found(desk, visit) == [], "nothing is concluded from what nobody wrote down"


def test_nobody_can_be_called_during_the_visit(desk: Desk, add: Add, visit: str) -> None:
    records.edit(desk, visit, {"duty_phone": None})
    assert found(desk, visit) == [("no_number", visit, "duty_phone")]
    host = add("person", name=PersonName("Li", "Ming", "family_first"), name_han=HanName("李", "明"), phone="+86 772 2")
    records.edit(desk, visit, {"host_coordinator": host})
    assert found(desk, visit) == []


def test_more_people_than_seats(desk: Desk, add: Add, visit: str) -> None:
    leg = add("transport_leg", owner=visit, number="Bus", seats=1, when=at("2026-11-24", "14:00", "15:00"))
    room = add("place", name=Bilingual(en="Room", zh="房间"), capacity=Quantity(1))
    meeting = add("meeting", title=Bilingual(en="Talks", zh="会谈"), visit=visit, places=Refs([room]),
                  when=at("2026-11-24", "09:00", "10:00"))  # fmt: skip
    for given, han in (("Fang", "芳"), ("Bo", "波")):
        person = add("person", name=PersonName("Mo", given, "family_first"), name_han=HanName("莫", han))
        add("participation", owner=visit, person=person, side="B")
        add("participation", owner=meeting, person=person, side="B")
    assert found(desk, visit) == [("too_few_seats", leg, "seats"), ("too_few_seats", room, "capacity")]


def test_who_leads_a_point_after_having_left(desk: Desk, add: Add, visit: str) -> None:
    flight = add("transport_leg", owner=visit, mode="flight", number="MU 1", when=at("2026-11-24", "08:00", "10:00"))
    for n, leaves in enumerate((flight, None)):
        name = {"name": PersonName("Mo", f"Fang{n}", "family_first"), "name_han": HanName("莫", "芳")}
        head = add("person", **name)
        add("participation", owner=visit, person=head, side="B", departure=leaves)
        for day in ("2026-11-23", "2026-11-25"):
            point = item(add, visit, at(day, f"1{n}:00", f"1{n}:30"), our_lead=head)
            if leaves and day == "2026-11-25":
                late = point
    assert found(desk, visit) == [("away", late, "our_lead")]
    assert "Mo Fang0 has left by then" in papers.gaps(desk, [visit]).found[0].text
    records.edit(desk, flight, {"when": at("2026-11-25", "18:00", "20:00")})
    assert found(desk, visit) == []


def test_a_meal_of_a_group_of_which_nobody_is_named(desk: Desk, add: Add, visit: str) -> None:
    meal = item(add, visit, at("2026-11-24", "12:00", "13:00"), type="meal", group="A")
    item(add, visit, at("2026-11-24", "18:00", "19:00"), type="banquet")
    assert found(desk, visit, document="catering_list") == [("uncounted", meal, "group")]
    assert found(desk, visit) == [], "only the kitchen asks"
    add("participation", owner=meal, free_name=Bilingual(en="Guest", zh="客人"))
    assert found(desk, visit, document="catering_list") == []


def test_vehicles_that_go_together_share_the_people_who_are_still_there(desk: Desk, add: Add, visit: str) -> None:
    early = add("transport_leg", owner=visit, mode="flight", number="MU 1", when=at("2026-11-24", "08:00", "10:00"))
    for n, leaves in enumerate((early, None, None)):
        person = add("person", name=PersonName("Mo", f"Fang{n}", "family_first"), name_han=HanName("莫", "芳"))
        add("participation", owner=visit, person=person, side="B", departure=leaves)
    bus = add(
        "transport_leg", owner=visit, mode="coach", number="Bus", seats=2, when=at("2026-11-23", "14:00", "15:00")
    )
    assert found(desk, visit) == [("too_few_seats", bus, "seats")]
    car = add("transport_leg", owner=visit, mode="car", number="Car", seats=1, when=at("2026-11-23", "14:10", "15:00"))
    add("transport_leg", owner=visit, mode="coach", number="Two", seats=2, when=at("2026-11-25", "14:00", "15:00"))
    assert found(desk, visit) == [], "the bus and the car take all three; who has left needs no seat"
    records.edit(desk, car, {"when": at("2026-11-24", "14:00", "15:00")})
    (bus_gap, car_gap) = papers.gaps(desk, [visit]).found
    assert "has 2 seats for 3 people" in bus_gap.text
    assert "has 1 seats for 2 people" in car_gap.text


def test_dates_outside_the_visit(desk: Desk, add: Add, visit: str) -> None:
    late = item(add, visit, at("2026-11-26", "09:00", "10:00"))
    item(add, visit, When("2026-11"))
    flight = add("transport_leg", owner=visit, number="CA 1", when=at("2026-11-21", "09:00", "10:00"))
    assert found(desk, visit) == [("outside", late, "when")], "one may fly two days before"
    records.edit(desk, flight, {"when": at("2026-12-21", "09:00", "10:00")})
    assert ("outside", flight, "when") in found(desk, visit)


def test_an_mou_to_be_signed_without_an_agreed_text(desk: Desk, add: Add, visit: str) -> None:
    ucap = add("ucap", title=Bilingual(en="Plan", zh="计划"))
    records.edit(desk, visit, {"ucaps": Refs([ucap])})
    mou = add("agreement", title=Bilingual(en="MoU", zh="备忘录"), ucap=ucap, status="negotiation",
              signing_planned=PartialDate("2026-11-24"))  # fmt: skip
    party = add("agreement_party", owner=mou, free_name=Bilingual(en="City", zh="市"), role="party")
    wanted = [("text_not_agreed", mou, "status"), ("no_signatory", party, "represented_by")]
    assert found(desk, visit) == wanted
    records.edit(desk, mou, {"status": "approved"})
    assert found(desk, visit) == wanted[1:]
    records.edit(desk, mou, {"status": "signed"})
    assert found(desk, visit) == []


@pytest.mark.parametrize("document", ["place_cards", "badges", "thank_you_letter", "delegation_list"])
def test_a_name_that_cannot_be_printed_is_told_and_left_to_be_written_where_it_is_handed_over(
    desk: Desk, add: Add, visit: str, document: str
) -> None:
    host = add("person", name=PersonName("Gu", "Wen", "family_first"), name_han=HanName("\U00030000", "文"))
    add("participation", owner=visit, person=host, side="A", role="host")
    (gap,) = (gap for gap in papers.gaps(desk, [visit], document=document).found if gap.code == "no_glyph")
    assert (gap.kind, gap.id, gap.field) == ("person", host, "name_han")
    assert "Gu Wen" in gap.text
    assert "U+30000" in gap.text
    assert ("room is left to write" in gap.text) == (document != "delegation_list")
    file = io.BytesIO()
    papers.brief(desk, [visit], file, document=document)
    lines = [line.text for line in drawn_lines(file.getvalue())]
    assert any("___" in line for line in lines) == (document != "delegation_list")
    assert any("U+30000" in line for line in lines) == (document == "delegation_list")


def test_characters_no_typeface_has_lead_to_their_record(desk: Desk, add: Add, visit: str) -> None:
    records.edit(desk, visit, {"purpose": Bilingual(en="To talk \U0001f600", zh="会谈")})
    guest = add("person", name=PersonName("Wu\U0001f600", "Bo", "family_first"), name_han=HanName("吴", "波"))
    add("participation", owner=visit, person=guest, side="B")
    assert sorted(found(desk, visit)) == sorted([("no_glyph", guest, "name"), ("no_glyph", visit, "purpose")])


@pytest.mark.rule("P3")
@pytest.mark.parametrize("telling", ["no Chinese", "no English", "strange characters", ZHENGZHOU])
def test_nothing_keeps_anybody_from_printing(told: Told, telling: str) -> None:
    desk, story = told(telling)
    found = papers.gaps(desk, [story.one("visit")])
    assert found.found
    assert found.missing or telling == "strange characters"
    assert all(desk.read.record(gap.id) for gap in found.found if gap.code != "no_glyph")
    assert not papers.paper(desk, [story.one("visit")]).lacks, "and so it prints (test_every_document)"


def test_an_allergy_that_the_cook_cannot_read_is_told_where_the_kitchen_is_told_of_it(
    desk: Desk, add: Add, visit: str
) -> None:
    guest = add(
        "person",
        name=PersonName("Rossi", "Ada", "given_first"),
        allergies="hazelnuts",
        name_phonetic=Bilingual(zh="阿达·罗西"),
    )
    add("participation", owner=visit, person=guest, side="B")
    (gap,) = (gap for gap in papers.gaps(desk, [visit], document="catering_list").found if gap.code == "not_readable")
    assert (gap.id, gap.field, gap.language) == (guest, "allergies", "zh")
    assert "hazelnuts" in gap.text
    assert "not_readable" not in [code for code, _, _ in found(desk, visit)], "no other paper tells it"
    assert "not_readable" not in [code for code, _, _ in found(desk, visit, document="catering_list", languages=["en"])]


def test_whoever_prints_pages_to_sign_is_told_of_a_party_without_a_signatory(desk: Desk, add: Add) -> None:
    mou = add("agreement", title=Bilingual(en="MoU", zh="备忘录"), status="negotiation")
    party = add("agreement_party", owner=mou, free_name=Bilingual(en="City", zh="市"), role="party")
    assert ("no_signatory", party, "represented_by") in found(desk, mou, document="signature_pages")
