"""Places in lists: there is always room between two, and they stay short where people mostly write."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucapdesk.store.merge.positions import between, chance, in_order


def test_a_new_list_is_in_order_and_its_places_are_short() -> None:
    places = in_order(5_000)
    assert places == sorted(set(places))
    assert max(map(len, places)) <= 8


def test_a_thousand_put_at_the_front_or_the_back_stay_short() -> None:
    front = back = between(None, None)
    for _ in range(1_000):
        new = between(None, front)
        assert new < front
        front = new
        new = between(back, None)
        assert new > back
        back = new
    assert len(front) <= 8
    assert len(back) <= 8


def test_a_thousand_put_into_the_same_gap_still_find_room() -> None:
    low, high = in_order(2)
    for _ in range(1_000):
        new = between(low, high)
        assert low < new < high
        high = new
    for _ in range(200):
        new = between(low, high)
        assert low < new < high
        low = new


@pytest.mark.law("P12")
@given(st.lists(st.integers(0, 2**30), min_size=1, max_size=80), st.randoms(use_true_random=False))
def test_whatever_is_put_wherever_the_others_keep_their_order(picks: list[int], r: random.Random) -> None:
    def suffix() -> str:
        return r.choice("0Az") + r.choice("0Az") + r.choice("1Az")

    places: list[str] = []
    for pick in picks:
        at = pick % (len(places) + 1)
        new = between(places[at - 1] if at else None, places[at] if at < len(places) else None, suffix)
        places.insert(at, new)
        assert places == sorted(set(places)), (places, at)


def test_two_desks_that_fill_one_gap_rarely_meet() -> None:
    low, high = in_order(2)
    made = [between(low, high) for _ in range(200)]
    assert len(set(made)) > 190
    assert all(low < place < high for place in made)


def test_no_place_ends_in_the_lowest_digit_so_there_is_room_before_it() -> None:
    assert not any(chance().endswith("0") for _ in range(2_000))


def test_places_another_program_wrote_are_borne() -> None:
    for before, after in itertools.pairwise(["", "0", "5", "Z", "a", "a1", "zzz"]):
        assert between(before, None) > before or not before[:1].isalpha()
        assert between(None, after) < after or not after[:1].isalpha()


@pytest.mark.parametrize("odd", ["柳州", "柳州市人民政府", "", "a-", "!", "9"])
def test_what_another_program_wrote_as_a_place_and_is_none_stands_for_the_end(odd: str) -> None:
    assert between(odd, None)
    assert between(None, odd)
    assert between("a1", odd) > "a1"
    assert between(odd, "a1") < "a1"
