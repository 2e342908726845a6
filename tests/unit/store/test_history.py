"""The history of a record tells who wrote what, losing values and comings and goings included."""

from __future__ import annotations

from tests.property.world import TestDesk, pass_on
from tests.unit.store.desks import add, ana, bo, chen, meet, put, title, trash
from ucapdesk.base.ids import derived_id
from ucapdesk.model.kinds.visit_kinds import Meeting
from ucapdesk.model.values import Bilingual, Codes

__all__ = ["ana", "bo", "chen"]


def told(desk: TestDesk, id_: str) -> list[tuple[str, str, object, object]]:
    return [(c.person.removeprefix("Person "), c.field, c.old, c.new) for c in desk.history(id_)]


def test_every_value_is_told_with_the_one_before_it(ana: TestDesk, bo: TestDesk) -> None:
    id_ = add(ana, Meeting, room="1")
    pass_on(ana, bo)
    put(bo, id_, room="2")
    pass_on(bo, ana)
    title(ana, id_, zh="圆桌")
    assert told(ana, id_) == [
        ("ana", "room", None, "1"),
        ("bo", "room", "1", "2"),
        ("ana", "title.zh", None, "圆桌"),
    ]


def test_two_changes_made_without_knowing_of_each_other_both_tell_what_stood_before(
    ana: TestDesk, bo: TestDesk
) -> None:
    id_ = add(ana, Meeting, room="1")
    pass_on(ana, bo)
    put(ana, id_, room="2")
    put(bo, id_, room="3")
    meet(ana, bo)
    for desk in (ana, bo):
        assert {("ana", "room", "1", "2"), ("bo", "room", "1", "3")} <= set(told(desk, id_))


def test_the_value_that_lost_a_decision_is_still_there(ana: TestDesk, bo: TestDesk) -> None:
    id_ = add(ana, Meeting, room="1")
    pass_on(ana, bo)
    put(ana, id_, room="2")
    put(bo, id_, room="3")
    meet(ana, bo)
    ana.decide(id_, "room", "3")
    pass_on(ana, bo)
    for desk in (ana, bo):
        assert {c.new for c in desk.history(id_)} == {"1", "2", "3"}


def test_members_of_a_set_come_and_go_as_changes_of_their_field(ana: TestDesk) -> None:
    id_ = add(ana, Meeting, tags=Codes(["a"]))
    put(ana, id_, tags=Codes(["b"]))
    put(ana, id_, tags=Codes(["b", "a"]))
    assert [(c.field, c.old, c.new) for c in ana.history(id_)] == [
        ("tags", None, "a"),
        ("tags", "a", None),
        ("tags", None, "b"),
        ("tags", None, "a"),
    ]


def test_trash_and_steps_back_are_part_of_it(ana: TestDesk) -> None:
    id_ = add(ana, Meeting, title=Bilingual(en="A"))
    trash(ana, id_)
    ana.undo()
    assert [(c.field, c.new, c.label[0]) for c in ana.history(id_)][1:] == [("~", 1, "record.trash"), ("~", 0, "undo")]


def test_a_record_nobody_wrote_has_none(ana: TestDesk) -> None:
    assert ana.history(derived_id("nobody")) == []
