"""Of every status it is said once what it means, in its list, and everything that is asked follows from there."""

from __future__ import annotations

from typing import Any, get_args

import pytest

from tests.unit.model.records import make
from ucapdesk.model.codes import codes
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.rules.status import (
    Fact,
    awaits_signature,
    codes_with,
    group_of,
    is_awaited,
    is_called_off,
    is_closed,
    is_held,
    is_open,
    is_signed,
    is_travelled,
    runs,
)

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
