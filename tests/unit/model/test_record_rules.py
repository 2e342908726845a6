"""Rules of all kinds offer and warn: what may come next, what is missing, what cannot be right, beside visits and their parts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.model.records import filled, make, warned
from ucapdesk.model.codes import codes
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.rules.record_rules import missing_fields, missing_languages, steps_between, warnings
from ucapdesk.model.values import Bilingual

TODAY = date(2026, 11, 25)
STATUS = KINDS["agreement"].fields["status"]


@pytest.mark.parametrize("name", ["agreement_status", "visit_status", "meeting_status", "action_status", "step_status"])
def test_steps_between_only_take_offered_steps(name: str) -> None:
    field = next(f for kind in KINDS.values() for f in kind.fields.values() if f.meta.codes == name)
    known = codes(name)
    for start in known:
        for goal in known:
            at = start
            for step in steps_between(field, start, goal):
                assert step in known[at].facts["next"]
                at = step
            assert at in (start, goal)


def test_a_record_is_a_draft_until_its_needed_fields_are_filled() -> None:
    assert missing_fields(make("meeting", title={"en": "Talks"}))
    assert not missing_fields(make("meeting", title={"zh": "会谈"}, when={"date": "2019-06"}))
    assert not any(missing_fields(filled(kind)) for kind in KINDS)
    assert missing_fields(make("person"))
    assert not missing_fields(make("person", name_han={"family": "张", "given": "伟"})), "one script is enough"


def test_a_text_in_one_language_lacks_the_other_unless_it_is_not_needed() -> None:
    meeting = make("meeting", title={"en": "Talks"}, summary={"en": "Well", "zh": "好"}, background={"zh": "背景"})
    assert missing_languages(meeting) == {"title": ("zh",), "background": ("en",)}
    assert missing_languages(make("meeting", title=Bilingual(en="OK").mark("zh", "not_needed"))) == {}


def test_what_ends_before_it_begins_and_what_lies_outside_its_visit() -> None:
    visit = make("visit", id="v", dates="2019-06-09/2019-06-15")
    outside = make("itinerary_item", owner="v", when={"date": "2019-06-16", "start": "10:00", "end": "09:00"})
    assert warned(outside, visit, today=TODAY) == [
        "It ends before it begins.",
        "The date lies outside the dates of the visit.",
    ]
    assert warned(make("meeting", visit="v", when={"date": "2019-06"}), visit, today=TODAY) == [], "June may be within"
    assert warned(make("meeting", visit="v", when={"date": "2019-07"}), visit, today=TODAY) != []
    assert (
        warned(
            make("meeting", when={"date": "2019-06-12", "start": "23:00", "end": "01:00", "end_date": "2019-06-13"}),
            today=TODAY,
        )
        == []
    )
    assert warned(make("meeting", when={"date": "2019-06-12", "end_date": "2019-06-11"}), today=TODAY) == [
        "It ends before it begins."
    ]


def test_a_delegation_has_one_head() -> None:
    visit = make("visit", id="v", head="p1", dates="2019-06")
    heads = [make("participation", id=p, owner="v", person=p, role="head", side="A") for p in ("p1", "p2")]
    host = make("participation", id="p3", owner="v", person="p3", role="head", side="B")
    assert warned(visit, heads[0], host, today=TODAY) == []
    assert warned(visit, *heads, today=TODAY) == ["The delegation has more than one head."]
    assert warned(visit, host, today=TODAY) == ["The head of delegation is not the one in the list of participants."]


def test_a_status_that_is_ahead_of_its_date() -> None:
    assert warned(make("visit", dates="2027", status="completed"), today=TODAY) != []
    assert warned(make("meeting", when={"date": "2027"}, status="held"), today=TODAY) != []
    assert warned(make("meeting", when={"date": "2026-11"}, status="held"), today=TODAY) == []
    assert warned(make("action_item", status="blocked"), today=TODAY) == [
        "The action is blocked, but no reason is given."
    ]


@given(st.sampled_from(sorted(KINDS)), st.integers(-5000, 5000))
def test_warnings_never_fail_whatever_stands_beside_what(kind: str, days: int) -> None:
    record, others = filled(kind), [filled(other) for other in ("visit", "participation", "agreement", "ucap_place")]
    others.append(make(kind, id="another"))
    for each in warnings(record, TODAY + timedelta(days), others) + warnings(make(kind), TODAY, others):
        assert each.say("en")
