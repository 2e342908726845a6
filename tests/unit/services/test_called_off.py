"""What is called off is on nowhere: not in papers, calendars, weeks or counts; and those who were told of it are told so."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
import vobject
from click.testing import CliRunner

from ucapdesk.briefing.blocks.content import all_words
from ucapdesk.cli import cli
from ucapdesk.model.values import Bilingual, HanName, PartialDate, When
from ucapdesk.papers import printing as papers
from ucapdesk.services import Desk, meetings
from ucapdesk.services.files import file_formats, packs
from ucapdesk.services.records import records
from ucapdesk.services.visits import visit_itinerary, visits
from ucapdesk.ui.screens.programme_items import item_problem

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
