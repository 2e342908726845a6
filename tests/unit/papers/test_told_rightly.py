"""Papers tell things in the order and under the words that are true on the day they are printed, of three parties as of two."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.helpers.drawn_lines import Drawn, drawn_lines
from tests.helpers.second_story import SecondStory
from tests.unit.papers.printed import all_text, blocks, of
from ucapdesk.briefing.blocks.content import Cover, Group, Paper, Signatures, Table, all_words
from ucapdesk.briefing.blocks.elements import Cards, Chart, Plan, language_tag
from ucapdesk.briefing.text import fonts
from ucapdesk.model.codes import code_label
from ucapdesk.model.kinds.agreement_kinds import Signatory
from ucapdesk.model.kinds.people_kinds import Affiliation
from ucapdesk.model.kinds.visit_kinds import Participation
from ucapdesk.model.values import Bilingual, HanName, PartialDate, PersonName, Quantity, Refs, When
from ucapdesk.papers import printing as papers
from ucapdesk.papers.facts.partner_sides import partnership_facts
from ucapdesk.papers.redacted_reader import RedactedReader
from ucapdesk.services import Desk
from ucapdesk.services.records import records


def lines(desk: Desk, id_: str, document: str, **choices: Any) -> list[Drawn]:
    file = io.BytesIO()
    papers.brief(desk, [id_], file, document=document, **choices)
    return drawn_lines(file.getvalue())


def said(found: list[Drawn]) -> list[str]:
    return [line.text for line in found]


def starts(found: list[Drawn], *texts: str) -> list[int]:
    """Where texts begin a line for the first time, counted in lines."""
    return [next(n for n, line in enumerate(found) if line.text.startswith(text)) for text in texts]


def test_cars_stand_at_their_hour_in_programme_and_day_sheet(second_desk: Desk, second_story: SecondStory) -> None:
    programme = lines(second_desk, second_story["visit"], "itinerary", languages=["en"])
    places = starts(programme, "17:00–19:26", "19:26–19:45", "19:45–20:25", "19:50–20:40", "20:45–22:00")
    assert places == sorted(places)
    assert "Travel and buffer: 19 min" in said(programme), "until the first car leaves, not until the coach does"
    sheet = lines(second_desk, second_story["visit"], "day_sheet", languages=["en"])
    places = starts(sheet, "17:00–19:26", "19:45–20:25", "19:50–20:40", "20:45–22:00")
    assert places == sorted(places)


def test_the_media_read_of_no_day_on_which_nothing_is_public(second_desk: Desk, second_story: SecondStory) -> None:
    texts = said(lines(second_desk, second_story["visit"], "itinerary", languages=["en"], edition="media"))
    assert any("Tuesday, 13 April 2027" in text for text in texts)
    assert not any("Monday, 12 April 2027" in text for text in texts)


@pytest.mark.parametrize("document", ["visit_report", "catering_list", "itinerary", "pocket_card"])
def test_a_point_without_a_date_does_not_stand_under_the_day_before_it(
    own: Desk, add: Callable[..., str], document: str
) -> None:
    visit = add("visit", title=Bilingual(en="Visit"), dates=PartialDate("2026-11"), travelling_side="B")
    for title, when in (("Dinner", When("2026-11-24")), ("Lunch", None)):
        add("itinerary_item", owner=visit, type="meal", title=Bilingual(en=title), when=when)
    texts = all_text(papers.paper(own, [visit], document=document, languages=["en"]))
    dinner, undated, lunch = (texts.find(part) for part in ("Dinner", "Date to be confirmed", "Lunch"))
    assert 0 < dinner < undated < lunch


def test_an_organisation_known_by_its_acronym_is_told_by_it(own: Desk, add: Callable[..., str]) -> None:
    house = add("organisation", acronym="AMIU", address=Bilingual(en="Via D'Annunzio 27", zh="街道27号"))
    visit = add("visit", title=Bilingual(en="Visit", zh="访问"), dates=PartialDate("2026-11"), invited_by=house,
                embassies=Refs([house]), travelling_side="B")  # fmt: skip
    add("action_item", owner=visit, text=Bilingual(en="Send it"), organisation=house, side="B")
    for ids, document in (
        ([visit], "action_list"), ([visit], "invitation_letter"), ([house], "address_cards"), ([visit], "visit_report"),
    ):  # fmt: skip
        assert "AMIU" in all_text(papers.paper(own, ids, document=document)).splitlines(), document
    contacts = all_text(papers.paper(own, [visit], document="visit_pack", sections=["contacts"]))
    assert "AMIU" in contacts


def test_a_point_without_a_title_is_told_by_what_it_is_on_every_paper(own: Desk, add: Callable[..., str]) -> None:
    visit = add("visit", title=Bilingual(en="Visit"), dates=PartialDate("2026-11"), travelling_side="B")
    for n in range(4):
        add("participation", owner=visit, free_name=Bilingual(en=f"Guest {n}"), side="AB"[n % 2])
    add("itinerary_item", owner=visit, type="banquet", when=When("2026-11-24", "19:00"))
    parts = ("glance", "programme", "days", "seating", "logistics")
    made = [papers.paper(own, [visit], document="visit_pack", sections=[name]) for name in parts]
    made += [papers.paper(own, [visit], document=name) for name in ("catering_list", "visit_report", "pocket_card")]
    assert ["宴请" in all_text(each, "zh") for each in made] == [True] * len(made)
    meeting = add("meeting", visit=visit, title=Bilingual(zh="论坛"))
    point = add("itinerary_item", owner=visit, type="meeting", meeting=meeting, when=When("2026-11-24", "10:00"))
    shown = [all_text(papers.paper(own, [visit], document=name), "zh") for name in ("itinerary", "pocket_card")]
    assert ["论坛" in each for each in shown] == [True, True], "as its meeting is called"
    records.edit(own, point, {"title": Bilingual(zh="开幕")})
    assert "论坛" not in all_text(papers.paper(own, [visit], document="itinerary"), "zh")


def test_the_whole_is_not_told_again_before_a_part_that_is_called_after_it(own: Desk, add: Callable[..., str]) -> None:
    city = add("organisation", name=Bilingual(en="City of Tampere", zh="合肥市人民政府"))
    office = add(
        "organisation", name=Bilingual(en="City of Tampere, Culture", zh="合肥市人民政府外事办公室"), parent=city
    )
    desk_ = add("organisation", name=Bilingual(en="Desk Asia", zh="亚洲处"), parent=office)
    made = papers.paper(own, [desk_], document="person_brief")
    assert made.title.text["en"] == "City of Tampere, Culture, Desk Asia"
    assert made.title.text["zh"] == "合肥市人民政府外事办公室亚洲处"
    metro = add("organisation", name=Bilingual(en="Metro", zh="地铁"))
    office = add("organisation", name=Bilingual(en="Metropolitan Office", zh="规划处"), parent=metro)
    assert papers.paper(own, [office], document="person_brief").title.text["en"] == "Metro, Metropolitan Office"


def test_a_partnership_knows_cities_as_other_papers_do(own: Desk, add: Callable[..., str]) -> None:
    """By the organisation of whoever was there, and by the city around a district; who stayed away met nobody."""
    ucap = add("ucap", title=Bilingual(en="Plan"))
    sides = (("A", "Shenzhen"), ("B", "Turku"), ("B", "Genoa"))
    cities = [add("place", type="city", name=Bilingual(en=name)) for _, name in sides]
    for (side, _), city in zip(sides, cities, strict=True):
        add("ucap_place", owner=ucap, place=city, side=side)
    meeting = add("meeting", title=Bilingual(en="Talks"), ucap=ucap)
    mou = add("agreement", title=Bilingual(en="MoU"), ucap=ucap)
    for n, attendance in ((1, "attended"), (2, "excused")):
        district = add("place", type="district", name=Bilingual(en=f"District {n}"), parent=cities[n])
        house = add("organisation", name=Bilingual(en=f"House {n}"), place=district)
        person = add("person", name=PersonName("Mo", f"Fang{n}"))
        add("affiliation", owner=person, organisation=house, post=Bilingual(en="Clerk"))
        add("participation", owner=meeting, person=person, side="B", attendance=attendance)
        add("agreement_party", owner=mou, organisation=house, side="B")
    links = partnership_facts(RedactedReader(own), ucap).links
    assert {(link.a, link.b): link.met for link in links} == {
        (cities[0], cities[1]): 1,
        (cities[1], mou): 0,
        (cities[2], mou): 0,
    }


def test_whoever_sent_a_substitute_did_not_meet_us(own: Desk, add: Callable[..., str]) -> None:
    person = add("person", name=PersonName("Mo", "Fang"))
    for title, attendance in (("Talks", "attended"), ("Dinner", "substitute")):
        meeting = add("meeting", title=Bilingual(en=title), when=When("2026-05-04"))
        add("participation", owner=meeting, person=person, side="B", attendance=attendance)
    texts = all_text(papers.paper(own, [person], document="person_brief"))
    assert "Talks" in texts
    assert "Dinner" not in texts


def test_what_is_still_to_come_is_not_told_as_past(second_desk: Desk, second_story: SecondStory) -> None:
    found = lines(second_desk, second_story["chen"], "person_brief", languages=["en"])
    planned, past = starts(found, "Planned", "Met and signed")
    coming, signing, held = starts(found, "Meeting: Talks on", "Meeting: Signing of", "Meeting: First meeting")
    assert planned < coming < signing < past < held


def test_the_programme_of_one_person_ends_when_they_leave_and_has_the_flights_of_nobody_else(
    own: Desk, add: Callable[..., str]
) -> None:
    visit = add("visit", title=Bilingual(en="Visit"), dates=PartialDate("2026-11-22/2026-11-25"), travelling_side="B")
    legs = {
        number: add("transport_leg", owner=visit, mode="flight", number=number, when=When(day, start, end))
        for number, day, start, end in (
            ("CA 1", "2026-11-22", "08:00", "10:00"), ("CA 2", "2026-11-22", "09:00", "11:00"), ("MU 3", "2026-11-24", "19:00", "21:00"),
        )
    }  # fmt: skip
    head, other = (add("person", name=PersonName(name, "Ann")) for name in ("Papp", "Cuesta"))
    add("participation", owner=visit, person=head, side="B", arrival=legs["CA 1"], departure=legs["MU 3"])
    add("participation", owner=visit, person=other, side="B", arrival=legs["CA 2"])
    talks = add("meeting", title=Bilingual(en="Expert talks"), visit=visit, when=When("2026-11-23", "09:00", "10:00"))
    add("participation", owner=talks, person=other, side="B")
    for title, more in (
        ("First flight", {"type": "flight", "transport": legs["CA 1"], "when": When("2026-11-22", "08:00", "10:00")}),
        ("Second flight", {"type": "flight", "transport": legs["CA 2"], "when": When("2026-11-22", "09:00", "11:00")}),
        ("Expert talks", {"type": "meeting", "meeting": talks, "when": When("2026-11-23", "09:00", "10:00")}),
        ("Dinner", {"type": "meal", "when": When("2026-11-23", "18:00", "20:00")}),
        ("Lake", {"type": "site_visit", "when": When("2026-11-25", "10:00", "11:00")}),
    ):
        add("itinerary_item", owner=visit, title=Bilingual(en=title), **more)
    add("itinerary_day", owner=visit, date="2026-11-25", title=Bilingual(en="The lake"))

    def told(person: str) -> list[str]:
        texts = all_text(papers.paper(own, [visit], document="itinerary", options={"person": person}))
        return [
            each
            for each in ("First flight", "Second flight", "Expert talks", "Dinner", "The lake", "Lake")
            if each in texts
        ]

    assert told("Papp") == ["First flight", "Dinner"]
    assert told("Cuesta") == ["Second flight", "Expert talks", "Dinner", "The lake", "Lake"]
    add("itinerary_item", owner=visit, title=Bilingual(en="Tea"), type="meal")
    assert told("Papp") == ["First flight", "Dinner"], "what has no date yet is no day after which they are there"
    assert "Tea" in all_text(papers.paper(own, [visit], document="itinerary", options={"person": "Papp"}))


def test_whoever_leaves_early_still_has_the_flight_that_goes_on_from_theirs(own: Desk, add: Callable[..., str]) -> None:
    visit = add("visit", title=Bilingual(en="Visit"), dates=PartialDate("2026-11-22/2026-11-25"), travelling_side="B")
    ends = Bilingual(en="Shanghai"), Bilingual(en="Madrid")
    first, *_ = (
        add("transport_leg", owner=visit, mode=mode, number=number, when=When(day, start, end), departs_from=at, arrives_at=to)
        for mode, number, day, start, end, at, to in (
            ("flight", "MU 1", "2026-11-24", "08:00", "10:00", Bilingual(en="Liuzhou"), ends[0]),
            ("flight", "IB 2", "2026-11-24", "12:00", "20:00", *ends),
            ("coach", "Bus 3", "2026-11-24", "12:00", "13:00", Bilingual(en="Liuzhou"), Bilingual(en="Lake")),
            ("flight", "IB 4", "2026-11-26", "12:00", "20:00", *ends),
        )
    )  # fmt: skip
    for name, departure in (("Papp", first), ("Cuesta", None)):
        person = add("person", name=PersonName(name, "Ann"))
        add("participation", owner=visit, person=person, side="B", departure=departure)
    add(
        "itinerary_item",
        owner=visit,
        type="meal",
        title=Bilingual(en="Dinner"),
        when=When("2026-11-26", "08:00", "09:00"),
    )
    texts = all_text(papers.paper(own, [visit], document="itinerary", options={"person": "Papp"}))
    assert [number for number in ("MU 1", "IB 2", "Bus 3", "IB 4") if number in texts] == ["MU 1", "IB 2"]


def test_minutes_have_the_numbers_of_the_agenda_and_air_below_a_decision(own: Desk, add: Callable[..., str]) -> None:
    meeting = add("meeting", title=Bilingual(en="Talks"), status="held", when=When("2026-10-14", "09:00"))
    items = [add("agenda_item", owner=meeting, title=Bilingual(en=title)) for title in ("Opening", "Progress", "Text")]
    for item, kind, said_ in (
        (1, "decision", "Agreed"),
        (1, "open_question", "Who pays"),
        (1, "discussion", "Much"),
        (2, "decision", "Yes"),
    ):
        add("minute_entry", owner=meeting, agenda_item=items[item], type=kind, text=Bilingual(en=said_))
    add("minute_entry", owner=meeting, type="information", text=Bilingual(en="Thanks"))
    found = lines(own, meeting, "minutes", languages=["en"])
    assert [text for text in said(found) if text[:1].isdigit()] == ["2Progress", "3Text", "4Further points"]
    at = {
        text: line.y
        for line in found
        for text in ("Decision: Agreed", "Open question", "Discussion")
        if line.text.startswith(text)
    }
    assert at["Decision: Agreed"] - at["Open question"] == pytest.approx(
        at["Open question"] - at["Discussion"], abs=0.5
    )


def test_the_people_of_a_house_or_a_city_stand_by_the_rank_of_their_posts(own: Desk, add: Callable[..., str]) -> None:
    city = add("place", type="city", name=Bilingual(en="Kunming"))
    house = add("organisation", name=Bilingual(en="Office"), place=city)
    for family, post, rank in (
        ("Aa", "Officer", "staff"),
        ("Bb", "Deputy Director", "division"),
        ("Zz", "Director", "bureau"),
    ):
        person = add("person", name=PersonName(family, "X"), place=city)
        add("affiliation", owner=person, organisation=house, post=Bilingual(en=post), rank=rank)
    for id_, document in ((house, "person_brief"), (city, "person_brief"), (house, "contact_directory")):
        texts = all_text(papers.paper(own, [id_], document=document))
        places = [texts.index(name) for name in ("X Zz", "X Bb", "X Aa")]
        assert places == sorted(places), document


def test_a_ucap_made_by_hand_has_the_figures_of_its_cities_and_the_visits_that_were_made(
    own: Desk, add: Callable[..., str]
) -> None:
    ucap = add("ucap", title=Bilingual(en="Plan"))
    for side, name, people in (("A", "Kunming", 8_600_000), ("B", "Oviedo", 217_584)):
        city = add("place", type="city", name=Bilingual(en=name), population=Quantity(people), area_km2=Quantity(186))
        add("ucap_place", owner=ucap, place=city, side=side)
    for dates, status in (("2026-03-02", "completed"), ("2026-05-04", "cancelled")):
        add(
            "visit",
            title=Bilingual(en="Visit"),
            dates=PartialDate(dates),
            status=status,
            travelling_side="B",
            ucaps=Refs([ucap]),
        )
    for title, status in (("Round table on lakes", "held"), ("Talks that were called off", "cancelled")):
        add("meeting", title=Bilingual(en=title), status=status, when=When("2026-03-02"), ucap=ucap)
    texts = all_text(papers.paper(own, [ucap], document="at_a_glance", languages=["en"])).splitlines()
    assert {"8,600,000", "217,584", "186 km²", "2 March 2026"} <= set(texts)
    assert not any("4 May 2026" in text for text in texts)
    assert texts.count("Meeting, 2 March 2026") == 1, "a cancelled one is none"
    assert "Round table on lakes" in texts, "what it was is told, where that is all that is known of it"


def test_what_was_called_off_is_no_part_of_what_has_been(own: Desk, add: Callable[..., str]) -> None:
    ucap = add("ucap", title=Bilingual(en="Plan"))
    city = add("place", type="city", name=Bilingual(en="Kunming"), population=Quantity(5))
    add("ucap_place", owner=ucap, place=city, side="A")
    head = add("person", name=PersonName("Mo", "Fang"))
    for title, status, day in (("Made", "completed", "2026-03-02"), ("Off", "cancelled", "2026-05-04")):
        common = {"status": status, "host_places": Refs([city]), "ucaps": Refs([ucap]), "head": head}
        visit = add("visit", title=Bilingual(en=f"{title} visit"), dates=PartialDate(day), **common)
        state = "held" if title == "Made" else "cancelled"
        meeting = add(
            "meeting",
            title=Bilingual(en=f"{title} talks"),
            when=When(day),
            status=state,
            ucap=ucap,
            places=Refs([city]),
        )
        for n, attendance in enumerate((None, "declined")):
            who = add("person", name=PersonName(title, f"G{n}"))
            for owner in (visit, meeting):
                add("participation", owner=owner, person=who, attendance=attendance)
    now = add(
        "visit",
        title=Bilingual(en="Now"),
        dates=PartialDate("2026-10-05"),
        ucaps=Refs([ucap]),
        host_places=Refs([city]),
    )
    pack = papers.paper(own, [now], document="visit_pack", sections=["history", "cities"])
    for paper in (pack, *(papers.paper(own, [id_], document="person_brief") for id_ in (head, city))):
        texts = all_text(paper)
        assert "Made visit" in texts
        assert "Off visit" not in texts
        assert "Off talks" not in texts
    over = PartialDate("2026-12-26/2027-01-07")
    planned = add("visit", title=Bilingual(en="Over New Year"), dates=over, ucaps=Refs([ucap]))
    add("participation", owner=planned, person=add("person", name=PersonName("Not", "Yet")))
    report = papers.paper(own, [ucap], document="dashboard_report", languages=["en"])
    numbers = all_text(report).splitlines()
    assert numbers[numbers.index("People met") + 1] == "1", (
        "of two the other declined, and nobody was met who is to come"
    )
    (years, *_) = (block for section in report.sections for block in section.blocks if isinstance(block, Chart))
    assert [bar.values[0] for bar in years.bars] == [3], "a visit over New Year is one of the year in which it begins"


def test_a_chair_without_a_chinese_name_is_called_as_the_other_language_of_the_paper_does(
    own: Desk, add: Callable[..., str]
) -> None:
    chair = add("person", name=PersonName("Bauer", "Karl"), salutation="mr")
    meeting = add("meeting", title=Bilingual(de="Gespräch", zh="会谈"), chair_b=chair)
    texts = said(lines(own, meeting, "minutes", languages=["de", "zh"]))
    told = {text.replace("\u00a0", " ").strip("–") for text in texts if "Bauer" in text}
    assert told == {"Herr Karl Bauer"}, "and not Mr, as English does"
    add("minute_entry", owner=meeting, type="commitment", said_by=chair, text=Bilingual(de="Daten", zh="数据"))
    made = papers.paper(own, [meeting], document="minutes", languages=["de", "zh"], options={"form": "minutes"})
    assert "Karl Bauer先生承诺" in all_text(made, "zh"), "nor in a Chinese sentence"


def test_where_only_who_is_excused_is_named_minutes_have_all_others_as_the_agenda_has(
    own: Desk, add: Callable[..., str]
) -> None:
    visit = add("visit", title=Bilingual(en="Visit"), dates=PartialDate("2026-11-24"), travelling_side="B")
    people = [add("person", name=PersonName(name, "Eva")) for name in ("Absent", "One", "Other")]
    for person in people:
        add("participation", owner=visit, person=person, side="B")
    meeting = add("meeting", title=Bilingual(en="Talks"), visit=visit)
    add("participation", owner=meeting, person=people[0], side="B", attendance="excused")
    for form, absent in (("agenda", 0), ("minutes", 1)):
        told = all_text(papers.paper(own, [meeting], document="minutes", languages=["en"], options={"form": form}))
        names = [told.count(f"Eva {name}") for name in ("Absent", "One", "Other")]
        assert names == [absent, 1, 1], form


def test_no_mayor_is_called_an_escort_in_a_chinese_programme(own: Desk, add: Callable[..., str]) -> None:
    visit = add("visit", title=Bilingual(zh="访问"), dates=PartialDate("2026-11-24"), travelling_side="B")
    mayor = add("person", name_han=HanName("刘", "佳晨"))
    for hour in ("09:00", "14:00", "16:00"):
        lead = {"host_lead": mayor} if hour == "09:00" else {}
        add("itinerary_item", owner=visit, title=Bilingual(zh="会谈"), when=When("2026-11-24", hour), **lead)
    texts = "".join(said(lines(own, visit, "itinerary", languages=["zh"])))
    assert "出席人员：刘佳晨" in texts
    escort = code_label("participation_role", "escort", "zh")
    assert escort not in texts
    guest = add("person", name=PersonName("Sirén", "Aleksi"), salutation="mr")
    add("itinerary_item", owner=visit, title=Bilingual(zh="参观"), when=When("2026-11-24", "18:00"), our_lead=guest)
    sheet = "".join(said(lines(own, visit, "day_sheet", languages=["zh"])))
    assert "：Aleksi Sirén先生" in sheet, "and not Mr"


def test_meetings_of_one_day_stand_by_the_hour(own: Desk, add: Callable[..., str]) -> None:
    person = add("person", name=PersonName("Mo", "Fang"))
    for title, hour in (("Afternoon", "14:00"), ("Morning", "09:00"), ("Zero hour", None)):
        for day in ("2026-11-24", "2018-06-12"):
            chair = {"chair_b": person} if title == "Morning" else {}  # who chairs was there, too
            meeting = add("meeting", title=Bilingual(en=f"{title} {day[:4]}"), when=When(day, hour), **chair)
            if not chair:
                add("participation", owner=meeting, person=person)
    texts = all_text(papers.paper(own, [person], document="person_brief"))
    order = ["Morning 2026", "Afternoon 2026", "Zero hour 2026", "Zero hour 2018", "Afternoon 2018", "Morning 2018"]
    assert [texts.index(each) for each in order] == sorted(texts.index(each) for each in order)


def test_a_record_to_sign_says_neither_when_nor_by_whom_it_was_printed(
    second_desk: Desk, second_story: SecondStory
) -> None:
    for page in ("A4", "official"):
        texts = said(lines(second_desk, second_story["first meeting"], "minutes", page=page))
        assert any(text.startswith(("Agreed by", "各方确认")) for text in texts)
        assert not [text for text in texts if "UTC" in text]
        assert any(text.startswith("Page 3 of") or "— 3 —" in text for text in texts), "but its pages are numbered"


@pytest.mark.parametrize("document", ["visit_report", "minutes"])
def test_dates_names_and_amounts_in_tables_have_the_size_of_the_others(
    second_desk: Desk, second_story: SecondStory, document: str
) -> None:
    about = second_story["visit" if document == "visit_report" else "first meeting"]
    found = lines(second_desk, about, document, languages=["zh"], page="official")
    body = [
        line
        for line in found
        if line.text.startswith(("2027年4月1", "2027年4月30日", "普热梅斯瓦夫·")) and not line.bold
    ]
    assert len(body) > 1
    assert min(line.size for line in body) > 11.5


def test_the_day_of_the_week_is_never_parted(second_desk: Desk, second_story: SecondStory) -> None:
    texts = said(lines(second_desk, second_story["visit"], "room_list", languages=["zh", "en"]))
    assert any("（周一）" in text for text in texts)
    assert not [text for text in texts if text.endswith(("（周", "（", "周"))]


def test_an_apostrophe_in_a_name_is_no_chinese_quotation_mark(second_desk: Desk, second_story: SecondStory) -> None:
    name = PersonName("L’Hospitalet", "Guifré", "given_first")
    records.edit(second_desk, second_story["chatzigeorgiou"], {"name": name})
    found = lines(second_desk, second_story["visit"], "delegation_list", languages=["zh"])
    (line,) = [line for line in found if "HOSPITALET" in line.text]
    assert "L’HOSPITALET" in line.text
    width = fonts.metrics(False, bold=line.bold).word(line.text.replace(" ", ""))[0]
    assert line.right - line.x < (width + 1.5) * line.size, "no wider than in English"


@pytest.mark.parametrize("languages", [("en", "zh"), ("zh", "en")])
def test_stacked_languages_both_have_their_date_under_the_title(
    second_desk: Desk, second_story: SecondStory, languages: tuple[str, str]
) -> None:
    asked: Any = {"languages": languages, "layout": "stacked"}
    found = lines(second_desk, second_story["visit"], "itinerary", **asked)
    texts = [line.text for line in found if line.page == 1 and line.bold and 600 < line.y < 800]
    joined = "".join(texts)
    assert "12–15 April 2027" in joined
    assert "2027年4月12日至15日" in joined


def test_whose_clock_it_is_stands_on_the_page_of_the_first_day(second_desk: Desk, second_story: SecondStory) -> None:
    """With a heading and this line alone at its foot, a page would tell nothing of the programme."""
    for more in ({}, {"page": "A5"}, {"page": "large"}, {"layout": "stacked"}):
        asked: Any = {"edition": "hosts", "sections": ["glance", "programme"], **more}
        found = lines(second_desk, second_story["visit"], "visit_pack", **asked)
        (clock,) = {line.page for line in found if line.text.startswith("All times are local")}
        assert [line for line in found if line.page == clock and line.text.startswith("14:40")]


THREE = ("Zhengzhou", "Łódź", "Thessaloniki")


def said_in(paper: Paper) -> Iterator[str]:
    return (text for words, _ in all_words(paper) for text in words.text.values() if text)


def heads(table: Table) -> list[str]:
    return [column.head.text.get("en") or "" for column in table.columns]


def test_minutes_are_signed_by_each_city_its_own_first(second_desk: Desk, second_story: SecondStory) -> None:
    def signed(edition: str) -> list[tuple[str | None, str | None]]:
        paper = of(second_desk, second_story["meeting"], "minutes", options={"form": "minutes"}, edition=edition)
        (block,) = blocks(paper, Signatures)
        return [(each.party.text["en"], each.name.text["en"] if each.name else None) for each in block.parties]

    ours = signed("delegation")
    assert [party for party, _ in ours] == ["Łódź", "Thessaloniki", "Zhengzhou"]
    assert ours[0][1] is not None
    assert "SZCZĘŚNIAK" in ours[0][1].upper()
    assert ours[1][1] is not None
    assert "PAPADOPOULOU" in ours[1][1].upper(), "who leads the second city signs for it"
    assert [party for party, _ in signed("hosts")] == list(THREE)


def test_where_nobody_chairs_the_first_of_each_of_three_cities_signs(
    second_desk: Desk, second_story: SecondStory
) -> None:
    records.edit(second_desk, second_story["meeting"], {"chair_a": None, "chair_b": None})
    (block,) = blocks(of(second_desk, second_story["meeting"], "minutes", options={"form": "minutes"}), Signatures)
    assert all(each.name for each in block.parties)


def test_the_brief_of_a_signing_names_all_who_sign_and_those_who_chair_first(
    second_desk: Desk, second_story: SecondStory
) -> None:
    """For the hosts somebody signs who is listed last of them."""
    parts = second_desk.read.children(second_story["signing"], Participation)
    (chair,) = [each.id for each in parts if each.person == second_story["gong"]]
    records.edit(second_desk, chair, {"pos": 90})
    for paper in (
        of(second_desk, second_story["visit"], "visit_pack", sections=["meetings"]),
        of(second_desk, second_story["signing"], "minutes", options={"form": "minutes"}),
    ):
        assert any(all(name in text for name in ("GONG", "SZCZĘŚNIAK", "PAPADOPOULOU")) for text in said_in(paper))
        signing = [table for table in blocks(paper, Table) if heads(table) == list(THREE)][-1]
        (first, *_), *_ = signing.rows
        assert "GONG" in (first[0].words.text["en"] or "")


def test_where_an_mou_names_who_signs_for_one_side_alone_the_other_is_signed_for_by_its_chair(
    second_desk: Desk, second_story: SecondStory
) -> None:
    signatories = second_desk.read.children(second_story["mou"], Signatory)
    for n, each in enumerate(signatories):  # the order in which an MoU names them is not that of protocol
        records.edit(second_desk, each.id, {"pos": 90 - n})
    records.trash(second_desk, next(each.id for each in signatories if each.person == second_story["gong"]))
    texts = list(said_in(of(second_desk, second_story["signing"], "minutes", options={"form": "minutes"})))
    assert any(re.search("GONG.*SZCZĘŚNIAK.*PAPADOPOULOU", text) for text in texts)


@pytest.mark.parametrize("name", ["visit_pack", "minutes"])
def test_participants_stand_in_a_column_for_each_city(second_desk: Desk, second_story: SecondStory, name: str) -> None:
    if name == "visit_pack":
        paper = of(second_desk, second_story["visit"], name, sections=["meetings"])
    else:
        paper = of(second_desk, second_story["meeting"], name)
    assert any(heads(table) == list(THREE) for table in blocks(paper, Table))


def test_the_directory_has_a_list_for_each_city(second_desk: Desk, second_story: SecondStory) -> None:
    paper = of(second_desk, second_story["visit"], "contact_directory")
    assert {*THREE} <= {section.heading.text["en"] for section in paper.sections if section.heading}


def test_the_cover_bears_the_arms_of_all_three(second_desk: Desk, second_story: SecondStory) -> None:
    paper = of(second_desk, second_story["visit"], "visit_pack", sections=["cover"])
    (cover,) = blocks(paper, Cover)
    assert len(cover.logos) == len(THREE)


def test_the_clocks_of_both_cities_at_home_are_told(second_desk: Desk, second_story: SecondStory) -> None:
    records.edit(second_desk, second_story["visit"], {"time_zone": "Asia/Shanghai"})
    texts = list(said_in(of(second_desk, second_story["visit"], "visit_pack", sections=["glance"])))
    assert any("5 h ahead of Thessaloniki, 6 h ahead of Łódź" in text for text in texts)


def test_each_city_has_its_people_and_stands_in_its_own_country(second_desk: Desk, second_story: SecondStory) -> None:
    texts = list(said_in(of(second_desk, second_story["ucap"], "at_a_glance")))
    assert "Łódź Voivodeship, Poland; Central Macedonia, Greece" in texts
    assert "波兰罗兹省；希腊中马其顿大区" in texts
    assert any("Łódź: about 652,000; Thessaloniki: about 319,000" in text for text in texts)
    assert "中国河南省" in list(said_in(of(second_desk, second_story["zhengzhou"], "person_brief"))), (
        "on its own paper too"
    )


def test_a_side_is_the_cities_that_take_part(second_desk: Desk, second_story: SecondStory) -> None:
    """Only people of Thessaloniki come to the second talks: Łódź is no side of them."""
    talks = records.add(
        second_desk,
        "meeting",
        {"title": Bilingual(en="Shore power"), "when": When("2027-04-14", "14:00"), "ucap": second_story["ucap"]},
    )
    for name, side in (("gong", "A"), ("chatzigeorgiou", "B")):
        records.add(second_desk, "participation", {"owner": talks, "person": second_story[name], "side": side})
    (block,) = blocks(of(second_desk, talks, "minutes", options={"form": "minutes"}), Signatures)
    assert [each.party.text["en"] for each in block.parties] == ["Zhengzhou side", "Thessaloniki side"]
    assert [each.party.text["zh"] for each in block.parties] == ["郑州方", "塞萨洛尼基方"]


def test_a_room_and_an_allergy_do_not_stand_unmarked_in_the_other_language(
    second_desk: Desk, second_story: SecondStory
) -> None:
    chinese = list(_lines(of(second_desk, second_story["meeting"], "minutes"), "zh"))
    assert any("3楼308室" in line for line in chinese)
    kitchen = of(second_desk, second_story["visit"], "catering_list")
    assert [line for line in (*chinese, *_lines(kitchen, "zh")) if re.search(r"Room \d|(?<!］)hazelnuts", line)] == []


def _lines(paper: Paper, lang: str) -> Iterator[str]:
    """What is printed where a language is wanted."""
    for words, _ in all_words(paper):
        shown = words.shown(lang, ("en", "zh"))
        if shown is not None:
            yield (language_tag(shown.language, lang) if shown.stands_in else "") + shown.text


def test_each_party_has_its_flag_on_the_signing_table(second_desk: Desk, second_story: SecondStory) -> None:
    (plan,) = blocks(of(second_desk, second_story["mou"], "signing_sheet"), Plan)
    assert sum(thing.kind == "flag" for thing in plan.things) == len(THREE)


# -- wording ----------------------------------------------------------------------------------------


def test_a_letter_says_the_dates_as_a_sentence_does(second_desk: Desk, second_story: SecondStory) -> None:
    texts = list(said_in(of(second_desk, second_story["visit"], "invitation_letter")))
    assert any("to visit Zhengzhou from 12 to 15 April 2027." in text for text in texts)
    assert "诚邀您率代表团于2027年4月12日至15日访问郑州。" in texts


def test_who_promised_stands_in_the_promise(second_desk: Desk, second_story: SecondStory) -> None:
    texts = list(said_in(of(second_desk, second_story["meeting"], "minutes", options={"form": "minutes"})))
    assert {"Commitment by Łódź and Thessaloniki", "罗兹、塞萨洛尼基承诺"} <= set(texts)


def test_a_party_is_named_by_its_city(second_desk: Desk, second_story: SecondStory) -> None:
    texts = list(said_in(of(second_desk, second_story["mou"], "mou_sheet")))
    assert {f"Signatory party, {city}" for city in THREE} <= set(texts)
    assert "签署方，罗兹" in texts
    assert "90 days" in texts


def test_hosts_are_no_members_of_the_delegation(second_desk: Desk, second_story: SecondStory) -> None:
    paper = of(second_desk, second_story["visit"], "visit_pack", sections=["hosts"])
    assert "主方人员" in set(said_in(paper))
    assert "代表团成员" not in set(said_in(paper))


def test_chinese_counts_people_and_tells_a_visit_received(second_desk: Desk, second_story: SecondStory) -> None:
    assert any("约1282.8万人" in text for text in said_in(of(second_desk, second_story["ucap"], "at_a_glance")))
    assert "来访总结" in set(said_in(of(second_desk, second_story["visit"], "visit_report")))


# -- told apart by their marks ------------------------------------------------------------------------

MARKED = {"Zhengzhou": "●", "Łódź": "□", "Thessaloniki": "▲"}
OF = {
    "GONG Yan": "Zhengzhou",
    "Bożena SZCZĘŚNIAK-GRZEGŻÓŁKA": "Łódź",
    "Eleftheria PAPADOPOULOU-KARAMANLI": "Thessaloniki",
}


def _shapes(plans: list[Plan]) -> tuple[dict[str | None, str], dict[str | None, str]]:
    """What the legends say, and who sits with which shape."""
    legend = {words.text["en"]: mark.shape for plan in plans for mark, words in plan.legend}
    return legend, {seat.name.text["en"]: seat.mark.shape for plan in plans for seat in plan.seats}


@pytest.mark.parametrize(
    "room", ["talks", "talks_end", "courtesy_call", "round_table", "rostrum", "banquet", "photo", "signing", "cars"]
)
def test_each_of_three_parties_has_its_own_mark_in_every_room(
    second_desk: Desk, second_story: SecondStory, room: str
) -> None:
    paper = of(second_desk, second_story["visit"], "seating_plan", options={"room": room})
    legend, seats = _shapes(blocks(paper, Plan))
    assert legend == MARKED
    assert {name: seats[name] for name in OF} == {name: MARKED[city] for name, city in OF.items()}


def test_the_table_of_three_who_sign_has_three_marks(second_desk: Desk, second_story: SecondStory) -> None:
    for paper in (
        of(second_desk, second_story["mou"], "signing_sheet"),
        of(second_desk, second_story["visit"], "visit_pack", sections=["signing"]),
    ):
        legend, seats = _shapes(blocks(paper, Plan))
        assert legend == MARKED
        assert {name: seats[name] for name in OF} == {name: MARKED[city] for name, city in OF.items()}


def test_the_first_of_each_party_signs_under_a_flag_of_its_own(second_desk: Desk, second_story: SecondStory) -> None:
    paper = of(second_desk, second_story["visit"], "seating_plan", options={"room": "signing"})
    (plan,) = blocks(paper, Plan)
    assert len([thing for thing in plan.things if thing.kind == "flag"]) == 3
    table = next(thing for thing in plan.things if thing.kind == "table")
    front = max(seat.y for seat in plan.seats)
    assert {seat.name.text["en"] for seat in plan.seats if seat.y == front} == OF.keys()
    assert front < table.y


def test_badges_tell_three_parties_apart_and_name_them(second_desk: Desk, second_story: SecondStory) -> None:
    (cards,) = blocks(of(second_desk, second_story["visit"], "badges"), Cards)
    faces = {card.front.lines[0].words.text["en"]: card.front for card in cards.cards}
    assert {name: faces[name].mark.shape for name in OF} == {name: MARKED[city] for name, city in OF.items()}
    for name, city in OF.items():
        assert city in (faces[name].role.text["en"] or "")


def test_lists_of_people_stand_party_by_party(second_desk: Desk, second_story: SecondStory) -> None:
    for name in ("delegation_list", "room_list", "catering_list", "visit_report"):
        paper = of(second_desk, second_story["visit"], name)
        rows = [row for table in blocks(paper, Table) for row in table.rows]
        named = [row.words.text["en"] for row in rows if isinstance(row, Group)]
        assert [each for each in named if each in THREE] == ["Łódź", "Thessaloniki"], name
    pack = of(second_desk, second_story["visit"], "visit_pack", sections=["delegation", "hosts"])
    (table, *_) = (table for table in blocks(pack, Table) if any(isinstance(row, Group) for row in table.rows))
    groups = [row for row in table.rows if isinstance(row, Group)]
    assert [row.words.text["en"] for row in groups if row.level == 1] == ["Łódź", "Thessaloniki"]
    assert groups[0].level == 1, "organisations stand under their party"


def test_whoever_comes_from_none_of_the_cities_stands_apart_from_them(
    second_desk: Desk, second_story: SecondStory
) -> None:
    who = second_story["maria"]
    records.edit(second_desk, who, {"place": None})
    for post in second_desk.read.children(who, Affiliation):
        records.edit(second_desk, post.id, {"organisation": None})

    def listed() -> list[str | None]:
        tables = blocks(of(second_desk, second_story["visit"], "delegation_list"), Table)
        rows = (row for table in tables for row in table.rows)
        return [row.words.text["en"] for row in rows if isinstance(row, Group) and row.level == 1]

    assert listed() == ["Łódź", "Thessaloniki", "Łódź and Thessaloniki side"]
    (part,) = [each for each in second_desk.read.children(second_story["visit"], Participation) if each.person == who]
    records.edit(second_desk, part.id, {"role": "guest_of_honour"})
    apart = "Łódź and Thessaloniki side"
    assert listed() == ["Łódź", apart, "Thessaloniki"], "after the head, before the deputy head"
    driver = {"owner": second_story["visit"], "free_name": Bilingual(en="Driver"), "side": "B", "role": "driver"}
    driver_id = records.add(second_desk, "participation", driver)
    assert listed() == ["Łódź", apart, "Thessaloniki", apart]
    records.trash(second_desk, driver_id)
    records.edit(second_desk, part.id, {"role": "coordinator"})
    columns = map(heads, blocks(of(second_desk, second_story["meeting"], "minutes"), Table))
    assert [*THREE, "Łódź and Thessaloniki side"] in columns
    for room in ("round_table", "signing"):
        legend, seats = _shapes(
            blocks(of(second_desk, second_story["visit"], "seating_plan", options={"room": room}), Plan)
        )
        assert legend == {**MARKED, "Łódź and Thessaloniki side": "◆"}, room
        assert [name for name, shape in seats.items() if shape == "◆"] == ["Maria KOWALSKA"], room
    (plan,) = blocks(of(second_desk, second_story["visit"], "seating_plan", options={"room": "signing"}), Plan)
    assert sum(thing.kind == "flag" for thing in plan.things) == len(THREE), "who is of no city signs for none"


# -- who receives -------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["host", "principal_host"])
def test_one_of_the_hosts_is_the_principal_one_by_rank_or_by_name(
    second_desk: Desk, second_story: SecondStory, role: str
) -> None:
    parts = {each.person: each.id for each in second_desk.read.children(second_story["visit"], Participation)}
    records.edit(second_desk, parts[second_story["chen"]], {"role": role})  # the vice mayor is one already
    names = {each: str(records.get(second_desk, second_story[each]).name_han) for each in ("gong", "chen")}  # type: ignore[attr-defined]
    first, other = (names["gong"], names["chen"]) if role == "host" else (names["chen"], names["gong"])
    (cards,) = blocks(of(second_desk, second_story["visit"], "badges"), Cards)
    roles = {card.front.lines[0].words.said("zh"): card.front.role.text["zh"] for card in cards.cards}
    assert (roles[first], roles[other]) == ("主陪 · 郑州", "主方代表 · 郑州")
    for name, chosen in (("delegation_list", {}), ("visit_pack", {"sections": ["hosts"]}), ("seating_plan", {})):
        told = "\n".join(said_in(of(second_desk, second_story["visit"], name, **chosen)))
        assert len(re.findall("^主陪$", told, re.MULTILINE)) == 1, name
        assert told.index(first) < told.index(other), "and stands first"
        assert "主方代表（主陪）" not in told


def test_whoever_chairs_for_the_hosts_is_the_principal_one(second_desk: Desk, second_story: SecondStory) -> None:
    meeting = second_story["meeting"]
    for part in second_desk.read.children(meeting, Participation):
        if part.person == second_story["gong"]:
            records.trash(second_desk, part.id)
        elif part.person == second_story["chen"]:
            records.edit(second_desk, part.id, {"role": "host"})
    records.edit(second_desk, meeting, {"chair_a": second_story["gong"]})
    (cards,) = blocks(of(second_desk, meeting, "badges"), Cards)
    roles = {
        card.front.lines[0].words.text["en"]: card.front.role.text["zh"] for card in cards.cards if card.front.role
    }
    assert roles["GONG Yan"].startswith("主陪")
    assert roles["CHEN Jie"].startswith("主方代表")
    (signs,) = blocks(of(second_desk, second_story["signing"], "badges"), Cards)
    told = {card.front.lines[0].words.text["en"]: card.front.role.text["zh"] for card in signs.cards if card.front.role}
    assert told["GONG Yan"].startswith("签字人"), "as everybody else who signs, also where they chair for the hosts"
