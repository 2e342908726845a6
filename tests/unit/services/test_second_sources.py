"""A second paper on the same cities: what is new comes in, what is the same is there once, what differs is asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.helpers.paper_facts import PAPERS
from ucapdesk.base.paths import resource
from ucapdesk.model.serialize import record_to_json
from ucapdesk.services import Desk
from ucapdesk.services.exchange import conflicts
from ucapdesk.services.files.imports import import_files
from ucapdesk.services.home import home
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
    assert home.to_decide(desk) == 1
    conflicts.choose(desk, open_, 2)
    assert "2019-06-12/2019-06-16" in [visit["dates"] for visit in _all(desk, "visit")]
    assert conflicts.conflicts(desk) == []
    desk.undo()
    assert len(conflicts.conflicts(desk)) == 1
    conflicts.choose(desk, conflicts.conflicts(desk)[0], 1)
    assert conflicts.conflicts(desk) == []
    assert home.to_decide(desk) == 0


def test_an_empty_text_is_filled_and_not_asked(desk: Desk) -> None:
    import_files(desk, [resource("sample") / "ucap-liuzhou.txt"])
    (report,) = import_files(desk, [PAPERS / "09-chongqing-mannheim.docx"])
    assert report.differs == ()
    (mannheim,) = (each for each in _all(desk, "place") if each["name"].get("en") == "Mannheim")
    assert mannheim["state"]["en"] == "Baden-Württemberg"
