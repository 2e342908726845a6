"""A second paper on the same cities: what is new comes in, what is the same is there once, what differs is asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.paper_facts import PAPERS
from tests.unit.exchange.laptops import first_laptop, joined
from ucapdesk.base.paths import resource
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.serialize import record_to_json
from ucapdesk.model.values import Bilingual, PartialDate, When
from ucapdesk.services import Desk
from ucapdesk.services.exchange import conflicts, exchange_service
from ucapdesk.services.files import incoming_files
from ucapdesk.services.files.imports import import_files
from ucapdesk.services.files.paper_questions import paper_questions, to_decide
from ucapdesk.services.people.pasted_people import plan_pasted
from ucapdesk.services.records import records

FIRST, NEXT = PAPERS / "11a-liuzhou-first-source.txt", PAPERS / "11d-liuzhou-next-edition.txt"


def _all(desk: Desk, kind: str) -> list[dict[str, Any]]:
    return [record_to_json(record) for record in records.page(desk, kind, records.listing(desk, kind))]


def _names(desk: Desk, kind: str, field: str = "name") -> list[str]:
    return sorted(str(each[field]["en"]) for each in _all(desk, kind))


def _families(desk: Desk) -> set[str]:
    return {each["name"]["family"] for each in _all(desk, "person")}


def test_the_next_edition_brings_its_theme_and_contacts_and_changes_nothing_else(desk: Desk) -> None:
    import_files(desk, [FIRST])
    themes, places = _names(desk, "theme"), _names(desk, "place")
    report = import_files(desk, [NEXT])[0]
    assert set(_names(desk, "theme")) - set(themes) == {"Circular Economy"}
    assert _names(desk, "theme").count("Biotechnology & Life Sciences") == 1
    assert {"Majó", "Feng", "Stollar"} <= _families(desk)
    assert records.count(desk, "ucap") == 1
    assert records.count(desk, "source_document") == 2
    assert set(_names(desk, "place")) - set(places) == {"Liubei District"}
    assert report.differs == ()
    assert len(_all(desk, "visit")) == 4
    assert len(_all(desk, "meeting")) == 5


def test_both_editions_in_one_go_say_the_same(desk: Desk) -> None:
    import_files(desk, [FIRST, NEXT])
    assert records.count(desk, "ucap") == 1
    assert _names(desk, "theme").count("Biotechnology & Life Sciences") == 1


def test_another_date_of_the_same_visit_is_one_question_with_both_sources(desk: Desk, tmp_path: Path) -> None:
    import_files(desk, [FIRST])
    other = tmp_path / "minutes.txt"
    other.write_text(FIRST.read_text("utf-8").replace("9–15 June", "12–16 June"), "utf-8")
    report = import_files(desk, [other])[0]
    assert records.count(desk, "ucap") == 1
    assert len(_all(desk, "visit")) == 4
    asked = [(each.kind, each.field, each.here, each.file) for each in report.differs]
    assert asked == [("visit", "dates", "2019-06-09/2019-06-15", "2019-06-12/2019-06-16")]
    sources = {each["file_name"]: json.loads(each["oddities"]) for each in _all(desk, "source_document")}
    kept = [odd for odd in sources["minutes.txt"] if odd["code"] == "differs" and odd["args"]["field"] == "dates"]
    assert len(kept) == 1
    assert set(sources) == {FIRST.name, "minutes.txt"}
    (open_,) = conflicts.conflicts(desk)
    assert [(said.person, said.value) for said in open_.candidates] == [
        (FIRST.name, "2019-06-09/2019-06-15"), ("minutes.txt", "2019-06-12/2019-06-16"),
    ]  # fmt: skip
    assert to_decide(desk) == exchange_service.standing(desk).to_decide == 1
    conflicts.choose(desk, open_, 2)
    assert "2019-06-12/2019-06-16" in [visit["dates"] for visit in _all(desk, "visit")]
    assert conflicts.conflicts(desk) == []
    desk.undo()
    assert len(conflicts.conflicts(desk)) == 1
    conflicts.choose(desk, conflicts.conflicts(desk)[0], 1)
    assert conflicts.conflicts(desk) == []
    assert to_decide(desk) == 0


MANNHEIM = (PAPERS / "09-chongqing-mannheim.txt").read_text("utf-8")
LINSE = "Mr David Linse (Mannheim)"
PAIRS = {
    "a visit moved to another month, with its meeting": (
        MANNHEIM,
        [("14–17 August 2017", "4–7 September 2017"), ("August 2017 (Chong", "September 2017 (Chong")],
        {("visit", "dates", "2017-08-14/2017-08-17", "2017-09-04/2017-09-07")},
    ),
    "a visit in another year": (
        MANNHEIM,
        [("14–17 August 2017", "14–17 August 2018")],
        {("visit", "dates", "2017-08-14/2017-08-17", "2018-08-14/2018-08-17")},
    ),
    "another post": (
        MANNHEIM.replace(LINSE, "Mr David Linse, Project Manager, City of Mannheim"),
        [("Project Manager", "Head of International Affairs")],
        {("affiliation", "post.en", "Project Manager", "Head of International Affairs")},
    ),
    "another e-mail address": (
        MANNHEIM.replace(LINSE, f"{LINSE}, linse@mannheim.example"),
        [("linse@mannheim.example", "dl@stadt.example")],
        {("person", "email", "linse@mannheim.example", "dl@stadt.example")},
    ),
    "a day of pairing, told once for each side": (
        MANNHEIM,
        [("31 May 2017", "1 June 2017")],
        {("ucap_side", "pairing_signed", "2017-05-31", "2017-06-01")},
    ),
    "themes renamed": (
        MANNHEIM,
        [("Logistics:", "Rail logistics:"), ("Innovation and Start-Ups:", "Innovation & Start-ups:")],
        {
            ("theme", "name.en", "Logistics", "Rail logistics"),
            ("theme", "name.en", "Innovation and Start-Ups", "Innovation & Start-ups"),
        },
    ),
    "cities under other names": (
        MANNHEIM.replace("Mannheim", "Seville"),
        [("Seville", "Sevilla"), ("Chongqing", "Chungking")],
        {("place", "name.en", "Seville", "Sevilla"), ("place", "name.en", "Chongqing", "Chungking")},
    ),
    "a city with a letter missing": (
        MANNHEIM,
        [("Mannheim", "Manheim")],
        {("place", "name.en", "Mannheim", "Manheim")},
    ),
    "a city under a longer name": (
        MANNHEIM,
        [("Mannheim", "Mannheim am Rhein")],
        {("place", "name.en", "Mannheim", "Mannheim am Rhein")},
    ),
}


@pytest.mark.parametrize("what", PAIRS)
def test_what_a_second_paper_says_otherwise_is_asked_once_and_makes_nothing_twice(
    desk: Desk, tmp_path: Path, what: str
) -> None:
    first, changes, wanted = PAIRS[what]
    second = first
    for before, after in changes:
        assert before in second
        second = second.replace(before, after)
    for name, text in (("first.txt", first), ("second.txt", second)):
        (tmp_path / name).write_text(text, "utf-8")
    import_files(desk, [tmp_path / "first.txt"])
    counts = {
        kind: records.count(desk, kind) for kind in KINDS if not (KINDS[kind].cls.reserved or kind == "source_document")
    }
    (report,) = import_files(desk, [tmp_path / "second.txt"])
    assert {(each.kind, each.field, each.here, each.file) for each in report.differs} == wanted
    assert {kind: records.count(desk, kind) for kind in counts} == counts
    asked = conflicts.conflicts(desk)
    assert len(asked) == len(wanted) == to_decide(desk)
    assert {tuple(said.person for said in each.candidates) for each in asked} == {("first.txt", "second.txt")}
    for question in asked:
        conflicts.choose(desk, question, 2)
    assert to_decide(desk) == 0
    import_files(desk, [tmp_path / "second.txt"])
    assert to_decide(desk) == 0
    titles = " | ".join(each["title"]["en"] for each in _all(desk, "visit"))
    assert ("14–17 August 2017" in titles) != what.startswith("a visit"), "its title moves with the visit"


def test_another_city_with_a_name_like_it_is_another_cooperation(desk: Desk, tmp_path: Path) -> None:
    other = (
        MANNHEIM.replace("Logistics", "Health")
        .replace("Innovation and Start-Ups", "Tourism")
        .replace("Vocational training", "Food")
    )
    for name, text in (
        ("first.txt", MANNHEIM.replace("Chongqing", "Suzhou")),
        ("second.txt", other.replace("Chongqing", "Xuzhou")),
    ):
        (tmp_path / name).write_text(text, "utf-8")
        import_files(desk, [tmp_path / name])
    assert records.count(desk, "ucap") == 2
    assert {"Suzhou", "Xuzhou", "Mannheim"} <= set(_names(desk, "place"))


def test_figures_are_asked_once_and_taken_for_the_city_and_for_the_side(desk: Desk, tmp_path: Path) -> None:
    for name, text in (("first.txt", MANNHEIM), ("second.txt", MANNHEIM.replace("309,370", "310,658"))):
        (tmp_path / name).write_text(text, "utf-8")
        import_files(desk, [tmp_path / name])
    (question,) = conflicts.conflicts(desk)
    assert [each.said for each in question.candidates] == ["309,370", "310,658"]
    conflicts.choose(desk, question, 2)
    values = [each["population"] for kind in ("place", "ucap_side") for each in _all(desk, kind)]
    assert [each["value"] for each in values if each].count(310_658) == 2
    desk.undo()
    assert [each.said for each in conflicts.conflicts(desk)[0].candidates] == ["309,370", "310,658"]


def test_a_part_of_a_record_is_asked_about_on_the_page_of_its_record(desk: Desk, tmp_path: Path) -> None:
    first = MANNHEIM.replace(LINSE, "Mr David Linse, Project Manager, City of Mannheim")
    for name, text in (("first.txt", first), ("second.txt", first.replace("Project Manager", "Head of Office"))):
        (tmp_path / name).write_text(text, "utf-8")
        import_files(desk, [tmp_path / name])
    (linse,) = (each["id"] for each in _all(desk, "person") if each["name"]["family"] == "Linse")
    (question,) = conflicts.of_papers(desk, linse)
    assert [each.said for each in question.candidates] == ["Project Manager", "Head of Office"]


def test_a_question_about_a_field_that_nobody_wrote_keeps_no_other_from_being_asked(desk: Desk) -> None:
    person = records.add(desk, "person", {"email": "a@example.org"})
    cells: list[dict[str, Any]] = [{"field": "title", "was": None}, {"field": "email", "was": "a@example.org"}]
    args = [{**cell, "kind": "person", "id": person, "there": "else"} for cell in cells]
    asked = json.dumps([{"code": "differs", "row": "", "args": each} for each in args])
    records.add(desk, "source_document", {"file_name": "colleague.txt", "oddities": asked})
    told = {each.field: [said.person for said in each.candidates] for each in conflicts.conflicts(desk)}
    assert told == {"title": ["—", "colleague.txt"], "email": [desk.workspace.person, "colleague.txt"]}


CHINESE = """城市合作行动计划（UCAP）概览

城市	重庆	曼海姆
省份/国家	中国重庆	德国巴登-符腾堡州
人口	3050万	309370
面积（平方公里）	82402	145
结对协议签署日期	2017年5月31日	2017年5月31日
合作主题	物流：重庆—曼海姆货运铁路（SDG 9） 创新与创业：两江新区与Mafinex的初创企业交流（SDG 8、9） 职业培训：智能生产实验室（SDG 4）
主要目标	结构化的城市伙伴关系
主要活动	第一次会议：2017年6月（曼海姆）
重庆联系人	王善利先生（重庆市发展和改革委员会）
"""


@pytest.mark.parametrize("chinese_first", [True, False])
def test_a_paper_in_chinese_and_one_in_english_are_one_cooperation(
    desk: Desk, tmp_path: Path, chinese_first: bool
) -> None:
    (tmp_path / "zh.txt").write_text(CHINESE, "utf-8")
    (tmp_path / "en.txt").write_text(MANNHEIM, "utf-8")
    for name in ("zh.txt", "en.txt") if chinese_first else ("en.txt", "zh.txt"):
        assert import_files(desk, [tmp_path / name])[0].differs == ()
    assert records.count(desk, "ucap") == 1
    assert {(each["name"]["en"], each["name"]["zh"]) for each in _all(desk, "theme")} == {
        ("Logistics", "物流"), ("Innovation and Start-Ups", "创新与创业"), ("Vocational training", "职业培训"),
    }  # fmt: skip
    (wang,) = (each for each in _all(desk, "person") if (each["name"] or {}).get("family") == "Wang")
    assert wang["name_han"] == {"family": "王", "given": "善利"}
    assert ("Chongqing DRC", "重庆市发展和改革委员会") in {
        (each["name"]["en"], each["name"]["zh"]) for each in _all(desk, "organisation")
    }


def test_an_empty_text_is_filled_and_not_asked(desk: Desk) -> None:
    import_files(desk, [resource("sample") / "ucap-liuzhou.txt"])
    (report,) = import_files(desk, [PAPERS / "09-chongqing-mannheim.docx"])
    assert report.differs == ()
    (mannheim,) = (each for each in _all(desk, "place") if each["name"].get("en") == "Mannheim")
    assert mannheim["state"]["en"] == "Baden-Württemberg"


def test_a_question_goes_along_to_the_second_laptop_and_so_does_its_answer(tmp_path: Path) -> None:
    ana = first_laptop(tmp_path / "ana")
    for name, text in (
        ("first.txt", MANNHEIM),
        ("second.txt", MANNHEIM.replace("309,370", "310,658").replace("14–17 August", "21–24 August")),
    ):
        (tmp_path / name).write_text(text, "utf-8")
        with ana.here() as desk:
            import_files(desk, [tmp_path / name])
    chen = joined(tmp_path / "chen", ana.give("join.ucapx"), "Chen")
    said = [
        [(each.kind, each.field, *(c.said for c in each.candidates)) for each in conflicts.conflicts(desk)]
        for desk in (ana.desk, chen.desk)
    ]
    assert said[0] == said[1]
    assert len(said[0]) == 2
    for laptop, kind, number in (
        (ana, "visit", 2),
        (chen, "place", 1),
    ):  # each answers another one, not knowing of the other
        laptop.clock.tick(60)
        with laptop.here() as desk:
            (question,) = (each for each in conflicts.conflicts(desk) if each.kind == kind)
            conflicts.choose(desk, question, number)
    for giver, taker in ((ana, chen), (chen, ana), (ana, chen)):
        taker.receive(giver.give(f"{giver.name}{len(list(tmp_path.rglob('*.ucapx')))}.ucapx"))
    for laptop in (ana, chen):
        assert conflicts.conflicts(laptop.desk) == []
        assert to_decide(laptop.desk) == 0
        assert "2017-08-21/2017-08-24" in [visit["dates"] for visit in _all(laptop.desk, "visit")]
        assert 310_658 not in [(each["population"] or {}).get("value") for each in _all(laptop.desk, "place")]
    assert ana.digest() == chen.digest()
    ana.desk.close()
    chen.desk.close()


LIST = "Name\tPost\tRemarks\nIvan Totev\tMayor\t\nAnna Petrova\tHead of Office\t\nPetar Ivanov\tExpert\t"
PROGRAMME = (
    "12 April 2027\n9:00 Talks\nAccompanied by: Wang Hua; Zhao Lei\n11:00 Port\n12:30 Lunch\n13 April 2027\n9:00 Round table\n"
    "14:00 Factory\n14 April 2027\n8:30 Departure"
)


def _again(desk: Desk, text: str, visit: str) -> list[str]:
    """Take in a text, and return what it is told not to name."""
    plan = plan_pasted(desk, text, visit)
    assert plan is not None
    incoming_files.take(desk, plan)
    return [where for where, what, _ in plan.oddities if "not in this file" in what]


def test_another_edition_of_a_list_adds_nobody_twice_and_tells_whom_it_does_not_name(desk: Desk) -> None:
    visit = records.add(desk, "visit", {"title": Bilingual(en="Hefei"), "dates": PartialDate("2027-04-12/2027-04-14")})
    assert _again(desk, LIST, visit) == []
    assert _again(
        desk, LIST.replace("Anna Petrova", "Georgi Dimov").replace("Expert\t", "Expert\tdeputy head"), visit
    ) == ["Anna Petrova"]
    parts: Any = records.children(desk, visit)["participation"]
    people = [records.title(desk, part.person) for part in parts]
    assert sorted(people) == ["Anna Petrova", "Georgi Dimov", "Ivan Totev", "Petar Ivanov"]
    assert [(each.cell, each.here, each.there) for each in paper_questions(desk)] == [
        ("role", "delegate", "deputy_head")
    ]
    assert _again(desk, LIST.replace("Ivan Totev\tMayor", "Ivan Totev\tMayor of Plovdiv"), visit) == ["Georgi Dimov"]
    assert len(records.children(desk, visit)["participation"]) == len(people)
    assert _again(desk, "Name\tPost\nIvan Totev\tMayor", visit) == [], "a list of one is no other edition of it"


def test_another_edition_of_a_programme_tells_what_was_called_off_and_who_was_replaced(desk: Desk) -> None:
    visit = records.add(desk, "visit", {"title": Bilingual(en="Hefei"), "dates": PartialDate("2027-04-12/2027-04-14")})
    assert _again(desk, PROGRAMME, visit) == []
    records.add(desk, "itinerary_item", {"owner": visit, "title": Bilingual(en="Gym"), "when": When(start="07:00")})
    second = PROGRAMME.replace("14:00 Factory\n", "").replace("Zhao Lei", "Chen Yan").replace("Port", "Harbour")
    assert _again(desk, second, visit) == ["12 April 2027, 11:00: Port", "13 April 2027, 14:00: Factory", "Zhao Lei"]
    shorter = second.partition("14 April")[0]
    assert "14 April 2027, 08:30: Departure" in _again(desk, shorter, visit), "a day that was called off"
    assert _again(desk, "13 April 2027\n9:00 Round table\n10:00 Coffee", visit) == ["13 April 2027, 14:00: Factory"]
    assert _again(desk, "14 April 2027\n8:30 Departure\n9:00 Flight", visit) == []


def test_what_two_editions_say_alike_is_asked_once_and_not_again_once_it_was_decided(desk: Desk) -> None:
    visit = records.add(desk, "visit", {"title": Bilingual(en="Hefei"), "dates": PartialDate("2027-04-12/2027-04-14")})
    for text in (PROGRAMME, PROGRAMME.replace("9:00 Talks", "10:00 Talks")):
        _again(desk, text, visit)
    third = PROGRAMME.replace("9:00 Talks", "10:00 Talks").replace("12:30", "13:00")
    _again(desk, third, visit)
    first, lunch = conflicts.conflicts(desk)
    assert (first.candidates[0].said, lunch.candidates[0].said) == ("12 April 2027, 09:00", "12 April 2027, 12:30")
    conflicts.choose(desk, first, 1)
    assert [each.title for each in conflicts.conflicts(desk)] == ["Lunch"]
    plan = plan_pasted(desk, third + "\n9:30 Coffee", visit)
    assert plan is not None
    assert [line.what for line in plan.lines if "Moved?" in line.title] == ["left as it is here", "becomes a question"]
    incoming_files.take(desk, plan)
    assert [each.title for each in conflicts.conflicts(desk)] == ["Lunch"]


@pytest.mark.parametrize("chosen", [1, 2])
def test_of_what_two_editions_say_otherwise_the_newest_is_asked(desk: Desk, chosen: int) -> None:
    visit = records.add(desk, "visit", {"title": Bilingual(en="Hefei"), "dates": PartialDate("2027-04-12/2027-04-14")})
    for hour in ("9:00", "10:00", "10:30"):
        _again(desk, PROGRAMME.replace("9:00 Talks", f"{hour} Talks"), visit)
    (asked,) = conflicts.conflicts(desk)
    assert [each.said for each in asked.candidates] == ["12 April 2027, 09:00", "12 April 2027, 10:30"]
    assert to_decide(desk) == len(conflicts.of_papers(desk, visit)) == 1
    conflicts.choose(desk, asked, chosen)
    assert conflicts.conflicts(desk) == []
