"""Finding what was agreed on hydrogen, from anywhere, by keys alone: by initials, pinyin, Chinese or English."""

from __future__ import annotations

import pytest

from tests.journeys.conftest import AtDesk

WANTED = "氢能工作组"


@pytest.mark.rule("F1", "F3", "I3", "R13", "W11", "J8")
def test_the_initials_of_a_chinese_name_find_it_without_an_input_method(at_desk: AtDesk) -> None:
    at_desk.driver.press("Ctrl+K").type("qngzz").think().press("Enter")
    assert at_desk.shown.name["zh"] == WANTED
    took = at_desk.driver.took
    assert (took.keys, took.clicks) == (8, 0)
    assert took.seconds - sum(took.answers) < 10


@pytest.mark.rule("F1", "F2", "J8")
@pytest.mark.parametrize(
    ("pinyin", "typed", "first"),
    [("qingneng", "氢能", WANTED), ("", "hydrogen", WANTED), ("liuzhou", "柳州", "柳州")],
)
def test_chinese_with_an_input_method_and_english_find_it_too(
    at_desk: AtDesk, pinyin: str, typed: str, first: str
) -> None:
    driver = at_desk.driver.press("Ctrl+K")
    if pinyin:
        driver.compose(pinyin, typed)
    else:
        driver.type(typed)
    driver.think().press("Enter")
    assert at_desk.shown.name["zh"] == first
    assert driver.took.clicks == 0
    assert driver.took.keys <= 2 + max(len(pinyin) + 1, len(typed)) + 1


@pytest.mark.rule("F3")
def test_what_is_found_stands_by_kind_with_its_number_and_the_keys_stay_in_the_line(at_desk: AtDesk) -> None:
    at_desk.driver.press("Ctrl+K").compose("liuzhou", "柳州")
    assert {record.__tablename__ for record in at_desk.found("柳州")} >= {"place", "organisation", "ucap", "agreement"}
    at_desk.driver.press("Escape")
    assert at_desk.shown is None
