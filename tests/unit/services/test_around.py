"""What is around somebody or something: everything that names it, by time, with what it has to do with it."""

from __future__ import annotations

import pytest

from tests.helpers.clock import FrozenClock
from ucapdesk.base.i18n import use_language
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import When
from ucapdesk.services.records import records, related
from ucapdesk.store.desk import Desk


def _add(desk: Desk, kind: str, *assignments: str, **values: object) -> str:
    named = KINDS[kind]
    return records.add(desk, kind, {**parse_assignments(named, assignments, new=True), **values})


def test_of_a_person_what_they_took_part_in_signed_and_have_to_do(desk: Desk, clock: FrozenClock) -> None:
    chen = _add(desk, "person", "name.family=Chen", "name.given=Yan")
    house = _add(desk, "organisation", "name.en=FAO Liuzhou")
    _add(desk, "affiliation", f"owner={chen}", f"organisation={house}", "post.en=Section chief")
    visit = _add(desk, "visit", "title.en=Study visit", "dates=2099-06")
    _add(desk, "itinerary_item", f"owner={visit}", "title.en=Tour", f"interpreter={chen}", when=When("2099-06-02"))
    meeting = _add(desk, "meeting", "title.en=Talks", when=When("2019-06-10", "09:30"))
    _add(desk, "participation", f"owner={meeting}", f"person={chen}")
    _add(desk, "action_item", f"owner={meeting}", "text.en=Send data", f"person={chen}", "due=2019-07")
    _add(desk, "action_item", "text.en=Done", f"person={chen}", "status=done")
    agreement = _add(desk, "agreement", "title.en=Pilot", "signed=2019-09-19")
    _add(desk, "signatory", f"owner={agreement}", f"person={chen}")
    found = related.around(desk, chen)
    near = found.rows
    assert [(each.kind, each.title, each.when, each.ahead) for each in near] == [
        ("meeting", "Talks", "10 June 2019, 09:30", False),
        ("action_item", "Send data", "July 2019", False),
        ("agreement", "Pilot", "19 September 2019", False),
        ("visit", "Study visit", "June 2099", True),
        ("action_item", "Done", "", False),
        ("organisation", "FAO Liuzhou", "", False),
    ]
    roles = {each.title: each.role for each in near}
    assert (roles["Talks"], roles["Study visit"], roles["FAO Liuzhou"]) == (
        "Participant",
        "Interpreter",
        "Section chief",
    )
    assert roles["Send data"] == "Responsible"
    assert [*related.counts(found)] == [
        ("visit", "Visits 1"), ("meeting", "Meetings 1"), ("agreement", "MoUs 1, 1 signed"), ("action_item", "Actions 2, 1 open"),
        ("organisation", "Organisations 1"),
    ]  # fmt: skip
    ((kind, role),) = [(each.kind, each.role) for each in related.around(desk, house).rows]
    assert (kind, role) == ("person", "Section chief")
    records.trash(desk, meeting)
    assert "Talks" not in {each.title for each in related.around(desk, chen).rows}


def test_of_a_ucap_its_visits_and_meetings_in_their_order(liuzhou: Desk) -> None:
    (ucap,) = records.listing(liuzhou, "ucap")
    near = related.around(liuzhou, ucap).rows
    assert not {each.role for each in near if each.kind in ("visit", "meeting")} - {""}, (
        "that it is of the UCAP is plain"
    )
    dated = [each for each in near if each.day]
    assert [each.day for each in dated] == sorted(each.day for each in dated)
    kinds = [each.kind for each in near]
    assert (kinds.count("visit"), kinds.count("meeting"), kinds.count("pilot_project")) == (4, 5, 8)
    assert kinds.count("place") >= 7
    assert {each.when for each in near if each.kind == "visit"} >= {"April 2019", "June 2019"}


def test_of_a_city_who_is_there_and_what_was_held(liuzhou: Desk) -> None:
    use_language("zh")
    city = records.listing(liuzhou, "place", "Brussels")[0]
    near = related.around(liuzhou, city).rows
    assert {each.kind for each in near} >= {"meeting"}
    assert all(each.role for each in near if each.kind == "meeting")


def test_of_somebody_busy_the_latest_are_read_and_all_are_counted(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(related, "MAX_ROWS_PER_KIND", 3)
    ucap = _add(desk, "ucap", "title.en=U")
    for year in range(2010, 2020):
        _add(desk, "meeting", f"title.en={year}", f"ucap={ucap}", when=When(str(year)))
    found = related.around(desk, ucap)
    assert [each.title for each in found.rows] == ["2017", "2018", "2019"]
    assert [*related.counts(found)] == [("meeting", "Meetings 10")]
