"""Hours are typed as their writer thinks of them, alone or from one to another."""

from __future__ import annotations

import contextlib
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucapdesk.model.dates.hours import split_hours, type_hours, type_time

pytestmark = pytest.mark.rule("V3", "I5")


def hour(said: str) -> str | None:
    try:
        return type_time(said)
    except ValueError:
        return None


def hours(said: str) -> tuple[str, str | None] | None:
    try:
        return type_hours(said)
    except ValueError:
        return None


def test_times_are_read_as_they_are_typed() -> None:
    cases = [
        ("930", "09:30"), ("0930", "09:30"), ("1505", "15:05"), ("9:30", "09:30"), ("9.30", "09:30"), ("9：30", "09:30"),
        ("９：３０", "09:30"), ("9", "09:00"), ("09", "09:00"), ("9h", "09:00"), ("15h05", "15:05"), ("15 h", "15:00"),
        ("9 Uhr", "09:00"), ("9.30 Uhr", "09:30"), ("9点半", "09:30"), ("九点半", "09:30"), ("9点", "09:00"),
        ("9时30分", "09:30"), ("9点5分", "09:05"), ("9点一刻", "09:15"), ("9点整", "09:00"), ("下午3点", "15:00"),
        ("下午三点半", "15:30"), ("上午9点", "09:00"), ("晚上8点", "20:00"), ("中午12点", "12:00"), ("凌晨12点", "00:00"),
        ("下午15点", "15:00"), ("中午11点半", "11:30"), ("3pm", "15:00"), ("3:30 pm", "15:30"), ("12 am", "00:00"),
        ("12pm", "12:00"), ("3 p.m.", "15:00"), ("0:00", "00:00"), ("23:59", "23:59"),
        ("24:00", None), ("9:60", None), ("960", None), ("noon", "12:00"), ("", None), ("9点99分", None), ("12345", None),
    ]  # fmt: skip
    for said, means in cases:
        assert hour(said) == means, said


def test_ranges_are_read_as_they_are_typed() -> None:
    cases = [
        ("1505-1605", ("15:05", "16:05")), ("0930 1030", ("09:30", "10:30")), ("9:30–10:30", ("09:30", "10:30")),
        ("９：３０－１０：３０", ("09:30", "10:30")), ("9:30～10:30", ("09:30", "10:30")), ("9点半到11点", ("09:30", "11:00")),
        ("下午3点到4点", ("15:00", "16:00")), ("上午11点到下午1点", ("11:00", "13:00")), ("3-4pm", ("15:00", "16:00")),
        ("12:30-1:45 pm", ("12:30", "13:45")), ("12:30-1:45 am", ("00:30", "01:45")), ("12 noon", ("12:00", None)),
        ("11-1 pm", ("11:00", "13:00")), ("de", None), ("9 bis 10", ("09:00", "10:00")), ("930", ("09:30", None)),
        ("9 - ", None), ("3:30 pm", ("15:30", None)), ("23:00-1:00", ("23:00", "01:00")), ("15 h", ("15:00", None)),
    ]  # fmt: skip
    for said, means in cases:
        assert hours(said) == means, said


@given(st.times(), st.sampled_from(["{h}:{m:02}", "{h}{m:02}", "{h}h{m:02}", "{h}点{m}分", "{h:02}.{m:02}"]))
def test_every_minute_of_the_day_can_be_typed_in_every_way(of_day: object, form: str) -> None:
    hour, minute = str(of_day).split(":")[:2]
    assert type_time(form.format(h=int(hour), m=int(minute))) == f"{hour}:{minute}"


@given(st.text("0123456789:.-h点半时分上下午pma ～：", max_size=12))
def test_any_typing_gives_hours_or_a_plain_no(said: str) -> None:
    with contextlib.suppress(ValueError):
        start, end = type_hours(said)
        assert all(each is None or type_time(each) == each for each in (start, end))


def test_hours_are_found_behind_a_date() -> None:
    assert next(split_hours("fri 1505-1605")) == ("fri", ("15:05", "16:05"))
    assert next(split_hours("12 June 2019, 9:00-10:30")) == ("12 June 2019", ("09:00", "10:30"))
    assert ("明天", ("15:00", None)) in list(split_hours("明天 下午3点"))
    assert list(split_hours("fri")) == []
    assert next(split_hours("fri 3 : 30 Uhr pm - 4 : 45 Uhr pm")) == ("fri", ("15:30", "16:45"))


def test_no_hours_are_found_at_once_behind_a_long_text() -> None:
    begun = time.process_time()
    assert list(split_hours("9 " * 4_000 + "x")) == []
    assert time.process_time() - begun < 5
