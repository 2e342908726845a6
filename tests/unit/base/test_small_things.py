"""Ids, clock, paths, and one spelling of JSON for one value, with nothing that two readers could take two ways."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.clock import FrozenClock
from ucapdesk.base import clock as clocks
from ucapdesk.base import ids, paths
from ucapdesk.base.json_text import MAX_EXACT_INTEGER, Json, dumps, loads


def test_a_derived_id_is_the_same_on_every_computer() -> None:
    namespace = uuid.uuid5(uuid.NAMESPACE_URL, "ucapdesk:1")
    assert ids.derived_id("country", "ES") == str(uuid.uuid5(namespace, "country|ES"))


def test_new_ids_differ_and_are_lower_case() -> None:
    found = {ids.new_id() for _ in range(1000)}
    assert len(found) == 1000
    assert all(one == one.lower() and str(uuid.UUID(one)) == one for one in found)


def test_time_moves_only_when_told(clock: FrozenClock) -> None:
    before = clocks.moment(clock())
    assert before == datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
    clock.tick(90)
    assert (clocks.moment(clock()) - before).total_seconds() == 90
    assert clocks.today(clock).isoformat() == "2026-11-02"


def test_the_system_clock_counts_microseconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ucapdesk.base.clock.time_ns", lambda: 1_799_999_999_123_456_789)
    assert clocks.system_clock() == 1_799_999_999_123_456


def test_the_clock_of_this_computer_stands_in_its_zone(
    computer_clock: FrozenClock, computer_zone: Callable[[str], None]
) -> None:
    computer_clock.set(datetime(2026, 12, 31, 23, 55, tzinfo=UTC))
    assert (f"{clocks.local_now():%H:%M}", f"{clocks.today()}") == ("23:55", "2026-12-31")
    computer_zone("Asia/Shanghai")
    assert (f"{clocks.local_now():%H:%M}", f"{clocks.today()}") == ("07:55", "2027-01-01")


def test_bundled_files_are_found_in_a_checkout() -> None:
    assert (paths.resource("locale")).is_dir()
    assert paths.migrations().name == "migrations"


def test_a_named_config_folder_holds_the_logs_too(config_dir: Path) -> None:
    assert paths.config_dir() == config_dir
    assert paths.log_dir() == config_dir / "logs"


def test_without_a_named_folder_the_systems_own_places_are_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("UCAPDESK_CONFIG")
    assert paths.config_dir().name == paths.APP
    assert "UCAPDesk" in str(paths.log_dir())
    assert paths.workspaces_dir().name == "Workspaces"


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
