"""Public holidays of both sides and China's shifted working days, as far as they are announced."""

from __future__ import annotations

from datetime import date

import pytest

from ucapdesk.model.rules.country_facts import holiday_on, is_announced


@pytest.mark.parametrize(
    ("country", "day", "lang", "said", "works"),
    [
        ("CN", date(2026, 10, 1), "en", "China: National Day", False),
        ("CN", date(2026, 10, 1), "zh", "中国：国庆节", False),
        ("CN", date(2026, 10, 10), "en", "China: working day", True),
        ("CN", date(2026, 2, 14), "zh", "中国：上班", True),
        ("ES", date(2026, 10, 12), "es", "España: Fiesta Nacional de España", False),
        ("PL", date(2027, 11, 11), "en", "Poland: National Independence Day", False),
    ],
)  # fmt: skip
def test_a_day_says_what_it_is_in_the_language_of_the_reader(
    country: str, day: date, lang: str, said: str, works: bool
) -> None:
    found = holiday_on(country, day, lang)
    assert found is not None
    assert (found.say(lang), found.works) == (said, works)


def test_other_days_and_countries_nobody_knows_are_like_any() -> None:
    assert holiday_on("CN", date(2026, 11, 24), "en") is None
    assert holiday_on("XX", date(2026, 1, 1), "en") is None
    assert holiday_on("CN", date(9999, 1, 1), "en") is None


def test_years_that_china_has_not_announced_are_known() -> None:
    assert is_announced("CN", 2026)
    assert not is_announced("CN", 2031)
    assert is_announced("PL", 2031), "the law says it"
