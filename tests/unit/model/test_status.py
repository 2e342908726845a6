"""Statuses: what follows from each, what a record should have before it is chosen, and when something is late."""

from __future__ import annotations

from datetime import date
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.model.records import make, warned
from ucapdesk.model.codes import codes
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.rules.record_rules import MILESTONES, next_milestone, steps_between
from ucapdesk.model.rules.status import (
    EXPIRING,
    GROUPS,
    OVERDUE,
    Fact,
    agreement_flags,
    awaits_signature,
    codes_with,
    expiry,
    group_of,
    is_awaited,
    is_called_off,
    is_closed,
    is_held,
    is_open,
    is_overdue,
    is_signed,
    is_travelled,
    lateness,
    notice_by,
    runs,
)
from ucapdesk.model.values import PartialDate

WITH_STATUS = {name: kind.fields["status"].meta.codes for name, kind in KINDS.items() if "status" in kind.fields}


@pytest.mark.parametrize("name", sorted(set(WITH_STATUS.values())))
def test_facts_are_true_or_left_out_and_known_to_the_program(name: str) -> None:
    known = {"order", "next", "group", "aliases", *get_args(Fact)}
    for code in codes(name).values():
        assert set(code.facts) <= known, code.code
        assert all(code.facts[fact] is True for fact in get_args(Fact) if fact in code.facts), code.code


@pytest.mark.parametrize("kind", sorted(WITH_STATUS))
def test_a_record_is_open_or_closed_as_its_list_says_and_open_where_nothing_is_known(kind: str) -> None:
    closed = codes_with(WITH_STATUS[kind], "closed")
    assert closed, "nothing of the kind would ever be over"
    for code in (None, "of_a_newer_program", *codes(WITH_STATUS[kind])):
        record = make(kind, status=code)
        assert is_closed(record) == (code in closed)
        assert is_open(record) != is_closed(record)
        assert is_awaited(record) == (is_open(record) and not is_called_off(record))


def test_a_tick_closes_what_has_no_status() -> None:
    assert is_closed(make("checklist_item", done=True))
    assert is_open(make("checklist_item", done=False))
    assert is_open(make("checklist_item"))


def test_an_action_that_was_deferred_is_still_to_be_done_but_its_day_no_longer_holds() -> None:
    deferred = make("action_item", status="deferred", due="2019-06-30")
    assert is_open(deferred)
    assert not is_awaited(deferred)


def test_what_is_postponed_or_moved_online_may_still_take_place() -> None:
    for kind in ("visit", "meeting"):
        assert is_open(make(kind, status="postponed"))
        assert is_called_off(make(kind, status="postponed"))
        assert is_closed(make(kind, status="cancelled"))
    online: Any = make("visit", status="moved_online")
    assert (is_open(online), is_called_off(online), is_travelled(online)) == (True, False, False)
    assert not is_held(make("meeting", status="scheduled"))
    assert is_held(make("meeting", status="minutes_draft"))


def test_an_agreement_is_to_be_signed_or_signed_or_neither_and_never_both() -> None:
    for code in (None, *codes("agreement_status")):
        for signed in (None, "2019-06-12"):
            agreement = make("agreement", status=code, signed=signed)
            assert not (awaits_signature(agreement) and is_signed(agreement)), code
            assert not runs(agreement) or is_signed(agreement), code
            if group_of(code) in ("preparing", "ready"):
                assert awaits_signature(agreement) != is_signed(agreement), code
    assert awaits_signature(make("agreement", status="partly_signed", signed="2019-06-12")), "others are still to sign"
    assert not is_signed(make("agreement", status="unknown")), "it was only reported"
    assert runs(make("agreement", status="suspended")), "its term goes on"


def gaps(record: Any, **parts: list[Any]) -> tuple[str, list[str]]:
    """The state ahead, and where its gaps are."""
    goal, found = next_milestone(record, parts)
    return goal, [gap.where for gap in found]


def test_milestones_are_states_of_their_kind_in_its_order() -> None:
    for kind, goals in MILESTONES.items():
        known = list(codes(KINDS[kind].fields["status"].meta.codes))
        assert [known.index(goal) for goal in goals] == sorted(known.index(goal) for goal in goals), kind


def test_every_gap_leads_to_a_field_or_a_list_that_is_there() -> None:
    for kind, goals in MILESTONES.items():
        children = {child.name for child in KINDS[kind].children}
        for status in (None, *goals):
            for gap in next_milestone(make(kind, status=status), {})[1]:
                assert gap.where in KINDS[kind].fields or gap.where in children, (kind, gap)
                assert gap.said.say("en")


def test_signing_asks_for_a_date_two_parties_and_a_signatory_of_each() -> None:
    ready = make("agreement", status="ready_to_sign")
    assert gaps(ready) == ("signed", ["signed", "agreement_party", "signatory"])
    a, b = make("agreement_party", id="a"), make("agreement_party", id="b")
    one = make("signatory", party="a", person="p")
    assert gaps(ready, agreement_party=[a, b], signatory=[one]) == ("signed", ["signed", "signatory"])
    dated = make("agreement", status="ready_to_sign", signed="2026-09")
    other = make("signatory", party="b", person="q")
    assert gaps(dated, agreement_party=[a, b], signatory=[one, other]) == ("in_force", ["in_force"])
    helper, witness = (
        make("signatory", party="b", person="q", role="assistant"),
        make("agreement_party", role="witness"),
    )
    assert gaps(dated, agreement_party=[a, b], signatory=[one, helper])[1] == ["signatory"], "who assists does not sign"
    assert gaps(dated, agreement_party=[a, b, witness], signatory=[one, other])[0] == "in_force", "a witness does not"
    assert gaps(dated, agreement_party=[a, witness], signatory=[one])[1] == ["agreement_party"]
    unnamed = [make("signatory", person="p"), make("signatory", person="q")]
    assert gaps(dated, agreement_party=[a, b], signatory=unnamed)[1] == ["signatory"], (
        "who signs for whom is asked, as in *Mark as signed…*"
    )


@pytest.mark.parametrize("status", ["in_force", "terminated", "cancelled"])
def test_nothing_is_asked_for_a_state_that_is_passed(status: str) -> None:
    assert gaps(make("agreement", status=status)) == ("", [])


def test_closing_a_meeting_asks_for_minutes_and_for_who_does_what_by_when() -> None:
    agreed = make("meeting", status="minutes_agreed")
    entry, action = make("minute_entry"), make("action_item", person="p")
    assert gaps(agreed, minute_entry=[entry], action_item=[action]) == ("closed", ["action_item"])
    due = make("action_item", person="p", due="2026-12-15")
    assert gaps(agreed, minute_entry=[entry], action_item=[due]) == ("", [])


def test_kinds_without_milestones_are_silent() -> None:
    assert gaps(make("person")) == ("", [])


TODAY = date(2026, 11, 25)
STATUS = KINDS["agreement"].fields["status"]


def test_mark_as_signed_is_offered_from_any_earlier_status_and_writes_the_steps_between() -> None:
    assert steps_between(STATUS, "drafting", "signed") == ("internal_review", "approved", "ready_to_sign", "signed")
    assert steps_between(STATUS, None, "proposed") == ("idea", "proposed")
    assert steps_between(STATUS, "unknown", "signed") == ("signed",)
    assert steps_between(STATUS, "cancelled", "signed") == ()
    for code in codes("agreement_status"):
        if group_of(code) in ("preparing", "ready"):
            assert steps_between(STATUS, code, "signed")[-1] == "signed"


def test_every_status_has_its_place_in_the_bar_of_the_register() -> None:
    assert tuple(codes("agreement_group")) == GROUPS
    assert {group_of(code) for code in codes("agreement_status")} == set(GROUPS)
    assert group_of(None) == group_of("of a newer program") == "preparing"


def test_an_agreement_ends_as_exactly_as_its_beginning_is_known() -> None:
    for signed, months, ends in [
        ("2019-06-12", 24, "2021-06-12"),
        ("2019-01-31", 1, "2019-02-28"),
        ("2019-06", 24, "2021-06"),
        ("2019-06~", 7, "2020-01~"),
        ("2019", 24, "2021"),
        ("2019", 18, "2020-07/2021-06"),
        ("2019-06-09/2019-06-15", 12, "2020-06-09/2020-06-15"),
        ("2019/..", 12, None),
        ("2019-08/2019", 6, "2020-02/2020-06"),
        ("2019/2020-03-05", 6, "2019-07/2020-09-05"),
        ("2019-12-31/2019", 18, "2021-06-30/2021-06"),
        ("9999-06", 12, None),
    ]:
        found = expiry(make("agreement", signed=signed, term_months=months))
        assert (found.edtf if found else None) == ends, signed


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
    assert warned(make("agreement", **values), today=TODAY) == ([warning] if warning else [])


def test_a_number_used_twice_is_a_warning() -> None:
    other = make("agreement", id="b", reference="M-001")
    assert warned(make("agreement", id="a", reference="M-001"), other, today=TODAY) == [
        "The number M-001 is used more than once."
    ]
    assert warned(make("agreement", id="a"), make("agreement", id="b"), today=TODAY) == []


def test_an_action_is_overdue_after_its_last_possible_day() -> None:
    assert is_overdue(make("action_item", due="2026-10", status="open"), TODAY)
    assert not is_overdue(make("action_item", due="2026-11", status="open"), TODAY)
    assert not is_overdue(make("action_item", due="2026-10", status="done"), TODAY)
    assert not is_overdue(make("action_item", status="open"), TODAY)


def test_an_mou_that_ends_soon_and_one_that_should_be_signed_say_so_at_that_date() -> None:
    ending = make("agreement", status="in_force", signed="2024-01-10", expires="2027-01-10")
    assert (lateness(ending, "expires", TODAY), lateness(ending, "signed", TODAY)) == (EXPIRING, "")
    unsigned = make("agreement", status="negotiation", signing_planned="2026-11-20")
    assert (lateness(unsigned, "signing_planned", TODAY), lateness(unsigned, "expires", TODAY)) == (OVERDUE, "")
    later = make("agreement", status="in_force", signed="2024-01-10", expires="2030-01-10")
    assert lateness(later, "expires", TODAY) == ""
