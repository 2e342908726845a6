"""Cards at a table and in a pocket: who reads which side, in which size, and that nothing is said twice."""

from __future__ import annotations

import io
import re
from collections import defaultdict
from collections.abc import Callable

from tests.helpers.drawn_lines import drawn_lines
from tests.helpers.paper_structure import heard, tag_flaws
from tests.helpers.second_story import SecondStory
from tests.unit.papers.printed import blocks
from ucapdesk.base.pinyin import toned
from ucapdesk.briefing.blocks.elements import Cards, Face
from ucapdesk.model.values import Bilingual, PartialDate, PersonName, When
from ucapdesk.papers import printing as papers
from ucapdesk.services import Desk
from ucapdesk.services.records import records


def faces(desk: Desk, id_: str, document: str, **choices: str) -> list[tuple[Face, Face | None]]:
    paper = papers.paper(desk, [id_], document=document, options=choices)
    (cards,) = blocks(paper, Cards)
    return [(card.front, card.back) for card in cards.cards]


def test_a_place_card_has_both_names_on_both_sides_the_neighbours_language_first_on_theirs(
    second_desk: Desk, second_story: SecondStory
) -> None:
    order = {}
    for far, near in faces(second_desk, second_story["visit"], "place_cards"):
        assert near is not None
        order[far.lines[0].words.text["en"]] = ([line.only for line in far.lines], [line.only for line in near.lines])
    assert order["GONG Yan"] == (["en", "zh"], ["zh", "en"]), "he reads Chinese, who sits across reads Latin letters"
    assert order["Maria KOWALSKA"] == (["zh", "en"], ["en", "zh"])


def test_names_have_one_size_on_all_cards_of_a_table_and_are_large_enough_to_be_read_across_it(
    second_desk: Desk, second_story: SecondStory
) -> None:
    for card, least in (("place-210x140", 34.0), ("place-banquet", 8.0)):
        file = io.BytesIO()
        papers.brief(
            second_desk, [second_story["visit"]], file, document="place_cards", options={"card": card}, languages=["en", "zh"]
        )  # fmt: skip
        sizes: dict[bool, set[float]] = defaultdict(set)
        for line in drawn_lines(file.getvalue()):
            if re.search("GONG|KOWALSKA|WĄSIK|LI Di|OUYANG", line.text):
                sizes[line.turned].add(round(line.size, 1))
        assert all(len(found) <= 2 for found in sizes.values()), f"the first name and the second: {dict(sizes)}"
        assert min(size for found in sizes.values() for size in found) >= least, card


def test_a_pocket_card_says_an_hour_once_with_the_place_in_both_languages(
    second_desk: Desk, second_story: SecondStory
) -> None:
    texts = [
        [line.words.text[line.only or "en"] or "" for line in face.lines]
        for card in faces(second_desk, second_story["visit"], "pocket_card")
        for face in card
        if face is not None
    ]
    said = [text for face in texts for text in face]
    assert len([text for text in said if text.startswith("09:30")]) == 1
    at = said.index("09:30  Talks on sponge-city technology and green rail freight")
    assert said[at + 1] == "海绵城市技术与绿色铁路货运合作会谈"
    assert said[at + 2].startswith("Zhengzhou International Convention and Exhibition Centre")
    assert "郑州国际会展中心会议楼" in said[at + 2]
    for face in texts:
        hours = [text[:5] for text in face if re.match(r"\d\d:\d\d  ", text)]
        assert hours == sorted(hours), "by the clock of the day, arrivals of the night before too"


def test_points_and_rides_stand_on_a_pocket_card_in_the_order_in_which_they_happen(
    second_desk: Desk, second_story: SecondStory
) -> None:
    call = {"when": When("2027-04-13", "14:00", tz="Europe/Warsaw"), "title": Bilingual(en="Call to Łódź")}
    records.add(second_desk, "itinerary_item", {"owner": second_story["visit"], "type": "meeting", **call})
    for owner in ("visit", "meeting"):
        of = {"free_name": Bilingual(en=f"Guest of the {owner}"), "side": "A", "role": "delegate"}
        records.add(second_desk, "participation", {"owner": second_story[owner], **of})
    cards = faces(second_desk, second_story["visit"], "pocket_card")
    said = [line.words.text["en"] or "" for card in cards for face in card if face is not None for line in face.lines]
    assert [text for text in said if text.startswith("Guest of")] == ["Guest of the visit"], "no audience of a meeting"
    told = [next(n for n, text in enumerate(said) if part in text) for part in ("豫A·00001", "Dinner given", "Call to")]
    assert told == sorted(told), "14:00 in Łódź is 20:00 in Zhengzhou"


def test_phrases_stand_over_their_pinyin(second_desk: Desk, second_story: SecondStory) -> None:
    last = faces(second_desk, second_story["visit"], "pocket_card", card="pocket-a4")[-1][0]
    said = [line.words.text[line.only or "en"] for line in last.lines]
    assert said[:3] == ["您好", "nín hǎo", "Good day"]
    assert toned("很高兴认识您。").endswith("rèn shí nín.")


def test_a_place_on_a_pocket_card_is_told_in_both_its_languages(second_desk: Desk, second_story: SecondStory) -> None:
    file = io.BytesIO()
    papers.brief(second_desk, [second_story["visit"]], file, document="pocket_card", languages=["en", "zh"])
    parts = [part for page in heard(file.getvalue()) for part in page]
    at = next(n for n, part in enumerate(parts) if part.text.startswith("Heji Braised Noodle House"))
    assert [(part.language, part.text) for part in parts[at : at + 2]] == [
        ("en", "Heji Braised Noodle House"),
        ("zh-Hans", "合记烩面馆"),
    ]
    assert parts[at + 2].text.startswith("14:00"), "the next point is told by itself"
    assert tag_flaws(file.getvalue(), ("en", "zh")) == []


def test_a_pocket_card_says_again_what_is_said_of_two(own: Desk, add: Callable[..., str]) -> None:
    house = add("organisation", name=Bilingual(en="City of Turku", zh="图尔库市政府"))
    visit = add("visit", title=Bilingual(en="Visit", zh="访问"), dates=PartialDate("2026-11-23"), travelling_side="A")
    for family in ("Aalto", "Berg"):
        host = add("person", name=PersonName(family, "X"))
        add("affiliation", owner=host, organisation=house, post=Bilingual(en="Clerk", zh="科员"))
        add("participation", owner=visit, person=host, side="B", role="host")
    for hour, title in (("12:00", "Lunch"), ("13:00", "Talks"), ("19:00", "Lunch"), (None, "Check-in")):
        zh = {"Lunch": "用餐", "Talks": "会谈", "Check-in": "入住"}[title]
        add("itinerary_item", owner=visit, type="meal", title=Bilingual(en=title, zh=zh), when=When("2026-11-23", hour))
    expo = Bilingual(en="Expo").mark("zh", "not_needed")
    add("itinerary_item", owner=visit, type="conference", title=expo, when=When("2026-11-23", "09:00"))
    file = io.BytesIO()
    papers.brief(own, [visit], file, document="pocket_card", languages=["en", "zh"])
    drawn = [line.text for line in drawn_lines(file.getvalue())]
    assert sum("Expo" in text for text in drawn) == 1, "it needs no translation"
    assert [drawn.count(text) for text in ("用餐", "Clerk", "科员", "City of Turku", "图尔库市政府")] == [2] * 5
    points = [text.split()[-1] for text in drawn if re.search("Lunch|Talks|Check-in", text)]
    assert points == ["Check-in", "Lunch", "Talks", "Lunch"], "first what has no hour, as in the programme"
