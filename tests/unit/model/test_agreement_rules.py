"""Rules offer and warn: what may come next, what is missing, what cannot be right, as exactly as dates are known."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.model.records import filled, make
from ucapdesk.model.codes import codes
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.rules.agreement_rules import GROUPS, agreement_flags, expiry, group_of, notice_by
from ucapdesk.model.rules.lateness import is_overdue
from ucapdesk.model.rules.record_rules import missing_fields, missing_languages, next_steps, steps_between, warnings
from ucapdesk.model.values import Bilingual, PartialDate

TODAY = date(2026, 11, 25)
STATUS = KINDS["agreement"].fields["status"]


def said(record: Any, *around: Any, today: date = TODAY) -> list[str]:
    return [message.say("en") for message in warnings(record, today, around)]


def test_a_status_offers_what_may_follow() -> None:
    assert [code.code for code in next_steps(STATUS, "partly_signed")] == ["signed", "cancelled"]
    assert [code.code for code in next_steps(STATUS, None)] == ["idea"]
    assert next_steps(STATUS, "completed") == next_steps(STATUS, "of a newer program") == ()


def test_mark_as_signed_is_offered_from_any_earlier_status_and_writes_the_steps_between() -> None:
    assert steps_between(STATUS, "drafting", "signed") == ("internal_review", "approved", "ready_to_sign", "signed")
    assert steps_between(STATUS, None, "proposed") == ("idea", "proposed")
    assert steps_between(STATUS, "unknown", "signed") == ("signed",)
    assert steps_between(STATUS, "cancelled", "signed") == ()
    for code in codes("agreement_status"):
        if group_of(code) in ("preparing", "ready"):
            assert steps_between(STATUS, code, "signed")[-1] == "signed"


@pytest.mark.parametrize("name", ["agreement_status", "visit_status", "meeting_status", "action_status", "step_status"])
def test_steps_between_only_take_offered_steps(name: str) -> None:
    field = next(f for kind in KINDS.values() for f in kind.fields.values() if f.meta.codes == name)
    for start in codes(name):
        for goal in codes(name):
            at = start
            for step in steps_between(field, start, goal):
                assert step in {code.code for code in next_steps(field, at)}
                at = step
            assert at in (start, goal)


def test_every_status_has_its_place_in_the_bar_of_the_register() -> None:
    assert tuple(codes("agreement_group")) == GROUPS
    assert {group_of(code) for code in codes("agreement_status")} == set(GROUPS)
    assert group_of(None) == group_of("of a newer program") == "preparing"


@pytest.mark.parametrize(
    ("signed", "months", "ends"),
    [
        ("2019-06-12", 24, "2021-06-12"),
        ("2019-01-31", 1, "2019-02-28"),
        ("2019-06", 24, "2021-06"),
        ("2019-06~", 7, "2020-01~"),
        ("2019", 24, "2021"),
        ("2019", 18, "2020-07/2021-06"),
        ("2019-06-09/2019-06-15", 12, "2020-06-09/2020-06-15"),
        ("2019/..", 12, None),
        ("9999-06", 12, None),
    ],
)
def test_an_agreement_ends_as_exactly_as_its_beginning_is_known(signed: str, months: int, ends: str | None) -> None:
    found = expiry(make("agreement", signed=signed, term_months=months))
    assert (found.edtf if found else None) == ends


def test_a_recorded_end_and_coming_into_force_go_first() -> None:
    agreement = make("agreement", signed="2019-06", in_force="2019-09", term_months=12)
    assert expiry(agreement).edtf == "2020-09"  # type: ignore[union-attr]
    assert expiry(make("agreement", signed="2019-06", term_months=12, expires="2030")).edtf == "2030"  # type: ignore[union-attr]
    assert expiry(make("agreement", signed="2019-06")) is None


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 600), st.sampled_from([4, 7]))
def test_a_less_exact_beginning_never_rules_out_the_true_end(day: date, months: int, length: int) -> None:
    exact = expiry(make("agreement", signed=day.isoformat(), term_months=months))
    rough = expiry(make("agreement", signed=day.isoformat()[:length], term_months=months))
    assert exact is not None
    assert rough is not None
    assert rough.bounds[0] <= exact.bounds[0] <= exact.bounds[1] <= rough.bounds[1]


def _flags(**values: Any) -> tuple[str, ...]:
    files = [make("attachment", **file) for file in values.pop("files", ())]
    return agreement_flags(make("agreement", **values), TODAY, files)


def test_an_agreement_is_expiring_within_its_own_time_of_reminding() -> None:
    scan = {"files": [{"type": "signed_scan", "language": "en"}, {"language": "zh"}]}
    assert _flags(status="in_force", expires="2027-03", **scan) == ("expiring",)
    assert _flags(status="in_force", expires="2027-03", lead_days=30, **scan) == ()
    assert _flags(status="in_force", expires="2020", **scan) == ("expiring",)
    assert _flags(status="expired", expires="2020", **scan) == ()
    assert _flags(status="in_force", signed="2026", term_months=12, **scan) == ("expiring",), "2027 may be soon"


def test_a_signature_is_overdue_only_when_its_last_possible_day_is_over() -> None:
    assert "overdue_signature" in _flags(status="ready_to_sign", signing_planned="2026-10")
    assert "overdue_signature" not in _flags(status="ready_to_sign", signing_planned="2026-11")
    assert "overdue_signature" not in _flags(status="signed", signing_planned="2026-10")


def test_notice_is_due_where_it_would_go_on_by_itself() -> None:
    values = {"status": "in_force", "expires": "2027-02-01", "notice_days": 60, "renewal": "automatic"}
    assert "notice_window" in _flags(**values)
    assert "notice_window" not in _flags(**{**values, "renewal": "by_agreement"})
    assert "notice_window" not in _flags(**{**values, "notice_days": 5}), "there is time enough"
    assert "notice_window" not in _flags(**{**values, "notice_days": 120}), "it is too late"
    assert "notice_window" not in _flags(**{**values, "notice_given": "2026-11"})


@pytest.mark.parametrize(("ends", "last_day"), [("2027-02-01", "2026-12-03"), ("2027-02", "2026-12-03/2026-12-30")])
def test_the_last_day_for_notice_is_as_exact_as_the_end(ends: str, last_day: str) -> None:
    values = {"status": "in_force", "expires": ends, "notice_days": 60, "renewal": "automatic"}
    assert notice_by(make("agreement", **values)) == PartialDate(last_day)


def test_a_signed_agreement_lacks_its_scan_and_a_language_until_they_are_there() -> None:
    assert _flags(status="signed", text={"en": "…"}) == ("missing_scan", "missing_language")
    assert _flags(status="signed", text={"en": "…", "zh": "…"}, files=[{"type": "signed_scan"}]) == ()
    assert _flags(status="unknown", placeholder=True) == _flags(status="idea") == ()


def test_an_action_is_overdue_after_its_last_possible_day() -> None:
    assert is_overdue(make("action_item", due="2026-10", status="open"), TODAY)
    assert not is_overdue(make("action_item", due="2026-11", status="open"), TODAY)
    assert not is_overdue(make("action_item", due="2026-10", status="done"), TODAY)
    assert not is_overdue(make("action_item", status="open"), TODAY)


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


@pytest.mark.parametrize(
    ("values", "warning"),
    [
        ({"status": "signed"}, "The MoU is marked as signed, but the date of signing is not recorded."),
        ({"status": "drafting", "signed": "2019"}, "A date of signing is recorded, but the MoU is not marked as signed."),
        ({"status": "signed", "signed": "2027"}, "The date of signing has not come."),
        ({"signed": "2019-06", "in_force": "2019-05", "status": "in_force"}, "The MoU comes into force before it is signed."),
        ({"signed": "2026-06", "expires": "2025", "status": "expired"}, "The MoU expires before it is signed or comes into force."),
        ({"signed": "2019-06", "expires": "2025", "status": "in_force"}, "The MoU has expired, but is not marked as expired."),
        ({"signed": "2019-06", "in_force": "2019", "status": "in_force"}, None),
        ({"status": "signed", "placeholder": True}, None),
        ({"status": "unknown"}, None),
    ],
)  # fmt: skip
def test_dates_and_status_of_an_agreement_that_do_not_go_together(values: dict[str, Any], warning: str | None) -> None:
    assert said(make("agreement", **values)) == ([warning] if warning else [])


def test_what_ends_before_it_begins_and_what_lies_outside_its_visit() -> None:
    visit = make("visit", id="v", dates="2019-06-09/2019-06-15")
    outside = make("itinerary_item", owner="v", when={"date": "2019-06-16", "start": "10:00", "end": "09:00"})
    assert said(outside, visit) == ["It ends before it begins.", "The date lies outside the dates of the visit."]
    assert said(make("meeting", visit="v", when={"date": "2019-06"}), visit) == [], "June may be within"
    assert said(make("meeting", visit="v", when={"date": "2019-07"}), visit) != []
    assert (
        said(make("meeting", when={"date": "2019-06-12", "start": "23:00", "end": "01:00", "end_date": "2019-06-13"}))
        == []
    )
    assert said(make("meeting", when={"date": "2019-06-12", "end_date": "2019-06-11"})) == ["It ends before it begins."]


def test_a_delegation_has_one_head() -> None:
    visit = make("visit", id="v", head="p1", dates="2019-06")
    heads = [make("participation", id=p, owner="v", person=p, role="head", side="A") for p in ("p1", "p2")]
    host = make("participation", id="p3", owner="v", person="p3", role="head", side="B")
    assert said(visit, heads[0], host) == []
    assert said(visit, *heads) == ["The delegation has more than one head."]
    assert said(visit, host) == ["The head of delegation is not the one in the list of participants."]


def test_a_status_that_is_ahead_of_its_date() -> None:
    assert said(make("visit", dates="2027", status="completed")) != []
    assert said(make("meeting", when={"date": "2027"}, status="held")) != []
    assert said(make("meeting", when={"date": "2026-11"}, status="held")) == []
    assert said(make("action_item", status="blocked")) == ["The action is blocked, but no reason is given."]


def test_a_number_used_twice_is_a_warning() -> None:
    other = make("agreement", id="b", reference="M-001")
    assert said(make("agreement", id="a", reference="M-001"), other) == ["The number M-001 is used more than once."]
    assert said(make("agreement", id="a"), make("agreement", id="b")) == []


@given(st.sampled_from(sorted(KINDS)), st.integers(-5000, 5000))
def test_warnings_never_fail_whatever_stands_beside_what(kind: str, days: int) -> None:
    record, others = filled(kind), [filled(other) for other in ("visit", "participation", "agreement", "ucap_place")]
    others.append(make(kind, id="another"))
    for each in warnings(record, TODAY + timedelta(days), others) + warnings(make(kind), TODAY, others):
        assert each.say("en")
