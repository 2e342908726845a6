"""Dates are said as precisely as they are known, in five languages, and read back as the same dates; a line may begin with its day."""

from __future__ import annotations

import contextlib
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ucapdesk.base.i18n import LANGUAGES
from ucapdesk.model.dates.formatting import say_date, say_day, say_during, say_when
from ucapdesk.model.dates.parsing import AmbiguousDateError, day_of_line, parse_date
from ucapdesk.model.values import PartialDate, When

DAYS = st.dates(date(1000, 1, 1), date(9998, 12, 31))
SINGLE = st.builds(
    lambda day, length, mark: day.isoformat()[:length] + mark,
    DAYS,
    st.sampled_from([4, 7, 10]),
    st.sampled_from(" ~?%"),
).map(lambda text: text.replace(" ", ""))
NEAR = st.builds(
    lambda day, days, length: "/".join(d.isoformat()[:length] for d in (day, day + timedelta(days))),
    DAYS, st.integers(0, 400), st.sampled_from([4, 7, 10]),
).filter(lambda text: text.split("/")[0] < text.split("/")[1])  # fmt: skip
FAR = st.tuples(SINGLE, SINGLE).map("/".join)
OPEN = st.one_of(SINGLE.map("{}/..".format), SINGLE.map("../{}".format))


def _is_date(text: str) -> bool:
    try:
        first, last = PartialDate(text).ends
    except ValueError:
        return False
    return "/" not in text or first != last


ANY = st.one_of(SINGLE, NEAR, FAR, OPEN).filter(_is_date)

SAID = {
    "2019": ("2019", "2019年", "2019", "2019", "2019"),
    "2019-06": ("June 2019", "2019年6月", "junio de 2019", "giugno 2019", "Juni 2019"),
    "2019-06-12": ("12 June 2019", "2019年6月12日", "12 de junio de 2019", "12 giugno 2019", "12. Juni 2019"),
    "2019-06-09/2019-06-15": (
        "9–15 June 2019", "2019年6月9日至15日", "9–15 de junio de 2019", "9–15 giugno 2019", "9.–15. Juni 2019",
    ),
    "2019-06-28/2019-07-03": (
        "28 June – 3 July 2019", "2019年6月28日至7月3日", "28 de junio – 3 de julio de 2019",
        "28 giugno – 3 luglio 2019", "28. Juni – 3. Juli 2019",
    ),
    "2019-04/2019-06": ("April–June 2019", "2019年4月至6月", "abril–junio de 2019", "aprile–giugno 2019", "April–Juni 2019"),
    "2019-06~": ("about June 2019", "约2019年6月", "hacia junio de 2019", "circa giugno 2019", "etwa Juni 2019"),
    "2021/..": ("from 2021", "2021年起", "desde 2021", "da 2021", "ab 2021"),
}  # fmt: skip


@pytest.mark.parametrize("edtf", SAID)
def test_a_date_is_said_in_every_language(edtf: str) -> None:
    assert tuple(say_date(PartialDate(edtf), lang) for lang in LANGUAGES) == SAID[edtf]


@given(ANY, st.sampled_from(LANGUAGES))
def test_what_is_said_is_read_back_as_the_same_date(edtf: str, lang: str) -> None:
    value = PartialDate(edtf)
    assert parse_date(say_date(value, lang)) == value
    assert parse_date(say_date(value, lang, weekday=True), lang) == value


@pytest.mark.row("B9")
@given(SINGLE, st.sampled_from(LANGUAGES))
def test_no_day_is_said_that_nobody_gave(edtf: str, lang: str) -> None:
    said = say_date(PartialDate(edtf), lang, weekday=True)
    if edtf.count("-") < 2:
        assert "日" not in said
        assert parse_date(said).edtf.count("-") == edtf.count("-")


def test_weekdays() -> None:
    day = PartialDate("2019-06-12")
    assert say_date(day, "en", weekday=True) == "Wednesday, 12 June 2019"
    assert say_date(day, "zh", weekday=True) == "2019年6月12日（星期三）"
    assert say_date(PartialDate("2019-06"), "zh", weekday=True) == "2019年6月"
    assert say_day(PartialDate("2026-11-25"), "en") == "Wed 25 Nov"
    assert say_day(PartialDate("2026-11-25"), "zh") == "11月25日（周三）"


def edtf_of(typed: str) -> str | None:
    try:
        return parse_date(typed).edtf
    except ValueError:
        return None


def test_dates_are_read_as_people_type_them() -> None:
    for typed, edtf in [
        ("June 2019", "2019-06"),
        ("jun. 2019", "2019-06"),
        ("２０１９年６月", "2019-06"),
        ("2019 年 6 月 12 号", "2019-06-12"),
        ("9-15 June 2019", "2019-06-09/2019-06-15"),
        ("June 9-15, 2019", "2019-06-09/2019-06-15"),
        ("June 12, 2019", "2019-06-12"),
        ("9. bis 15. Juni 2019", "2019-06-09/2019-06-15"),
        ("2019年6月9日-15日", "2019-06-09/2019-06-15"),
        ("2019年6月到7月", "2019-06/2019-07"),
        ("from April 2019", "2019-04/.."),
        ("2019年4月至今", "2019-04/.."),
        ("March 2017 until April 2018", "2017-03/2018-04"),
        ("ca. 2019", "2019~"),
        ("6/2019", "2019-06"),
        ("2019.6.12", "2019-06-12"),
        ("25.12.2019", "2019-12-25"),
        ("12.6.2019", "2019-06-12"),
        ("9.6.2019 – 15.6.2019", "2019-06-09/2019-06-15"),
        ("31.2.2019", None),
        ("12/25/2019", "2019-12-25"),
        ("Wed 12 June 2019", None),
        ("Wednesday 12 June 2019", "2019-06-12"),
        ("Tuesday 12 June 2019", None),
        ("31 June 2019", None),
        ("29 February 2019", None),
        ("2019年13月", None),
        ("soon", None),
        ("12 2019", None),
        ("", None),
        ("June", None),
        ("20190612", None),
    ]:
        assert edtf_of(typed) == edtf, typed


@pytest.mark.parametrize("typed", ["12/6/2019", "6/12/2019", "06-12-2019", "9/6/2019 – 15/6/2019"])
def test_figures_that_may_be_two_dates_are_refused_unless_the_language_tells(typed: str) -> None:
    with pytest.raises(AmbiguousDateError):
        parse_date(typed)
    assert parse_date(typed, "de").bounds[0][8:] == f"{int(typed.replace('/', '.').replace('-', '.').split('.')[0]):02}"


@given(st.text(st.characters(), max_size=30))
def test_any_typing_gives_a_date_or_a_plain_no(typed: str) -> None:
    with contextlib.suppress(ValueError):
        assert isinstance(parse_date(typed), PartialDate)


def test_hours_are_told_on_the_clock_of_the_place() -> None:
    when = When("2019-06-12", "09:00", "10:30", tz="Europe/Madrid")
    assert say_when(when, "en") == "12 June 2019, 09:00–10:30 (Madrid time)"
    assert say_when(when, "zh") == "2019年6月12日 09:00–10:30（马德里时间）"
    assert say_when(when, "de", zone=False) == "12. Juni 2019, 09:00–10:30"
    assert say_when(When("2019-06", tz="Europe/Madrid"), "en") == "June 2019"
    assert say_when(None) == ""


def test_a_flight_ends_on_another_clock() -> None:
    flight = When("2019-06-12", "23:00", "15:00", "2019-06-13", "Europe/Madrid", "Asia/Shanghai")
    assert say_when(flight, "zh") == "2019年6月12日 23:00（马德里时间） – 2019年6月13日 15:00（北京时间）"


def test_a_date_follows_the_verb() -> None:
    for edtf, lang, said in [
        ("2027-04-12/2027-04-15", "en", "from 12 to 15 April 2027"),
        ("2027-04-12/2027-04-15", "zh", "于2027年4月12日至15日"),
        ("2027-04-12/2027-04-15", "es", "del 12 al 15 de abril de 2027"),
        ("2027-04-12/2027-04-15", "it", "dal 12 al 15 aprile 2027"),
        ("2027-04-12/2027-04-15", "de", "vom 12. bis 15. April 2027"),
        ("2027-04-30/2027-05-02", "en", "from 30 April to 2 May 2027"),
        ("2027-12-30/2028-01-02", "en", "from 30 December 2027 to 2 January 2028"),
        ("2027-04-12", "en", "on 12 April 2027"),
        ("2027-04-12/2027-04-12", "en", "on 12 April 2027"),
        ("2027-04", "en", "in April 2027"),
        ("2027", "de", "2027"),
        ("2027-04~", "en", "(about April 2027)"),
        ("2027-04-12/..", "en", "(from 12 April 2027)"),
    ]:
        assert say_during(PartialDate(edtf), lang) == said, edtf


PROGRAMME_DAYS = [f"2027-10-{day}" for day in range(28, 32)] + ["2027-11-01"]


def test_the_day_of_a_line() -> None:
    for typed, lang, day, rest in [
        ("10月29日 9:00-10:30 市政府会谈", "zh", "2027-10-29", "9:00-10:30 市政府会谈"),
        ("10月29日（周五）9:00 会谈", "zh", "2027-10-29", "9:00 会谈"),
        ("10月29日9:00 会谈", "en", "2027-10-29", "9:00 会谈"),
        ("10月29日星期五9:00 会谈", "zh", "2027-10-29", "9:00 会谈"),
        ("10月29日周三宝来访", "zh", "2027-10-29", "周三宝来访"),
        ("29 October 0930 meet", "en", "2027-10-29", "0930 meet"),
        ("29. Oktober, 9:30 Treffen", "de", "2027-10-29", "9:30 Treffen"),
        ("29.10. 0930 Treffen", "de", "2027-10-29", "0930 Treffen"),
        ("29.10.2027, 9.30 Treffen", "de", "2027-10-29", "9.30 Treffen"),
        ("9.10 Treffen", "de", "", "9.10 Treffen"),
        ("1 nov 0930 firma", "es", "2027-11-01", "0930 firma"),
        ("2027-10-31 0130 0230 transfer", "en", "2027-10-31", "0130 0230 transfer"),
        ("2027-10-29（Fri.）9:00 talks", "en", "2027-10-29", "9:00 talks"),
        ("29 October (hotel) breakfast", "en", "2027-10-29", "(hotel) breakfast"),
        ("10月29日（晚宴）", "zh", "2027-10-29", "（晚宴）"),
        ("10月29日至30日 论坛", "zh", "", "10月29日至30日 论坛"),
        ("29 October - 31 October forum", "en", "", "29 October - 31 October forum"),
        ("29 October 9:00 - 10:30 meet", "en", "2027-10-29", "9:00 - 10:30 meet"),
        ("12月5日 会谈", "zh", "", "12月5日 会谈"),
        ("0930 1030 meet", "en", "", "0930 1030 meet"),
        ("11-01 9:30 签署", "zh", "", "11-01 9:30 签署"),
        ("Sunday walk", "en", "", "Sunday walk"),
        ("31 October", "en", "", "31 October"),
    ]:
        found, _, left = day_of_line(typed, PROGRAMME_DAYS, lang)
        assert (found, left) == (day, rest), typed
