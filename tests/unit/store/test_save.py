"""What a save makes of changed records, and what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.property.world import TestDesk, pass_on
from tests.unit.store.desks import add, ana, bo, chen, put, shown, trash
from ucapdesk.base.ids import derived_id
from ucapdesk.model.kinds.people_kinds import Person
from ucapdesk.model.kinds.visit_kinds import AgendaItem, Meeting
from ucapdesk.model.record import ReadOnlyRecordError
from ucapdesk.model.values import Bilingual, Codes, PersonName, When
from ucapdesk.store.outcomes import ChangeEvent
from ucapdesk.store.refusals import ChangedMeanwhile, InTrash, NoSuchRecord
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
