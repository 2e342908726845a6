"""Warnings of what is lacking or looks odd, which is said and kept, and the holidays of both sides."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.model.records import filled, make, warned
from ucapdesk.model.codes import codes
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.rules.country_facts import holiday_on, is_announced
from ucapdesk.model.rules.limits import doubt
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


@pytest.mark.parametrize(
    "number",
    ["+86 772 282 5555", "0034 958 24 81 00", "+1 242 302 0130", "+44 (0)1226 770770", "＋８６１３９", "+870 773 1"],
)
def test_a_number_that_can_be_called_from_abroad_raises_no_doubt(number: str) -> None:
    assert doubt("phone", number) is None


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("0772 282 5555", "Without the country code"),
        ("+999 772 282 5555", "begins with no known calling code"),
        ("00210 12345", "begins with no known calling code"),
        ("ask Li", "does not look like one telephone number"),
    ],
)
def test_what_nobody_can_call_is_doubted(number: str, why: str) -> None:
    said = doubt("phone", number)
    assert said is not None
    assert why in said.say("en")


@pytest.mark.parametrize(
    ("country", "day", "lang", "said", "works"),
    [
        ("CN", date(2026, 10, 1), "en", "China: National Day", False),
        ("CN", date(2026, 10, 1), "zh", "中国：国庆节", False),
        ("CN", date(2026, 10, 10), "en", "China: working day", True),
        ("CN", date(2026, 2, 14), "zh", "中国：上班", True),
        ("ES", date(2026, 10, 12), "es", "España: Fiesta Nacional de España", False),
        ("PL", date(2027, 11, 11), "en", "Poland: National Independence Day", False),
    ],
)  # fmt: skip
def test_a_day_says_what_it_is_in_the_language_of_the_reader(
    country: str, day: date, lang: str, said: str, works: bool
) -> None:
    found = holiday_on(country, day, lang)
    assert found is not None
    assert (found.say(lang), found.works) == (said, works)


def test_other_days_and_countries_nobody_knows_are_like_any() -> None:
    assert holiday_on("CN", date(2026, 11, 24), "en") is None
    assert holiday_on("XX", date(2026, 1, 1), "en") is None
    assert holiday_on("CN", date(9999, 1, 1), "en") is None


def test_years_that_china_has_not_announced_are_known() -> None:
    assert is_announced("CN", 2026)
    assert not is_announced("CN", 2031)
    assert is_announced("PL", 2031), "the law says it"
