"""What is understood of a point of a programme that somebody types in one line, in either language and width."""

from __future__ import annotations

import time

import pytest

from ucapdesk.base.i18n import use_pair
from ucapdesk.model.codes import codes
from ucapdesk.model.dates.hours import type_minutes
from ucapdesk.model.dates.zones import zone_named
from ucapdesk.model.text.itinerary_line import WORDS, understand
from ucapdesk.model.text.typed_lines import Known
from ucapdesk.model.text.typed_text import in_languages
from ucapdesk.model.values import Bilingual, When

ON_RECORD = {
    ("organisation", "drc liuzhou"): Known("drc", Bilingual(en="DRC Liuzhou", zh="柳州市发改委")),
    ("organisation", "氢能工作组"): Known("h2", Bilingual(en="Hydrogen working group", zh="氢能工作组")),
    ("person", "lmy"): Known("li", Bilingual(en="Li Mingyu", zh="李明宇")),
    ("person", "李明宇"): Known("li", Bilingual(en="Li Mingyu", zh="李明宇")),
    ("person", "cy"): Known("chen", Bilingual(en="Chen Yan", zh="陈燕")),
    ("place", "city hall"): Known("hall", Bilingual(en="City hall", zh="市政厅")),
    ("place", "frankfurt"): Known("fra", Bilingual(en="Frankfurt"), "Europe/Berlin"),
    ("place", "柳州"): Known("lz", Bilingual(zh="柳州")),
}


def find(kind: str, words: str) -> Known | None:
    return ON_RECORD.get((kind, words.strip().casefold()))


def test_a_line_in_english() -> None:
    cases = [
        ("0930 1030 meet drc liuzhou", "09:30", "10:30", "meeting", {"en": "DRC Liuzhou", "zh": "柳州市发改委"}),
        ("1215 1330 meal", "12:15", "13:30", "meal", {"en": "Meal", "zh": "用餐"}),
        ("12:15-13:30 lunch", "12:15", "13:30", "meal", {"en": "Lunch", "zh": "午餐"}),
        ("1545 1700 visit smart energy", "15:45", "17:00", "site_visit", {"en": "smart energy"}),
        ("9:30 1h meet", "09:30", "10:30", "meeting", {"en": "Meet", "zh": "会面"}),
        ("14:00 90 min talks", "14:00", "15:30", "meeting", {"en": "Talks", "zh": "会谈"}),
        ("DRC round table 9-10:30", "09:00", "10:30", "meeting", {"en": "DRC round table"}),
        ("DRC round table 发改委圆桌会议 9-10:30", "09:00", "10:30", "meeting", {"en": "DRC round table", "zh": "发改委圆桌会议"}),
        ("0900 1000 tour of the port", "09:00", "10:00", "site_visit", {"en": "tour of the port"}),
        ("1830 2030 dinner reception", "18:30", "20:30", "meal", {"en": "dinner reception"}),
        ("9-10 free trade talks", "09:00", "10:00", "meeting", {"en": "free trade talks"}),
        ("9-10 free", "09:00", "10:00", "free", {"en": "Free", "zh": "自由活动"}),
        ("9-10 car to the port", "09:00", "10:00", "transfer", {"en": "car to the port"}),
        ("3 experts visit", None, None, "site_visit", {"en": "3 experts visit"}),
        ("Tai Chi", None, None, None, {"en": "Tai Chi"}),
        ("0900 1000 bus factory", "09:00", "10:00", None, {"en": "bus factory"}),
        ("car plant Wuling", None, None, None, {"en": "car plant Wuling"}),
        ("Train station visit", None, None, "site_visit", {"en": "Train station visit"}),
        ("flight academy", None, None, None, {"en": "flight academy"}),
        ("bus rapid transit seminar", None, None, "meeting", {"en": "bus rapid transit seminar"}),
        ("electric bus project", None, None, None, {"en": "electric bus project"}),
        ("bus tour of the old town", None, None, "site_visit", {"en": "bus tour of the old town"}),
        ("estación de tren", None, None, None, {"en": "estación de tren"}),
        ("9-10 火车站", "09:00", "10:00", None, {"zh": "火车站"}),
        ("9-10 飞机制造厂", "09:00", "10:00", None, {"zh": "飞机制造厂"}),
        ("参观汽车厂", None, None, "site_visit", {"zh": "汽车厂"}),
        ("与机场集团会谈", None, None, "meeting", {"zh": "与机场集团会谈"}),
        ("9-10 bus 3 to the port", "09:00", "10:00", "transfer", {"en": "3 to the port"}),
        ("9-10 train to Beijing", "09:00", "10:00", "train", {"en": "train to Beijing"}),
        ("9-10 night train to Beijing", "09:00", "10:00", "train", {"en": "night train to Beijing"}),
        ("9-10 bus hotel", "09:00", "10:00", "transfer", {"en": "hotel"}),
        ("高铁去柳州", None, None, "train", {"zh": "去柳州"}),
        ("930", "09:30", None, None, {}),
        ("", None, None, None, {}),
    ]  # fmt: skip
    for typed, start, end, kind, title in cases:
        said = understand(typed, find)
        assert (said.start, said.end, said.kind, dict(said.title or {})) == (start, end, kind, title), typed


@pytest.mark.rule("I5")
@pytest.mark.parametrize(
    ("typed", "start", "end", "kind", "title"),
    [
        ("０９３０　１０３０　会面　氢能工作组", "09:30", "10:30", "meeting", {"en": "Hydrogen working group", "zh": "氢能工作组"}),
        ("9点半到10点半 会面氢能工作组", "09:30", "10:30", "meeting", {"en": "Hydrogen working group", "zh": "氢能工作组"}),
        ("１４：００－１５：３０ 访问 智慧能源", "14:00", "15:30", "site_visit", {"zh": "智慧能源"}),
        ("09:30～10:30，会谈", "09:30", "10:30", "meeting", {"en": "Talks", "zh": "会谈"}),
        ("上午9点-10点半参观氢能公交", "09:00", "10:30", "site_visit", {"zh": "氢能公交"}),
        ("下午3点1小时 座谈", "15:00", "16:00", "meeting", {"en": "Talks", "zh": "座谈"}),
        ("12点15分至13点30分 用餐", "12:15", "13:30", "meal", {"en": "Meal", "zh": "用餐"}),
        ("18:30-20:30 欢迎晚宴", "18:30", "20:30", "banquet", {"en": "Welcome dinner", "zh": "欢迎晚宴"}),
        ("17:00-17:30 签约仪式", "17:00", "17:30", "signing", {"en": "Signing ceremony", "zh": "签约仪式"}),
        ("9:00-10:00 市长欢迎晚宴", "09:00", "10:00", "banquet", {"zh": "市长欢迎晚宴"}),
    ],
)  # fmt: skip
def test_a_line_in_chinese_with_the_signs_of_a_chinese_keyboard(
    typed: str, start: str, end: str, kind: str, title: dict[str, str]
) -> None:
    said = understand(typed, find)
    assert (said.start, said.end, said.kind, dict(said.title or {})) == (start, end, kind, title)


def test_people_place_room_and_group_are_taken_out_of_the_title() -> None:
    said = understand("9:30 1h meet with lmy and cy at city hall", find)
    assert [(piece.key, piece.shown) for piece in said.people] == [("li", "Li Mingyu"), ("chen", "Chen Yan")]
    assert said.place
    assert said.place.key == "hall"
    assert said.title == Bilingual(en="Meet", zh="会面")
    said = understand("09:30～10:30，会谈，李明宇，room 2", find, lang="zh")
    assert [piece.shown for piece in said.people] == ["李明宇"]
    assert said.room == "room 2"
    said = understand("1700 MoU signing @ City Hall, Room 301", find)
    assert (said.place and said.place.key, said.room, said.title) == ("hall", "Room 301", Bilingual(en="MoU signing"))
    assert understand("14:00 在柳州 会见", find).place is not None
    said = understand("0900 1000 visit A组 museum", find)
    assert (said.group, said.title) == ("A", Bilingual(en="museum"))
    assert understand("0900 1000 tour group b", find).group == "B"
    said = understand("0900 1000 tour @ 新厂 + Zhu Bajie group A fixed", find)
    assert understand("0930 meet working group on ports", find).group is None
    grouped = understand("9:00 museum + Group A", find)
    assert (grouped.title, grouped.group, grouped.people) == (Bilingual(en="Museum", zh="博物馆"), "A", [])
    assert [each.words for each in understand("0930 参观 + 张伟、李明 @ 港口", find).people] == ["张伟", "李明"]
    refused = understand("0930 参观 + 张伟、李明", find, [("person", "李明")])
    assert ([each.words for each in refused.people], refused.title) == (["张伟"], Bilingual(zh="李明"))
    assert (said.group, said.fixed, [each.words for each in said.people]) == ("A", True, ["Zhu Bajie"])
    assert said.place is not None
    assert said.place.words == "新厂"


@pytest.mark.rule("T3")
def test_who_is_named_with_a_plus_and_where_with_an_at_may_be_new() -> None:
    said = understand("1545 1700 visit smart energy ＠ Liudong New District ＋ lmy ＋ 陆辉", find)
    assert [(piece.key, piece.words) for piece in said.people] == [("li", "lmy"), ("", "陆辉")]
    assert said.place
    assert (said.place.key, said.place.words) == ("", "Liudong New District")
    assert said.title == Bilingual(en="smart energy")


def test_who_is_only_named_in_passing_and_not_known_stays_in_the_title() -> None:
    said = understand("9-10 talks with nobody known", find)
    assert not said.people
    assert said.title == Bilingual(en="talks with nobody known")
    for typed in ("lunch by the river", "dinner at Nowhere", "arrival at the hotel", "departure from Porto"):
        assert understand(typed, find).title == Bilingual(en=typed)
    assert understand("9-10 lecture at Nowhere", find).title == Bilingual(en="lecture at Nowhere")


@pytest.mark.rule("T2")
def test_a_flight_has_its_number_its_way_and_the_zone_where_it_ends() -> None:
    said = understand("flight IB3456 Madrid → Frankfurt 0855 1140", find)
    assert (said.kind, said.number, said.way) == ("flight", "IB3456", ("Madrid", "Frankfurt"))
    assert said.when("2026-11-25") == When(
        date="2026-11-25", start="08:55", end="11:40", tz="Europe/Madrid", end_tz="Europe/Berlin"
    )
    said = understand("23:00-06:30 flight CA841 from Shanghai to Barcelona", find)
    assert said.when("2026-12-31").end_date == "2027-01-01"
    assert said.pieces[0].shown == "23:00–06:30 +1"
    assert understand("高铁 G421 从桂林到柳州 0900 1010", find).way == ("桂林", "柳州")


def test_a_fixed_point_is_marked_so() -> None:
    for typed in ("1830 2030 welcome dinner (fixed)", "1830 2030 welcome dinner fixed", "1830 2030 welcome dinner!"):
        said = understand(typed, find)
        assert said.fixed
        assert said.title
        assert said.title["en"] == "Welcome dinner"
    assert understand("18:30 欢迎晚宴 固定").fixed
    assert not understand("1830 fix the date").fixed


def test_a_piece_that_is_dropped_goes_back_to_the_title() -> None:
    typed = "0930 1030 meet drc liuzhou"
    assert understand(typed, find, {("organisation", "drc liuzhou")}).title == Bilingual(en="drc liuzhou")
    said = understand(typed, find, {("kind", "meet")})
    assert said.kind is None
    assert said.title == Bilingual(en="meet drc liuzhou")
    said = understand("3pm visit", find, {("time", "3pm")})
    assert said.start is None
    assert said.title == Bilingual(en="3pm visit")


def test_the_pieces_name_everything_that_was_understood_in_one_order() -> None:
    said = understand("1545 1700 visit smart energy @ city hall + lmy fixed", find)
    assert [(piece.what, piece.shown) for piece in said.pieces] == [
        ("time", "15:45–17:00"), ("fixed", "fixed"), ("kind", "Site visit"), ("title", "smart energy"),
        ("place", "City hall"), ("person", "Li Mingyu"),
    ]  # fmt: skip


def test_nothing_that_somebody_may_type_is_too_much() -> None:
    cases = ["+", "@", "0930 +", "with", "at @ + ,", "，，，", "→", "flight →", "9" * 300, "组", "和", "!" * 40, "8.12. Gala"]  # fmt: skip
    for typed in cases:
        line = understand(typed, find)
        assert (line.start, line.end, line.place, line.people) == (
            "09:30" if "0930" in typed else None,
            None,
            None,
            [],
        ), typed


def test_a_text_in_two_languages_is_told_apart() -> None:
    assert in_languages("DRC round table 发改委圆桌会议") == Bilingual(en="DRC round table", zh="发改委圆桌会议")
    assert in_languages("发改委圆桌会议 DRC round table") == Bilingual(en="DRC round table", zh="发改委圆桌会议")
    assert in_languages("Send the draft to 发改委") == Bilingual(en="Send the draft to 发改委")
    assert in_languages("参观 22@ 创新区") == Bilingual(zh="参观 22@ 创新区")
    assert in_languages("UCAP 会议 programme") == Bilingual(zh="UCAP 会议 programme")


def test_words_are_in_the_language_that_the_records_have_beside_chinese() -> None:
    use_pair(("de", "zh"))
    assert in_languages("Auftakt im Rathaus") == Bilingual(de="Auftakt im Rathaus")
    assert in_languages("Auftakt 启动会") == Bilingual(de="Auftakt", zh="启动会")


def test_every_word_stands_for_a_kind_of_the_list_and_names_it_in_both_languages() -> None:
    assert {word.kind for word in WORDS} == set(codes("itinerary_kind"))
    assert all(word.en and word.zh for word in WORDS)
    assert [len(word.word) for word in WORDS] == sorted((len(word.word) for word in WORDS), reverse=True)


def minutes_of(typed: str) -> int | None:
    try:
        return type_minutes(typed)
    except ValueError:
        return None


def test_how_much_later() -> None:
    cases = [("45", 45), ("90", 90), ("130", 90), ("1:30", 90), ("1h30", 90), ("1h", 60), ("1.5h", 90), ("90 min", 90),
     ("1小时30分", 90), ("半小时", 30), ("两小时", None), ("２００", 120), ("-15", -15), ("＋30", 30), ("199", None), ("", None),
     ("soon", None), ("0", 0)]  # fmt: skip
    for typed, minutes in cases:
        assert minutes_of(typed) == minutes, typed


@pytest.mark.rule("T2")
@pytest.mark.parametrize(
    "typed",
    [
        "LO91 Warsaw to Beijing 1505 0640+1",
        "LO91 WAW-PEK 15:05-06:40+1",
        "LO91 WAW – PEK 15:05–06:40 (+1)",
        "1505 0640+1 LO91 Warsaw to Beijing",
        "LO91 1505 0640 Warsaw → Beijing",
        "LO 91 flight Warsaw to Beijing 1505 0640+1",
        "LO91 华沙到北京 15:05 次日06:40",
        "15:05-次日06:40 LO91 华沙—北京",
        "ＬＯ９１　华沙飞北京　１５０５　０６４０＋１",
        "LO91 Warsaw Chopin Airport (WAW) to Beijing Capital (PEK) T3 1505 0640+1",
    ],
)
def test_a_flight_as_people_write_it(typed: str) -> None:
    said = understand(typed)
    assert (said.kind, said.number) == ("flight", "LO91")
    assert said.way is not None
    assert said.when("2027-04-12") == When(
        date="2027-04-12", start="15:05", end="06:40", end_date="2027-04-13", tz="Europe/Warsaw", end_tz="Asia/Shanghai"
    )
    assert said.pieces[0].shown == "15:05–06:40 +1"


@pytest.mark.parametrize(
    ("typed", "kind", "title"),
    [
        ("0900 1000 visit A to Z museum", "site_visit", {"en": "A to Z museum"}),
        ("1400 welcome to Beijing", None, {"en": "welcome to Beijing"}),
        ("C919 visit 0900", "site_visit", {"en": "C919 visit"}),
        ("0900 G20 to come", None, {"en": "G20 to come"}),
        ("1900 dinner +1 guest", "meal", {"en": "Dinner", "zh": "晚餐"}),
        ("0900 1000 from Warsaw to Beijing by rail", None, {"en": "from Warsaw to Beijing by rail"}),
    ],
)
def test_what_only_looks_like_a_journey_stays_what_it_is(typed: str, kind: str | None, title: dict[str, str]) -> None:
    said = understand(typed)
    assert (said.kind, dict(said.title or {}), said.next_day) == (kind, title, False)


def test_an_arrival_on_the_next_day_is_a_point_of_that_day() -> None:
    when = understand("arrival LO91 0640+1").when("2027-04-12")
    assert when == When(date="2027-04-13", start="06:40")


def test_a_zone_is_told_by_names_that_leave_no_doubt() -> None:
    cases = [
        ("Warsaw", "Europe/Warsaw"), ("华沙", "Europe/Warsaw"), ("Łódź", "Europe/Warsaw"), ("WAW", "Europe/Warsaw"),
        ("Zhengzhou", "Asia/Shanghai"), ("北京首都机场", "Asia/Shanghai"), ("Thessaloniki Airport", "Europe/Athens"),
        ("IST", "Europe/Istanbul"), ("Córdoba", None), ("Santiago", None), ("Barcelona", None), ("DRC", None),
        ("Nowhere", None), ("", None), ("WAW or PEK", None),
    ]  # fmt: skip
    for place, zone in cases:
        assert zone_named(place) == zone, place


@pytest.mark.rule("T2")
def test_a_flight_to_where_nobody_knows_the_clock_has_none() -> None:
    nowhere = understand("flight IB3456 Madrid → Santiago 1240 0610").when("2026-11-24")
    assert (nowhere.tz, nowhere.end_tz) == (None, None)
    known = understand("flight IB3456 Madrid → Liuzhou 1240 0610").when("2026-11-24")
    assert (known.tz, known.end_tz, known.end_date) == ("Europe/Madrid", "Asia/Shanghai", "2026-11-25")


@pytest.mark.parametrize(
    ("typed", "kind", "title"),
    [
        ("1230 1330 Mittagessen", "meal", "Lunch"),
        ("1830 2030 Empfang im Rathaus", "banquet", "Empfang im Rathaus"),
        ("0930 1100 Besuch der Messe", "site_visit", "Besuch der Messe"),
        ("0930 1100 Besichtigung Hafen", "site_visit", "Hafen"),
        ("1400 1500 mesa redonda", "meeting", "Round table"),
        ("0900 1000 colazione", "meal", "Breakfast"),
        ("0900 1000 Besuch Firma Bosch", "site_visit", "Firma Bosch"),
    ],
)
def test_kinds_are_said_in_all_languages_of_the_window(typed: str, kind: str, title: str) -> None:
    said = understand(typed)
    assert said.kind == kind
    assert said.title is not None
    assert said.title["en"] == title


def test_a_ride_is_known_by_what_one_rides_in() -> None:
    cases = [
        ("0900 0930 tram", {"en": "Tram", "zh": "有轨电车"}),
        ("0900 0930 tramway", {"en": "Tram", "zh": "有轨电车"}),
        ("0900 0930 Straßenbahn", {"en": "Tram", "zh": "有轨电车"}),
        ("0900 0930 tranvía", {"en": "Tram", "zh": "有轨电车"}),
        ("9点半 有轨电车", {"en": "Tram", "zh": "有轨电车"}),
        ("0900 metro", {"en": "Metro", "zh": "地铁"}),
        ("0900 U-Bahn", {"en": "Metro", "zh": "地铁"}),
        ("0900 地铁", {"en": "Metro", "zh": "地铁"}),
        ("0900 ferry", {"en": "Ferry", "zh": "轮渡"}),
        ("0900 Fähre", {"en": "Ferry", "zh": "轮渡"}),
        ("0900 traghetto", {"en": "Ferry", "zh": "轮渡"}),
        ("0900 轮渡", {"en": "Ferry", "zh": "轮渡"}),
        ("0900 出租车", {"en": "Taxi", "zh": "出租车"}),
        ("0900 taxi", {"en": "Taxi", "zh": "出租车"}),
        ("0900 tram to the port", {"en": "tram to the port"}),
        ("0900 tram 4 to the port", {"en": "tram 4 to the port"}),
        ("0900 Straßenbahn zum Hafen", {"en": "Straßenbahn zum Hafen"}),
        ("0900 地铁3号线到机场", {"zh": "地铁3号线到机场"}),
        ("0900 tram hotel → port", {"en": "hotel → port"}),
    ]  # fmt: skip
    for typed, title in cases:
        said = understand(typed)
        assert (said.kind, dict(said.title or {})) == ("transfer", title), typed


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("0900 tram depot", None),
        ("0900 presentation of the new tram", None),
        ("0900 metro operations talks", "meeting"),
        ("0900 tram to train integration talks", "meeting"),
        ("0900 参观地铁控制中心", "site_visit"),
        ("0900 地铁规划座谈", "meeting"),
        ("0900 underground energy storage", None),
    ],
)
def test_what_cities_build_is_no_ride(typed: str, kind: str | None) -> None:
    said = understand(typed)
    assert said.kind == kind
    assert said.title is not None
    assert len(str(said.title.get("en") or said.title.get("zh"))) >= len("地铁控制中心"), "the title stays whole"


def test_a_text_longer_than_any_line_is_a_title_at_once() -> None:
    text, before = "9:00 Talks (" * 5_000, time.process_time()
    said = understand(text)
    assert (said.start, dict(said.title or {})) == (None, {"en": text.strip()})
    assert time.process_time() - before < 2
