"""Insiders attack by removals, and all laptops still show the same; nothing goes but what a header lists under somebody removed."""

from __future__ import annotations

import os
from collections import Counter

import pytest

from tests.property import removal_mistakes, removals

SEEDS = range(600 if os.environ.get("UCAPDESK_SOAK") else 5)


@pytest.mark.law("P1", "P7", "P15")
def test_what_a_removal_takes_along_is_the_same_whatever_arrived_first() -> None:
    counts: Counter[str] = Counter()
    for seed in SEEDS:
        try:
            counts += removals.run(seed)
        except Exception as error:
            error.add_note(f"removals.run({seed})")
            raise
    assert counts["taken in"] >= 3 * len(SEEDS), "too little was taken in from insiders for the test to mean anything"
    assert counts["removed"] >= len(SEEDS) / 2
    assert counts["ErasesOthers"] >= len(SEEDS) / 6


@pytest.mark.law("P20")
@pytest.mark.parametrize("mistake", removal_mistakes.MISTAKES)
def test_a_planted_mistake_is_found(mistake: str) -> None:
    seed = removal_mistakes.SEEDS[mistake]
    assert removal_mistakes.finds(mistake, seed), (
        "its attack no longer finds it: python -m tests.property.removal_mistakes"
    )
