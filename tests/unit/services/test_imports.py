"""The Liuzhou paper as records: nothing lost, nothing made up, and nothing twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.clock import FrozenClock
from tests.helpers.errors import user_error
from tests.unit.services.conftest import PAPER
from ucapdesk.base.errors import Failure, UserError
from ucapdesk.base.ids import derived_id
from ucapdesk.formats.errors import FILE_UNREADABLE, FileEmpty, NotAGlance, NoTextInDocument
from ucapdesk.model.serialize import record_to_json
from ucapdesk.model.values import Bilingual
from ucapdesk.services import Desk
from ucapdesk.services.errors import NOT_IMPORTABLE
from ucapdesk.services.files.imports import import_files
from ucapdesk.services.records import records
from ucapdesk.services.workspaces import maintenance
from ucapdesk.store.refusals import InTrash


def _all(desk: Desk, kind: str) -> list[dict[str, Any]]:
    return [record_to_json(record) for record in records.page(desk, kind, records.listing(desk, kind))]


def test_themes_with_their_projects_goals_and_partnerships(liuzhou: Desk) -> None:
    themes, projects = _all(liuzhou, "theme"), _all(liuzhou, "pilot_project")
    assert [theme["sdgs"] for theme in themes] == [[7], [9, 11], [9], [4], [11], [11], [3]]
    assert themes[1]["references_print"] == "(SDG 9&11, EU UP Urban Mobility) (SDG 11, EU UP Digital Transition)"
    assert themes[1]["partnerships"] == ["digital_transition", "urban_mobility"]
    counted = [sum(theme["id"] in project["themes"] for project in projects) for theme in themes]
    assert counted == [1, 2, 1, 1, 1, 1, 1]
    assert {project["status"] for project in projects} == {None}


# A paper with what each side says of its visits.
GLANCE = (
    "UCAP at a Glance\n\nCities\tHaikou\tNice, Graz\nState/Country\tHainan, China\tFrance, Austria\nPopulation\t2 million\t342,000\n"
    "Date of city visit to counterpart city\t{}\t{}\nCooperation themes\tPorts\nMain Objective of UCAP\tLearn\n"
    "Short description of main activities and key outputs\tTalks\n"
)


def _visits(desk: Desk, tmp_path: Path, *said: str) -> list[tuple[dict[str, str], str]]:
    paper = tmp_path / "glance.txt"
    paper.write_text(GLANCE.format(*said), encoding="utf-8")
    import_files(desk, [paper])
    return [({k: v for k, v in visit["title"].items() if v}, visit["dates"]) for visit in _all(desk, "visit")]


def test_a_visit_in_a_part_of_a_month_has_the_month_and_its_title_the_words(desk: Desk, tmp_path: Path) -> None:
    said = (
        "Haikou in Nice: mid May 2026 and at the end of June 2026",
        "Graz in Haikou Mitte September 2026 und Ende Oktober 2026",
    )
    assert {title["en"]: dates for title, dates in _visits(desk, tmp_path, *said)} == {
        "Haikou in Nice, mid May 2026": "2026-05",
        "Haikou in Nice, the end of June 2026": "2026-06",
        "Graz in Haikou, Mitte September 2026": "2026-09",
        "Graz in Haikou, Ende Oktober 2026": "2026-10",
    }


def test_the_figures_of_a_chinese_date_are_not_torn_from_it(desk: Desk, tmp_path: Path) -> None:
    visits = _visits(desk, tmp_path, "Haikou in Nice, 2026年5月中旬", "Nice in Haikou, May 2027")
    assert ({"en": "Haikou in Nice", "zh": "2026年5月中旬"}, "2026-05") in visits


def test_visits_and_meetings_in_their_order(liuzhou: Desk) -> None:
    assert [visit["dates"] for visit in _all(liuzhou, "visit")] == ["2019-04", "2019-06", "2019-09", "2019-11"]
    names = {place["id"]: place["name"]["en"] for place in _all(liuzhou, "place")}
    meetings = _all(liuzhou, "meeting")
    assert [meeting["ordinal"] for meeting in meetings] == [1, 2, 3, 4, 5]
    assert [meeting["mode"] for meeting in meetings] == [*["in_person"] * 4, "online"]
    shown = [records.get(liuzhou, meeting["id"]).places for meeting in meetings]  # type: ignore[attr-defined]
    assert [[names[id_] for id_ in places] for places in shown] == [
        ["Brussels", "Rome"], ["Liuzhou"], ["Liuzhou"], ["Barcelona", "Stuttgart", "Brussels"], [],
    ]  # fmt: skip
    assert {meeting["type"] for meeting in meetings} == {None}


@pytest.mark.row("M1")
def test_people_places_and_numbers(liuzhou: Desk) -> None:
    assert len(_all(liuzhou, "person")) == 11
    assert {person["name_han"] for person in _all(liuzhou, "person")} == {None}
    places = {place["name"]["en"]: place for place in _all(liuzhou, "place")}
    assert len(places) == 12
    assert places["Ludwigsburg"]["parent"] == places["Stuttgart Regio"]["id"]
    assert places["Liudong New District"]["parent"] == places["Northern Ecological District"]["parent"]
    ucap = _all(liuzhou, "ucap")[0]
    shown = records.children(liuzhou, ucap["id"])
    sides = {side["side"]: side["population"] for side in map(record_to_json, shown["ucap_side"])}
    assert (sides["A"]["value"], sides["B"]["is"]) == (4_000_000, "not_available")
    bologna = [part for part in shown["ucap_place"] if part.place == places["Bologna"]["id"]]  # type: ignore[attr-defined]
    assert [part.role for part in bologna] == ["contact_only"]  # type: ignore[attr-defined]
    assert ucap["reported_mou_count"] == 10
    assert _all(liuzhou, "agreement") == []


@pytest.mark.row("M11")
def test_countries_are_reference_records_with_names_in_five_languages(liuzhou: Desk) -> None:
    countries = {country["alpha2"]: country for country in _all(liuzhou, "country")}
    assert set(countries) == {"CN", "DE", "ES", "IT"}
    assert countries["ES"]["id"] == derived_id("country", "ES")
    assert set(countries["ES"]["name"]) == {"en", "zh", "es", "it", "de"}
    assert countries["ES"]["name"]["zh"] == "西班牙"


def test_one_paper_is_one_step_that_can_be_undone(desk: Desk) -> None:
    import_files(desk, [PAPER])
    assert desk.next_undo() == ["records.import", {"n": 92}]
    desk.undo()
    assert records.count(desk, "ucap") == 0
    assert records.count(desk, "person") == 0


def test_the_source_holds_the_day_of_import_and_the_oddities(liuzhou: Desk) -> None:
    source = _all(liuzhou, "source_document")[0]
    assert source["imported"] == "2026-11-02"
    assert len(json.loads(source["oddities"])) > 20


def test_a_second_import_adds_nothing_and_lists_what_differs(liuzhou: Desk, clock: FrozenClock) -> None:
    clock.tick(86_400)
    before = maintenance.digest(liuzhou, log=True)
    again = import_files(liuzhou, [PAPER])[0]
    assert (again.new, again.already, again.differs) == (0, 92, ())
    assert maintenance.digest(liuzhou, log=True) == before
    theme, gone = records.listing(liuzhou, "theme")[:2]
    records.edit(liuzhou, theme, {"name": Bilingual(en="Smart energy", zh="智慧能源"), "sdgs": ("7", "13")})
    records.trash(liuzhou, gone)
    before = maintenance.digest(liuzhou, log=True)
    again = import_files(liuzhou, [PAPER])[0]
    assert again.new == 0
    assert {(each.kind, each.id, each.field, str(each.here), str(each.file)) for each in again.differs} == {
        ("theme", theme, "name.en", "Smart energy", "Smart Energy District"),
        ("theme", theme, "sdgs", "[7, 13]", "[7]"),
        ("theme", gone, "trash", "True", "False"),
    }
    assert maintenance.digest(liuzhou, log=True) == before
    assert records.get(liuzhou, gone).is_deleted


def test_two_desks_make_the_same_records_of_the_same_paper(liuzhou: Desk, desk: Desk) -> None:
    import_files(desk, [PAPER])
    assert maintenance.digest(desk) == maintenance.digest(liuzhou)
    assert maintenance.digest(desk, log=True)["log"] != maintenance.digest(liuzhou, log=True)["log"]


def test_a_dry_run_tells_and_writes_nothing(desk: Desk) -> None:
    report = import_files(desk, [PAPER], dry_run=True)[0]
    assert (report.file, report.new, report.already) == ("ucap-liuzhou.txt", 92, 0)
    assert report.say() == "ucap-liuzhou.txt: 92 new records, 0 already there."
    assert any("SGD 9" in odd["what"] for odd in report.oddities)
    assert records.count(desk, "ucap") == 0
    assert desk.next_undo() is None


def test_nothing_of_several_files_is_taken_in_when_one_cannot_be(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    with pytest.raises(FileEmpty):
        import_files(desk, [PAPER, tmp_path / "empty.txt"])
    assert records.count(desk, "ucap") == 0


@pytest.mark.parametrize(
    ("name", "content", "error"),
    [
        ("empty.txt", b" \n", FileEmpty),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)), NoTextInDocument),
        ("letter.txt", b"Dear Ms Wang,\nthank you.\n", NotAGlance),
        ("table.xlsx", b"PK\x03\x04", NOT_IMPORTABLE),
        ("gone.txt", None, FILE_UNREADABLE),
    ],
)
def test_files_that_are_no_such_paper(
    desk: Desk, tmp_path: Path, name: str, content: bytes | None, error: type[UserError] | Failure
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match=name) as refused:
        import_files(desk, [tmp_path / name])
    assert refused.value.sentence == error.sentence


def test_what_cannot_be_imported_is_told_with_all_that_can(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "list.ods").write_bytes(b"PK\x03\x04")
    with user_error("not-importable", match=r"\.docx, .*\.xlsx, \.csv, \.vcf, \.ics\. Packages") as told:
        import_files(desk, [tmp_path / "list.ods"])
    assert "Nothing was changed" in told.value.say()


def test_a_newer_paper_does_not_write_into_the_trash(liuzhou: Desk, tmp_path: Path) -> None:
    records.trash(liuzhou, records.listing(liuzhou, "ucap")[0])
    longer = tmp_path / "ucap-liuzhou.txt"
    longer.write_text(
        PAPER.read_text("utf-8").replace(" Biotechnology", " Water: Clean rivers (SDG 6) Biotechnology"), "utf-8"
    )
    with pytest.raises(InTrash):
        import_files(liuzhou, [longer])
