"""What lists, cards and seating plans say, and to whom."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tests.helpers.clock import FrozenClock
from tests.helpers.errors import user_error
from tests.unit.papers.printed import all_text, made, said, tables
from tests.unit.papers.story import Story, tell
from ucapdesk.briefing.blocks.content import Cell, Group, Paper
from ucapdesk.briefing.blocks.elements import BoardCard, Cards, Para, Plan, Words
from ucapdesk.model.kinds.visit_kinds import ItineraryItem
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
