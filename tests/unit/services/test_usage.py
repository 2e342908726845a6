"""Before something goes to the Trash it is told where it is used; what goes with it does not count."""

from __future__ import annotations

from tests.helpers.errors import user_error
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.services.records.related import must_be_unused, usage


def _add(desk: Desk, kind: str, *said: str) -> str:
    return records.add(desk, kind, parse_assignments(KINDS[kind], said, new=True))


def test_a_person_is_told_with_what_the_parts_that_name_them_belong_to(desk: Desk) -> None:
    chen = _add(desk, "person", "name.family=Chen", "name.given=Yan")
    visit = _add(desk, "visit", "title.en=Study visit", f"head={chen}")
    _add(desk, "participation", f"owner={visit}", f"person={chen}")
    _add(desk, "meeting", "title.en=Talks", f"chair_a={chen}")
    _add(desk, "affiliation", f"owner={chen}", "post.en=Director")
    found = usage(desk, [chen])
    assert (found.total, sorted(found.named)) == (2, ["Meeting: Talks", "Visit: Study visit"])
    with user_error("still-used", match="Study visit"):
        must_be_unused(desk, [chen])


def test_sets_and_parts_count_and_what_goes_too_or_is_gone_does_not(desk: Desk) -> None:
    city = _add(desk, "place", "name.en=Granada")
    visit = _add(desk, "visit", "title.en=Study visit", f"host_places={city}")
    ucap = _add(desk, "ucap", "title.en=Green cities")
    theme = _add(desk, "theme", f"owner={ucap}", "name.en=Water")
    meeting = _add(desk, "meeting", "title.en=Talks", f"themes={theme}", f"visit={visit}")
    assert usage(desk, [city]).named == ("Visit: Study visit",)
    assert usage(desk, [ucap]).named == ("Meeting: Talks",), "it names a theme of the plan"
    assert usage(desk, [visit, meeting]).total == 0
    assert usage(desk, [ucap, visit, meeting, city]).total == 0
    records.trash(desk, meeting)
    assert usage(desk, [ucap]).total == usage(desk, [visit]).total == 0


def test_of_many_places_the_first_are_named_and_the_rest_counted(desk: Desk) -> None:
    city = _add(desk, "place", "name.en=Granada")
    for n in range(8):
        _add(desk, "meeting", f"title.en=Talks {n}", f"places={city}")
    found = usage(desk, [city])
    assert (found.total, len(found.named)) == (8, 5)
    assert found.lines()[-1] == "3 more"


def test_a_part_in_a_visit_is_used_where_the_visit_counts_on_the_person(desk: Desk) -> None:
    chen = _add(desk, "person", "name.family=Chen", "name.given=Yan")
    visit = _add(desk, "visit", "title.en=Study visit")
    part = _add(desk, "participation", f"owner={visit}", f"person={chen}")
    elsewhere = _add(desk, "meeting", "title.en=Of another visit", f"chair_a={chen}")
    assert usage(desk, [part]).total == 0, "what is elsewhere does not count on them here"
    dinner = _add(desk, "itinerary_item", f"owner={visit}", "title.en=Dinner", f"our_lead={chen}")
    talks = _add(desk, "meeting", "title.en=Talks", f"visit={visit}")
    _add(desk, "participation", f"owner={talks}", f"person={chen}")
    records.edit(desk, visit, {"head": chen})
    assert sorted(usage(desk, [part]).named) == ["Meeting: Talks", "Programme item: Dinner", "Visit: Study visit"]
    assert usage(desk, [part, dinner, talks, visit]).total == 0
    assert usage(desk, [elsewhere]).total == 0
