"""Real packages between real workspaces: everybody ends with the same, a preview says what happens, and nothing bad comes in.

As in the scripts without packages one desk is compared with the oracle after every step.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest

from tests.property import package_mistakes, packages

SCRIPTS = 3_000 if os.environ.get("UCAPDESK_SOAK") else 16
PARTS = 2  # So that two workers share them


@pytest.mark.law("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P9", "P15", "P16", "P18")
@pytest.mark.parametrize("part", range(PARTS))
def test_desks_that_swap_packages_show_the_same_and_lose_nothing(part: int, tmp_path: Path) -> None:
    counts: Counter[str] = Counter()
    refused = 0
    seeds = range(part, SCRIPTS, PARTS)
    for seed in seeds:
        folder = tmp_path / str(seed)
        folder.mkdir()
        try:
            done = packages.run(*packages.drawn(seed), folder).counts
        except Exception as error:
            error.add_note(f"packages.run(*packages.drawn({seed}), folder)")
            raise
        counts += done
        refused += done["refused"] > 0
    assert refused >= 0.15 * len(seeds), "too few packages had to wait for the test to mean anything"
    assert counts["asked"] >= len(seeds)
    assert counts["bad"] >= 0.5 * len(seeds)
    assert min(counts["taken back"], counts["erased"], counts["waited"]) >= 0.05 * len(seeds)


@pytest.mark.law("P20")
@pytest.mark.parametrize("mistake", package_mistakes.MISTAKES)
def test_a_planted_mistake_is_found(mistake: str, tmp_path: Path) -> None:
    assert any(package_mistakes.finds(mistake, seed, tmp_path / str(seed)) for seed in package_mistakes.SEEDS[mistake])
