"""What authors had seen: kept in little room, read back as it was, and brought over from where it took much."""

from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.growth import programme
from tests.helpers.clock import FrozenClock
from ucapdesk.base.ids import derived_id
from ucapdesk.model.kinds.visit_kinds import Meeting
from ucapdesk.model.values import Bilingual
from ucapdesk.services.workspaces import maintenance
from ucapdesk.store.desk import Desk
from ucapdesk.store.log.changeset import make
from ucapdesk.store.log.log import packed, unpacked
from ucapdesk.store.workspace import database
from ucapdesk.store.workspace.database import connect

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


def as_kept_before(store: Path) -> int:
    """Put a database back to the first step, a row for each entry of a vector; its size then."""
    with contextlib.closing(connect(store)) as db:
        kept = db.execute("SELECT vv, seq FROM sync_vv").fetchall()
        db.execute("BEGIN")
        db.execute("DELETE FROM sync_vv")
        rows = [(vv, device, seq) for vv, vector in kept for device, seq in unpacked(vector).items()]
        db.executemany("INSERT INTO sync_vv VALUES(?, ?, ?)", rows)
        db.execute("DROP TABLE house_style")  # a later step brings it
        db.execute("UPDATE alembic_version SET version_num = '0001'")
        db.execute("COMMIT")
        db.execute("PRAGMA user_version=1")
        db.execute("VACUUM")
    return store.stat().st_size


def vectors(desk: Desk) -> list[tuple[int, dict[int, int]]]:
    """What each changeset's author had seen."""
    rows = desk.db.execute("SELECT n, vv FROM sync_changeset ORDER BY n").fetchall()
    return [(n, desk.log.vector_of(vv)) for n, vv in rows]


def test_a_workspace_of_the_first_version_is_brought_over_and_becomes_smaller(many: Path, clock: FrozenClock) -> None:
    with Desk.open(many, clock=clock) as desk:
        before, digest = vectors(desk), maintenance.digest(desk)
    size = as_kept_before(many / "store.db")
    with Desk.open(many, clock=clock) as desk:
        assert vectors(desk) == before
        assert maintenance.digest(desk) == digest
        assert maintenance.check(desk).ok
        with desk.save(["record.add", {}]) as save:
            save.new(Meeting, title=Bilingual(en="Goes on"))
        assert database.revision(desk.db) == database.HEAD
    assert (many / "store.db").stat().st_size < size - 80_000
    with Desk.open(many, clock=clock) as desk:
        assert vectors(desk)[: len(before)] == before


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
