"""What authors had seen: kept in little room, and read back as it was."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.growth import programme
from tests.helpers.clock import FrozenClock
from ucapdesk.base.ids import derived_id
from ucapdesk.store.desk import Desk
from ucapdesk.store.log.changeset import make
from ucapdesk.store.log.log import packed, unpacked

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
