"""A visit: delegation, hosts and checklist, its status, and what is called off."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import vobject
from click.testing import CliRunner

from tests.helpers.errors import user_error
from ucapdesk.base.i18n import use_pair
from ucapdesk.briefing.blocks.content import all_words
from ucapdesk.cli import cli
from ucapdesk.model.kinds.people_kinds import Affiliation
from ucapdesk.model.kinds.visit_kinds import ChecklistItem, Participation
from ucapdesk.model.values import Bilingual, HanName, PartialDate, PersonName, When
from ucapdesk.papers import printing as papers
from ucapdesk.services import Desk, meetings
from ucapdesk.services.files import file_formats, packs
from ucapdesk.services.records import history, records
from ucapdesk.services.records import records as order_of
from ucapdesk.services.visits import visit_itinerary, visits
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.screens.programme_items import item_problem

TODAY = date(2026, 11, 20)


@pytest.fixture
def visit(desk: Desk) -> str:
    values = {"dates": PartialDate("2026-11-24/2026-11-26"), "travelling_side": "A", "status": "confirmed"}
    return records.add(desk, "visit", {"title": Bilingual(en="Visit"), **values})


def get(desk: Desk, id_: str) -> Any:
    return records.get(desk, id_)


def person(desk: Desk, name: str, rank: str | None = None, order: int | None = None) -> str:
    id_ = records.add(desk, "person", {"name": PersonName(name, "X")})
    organisation = records.add(desk, "organisation", {"name": Bilingual(en=name)})
    records.add(
        desk, "affiliation",
        {"owner": id_, "organisation": organisation, **({"rank": rank} if rank else {}), **({"rank_order": order} if order else {})},
    )  # fmt: skip
    return id_


def order(desk: Desk, visit: str, group: str = visits.DELEGATION) -> list[str]:
    return [get(desk, each.person).name.family for each in visits.people(desk, visit, group) if each.person]


def test_rank_says_where_somebody_comes_in_and_the_hand_from_then_on(desk: Desk, visit: str) -> None:
    for name, rank in (("Division", "division"), ("None", None), ("Bureau", "bureau"), ("Deputy", "deputy_bureau")):
        visits.add_person(desk, visit, visits.DELEGATION, key=person(desk, name, rank))
    assert order(desk, visit) == ["Bureau", "Deputy", "Division", "None"]
    last = visits.people(desk, visit, visits.DELEGATION)[-1]
    order_of.move_part(desk, last.id, None)
    assert order(desk, visit) == ["None", "Bureau", "Deputy", "Division"]
    visits.in_order_of_rank(desk, visit, visits.DELEGATION)
    assert order(desk, visit) == ["Bureau", "Deputy", "Division", "None"]


def test_a_head_stands_in_front_of_all_ranks_and_order_within_a_rank_counts(desk: Desk, visit: str) -> None:
    for name, number in (("Two", 2), ("One", 1)):
        visits.add_person(desk, visit, visits.DELEGATION, key=person(desk, name, "bureau", number))
    head = visits.add_person(desk, visit, visits.DELEGATION, key=person(desk, "Head"))
    assert order(desk, visit) == ["One", "Two", "Head"]
    records.edit(desk, head, {"role": "head"})
    visits.in_order_of_rank(desk, visit, visits.DELEGATION)
    assert order(desk, visit) == ["Head", "One", "Two"]
    before = maintenance.digest(desk)
    visits.in_order_of_rank(desk, visit, visits.DELEGATION)
    assert maintenance.digest(desk) == before


def test_hosts_are_those_of_the_other_side(desk: Desk, visit: str) -> None:
    visits.add_person(desk, visit, visits.HOSTS, key=person(desk, "Host"))
    visits.add_person(desk, visit, visits.DELEGATION, key=person(desk, "Guest"))
    records.add(
        desk, "participation", {"owner": visit, "person": person(desk, "Driver"), "side": "B", "role": "driver"}
    )
    assert order(desk, visit, visits.HOSTS) == ["Host", "Driver"]
    assert order(desk, visit) == ["Guest"]
    [host, _] = visits.people(desk, visit, visits.HOSTS)
    assert (host.side, host.role) == ("B", "host")


@pytest.mark.rule("T3")
def test_somebody_new_is_made_with_a_name_and_nobody_is_there_twice(desk: Desk, visit: str) -> None:
    first = visits.add_person(desk, visit, visits.DELEGATION, name="WU Wenneng")
    part: Any = get(desk, first)
    assert get(desk, part.person).name == PersonName("Wu", "Wenneng", "family_first")
    assert visits.add_person(desk, visit, visits.HOSTS, key=part.person) == first
    assert len(desk.read.children(visit, Participation)) == 1
    history.undo(desk)
    assert not desk.read.children(visit, Participation)
    for nobody in (" ", ",", "()"):
        with user_error("nothing-said"):
            visits.add_person(desk, visit, visits.HOSTS, name=nobody)


@pytest.mark.parametrize(
    ("said", "name", "post"),
    [
        ("Aleksandra Nowak, Mayor of Gdansk", PersonName("Nowak", "Aleksandra", "given_first"), "Mayor of Gdansk"),
        ("Nowak, Aleksandra, Mayor of Gdansk", PersonName("Nowak", "Aleksandra", "given_first"), "Mayor of Gdansk"),
        ("García Márquez, Gabriel", PersonName("García Márquez", "Gabriel", "given_first"), None),
        ("Popescu, Ștefan", PersonName("Popescu", "Ștefan", "given_first"), None),
        ("Anna Nowak, Interpreter", PersonName("Nowak", "Anna", "given_first"), "Interpreter"),
        ("Anna Nowak, FIAT", PersonName("Nowak", "Anna", "given_first"), "FIAT"),
        ("Jens Bøgh (Deputy Mayor, Aarhus)", PersonName("Bøgh", "Jens", "given_first"), "Deputy Mayor"),
        ("Jens Bøgh (Deputy Mayor), Aarhus", PersonName("Bøgh", "Jens", "given_first"), "Deputy Mayor"),
        ("Bøgh, Jens (Mayor)", PersonName("Bøgh", "Jens", "given_first"), "Mayor"),
        ("陈刚（副局长），柳州市商务局", HanName("陈", "刚"), "副局长"),
        ("Anna (Ania) Nowak", PersonName("Nowak", "Anna (Ania)", "given_first"), None),
        ("孔凡萍 威海市市长", HanName("孔", "凡萍"), "威海市市长"),
        ("孔凡萍副市长", HanName("孔", "凡萍"), "副市长"),
        ("马士光 Ma Shiguang 市委书记", HanName("马", "士光"), "市委书记"),
    ],
)
def test_what_stands_behind_the_name_of_somebody_new_is_their_post(
    desk: Desk, visit: str, said: str, name: PersonName | HanName, post: str | None
) -> None:
    part: Any = get(desk, visits.add_person(desk, visit, visits.DELEGATION, name=said))
    person = get(desk, part.person)
    assert name in (person.name, person.name_han)
    posts: Any = desk.read.children(part.person, Affiliation)
    assert [word for each in posts for word in each.post.values()] == ([post] if post else [])


def test_the_post_of_somebody_new_is_in_the_languages_of_the_records(desk: Desk, visit: str) -> None:
    use_pair(("de", "zh"))
    part: Any = get(desk, visits.add_person(desk, visit, visits.DELEGATION, name="Anna Nowak, Bürgermeisterin 市长"))
    (position,) = desk.read.children(part.person, Affiliation)
    assert position.post == Bilingual(de="Bürgermeisterin", zh="市长")


@pytest.mark.row("X12")
def test_what_is_due_follows_from_the_dates_and_moves_with_them(desk: Desk, visit: str) -> None:
    with user_error("nothing-to-do", match="Gifts, 14 days before"):
        visits.add_to_do(desk, visit, -14, " ")
    gifts = visits.add_to_do(desk, visit, -14, "Gifts 礼品")
    thanks = visits.add_to_do(desk, visit, 7, "Thank-you letters")
    visits.add_to_do(desk, visit, None, "Some time")
    fixed = records.add(
        desk, "checklist_item", {"owner": visit, "text": Bilingual(en="Book"), "due": PartialDate("2026-11-21")}
    )
    assert get(desk, gifts).text == Bilingual(en="Gifts", zh="礼品")
    found = visits.checklist(desk, visit, TODAY)
    assert [(each.item.id, each.due.edtf if each.due else None, each.overdue) for each in found][:3] == [
        (gifts, "2026-11-10", True),
        (fixed, "2026-11-21", False),
        (thanks, "2026-12-03", False),
    ]
    assert found[3].due is None
    assert visits.tick(desk, gifts)
    assert not visits.checklist(desk, visit, TODAY)[0].overdue
    records.edit(desk, visit, {"dates": PartialDate("2027-01-11/2027-01-13")})
    assert next(each.due for each in visits.checklist(desk, visit, TODAY) if each.item.id == gifts) == PartialDate(
        "2026-12-28"
    )
    records.edit(desk, visit, {"dates": PartialDate("2027")})
    assert next(each.due for each in visits.checklist(desk, visit, TODAY) if each.item.id == gifts) is None


def test_the_usual_checklist_comes_once_in_both_languages_as_drafts(desk: Desk, visit: str) -> None:
    assert visits.add_usual(desk, visit) == len(visits.USUAL_CHECKLIST)
    assert visits.add_usual(desk, visit) == 0
    texts = [item.text for item in desk.read.children(visit, ChecklistItem) if item.text]
    assert all(text.get("zh") and text.state("zh", "en") == "draft" for text in texts)
    history.undo(desk)
    assert not desk.read.children(visit, ChecklistItem)


def test_a_visit_that_moves_online_takes_its_coming_meetings_along_in_one_step(desk: Desk, visit: str) -> None:
    coming = records.add(desk, "meeting", {"visit": visit, "status": "scheduled", "mode": "in_person"})
    held = records.add(desk, "meeting", {"visit": visit, "status": "held", "mode": "in_person"})
    before = maintenance.digest(desk)
    assert "moved_online" in visits.next_steps(get(desk, visit))
    assert visits.set_status(desk, visit, "moved_online") == 1
    assert [get(desk, each).mode for each in (coming, held)] == ["online", "in_person"]
    assert history.next_undo(desk, "en") == "Moved “Visit” online, with 1 meeting"
    history.undo(desk)
    assert maintenance.digest(desk) == before


def test_the_next_steps_are_those_of_the_list(desk: Desk, visit: str) -> None:
    assert visits.next_steps(get(desk, visit)) == ["in_progress", "postponed", "moved_online", "cancelled"]
    records.edit(desk, visit, {"status": None})
    assert visits.next_steps(get(desk, visit)) == ["idea", "planned"]
    assert visits.set_status(desk, visit, "planned") == 0


DAY = "2026-11-04"
NOW = datetime(2026, 11, 4, 9, 30, tzinfo=UTC)


@pytest.fixture
def ids(desk: Desk) -> Mapping[str, str]:
    """A visit with a welcome, and at the same hour talks that are a meeting."""

    def add(kind: str, **values: object) -> str:
        return records.add(desk, kind, values)

    visit = add("visit", title=Bilingual(en="Łódź in Zhengzhou", zh="罗兹代表团访问郑州"), status="confirmed",
                dates=PartialDate("2026-11-03/2026-11-05"), travelling_side="B", time_zone="UTC")  # fmt: skip
    when = When(DAY, "09:00", "10:00")
    talks = add("meeting", title=Bilingual(en="Talks", zh="会谈"), visit=visit, when=when, status="scheduled")
    person = add("person", name_han=HanName("龚", "丽"))
    add("participation", owner=talks, person=person)
    return {
        "visit": visit, "talks": talks, "person": person,
        "point": add("itinerary_item", owner=visit, when=when, title=Bilingual(en="Talks at the hall", zh="大厅会谈"), meeting=talks),
        "welcome": add("itinerary_item", owner=visit, when=when, title=Bilingual(en="Welcome", zh="欢迎")),
        "task": add("checklist_item", owner=visit, text=Bilingual(en="Book", zh="预订"), due=PartialDate("2026-10-01")),
    }  # fmt: skip


def said(desk: Desk, id_: str, document: str, **more: str) -> str:
    paper = papers.paper(desk, [id_], document=document, **more)  # type: ignore[arg-type]
    return "\n".join(text for words, _ in all_words(paper) for text in words.text.values() if text)


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_a_point_whose_meeting_is_called_off_is_in_no_programme(
    desk: Desk, ids: Mapping[str, str], status: str
) -> None:
    documents = ("visit_pack", "itinerary", "day_sheet", "pocket_card")
    for document in documents:
        assert "Talks at the hall" in said(desk, ids["visit"], document), document
    records.edit(desk, ids["talks"], {"status": status})
    for document in documents:
        told = said(desk, ids["visit"], document)
        assert "Welcome" in told, document
        assert "Talks" not in told, document
        assert "会谈" not in told, document


@pytest.mark.parametrize("status", ["cancelled", "postponed"])
def test_the_change_sheet_names_it_and_the_programme_is_to_be_handed_out_anew(
    desk: Desk, ids: Mapping[str, str], status: str
) -> None:
    asked = papers.request(desk, [ids["visit"]], edition="hosts", sections=["programme"])
    pack = packs.print_pack(desk, asked, io.BytesIO()).pack
    records.edit(desk, ids["talks"], {"status": status})
    told = said(desk, pack, "change_sheet")
    assert f"{status.title()}: Meeting, Talks, Wednesday, 4 November 2026, 09:00–10:00" in told
    assert "1  Programme" in told


def test_every_paper_of_a_cancelled_visit_says_so(desk: Desk, ids: Mapping[str, str]) -> None:
    records.edit(desk, ids["visit"], {"status": "cancelled"})
    for document in ("visit_pack", "itinerary", "delegation_list", "badges", "seating_plan"):
        title = papers.paper(desk, [ids["visit"]], document=document).title.text
        wanted = ("Łódź in Zhengzhou (Cancelled)", "罗兹代表团访问郑州（取消）")
        assert (title["en"], title["zh"]) == wanted, document
    plan = papers.paper(desk, [ids["point"]], document="seating_plan")
    assert plan.title.text["en"] == "Talks at the hall (Cancelled)"


def test_a_calendar_takes_back_what_it_said(desk: Desk, ids: Mapping[str, str], tmp_path: Path) -> None:
    def events() -> dict[str, tuple[str, str]]:
        file = tmp_path / "visit.ics"
        file_formats.write(desk, "visit", [ids["visit"]], file)
        found = vobject.readOne(file.read_text(encoding="utf-8")).vevent_list
        return {each.uid.value: (each.summary.value, getattr(each, "status", each.uid).value) for each in found}

    before = events()
    records.edit(desk, ids["talks"], {"status": "postponed"})
    uid = f"{ids['point']}@ucapdesk"
    assert before[uid][0] == "Talks at the hall"
    assert events()[uid] == ("Postponed: Talks at the hall", "CANCELLED")
    records.edit(desk, ids["visit"], {"status": "cancelled"})
    after = events()
    assert after.keys() == before.keys()
    assert {status for _, status in after.values()} == {"CANCELLED"}
    assert after[f"{ids['welcome']}@ucapdesk"][0] == "Cancelled: Welcome"


def test_the_week_the_day_and_the_clashes_count_what_is_on(desk: Desk, ids: Mapping[str, str]) -> None:
    def clashing() -> bool:
        return bool(visit_itinerary.programme(desk, ids["visit"]).day(DAY).marks.clashes)

    def on() -> set[str]:
        week = {entry.id for day in visit_itinerary.week(desk, NOW.date()).days for entry in day}
        return week | {each.id for each in meetings.near(desk, NOW.date())}

    assert clashing()
    assert on() == {ids["point"], ids["welcome"]}
    records.edit(desk, ids["talks"], {"status": "cancelled"})
    assert not clashing()
    assert on() == {ids["welcome"]}
    whole = visit_itinerary.programme(desk, ids["visit"])
    (point,) = (item for item in whole.day(DAY).points if item.id == ids["point"])
    assert item_problem(point, whole.day(DAY), whole) == "meeting: Cancelled", (
        "it stays in the window, where it is mended"
    )
    records.edit(desk, ids["visit"], {"status": "cancelled"})
    assert on() == set()


def test_the_command_line_says_what_is_off(desk: Desk, ids: Mapping[str, str]) -> None:
    records.edit(desk, ids["talks"], {"status": "cancelled"})
    folder = desk.workspace.path
    desk.close()
    told = CliRunner().invoke(cli, ["itinerary", str(folder), ids["visit"]]).output
    assert "meeting: Cancelled" in next(line for line in told.splitlines() if ids["point"] in line)


def test_nothing_of_a_cancelled_visit_is_late(desk: Desk, ids: Mapping[str, str]) -> None:
    assert [each.overdue for each in visits.checklist(desk, ids["visit"], NOW.date())] == [True]
    records.edit(desk, ids["visit"], {"status": "cancelled"})
    assert [each.overdue for each in visits.checklist(desk, ids["visit"], NOW.date())] == [False]


def test_a_meeting_that_was_called_off_is_not_among_those_that_were_held_with_somebody(
    desk: Desk, ids: Mapping[str, str]
) -> None:
    assert "Talks" in said(desk, ids["person"], "person_brief")
    records.edit(desk, ids["talks"], {"status": "cancelled"})
    assert "Talks" not in said(desk, ids["person"], "person_brief")
