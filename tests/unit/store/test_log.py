"""The log knows what is missing, what it has already, and when two laptops write under one name."""

from __future__ import annotations

import pytest

from tests.helpers.changesets import take_in
from tests.property.world import TestDesk, pass_on
from tests.unit.store.desks import add, ana, bo, chen, meet, put
from ucapdesk.base.json_text import loads
from ucapdesk.model.kinds.visit_kinds import Meeting
from ucapdesk.store.log.changeset import Changeset, parse
from ucapdesk.store.log.log import Fork, MissingChanges

__all__ = ["ana", "bo", "chen"]


def file(desk: TestDesk, *wanted: tuple[str, int]) -> list[Changeset]:
    lines = [line for c in desk.log.changesets() if not wanted or (c.device, c.seq) in wanted for line in c.lines]
    return list(parse(lines))


def test_a_missing_changeset_of_a_colleague_is_named(ana: TestDesk, bo: TestDesk) -> None:
    id_ = add(ana, Meeting)
    for room in "1234":
        put(ana, id_, room=room)
    before = bo.everything()
    with pytest.raises(MissingChanges) as found:
        take_in(bo, file(ana, ("ana", 1), ("ana", 4), ("ana", 5)))
    assert (found.value.device, found.value.first, found.value.last) == ("ana", 2, 3)
    assert bo.everything() == before
    take_in(bo, file(ana))
    assert bo.everything()["tables"] == ana.everything()["tables"]


def test_what_the_writer_had_read_of_others_must_be_here_too(ana: TestDesk, bo: TestDesk, chen: TestDesk) -> None:
    id_ = add(ana, Meeting)
    put(ana, id_, room="1")
    pass_on(ana, bo)
    put(bo, id_, room="2")
    take_in(chen, file(ana, ("ana", 1)))
    before = chen.everything()
    with pytest.raises(MissingChanges) as found:
        take_in(chen, file(bo, ("bo", 1)))
    assert (found.value.device, found.value.first, found.value.last) == ("ana", 2, 2)
    assert chen.everything() == before


def test_two_contents_under_one_number_are_found(ana: TestDesk, bo: TestDesk, chen: TestDesk) -> None:
    id_ = add(ana, Meeting)
    pass_on(ana, bo)
    twin = TestDesk("ana")  # a restored copy that writes under the old name
    pass_on(ana, twin)
    put(ana, id_, room="1")
    put(twin, id_, room="2")
    pass_on(ana, bo)
    before = bo.everything()
    with pytest.raises(Fork) as found:
        take_in(bo, file(twin))
    assert (found.value.device, found.value.seq) == ("ana", 2)
    assert bo.everything() == before
    with pytest.raises(Fork):
        take_in(chen, [*file(ana), *file(twin)])
    twin.close()


def test_one_changed_letter_in_an_old_changeset_is_found(ana: TestDesk, bo: TestDesk) -> None:
    id_ = add(ana, Meeting, room="201")
    put(ana, id_, room="202")
    pass_on(ana, bo)
    lines = [line.replace("201", "301") for c in ana.log.changesets() for line in c.lines]
    with pytest.raises(Fork):
        take_in(bo, list(parse(lines)))


def test_the_same_file_twice_writes_nothing_the_second_time(ana: TestDesk, bo: TestDesk) -> None:
    put(ana, add(ana, Meeting), room="1")
    first = take_in(bo, file(ana))
    changes = bo.db.total_changes
    second = take_in(bo, file(ana))
    assert bo.db.total_changes == changes
    assert (first.changesets, len(first.new)) == (2, 1)
    assert (second.changesets, second.touched) == (0, set())


def test_a_changeset_twice_in_one_file_is_known_the_second_time(ana: TestDesk, bo: TestDesk) -> None:
    put(ana, add(ana, Meeting), room="1")
    outcome = take_in(bo, [*file(ana), *file(ana)])
    assert outcome.changesets == 2


def test_what_was_seen_of_others_is_said_once_and_then_only_what_is_new(
    ana: TestDesk, bo: TestDesk, chen: TestDesk
) -> None:
    id_ = add(ana, Meeting)
    pass_on(ana, bo)
    put(bo, id_, room="1")
    put(bo, id_, room="2")
    put(chen, add(chen, Meeting), room="3")
    pass_on(chen, bo)
    put(bo, id_, room="3")
    headers = [loads(c.lines[0]) for c in bo.log.changesets() if c.device == "bo"]
    assert [h.get("v") for h in headers] == [{"ana": 1}, None, {"chen": 2}]


def test_a_clock_that_is_behind_colleagues_is_not_pulled_along(ana: TestDesk, bo: TestDesk) -> None:
    ana.own_clock.tick(10 * 365 * 86_400)
    id_ = add(ana, Meeting)
    pass_on(ana, bo)
    put(bo, id_, room="1")
    assert [c.time for c in bo.log.changesets() if c.device == "bo"] == [bo.own_clock.now]


def test_a_refused_save_leaves_no_trace_in_memory_either(ana: TestDesk, bo: TestDesk) -> None:
    id_ = add(ana, Meeting)
    pass_on(bo, ana)
    before = ana.everything()
    with pytest.raises(TypeError, match="no field colour"):
        add(ana, Meeting, room="1", colour="red")
    assert ana.everything() == before
    put(ana, id_, room="2")
    meet(ana, bo)
    assert ana.everything()["tables"] == bo.everything()["tables"]


def test_a_link_to_a_record_that_is_not_there_refuses_the_save_and_the_next_one_works(ana: TestDesk) -> None:
    id_ = add(ana, Meeting)
    before = ana.everything()
    with pytest.raises(Exception, match="FOREIGN KEY"):
        put(ana, id_, visit="nowhere")
    assert ana.everything() == before
    put(ana, id_, room="2")


def test_changesets_are_given_in_an_order_that_fits(ana: TestDesk, bo: TestDesk) -> None:
    id_ = add(ana, Meeting)
    pass_on(ana, bo)
    put(bo, id_, room="1")
    pass_on(bo, ana)
    put(ana, id_, room="2")
    assert [(c.device, c.seq) for c in ana.log.changesets()] == [("ana", 1), ("bo", 1), ("ana", 2)]


def test_everything_made_again_from_the_log_is_as_before(ana: TestDesk, bo: TestDesk, chen: TestDesk) -> None:
    """Devices known by name only keep their numbers, as what is noted about them goes by number."""
    chen.log.device("nobody yet")
    id_ = add(ana, Meeting, room="1")
    pass_on(ana, bo)
    put(bo, id_, room="2")
    pass_on(bo, chen)
    chen.db.execute("UPDATE sync_device SET trust = 'blocked', label = 'old laptop' WHERE device_id = 'nobody yet'")
    devices = chen.db.execute("SELECT * FROM sync_device ORDER BY ord").fetchall()
    before = chen.everything()
    with chen.transaction():
        chen.merge.rebuild()
    assert chen.everything() == before
    assert chen.db.execute("SELECT * FROM sync_device ORDER BY ord").fetchall() == devices
