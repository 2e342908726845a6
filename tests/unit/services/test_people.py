"""A meeting with somebody: it begins now and has them among its participants."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.helpers.errors import user_error
from ucapdesk.briefing.blocks.content import all_words
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import Bilingual, PartialDate, PersonName
from ucapdesk.papers import printing as papers
from ucapdesk.services import meetings
from ucapdesk.services.people import vcards
from ucapdesk.services.records import history, records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.store.desk import Desk
from ucapdesk.store.refusals import InTrash

NOW = datetime(2026, 11, 24, 15, 7, tzinfo=UTC)


def _add(desk: Desk, kind: str, *assignments: str) -> str:
    return records.add(desk, kind, parse_assignments(KINDS[kind], assignments, new=True))


def test_a_meeting_with_somebody_begins_now_and_is_one_step(desk: Desk) -> None:
    chen = _add(desk, "person", "name.family=Chen")
    before = maintenance.digest(desk)
    made: Any = records.get(desk, meetings.meet(desk, chen, NOW))
    assert (made.when.date, made.when.start) == ("2026-11-24", "15:00")
    (part,) = records.children(desk, made.id)["participation"]
    assert part.person == chen  # type: ignore[attr-defined]
    history.undo(desk)
    assert maintenance.digest(desk) == before


def test_only_with_people_who_are_there(desk: Desk) -> None:
    with user_error("wrong-kind-linked"):
        meetings.meet(desk, _add(desk, "place", "name.en=Liuzhou"), NOW)
    gone = _add(desk, "person", "name.family=Gone")
    records.trash(desk, gone)
    with pytest.raises(InTrash):
        meetings.meet(desk, gone, NOW)


def test_the_post_that_somebody_holds_today_is_told_everywhere(desk: Desk) -> None:
    person = records.add(desk, "person", {"name": PersonName("Tamm", "Liis"), "salutation": "ms"})
    for post, dates in (("Mayor", "2015/2019"), ("Director", "2020/..")):
        records.add(desk, "affiliation", {"owner": person, "post": Bilingual(en=post), "dates": PartialDate(dates)})
    visit = records.add(desk, "visit", {"title": Bilingual(en="Visit", zh="访问"), "travelling_side": "B"})
    records.add(desk, "participation", {"owner": visit, "person": person, "side": "B"})
    assert records.as_json(desk, records.get(desk, person))["computed"] == {
        "address_as": {"en": "Director Tamm", "zh": None}
    }
    found = records.get(desk, person)
    assert isinstance(found, Person)
    assert [each.post["en"] for each in vcards.card_of(desk, found).positions] == ["Director"]
    for document in ("delegation_list", "visit_pack"):
        paper = papers.make(desk, papers.request(desk, [visit], document=document))
        said = {words.text.get("en") for words, _ in all_words(paper)}
        assert "Director" in said
        assert not {"Mayor", "Mayor Tamm"} & said
