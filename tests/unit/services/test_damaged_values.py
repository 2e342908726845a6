"""A colleague's program may write what no field of ours takes: every page and paper goes on, and the field says so."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.changesets import take_in
from tests.helpers.clock import FrozenClock
from tests.unit.papers.story import Telling, tell
from ucapdesk.base.errors import UserError
from ucapdesk.model.kind import KindField
from ucapdesk.model.kinds import LISTED
from ucapdesk.model.listing import ListView
from ucapdesk.model.values import (
    FileRef,
    Geo,
    HanName,
    Money,
    PartialDate,
    PersonName,
    Quantity,
    When,
)
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.model.values.groups import GroupType
from ucapdesk.model.values.partial_date import PartialDateType
from ucapdesk.papers import printing as papers
from ucapdesk.papers.registry import DOCUMENTS
from ucapdesk.services import Desk, agreements, home
from ucapdesk.services.files import file_formats, sheets
from ucapdesk.services.records import history, lists, records, related
from ucapdesk.services.visits import calendars, visit_itinerary, visits
from ucapdesk.services.workspaces import maintenance
from ucapdesk.store.log.changeset import make, parse

NOW = date(2026, 11, 2)
DAMAGE: dict[str, dict[type | str, Any]] = {
    "an impossible day": {
        PartialDate: "2026-02-31", When: {"date": "2026-02-31", "start": "10:00"}, "day": "2026-02-31", "clock": "25:61",
        "zone": "Mars/Olympus",
    },
    "another shape": {
        PartialDate: {"a": 1}, When: ["x"], Quantity: "4 million", Money: {"value": "1E+99999"}, Geo: {"lat": "99"},
        PersonName: 5, HanName: {"family": 5}, FileRef: {"name": ["x"]}, "day": 7, "clock": {"x": 1}, "zone": "",
        "text": {"x": [1]}, "text in two languages": {"x": 1},
    },
    "the first day": {
        PartialDate: "0001-01-01", "day": "0001-01-01", "clock": "00:00", "zone": "Pacific/Kiritimati",
        When: {"date": "0001-01-01", "start": "00:10", "end": "23:50", "tz": "Pacific/Kiritimati"},
    },
    "the last day": {
        PartialDate: "9999-12-31", "day": "9999-12-31", "clock": "23:59", "zone": "Pacific/Honolulu",
        When: {"date": "9999-12-31", "start": "23:10", "end": "23:50", "end_date": "9999-12-31", "tz": "Pacific/Honolulu"},
    },
}  # fmt: skip


def damaged(field: KindField, how: dict[type | str, Any]) -> Any:
    """What stands in a field; None where it is left as it is."""
    if field.is_set or field.meta.local or field.meta.kinds or field.name == "pos":
        return None
    if isinstance(field.type, GroupType):
        return how.get(field.type.cls)
    if isinstance(field.type, PartialDateType):
        return how.get(PartialDate)
    if isinstance(field.type, BilingualType):
        return how.get("text in two languages")
    return how.get(field.meta.shape) or how.get("text")


@pytest.fixture(scope="module")
def story_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("damaged") / "story"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("UCAPDESK_CONFIG", str(folder.parent / "config"))
        with Desk.create(folder, name="Liuzhou", person="Ana", clock=FrozenClock()) as desk:
            tell(desk, Telling())
    return folder


@pytest.fixture(scope="module", params=list(DAMAGE))
def broken(
    story_folder: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Desk]:
    """The story, where somebody wrote that into every field of every record; it is only looked at."""
    how = DAMAGE[request.param]
    folder = shutil.copytree(story_folder, tmp_path_factory.mktemp("damaged") / "story")
    with Desk.open(folder, clock=FrozenClock()) as desk:
        rows = []
        for kind in LISTED.values():
            for (id_,) in desk.db.execute(f'SELECT id FROM "{kind.name}"').fetchall():
                cells = {}
                for field in kind.fields.values():
                    cell = f"{field.name}.en" if field.type.keyed else field.name
                    if (value := damaged(field, how)) is not None:
                        cells[cell] = value
                if cells:
                    rows.append((kind.name, id_, cells))
        header = {"d": "stranger", "s": 1, "t": 5, "y": 1, "p": "X", "l": ["x", {}], "v": desk.log.vector()}
        take_in(desk, parse(make(header, rows).lines))
        yield desk


def ids(desk: Desk, kind: str) -> list[str]:
    return [id_ for (id_,) in desk.db.execute(f'SELECT id FROM "{kind}" WHERE is_deleted = 0 LIMIT 4').fetchall()]


PAGES: dict[str, Callable[[Desk], Any]] = {
    "home": lambda desk: home.page(desk, "en"),
    "home in Chinese": lambda desk: home.page(desk, "zh"),
    "section_counts": home.section_counts,
    "needs": lambda desk: list(home.needs(desk)),
    "reminders": lambda desk: agreements.reminders(desk, NOW, "en"),
    "notices": lambda desk: home.notices(desk, "en"),
    "month": lambda desk: home.month(desk, date(2026, 11, 1), NOW, "en"),
    "a day": lambda desk: home.lacking_on(desk, NOW),
    "week": lambda desk: visit_itinerary.week(desk, NOW),
    "visits": lambda desk: [
        (visit_itinerary.programme(desk, id_), visits.checklist(desk, id_, NOW), visits.still_to_do(desk, id_), related.around(desk, id_))
        for id_ in ids(desk, "visit")
    ],
    "agreements": lambda desk: [
        (agreements.gaps(desk, id_), agreements.notes(desk, records.get(desk, id_)), agreements.ends(records.get(desk, id_), NOW))
        for id_ in ids(desk, "agreement")
    ],
    "lists": lambda desk: [
        lists.ids(desk, ListView(kind.name, order=name)) for kind in LISTED.values() for name in ("", *kind.fields) if not kind.owners
    ],
    "records": lambda desk: [
        (records.as_json(desk, records.get(desk, id_), with_children=True), history.of(desk, id_), desk.read.damaged(id_))
        for kind in LISTED for id_ in ids(desk, kind)
    ],
    "calendars": lambda desk: [
        calendars.of(desk, "visit", ids(desk, "visit")), calendars.of(desk, "meeting", ids(desk, "meeting")),
        calendars.of(desk, "person", ids(desk, "person")), calendars.of(desk, "action_item", ids(desk, "action_item")),
        calendars.of(desk, "agreement", ids(desk, "agreement")),
    ],
}  # fmt: skip


def test_every_page_goes_on(broken: Desk) -> None:
    digest = maintenance.digest(broken)
    for page, look in PAGES.items():
        look(broken)
        assert maintenance.digest(broken) == digest, f"looking at {page} changed something"


def test_every_file_that_goes_out_is_written(broken: Desk, tmp_path: Path) -> None:
    for kind in LISTED:
        sheets.export(broken, ListView(kind), tmp_path / f"{kind}.xlsx", all_fields=True, ids=ids(broken, kind))
    for kind in file_formats.kinds():
        for form in file_formats.outgoing_formats(kind):
            try:
                file_formats.write(broken, kind, ids(broken, kind), tmp_path / f"{kind}{form.suffix}")
            except UserError as error:
                assert error.code in ("nothing-with-a-day", "nothing-to-come")  # noqa: PT017 (only of calendars)
    assert {path.stem for path in tmp_path.glob("*.xlsx")} == set(LISTED)
    assert all(path.stat().st_size for path in tmp_path.iterdir() if path.is_file())


def test_every_paper_is_made(broken: Desk) -> None:
    for name, document in DOCUMENTS.items():
        for kind in document.kinds if name != "change_sheet" else ():
            if found := ids(broken, kind)[: None if document.several else 1]:
                assert papers.make(broken, papers.request(broken, found, document=name)).sections, (name, kind)


def test_what_is_damaged_is_named_with_its_record(story_folder: Path, tmp_path: Path) -> None:
    with Desk.open(shutil.copytree(story_folder, tmp_path / "story"), clock=FrozenClock()) as desk:
        (visit, *_) = ids(desk, "visit")
        assert "damaged" not in records.as_json(desk, records.get(desk, visit))
        header = {"d": "stranger", "s": 1, "t": 5, "y": 1, "p": "X", "l": ["x", {}], "v": desk.log.vector()}
        take_in(desk, parse(make(header, [("visit", visit, {"dates": "2026-02-31"})]).lines))
        assert records.as_json(desk, records.get(desk, visit))["damaged"] == {"dates": "2026-02-31"}
        records.edit(desk, visit, {"dates": PartialDate("2026-02-28")})
        assert "damaged" not in records.as_json(desk, records.get(desk, visit))
