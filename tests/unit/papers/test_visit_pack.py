"""The briefing pack: which sections it has, for whom, in which order, and what they say.

Whom to call, how one lives and travels, who splits from whom, what comes next; and what it does where nothing is known.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.helpers.errors import user_error
from tests.helpers.paper_flaws import flaws, rendered
from tests.unit.papers.printed import all_text, headings, pack
from tests.unit.papers.printed import text as text_of
from tests.unit.papers.story import Story
from ucapdesk.base.errors import UserError
from ucapdesk.briefing.blocks.content import Cover, Paper, Section, Table, all_words
from ucapdesk.briefing.blocks.elements import Para
from ucapdesk.model.values import Bilingual, FileRef, HanName, PartialDate, PersonName, Quantity, Refs, When
from ucapdesk.papers import printing as papers
from ucapdesk.papers.documents.visit_pack import PARTS
from ucapdesk.papers.request import CIRCLES, EDITIONS
from ucapdesk.services import Desk
from ucapdesk.services.records import duplicates, records


def printed(paper: Paper) -> str:
    return text_of(rendered(paper))


def test_the_principal_has_every_section_that_anything_is_known_for(desk: Desk, story: Story) -> None:
    found = headings(pack(desk, story.one("visit"), edition="principal"))
    assert found == [part.label.text for part in PARTS if part.numbered and part.code != "annexes"], (
        "nothing is appended"
    )


@pytest.mark.row("M7")
def test_sections_are_numbered_switched_and_moved(desk: Desk, story: Story) -> None:
    asked = pack(desk, story.one("visit"), sections=["contacts", "cover", "programme"])
    assert headings(asked) == ["Contacts and emergency", "Programme"]
    assert [section.number for section in asked.sections if section.number] == ["1", "2"]
    assert isinstance(asked.sections[0].blocks[0], Cover), "wherever it was put"
    assert not asked.titled


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_edition_is_its_own_filter_of_the_one_list(desk: Desk, story: Story, edition: str) -> None:
    paper = pack(desk, story.one("visit"), edition=edition)
    expected = [part.label.text for part in PARTS if edition in part.editions and part.numbered]
    assert [each for each in expected if each in headings(paper)] == headings(paper)
    own = CIRCLES[edition].is_own
    assert ("Objectives and key messages" in headings(paper)) == own
    assert ("MARKED key message" in all_text(paper)) == own
    assert ("MARKED red lines" in all_text(paper)) == own
    assert ("MARKED note" in all_text(paper)) == (edition == "principal")


def test_outsiders_cannot_be_given_what_is_for_the_own_side(desk: Desk, story: Story) -> None:
    with user_error("unknown-choice", match="objectives"):
        pack(desk, story.one("visit"), edition="hosts", sections=["objectives"])


@pytest.mark.rule("P5")
def test_private_numbers_are_printed_where_asked_for_and_only_for_the_own_side(desk: Desk, story: Story) -> None:
    visit = story.one("visit")
    assert "600 000 000" not in all_text(pack(desk, visit, edition="principal"))
    shown = all_text(pack(desk, visit, edition="principal", private_numbers=True))
    assert "600 000 000" in shown
    assert "Contains personal data" in shown
    for edition in EDITIONS[2:]:
        outside = all_text(pack(desk, visit, edition=edition, private_numbers=True))
        assert "600 000 000" not in outside
        assert "Contains personal data" not in outside


def test_copies_of_the_own_side_are_marked_internal_whatever_the_visit_is(desk: Desk, story: Story) -> None:
    marks = {edition: pack(desk, story.one("visit"), edition=edition).meta.marking for edition in EDITIONS}
    assert {edition for edition, mark in marks.items() if mark.text.get("en") == "Internal"} == {
        "principal",
        "delegation",
    }
    assert pack(desk, story.one("visit"), marking="limited").meta.marking.text["en"] == "Limited (named recipients)"


def test_the_media_read_of_public_points_only(desk: Desk, story: Story) -> None:
    shown = all_text(pack(desk, story.one("visit"), edition="media"))
    assert "Visit to the bus depot in Liudong New District" in shown
    assert "Courtesy call on the Mayor" not in shown
    assert "IB 6887" not in shown, "nor by which flight anybody comes"


def test_the_programme_shows_gaps_what_is_not_confirmed_and_whose_clock_it_is(desk: Desk, story: Story) -> None:
    shown = all_text(pack(desk, story.one("visit"), sections=["programme"]))
    assert "09:45–10:00" in shown
    assert "Travel and buffer: 15 min" in shown
    assert "to be confirmed" in shown
    assert "All times are local (Beijing)." in shown
    assert "Tuesday, 24 November 2026, Liuzhou" in shown


def test_whose_clock_it_is_stands_there_though_that_of_the_first_day_is_unknown(own: Desk) -> None:
    city = records.add(own, "place", {"name": Bilingual(en="Liuzhou"), "time_zone": "Asia/Shanghai"})
    visit = records.add(
        own, "visit", {"title": Bilingual(en="Study visit"), "dates": PartialDate("2026-11-24/2026-11-25")}
    )
    records.add(own, "itinerary_day", {"owner": visit, "date": "2026-11-25", "place": city})
    for day in ("2026-11-24", "2026-11-25"):
        title = Bilingual(en="Talks")
        records.add(own, "itinerary_item", {"owner": visit, "title": title, "when": When(date=day, start="10:00")})
    shown = all_text(pack(own, visit, sections=["programme"]))
    assert "Times are those of the place of each day." in shown
    assert "Wednesday, 25 November 2026, Liuzhou, Beijing time" in shown


def test_a_name_without_a_chinese_form_is_said_to_be_lacking_and_never_made_up(desk: Desk, story: Story) -> None:
    paper = pack(desk, story.one("visit"), sections=["delegation"])
    assert "巴勃罗·甘达拉先生" in all_text(paper, "zh")
    (name, *_) = (words for words, _ in all_words(paper) if "Łukasz Żółkowski" in (words.text.get("en") or ""))
    told = [[name.shown(lang, pair) for lang in pair] for pair in (("en", "zh"), ("de", "zh"), ("zh",))]
    assert told[1][0] == told[1][1], "a German paper does not say “Mr” beside “Herr”"
    assert all(each and "Łukasz Żółkowski" in each.text and not each.stands_in for pair in told for each in pair)
    lacking = [words for words, _ in all_words(paper) if "Chinese name to be confirmed" in (words.text.get("en") or "")]
    assert len(lacking) == 1


@pytest.fixture
def bare(own: Desk) -> str:
    return records.add(own, "visit", {"title": Bilingual(en="Visit"), "dates": PartialDate("2019-06")})


def test_where_nothing_is_known_sections_are_left_out_and_dates_stay_as_they_are(own: Desk, bare: str) -> None:
    records.add(own, "itinerary_item", {"owner": bare, "title": Bilingual(en="Talks"), "when": When(date="2019-06")})
    paper = pack(own, bare, edition="principal")
    assert headings(paper) == ["Visit at a glance", "Programme", "Day sheets", "Protocol notes", "Notes"]
    shown = printed(paper)
    assert "June 2019" in shown
    assert "2019年6月" in shown.replace("\u2009", "").replace(" ", "")
    assert not re.search(r"\b(?<!\.)[01]?1 June|6月1日", shown)
    assert "Saturday" not in shown


def test_the_time_difference_is_that_of_the_days_of_the_visit(own: Desk, bare: str) -> None:
    """Spain is six hours behind China in June, seven in January."""
    ucap = records.add(own, "ucap", {"title": Bilingual(en="Plan")})
    city = {"name": Bilingual(en="Granada", zh="格拉纳达"), "time_zone": "Europe/Madrid"}
    place = records.add(own, "place", city)
    records.add(own, "ucap_place", {"owner": ucap, "place": place, "side": "B"})
    records.edit(own, bare, {"ucaps": Refs([ucap]), "travelling_side": "B", "time_zone": "Asia/Shanghai"})
    assert "6 h ahead of Granada" in all_text(pack(own, bare, sections=["glance"]))
    assert "格拉纳达" in all_text(pack(own, bare, sections=["glance"]), "zh")
    records.edit(own, bare, {"dates": PartialDate("2020-01-10")})
    assert "7 h ahead of Granada" in all_text(pack(own, bare, sections=["glance"]))
    records.edit(own, place, {"name": Bilingual(en="Old Mill", zh="老磨坊")})
    spanish = all_text(pack(own, bare, sections=["glance"], languages=["es", "zh"]), "es")
    assert "7 h más que en [EN] Old Mill" in spanish, "the tag says whose words they are; none are Chinese"


def test_a_clock_that_changes_during_the_visit_is_told_with_its_day(own: Desk, bare: str) -> None:
    """Spain goes on to summer time on 28 March 2027, in the middle of the visit."""
    ucap = records.add(own, "ucap", {"title": Bilingual(en="Plan")})
    city = {"name": Bilingual(en="Granada", zh="格拉纳达"), "time_zone": "Europe/Madrid"}
    place = records.add(own, "place", city)
    records.add(own, "ucap_place", {"owner": ucap, "place": place, "side": "B"})
    values = {"ucaps": Refs([ucap]), "travelling_side": "B", "time_zone": "Asia/Shanghai"}
    records.edit(own, bare, values | {"dates": PartialDate("2027-03-25/2027-03-29")})
    paper = pack(own, bare, sections=["glance"])
    assert "7 h ahead of Granada; from 28 March 2027: 6 h ahead of Granada" in all_text(paper)
    assert "2027年3月28日起：" in all_text(paper, "zh").replace("\u2009", "")


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ("2026-10-23/2026-10-27", "1 h behind Lisbon; from 25 October 2026: no time difference"),
        ("2027-03-27/2027-03-30", "from 28 March 2027: 1 h behind Lisbon"),
    ],
)
def test_a_difference_that_ends_or_begins_during_the_visit_is_told(own: Desk, bare: str, dates: str, said: str) -> None:
    """Lisbon has summer time, Accra has not."""
    ucap = records.add(own, "ucap", {"title": Bilingual(en="Plan")})
    place = records.add(own, "place", {"name": Bilingual(en="Lisbon"), "time_zone": "Europe/Lisbon"})
    records.add(own, "ucap_place", {"owner": ucap, "place": place, "side": "B"})
    values = {"ucaps": Refs([ucap]), "travelling_side": "B", "time_zone": "Africa/Accra", "dates": PartialDate(dates)}
    records.edit(own, bare, values)
    assert said in all_text(pack(own, bare, sections=["glance"]))


def test_a_post_without_chinese_is_parted_from_a_name_without(own: Desk, bare: str) -> None:
    person = records.add(own, "person", {"name": PersonName("Szőcs", "Réka")})
    records.add(own, "affiliation", {"owner": person, "post": Bilingual(en="Mayor (acting)")})
    records.edit(own, bare, {"travelling_side": "A"})
    records.add(own, "participation", {"owner": bare, "person": person, "role": "host", "side": "B"})
    assert "［英文］Mayor (acting) Réka Szőcs" in all_text(pack(own, bare, sections=["glance"]), "zh")


def test_a_point_whose_place_is_not_on_record_is_printed_with_its_address(own: Desk, bare: str) -> None:
    address, hours = Bilingual(en="Zechmeister u. 1, Győr"), When("2019-06-09", "18:30")
    values = {"owner": bare, "title": Bilingual(en="Dinner"), "when": hours, "address": address, "room": "Room 3"}
    records.add(own, "itinerary_item", values)
    for section in ("programme", "days"):
        shown = all_text(pack(own, bare, sections=[section]))
        assert shown.count("Zechmeister u. 1, Győr, Room 3") == shown.count("Zechmeister") == 1


@pytest.mark.parametrize(
    ("end", "said"), [("12:30", "90 min"), ("12:00", "120 min"), ("11:00", "3 h"), ("03:30", "10 h 30 min")]
)
def test_long_gaps_of_a_programme_are_told_in_hours(own: Desk, bare: str, end: str, said: str) -> None:
    for hours in (When("2019-06-09", "03:00", end), When("2019-06-09", "14:00")):
        records.add(own, "itinerary_item", {"owner": bare, "title": Bilingual(en="Talks"), "when": hours})
    assert f"Travel and buffer: {said}" in all_text(pack(own, bare, sections=["programme"])).splitlines()


def test_what_is_wrong_is_one_sentence(desk: Desk, story: Story) -> None:
    for asked in ({"edition": "friends"}, {"sections": ["menu"]}, {"page": "official"}, {"marking": "secret"}):
        with pytest.raises(UserError):
            pack(desk, story.one("visit"), **asked)


COPIES: tuple[dict[str, Any], ...] = (
    {"edition": "principal", "sections": ["cover", "glance", "programme", "days", "delegation"]},
    {"edition": "drivers", "page": "A5"},
    {"edition": "interpreters", "layout": "stacked", "languages": ["zh", "en"], "both_sides": True},
    {"edition": "media", "layout": "facing"},
    {"edition": "hosts", "page": "booklet", "sections": ["programme", "meetings", "mous", "logistics"]},
    {"edition": "hosts", "languages": ["de", "zh"]},
)


def test_copies_of_every_shape_are_drawn_without_a_flaw(desk: Desk, story: Story) -> None:
    for choices in COPIES:
        paper = pack(desk, story.one("visit"), **choices)
        assert flaws(rendered(paper), paper) == [], choices


def test_each_country_has_its_own_clock_and_not_that_of_a_flight(own: Desk, bare: str) -> None:
    china = records.add(own, "country", {"alpha2": "CN", "name": Bilingual(en="China", zh="中国")})
    georgia = records.add(own, "country", {"alpha2": "GE", "name": Bilingual(en="Georgia", zh="格鲁吉亚")})
    changsha = records.add(own, "place", {"name": Bilingual(en="Changsha", zh="长沙"), "country": china})
    batumi = records.add(own, "place", {"name": Bilingual(en="Batumi", zh="巴统"), "country": georgia})
    records.edit(own, bare, {"host_places": Refs([changsha]), "other_places": Refs([batumi]), "time_zone": None})
    flight = When("2026-11-23", "15:05", tz="Europe/Warsaw")
    records.add(own, "itinerary_item", {"owner": bare, "type": "flight", "when": flight})
    shown = all_text(pack(own, bare, sections=["logistics"]))
    assert "Beijing, UTC+8" in shown
    assert "Tbilisi, UTC+4" in shown
    assert "Warsaw, UTC" not in shown


def test_a_meeting_without_a_title_is_told_by_what_it_is_on_every_paper(own: Desk, add: Callable[..., str]) -> None:
    visit = add("visit", title=Bilingual(en="Visit"), dates=PartialDate("2026-11"), travelling_side="B")
    head = add("person", name=PersonName("Li", "Hua", "family_first"), bio=Bilingual(en="Born in Turku."))
    add("participation", owner=visit, person=head, side="B", role="head")
    days = {"2026-11-24": "forum", "2026-11-25": None}
    meetings = [add("meeting", visit=visit, type=kind, when=When(day), chair_b=head) for day, kind in days.items()]
    for meeting in meetings:
        add("agenda_item", owner=meeting, type="break", starts="10:00")
        add("action_item", owner=meeting, text=Bilingual(en="Send it"))
    briefs = papers.paper(own, [visit], document="visit_pack", sections=["meetings"])
    assert [each.heading.text["zh"] for each in briefs.sections if each.level == 2 and each.heading] == ["论坛", "会议"]
    assert "Break" in all_text(briefs)
    minutes = [papers.paper(own, [each], document="minutes") for each in meetings]
    assert [each.title.text["zh"] for each in minutes] == ["论坛", "会议"]
    told = [papers.paper(own, [each], document=name) for each, name in ((visit, "action_list"), (head, "person_brief"))]
    assert ["Forum" in all_text(each) for each in told] == [True, True]


def test_at_a_meal_nobody_chairs(own: Desk, add: Callable[..., str]) -> None:
    visit = add("visit", title=Bilingual(en="Visit"), dates=PartialDate("2026-11"), travelling_side="B")
    host, head, guest = (add("person", name=PersonName(name, "Eva")) for name in ("Host", "Head", "Guest"))
    meal = add("meeting", visit=visit, type="banquet", when=When("2026-11-24"), chair_a=host, chair_b=head)

    def led() -> list[str]:
        shown = all_text(pack(own, visit, sections=["meetings"])).split("\n")
        return shown[shown.index("Kind") + 2 :][:4]

    assert led()[:2] == ["Hosts", "Eva Host, Eva Head"], "nobody knows who receives"
    for person, side, role in ((host, "A", "host"), (head, "B", "head")):
        add("participation", owner=visit, person=person, side=side, role=role)
    assert led() == ["Principal host", "Eva Host", "Guest of honour", "Eva Head"]
    add("participation", owner=meal, person=guest, side="B", role="guest_of_honour")
    add("participation", owner=meal, person=host, side="A", role="host")
    assert led() == ["Principal host", "Eva Host", "Guest of honour", "Eva Guest"]
    listed = all_text(papers.paper(own, [meal], document="delegation_list"))
    assert listed.index("Eva Guest") < listed.index("Eva Head"), "so that they sit at the right of the host"


Add = Callable[..., str]


@pytest.fixture
def visit(add: Add) -> str:
    return add("visit", title=Bilingual(en="Visit", zh="访问"), dates=PartialDate("2026-11-23/2026-11-25"),
               travelling_side="B", time_zone="Asia/Shanghai")  # fmt: skip


def part(paper: Paper, name: str) -> list[Section]:
    """A numbered section with its parts."""
    found: list[Section] = []
    for section in paper.sections:
        if section.level == 1 and section.number:
            found = [] if found and found[0].heading and found[0].heading.text["en"] != name else found
            if found:
                break
            found = [section] if section.heading and section.heading.text["en"] == name else []
        elif found:
            found.append(section)
    return found


def tables(sections: list[Section]) -> list[Table]:
    return [block for section in sections for block in section.blocks if isinstance(block, Table)]


# -- living and travelling ------------------------------------------------------------------------


def test_logistics_say_how_one_lives_there(desk: Desk, story: Story) -> None:
    paper = pack(desk, story.one("visit"), edition="delegation")
    heads = [s.heading.text["en"] for s in part(paper, "Logistics") if s.level == 2 and s.heading]
    assert heads == [
        "Transport", "Hotels", "Rooms", "Cars and drivers", "Luggage", "Meals", "Internet and mobile data",
        "Dress and weather", "Medical care", "Good to know",
    ]  # fmt: skip
    shown = all_text(pack(desk, story.one("visit"), edition="delegation", sections=["logistics"]))
    for text in (
        "Two pieces each; labels in the folder.", "SIM cards at the airport.", "A doctor travels along.", "Chinese Yuan (CNY)",
        "A, C, I; 220 V, 50 Hz", "+86", "Beijing, UTC+8", "Working lunch", "Fish, rice", "8 Wenchang Road, Liuzhou",
    ):  # fmt: skip
        assert text in shown, text
    zh = all_text(pack(desk, story.one("visit"), sections=["logistics"]), "zh")
    assert "人民币（CNY）" in zh
    assert "每人两件；行李牌在文件袋内。" in zh


@pytest.mark.rule("P5")
def test_the_code_of_the_wi_fi_is_for_the_own_delegation_alone(desk: Desk, story: Story) -> None:
    for edition in EDITIONS:
        paper = pack(desk, story.one("visit"), edition=edition, sections=["logistics", "programme"])
        assert ("Liuzhou Hotel: MARKED wifi" in all_text(paper)) == CIRCLES[edition].is_own, edition


def test_contacts_name_whoever_helps_with_the_address_to_show_a_driver(desk: Desk, story: Story) -> None:
    paper = pack(desk, story.one("visit"), edition="delegation", sections=["contacts"], private_numbers=True)
    zh, en = all_text(paper, "zh"), all_text(paper)
    for text in (
        "24小时值班电话",
        "柳州市友谊路1号",
        "柳州市人民医院",
        "柳州市文昌路8号",
        "西班牙驻广州总领事馆",
        "广州市天河路101号",
    ):
        assert text in zh, text
    for text in ("+86 772 282 8000", "+86 20 3892 7185", "Embassy or consulate", "Police 110", "MARKED driver"):
        assert text in en, text
    assert "MARKED driver" not in all_text(pack(desk, story.one("visit"), edition="hosts", sections=["contacts"]))


def test_the_number_answered_at_any_hour_is_on_the_cover_and_first_of_three(desk: Desk, story: Story) -> None:
    paper = pack(desk, story.one("visit"), edition="drivers")
    cover = next(block for section in paper.sections for block in section.blocks if isinstance(block, Cover))
    assert any("+86 772 282 8000" in str(fact.value) for fact in cover.facts)
    chosen = ["cover", "glance", "contacts", "logistics"]
    assert "+86 772 282 8000" not in all_text(pack(desk, story.one("visit"), edition="media", sections=chosen))
    glance = all_text(pack(desk, story.one("visit"), sections=["glance"]))
    assert glance.index("24-hour duty telephone  +86") < glance.index("Ms Bettina Stollar  +86")


def test_without_any_of_it_there_is_no_such_section(own: Desk, visit: str) -> None:
    assert headings(pack(own, visit, edition="principal")) == ["Visit at a glance", "Protocol notes", "Notes"]


def test_the_hospital_nearest_to_the_hotel_has_a_taxi_card(desk: Desk, story: Story) -> None:
    cards = part(pack(desk, story.one("visit"), sections=["maps"]), "Maps and taxi cards")
    (table,) = (block for block in cards[0].blocks if isinstance(block, Table))
    rows = [
        [para for part in row for para in part if isinstance(para, Para)]
        for row in table.rows
        if isinstance(row, tuple)
    ]
    assert [row[0].words.text["zh"] for row in rows] == ["柳州市人民政府", "柳州饭店", "柳州市人民医院"]
    addresses = [next(para for para in row if para.role == "large") for row in rows]
    assert "柳州市城中区三中路66号" in [para.words.text["zh"] for para in addresses]


def test_money_that_is_no_code_stands_as_it_was_written(own: Desk, add: Add, visit: str) -> None:
    country = add("country", alpha2="CN", name=Bilingual(en="China", zh="中国"), currency="yuan, cards rarely taken",
                  emergency="110 police, English spoken")  # fmt: skip
    city = add("place", type="city", name=Bilingual(en="Liuzhou", zh="柳州"), country=country)
    records.edit(own, visit, {"host_places": Refs([city])})
    shown = all_text(pack(own, visit, sections=["logistics", "contacts"]))
    assert "yuan, cards rarely taken" in shown
    assert "110 police, English spoken" in shown
    assert "Police 110" not in shown


# -- the cover ------------------------------------------------------------------------------------


def test_the_cover_says_whose_copy_it_is_who_may_read_it_and_which_version(desk: Desk, story: Story) -> None:
    request = papers.request(desk, [story.one("visit")], document="visit_pack", edition="hosts", marking="limited")
    paper = papers.make(desk, request)
    cover = next(block for section in paper.sections for block in section.blocks if isinstance(block, Cover))
    assert cover.notes[0].words.text["en"] == "Hosts · Limited (named recipients)"


def test_both_sides_have_their_logo_on_the_cover(own: Desk, add: Add, visit: str, picture: FileRef) -> None:
    host = add("place", type="city", name=Bilingual(en="Liuzhou", zh="柳州"), logo=picture)
    office = add("organisation", name=Bilingual(en="City of Granada", zh="格拉纳达"), logo=picture)
    head = add("person", name=PersonName("Gándara", "Pablo", "given_first"))
    add("affiliation", owner=head, organisation=office, main=True)
    records.edit(own, visit, {"host_places": Refs([host]), "head": head})
    cover = next(b for s in pack(own, visit).sections for b in s.blocks if isinstance(b, Cover))
    assert len(cover.logos) == 2


@pytest.fixture
def picture(own: Desk) -> FileRef:
    from PIL import Image

    file = io.BytesIO()
    Image.new("RGB", (40, 20), "red").save(file, "PNG")
    return own.workspace.files.put(file.getvalue(), name="logo.png")


# -- the programme --------------------------------------------------------------------------------


def item(add: Add, visit: str, start: str, end: str, title: str, **more: Any) -> str:
    when = When("2026-11-24", start, end, tz="Asia/Shanghai")
    return add("itinerary_item", owner=visit, when=when, title=Bilingual(en=title, zh=f"{title}（中文）"), **more)


def test_where_the_delegation_splits_each_group_has_a_column(own: Desk, add: Add, visit: str) -> None:
    item(add, visit, "09:00", "10:00", "Welcome")
    item(add, visit, "10:00", "11:00", "Depot", group="A")
    item(add, visit, "10:00", "11:30", "University", group="B")
    item(add, visit, "11:00", "12:00", "Museum", group="A")
    item(add, visit, "12:30", "13:30", "Lunch")
    paper = pack(own, visit, sections=["programme"])
    before, split, after = tables(part(paper, "Programme"))
    assert [column.head.text["en"] for column in split.columns] == ["Time", "Group A", "Group B"]
    rows = [[[para.words.text["en"] for para in cell] for cell in row] for row in split.rows if isinstance(row, tuple)]  # type: ignore[union-attr]
    assert rows == [
        [["10:00"], ["Depot", "10:00–11:00"], ["University", "10:00–11:30"]],
        [["11:00–12:00"], ["Museum"], []],
    ]
    assert "Welcome" in str(before.rows)
    assert "Lunch" in str(after.rows)
    assert after.rows[0] == before.rows[0], "the day again: it may begin a page"
    for page in ("A4", "large", "A5"):
        paper, target = pack(own, visit, page=page), io.BytesIO()
        papers.render(paper, target)
        assert flaws(target.getvalue(), paper) == []


def test_what_is_for_a_group_says_so_wherever_it_is_told(own: Desk, add: Add, visit: str) -> None:
    for group, hour in (("A", "20:00"), ("B", "21:00")):
        when = When("2026-11-23", hour, "06:00", end_date="2026-11-24", tz="Asia/Shanghai")
        add("itinerary_item", owner=visit, type="flight", when=when, title=Bilingual(en=f"Flight {hour}"), group=group)
    item(add, visit, "12:00", "13:00", "Lunch", group="B", type="meal", public=True)
    for document in ("itinerary", "day_sheet"):
        paper = papers.paper(own, [visit], document=document, languages=["en", "zh"])
        leads = [para.lead.text for table in tables(list(paper.sections)) for row in table.rows if isinstance(row, tuple)
                 for cell in row for para in cell if isinstance(para, Para) and para.lead]  # fmt: skip
        assert [said["en"] for said in leads].count("Arrival, Group A") == 1, document
        assert {"zh": "抵达，B组"}.items() <= leads[[said["en"] for said in leads].index("Arrival, Group B")].items()
    card = papers.paper(own, [visit], document="pocket_card", languages=["zh", "en"])
    assert {"12:00  B组：Lunch（中文）", "Group B: Lunch"} <= set(all_text(card).split("\n")) | set(
        all_text(card, "zh").split("\n")
    )
    item(add, visit, "15:00", "16:00", "Workshop", group="B", type="meeting")
    assert "Group B" in all_text(pack(own, visit, sections=["glance"]))
    for document in ("catering_list", "media_list", "visit_report"):
        assert "Group B" in all_text(papers.paper(own, [visit], document=document)), document


def test_the_title_of_a_day_does_not_name_its_city_again(own: Desk, add: Add, visit: str) -> None:
    city = add("place", type="city", name=Bilingual(en="Yuxi", zh="玉溪市"), short_name=Bilingual(en="Yuxi", zh="玉溪"))
    for date, title in (
        ("2026-11-23", Bilingual(en="Yuxi", zh="玉溪")),
        ("2026-11-24", Bilingual(en="Lakes", zh="湖泊")),
    ):
        add("itinerary_day", owner=visit, date=date, place=city, title=title)
    for lang, heads in (
        ("en", ("23 November 2026, Yuxi", "24 November 2026, Yuxi, Lakes")),
        ("zh", ("，玉溪市", "，玉溪市，湖泊")),
    ):
        texts = all_text(pack(own, visit, sections=["programme"]), lang).splitlines()
        assert [any(text.endswith(head) for text in texts) for head in heads] == [True, True], lang


def test_a_day_that_begins_split_has_its_name_over_the_columns(own: Desk, add: Add, visit: str) -> None:
    item(add, visit, "10:00", "11:00", "Depot", group="A")
    item(add, visit, "10:00", "11:00", "University", group="B")
    (split,) = tables(part(pack(own, visit, sections=["programme"]), "Programme"))
    assert split.label is not None
    assert split.label.text["en"] == "Tuesday, 24 November 2026"


def test_one_group_or_too_many_stand_one_under_the_other(own: Desk, add: Add, visit: str) -> None:
    item(add, visit, "10:00", "11:00", "Depot", group="A")
    assert "Group A" in str(tables(part(pack(own, visit, sections=["programme"]), "Programme")))
    for group in "BCD":
        item(add, visit, "10:00", "11:00", f"Talks {group}", group=group)
    (whole,) = tables(part(pack(own, visit, sections=["programme"]), "Programme"))
    assert "Group D" in str(whole)
    assert "Group D:" not in str(whole), "a page puts a colon behind what leads a line by itself"


# -- people ---------------------------------------------------------------------------------------


def test_a_person_under_two_records_that_are_one_stands_once(own: Desk, add: Add, visit: str) -> None:
    ids = [add("person", name=PersonName("Wu", "Wenneng", "family_first"), phone=phone) for phone in ("+86 1", "+86 2")]
    other = add("person", name=PersonName("Mo", "Fang", "family_first"))
    for person, role in ((ids[0], "delegate"), (other, "delegate"), (ids[1], "head")):
        add("participation", owner=visit, person=person, side="B", role=role)
    records.edit(own, visit, {"coordinator": ids[0], "host_coordinator": ids[1]})

    def rows(name: str, section: str) -> int:
        return sum(len(table.rows) for table in tables(part(pack(own, visit, sections=[section]), name)))

    assert rows("Delegation", "delegation") == 3
    duplicates.say_same(own, *ids)
    assert rows("Delegation", "delegation") == 2
    assert rows("Contacts and emergency", "contacts") == 1
    assert rows("Glossary and names", "glossary") == 2
    delegation = all_text(pack(own, visit, sections=["delegation"]))
    assert delegation.index("Wu Wenneng") < delegation.index("Mo Fang"), "the head, whichever record says so"


def test_names_in_one_language_are_listed_only_where_something_says_how_they_sound(
    own: Desk, add: Add, visit: str
) -> None:
    for name, sounds in (("Wu", "woo"), ("Mo", None)):
        person = add("person", name=PersonName(name, "Fang"), pronunciation=sounds)
        add("participation", owner=visit, person=person, side="B")
    both, one = (all_text(pack(own, visit, sections=["glossary"], languages=said)) for said in (["en", "zh"], ["en"]))
    assert "Fang Wu" in both
    assert "Fang Mo" in both
    assert "Fang Wu" in one
    assert "Fang Mo" not in one
    told = [words.said("zh") for words, _ in all_words(pack(own, visit, sections=["glossary"], languages=["en", "zh"]))]
    assert told.count("中文译名待定") == 2, "no other writing takes the place of a Chinese name"


def test_gifts_say_from_whom_to_whom_and_only_to_the_own_side(desk: Desk, story: Story) -> None:
    visit = story.one("visit")
    assert "Given: Ceramic plate, to Mr LI Mingyu" in all_text(pack(desk, visit, sections=["protocol"]))
    assert "Ceramic plate" not in all_text(pack(desk, visit, edition="interpreters", sections=["protocol"]))


def test_protocol_says_what_to_wear_each_day_and_to_the_principal_what_not_to_raise(desk: Desk, story: Story) -> None:
    visit = story.one("visit")
    shown = {e: all_text(pack(desk, visit, edition=e, sections=["protocol"])) for e in ("principal", "delegation")}
    assert "Monday, 23 November 2026, Business formal" in shown["delegation"]
    assert "MARKED do not raise" in shown["principal"]
    assert "MARKED do not raise" not in shown["delegation"]


# -- MoUs and cities ------------------------------------------------------------------------------


def test_each_mou_says_what_comes_next(own: Desk, add: Add, visit: str) -> None:
    ucap = add("ucap", title=Bilingual(en="Plan", zh="计划"))
    records.edit(own, visit, {"ucaps": Refs([ucap])})

    def mou(number: str, **values: Any) -> str:
        return add("agreement", reference=number, title=Bilingual(en=number, zh=number), ucap=ucap, **values)

    mou("M-1", status="approved", signing_planned=PartialDate("2026-11-24"))
    signed = mou("M-2", status="in_force", signed=PartialDate("2025"), review=PartialDate("2027-05"))
    add("obligation", owner=signed, text=Bilingual(en="Later", zh="以后"), due=PartialDate("2028"))
    add("obligation", owner=signed, text=Bilingual(en="Name a contact", zh="指定联系人"), due=PartialDate("2026-12"))
    add("obligation", owner=signed, text=Bilingual(en="Kept", zh="已履行"), due=PartialDate("2026"), status="done")
    mou("M-3", status="in_force", signed=PartialDate("2025"), review=PartialDate("2027-05"))
    mou("M-4", status="drafting")
    ended = mou("M-5", status="expired", expires=PartialDate("2026-06"))
    add("obligation", owner=ended, text=Bilingual(en="Send a report", zh="提交报告"), due=PartialDate("2026-10"))
    (table,) = tables(part(pack(own, visit, sections=["mous"]), "MoU status"))
    assert table.columns[-1].head.text["en"] == "Next step"
    last = [[para.words.text["en"] for para in row[-1]] for row in table.rows if isinstance(row, tuple)]  # type: ignore[union-attr]
    late = ["Send a report", "October 2026", "overdue"]
    assert last == [["Signing", "24 Nov 2026"], ["Name a contact", "December 2026"], ["Review", "May 2027"], [], late]
    assert "October 2026\noverdue" in all_text(papers.paper(own, [ended], document="mou_sheet")), "as in lists"


def test_a_signing_is_told_as_on_its_own_sheet_with_the_table(desk: Desk, story: Story) -> None:
    shown = all_text(pack(desk, story.one("visit"), sections=["signing"]))
    for text in ("Who signs", "Run of the ceremony", "Table", "To prepare", "Pens, blotters, folders", "Ms CHEN Yan"):
        assert text in shown, text


def test_a_city_says_what_is_not_available_and_which_themes_it_works_on(own: Desk, add: Add, visit: str) -> None:
    ucap = add("ucap", title=Bilingual(en="Plan", zh="计划"))
    city = add("place", type="city", name=Bilingual(en="Liuzhou", zh="柳州"), population=Quantity("4000000", "about"))
    unknown = add("place", type="city", name=Bilingual(en="Nowhere", zh="无名"))
    add("ucap_place", owner=ucap, place=city, side="A", role="partner")
    add("theme", owner=ucap, name=Bilingual(en="Hydrogen buses", zh="氢能公交"))
    records.edit(own, visit, {"ucaps": Refs([ucap]), "host_places": Refs([unknown, city])})
    paper = pack(own, visit, sections=["cities"])
    assert [s.heading.text["en"] for s in paper.sections if s.level == 2 and s.heading] == ["Liuzhou"]
    assert "N/A" in all_text(paper)
    assert "不详" in all_text(paper, "zh")
    assert "Hydrogen buses" in all_text(paper)


def test_names_of_two_people_alike_are_not_taken_for_one(own: Desk, add: Add, visit: str) -> None:
    for _ in range(2):
        person = add("person", name=PersonName("Mo", "Fang", "family_first"), name_han=HanName("莫", "芳"))
        add("participation", owner=visit, person=person, side="B", role="delegate")
    (table,) = tables(part(pack(own, visit, sections=["delegation"]), "Delegation"))
    assert len(table.rows) == 2


def test_the_media_are_not_told_where_the_delegation_sleeps(own: Desk, add: Add, visit: str) -> None:
    hotel = add("place", type="hotel", name=Bilingual(en="Lapland", zh="拉普兰"), phone="+358 3 383 0000")
    records.edit(own, visit, {"hotels": Refs([hotel])})
    shown = {
        each: all_text(pack(own, visit, edition=each, sections=["cover", "glance"])) for each in ("hosts", "media")
    }
    assert {each: "Lapland" in text for each, text in shown.items()} == {"hosts": True, "media": False}


def test_the_media_are_told_no_meeting_of_the_ucap_that_nobody_made_public(own: Desk, add: Add, visit: str) -> None:
    ucap = add("ucap", title=Bilingual(en="Buses", zh="公交"))
    records.edit(own, visit, {"ucaps": Refs((ucap,))})
    when = When("2026-11-24", "10:00", "11:00", tz="Asia/Shanghai")
    meeting = add("meeting", title=Bilingual(en="Closed talks", zh="会谈"), visit=visit, ucap=ucap, when=when)
    point = item(add, visit, "10:00", "11:00", "Morning", meeting=meeting)
    shown = {edition: all_text(pack(own, visit, edition=edition, sections=["ucap"])) for edition in ("hosts", "media")}
    assert "Closed talks" in shown["hosts"]
    assert "Closed talks" not in shown["media"]
    records.edit(own, point, {"public": True})
    assert "Closed talks" in all_text(pack(own, visit, edition="media", sections=["ucap"]))


def test_a_meeting_that_no_point_of_the_programme_names_is_one_itself(own: Desk, add: Add, visit: str) -> None:
    when = When("2026-11-24", "10:00", "11:00", tz="Asia/Shanghai")
    chair = add("person", name=PersonName("Li", "Mingyu", "family_first"), name_han=HanName("李", "明宇"))
    meeting = add("meeting", title=Bilingual(en="Talks", zh="会谈"), visit=visit, when=when, chair_a=chair)
    add("agenda_item", owner=meeting, title=Bilingual(en="Opening", zh="开场"), starts="10:00")
    item(add, visit, "10:30", "11:30", "Depot")
    chosen = ["glance", "programme", "days"]
    shown = all_text(pack(own, visit, sections=chosen))
    assert shown.count("Talks") == 3, "a key moment, the programme, the sheet of the day"
    assert "Li Mingyu" in shown
    assert "Opening" in shown
    assert [
        (g.code, g.kind) for g in papers.gaps(own, [visit], sections=["programme"]).found if g.code == "overlap"
    ] == [("overlap", "itinerary_item")]
    assert "Talks" not in all_text(pack(own, visit, edition="media")), "nobody said that it is public"
    named = item(add, visit, "10:00", "11:00", "Talks at the hall", meeting=meeting)
    shown = all_text(pack(own, visit, sections=["programme"]))
    assert shown.count("Talks") == 1
    records.trash(own, named)
    records.edit(own, meeting, {"status": "cancelled"})
    assert "Talks" not in all_text(pack(own, visit, sections=["programme"]))


def test_meetings_of_a_day_without_an_hour_stand_as_in_the_programme_then_by_title(
    own: Desk, add: Add, visit: str
) -> None:
    day = When("2026-11-24", tz="Asia/Shanghai")
    titles = ["Trams", "Water", "Buses", "Parks", "Schools", "Energy"]
    meetings = {
        title: add(
            "meeting", title=Bilingual(en=title, zh=title), visit=visit, when=day, objectives=Bilingual(en="To learn")
        )
        for title in titles
    }
    for title in ("Water", "Trams"):
        add("itinerary_item", owner=visit, title=Bilingual(en="Talks", zh="会谈"), when=day, meeting=meetings[title])
    heads = [
        each.heading.text["en"] for each in part(pack(own, visit), "Meeting briefs") if each.level == 2 and each.heading
    ]
    assert heads == ["Water", "Trams", "Buses", "Energy", "Parks", "Schools"]
    ucap = add("ucap", title=Bilingual(en="Plan", zh="计划"))
    records.edit(own, visit, {"ucaps": Refs([ucap])})
    for title in titles:
        add("meeting", title=Bilingual(en=title, zh=title), ucap=ucap, when=When("2025-05-04"))
    told = all_text(pack(own, visit, sections=["history"])).split("\n")
    assert [text for text in told if text in titles] == sorted(titles)
