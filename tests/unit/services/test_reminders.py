"""Reminders of the register: in steps, put off until the next, and never lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.helpers.clock import FrozenClock
from ucapdesk.base.clock import today
from ucapdesk.model.values import Bilingual, PartialDate, PersonName
from ucapdesk.services import agreements, home
from ucapdesk.services.home import notices
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.store.desk import Desk

# The clock of these tests stands on Monday 2 November 2026.


def _mou(desk: Desk, days: int | None = None, **values: Any) -> str:
    given: dict[str, Any] = {"title": Bilingual(en="Granada", zh="格拉纳达"), "status": "in_force", **values}
    if days is not None:
        given["expires"] = PartialDate(f"{today(desk.workspace.clock) + timedelta(days)}")
    return records.add(desk, "agreement", given)


def _said(desk: Desk) -> list[str]:
    return [each.sentence for each in agreements.reminders(desk, today(desk.workspace.clock), "en")]


@pytest.mark.parametrize(
    ("days", "step"), [(180, 180), (91, 180), (90, 90), (31, 90), (30, 30), (8, 30), (7, 7), (0, 0), (-3, 0)]
)
def test_a_reminder_knows_its_step(desk: Desk, days: int, step: int) -> None:
    _mou(desk, days)
    (found,) = agreements.reminders(desk, today(desk.workspace.clock), "en")
    assert found.step == step
    assert found.urgent == (days <= 30)


@pytest.mark.parametrize(
    ("end", "how"), [("2026", "ends"), ("2026-11", "ends"), ("2026-10", "has ended"), ("2025", "has ended")]
)
def test_an_end_in_a_year_or_month_that_is_not_over_has_not_come(desk: Desk, end: str, how: str) -> None:
    _mou(desk, expires=PartialDate(end))
    (sentence,) = _said(desk)
    assert sentence.startswith(f"“Granada” {how}: ")


@pytest.mark.row("X5")
def test_what_is_put_off_comes_again_at_its_next_step(desk: Desk, clock: FrozenClock) -> None:
    id_ = _mou(desk, 60)
    other = _mou(desk, 61)
    agreements.put_off(desk, id_)
    assert [each.id for each in agreements.reminders(desk, today(desk.workspace.clock), "en")] == [other]
    later = today(desk.workspace.clock) + timedelta(31)
    assert id_ in [each.id for each in agreements.reminders(desk, later, "en")]


def test_the_last_reminder_cannot_be_put_off(desk: Desk) -> None:
    id_ = _mou(desk, 0)
    agreements.put_off(desk, id_)
    assert len(_said(desk)) == 1
    (need,) = [each for each in home.page(desk, lang="en").needs if "Granada" in each.sentence]
    assert not need.later


def test_notice_and_a_signature_that_is_late_are_reminded_of(desk: Desk) -> None:
    _mou(desk, 50, renewal="automatic", notice_days=30, title=Bilingual(en="Granada"))
    _mou(desk, status="ready_to_sign", title=Bilingual(en="Rome", zh="罗马"), signing_planned=PartialDate("2026-10"))
    assert _said(desk) == [
        "Signing of “Rome” was planned: October 2026",
        "“Granada” ends: 22 December 2026, in 50 days",
        "“Granada” renews automatically unless notice is given by 22 November 2026",
    ]
    told = [each.sentence for each in agreements.reminders(desk, today(desk.workspace.clock), "zh")]
    assert ["Granada (EN)" in each for each in told] == [False, True, True]


def test_whoever_is_responsible_is_named_and_only_they_are_told(desk: Desk) -> None:
    me, other = (records.add(desk, "person", {"name": PersonName(family, "Yan")}) for family in ("Chen", "Liu"))
    workspace_service.rename_person(desk, "Chen Yan")
    mine, theirs, nobodys = _mou(desk, 20, responsible=me), _mou(desk, 21, responsible=other), _mou(desk, 60)
    needs = [each for each in home.page(desk, lang="en").needs if "Granada" in each.sentence]
    assert [need.whose for need in needs] == ["Yan Chen", "Yan Liu", ""]
    assert [each.key.split()[0] for each in notices(desk, "en")] == [mine, nobodys]
    workspace_service.rename_person(desk, "Somebody Else")
    assert {each.key.split()[0] for each in notices(desk, "en")} == {mine, theirs, nobodys}, "nobody of that name"


def test_my_actions_are_told_on_their_day_and_after_it_each_once(desk: Desk, clock: FrozenClock) -> None:
    me = records.add(desk, "person", {"name": PersonName("Chen", "Yan")})
    workspace_service.rename_person(desk, "Chen Yan")
    for text, due in (("Schema", "2026-11-02"), ("Call", "2026-11-04"), ("Annex", "2026-11"), ("Hotel", "2026-10-30")):
        records.add(desk, "action_item", {"text": Bilingual(en=text), "person": me, "due": PartialDate(due)})
    done = {"text": Bilingual(en="Done"), "person": me, "due": PartialDate("2026-10-01"), "status": "done"}
    records.add(desk, "action_item", done)
    told = notices(desk, "en")
    assert [each.sentence for each in told] == ["Overdue: Hotel", "Due today: Schema"]
    clock.tick(2 * 86_400)
    later = notices(desk, "en")
    assert [each.sentence for each in later] == ["Overdue: Hotel", "Overdue: Schema", "Due today: Call"]
    assert {each.key for each in told} & {each.key for each in later} == {told[0].key}


def test_what_was_put_off_is_not_told(desk: Desk) -> None:
    agreements.put_off(desk, _mou(desk, 60))
    assert notices(desk, "en") == []


def test_what_has_no_day_or_is_over_is_not_reminded_of(desk: Desk) -> None:
    _mou(desk)
    _mou(desk, 10, status="terminated")
    _mou(desk, 200)
    assert _said(desk) == []
    agreements.put_off(desk, records.add(desk, "agreement", {"title": Bilingual(en="Bare")}))
