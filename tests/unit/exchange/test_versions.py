"""Packages of a newer program: what this one does not know it keeps and passes on, and after the update shows."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from tests.helpers.newer_schema import become_newer
from tests.unit.exchange.forge import Forged
from tests.unit.exchange.laptops import Laptop
from ucapdesk.exchange.reports import APPLIED
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.record import Field
from ucapdesk.model.values.cells import TextType
from ucapdesk.services.records import records
from ucapdesk.store.workspace import workspace
from ucapdesk.store.workspace.database import SCHEMA

NEWER = SCHEMA + 1  # The schema of the newer program
VEHICLE = "aaaaaaaa-0000-4000-8000-000000000001"


def newer_kinds() -> Mapping[str, Kind]:
    meeting = KINDS["meeting"]
    dress_code = KindField("meeting", "dress_code", Field("Dress code"), TextType())
    plate = KindField("vehicle", "plate", Field("Plate"), TextType())
    return {
        **KINDS,
        "meeting": Kind(meeting.cls, "meeting", {**meeting.fields, "dress_code": dress_code}, meeting.children),
        "vehicle": Kind(KINDS["member"].cls, "vehicle", MappingProxyType({"plate": plate})),
    }


def of_a_newer_program(chen: Laptop, meeting: str) -> Path:
    """Chen's program is newer: a field, a kind, and a code that nobody here knows."""
    chen.edit(meeting, "room=204")
    forged = Forged(chen.give("1.ucapx"), chen).say(lambda said: said["from"].update(schema=NEWER))
    *lines, header, row = forged.lines
    said, cells = json.loads(header), json.loads(row)
    cells[2].update({"dress_code": "black tie", "status": "postponed_by_rain", "mood.zh": "热烈"})
    rows = [
        json.dumps(cells, ensure_ascii=False),
        json.dumps(["vehicle", VEHICLE, {"plate": "桂B 12345"}], ensure_ascii=False),
    ]
    return forged.with_lines([*lines, json.dumps({**said, "n": 2, "y": NEWER}), *rows]).with_heads().write()


@pytest.mark.law("P10")
@pytest.mark.rule("X9")
def test_what_is_not_known_is_kept_passed_on_and_shown_after_the_update(
    ana: Laptop, chen: Laptop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (meeting,) = records.listing(ana.desk, "meeting")
    package = of_a_newer_program(chen, meeting)
    (report,) = ana.receive(package)
    assert (report.state, report.newer) == (APPLIED, True)
    assert (ana.text(meeting, "room"), ana.text(meeting, "status")) == ("204", "postponed_by_rain")
    ana.edit(meeting, "room=205", "title.en=Changed by the older one")
    ana.check()
    given = Forged(ana.give("on.ucapx"))
    assert set(Forged(package).lines) <= set(given.lines), "not passed on as it was written"
    assert not any("dress_code" in line for line in given.lines if '"room":"205"' in line)

    become_newer(tmp_path, monkeypatch)  # the program is updated
    monkeypatch.setattr(workspace, "SCHEMA", NEWER)
    monkeypatch.setattr(workspace, "KINDS", newer_kinds())
    before = given.lines
    ana.reopen()
    row = ana.desk.db.execute("SELECT dress_code, room FROM meeting WHERE id = ?", (meeting,)).fetchone()
    assert row == ("black tie", "205")
    assert ana.desk.db.execute("SELECT id, plate FROM vehicle").fetchall() == [(VEHICLE, "桂B 12345")]
    assert Forged(ana.give("after.ucapx")).lines == before
