"""What the history of a record tells, and the steps back and forth."""

from __future__ import annotations

import pytest

from tests.helpers.clock import START, FrozenClock
from tests.helpers.errors import user_error
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.assignments import parse_assignments
from ucapdesk.model.values import Bilingual
from ucapdesk.services import Desk
from ucapdesk.services.records import history, records
from ucapdesk.store.refusals import NoSuchRecord, NothingToUndo


def test_every_value_a_field_ever_had_with_who_and_when(desk: Desk, clock: FrozenClock) -> None:
    meeting = KINDS["meeting"]
    id_ = records.add(desk, "meeting", parse_assignments(meeting, ["title.en=Kick off"], new=True))
    clock.tick(60)
    records.edit(desk, id_, parse_assignments(meeting, ["title.en=Kick-off", "title.zh=启动会", "tags=a,b"]))
    records.edit(desk, id_, {"title": Bilingual(en="Kick-off", zh="启动会").mark("zh", "draft")})
    records.edit(desk, id_, parse_assignments(meeting, ["tags-=a"]))
    records.trash(desk, id_)
    entries = history.of(desk, id_)
    assert [(entry.field, entry.old, entry.new) for entry in entries] == [
        ("title.en", None, "Kick off"),
        ("title.en", "Kick off", "Kick-off"),
        ("title.zh", None, "启动会"),
        ("tags", None, "a"),
        ("tags", None, "b"),
        ("title.zh.state", None, "draft"),
        ("tags", "a", None),
        ("trash", None, True),
    ]
    assert {entry.person for entry in entries} == {"Ana"}
    assert entries[0].time == START
    assert [entry.field_label for entry in entries[:2]] == ["Title · English", "Title · English"]
    assert entries[1].sentence == "Changed “Kick-off” (Meeting): Title · English, Title · 中文, Tags"
    assert "“启动会”（会议）" in history.of(desk, id_, "zh")[-1].sentence
    with pytest.raises(NoSuchRecord):
        history.of(desk, "nobody")


def test_steps_back_and_forth_are_said_before_they_are_taken(desk: Desk) -> None:
    assert history.next_undo(desk) is history.next_redo(desk) is None
    with pytest.raises(NothingToUndo):
        history.undo(desk)
    id_ = records.add(desk, "meeting", {"title": Bilingual(en="Kick-off")})
    assert history.next_undo(desk) == "Added “Kick-off” (Meeting)"
    undone = history.undo(desk)
    assert undone.records == {("meeting", id_)}
    assert records.get(desk, id_).is_deleted
    assert history.next_redo(desk) == "Added “Kick-off” (Meeting)"
    history.redo(desk)
    assert not records.get(desk, id_).is_deleted
    with user_error("nothing-to-redo"):
        history.redo(desk)
