"""Sheets that come back some time after they were exported, when the records have moved on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.helpers.clock import FrozenClock
from ucapdesk.base.clock import moment
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.listing import ListView
from ucapdesk.model.text.parse.quick_line import parse_assignments
from ucapdesk.model.values import Bilingual, Codes, When
from ucapdesk.services.files.sheets import export, import_sheet
from ucapdesk.services.records import records
from ucapdesk.store.desk import Desk


@pytest.mark.parametrize("edited", [True, False])
def test_what_was_changed_here_after_the_sheet_was_made_is_not_taken_back(
    liuzhou: Desk, tmp_path: Path, clock: FrozenClock, *, edited: bool
) -> None:
    first, second, *_ = records.listing(liuzhou, "person")
    said = ["title.en=Talks", "title.zh=会谈", f"chair_a={first}", "tags=water", "status=scheduled"]
    meeting = records.add(
        liuzhou, "meeting", parse_assignments(KINDS["meeting"], [*said, "when=2027-04-12 09:00"], new=True)
    )
    file = tmp_path / "meetings.xlsx"
    export(liuzhou, ListView("meeting"), file, all_fields=True, ids=[meeting])
    clock.tick(86_400)
    now: dict[str, Any] = {"title": Bilingual(en="Round table", zh="会谈"), "chair_a": second, "tags": Codes(("energy",)),
           "status": "held", "when": When("2027-04-13", "10:00")}  # fmt: skip
    records.edit(liuzhou, meeting, now)
    book = load_workbook(file)
    book.properties.created = moment(clock.now - 86_400_000_000 + 1_000_000).replace(tzinfo=None)
    sheet = book.active
    assert sheet is not None
    at = next(cell.column for cell in sheet[1] if cell.value == "Title · 中文")
    sheet.cell(2, at, "会见" if edited else "会谈")
    book.save(file)
    report = import_sheet(liuzhou, file)
    assert (report.changed, report.same) == (int(edited), int(not edited))
    assert {each.column for each in report.troubles} == {
        "Title · English", "Chair, Chinese side", "Tags", "Status", "Date and time", "Date and time · ISO",
    }  # fmt: skip
    assert all("after this sheet was made" in each.what for each in report.troubles)
    found = records.get(liuzhou, meeting)
    assert {name: getattr(found, name) for name in now} == now | {
        "title": now["title"].put("zh", "会见" if edited else "会谈")
    }
