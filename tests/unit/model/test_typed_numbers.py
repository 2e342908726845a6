"""Numbers are typed as they were printed, with the separators of every language; what is not known is not zero."""

from __future__ import annotations

import contextlib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.model.text.amounts import (
    read_geo,
    read_money,
    read_number,
    read_quantity,
    say_money,
    say_number,
    say_quantity,
)
from ucapdesk.model.values import Geo, Money, Quantity


def money(said: str, lang: str) -> Money | None:
    try:
        return Money(**read_money(said, lang))
    except ValueError:
        return None


def number(said: str, lang: str = "en") -> Any:
    try:
        return read_number(said, lang)
    except ValueError:
        return None


def test_numbers_are_read_as_each_language_writes_them() -> None:
    cases = [
        ("4,000,000", "en", 4_000_000), ("4.000.000", "de", 4_000_000), ("4.000.000", "en", 4_000_000),
        ("4,000,000", "es", 4_000_000), ("4 000 000", "it", 4_000_000), ("4'000'000", "de", 4_000_000),
        ("400万", "zh", 4_000_000), ("４００万", "zh", 4_000_000), ("1.2亿", "zh", 120_000_000), ("四百", "zh", None), ("十五六万", "zh", None),
        ("4 million", "en", 4_000_000), ("4.2 million", "en", 4_200_000), ("4,2 Mio.", "de", 4_200_000),
        ("4 millones", "es", 4_000_000), ("2 milioni", "it", 2_000_000), ("20 mila", "it", 20_000), ("3k", "en", 3000),
        ("18,600", "en", 18_600), ("18.600", "de", 18_600), ("18.600", "en", "18.600"), ("18,600", "de", "18.600"),
        ("140.9", "de", "140.9"), ("140,9", "en", "140.9"), ("1.234,5", "en", "1234.5"), ("1,234.5", "de", "1234.5"),
        ("1234.567", "de", "1234.567"), ("1234,567", "en", "1234.567"), ("-18.600", "de", -18_600),
        ("0.125", "de", "0.125"), ("0,125", "en", "0.125"), ("-0.500", "de", "-0.500"), ("0,000,001", "en", 1),
        ("-3", "en", -3), ("0", "en", 0), ("1,23,456", "en", None), ("12,34,5", "en", None), ("4 lakhs", "en", None),
        ("1.234.56", "en", None), ("many", "en", None), ("", "en", None), ("1,234'567", "en", None),
    ]  # fmt: skip
    for said, lang, means in cases:
        assert number(said, lang) == means, said


@given(
    st.decimals(-(10**9), 10**9, places=2, allow_nan=False) | st.integers(-(10**9), 10**9), st.sampled_from(LANGUAGES)
)
def test_a_number_as_a_language_says_it_is_read_as_the_same(value: Any, lang: str) -> None:
    assert str(read_number(say_number(value, lang), lang)) == (f"{value:f}" if "." in str(value) else str(value))


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("4,000,000", Quantity(4_000_000)), ("about 4 million", Quantity(4_000_000, "about", "about 4 million")),
        ("4 million", Quantity(4_000_000, "exact", "4 million")), ("~50", Quantity(50, "about")),
        ("at least 3", Quantity(3, "at_least")), ("over 50", Quantity(50, "at_least")), ("50+", Quantity(50, "at_least")),
        ("50人", None), ("约400万", Quantity(4_000_000, "about", "约400万")), ("400万左右", Quantity(4_000_000, "about", "400万左右")),
        ("50以上", Quantity(50, "at_least")), ("más de 50", Quantity(50, "at_least")), ("N/A", Quantity(None, "not_available", "N/A")),
        ("不详", Quantity(None, "not_available", "不详")), ("0", Quantity(0)),
        ("4 million (2018)", Quantity(4_000_000, "exact", "4 million", 2018)),
        ("415.79万（2020年）", Quantity(4_157_900, "exact", "415.79万", 2020)), ("18,600 (2018)", Quantity(18_600, "exact", None, 2018)),
        ("many", None), ("about", None),
    ],
)  # fmt: skip
def test_a_quantity_keeps_how_it_is_meant_and_the_words_it_was_printed_in(said: str, means: Quantity | None) -> None:
    if means is None:
        with pytest.raises(ValueError):
            read_quantity(said, "en")
        return
    parts = {("is_" if key == "is" else key): value for key, value in read_quantity(said, "en").items()}
    assert Quantity(**parts) == means


@pytest.mark.parametrize("as_printed", [False, True])
def test_a_year_that_is_known_is_told_in_every_language(as_printed: bool) -> None:
    for said, number in (
        (
            {"en": "about 8.6 million (2022)", "zh": "约860万（2022年）"},
            Quantity(8_600_000, "about", "about 8.6 million", 2022),
        ),
        ({"en": "4,157,900 (2020)", "zh": "415.79万（2020年）"}, Quantity(4_157_900, "exact", "415.79万", 2020)),
    ):
        told = {lang: say_quantity(number, lang, as_printed=as_printed) for lang in said}
        assert all(str(number.year) in text for text in told.values()), told
        if as_printed:
            assert told == said


def test_money_is_read_with_its_currency_on_either_side() -> None:
    cases = [
        ("EUR 1,000", "en", Money("1000", "EUR")), ("1.000 €", "de", Money("1000", "EUR")), ("€1000.50", "en", Money("1000.50", "EUR")),
        ("5000元", "zh", Money("5000", "CNY")), ("5万元", "zh", Money("50000", "CNY")), ("￥5000", "zh", Money("5000", "CNY")),
        ("1000 欧元", "zh", Money("1000", "EUR")), ("1,000.50 eur", "en", Money("1000.50", "EUR")), ("500", "en", Money("500", None)),
        ("2 million EUR", "en", Money("2000000", "EUR")), ("500 beans", "en", None), ("EUR", "en", None),
    ]  # fmt: skip
    for said, lang, means in cases:
        assert money(said, lang) == means, said


@given(st.integers(0, 10**9), st.sampled_from(["EUR", "CNY", "GBP", "USD"]), st.sampled_from(LANGUAGES))
def test_money_as_a_language_says_it_is_read_as_the_same(value: int, currency: str, lang: str) -> None:
    assert read_money(say_money(Money(str(value), currency), lang), lang) == {"value": str(value), "currency": currency}


@pytest.mark.parametrize(
    ("said", "lat", "lon"),
    [
        ("24.31, 109.41", "24.31", "109.41"), ("24.31 109.41", "24.31", "109.41"), ("24.31，109.41", "24.31", "109.41"),
        ("41.38N 2.17E", "41.38", "2.17"), ("37°11′N 3°36′W", "37.183333", "-3.600000"), ("北纬24.31 东经109.41", "24.31", "109.41"),
        ("109.41E, 24.31N", "24.31", "109.41"), ("37° 11' 30\" N, 3° 36' W", "37.191667", "-3.600000"), ("-33.9, 18.4", "-33.9", "18.4"),
    ],
)  # fmt: skip
def test_a_position_is_read_from_a_map_or_a_sign(said: str, lat: str, lon: str) -> None:
    assert Geo(**read_geo(said)) == Geo(lat, lon)


@given(st.text("0123456789.,' -+~万亿元€neurEURNSEW°′()年 ", max_size=16), st.sampled_from(LANGUAGES))
def test_any_typing_gives_a_number_or_a_plain_no(said: str, lang: str) -> None:
    with contextlib.suppress(ValueError):
        assert Decimal(read_number(said, lang)).is_finite()
    with contextlib.suppress(ValueError):
        assert Decimal(str(read_quantity(said, lang)["value"] or 0)).is_finite()
    with contextlib.suppress(ValueError):
        assert Decimal(str(read_money(said, lang)["value"])).is_finite()
    with contextlib.suppress(ValueError):
        assert read_geo(said).keys() == {"lat", "lon"}
