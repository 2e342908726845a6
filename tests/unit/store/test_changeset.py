"""Changesets as lines: what comes back is what was written, and nothing else passes for one."""

from __future__ import annotations

import json
from typing import Any

import pytest

from ucapdesk.base.ids import derived_id
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
