"""What one save writes, and what undo takes back."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.errors import user_error
from tests.property.world import TestDesk, pass_on
from tests.unit.store.desks import add, ana, bo, chen, hidden, meet, put, shown, title, trash, untrash
from ucapdesk.base.ids import derived_id
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import AgendaItem, Meeting, Participation
from ucapdesk.model.record import ReadOnlyRecordError
from ucapdesk.model.values import Bilingual, Codes, PersonName, When
from ucapdesk.store.outcomes import ChangeEvent
from ucapdesk.store.refusals import ChangedMeanwhile, InTrash, NoSuchRecord, NothingToUndo
from ucapdesk.store.save import Save

__all__ = ["ana", "bo", "chen"]


def last(desk: TestDesk) -> list[Any]:
    return [list(row) for row in list(desk.log.changesets())[-1].rows]


def test_only_what_differs_is_written(ana: TestDesk) -> None:
    id_ = add(ana, Meeting, title=Bilingual(en="A", zh="甲"), room="1", ordinal=3)
    with ana.save(["record.edit", {}]) as save:
        meeting = save.get(Meeting, id_)
        meeting.title = Bilingual(en="A", zh="乙")
        meeting.room = "1"
        meeting.when = When(date="2026-05-03", start="09:00")
    assert last(ana) == [["meeting", id_, {"title.zh": "乙", "when": {"date": "2026-05-03", "start": "09:00"}}]]


def test_a_save_that_changes_nothing_writes_nothing(ana: TestDesk) -> None:
    id_ = add(ana, Meeting, room="1", title=Bilingual(en="A"))
    told: list[ChangeEvent] = []
    ana.subscribe(told.append)
    changes = ana.db.total_changes
    put(ana, id_, room="1", title=Bilingual(en="A"), mode=None, summary=Bilingual(), tags=Codes())
    assert ana.db.total_changes == changes
    assert told == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("ordinal", 0), ("room", "1"), ("title", Bilingual(en="A")), ("title", Bilingual().mark("zh", "not_needed")),
     ("tags", Codes(["a"])), ("when", When(date="2026"))],
)  # fmt: skip
def test_every_value_can_be_taken_away_again(ana: TestDesk, field: str, value: Any) -> None:
    id_ = add(ana, Meeting, **{field: value})
    assert shown(ana, id_, field) == value
    put(ana, id_, **{field: None if field not in ("title", "tags") else type(value)()})
    assert not shown(ana, id_, field)
    assert shown(ana, id_, field) != value


@pytest.mark.parametrize("value", [True, False])
def test_yes_no_and_not_said_are_three_answers(ana: TestDesk, value: bool) -> None:
    id_ = add(ana, AgendaItem, internal=value)
    assert shown(ana, id_, "internal") is value
    put(ana, id_, internal=None)
    assert shown(ana, id_, "internal") is None


def test_several_changes_to_one_record_in_one_save_add_up(ana: TestDesk) -> None:
    with ana.save(["record.add", {}]) as save:
        first = save.new(Meeting, room="1")
        again = save.get(Meeting, first.id)
        assert again is first
        again.room = "2"
        save.edit(first.id, {"ordinal": 4})
    assert (shown(ana, first.id, "room"), shown(ana, first.id, "ordinal")) == ("2", 4)
    assert len(list(ana.log.changesets())) == 1


def test_a_record_cannot_be_changed_after_its_save(ana: TestDesk) -> None:
    with ana.save(["record.add", {}]) as save:
        meeting = save.new(Meeting, room="1")
    with pytest.raises(ReadOnlyRecordError):
        meeting.room = "2"


def test_parts_are_put_at_the_end_in_the_order_they_were_made(ana: TestDesk) -> None:
    meeting = add(ana, Meeting)
    with ana.save(["record.add", {}]) as save:
        ids = [save.new(AgendaItem, owner=meeting).id for _ in range(5)]
    ids.append(add(ana, AgendaItem, owner=meeting))
    other = add(ana, AgendaItem, owner=add(ana, Meeting))
    query = "SELECT id FROM agenda_item WHERE owner = ? ORDER BY pos, id"
    assert [row[0] for row in ana.db.execute(query, (meeting,))] == ids
    assert shown(ana, other, "pos")[:2] == "a0"


def test_members_of_a_set_keep_the_order_they_were_given(ana: TestDesk) -> None:
    id_ = add(ana, Meeting, tags=Codes(["c", "a", "b"]))
    put(ana, id_, tags=Codes(["b", "c", "d", "a"]))
    assert shown(ana, id_, "tags") == Codes(["b", "c", "d", "a"])
    put(ana, id_, tags=Codes(["d"]))
    put(ana, id_, tags=Codes(["d", "a"]))
    assert shown(ana, id_, "tags") == Codes(["d", "a"])


def test_one_member_more_writes_one_row(ana: TestDesk) -> None:
    id_ = add(ana, Meeting, tags=Codes(["a", "b"]))
    put(ana, id_, tags=Codes(["a", "b", "c"]))
    ((kind, member, cells),) = last(ana)
    assert (kind, member) == ("member", derived_id(id_, "tags", "c"))
    assert {k: v for k, v in cells.items() if k != "pos"} == {"owner": id_, "role": "tags", "member": "c"}
    put(ana, id_, tags=Codes(["a", "c"]))
    assert last(ana) == [["member", derived_id(id_, "tags", "b"), {"~": 1}]]


def test_a_change_of_a_set_is_told_as_a_change_of_its_record(ana: TestDesk) -> None:
    id_ = add(ana, Meeting)
    told: list[ChangeEvent] = []
    ana.subscribe(told.append)
    with ana.save(["record.edit", {"n": 1}]) as save:
        save.edit(id_, {"tags": Codes(["a"])})
    (said,) = told
    assert said.records == {("meeting", id_)}
    assert said.kinds == {"meeting"}
    assert said.source == ["record.edit", {"n": 1}]


def test_a_form_opened_before_a_colleagues_change_does_not_overwrite_it(ana: TestDesk, bo: TestDesk) -> None:
    id_ = add(ana, Meeting, room="1", title=Bilingual(en="A"))
    pass_on(ana, bo)
    seen = ana.heads(id_)
    put(bo, id_, room="2")
    pass_on(bo, ana)
    with (
        pytest.raises(ChangedMeanwhile, match="Person bo changed this field") as found,
        ana.save(["record.edit", {}]) as save,
    ):
        save.edit(id_, {"room": "3"}, seen=seen)
    assert found.value.details["cell"] == "room"
    assert shown(ana, id_, "room") == "2"
    with ana.save(["record.edit", {}]) as save:  # another field of the same form
        save.edit(id_, {"title": Bilingual(en="B")}, seen=seen)
    with ana.save(["record.edit", {}]) as save:  # having seen it
        save.edit(id_, {"room": "3"}, seen=ana.heads(id_))
    assert shown(ana, id_, "room") == "3"


def test_an_unknown_record_and_an_unknown_field_are_refused(ana: TestDesk) -> None:
    unknown = derived_id("nobody")
    refused: list[Callable[[Save], object]] = [
        lambda save: save.get(Meeting, unknown),
        lambda save: save.edit(unknown, {}),
        lambda save: save.trash(unknown),
        lambda save: save.untrash(unknown),
        lambda save: save.decide(unknown, "room", "1"),
    ]
    for each in refused:
        with pytest.raises(NoSuchRecord, match=unknown), ana.save(["x", {}]) as save:
            each(save)
    with pytest.raises(TypeError, match="no field colour"):
        add(ana, Meeting, colour="red")


def test_saves_are_never_nested(ana: TestDesk) -> None:
    with pytest.raises(RuntimeError, match="nested"), ana.save(["x", {}]), ana.save(["y", {}]):
        pass
    add(ana, Meeting)


def test_what_stays_on_this_laptop_is_in_no_changeset_and_survives_a_rebuild(ana: TestDesk) -> None:
    id_ = add(ana, Person, name=PersonName(family="Rossi"), passport_number="YA1234567")
    put(ana, id_, visa="C1")
    assert "YA1234567" not in str([c.lines for c in ana.log.changesets()])
    with ana.transaction():
        ana.merge.rebuild()
    assert (shown(ana, id_, "passport_number"), shown(ana, id_, "visa")) == ("YA1234567", "C1")


def test_a_record_in_the_trash_is_named_in_the_refusal(ana: TestDesk) -> None:
    id_ = add(ana, Person, name=PersonName(family="Rossi", given="Anna"))
    trash(ana, id_)
    with pytest.raises(InTrash, match="Rossi"):
        put(ana, id_, email="a@b.c")
    nameless = add(ana, Meeting)
    trash(ana, nameless)
    with pytest.raises(InTrash, match=nameless):
        put(ana, nameless, room="1")


def test_of_two_who_changed_a_set_the_other_one_is_named(ana: TestDesk, bo: TestDesk) -> None:
    id_ = add(ana, Meeting, tags=Codes(["m"]))
    pass_on(ana, bo)
    seen = ana.heads(id_)
    put(bo, id_, tags=Codes(["m", "a", "z"]))
    put(bo, id_, tags=Codes(["a", "m"]))
    pass_on(bo, ana)
    with pytest.raises(ChangedMeanwhile, match="bo"), ana.save(["x", {}]) as save:
        save.edit(id_, {"tags": Codes(["q"])}, seen)


MINUTE = 60


def write(desk: TestDesk, id_: str, lang: str, text: str, label: str = "record.edit") -> None:
    """As a form does, which has both languages before its eyes."""
    with desk.save([label, {}]) as save:
        record: Any = save.get(Meeting, id_)
        record.title = (record.title or Bilingual()).write(lang, text)


def states(desk: TestDesk, id_: str) -> tuple[str, str]:
    title = shown(desk, id_, "title")
    return title.state("en"), title.state("zh")


@pytest.mark.parametrize(("lang", "text"), [("zh", "开幕式"), ("en", "Opening ceremony")])
def test_a_correction_a_few_minutes_after_both_were_typed_makes_nothing_outdated(
    ana: TestDesk, lang: str, text: str
) -> None:
    id_ = add(ana, Meeting, title=Bilingual(en="Opening"))
    ana.own_clock.tick(2 * MINUTE)
    write(ana, id_, "zh", "开幕")
    ana.own_clock.tick(5 * MINUTE)
    write(ana, id_, lang, text)
    assert states(ana, id_) == ("", "")
    assert not [cell for cell in shown(ana, id_, "title").cells if cell.endswith(".state")]


@pytest.mark.parametrize("minutes", [31, 24 * 60])
def test_the_next_day_the_other_language_lags_behind(ana: TestDesk, minutes: int) -> None:
    id_ = add(ana, Meeting, title=Bilingual(en="Opening", zh="开幕"))
    ana.own_clock.tick(minutes * MINUTE)
    write(ana, id_, "zh", "闭幕")
    assert states(ana, id_) == ("outdated", "")
    ana.own_clock.tick(MINUTE)
    write(ana, id_, "en", "Closing")
    ana.own_clock.tick(MINUTE)
    write(ana, id_, "zh", "闭幕式")
    assert states(ana, id_) == ("", ""), "caught up in the same sitting, then corrected"


def test_what_somebody_else_typed_a_minute_ago_lags_behind(ana: TestDesk, bo: TestDesk) -> None:
    id_ = add(ana, Meeting, title=Bilingual(en="Opening", zh="开幕"))
    pass_on(ana, bo)
    write(bo, id_, "zh", "闭幕")
    assert states(bo, id_) == ("outdated", "")


def test_another_person_on_the_same_laptop_is_another_sitting(ana: TestDesk) -> None:
    id_ = add(ana, Meeting, title=Bilingual(en="Opening", zh="开幕"))
    ana.workspace.person = "Somebody else"
    write(ana, id_, "zh", "闭幕")
    assert states(ana, id_) == ("outdated", "")


@pytest.mark.parametrize("label", ["records.import", "record.duplicate", "undo"])
def test_what_was_copied_or_imported_was_not_written_side_by_side(ana: TestDesk, label: str) -> None:
    with ana.save([label, {}]) as save:
        id_ = save.new(Meeting, title=Bilingual(en="Opening", zh="开幕")).id
    write(ana, id_, "en", "Closing")
    assert states(ana, id_) == ("", "outdated")


STEPS = st.lists(
    st.tuples(st.sampled_from(("ana", "bo")), st.sampled_from(("en", "zh")), st.sampled_from("abcd"), st.integers(0, 45)),
    max_size=8,
)  # fmt: skip


@given(STEPS, st.lists(st.booleans(), min_size=8, max_size=8))
def test_desks_that_have_the_same_changes_agree_on_what_lags_behind(
    steps: list[tuple[str, str, str, int]], meeting: list[bool]
) -> None:
    desks = {name: TestDesk(name) for name in ("ana", "bo")}
    try:
        id_ = add(desks["ana"], Meeting, title=Bilingual(en="x", zh="y"))
        meet(*desks.values())
        for (name, lang, text, minutes), met in zip(steps, meeting, strict=False):
            for desk in desks.values():
                desk.own_clock.tick(minutes * MINUTE)
            write(desks[name], id_, lang, text)
            if met:
                meet(*desks.values())
        meet(*desks.values())
        one, other = (shown(desk, id_, "title") for desk in desks.values())
        assert one.cells == other.cells
        assert [one.state(lang) for lang in ("en", "zh")] == [other.state(lang) for lang in ("en", "zh")]
    finally:
        for desk in desks.values():
            desk.close()


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
