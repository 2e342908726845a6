"""A date is typed as its writer thinks of it, in five languages; what is left out is told by today, and by nothing else."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.model.dates.formatting import say_date
from ucapdesk.model.dates.parsing import type_date
from ucapdesk.model.values import PartialDate

TODAY = date(2026, 11, 24)  # a Tuesday
pytestmark = pytest.mark.rule("V3")


def typed(said: str, lang: str = "en", held: str | None = None) -> str | None:
    try:
        return type_date(said, TODAY, lang, PartialDate(held) if held else None).edtf
    except ValueError:
        return None


def test_dates_are_read_as_they_are_typed() -> None:
    cases = [
        ("15.12", "2026-12-15"), ("15.12.", "2026-12-15"), ("15/12", "2026-12-15"), ("15-12", "2026-12-15"),
        ("15 12", "2026-12-15"), ("15 dec", "2026-12-15"), ("15dec", "2026-12-15"), ("15. Dez.", "2026-12-15"),
        ("15 diciembre", "2026-12-15"), ("15 de diciembre", "2026-12-15"), ("el 15 de diciembre", "2026-12-15"),
        ("15 dicembre", "2026-12-15"), ("15. Dezember", "2026-12-15"), ("dec 15", "2026-12-15"),
        ("December 15th", "2026-12-15"), ("the 15th of December", "2026-12-15"), ("15-dec-2026", "2026-12-15"),
        ("15.12.26", "2026-12-15"), ("15.12.2026", "2026-12-15"), ("12/25/2026", "2026-12-25"),
        ("20261215", "2026-12-15"), ("2026-12-15", "2026-12-15"), ("12月15日", "2026-12-15"), ("12月15号", "2026-12-15"),
        ("１２月１５日", "2026-12-15"), ("１５／１２", "2026-12-15"), ("15。12", "2026-12-15"), ("十二月十五日", "2026-12-15"),
        ("15.8", "2027-08-15"), ("15.9", "2026-09-15"), ("3 jan", "2027-01-03"), ("29 feb", "2028-02-29"),
        ("today", "2026-11-24"), ("hoy", "2026-11-24"), ("oggi", "2026-11-24"), ("heute", "2026-11-24"),
        ("今天", "2026-11-24"), ("tomorrow", "2026-11-25"), ("mañana", "2026-11-25"), ("manana", "2026-11-25"),
        ("domani", "2026-11-25"), ("morgen", "2026-11-25"), ("明天", "2026-11-25"), ("yesterday", "2026-11-23"),
        ("ayer", "2026-11-23"), ("ieri", "2026-11-23"), ("gestern", "2026-11-23"), ("昨天", "2026-11-23"),
        ("übermorgen", "2026-11-26"), ("后天", "2026-11-26"), ("pasado mañana", "2026-11-26"),
        ("+14", "2026-12-08"), ("＋１４", "2026-12-08"), ("+2w", "2026-12-08"), ("+1m", "2026-12-24"), ("-3", "2026-11-21"),
        ("+2 Wochen", "2026-12-08"), ("in 3 days", "2026-11-27"), ("3天后", "2026-11-27"), ("两周后", "2026-12-08"),
        ("三天后", "2026-11-27"), ("2个月后", "2027-01-24"), ("3天前", "2026-11-21"), ("3个星期后", "2026-12-15"),
        ("7月前", None), ("7月中旬前", None), ("3月底前", None), ("2019年前", None),
        ("fri", "2026-11-27"), ("Friday", "2026-11-27"), ("vie", "2026-11-27"), ("viernes", "2026-11-27"),
        ("ven", "2026-11-27"), ("venerdì", "2026-11-27"), ("Fr", "2026-11-27"), ("Fr.", "2026-11-27"),
        ("周五", "2026-11-27"), ("星期五", "2026-11-27"), ("礼拜五", "2026-11-27"), ("tue", "2026-11-24"), ("mon", "2026-11-30"),
        ("周日", "2026-11-29"), ("星期天", "2026-11-29"), ("下周五", "2026-12-04"), ("next fri", "2026-12-04"),
        ("本周五", "2026-11-27"), ("上周五", "2026-11-20"), ("this mon", "2026-11-23"),
        ("Fri 27 Nov", "2026-11-27"), ("27 Nov, Fri", "2026-11-27"), ("Thu 27 Nov", None),
        ("Tue 15 Dec 2026", "2026-12-15"), ("2026年12月15日 星期二", "2026-12-15"), ("12月15日（周二）", "2026-12-15"),
        ("2019", "2019"), ("June 2019", "2019-06"), ("2019年6月", "2019-06"), ("二〇一九年六月", "2019-06"),
        ("6/2019", "2019-06"), ("june", "2027-06"), ("6月", "2027-06"), ("december", "2026-12"),
        ("2019~", "2019~"), ("2019-06?", "2019-06?"), ("about June 2019", "2019-06~"), ("约2019年6月", "2019-06~"),
        ("2019-06-09/2019-06-15", "2019-06-09/2019-06-15"), ("9–15 June 2019", "2019-06-09/2019-06-15"),
        ("9-15 june", "2027-06-09/2027-06-15"), ("9–15 December", "2026-12-09/2026-12-15"),
        ("28 dec - 3 jan", "2026-12-28/2027-01-03"), ("20 aug - 30 aug", "2027-08-20/2027-08-30"),
        ("6月9日～15日", "2027-06-09/2027-06-15"), ("12月9日至15日", "2026-12-09/2026-12-15"),
        ("today - fri", "2026-11-24/2026-11-27"), ("fri-mon", "2026-11-27/2026-11-30"),
        ("from 15.12", "2026-12-15/.."), ("bis 15.12", "../2026-12-15"), ("2021年起", "2021/.."),
        ("soon", None), ("15", None), ("32.12", None), ("31 june", None), ("15.13", None), ("+", None), ("", None),
        ("12345", None), ("月", None), ("十", None), ("5月中", None), ("5月中旬", None), ("mid-May", None),
    ]  # fmt: skip
    for said, means in cases:
        assert typed(said) == means, said


def test_the_day_comes_first_but_for_a_chinese_reader() -> None:
    for lang in ("en", "es", "it", "de"):
        assert typed("9/10", lang) == "2026-10-09"
        assert typed("5.6.2019", lang) == "2019-06-05"
    assert typed("9/10", "zh") == "2026-09-10"
    assert typed("12/15", "zh") == typed("15/12", "zh") == "2026-12-15"
    assert typed("5/6/2019", "zh") == "2019-05-06"
    assert typed("26-12-15", "zh") == "2026-12-15"


def test_a_word_of_two_meanings_has_the_one_of_the_readers_language() -> None:
    assert typed("mar", "es") == typed("mar", "it") == "2026-11-24"
    assert typed("mar", "en") == "2027-03"
    assert typed("do", "de") == "2026-11-26"
    assert typed("do", "es") == "2026-11-26"


def test_a_year_left_out_follows_from_the_date_that_stood_there() -> None:
    assert typed("15.6", held="2019-06-12") == "2019-06-15"
    assert typed("3 jan", held="2019-12-28") == "2020-01-03"
    assert typed("15.12", held="2019-04") == "2019-12-15"
    assert typed("15.6", held="../2019") == "2027-06-15"
    assert typed("fri", held="2019-06-12") == "2026-11-27", "a weekday is told from today"


@given(st.dates(date(2026, 8, 24), date(2027, 8, 23)), st.sampled_from(LANGUAGES), st.sampled_from("./- "))
def test_every_day_of_the_year_around_today_can_be_typed_without_its_year(day: date, lang: str, sign: str) -> None:
    first, second = (day.month, day.day) if lang == "zh" else (day.day, day.month)
    assert typed(f"{first}{sign}{second}", lang) == day.isoformat()


@given(st.dates(date(1000, 1, 1), date(9990, 1, 1)), st.integers(0, 400), st.sampled_from(LANGUAGES))
def test_what_the_field_shows_means_what_it_held(day: date, days: int, lang: str) -> None:
    for edtf in (day.isoformat(), day.isoformat()[:7], f"{day.isoformat()}/{(day + timedelta(days + 1)).isoformat()}"):
        value = PartialDate(edtf)
        assert type_date(say_date(value, lang), TODAY, lang, value) == value


@given(st.text(st.characters(), max_size=20), st.sampled_from(LANGUAGES), st.dates())
def test_any_typing_on_any_day_gives_a_date_or_a_plain_no(said: str, lang: str, today: date) -> None:
    with contextlib.suppress(ValueError):
        assert isinstance(type_date(said, today, lang), PartialDate)


@given(st.text("0123456789.-/+~? 年月日周dwmfri", max_size=14), st.sampled_from(LANGUAGES), st.dates())
def test_figures_in_any_order_give_a_date_or_a_plain_no(said: str, lang: str, today: date) -> None:
    with contextlib.suppress(ValueError):
        assert isinstance(type_date(said, today, lang), PartialDate)
