"""An MoU: what may follow its status, when it ends, when notice is due, what needs attention, what cannot be right."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.model.records import make, warned
from ucapdesk.model.codes import codes
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.rules.record_rules import steps_between
from ucapdesk.model.rules.status import GROUPS, agreement_flags, expiry, group_of, notice_by
from ucapdesk.model.values import PartialDate

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
