"""The briefing pack: which sections it has, for whom, in which order, and what it does where nothing is known."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.helpers.errors import user_error
from tests.helpers.paper_flaws import flaws
from tests.unit.papers.printed import all_text, headings, pack, text
from tests.unit.papers.story import Story
from ucapdesk.base.errors import UserError
from ucapdesk.briefing.blocks.content import Cover, Paper, all_words
from ucapdesk.model.values import Bilingual, PartialDate, PersonName, Refs, When
from ucapdesk.papers import printing as papers
from ucapdesk.papers.documents.visit_pack import PARTS
from ucapdesk.papers.request import CIRCLES, EDITIONS
from ucapdesk.services import Desk
from ucapdesk.services.records import records


def printed(paper: Paper) -> str:
    target = io.BytesIO()
    papers.render(paper, target)
    return text(target.getvalue())


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
        target = io.BytesIO()
        papers.render(paper, target)
        assert flaws(target.getvalue(), paper) == [], choices


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
