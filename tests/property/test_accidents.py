"""Whatever goes wrong, everybody comes to the same: laptops copied with their keys, blocked or retired, forgers among
the accepted ones, wrong clocks, data removed, input that is too large. Nothing that an honest laptop wrote is lost.
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.property import accident_mistakes, accidents

SOAK = bool(os.environ.get("UCAPDESK_SOAK"))
# A few scripts in which all of it happens; ten thousand in soak, for two workers.
SEEDS: list[Sequence[int]] = [range(n, 10_000, 2) for n in (0, 1)] if SOAK else [(4, 15, 22, 28, 33, 38, 611)]
SHARE = 0.05 if SOAK else 0.0
# What must have happened, and often enough, for the test to mean anything.
SEEN = (
    "copied", "parted", "renewed", "reissued", "blocked", "retired", "forged", "erased", "too large", "asked", "decided",
    "undo", "redo",
)  # fmt: skip


@pytest.mark.law("P1", "P2", "P5", "P9", "P14", "P15", "P18")
@pytest.mark.parametrize("seeds", SEEDS)
def test_third_parties_always_come_to_the_same(seeds: Sequence[int], tmp_path: Path) -> None:
    counts: Counter[str] = Counter()
    for seed in seeds:
        folder = tmp_path / str(seed)
        folder.mkdir()
        try:
            counts += accidents.run(*accidents.drawn(seed), folder).counts
        except Exception as error:
            error.add_note(f"accidents.run(*accidents.drawn({seed}), folder)")
            raise
        shutil.rmtree(folder, ignore_errors=True)  # ten thousand of them fill a disk
    rare = [what for what in SEEN if counts[what] <= SHARE * len(seeds)]
    assert not rare, f"too little of {rare} for the test to mean anything"


@pytest.mark.law("P20")
@pytest.mark.parametrize("mistake", accident_mistakes.MISTAKES)
def test_a_planted_mistake_is_found(mistake: str, tmp_path: Path) -> None:
    seeds = accident_mistakes.SEEDS[mistake]
    assert any(accident_mistakes.finds(mistake, seed, tmp_path / str(seed)) for seed in seeds)
