"""What a search shows: records that stand alone, and parts with what they belong to."""

from __future__ import annotations

from ucapdesk.model.entry import parse_assignments
from ucapdesk.model.kinds import KINDS
from ucapdesk.services import Desk, records, search


def test_parts_are_shown_with_what_they_belong_to(desk: Desk) -> None:
    meeting = records.add(
        desk, "meeting", parse_assignments(KINDS["meeting"], ["title.en=Kick-off", "title.zh=启动会"])
    )
    said = [f"owner={meeting}", "title.en=Hydrogen"]
    topic = records.add(desk, "agenda_item", parse_assignments(KINDS["agenda_item"], said, new=True))
    assert search.find(desk, "hydro") == [search.Found("agenda_item", topic, "Hydrogen", "Kick-off", meeting)]
    assert search.find(desk, "启动", "zh") == [search.Found("meeting", meeting, "启动会", "", meeting)]
    assert [hit.id for hit in search.find(desk, "qidong")] == [meeting]
    assert search.find(desk, "hydro", kinds=["meeting"]) == []
    assert search.find(desk, " … ") == []
    records.trash(desk, meeting)
    assert search.find(desk, "hydro") == []
