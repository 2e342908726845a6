"""Each point of a programme is on the day that its paper means, or on none: over New Year, by the weekday, in figures."""

from __future__ import annotations

import time

import pytest

from ucapdesk.formats.lists.list_drafts import ListDrafts, ListTarget
from ucapdesk.formats.lists.list_file import pasted_list, pasted_text
from ucapdesk.formats.lists.programmes import itinerary_of, programme_in

MAY = ("2027-05-03", "2027-05-06")
NEW_YEAR = ("2026-12-30", "2027-01-02")


def _read(text: str, days: tuple[str, str] | None) -> ListDrafts:
    tour = pasted_list("x", text) if "\t" in text else programme_in(pasted_text("x", text))
    found = itinerary_of(tour, ListTarget(days=days)) if tour else None
    assert found is not None
    assert found.accounted.nothing == ()
    return found


def _points(found: ListDrafts) -> list[str]:
    points = [draft.values for draft in found.drafts if draft.kind == "itinerary_item"]
    said = [(each["when"]["date"][5:], each["when"].get("start", ""), *each["title"].values()) for each in points]
    return [" ".join(filter(None, each)) for each in said]


@pytest.mark.parametrize(
    ("title", "days"),
    [
        ("Programme", NEW_YEAR),
        ("Programme 30 December – 2 January 2027", None),
        ("Programm vom 30.12.2026 bis 2.1.2027", None),
        ("日程（2026年12月30日至1月2日）", None),
    ],
)
def test_days_without_a_year_go_on_over_new_year(title: str, days: tuple[str, str] | None) -> None:
    found = _read(f"{title}\n\n30 December\n9:00 Port\n31.12. (Donnerstag)\n10:00 Talks\n1.1.\n15:00 Concert", days)
    assert [draft.values["when"]["date"] for draft in found.drafts if draft.kind == "itinerary_item"] == [
        "2026-12-30", "2026-12-31", "2027-01-01",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("rows", "points"),
    [
        (["03/05/2027\t9:00\tIncontro", "04/05/2027\t11:00\tPorto"], ["05-03 09:00 Incontro", "05-04 11:00 Porto"]),
        (["05/03/2027\t9:00 AM\tTalks", "5/4\t2 p.m.\tPort"], ["05-03 09:00 Talks", "05-04 14:00 Port"]),
        (["3.5.\t9.10\tTreffen", "\t10.11\tHafen"], ["05-03 09:10 Treffen", "05-03 10:11 Hafen"]),
        (["Monday 3 May\t9:00\tTalks", "Tuesday\t9:00\tPort"], ["05-03 09:00 Talks", "05-04 09:00 Port"]),
        (["Mo\t9:00\tTreffen", "Do.\t9:00\tHafen"], ["05-03 09:00 Treffen", "05-06 09:00 Hafen"]),
        (["3 May – Leuven\t9:00\tTalks", "Antwerp, 4 May\t14:30\tPort"], ["05-03 09:00 Talks", "05-04 14:30 Port"]),
        (["Lun 03/05\t9:00\tIncontro", "Mar 04/05\t9:00\tPorto"], ["05-03 09:00 Incontro", "05-04 09:00 Porto"]),
        (
            ["lun 3\t9:00\tTaller", "mar 4\t9:00\tPuerto", "mié 5\t9:00\tX"],
            ["05-03 09:00 Taller", "05-04 09:00 Puerto", "05-05 09:00 X"],
        ),
        (["mar. 4 mayo\t9:00\tTaller"], ["05-04 09:00 Taller"]),
        (["mar 4 mag\t9:00\tIncontro"], ["05-04 09:00 Incontro"]),
        (["maandag 3 mei\t9.00 uur\tHaven", "dinsdag\t9:00\tX"], ["05-03 09:00 Haven", "05-04 09:00 X"]),
        (
            ["5.3\t9:00\t会谈", "5.4\t上午10時\t參觀", "週三\t9:00\t午宴"],
            ["05-03 09:00 会谈", "05-04 10:00 參觀", "05-05 09:00 午宴"],
        ),
        (["Day 1 – 3 May\t9:00\tTalks", "Day 3\t9:00\tPort"], ["05-03 09:00 Talks", "05-05 09:00 Port"]),
        (["3 May\t9:00\tTalks", "\t14:30 (tbc)\tPort"], ["05-03 09:00 Talks", "05-03 14:30 Port"]),
        (["5月3日下午\t3:00\t会谈", "5月4日（下午）\t2:30\t参观"], ["05-03 15:00 会谈", "05-04 14:30 参观"]),
        (
            ["3 May\t9:00\tTalks", "14:30 (tbc)\t\tPort", "约15:00\t\tLab"],
            ["05-03 09:00 Talks", "05-03 14:30 Port", "05-03 15:00 Lab"],
        ),
        (["3 May\t9:00\tTalks", "afternoon\t\tPort"], ["05-03 09:00 Talks", "05-03 Afternoon: Port"]),
        (["3 May\t9:00\tTalks", "Leuven\t10:00\tPort"], ["05-03 09:00 Talks", "05-03 10:00 Port"]),
        (["3 maggio\t9:00\tIncontro", "(segue)\t18:00\tPorto"], ["05-03 09:00 Incontro", "05-03 18:00 Porto"]),
        (["5月3日\t9:00\t会谈", "同日\t20:00\t游船"], ["05-03 09:00 会谈", "05-03 20:00 游船"]),
    ],
)
def test_a_day_is_read_by_figures_in_either_order_and_by_its_weekday(rows: list[str], points: list[str]) -> None:
    assert _points(_read("\n".join(["Date\tTime\tActivity", *rows]), MAY)) == points


@pytest.mark.parametrize("day", ["tbc", "46511", "Day 2", "待定", "Sunday"])
def test_a_point_whose_day_nobody_can_tell_is_named_and_not_put_on_the_day_before(day: str) -> None:
    rows = ["Date\tTime\tActivity", "3 May\t9:00\tTalks", f"{day}\t10:00\tPort", "\t11:00\tLunch", "5 May\t9:00\tX"]
    found = _read("\n".join(rows), MAY)
    assert _points(found) == ["05-03 09:00 Talks", "05-05 09:00 X"]
    assert [each.text for each in found.not_placed] == [f"{day} 10:00 Port", "11:00 Lunch"]


@pytest.mark.parametrize("heads", [("第一天", "第二天", "第三天"), ("Day 1: Turin", "Day 2: Milan", "Giorno 3")])
def test_days_that_are_only_numbered_count_from_the_first_of_a_title_with_as_many(heads: tuple[str, ...]) -> None:
    text = "Programme 12–14 April 2027\n\n" + "\n".join(f"{head}\n{9 + at}:00 Port" for at, head in enumerate(heads))
    assert _points(_read(text, None)) == ["04-12 09:00 Port", "04-13 10:00 Port", "04-14 11:00 Port"]
    tour = programme_in(pasted_text("x", text.replace("14 April", "15 April")))
    assert tour is not None
    assert itinerary_of(tour, ListTarget()) is None, "which of four days the first is nobody says"


def test_the_number_of_a_day_of_the_month_is_not_counted_from_the_first_day() -> None:
    text = "Programa 2–6 de mayo de 2027\n\nDía 2\n9:00 Puerto\nDía 5\n9:00 Taller"
    tour = programme_in(pasted_text("x", text))
    assert tour is not None
    assert itinerary_of(tour, ListTarget()) is None


@pytest.mark.parametrize(
    ("text", "points"),
    [
        ("Mo 03.05. 09:00 Treffen\nDi 04.05. 10:30 Hafen", ["05-03 09:00 Treffen", "05-04 10:30 Hafen"]),
        ("Mo, 03.05.\n09:00 Treffen\nDi, 04.05.\n10.30 Hafen", ["05-03 09:00 Treffen", "05-04 10:30 Hafen"]),
        ("Montag 03.05.2027 09:00 Treffen\n10:30 Hafen", ["05-03 09:00 Treffen", "05-03 10:30 Hafen"]),
        ("lunedì 3.5 ore 9.00 Incontro\n10.30 Porto", ["05-03 09:00 Incontro", "05-03 10:30 Porto"]),
        ("Monday 3 May\n9:00 Talks\nTue 10.30 Port", ["05-03 09:00 Talks", "05-04 10:30 Port"]),
    ],
)
def test_figures_behind_a_weekday_are_its_day_and_hours_only_where_they_can_be_none(
    text: str, points: list[str]
) -> None:
    assert _points(_read(f"Programm\n{text}", MAY)) == points


@pytest.mark.parametrize("long", ["a" + " " * 40_000 + "b", "3 May " * 7_000])
def test_a_long_line_is_read_at_once(long: str) -> None:
    begun = time.process_time()
    _read(f"3 May 2027\n9:00 Talks\n10:00 Port\n{long}", MAY)
    _read(f"Date\tTime\tActivity\n3 May\t9:00\tTalks\n{long}\t{long}\t{long}", MAY)
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    ("head", "row", "point"),
    [
        ("Fecha\tHora (inicio)\tHora (fin)\tActividad", "3 de mayo\t9:00\t10:30\tReunión", "09:00 10:30"),
        ("Date\tStart\tEnd\tActivity", "3 May\t9.00\t10h30\tTalks", "09:00 10:30"),
        ("Datum\tVon\tBis\tProgrammpunkt", "3.5.\t22 Uhr\t1.00 Uhr\tGala", "22:00 01:00"),
        ("日期\t开始时间\t结束时间\t活动", "5月3日\t下午2点\t4点\t会谈", "14:00 16:00"),
        ("Date\tTime\t\tActivity\n\tfrom\tto\t", "3 May\t09:00\t10:30\tTalks", "09:00 10:30"),
    ],
)
def test_first_and_last_hour_in_columns_of_their_own(head: str, row: str, point: str) -> None:
    found = _read(f"{head}\n{row}", MAY)
    (when,) = (draft.values["when"] for draft in found.drafts if draft.kind == "itinerary_item")
    assert f"{when['start']} {when['end']}" == point
    assert found.not_placed == []


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("Dear colleague,\n\nplease find the programme below.", "x"),
        ("Dear Luca,\n\nhere is the corrected programme:", "x"),
        ("Estimados:\n\nAtentamente, María", "x"),
        ("Saludos\nMaría", "x"),
        ("Hello!\nRegards", "x"),
        ("Programm 3.–6.5.", "Programm 3.–6.5."),
        ("Delegation of Hefei Construction Co., Ltd.", "Delegation of Hefei Construction Co., Ltd."),
        ("Dear all,\nVisit of Plovdiv to Hefei", "Visit of Plovdiv to Hefei"),
        ("普洛夫迪夫市代表团访问合肥日程", "普洛夫迪夫市代表团访问合肥日程"),
    ],
)
def test_a_greeting_is_not_the_title_of_a_programme_and_is_named(above: str, title: str) -> None:
    found = _read(f"{above}\n\n3 May 2027\n9:00 Talks\n11:00 Port", None)
    assert list(found.drafts[0].values["title"].values()) == [title]
    assert [each.text for each in found.not_placed] == [line for line in above.splitlines() if line not in ("", title)]


@pytest.mark.parametrize("said", ["So geht es weiter", "Mi casa", "Mar Menor", "Sun Valley"])
def test_a_number_of_a_list_before_a_word_like_a_short_weekday_is_no_day(said: str) -> None:
    found = _read(f"3 May 2027\n9:00 Talks\n1.2. {said}\n11:00 Port", None)
    assert _points(found) == ["05-03 09:00 Talks", "05-03 11:00 Port"]
