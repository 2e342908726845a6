"""What lists, cards and seating plans say, and to whom.

One model of seats serves plan, signing sheet, cards and lists; hotel list, room list, pack and gaps tell the same nights.
"""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.helpers.clock import FrozenClock
from tests.helpers.drawn_lines import drawn_lines
from tests.helpers.errors import user_error
from tests.helpers.paper_structure import heard, tag_flaws
from tests.helpers.second_story import SecondStory
from tests.unit.papers.printed import all_text, blocks, made, of, said, tables
from tests.unit.papers.story import Story, tell
from ucapdesk.base.pinyin import toned
from ucapdesk.briefing.blocks.content import Cell, Group, Paper, Table
from ucapdesk.briefing.blocks.elements import BoardCard, Cards, Face, Para, Plan, Words
from ucapdesk.model.kinds.agreement_kinds import AgreementParty
from ucapdesk.model.kinds.visit_kinds import ItineraryItem, Participation
from ucapdesk.model.values import Bilingual, Codes, PartialDate, PersonName, Refs, When
from ucapdesk.papers import printing as papers
from ucapdesk.papers.documents.card_papers import plans_of, vcard
from ucapdesk.papers.facts.participants import participants
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.services import Desk
from ucapdesk.services.meetings import coming, expected
from ucapdesk.services.records import records


def cards(paper: Paper) -> tuple[BoardCard, ...]:
    return next(block.cards for section in paper.sections for block in section.blocks if isinstance(block, Cards))


def names(paper: Paper) -> list[str]:
    return [card.front.lines[0].words.text["en"] or "" for card in cards(paper)]


def test_a_delegation_list_goes_side_by_side_and_says_where_no_chinese_name_is_known(desk: Desk, story: Story) -> None:
    paper = made(desk, story, "delegation_list")
    texts = said(paper)
    assert texts.index("Mr LI Mingyu") < texts.index("Mr Pablo Gándara")
    assert texts.count("Chinese name to be confirmed") == 2, "those of WU Wenneng and Łukasz Żółkowski"
    assert "柳州市人民政府" in said(paper, "zh")


def test_the_kitchen_learns_diets_and_nobody_else_does(desk: Desk, story: Story) -> None:
    kitchen = said(made(desk, story, "catering_list"))
    assert {"Vegetarian", "peanuts", "Working lunch", "Fish, rice"} <= set(kitchen)
    assert kitchen.count("8") == 5, "how many eat, at each meal of everybody"
    assert kitchen.count("Vegetarian × 1, Allergies × 1") == 1, (
        "and what those of the one meal eat who are not everybody"
    )
    assert any(text.startswith("Vegetarian × ") for text in kitchen if "," not in text), (
        "and how many there are with each diet"
    )
    for other in ("room_list", "hotel_list", "bus_list", "security_list", "media_list", "delegation_list"):
        assert not {"Vegetarian", "peanuts"} & set(said(made(desk, story, other))), other


def test_whoever_has_no_organisation_stands_under_nobody_elses(own: Desk, add: Callable[..., str]) -> None:
    visit = add("visit", title=Bilingual(en="Visit"), dates=PartialDate("2026-11-23"), travelling_side="B")
    house = add("organisation", name=Bilingual(en="City of Szeged"))
    parts = []
    for n, (family, housed) in enumerate((("Free", False), ("Nagy", True), ("Kis", True), ("Late", False))):
        person = add("person", name=PersonName(family, f"G{n}"))
        if housed:
            add("affiliation", owner=person, organisation=house, post=Bilingual(en="Clerk"))
        parts.append(add("participation", owner=visit, person=person, side="B", pos=f"a{n}"))

    def listed(document: str = "delegation_list") -> list[str]:
        (table,) = tables(
            papers.paper(own, [visit], document=document, options={"blank": "0"} if "sheet" in document else {})
        )
        return [row.words.text["en"] or "" if isinstance(row, Group) else all_of(row[1]) for row in table.rows]

    def all_of(cell: Cell) -> str:
        return " ".join(para.words.text["en"] or "" for para in cell[:1] if isinstance(para, Para))

    assert listed() == ["G0 Free", "G3 Late", "City of Szeged", "G1 Nagy", "G2 Kis"]
    records.trash(own, parts[0])
    assert listed() == ["City of Szeged", "G1 Nagy", "G2 Kis", "–", "G3 Late"]
    add("participation", owner=visit, free_name=Bilingual(en="Host"), side="A")
    of_both = ["Host", "City of Szeged", "G1 Nagy", "G2 Kis", "–", "G3 Late"]
    assert listed("attendance_sheet") == of_both, "nor among those of the other side"
    records.trash(own, parts[2])
    assert listed("attendance_sheet") == ["Host", "G1 Nagy", "G3 Late"], (
        "nobody shares a house: it stands beside its one person"
    )


def test_the_kitchen_cooks_for_those_who_are_there(own: Desk, add: Callable[..., str]) -> None:
    visit = add("visit", title=Bilingual(en="Visit"), dates=PartialDate("2026-11-23/2026-11-25"), travelling_side="B")
    left = add("transport_leg", owner=visit, mode="flight", number="MU 1", when=When("2026-11-24", "08:00", "10:00"))
    lands = add("transport_leg", owner=visit, mode="train", number="G 2", when=When("2026-11-23", "18:00", "19:00"))
    for n in range(4):
        person = add("person", name=PersonName("Mo", f"Fang{n}"))
        add("participation", owner=visit, person=person, side="B",
            departure=left if n == 0 else None, arrival=lands if n < 2 else None)  # fmt: skip
    hours = {"Before": ("2026-11-23", "12:00"), "All": ("2026-11-24", "07:00"), "After": ("2026-11-24", "12:00")}
    for title, (day, hour) in hours.items():
        add("itinerary_item", owner=visit, type="meal", title=Bilingual(en=title), when=When(day, hour))
    ofs = [
        add(
            "itinerary_item",
            owner=visit,
            type="meal",
            title=Bilingual(en=group),
            group=group,
            when=When("2026-11-25", "12:00"),
        )
        for group in "AB"
    ]
    item = add(
        "itinerary_item",
        owner=visit,
        type="meal",
        title=Bilingual(en="Named"),
        group="A",
        when=When("2026-11-25", "13:00"),
    )
    add("participation", owner=item, free_name=Bilingual(en="Guest"))
    (meals, *_) = tables(papers.paper(own, [visit], document="catering_list"))
    rows = [row for row in meals.rows if isinstance(row, tuple)]
    eat = [[para.words.text["en"] for cell in row[1:] for para in cell if isinstance(para, Para)] for row in rows]
    assert eat == [["Before", "2"], ["All", "4"], ["After", "3"], ["A"], ["B"], ["Named", "1"]]
    dinner = add("meeting", visit=visit, title=Bilingual(en="Dinner"), type="banquet")
    records.edit(own, item, {"meeting": dinner})
    (meals, *_) = tables(papers.paper(own, [dinner], document="catering_list"))
    assert sum(isinstance(row, tuple) for row in meals.rows) == 1, "of a dinner itself alone"
    plans = [all_text(papers.paper(own, [id_], document="seating_plan")) for id_ in (*ofs, item)]
    assert ["Nobody is recorded" in each for each in plans] == [True, True, False], (
        "nobody is given a seat unless named"
    )


def test_at_a_meeting_of_a_group_are_its_chair_and_who_is_named(own: Desk, add: Callable[..., str]) -> None:
    visit = add("visit", title=Bilingual(en="Visit"), dates=PartialDate("2026-11-23/2026-11-25"), travelling_side="B")
    chair, named, other = (add("person", name=PersonName(name, "Eva")) for name in ("Chair", "Named", "Other"))
    for person in (chair, named, other):
        add("participation", owner=visit, person=person, side="B")
    meeting = add("meeting", title=Bilingual(en="Talks"), visit=visit, chair_b=chair)
    item = add("itinerary_item", owner=visit, type="meeting", title=Bilingual(en="Talks"), meeting=meeting, group="A")

    def there() -> list[str]:
        told = all_text(papers.paper(own, [meeting], document="attendance_sheet"))
        return [name for name in ("Chair", "Named", "Other") if name in told]

    assert there() == ["Chair"]
    add("participation", owner=item, person=named, side="B")
    assert there() == ["Chair", "Named"]
    records.edit(own, item, {"group": None})
    assert there() == ["Chair", "Named", "Other"]


def test_the_kitchen_counts_the_diets_that_its_list_names(own: Desk, add: Callable[..., str]) -> None:
    visit = add("visit", title=Bilingual(en="Visit"), dates=PartialDate("2026-11-23"), travelling_side="B")
    dinner = add("itinerary_item", owner=visit, type="banquet", title=Bilingual(en="Dinner"), when=When("2026-11-23"))
    people = {}
    for name, diet in (("Now", "No nuts"), ("Usual", None)):
        people[name] = person = add("person", name=PersonName(name, "Eva"), diet=Codes(["vegetarian"]))
        add("participation", owner=visit, person=person, side="B", diet=diet)
        add("participation", owner=dinner, person=person, side="B")
    meal = add("meeting", title=Bilingual(en="Lunch"), visit=visit, type="banquet", chair_b=people["Now"])
    add("participation", owner=meal, person=people["Usual"], side="B")
    for asked in (visit, dinner, meal):
        kitchen = said(papers.paper(own, [asked], document="catering_list"))
        assert {"Vegetarian × 1", "No nuts × 1", "Vegetarian", "No nuts"} <= set(kitchen), (
            "what is said of this visit counts"
        )


def test_who_receives_has_no_place_at_a_stop_on_another_clock(own: Desk, add: Callable[..., str]) -> None:
    home, stop = (
        add("place", type="city", name=Bilingual(en=name), time_zone=zone)
        for name, zone in (("Yichang", "Asia/Shanghai"), ("Doha", "Asia/Qatar"))
    )
    visit = add("visit", title=Bilingual(en="Visit"), travelling_side="B", host_places=Refs([home]))
    host, guest = (add("person", name=PersonName(side, "Eva")) for side in "AB")
    for side, person in (("A", host), ("B", guest)):
        add("participation", owner=visit, person=person, side=side)
    for place, there in ((stop, ["Eva B"]), (home, ["Eva A", "Eva B"])):
        meeting = add("meeting", title=Bilingual(en="Talks"), visit=visit, places=Refs([place]))
        assert sorted(names(papers.paper(own, [meeting], document="place_cards"))) == there
    point = add(
        "itinerary_item", owner=visit, title=Bilingual(en="Chamber"), place=stop, when=When("2026-12-30", "11:00")
    )

    def days() -> list[bool]:
        made = (papers.paper(own, [visit], document="itinerary", options={"person": id_}) for id_ in (host, guest))
        return ["Chamber" in all_text(each) for each in made]

    assert days() == [False, True]
    records.edit(own, point, {"host_lead": host})
    assert days() == [True, True], "unless they lead it"
    near = add("place", type="city", name=Bilingual(en="Hong Kong"), time_zone="Asia/Hong_Kong")
    meeting = add("meeting", title=Bilingual(en="Talks"), visit=visit, places=Refs([near]))
    made = papers.paper(own, [meeting], document="place_cards")
    assert sorted(names(made)) == ["Eva A", "Eva B"], "a zone of another name is no other clock"
    records.edit(own, host, {"place": stop})
    meeting = add("meeting", title=Bilingual(en="Talks"), visit=visit, places=Refs([stop]))
    made = papers.paper(own, [meeting], document="place_cards")
    assert sorted(names(made)) == ["Eva A", "Eva B"], "who lives there is at home there"
    records.edit(own, host, {"place": home})
    records.edit(own, visit, {"host_places": Refs()})
    assert len(names(papers.paper(own, [meeting], document="place_cards"))) == 2, "nobody said who receives"


def test_who_declined_a_point_has_no_place_there_and_all_others_have(own: Desk, add: Callable[..., str]) -> None:
    visit = add("visit", title=Bilingual(en="Visit"), dates=PartialDate("2026-11-23"), travelling_side="B")
    people = [add("person", name=PersonName(name, "Eva")) for name in ("Absent", "One", "Other")]
    for person in people:
        add("participation", owner=visit, person=person, side="B")
    dinner = add(
        "itinerary_item", owner=visit, type="banquet", title=Bilingual(en="Dinner"), when=When("2026-11-23", "19:00")
    )
    add("participation", owner=dinner, person=people[0], side="B", attendance="declined")
    assert len(names(papers.paper(own, [dinner], document="place_cards"))) == 2
    own_days = [all_text(papers.paper(own, [visit], document="itinerary", options={"person": id_})) for id_ in people]
    assert ["Dinner" in told for told in own_days] == [False, True, True]
    meeting = add("meeting", title=Bilingual(en="Dinner"), visit=visit)
    records.edit(own, dinner, {"meeting": meeting})
    assert [each.person for each in expected(own, meeting)] == people[1:]
    add("participation", owner=meeting, person=people[0], side="B")
    add("participation", owner=meeting, person=people[1], side="B")
    point = records.get(own, dinner)
    assert isinstance(point, ItineraryItem)
    assert coming(own, [point])[dinner] == {people[1]}


def test_a_meal_on_the_way_before_all_land_is_for_all_of_them(own: Desk, add: Callable[..., str]) -> None:
    visit = add("visit", title=Bilingual(en="Visit"), dates=PartialDate("2026-11-23"), travelling_side="B")
    lands = add("transport_leg", owner=visit, mode="train", number="G 2", when=When("2026-11-23", "18:00", "19:00"))
    for n in range(3):
        person = add("person", name=PersonName("Mo", f"Fang{n}"))
        add("participation", owner=visit, person=person, side="B", arrival=lands)
    title = Bilingual(en="Lunch at the station")
    add("itinerary_item", owner=visit, type="meal", title=title, when=When("2026-11-23", "12:00"))
    (meals, *_) = tables(papers.paper(own, [visit], document="catering_list"))
    (row,) = (row for row in meals.rows if isinstance(row, tuple))
    assert "3" in [para.words.text["en"] for cell in row for para in cell if isinstance(para, Para)]


def test_the_hotel_learns_nights_rooms_and_when_its_guests_arrive_by_its_own_clock(desk: Desk, story: Story) -> None:
    texts = said(made(desk, story, "hotel_list"))
    assert {"Liuzhou Hotel", "801", "IB 6887", "Mon 23 Nov 07:20"} <= set(texts)
    assert "Mr LI Mingyu" not in texts, "hosts do not stay there"


def test_the_press_is_told_only_what_is_open_to_it(desk: Desk, story: Story) -> None:
    texts = said(made(desk, story, "media_list"))
    assert "Visit to the bus depot in Liudong New District" in texts
    assert "Working lunch" not in texts


def test_an_attendance_sheet_is_one_page_and_has_as_many_blank_rows_as_asked_for(desk: Desk, story: Story) -> None:
    paper = made(desk, story, "attendance_sheet", "meeting", options={"blank": "3"})
    (table,) = tables(paper)
    assert paper.fit == 1
    assert sum(isinstance(row, tuple) for row in table.rows) == 8 + 3
    assert all(not any(row) for row in table.rows[-3:] if isinstance(row, tuple))


def test_place_cards_stand_in_the_order_of_the_list_or_of_the_seats(desk: Desk, story: Story) -> None:
    listed = made(desk, story, "place_cards", "meeting")
    assert names(listed)[:2] == ["LI Mingyu", "CHEN Yan"]
    assert "Photographer" in names(listed)
    one = cards(listed)[0].front
    assert [line.words.text["zh"] for line in one.lines if line.only == "zh"] == ["李明宇"]
    assert [line.spread for line in one.lines] == [False, True]
    seated = made(desk, story, "place_cards", "meeting", options={"order": "seat"})
    assert names(seated) == [
        "Bettina Stollar", "Łukasz Żółkowski", "Pablo Gándara", "WU Wenneng", "LI Mingyu", "ZHANG Wei", "CHEN Yan", "Photographer",
    ]  # fmt: skip
    with_post = made(desk, story, "place_cards", "meeting", options={"show": "post", "card": "place-banquet"})
    assert "Mayor" in said(with_post)


def test_a_badge_holds_a_card_for_telephones_without_private_numbers(desk: Desk, story: Story) -> None:
    people = participants(RedactedReader(desk), story.one("visit"))
    chen = next(each for each in people if each.bare.text["en"] == "CHEN Yan")
    card = vcard(chen)
    assert card.splitlines()[:4] == ["BEGIN:VCARD", "VERSION:3.0", "N:Chen;Yan;;;", "FN:Chen Yan"]
    assert {"NICKNAME:陈燕", "TITLE:Director", "EMAIL:yan@example.org"} <= set(card.splitlines())
    assert "MARKED" not in card
    assert "TITLE:Direttrice" in vcard(replace(chen, post=Words({"it": "Direttrice"}))), (
        "in the language it is known in"
    )
    assert all(card.front.qr for card in cards(made(desk, story, "badges")) if "Photographer" not in str(card))


def test_an_address_card_shows_the_chinese_address_first(desk: Desk, story: Story) -> None:
    first = cards(made(desk, story, "address_cards"))[0].front
    assert [line.words.text[line.only or "en"] for line in first.lines][:3] == [
        "Liuzhou City Hall", "柳州市城中区三中路66号", "66 Sanzhong Road, Chengzhong District, Liuzhou",
    ]  # fmt: skip


def test_a_seating_plan_follows_the_occasion_and_seats_neither_press_nor_drivers(desk: Desk, story: Story) -> None:
    talks = made(desk, story, "seating_plan", "meeting")
    (plan,) = (block for section in talks.sections for block in section.blocks if isinstance(block, Plan))
    seated = {seat.number: seat.name.text["en"] for seat in plan.seats}
    assert seated == {
        "A1": "LI Mingyu", "A2": "ZHANG Wei", "A3": "CHEN Yan", "A4": "WU Wenneng",
        "B1": "Pablo Gándara", "B2": "Łukasz Żółkowski", "B3": "Bettina Stollar",
    }  # fmt: skip
    assert "Photographer" not in said(talks)
    assert "Group photo" in said(made(desk, story, "seating_plan", "visit"))
    assert len(plans_of(RedactedReader(desk), story.one("meeting"))) == 1


def test_a_pocket_card_begins_with_what_it_is_and_holds_every_day(desk: Desk, story: Story) -> None:
    texts = said(made(desk, story, "pocket_card"))
    assert texts.index("In case of need") < texts.index("Monday, 23 November 2026")
    assert "10:00  Talks on hydrogen buses" in texts
    one = said(made(desk, story, "pocket_card", options={"day": "2026-11-24"}))
    assert "Tuesday, 24 November 2026" in one
    assert "Monday, 23 November 2026" not in one


def test_a_place_chosen_by_hand_is_kept(tmp_path: Path, clock: FrozenClock) -> None:
    with Desk.create(tmp_path / "w", name="Liuzhou", person="Ana", clock=clock) as desk:
        story = tell(desk)
        meeting = story.one("meeting")
        parts = {each.bare.text["en"]: each.id for each in participants(RedactedReader(desk), meeting)}
        records.edit(desk, parts["WU Wenneng"], {"seat": "A3"})
        (plan,) = plans_of(RedactedReader(desk), meeting)
    seated = {seat.number: seat.name.text["en"] for seat in plan.seats}
    assert (seated["A3"], seated["A4"]) == ("WU Wenneng", "CHEN Yan")


def test_an_itinerary_for_one_person_leaves_out_what_is_for_others(desk: Desk, story: Story) -> None:
    dinner = "Dinner given by the Mayor"
    leads, other = story.ids["person"][1], story.ids["person"][3]
    told = [said(made(desk, story, "itinerary", options=each)) for each in ({}, {"person": leads}, {"person": other})]
    assert [each.count(dinner) for each in told] == [3, 3, 2], "who leads it is there, named for it or not"


def test_an_itinerary_is_asked_for_by_name_or_for_each_of_the_delegation(desk: Desk, story: Story) -> None:
    def of(person: str) -> list[str]:
        paper = made(desk, story, "itinerary", options={"person": person})
        return [each.heading.text["en"] or "" for each in paper.sections if each.heading]

    assert of("gandara") == ["Mr Pablo Gándara"]
    assert of("张伟") == ["Mr ZHANG Wei"]
    assert of("each") == ["Mr Pablo Gándara", "Ms Bettina Stollar", "Mr Łukasz Żółkowski"]
    assert "IB 6887" not in " ".join(said(made(desk, story, "itinerary", options={"person": "LI Mingyu"}))), (
        "stays here"
    )
    for wrong in ("nobody", "an"):
        with user_error("unknown-choice", match="Pablo Gándara"):
            of(wrong)
    with user_error("unknown-choice", match="2026-11-24"):
        made(desk, story, "itinerary", options={"day": "2027-01-01"})


def test_a_flight_over_midnight_names_both_places_and_the_next_day(desk: Desk, story: Story) -> None:
    assert "11:55 (Madrid) – 07:20\u00a0+1 (Beijing)" in said(made(desk, story, "itinerary"))


def test_a_list_shows_the_columns_asked_for_and_refuses_those_it_must_not_have(desk: Desk, story: Story) -> None:
    (*_, table) = tables(made(desk, story, "room_list", options={"columns": "name, room"}))
    assert [column.head.text["en"] for column in table.columns] == ["No.", "Name", "Room"]
    with user_error("unknown-choice", match="has no column “diet”"):
        made(desk, story, "room_list", options={"columns": "name,diet"})


def test_the_head_and_those_who_chair_come_first_also_where_nobody_listed_them(
    tmp_path: Path, clock: FrozenClock
) -> None:
    with Desk.create(tmp_path / "w", name="Liuzhou", person="Ana", clock=clock) as desk:
        story = tell(desk)
        meeting, chen = story.one("meeting"), story.ids["person"][1]
        parts = {each.bare.text["en"]: each.id for each in participants(RedactedReader(desk), story.one("visit"))}
        records.trash(desk, parts["Pablo Gándara"])
        records.edit(desk, meeting, {"chair_a": chen})
        assert names(made(desk, story, "place_cards", "visit"))[4:] == ["Photographer", "Pablo Gándara", "Bettina Stollar",
                                                                        "Łukasz Żółkowski"]  # fmt: skip
        (plan,) = plans_of(RedactedReader(desk), meeting)
    assert {seat.number: seat.name.text["en"] for seat in plan.seats}["A1"] == "CHEN Yan"


def faces(desk: Desk, id_: str, document: str, **choices: str) -> list[tuple[Face, Face | None]]:
    paper = papers.paper(desk, [id_], document=document, options=choices)
    (cards,) = blocks(paper, Cards)
    return [(card.front, card.back) for card in cards.cards]


def test_a_place_card_has_both_names_on_both_sides_the_neighbours_language_first_on_theirs(
    second_desk: Desk, second_story: SecondStory
) -> None:
    order = {}
    for far, near in faces(second_desk, second_story["visit"], "place_cards"):
        assert near is not None
        order[far.lines[0].words.text["en"]] = ([line.only for line in far.lines], [line.only for line in near.lines])
    assert order["GONG Yan"] == (["en", "zh"], ["zh", "en"]), "he reads Chinese, who sits across reads Latin letters"
    assert order["Maria KOWALSKA"] == (["zh", "en"], ["en", "zh"])


def test_names_have_one_size_on_all_cards_of_a_table_and_are_large_enough_to_be_read_across_it(
    second_desk: Desk, second_story: SecondStory
) -> None:
    for card, least in (("place-210x140", 34.0), ("place-banquet", 8.0)):
        file = io.BytesIO()
        papers.brief(
            second_desk, [second_story["visit"]], file, document="place_cards", options={"card": card}, languages=["en", "zh"]
        )  # fmt: skip
        sizes: dict[bool, set[float]] = defaultdict(set)
        for line in drawn_lines(file.getvalue()):
            if re.search("GONG|KOWALSKA|WĄSIK|LI Di|OUYANG", line.text):
                sizes[line.turned].add(round(line.size, 1))
        assert all(len(found) <= 2 for found in sizes.values()), f"the first name and the second: {dict(sizes)}"
        assert min(size for found in sizes.values() for size in found) >= least, card


def test_a_pocket_card_says_an_hour_once_with_the_place_in_both_languages(
    second_desk: Desk, second_story: SecondStory
) -> None:
    texts = [
        [line.words.text[line.only or "en"] or "" for line in face.lines]
        for card in faces(second_desk, second_story["visit"], "pocket_card")
        for face in card
        if face is not None
    ]
    said = [text for face in texts for text in face]
    assert len([text for text in said if text.startswith("09:30")]) == 1
    at = said.index("09:30  Talks on sponge-city technology and green rail freight")
    assert said[at + 1] == "海绵城市技术与绿色铁路货运合作会谈"
    assert said[at + 2].startswith("Zhengzhou International Convention and Exhibition Centre")
    assert "郑州国际会展中心会议楼" in said[at + 2]
    for face in texts:
        hours = [text[:5] for text in face if re.match(r"\d\d:\d\d  ", text)]
        assert hours == sorted(hours), "by the clock of the day, arrivals of the night before too"


def test_points_and_rides_stand_on_a_pocket_card_in_the_order_in_which_they_happen(
    second_desk: Desk, second_story: SecondStory
) -> None:
    call = {"when": When("2027-04-13", "14:00", tz="Europe/Warsaw"), "title": Bilingual(en="Call to Łódź")}
    records.add(second_desk, "itinerary_item", {"owner": second_story["visit"], "type": "meeting", **call})
    for owner in ("visit", "meeting"):
        of = {"free_name": Bilingual(en=f"Guest of the {owner}"), "side": "A", "role": "delegate"}
        records.add(second_desk, "participation", {"owner": second_story[owner], **of})
    cards = faces(second_desk, second_story["visit"], "pocket_card")
    said = [line.words.text["en"] or "" for card in cards for face in card if face is not None for line in face.lines]
    assert [text for text in said if text.startswith("Guest of")] == ["Guest of the visit"], "no audience of a meeting"
    told = [next(n for n, text in enumerate(said) if part in text) for part in ("豫A·00001", "Dinner given", "Call to")]
    assert told == sorted(told), "14:00 in Łódź is 20:00 in Zhengzhou"


def test_phrases_stand_over_their_pinyin(second_desk: Desk, second_story: SecondStory) -> None:
    last = faces(second_desk, second_story["visit"], "pocket_card", card="pocket-a4")[-1][0]
    said = [line.words.text[line.only or "en"] for line in last.lines]
    assert said[:3] == ["您好", "nín hǎo", "Good day"]
    assert toned("很高兴认识您。").endswith("rèn shí nín.")


def test_a_place_on_a_pocket_card_is_told_in_both_its_languages(second_desk: Desk, second_story: SecondStory) -> None:
    file = io.BytesIO()
    papers.brief(second_desk, [second_story["visit"]], file, document="pocket_card", languages=["en", "zh"])
    parts = [part for page in heard(file.getvalue()) for part in page]
    at = next(n for n, part in enumerate(parts) if part.text.startswith("Heji Braised Noodle House"))
    assert [(part.language, part.text) for part in parts[at : at + 2]] == [
        ("en", "Heji Braised Noodle House"),
        ("zh-Hans", "合记烩面馆"),
    ]
    assert parts[at + 2].text.startswith("14:00"), "the next point is told by itself"
    assert tag_flaws(file.getvalue(), ("en", "zh")) == []


def test_a_pocket_card_says_again_what_is_said_of_two(own: Desk, add: Callable[..., str]) -> None:
    house = add("organisation", name=Bilingual(en="City of Turku", zh="图尔库市政府"))
    visit = add("visit", title=Bilingual(en="Visit", zh="访问"), dates=PartialDate("2026-11-23"), travelling_side="A")
    for family in ("Aalto", "Berg"):
        host = add("person", name=PersonName(family, "X"))
        add("affiliation", owner=host, organisation=house, post=Bilingual(en="Clerk", zh="科员"))
        add("participation", owner=visit, person=host, side="B", role="host")
    for hour, title in (("12:00", "Lunch"), ("13:00", "Talks"), ("19:00", "Lunch"), (None, "Check-in")):
        zh = {"Lunch": "用餐", "Talks": "会谈", "Check-in": "入住"}[title]
        add("itinerary_item", owner=visit, type="meal", title=Bilingual(en=title, zh=zh), when=When("2026-11-23", hour))
    expo = Bilingual(en="Expo").mark("zh", "not_needed")
    add("itinerary_item", owner=visit, type="conference", title=expo, when=When("2026-11-23", "09:00"))
    file = io.BytesIO()
    papers.brief(own, [visit], file, document="pocket_card", languages=["en", "zh"])
    drawn = [line.text for line in drawn_lines(file.getvalue())]
    assert sum("Expo" in text for text in drawn) == 1, "it needs no translation"
    assert [drawn.count(text) for text in ("用餐", "Clerk", "科员", "City of Turku", "图尔库市政府")] == [2] * 5
    points = [text.split()[-1] for text in drawn if re.search("Lunch|Talks|Check-in", text)]
    assert points == ["Check-in", "Lunch", "Talks", "Lunch"], "first what has no hour, as in the programme"


def seated(paper: Paper) -> dict[str, str | None]:
    return {seat.number: seat.name.text["en"] for plan in blocks(paper, Plan) for seat in plan.seats}


def test_the_sheet_of_a_signing_numbers_the_seats_as_its_plan_does(
    second_desk: Desk, second_story: SecondStory
) -> None:
    sheet = of(second_desk, second_story["mou"], "signing_sheet")
    plan = of(second_desk, second_story["signing"], "seating_plan", options={"room": "signing"})
    assert seated(sheet) == seated(plan)
    assert len(seated(plan)) > 10


def test_whom_the_agreement_names_signs_whatever_the_list_of_participants_says(
    second_desk: Desk, second_story: SecondStory
) -> None:
    parts = second_desk.read.children(second_story["signing"], Participation)
    (part,) = [each for each in parts if each.person == second_story["li"]]
    records.edit(second_desk, part.id, {"role": "signatory"})
    plan = of(second_desk, second_story["signing"], "seating_plan", options={"room": "signing"})
    (drawn,) = blocks(plan, Plan)
    front = max(seat.y for seat in drawn.seats)
    signing = {seat.name.text["en"] for seat in drawn.seats if seat.y == front and seat.note is None}
    assert "GONG Yan" in signing
    assert "LI Di" not in signing


def test_three_who_sign_have_a_flag_before_each_of_them(second_desk: Desk, second_story: SecondStory) -> None:
    (drawn,) = blocks(of(second_desk, second_story["mou"], "signing_sheet"), Plan)
    front = max(seat.y for seat in drawn.seats)
    signing = sorted(seat.x for seat in drawn.seats if seat.y == front and seat.note is None)
    flags = sorted(thing.x + thing.width / 2 for thing in drawn.things if thing.kind == "flag")
    assert len(flags) == 3
    assert all(abs(flag - seat) < 1 for flag, seat in zip(flags, signing, strict=True))


def test_names_of_marks_stand_in_the_order_of_the_seats(second_desk: Desk, second_story: SecondStory) -> None:
    (drawn,) = blocks(of(second_desk, second_story["meeting"], "seating_plan", options={"room": "round_table"}), Plan)
    order = list(dict.fromkeys(seat.mark for seat in drawn.seats))
    assert [mark for mark, _ in drawn.legend] == order


def test_everybody_has_the_mark_of_the_visit_at_a_signing_of_fewer_parties(
    second_desk: Desk, second_story: SecondStory
) -> None:
    """Kaifeng receives too, but signs nothing: the marks of those who sign stay those of every other paper."""
    kaifeng = records.add(second_desk, "place", {"name": Bilingual(en="Kaifeng", zh="开封"), "type": "city"})
    records.add(second_desk, "ucap_place", {"owner": second_story["ucap"], "place": kaifeng, "side": "A"})
    records.edit(second_desk, second_story["visit"], {"host_places": Refs([second_story["zhengzhou"], kaifeng])})
    records.edit(second_desk, second_story["water university"], {"place": kaifeng})
    (usual,) = blocks(of(second_desk, second_story["signing"], "seating_plan", options={"room": "talks"}), Plan)
    (drawn,) = blocks(of(second_desk, second_story["mou"], "signing_sheet"), Plan)
    marks = {seat.name.text["en"]: seat.mark for seat in usual.seats}
    assert {seat.name.text["en"]: seat.mark for seat in drawn.seats} == marks
    assert {mark for mark, _ in drawn.legend} == set(marks.values())
    assert len(set(marks.values())) == 4
    assert sum(thing.kind == "flag" for thing in drawn.things) == 3, "one for each party that signs"
    guild = records.add(
        second_desk, "agreement_party", {"owner": second_story["mou"], "side": "A", "free_name": Bilingual(en="Guild")}
    )
    signing = {"owner": second_story["mou"], "party": guild, "person": second_story["ji"]}
    signatory = records.add(second_desk, "signatory", signing)
    (drawn,) = blocks(of(second_desk, second_story["mou"], "signing_sheet"), Plan)
    told = {seat.name.text["en"]: seat.mark for seat in drawn.seats}
    assert sum(told[name] != mark for name, mark in marks.items()) <= 1, "also with a party that is no record"
    for each in (signatory, guild):
        records.trash(second_desk, each)
    parties = second_desk.read.children(second_story["mou"], AgreementParty)
    records.trash(second_desk, parties[-1].id)  # two are left, one of each side
    (drawn,) = blocks(of(second_desk, second_story["mou"], "signing_sheet"), Plan)
    assert {seat.name.text["en"]: seat.mark for seat in drawn.seats}.items() <= marks.items()


def test_nobody_is_seated_in_a_vehicle_that_goes_on_another_day(own: Desk, add: Callable[..., str]) -> None:
    visit = add("visit", title=Bilingual(en="Visit"), travelling_side="B", time_zone="Asia/Shanghai")
    for n in range(7):
        add("participation", owner=visit, person=add("person", name=PersonName(f"F{n}", f"G{n}")), side="B")
    for mode, plate, seats, when in (
        ("coach", "Airport", 45, When("2027-03-23", "12:00", "13:00")),
        ("coach", "Late", 4, When("2027-03-24", "08:20", "08:50")),
        ("car", "First", 3, When("2027-03-24", "08:15", "08:40")),
        ("coach", "Lake", 33, When("2027-03-26", "08:00", "09:40")),
    ):
        add("transport_leg", owner=visit, mode=mode, number=plate, seats=seats, when=when)
    lists = blocks(of(own, visit, "bus_list"), Table)
    cars = [row.words.text["en"] or "" for table in lists for row in table.rows if isinstance(row, Group)]
    assert [text.partition(" · ")[2] for text in cars if text.startswith("Car")] == ["First", "Late"]


def test_a_full_coach_has_a_plan_of_its_own_in_which_its_labels_can_be_read(own: Desk, add: Callable[..., str]) -> None:
    visit = add("visit", title=Bilingual(en="Visit"), travelling_side="B")
    for n in range(55):
        add("participation", owner=visit, free_name=Bilingual(en=f"Guest {n}"), side="B")
    for plate, mode, seats in (("One", "car", 3), ("Two", "car", 3), ("Bus", "coach", 45), ("Van", "van", 7)):
        add("transport_leg", owner=visit, mode=mode, number=plate, seats=seats)
    made = of(own, visit, "seating_plan", options={"room": "cars"})
    drawn = blocks(made, Plan)
    cars = [
        [(thing.label.text["en"] or "")[-3:] for thing in plan.things if thing.kind == "car" and thing.label]
        for plan in drawn
    ]
    assert cars == [["One", "Two"], ["Bus"], ["Van"]]
    assert sum(len(plan.seats) for plan in drawn) == 55


def test_who_only_chairs_a_meeting_sits_there_as_protocol_has_it_wherever_they_sit_at_the_visit(
    own: Desk, add: Callable[..., str]
) -> None:
    visit = add("visit", title=Bilingual(en="Visit"), dates=PartialDate("2026-11-24"), travelling_side="B")
    chair, *others = (add("person", name=PersonName(name, "Eva")) for name in ("Chair", "First", "Second"))
    meeting = add("meeting", title=Bilingual(en="Forum"), type="forum", visit=visit, chair_b=chair)
    part = add("participation", owner=visit, person=chair, side="B")
    for person in others:
        add("participation", owner=meeting, person=person, side="B")
    before = seated(of(own, meeting, "seating_plan"))
    records.edit(own, part, {"seat": "3"})
    assert seated(of(own, meeting, "seating_plan")) == before
    assert before["1"] == "Eva Chair"


Add = Callable[..., str]


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


@pytest.mark.parametrize("document", ["hotel_list", "room_list"])
def test_lists_tell_each_stay_with_its_length(own: Desk, visit: str, document: str) -> None:
    english = said(of(own, visit, document))
    assert english[english.index("9–11 June 2027") :][:3] == ["9–11 June 2027", "2 nights", "River Hotel"]
    assert english[english.index("11–12 June 2027") :][:3] == ["11–12 June 2027", "1 night", "Hill Hotel"]
    assert {"2027年6月9日至11日", "2晚"} <= set(said(of(own, visit, document), "zh"))


def test_the_pack_tells_the_same_and_the_gaps_the_night_that_is_left(own: Desk, add: Add, visit: str) -> None:
    assert {"9–11 June 2027 (2 nights)", "11–12 June 2027 (1 night)"} <= set(said(of(own, visit, "visit_pack")))

    def lacking() -> list[str]:
        return [gap.text for gap in papers.gaps(own, [visit]).found if gap.code == "no_hotel"]

    assert lacking() == ["No hotel for the night of 8 June 2027"]
    add("transport_leg", owner=visit, mode="car", when=When("2027-06-09", "00:40", "01:10"))
    assert lacking() == ["No hotel for the night of 8 June 2027"], "a car in the night goes to the hotel"
    add("transport_leg", owner=visit, mode="flight", when=When("2027-06-09", "01:25", "06:40"))
    assert lacking() == [], "nobody goes to bed before a flight at 01:25"


def test_a_night_on_a_train_ends_a_stay_that_nobody_ended(own: Desk, add: Add, visit: str) -> None:
    when = When("2027-06-10", "21:00", "06:00", "2027-06-11", tz="Asia/Shanghai")
    add("transport_leg", owner=visit, mode="train", number="Z6", when=when)
    assert {"9–10 June 2027", "1 night"} <= set(said(of(own, visit, "hotel_list")))
    assert all(gap.text.endswith("8 June 2027") for gap in papers.gaps(own, [visit]).found if gap.code == "no_hotel")


def test_of_one_hotel_for_the_visit_every_night_is_told(own: Desk, add: Add) -> None:
    hotel = add("place", type="hotel", name=Bilingual(en="River Hotel", zh="酒店"))
    visit = add(
        "visit",
        title=Bilingual(en="Visit", zh="访问"),
        dates=PartialDate("2027-06-08/2027-06-12"),
        hotels=Refs([hotel]),
    )
    assert {"8–12 June 2027", "4 nights"} <= set(said(of(own, visit, "hotel_list")))
    assert not any(gap.code == "no_hotel" for gap in papers.gaps(own, [visit]).found)
