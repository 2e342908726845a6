"""Proposals of papers: what is taken, changed or left is one step; every word of the file is accounted for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.helpers.paper_facts import PAPERS
from ucapdesk.base.errors import UserError
from ucapdesk.formats.glance.provenance import PaperText
from ucapdesk.formats.glance.record_drafts import drafts
from ucapdesk.model.values import Bilingual, PartialDate
from ucapdesk.services import Desk
from ucapdesk.services.files import imports, incoming_files
from ucapdesk.services.files.imports import import_office_lists, plan_list, read_office_lists
from ucapdesk.services.files.incoming_files import Plan, PlanLine, say_accounted
from ucapdesk.services.files.paper_questions import paper_questions
from ucapdesk.services.records import history, records
from ucapdesk.services.workspaces import maintenance

PAPER = PAPERS / "09-chongqing-mannheim.docx"


def _plan(desk: Desk, path: Path = PAPER) -> Plan:
    (plan,) = imports.plan_papers(desk, imports.read_files(desk, [path]).papers)
    return plan


def _line(plan: Plan, said: str) -> PlanLine:
    return next(line for line in plan.lines if said in line.title)


def _all(desk: Desk, kind: str) -> list[Any]:
    return records.page(desk, kind, records.listing(desk, kind))


def test_all_lines_taken_give_what_a_plain_import_gives_and_are_one_step(desk: Desk, tmp_path: Path) -> None:
    before = maintenance.digest(desk)
    plan = _plan(desk)
    incoming_files.take_all(desk, [(plan, plan.ticked)])
    (report,) = imports.import_files(desk, [PAPER], dry_run=True)
    assert report.new == 0
    assert not report.differs
    history.undo(desk)
    assert maintenance.digest(desk) == before


def test_a_record_that_is_left_leaves_what_belongs_to_it_and_a_field_only_itself(desk: Desk) -> None:
    plan = _plan(desk)
    theme = next(line for line in plan.lines if line.title.startswith("Theme:") and not line.under)
    population = _line(plan, "Population:")
    left = {theme.number, population.number}
    incoming_files.take_all(desk, [(plan, [number for number in plan.ticked if number not in left])])
    names = [each.name["en"] for each in _all(desk, "theme")]
    assert theme.title.removeprefix("Theme: ") not in names
    assert names
    whole = _plan(desk)
    assert any(line.title == theme.title for line in whole.lines), "it is offered again"


def test_a_value_is_changed_before_it_is_taken_and_what_cannot_be_read_is_said(desk: Desk) -> None:
    plan = _plan(desk)
    assert plan.change is not None
    theme = next(
        line
        for line in plan.lines
        if line.title.startswith("Name (English)") and _owner(plan, line).startswith("Theme")
    )
    assert plan.change(theme.number, "Another name") == "Name (English): Another name"
    dates = next(line for line in plan.lines if line.title.startswith("Dates:"))
    assert "2020" in plan.change(dates.number, "3 March 2020")
    with pytest.raises(UserError):
        plan.change(dates.number, "some day")
    incoming_files.take_all(desk, [(plan, plan.ticked)])
    assert "Another name" in [each.name["en"] for each in _all(desk, "theme")]
    assert "2020-03-03" in [each.dates.edtf for each in _all(desk, "visit")]


def _owner(plan: Plan, line: PlanLine) -> str:
    return next(each.title for each in plan.lines if each.number == line.under)


def test_each_fact_is_marked_where_it_stands(desk: Desk) -> None:
    plan = _plan(desk)
    told = [
        line for line in plan.lines if line.under and line.title.startswith(("Name", "Dates", "E-mail", "Population"))
    ]
    unmarked = [line.title for line in told if not line.marks]
    assert len(unmarked) <= len(told) // 20, unmarked
    theme = next(line for line in told if _owner(plan, line).startswith("Theme"))
    (mark,) = theme.marks
    assert plan.text[mark.line][mark.start : mark.end] == theme.title.removeprefix("Name (English): ")


def test_what_a_second_paper_says_otherwise_becomes_a_question_or_is_left(desk: Desk, tmp_path: Path) -> None:
    imports.import_files(desk, [PAPERS / "11a-liuzhou-first-source.txt"])
    other = tmp_path / "other.txt"
    text = (PAPERS / "11a-liuzhou-first-source.txt").read_text("utf-8")
    other.write_text(text.replace("4 million", "5 million"), "utf-8")
    plan = _plan(desk, other)
    asks = [line for line in plan.lines if "becomes a question" in line.what]
    assert asks
    incoming_files.take_all(desk, [(plan, [n for n in plan.ticked if n not in {line.number for line in asks}])])
    assert not paper_questions(desk)


def test_every_word_of_the_shown_papers_is_accounted_for_and_a_planted_loss_is_found(tmp_path: Path) -> None:
    for path in sorted(PAPERS.iterdir()):
        if path.suffix in (".docx", ".txt", ".md", ".html", ".odt", ".rtf", ".eml", ".pdf") and path.name[:2].isdigit():
            accounted = imports.read_papers(path)[0].accounted
            assert accounted is not None
            assert (path.name, accounted.nothing) == (path.name, ())
            assert accounted.fields > accounted.labels
            assert "Nothing was left out." in say_accounted(accounted)
    glance = imports.read_papers(PAPER)[0]
    lines = [*imports.lines_or_scan(PAPER), "Paragraph: zzyzx beside the table"]
    lost = PaperText(lines).account([each for each in drafts(glance) if each.kind != "theme"], (), ())
    assert "zzyzx" in lost.nothing
    assert len(lost.nothing) > 5
    assert "zzyzx" in say_accounted(lost)


def test_one_bad_file_stops_no_other_and_a_list_comes_as_a_list(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "bad.docx").write_bytes(b"PK\x03\x04 nothing more")
    (tmp_path / "song.txt").write_text("la la la")
    found = imports.read_files(desk, [tmp_path / "bad.docx", PAPER, tmp_path / "song.txt"])
    assert [name for name, _ in found.refused] == ["bad.docx"]
    assert [paper.source.file for paper in found.papers] == [PAPER.name]
    assert [path.name for path in found.by_hand] == ["song.txt"]


def test_a_language_that_fills_in_is_told_alone_and_what_stands_beside_it_stays_as_it_was_said(
    desk: Desk, tmp_path: Path
) -> None:
    visit = records.add(desk, "visit", {"title": Bilingual(en="Tour"), "dates": PartialDate("2027-09-06/2027-09-09")})
    file = tmp_path / "tour.csv"
    file.write_text("日期;时间;内容\n2027-09-07;9:00;会见市长\n2027-09-07;11:00;签字仪式\n", encoding="utf-8")
    import_office_lists(desk, file, visit=visit)
    meet, sign = records.children(desk, visit)["itinerary_item"]
    said = Bilingual(zh="会见市长", es="Con el alcalde").mark("es", "reviewed", "zh")
    records.edit(desk, meet.id, {"title": said})
    file.write_text(
        "日期 Date;时间 Time;内容 Content\n2027-09-07;9:00;会见市长 Meeting with the Mayor\n"
        "2027-09-07;11:00;签署仪式 Signing ceremony\n",
        encoding="utf-8",
    )
    (found,) = read_office_lists(desk, file, visit)
    plan = plan_list(desk, found)
    filled = [line.title for line in plan.lines if line.what == "fills in an empty field"]
    assert "Title (English): Meeting with the Mayor" in filled
    assert not any("会见市长" in title for title in filled), "it is here already"
    incoming_files.take(desk, plan)
    title: Any = records.get(desk, meet.id).title  # type: ignore[attr-defined]
    assert dict(title) == {"zh": "会见市长", "es": "Con el alcalde", "en": "Meeting with the Mayor"}
    assert title.state("es", "zh") == "reviewed", "what was said of a translation is not lost"
    assert dict(records.get(desk, sign.id).title)["zh"] == "签字仪式"  # type: ignore[attr-defined]


def test_a_line_that_is_left_takes_nothing_away(desk: Desk, tmp_path: Path) -> None:
    visit = records.add(desk, "visit", {"title": Bilingual(en="Tour"), "dates": PartialDate("2027-09-06/2027-09-09")})
    file = tmp_path / "tour.csv"
    file.write_text("日期;时间;内容;地点\n2027-09-07;9:00;会见市长;市政厅\n", encoding="utf-8")
    import_office_lists(desk, file, visit=visit)
    file.write_text(
        "日期 Date;时间 Time;内容 Content;地点 Venue\n2027-09-07;9:00;会见市长 Meeting;市政厅 Town Hall\n",
        encoding="utf-8",
    )
    (found,) = read_office_lists(desk, file, visit)
    plan = plan_list(desk, found)
    left = {line.number for line in plan.lines if "市政厅" in line.title or line.title.startswith("Title")}
    incoming_files.take(desk, plan, [number for number in plan.ticked if number not in left])
    (point,) = records.children(desk, visit)["itinerary_item"]
    assert dict(point.address) == {"zh": "市政厅", "en": "Town Hall"}  # type: ignore[attr-defined]
    assert dict(point.title) == {"zh": "会见市长"}  # type: ignore[attr-defined]


def test_a_file_comes_as_new_after_its_import_was_undone_also_in_another_edition(desk: Desk, tmp_path: Path) -> None:
    visit = records.add(desk, "visit", {"title": Bilingual(en="Tour"), "dates": PartialDate("2027-09-06/2027-09-09")})
    file = tmp_path / "tour.csv"
    text = "日期;时间;内容\n2027-09-07;9:00;会见市长\n2027-09-07;{};签字仪式\n"
    file.write_text(text.format("11:00"), encoding="utf-8")
    empty = maintenance.digest(desk)
    import_office_lists(desk, file, visit=visit)
    whole = maintenance.digest(desk)
    history.undo(desk)
    assert maintenance.digest(desk) == empty
    (report,) = import_office_lists(desk, file, visit=visit)
    assert report.new == 3
    assert maintenance.digest(desk) == whole
    history.undo(desk)
    file.write_text(text.format("11:30"), encoding="utf-8")
    (found,) = read_office_lists(desk, file, visit)
    plan = plan_list(desk, found)
    assert {line.what for line in plan.lines if not line.under} == {"new"}
    incoming_files.take(desk, plan)
    meet, sign = records.children(desk, visit)["itinerary_item"]
    assert (meet.when.start, sign.when.start) == ("09:00", "11:30")  # type: ignore[attr-defined]
    records.trash(desk, meet.id)
    (again,) = import_office_lists(desk, file, visit=visit)
    assert (again.new, len(records.children(desk, visit)["itinerary_item"])) == (0, 1), (
        "what was thrown away stays away"
    )


def test_another_title_of_a_point_in_a_second_edition_is_asked(desk: Desk, tmp_path: Path) -> None:
    visit = records.add(desk, "visit", {"title": Bilingual(en="Tour"), "dates": PartialDate("2027-09-06/2027-09-09")})
    file = tmp_path / "tour.csv"
    text = "日期 Date;时间 Time;内容 Content\n2027-09-07;9:00;{} Visit of the factory\n"
    file.write_text(text.format("参观工厂"), encoding="utf-8")
    import_office_lists(desk, file, visit=visit)
    file.write_text(text.format("参观瓷器厂"), encoding="utf-8")
    (report,) = import_office_lists(desk, file, visit=visit)
    assert [(each.field, each.here, each.file) for each in report.differs] == [("title.zh", "参观工厂", "参观瓷器厂")]
