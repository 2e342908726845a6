"""A line of a programme may begin with its day; hours, weekdays alone, several days and days of other visits are none."""

from __future__ import annotations

from ucapdesk.model.dates.parsing import day_of_line

DAYS = [f"2027-10-{day}" for day in range(28, 32)] + ["2027-11-01"]


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
        found, _, left = day_of_line(typed, DAYS, lang)
        assert (found, left) == (day, rest), typed
