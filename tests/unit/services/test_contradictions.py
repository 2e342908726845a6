"""What cannot be right in a record beside those it belongs with is said on its page and by ``ucapdesk show``."""

from __future__ import annotations

from typing import Any

from click.testing import CliRunner

from ucapdesk.cli import cli
from ucapdesk.model.codes import codes
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.papers.gaps import gaps
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.services.records.records import warnings_of
from ucapdesk.services.visits import visit_itinerary
from ucapdesk.ui.screens.programme_items import item_problem


def add(desk: Desk, kind: str, *said: str) -> str:
    return records.add(desk, kind, parse_assignments(KINDS[kind], said, new=True))


def edit(desk: Desk, id_: str, *said: str) -> None:
    record: Any = records.get(desk, id_)
    records.edit(desk, id_, parse_assignments(KINDS[type(record).__tablename__], said))


def said_of(desk: Desk, id_: str) -> list[str]:
    return [each.say("en") for each in warnings_of(desk, id_)]


def test_a_meeting_outside_its_visit_says_so_until_it_is_moved_or_in_the_trash(desk: Desk) -> None:
    visit = add(desk, "visit", "title.en=Visit", "dates=2026-11-24/2026-11-27")
    meeting = add(desk, "meeting", f"visit={visit}", "title.en=Talks", "when=2026-12-01")
    assert said_of(desk, meeting) == ["The date lies outside the dates of the visit."]
    flight = add(desk, "transport_leg", f"owner={visit}", "mode=flight", "when=2026-11-23")
    assert said_of(desk, flight) == [], "the way there"
    edit(desk, meeting, "when=2026-11-25")
    assert said_of(desk, meeting) == []
    edit(desk, meeting, "when=2026-12-01")
    records.trash(desk, meeting)
    assert said_of(desk, meeting) == []


def test_a_meeting_and_its_point_at_other_times_say_so_on_both(desk: Desk) -> None:
    visit = add(desk, "visit", "title.en=Visit", "dates=2026-11-24/2026-11-27")
    meeting = add(desk, "meeting", f"visit={visit}", "title.en=Talks", 'when={"date": "2026-11-25", "start": "10:00"}')
    when = 'when={"date": "2026-11-25", "start": "14:00"}'
    point = add(desk, "itinerary_item", f"owner={visit}", "title.en=Talks", when, f"meeting={meeting}")
    assert said_of(desk, meeting) == ["The programme has this meeting at another time."]
    assert said_of(desk, point) == ["Its meeting is recorded at another time."]
    edit(desk, meeting, when)
    assert said_of(desk, meeting) == said_of(desk, point) == []


def test_a_flight_that_lands_at_an_earlier_hour_of_the_same_day_is_no_mistake(desk: Desk) -> None:
    visit = add(desk, "visit", "title.en=Visit", "dates=2026-11-24/2026-11-27")
    hours = 'when={"date": "2026-11-24", "start": "13:00", "end": "12:00"}'
    flight = add(desk, "transport_leg", f"owner={visit}", "mode=flight", "departs_from.en=Beijing", hours)
    assert said_of(desk, flight) == [], "nobody knows where it lands"
    edit(desk, flight, "arrives_at.en=Madrid")
    assert said_of(desk, flight) == []
    edit(desk, flight, "arrives_at.en=Shanghai")
    assert said_of(desk, flight) == ["It ends before it begins."]


def test_an_hour_that_does_not_exist_is_said_wherever_the_programme_is_read(desk: Desk) -> None:
    visit = add(desk, "visit", "title.en=Visit", "dates=2027-03-26/2027-03-29", "time_zone=Europe/Budapest")
    hours = 'when={"date": "2027-03-28", "start": "02:30", "end": "03:30"}'
    point = add(desk, "itinerary_item", f"owner={visit}", "title.en=Transfer", hours)
    assert said_of(desk, point) == ["There is no 02:30 on that day: the clocks are put forward."]
    whole = visit_itinerary.programme(desk, visit)
    day = whole.day("2027-03-28")
    in_the_row = item_problem(day.items[0], day, whole)
    assert in_the_row == "no such hour: 02:30"
    assert in_the_row in CliRunner().invoke(cli, ["itinerary", str(desk.workspace.path), visit]).output
    [gap] = [each for each in gaps(desk, [visit]).found if each.code == "skipped_hour"]
    assert (gap.id, gap.field) == (point, "when")
    assert "02:30" in gap.text
    record: Any = records.get(desk, point)
    assert record.when.start == "02:30", "what was written stays"
    edit(desk, visit, "time_zone=Asia/Shanghai")
    assert said_of(desk, point) == []


def test_a_number_a_city_and_a_head_that_stand_there_twice(desk: Desk) -> None:
    first, second = (add(desk, "agreement", f"title.en=MoU {n}", "reference=M-001") for n in "AB")
    assert said_of(desk, first) == said_of(desk, second) == ["The number M-001 is used more than once."]
    ucap, city = add(desk, "ucap", "title.en=UCAP"), add(desk, "place", "name.en=Liuzhou")
    roles = list(codes("ucap_place_role"))
    other = add(desk, "ucap_place", f"owner={ucap}", f"place={city}", f"role={roles[1]}")
    place = add(desk, "ucap_place", f"owner={ucap}", f"place={city}", f"role={roles[0]}")
    assert said_of(desk, place) == [], "in another role"
    edit(desk, other, f"role={roles[0]}")
    assert said_of(desk, place) == ["The place stands in the UCAP more than once."]
    visit = add(desk, "visit", "title.en=Visit", "dates=2026-11-24/2026-11-27")
    heads = [add(desk, "participation", f"owner={visit}", "free_name.en=A", "role=head", "side=A") for _ in range(2)]
    assert said_of(desk, visit) == ["The delegation has more than one head."]
    edit(desk, heads[0], "attendance=absent")
    assert said_of(desk, visit) == [], "who does not come is replaced"


def test_the_command_line_says_it(desk: Desk) -> None:
    meeting = add(desk, "meeting", "title.en=Talks", "when=2027-01-15", "status=held")
    for more in ([], ["--json"]):
        shown = CliRunner().invoke(cli, ["show", str(desk.workspace.path), meeting, *more])
        assert "The meeting is marked as held, but its date has not come." in shown.stderr
