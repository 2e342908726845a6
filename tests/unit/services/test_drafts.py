"""Typing that was not saved when the program ended."""

from __future__ import annotations

from tests.helpers.clock import FrozenClock
from ucapdesk.base.ids import new_id
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import Bilingual
from ucapdesk.services import Desk
from ucapdesk.services.records import draft_texts, history, records
from ucapdesk.store import drafts
from ucapdesk.store.refusals import ChangedMeanwhile


def _meeting(desk: Desk) -> str:
    return records.add(desk, "meeting", {"title": Bilingual(en="Kick-off")})


def test_what_was_typed_is_saved_at_the_next_start(desk: Desk, clock: FrozenClock) -> None:
    id_ = _meeting(desk)
    seen = desk.heads(id_)
    draft_texts.keep(desk, "meeting", id_, "title.zh", "启动", seen)
    draft_texts.keep(desk, "meeting", id_, "title.zh", "启动会", seen)
    draft_texts.keep(desk, "meeting", id_, "when", {"date": "2019-06"}, seen)
    assert records.get(desk, id_).title.get("zh") is None  # type: ignore[attr-defined]
    assert [(left.id, dict(left.cells), left.error) for left in draft_texts.commit_left_over(desk)] == [
        (id_, {"title.zh": "启动会", "when": {"date": "2019-06"}}, None)
    ]
    assert history.next_undo(desk) == "Kept what was typed into “Kick-off” (Meeting): Title · 中文, Date and time"
    assert draft_texts.commit_left_over(desk) == []


def test_a_record_nobody_saved_yet_is_made(desk: Desk) -> None:
    meeting, id_ = _meeting(desk), new_id()
    draft_texts.keep(desk, "agenda_item", id_, "owner", meeting, {})
    draft_texts.keep(desk, "agenda_item", id_, "title.en", "Topic", {})
    draft_texts.commit_left_over(desk)
    assert [child.id for child in records.children(desk, meeting)["agenda_item"]] == [id_]


def test_what_cannot_be_saved_is_still_kept_and_told(desk: Desk) -> None:
    moved, gone, half = _meeting(desk), _meeting(desk), _meeting(desk)
    draft_texts.keep(desk, "meeting", moved, "title.en", "Start", desk.heads(moved))
    draft_texts.keep(desk, "meeting", gone, "title.en", "Start", desk.heads(gone))
    draft_texts.keep(desk, "meeting", half, "when", "2019-", desk.heads(half))
    records.edit(desk, moved, parse_assignments(KINDS["meeting"], ["title.en=Opening"]))
    records.trash(desk, gone)
    told = {left.id: left.error for left in draft_texts.commit_left_over(desk)}
    assert isinstance(told[moved], ChangedMeanwhile)
    assert told[gone] is not None
    assert told[half] is None
    assert {draft.id for draft in drafts.kept(desk)} == {moved, gone, half}
    draft_texts.drop(desk, half, "when")
    draft_texts.drop(desk, gone)
    assert {draft.id for draft in drafts.kept(desk)} == {moved}
