"""Dates as offices of many countries write them are read as they were meant; what is only known roughly stays rough."""

from __future__ import annotations

import pytest

from ucapdesk.model.dates.in_text import dates_in, placed_dates

DATES = {
    "w/c 4 June 2018": "2018-06",
    "in the week of 10 September 2018": "2018-09",
    "Woche vom 30. Juli 2018": "2018-07/2018-08",
    "26.5.-31.5.2019": "2019-05-26/2019-05-31",
    "26/05 - 31/05/2019": "2019-05-26/2019-05-31",
    "5.–9.9.2018": "2018-09-05/2018-09-09",
    "Jul-2018": "2018-07",
    "15-Oct-2018": "2018-10-15",
    "Mon 3 – Fri 7 Sept 2018": "2018-09-03/2018-09-07",
    "Monday, 3 September to Friday, 7 September 2018": "2018-09-03/2018-09-07",
    "2018年9月3日（周一）至7日（周五）": "2018-09-03/2018-09-07",
    "2018.9.3-9.7": "2018-09-03/2018-09-07",
    "2018/09/03-07": "2018-09-03/2018-09-07",
    "17., 18. und 19. September 2018": "2018-09-17/2018-09-19",
    "du 5 au 9 novembre 2018": "2018-11-05/2018-11-09",
    "de 5 a 9 de novembro de 2018": "2018-11-05/2018-11-09",
    "1er juin 2018": "2018-06-01",
    "le 18 juillet 2018": "2018-07-18",
    "the 18th day of July 2018": "2018-07-18",
    "18. 7. 2018": "2018-07-18",
    "Sept/Oct 2018": "2018-09/2018-10",
    "Day 1 – Monday, 14 September 2019": "2019-09-14",
    "Giorno 3 – 16 settembre 2019": "2019-09-16",
    "Visit 1 – Monday, 14 September 2019": "2019-09-14",
    "Visit 9 – 15 June 2019": "2019-06-09/2019-06-15",
    "4 Mar, 5 May 2027": "2027-03-04 2027-05-05",
    "12 Mar 9.10 and 13 Mar 2027": "2027-03-12 2027-03-13",
    "dal mar 4 al ven 7 maggio 2027": "2027-05-04/2027-05-07",
    "lun 3 - gio 6 maggio 2027": "2027-05-03/2027-05-06",
    "2018-2020": "2018/2020",
    "2018年9月上旬": "2018-09",
    "early September 2018": "2018-09",
    "Anfang/Mitte Mai 2018": "2018-05",
    "de mediados de mayo a finales de junio de 2018": "2018-05/2018-06",
    "2018年5月中至6月底": "2018-05/2018-06",
    "2018年6月初步讨论": "2018-06",
    "Q3 2018": "2018",
    "autumn 2019 (tbc)": "2019",
    "09/2018": "2018-09",
    "30 December – 2 January 2019": "2018-12-30/2019-01-02",
    "30.12. – 2.1.2019": "2018-12-30/2019-01-02",
    "2018年12月30日至1月2日": "2018-12-30/2019-01-02",
    "15 May–12 May 2019": "2019-05-15 2019-05-12",
    "12 October / 5 May 2019": "2019-10-12 2019-05-05",
}


@pytest.mark.parametrize("said", ["2024年底特律车展", "2024年初中生交流", "2024年初创企业大会"])
def test_a_word_that_begins_like_a_part_of_the_year_stays_whole(said: str) -> None:
    ((_, end, _),) = placed_dates(said)
    assert said[end:] == said.removeprefix("2024年")


@pytest.mark.parametrize("said", DATES)
def test_a_date_is_read_as_exactly_as_it_is_written(said: str) -> None:
    assert [found.edtf for found in dates_in(said)] == DATES[said].split()


@pytest.mark.parametrize(
    "said",
    [
        "mid May 2018", "the end of June 2018", "second half of May 2018", "early to mid June 2018", "end-June 2018",
        "Mitte Mai 2018", "Ende 2018", "mediados de mayo de 2018", "finales de 2018", "inizio giugno 2018",
        "seconda metà di maggio 2018", "2018年5月中旬", "2018年6月初", "2018年6月底", "2018年上半年", "2018年9月第一周",
    ],
)  # fmt: skip
def test_a_part_of_a_month_stays_the_month_with_its_words(said: str) -> None:
    (found,) = dates_in(said)
    assert found.print == said
    assert found.edtf in {"2018-05", "2018-06", "2018-09", "2018"}


def test_a_week_is_told_with_its_words() -> None:
    assert [each.print for each in dates_in("Ulm in Wuhan w/c 4 June 2018 and 9-12 July 2018")] == [
        "w/c 4 June 2018",
        "9-12 July 2018",
    ]
