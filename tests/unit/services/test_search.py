"""What a search shows: records that stand alone, and parts with what they belong to."""

from __future__ import annotations

import pytest

from ucapdesk.model.kinds import KINDS
from ucapdesk.model.listing import ListView
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.services import Desk
from ucapdesk.services.records import lists, records, search


def test_parts_are_shown_with_what_they_belong_to(desk: Desk) -> None:
    meeting = records.add(
        desk, "meeting", parse_assignments(KINDS["meeting"], ["title.en=Kick-off", "title.zh=启动会"])
    )
    said = [f"owner={meeting}", "title.en=Hydrogen"]
    topic = records.add(desk, "agenda_item", parse_assignments(KINDS["agenda_item"], said, new=True))
    assert search.find(desk, "hydro") == [search.Found("agenda_item", topic, "Hydrogen", "Kick-off")]
    assert search.find(desk, "启动", "zh") == [search.Found("meeting", meeting, "启动会", "")]
    assert [hit.id for hit in search.find(desk, "qidong")] == [meeting]
    assert search.hits_of(desk, "hydro", 50, 50, ["meeting"]) == {}
    assert search.find(desk, " … ") == []
    records.trash(desk, meeting)
    assert search.find(desk, "hydro") == []


@pytest.fixture
def mou(desk: Desk) -> str:
    """One whose end follows from its term: 2 March 2028 is its last day for notice."""
    said = ["title.en=Rail freight", "title.zh=铁路货运", "status=in_force", "signed=2026-06-01", "term_months=24",
            "renewal=automatic", "notice_days=91"]  # fmt: skip
    return records.add(desk, "agreement", parse_assignments(KINDS["agreement"], said, new=True))


def _found(desk: Desk, text: str) -> list[str]:
    """What the box finds that is always at hand; the command and the filter of the list find the same."""
    ids = [hit.id for hit in search.best(desk, text).found]
    assert ids == [hit.id for hit in search.find(desk, text)]
    for kind in {hit.kind for hit in search.find(desk, text)} or {"agreement", "action_item", "person"}:
        assert set(lists.ids(desk, ListView(kind, find=text))) == set(records.listing(desk, kind, text)) <= set(ids)
    return ids


@pytest.mark.parametrize("text", ["1 June 2028", "2028年6月1日", "2028-06-01", "June 2028 rail", "铁路 2028年6月"])
def test_an_end_that_follows_from_the_term_is_found_by_its_day(desk: Desk, mou: str, text: str) -> None:
    assert search.find(desk, "May 2028") == []
    assert _found(desk, text) == [mou]


def test_what_is_late_is_found_by_the_word_until_it_is_done(desk: Desk) -> None:
    late, other = (
        records.add(desk, "action_item", parse_assignments(KINDS["action_item"], [f"text.en={text}", f"due={due}"]))
        for text, due in (("Send the schema", "2026-10-01"), ("Book the hall", "2026-12-01"))
    )
    assert (
        _found(desk, "overdue")
        == _found(desk, "逾期")
        == _found(desk, "over")
        == _found(desk, "schema overd")
        == [late]
    )
    assert _found(desk, "hall overdue") == []
    records.edit(desk, late, {"status": "done"})
    assert other not in _found(desk, "overdue")
    assert _found(desk, "overdue") == []


def test_what_needs_attention_is_found_by_the_words_of_the_list(desk: Desk) -> None:
    said = ["title.en=Shore power", "status=approved", "signing_planned=2026-10-01"]
    late = records.add(desk, "agreement", parse_assignments(KINDS["agreement"], said, new=True))
    assert _found(desk, "signature overdue") == _found(desk, "签署逾期") == _found(desk, "shore overdue") == [late]


@pytest.mark.parametrize("text", ["Vice Mayor Gong", "Gong vice mayor", "龚副市长", "副市长 龚", "vice gong"])
def test_a_person_is_found_by_how_one_speaks_to_them(desk: Desk, text: str) -> None:
    said = ["name.family=Gong", "name.given=Yan", "name.order=family_first", "name_han.family=龚", "name_han.given=燕"]
    gong = records.add(desk, "person", parse_assignments(KINDS["person"], said, new=True))
    records.add(desk, "person", parse_assignments(KINDS["person"], ["name.family=Gong", "name.given=Li"], new=True))
    records.add(
        desk,
        "affiliation",
        parse_assignments(KINDS["affiliation"], [f"owner={gong}", "post_code=vice_mayor"], new=True),
    )
    assert _found(desk, text) == [gong]
    records.trash(desk, gong)
    assert _found(desk, text) == []
