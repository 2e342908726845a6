"""The log: changesets, what their authors had seen, and the history that is read from them."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.growth import programme
from tests.helpers.changesets import take_in
from tests.helpers.clock import FrozenClock
from tests.property.world import TestDesk, pass_on
from tests.unit.store.desks import add, ana, bo, chen, meet, put, title, trash
from ucapdesk.base.ids import derived_id
from ucapdesk.base.json_text import loads
from ucapdesk.model.kinds.visit_kinds import Meeting
from ucapdesk.model.values import Bilingual, Codes
from ucapdesk.store.desk import Desk
from ucapdesk.store.log.changeset import (
    Changeset,
    Damaged,
    blank,
    first_chain,
    make,
    next_chain,
    pack,
    parse,
    parse_body,
    unpack,
    without_person,
)
from ucapdesk.store.log.log import Fork, MissingChanges, packed, unpacked

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


ID = derived_id("test", "1")
HEADER = {"d": "dev0", "s": 1, "t": 1_790_000_000_000_000, "y": 1, "p": "Ana", "l": ["record.edit", {"n": 2}]}


def written(cells: dict[str, Any] | None = None, **header: Any) -> Changeset:
    return make({**HEADER, **header}, [("meeting", ID, {"title.zh": "开幕式"} if cells is None else cells)])


def lines_with(**header: Any) -> list[str]:
    return [json.dumps({**HEADER, "n": 1, **header}), json.dumps(["meeting", ID, {"mode": "online"}])]


def test_what_was_written_is_read_again() -> None:
    first = written(v={"dev1": 4}, u=[3])
    second = written({"mode": None, "when": {"date": "2026-05-03"}, "online": True, "ordinal": 2**53}, s=2)
    assert list(parse([*first.lines, *second.lines])) == [first, second]


def test_a_changeset_without_records_is_one() -> None:
    assert next(parse(make({**HEADER, "u": [3]}, []).lines)).undoes == [3]


def test_line_ends_inside_a_text_survive_packing() -> None:
    text = "a\u2028b\u0085c\nd\te\x1f “柳州” 😀 \\u0000"
    changeset = written({"summary.zh": text})
    assert unpack(pack(changeset.lines)) == changeset.lines
    assert parse_body(pack(changeset.lines)).cells_of(ID) == {"summary.zh": text}
    assert parse_body("\n".join(changeset.lines)) == changeset
    assert next(parse(changeset.lines)).cells_of(ID) == {"summary.zh": text}


def test_packing_makes_a_short_save_shorter() -> None:
    changeset = written({"title.zh": "开幕式", "title.zh.state": "draft 0123456789abcdef 0123456789abcdef"})
    assert len(pack(changeset.lines)) < len("\n".join(changeset.lines).encode()) * 0.6


@pytest.mark.parametrize(
    "row",
    [
        '["meeting", "ID", {"ordinal": 1.5}]',
        '["meeting", "ID", {"ordinal": 1e3}]',
        '["meeting", "ID", {"ordinal": NaN}]',
        '["meeting", "ID", {"ordinal": -Infinity}]',
        f'["meeting", "ID", {{"ordinal": {2**53 + 1}}}]',
        '["meeting", "ID", {"ordinal": 1' + "0" * 5000 + "}]",
        '["meeting", "ID", {"mode": "a", "mode": "b"}]',
        '["meeting", "ID", {"when": {"date": "2026", "date": "2027"}}]',
        '["meeting", "ID", {"when": ' + "[" * 9 + "]" * 9 + "}]",
        '["meeting", "ID", {"when": ' + "[" * 100_000 + "]" * 100_000 + "}]",
        '["meeting", "ID", {"mode": "\\ud800"}]',
        '["meeting", "ID", {"mode": "a\\u0000b"}]',
        '["meeting", "ID", {"mode": "a\nb"}]',
        '["meeting", "ID", {"Mode": 1}]',
        '["meeting", "ID", {"title.zh.state.more": 1}]',
        '["meeting", "ID", {"": 1}]',
        '["meeting", "ID", {"x\\" = 1; DROP TABLE meeting; --": 1}]',
        '["meeting\\"; DROP TABLE meeting; --", "ID", {}]',
        '["Meeting", "ID", {}]',
        '["meeting", "ID", []]',
        '["meeting", "ID"]',
        '["meeting", "ID", {}, 1]',
        '["meeting", "1", {}]',
        '["meeting", 1, {}]',
        '[1, "ID", {}]',
        '{"x": "00"}',
        '{"y": 1}',
        '"meeting"',
        "null",
        "",
        "not JSON",
        '["meeting", "ID", {}',
    ],
)
def test_a_line_that_is_no_record_is_named(row: str) -> None:
    lines = [json.dumps({**HEADER, "n": 1}), row.replace("ID", ID)]
    with pytest.raises(Damaged) as found:
        list(parse(lines))
    assert found.value.line == 2


@pytest.mark.parametrize(
    "header",
    [
        {"d": 1}, {"d": ""}, {"d": "x" * 65}, {"d": None}, {"s": 0}, {"s": -1}, {"s": True}, {"s": "1"}, {"t": -1},
        {"t": None}, {"y": 0}, {"n": -1}, {"n": True}, {"n": "1"}, {"n": 3}, {"n": 10**15}, {"l": "edit"}, {"l": []},
        {"l": ["edit"]}, {"l": [1, {}]}, {"p": 3}, {"v": [1]}, {"v": {"dev1": 0}}, {"v": {"dev1": "1"}}, {"u": 3},
        {"u": ["3"]}, {"u": [0]},
    ],
)  # fmt: skip
def test_a_header_that_is_none_is_named(header: dict[str, Any]) -> None:
    with pytest.raises(Damaged):
        list(parse(lines_with(**header)))


@pytest.mark.parametrize("left_out", ["d", "s", "t", "y", "n", "l"])
def test_a_header_without_a_needed_key_is_named(left_out: str) -> None:
    header = {k: v for k, v in {**HEADER, "n": 0}.items() if k != left_out}
    with pytest.raises(Damaged) as found:
        list(parse([json.dumps(header)]))
    assert found.value.line == 1


def test_a_header_of_a_newer_program_may_say_more() -> None:
    assert next(parse(lines_with(z={"new": [1]}, y=99))).schema == 99


def test_a_file_cut_off_is_damaged_at_its_end() -> None:
    lines = [*written().lines, *written(s=2).lines]
    with pytest.raises(Damaged) as found:
        list(parse(lines[:-1]))
    assert found.value.line == 4


def test_an_erased_line_keeps_the_chain_whole() -> None:
    whole = written()
    chain = next_chain(first_chain("w", "dev0"), whole.lines)
    row, header = whole.rows[0], without_person(whole.lines[0])
    hidden = blank(whole.lines[1], row, row[1])
    assert "Ana" in whole.lines[0]
    assert '"p":""' in header
    assert next_chain(first_chain("w", "dev0"), [header, hidden]) == chain
    for read in (next(parse([header, hidden])), parse_body(pack([header, hidden]))):
        assert (read.rows, read.blanked, read.person) == ([], [(row[0], row[1], row[1])], "")
    assert without_person(header) == header


@pytest.mark.parametrize(
    ("old", "new"), [('"s":1', '"s":2'), ('"t":', '"t":1'), ('"l":[', '"l":["x",{}],"m":['), ('"y":', '"y":4')]
)
def test_a_name_that_was_taken_out_lets_nothing_else_be_changed(old: str, new: str) -> None:
    whole = written()
    chain = next_chain(first_chain("w", "dev0"), whole.lines)
    header = without_person(whole.lines[0])
    assert old in header
    assert next_chain(first_chain("w", "dev0"), [header.replace(old, new), whole.lines[1]]) != chain


@pytest.mark.parametrize("name", ["Ana", "", "李明", 'O"Neill \\', '"n":1,"p":"x","s":1,"t":2'])
def test_any_name_can_be_taken_out(name: str) -> None:
    whole = written(p=name)
    header = without_person(whole.lines[0])
    assert next(parse([header, *whole.lines[1:]])).person == ""
    start = first_chain("w", "dev0")
    assert next_chain(start, [header, *whole.lines[1:]]) == next_chain(start, whole.lines)


def test_the_chain_differs_for_every_other_content_order_and_workspace() -> None:
    a, b = written().lines, written(s=2).lines
    start = first_chain("w", "dev0")
    chains = {
        next_chain(next_chain(start, a), b),
        next_chain(next_chain(start, b), a),
        next_chain(start, a),
        next_chain(first_chain("other", "dev0"), a),
        next_chain(first_chain("w", "dev1"), a),
        next_chain(start, written({"title.zh": "闭幕式"}).lines),
    }
    assert len(chains) == 6


LAPTOPS = [f"laptop{n:010}" for n in range(40)]


@given(st.dictionaries(st.integers(1, 300), st.integers(1, 2**53)))
def test_a_vector_is_read_back_as_it_was(seen: dict[int, int]) -> None:
    assert unpacked(packed(seen)) == seen


@pytest.fixture
def many(tmp_path: Path, clock: FrozenClock) -> Path:
    """A workspace in which forty laptops wrote, in the format of now, closed."""
    with Desk.create(tmp_path / "w", name="W", person="Ana", clock=clock) as desk, desk.transaction():
        desk.merge.apply(programme(LAPTOPS, 800))
    return tmp_path / "w"


def vectors(desk: Desk) -> list[tuple[int, dict[int, int]]]:
    rows = desk.db.execute("SELECT n, vv FROM sync_changeset ORDER BY n").fetchall()
    return [(n, desk.log.vector_of(vv)) for n, vv in rows]


def test_a_refused_changeset_leaves_no_vector_in_mind(many: Path, clock: FrozenClock) -> None:
    with Desk.open(many, clock=clock) as desk:
        before = vectors(desk)
        header = {"d": "somebody00000000", "s": 1, "t": 1, "y": 1, "p": "P", "l": ["record.edit", {}]}
        with contextlib.suppress(RuntimeError), desk.transaction():
            desk.merge.apply([make({**header, "v": {LAPTOPS[0]: 1}}, [])])
            raise RuntimeError
        with desk.transaction():
            desk.merge.apply([make({**header, "v": {LAPTOPS[0]: 2, LAPTOPS[1]: 1}}, [])])
        first, second = (desk.log.devices[LAPTOPS[n]].ord for n in (0, 1))
        assert vectors(desk) == [*before, (before[-1][0] + 1, {first: 2, second: 1})]


def test_merging_a_text_that_many_wrote_before_looks_at_few_of_them(tmp_path: Path, clock: FrozenClock) -> None:
    """The latest version that both had seen is found from the end: the many before it are not read."""
    id_ = derived_id("test", "theme")
    text = "Water.\nEnergy.\nWaste."
    header = {"t": 1, "y": 1, "p": "P", "l": ["record.edit", {}]}
    ana, chen = "ana0000000000000", "chen000000000000"
    with Desk.create(tmp_path / "w", name="W", person="Ana", clock=clock) as desk:

        def write(device: str, seq: int, said: str, **seen: int) -> None:
            head = {**header, "d": device, "s": seq, "t": seq, **({"v": seen} if seen else {})}
            with desk.transaction():
                desk.merge.apply([make(head, [("ucap", id_, {"key_challenges.en": said})])])

        for seq in range(1, 301):
            write(ana, seq, f"{text} {seq}", **({chen: seq - 1} if seq > 1 else {}))
            write(chen, seq, f"{text} {seq}, read", **{ana: seq})
        write(ana, 301, f"Air.\n{text} 300, read", **{chen: 300})
        asked: list[str] = []
        desk.db.set_trace_callback(asked.append)
        write(chen, 301, f"{text} 300, read\nNoise.")
        desk.db.set_trace_callback(None)
        (said,) = desk.db.execute("SELECT key_challenges FROM ucap").fetchone()
    assert "Air." in said
    assert "Noise." in said
    assert len(asked) < 100


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
