"""Ctrl+Z and Ctrl+Y on records that others also write: what goes back, and what is left alone and named."""

from __future__ import annotations

import random

import pytest

from tests.helpers.errors import user_error
from tests.property.world import TestDesk, pass_on
from tests.unit.store.desks import add, ana, bo, chen, hidden, meet, put, shown, title, trash, untrash
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import AgendaItem, Meeting, Participation
from ucapdesk.model.values import Bilingual, Codes, PersonName
from ucapdesk.store.refusals import NothingToUndo

__all__ = ["ana", "bo", "chen"]


def asked(desk: TestDesk) -> set[tuple[str, str]]:
    return {(q.id, q.cell) for q in desk.questions() if q.state == "decide"}


def test_steps_go_back_one_by_one_and_forth_again(ana: TestDesk) -> None:
    id_ = add(ana, Meeting, room="1")
    put(ana, id_, room="2")
    put(ana, id_, room="3")
    rooms = []
    for which in (ana.undo, ana.undo, ana.redo, ana.redo, ana.undo):
        which()
        rooms.append(shown(ana, id_, "room"))
    assert rooms == ["2", "1", "2", "3", "2"]


def test_undo_of_making_a_record_is_the_trash_and_redo_brings_it_back(ana: TestDesk) -> None:
    id_ = add(ana, Meeting, title=Bilingual(en="A"), tags=Codes(["x"]))
    ana.undo()
    assert hidden(ana, id_)
    ana.redo()
    assert not hidden(ana, id_)
    assert (shown(ana, id_, "title"), shown(ana, id_, "tags")) == (Bilingual(en="A"), Codes(["x"]))


def test_there_is_an_end_to_both(ana: TestDesk) -> None:
    with pytest.raises(NothingToUndo):
        ana.undo()
    add(ana, Meeting)
    with user_error("nothing-to-redo"):
        ana.redo()
    ana.undo()
    with pytest.raises(NothingToUndo):
        ana.undo()
    assert ana.next_undo() is None
    assert ana.next_redo() == ["record.add", {}]


def test_something_new_ends_what_could_be_done_again(ana: TestDesk) -> None:
    id_ = add(ana, Meeting, room="1")
    put(ana, id_, room="2")
    ana.undo()
    put(ana, id_, ordinal=4)
    assert ana.next_redo() is None
    assert ana.next_undo() == ["record.edit", {}]
    ana.undo()
    ana.undo()
    assert hidden(ana, id_)


def test_only_own_steps_are_taken_back(ana: TestDesk, bo: TestDesk) -> None:
    id_ = add(ana, Meeting, room="1")
    pass_on(ana, bo)
    put(bo, id_, ordinal=4)
    pass_on(bo, ana)
    ana.undo()
    assert shown(ana, id_, "ordinal") == 4


def test_a_field_a_colleague_changed_since_is_left_alone_and_named(ana: TestDesk, bo: TestDesk) -> None:
    id_ = add(ana, Meeting, room="1", ordinal=1)
    put(ana, id_, room="2", ordinal=2)
    pass_on(ana, bo)
    put(bo, id_, room="3")
    pass_on(bo, ana)
    done = ana.undo()
    assert done.skipped == ((id_, "room"),)
    assert (shown(ana, id_, "room"), shown(ana, id_, "ordinal")) == ("3", 1)


def test_a_field_two_people_disagree_about_is_left_alone(ana: TestDesk, bo: TestDesk) -> None:
    id_ = add(ana, Meeting, room="1")
    pass_on(ana, bo)
    put(ana, id_, room="2")
    put(bo, id_, room="3")
    meet(ana, bo)
    assert ana.undo().skipped == ((id_, "room"),)
    assert asked(ana) == {(id_, "room")}


def test_a_decision_taken_back_asks_again_everywhere_with_the_same_values(ana: TestDesk, bo: TestDesk) -> None:
    id_ = add(ana, Meeting, room="1")
    pass_on(ana, bo)
    put(ana, id_, room="2")
    put(bo, id_, room="3")
    meet(ana, bo)
    before = ana.questions()
    ana.decide(id_, "room", "2")
    meet(ana, bo)
    ana.undo()
    meet(ana, bo)
    assert ana.questions() == before
    assert {c.value for c in bo.questions()[0].candidates} == {"2", "3"}
    bo.decide(id_, "room", "3")
    meet(ana, bo)
    assert (asked(ana), shown(ana, id_, "room")) == (set(), "3")


def test_a_trash_taken_back_on_a_record_that_was_asked_about_asks_again(ana: TestDesk, bo: TestDesk) -> None:
    id_ = add(ana, Meeting, title=Bilingual(en="A"))
    pass_on(ana, bo)
    trash(ana, id_)
    title(bo, id_, en="B")
    meet(ana, bo)
    assert asked(ana) == {(id_, "~")}
    ana.decide(id_, "~", 1)
    assert hidden(ana, id_)
    ana.undo()
    assert not hidden(ana, id_)
    assert asked(ana) == {(id_, "~")}
    meet(ana, bo)
    assert asked(bo) == {(id_, "~")}


def test_making_a_record_is_not_taken_back_once_others_wrote_into_it(ana: TestDesk, bo: TestDesk) -> None:
    id_ = add(ana, Meeting, title=Bilingual(en="A"))
    pass_on(ana, bo)
    part = add(bo, AgendaItem, owner=id_, title=Bilingual(en="Point"))
    pass_on(bo, ana)
    assert ana.undo().skipped == ((id_, "~"),)
    assert not hidden(ana, id_)
    assert not hidden(ana, part)


def test_undo_does_not_write_into_the_trash(ana: TestDesk, bo: TestDesk) -> None:
    id_ = add(ana, Meeting, room="1")
    put(ana, id_, room="2")
    pass_on(ana, bo)
    trash(bo, id_)
    pass_on(bo, ana)
    assert ana.undo().skipped == ((id_, "room"),)
    assert hidden(ana, id_)
    assert ana.questions() == []


def test_trash_of_a_whole_and_restoring_go_back_and_forth_with_the_parts(ana: TestDesk) -> None:
    id_ = add(ana, Meeting, title=Bilingual(en="A"))
    part = add(ana, AgendaItem, owner=id_)
    trash(ana, id_)
    states = []
    for which in (ana.undo, ana.redo, ana.undo):
        which()
        states.append((hidden(ana, id_), hidden(ana, part)))
    assert states == [(False, False), (True, True), (False, False)]
    trash(ana, id_)
    untrash(ana, id_)
    ana.undo()
    assert hidden(ana, part)


def test_a_participant_added_again_goes_back_to_the_trash_with_the_old_values_beneath(ana: TestDesk) -> None:
    meeting = add(ana, Meeting)
    person = add(ana, Person, name=PersonName(family="Rossi"))
    who = {"owner": meeting, "person": person, "role": "guest"}
    id_ = add(ana, Participation, attendance="excused", **who)
    trash(ana, id_)
    add(ana, Participation, **who)
    ana.undo()
    assert hidden(ana, id_)
    ana.undo()
    assert not hidden(ana, id_)
    assert shown(ana, id_, "attendance") == "excused"


def test_undo_survives_a_restart_and_a_rebuild(ana: TestDesk) -> None:
    id_ = add(ana, Meeting, room="1")
    put(ana, id_, room="2")
    put(ana, id_, room="3")
    ana.undo()
    with ana.transaction():
        ana.merge.rebuild()
    ana.log.forget()
    assert (ana.next_undo(), ana.next_redo()) == (["record.edit", {}], ["record.edit", {}])
    ana.redo()
    ana.undo()
    ana.undo()
    assert shown(ana, id_, "room") == "1"


def test_two_hundred_steps_back_and_forth_restore_everything(ana: TestDesk) -> None:
    r = random.Random(5)
    ids = [add(ana, Meeting, title=Bilingual(en=f"Meeting {n}")) for n in range(4)]
    first = ana.tables()
    for n in range(200):
        id_ = r.choice(ids)
        match r.randrange(4):
            case 0:
                put(ana, id_, room=str(n))
            case 1:
                title(ana, id_, zh=f"会议 {n}")
            case 2:
                put(ana, id_, tags=Codes([*r.sample("abcde", r.randint(0, 4)), f"t{n}"]))
            case 3:
                put(ana, id_, online_link=f"https://example.org/{n}", ordinal=n)
    last = ana.tables()

    def visible(tables: dict[tuple[str, str], dict[str, object]]) -> dict[tuple[str, str], dict[str, object]]:
        return {key: columns for key, columns in tables.items() if not columns["is_deleted"]}

    for _ in range(2):
        for _ in range(200):
            assert ana.undo().skipped == ()
        assert visible(ana.tables()) == visible(first)
        for _ in range(200):
            assert ana.redo().skipped == ()
        assert visible(ana.tables()) == visible(last)
