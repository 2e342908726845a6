"""One spelling for one value, and nothing that two readers could take two ways."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucapdesk.base.json_text import MAX_EXACT_INTEGER, Json, dumps, loads

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-MAX_EXACT_INTEGER, MAX_EXACT_INTEGER)
    | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(st.characters(), max_size=8), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(VALUES)
def test_a_value_comes_back_as_it_was(value: Json) -> None:
    assert loads(dumps(value)) == value


@given(st.dictionaries(st.text(st.characters(), max_size=5), st.integers(0, 9), max_size=6))
def test_the_order_of_keys_makes_no_difference(value: dict[str, int]) -> None:
    assert dumps(value) == dumps(dict(reversed(value.items())))


def test_chinese_stays_readable() -> None:
    assert dumps({"zh": "柳州", "en": "Liuzhou"}) == '{"en":"Liuzhou","zh":"柳州"}'


@pytest.mark.parametrize(
    "text",
    ["1.0", "1e3", "NaN", "Infinity", "-Infinity", '{"a":1,"a":2}', "9007199254740993", "1" * 400, "", "{", "[1,]"],
)
def test_what_could_be_read_two_ways_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        loads(text)
