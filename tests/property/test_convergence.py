"""Several desks, wrong clocks, lost and late files: everybody who holds the same changesets sees the same.

After every step of every script one desk is compared with the oracle: what is shown, what is asked, what is hidden.
At the end everybody gets everything, and all tables are equal byte by byte, also when they are made again.
"""

from __future__ import annotations

import os
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.property import script
from tests.property.script import ERASING, WEIGHTS, Step

SCRIPTS = 20_000 if os.environ.get("UCAPDESK_SOAK") else 60
PARTS = 3  # So that two workers share them


@pytest.mark.law("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P12", "P15", "P16")
@pytest.mark.parametrize("part", range(PARTS))
def test_desks_that_exchange_files_show_the_same_and_lose_nothing(part: int) -> None:
    counts: Counter[str] = Counter()
    refused = 0
    seeds = range(part, SCRIPTS, PARTS)
    for seed in seeds:
        try:
            done = script.run(*script.draw(seed)).counts
        except Exception as error:
            error.add_note(f"script.run(*script.draw({seed}))")
            raise
        counts += done
        refused += done["refused"] > 0
    assert refused >= 0.15 * len(seeds), "too few files were refused for the test to mean anything"
    assert counts["asked"] >= len(seeds)
    assert min(counts["decided"], counts["undo"], counts["redo"]) >= 0.2 * len(seeds)


@pytest.mark.parametrize("part", range(2))
def test_what_was_erased_is_nowhere_and_everything_else_is_as_ever(part: int) -> None:
    counts: Counter[str] = Counter()
    seeds = range(part, SCRIPTS // 3, 2)
    for seed in seeds:
        try:
            counts += script.run(*script.draw(seed, weights=ERASING)).counts
        except Exception as error:
            error.add_note(f"script.run(*script.draw({seed}, weights=script.ERASING))")
            raise
    assert counts["erased"] >= len(seeds)


@given(
    st.integers(2, 4),
    st.booleans(),
    st.lists(st.builds(Step, st.sampled_from(list(WEIGHTS)), st.integers(0, 3), st.integers(0, 1000)), max_size=25),
)
def test_whatever_people_do_in_whatever_order(count: int, older: bool, steps: list[Step]) -> None:
    script.run(count, older, steps)
