"""Three parties have what two have, and papers say things as offices write them."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.helpers.second_story import SecondStory
from tests.unit.papers.printed import blocks, of
from ucapdesk.briefing.blocks.content import Cover, Group, Paper, Signatures, Table, all_words
from ucapdesk.briefing.blocks.elements import Cards, Plan, language_tag
from ucapdesk.model.kinds.agreement_kinds import Signatory
from ucapdesk.model.kinds.people_kinds import Affiliation
from ucapdesk.model.kinds.visit_kinds import Participation
from ucapdesk.model.values import Bilingual, When
from ucapdesk.services import Desk
from ucapdesk.services.records import records

THREE = ("Zhengzhou", "Łódź", "Thessaloniki")


def said(paper: Paper) -> Iterator[str]:
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
        assert any(all(name in text for name in ("GONG", "SZCZĘŚNIAK", "PAPADOPOULOU")) for text in said(paper))
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
    texts = list(said(of(second_desk, second_story["signing"], "minutes", options={"form": "minutes"})))
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
    texts = list(said(of(second_desk, second_story["visit"], "visit_pack", sections=["glance"])))
    assert any("5 h ahead of Thessaloniki, 6 h ahead of Łódź" in text for text in texts)


def test_each_city_has_its_people_and_stands_in_its_own_country(second_desk: Desk, second_story: SecondStory) -> None:
    texts = list(said(of(second_desk, second_story["ucap"], "at_a_glance")))
    assert "Łódź Voivodeship, Poland; Central Macedonia, Greece" in texts
    assert "波兰罗兹省；希腊中马其顿大区" in texts
    assert any("Łódź: about 652,000; Thessaloniki: about 319,000" in text for text in texts)
    assert "中国河南省" in list(said(of(second_desk, second_story["zhengzhou"], "person_brief"))), (
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
    texts = list(said(of(second_desk, second_story["visit"], "invitation_letter")))
    assert any("to visit Zhengzhou from 12 to 15 April 2027." in text for text in texts)
    assert "诚邀您率代表团于2027年4月12日至15日访问郑州。" in texts


def test_who_promised_stands_in_the_promise(second_desk: Desk, second_story: SecondStory) -> None:
    texts = list(said(of(second_desk, second_story["meeting"], "minutes", options={"form": "minutes"})))
    assert {"Commitment by Łódź and Thessaloniki", "罗兹、塞萨洛尼基承诺"} <= set(texts)


def test_a_party_is_named_by_its_city(second_desk: Desk, second_story: SecondStory) -> None:
    texts = list(said(of(second_desk, second_story["mou"], "mou_sheet")))
    assert {f"Signatory party, {city}" for city in THREE} <= set(texts)
    assert "签署方，罗兹" in texts
    assert "90 days" in texts


def test_hosts_are_no_members_of_the_delegation(second_desk: Desk, second_story: SecondStory) -> None:
    paper = of(second_desk, second_story["visit"], "visit_pack", sections=["hosts"])
    assert "主方人员" in set(said(paper))
    assert "代表团成员" not in set(said(paper))


def test_chinese_counts_people_and_tells_a_visit_received(second_desk: Desk, second_story: SecondStory) -> None:
    assert any("约1282.8万人" in text for text in said(of(second_desk, second_story["ucap"], "at_a_glance")))
    assert "来访总结" in set(said(of(second_desk, second_story["visit"], "visit_report")))


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
        told = "\n".join(said(of(second_desk, second_story["visit"], name, **chosen)))
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
