"""One model of seats serves plan, signing sheet, cards and lists."""

from __future__ import annotations

from collections.abc import Callable

from tests.helpers.second_story import SecondStory
from tests.unit.papers.printed import blocks, of
from ucapdesk.briefing.blocks.content import Group, Paper, Table
from ucapdesk.briefing.blocks.elements import Plan
from ucapdesk.model.kinds.agreement_kinds import AgreementParty
from ucapdesk.model.kinds.visit_kinds import Participation
from ucapdesk.model.values import Bilingual, PartialDate, PersonName, Refs, When
from ucapdesk.services import Desk
from ucapdesk.services.records import records


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
