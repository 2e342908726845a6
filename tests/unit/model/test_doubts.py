"""What looks odd in an address or a number: it is said, and kept."""

from __future__ import annotations

import pytest

from ucapdesk.model.rules.limits import doubt


@pytest.mark.parametrize(
    "number",
    ["+86 772 282 5555", "0034 958 24 81 00", "+1 242 302 0130", "+44 (0)1226 770770", "＋８６１３９", "+870 773 1"],
)
def test_a_number_that_can_be_called_from_abroad_raises_no_doubt(number: str) -> None:
    assert doubt("phone", number) is None


@pytest.mark.parametrize(
    ("number", "why"),
    [
        ("0772 282 5555", "Without the country code"),
        ("+999 772 282 5555", "begins with no known calling code"),
        ("00210 12345", "begins with no known calling code"),
        ("ask Li", "does not look like one telephone number"),
    ],
)
def test_what_nobody_can_call_is_doubted(number: str, why: str) -> None:
    said = doubt("phone", number)
    assert said is not None
    assert why in said.say("en")
