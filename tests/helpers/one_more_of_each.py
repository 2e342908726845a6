"""The program with one field more of every type and one kind more, declared and nothing else: run by a test on its own.

The step of migration is the one that ``make migration`` writes. It types into each field in the window, and looks for it in
the list, the history and the search; the kind is also looked for on the command line, in a sheet and in a package. What it
misses it prints.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["FONTCONFIG_FILE"] = str(Path(__file__).with_name("no-fonts.conf"))
import pytest
from sqlalchemy.orm import Mapped

from tests.helpers.clock import stand_still
from ucapdesk.model import kind as declarations
from ucapdesk.model.record import Filed, Ordered, Record, field, owner, ref
from ucapdesk.model.values import (
    Bilingual,
    Codes,
    Counts,
    Geo,
    HanName,
    Money,
    PartialDate,
    PersonName,
    Quantity,
    Refs,
    When,
)

MORE: dict[str, tuple[Any, dict[str, Any], str, str, Any]] = {
    # name: type, what else is declared, the part one types into, what one types, what it becomes
    "more_text": (str, {"search": 5}, "line", "zebra", "zebra"),
    "more_bilingual": (Bilingual, {"search": 5}, "en", "giraffe", Bilingual(en="giraffe")),
    "more_long": (Bilingual, {"search": 1, "long": True}, "en", "okapi", Bilingual(en="okapi")),
    "more_date": (PartialDate, {}, "line", "15.12.2026", PartialDate("2026-12-15")),
    "more_whole": (int, {}, "line", "1,200", 1200),
    "more_when": (When, {}, "line", "15.12.2026 0930 1030", When("2026-12-15", "09:30", "10:30")),
    "more_quantity": (Quantity, {}, "line", "about 50", Quantity(50, "about")),
    "more_money": (Money, {}, "line", "EUR 1,000", Money("1000", "EUR")),
    "more_counts": (Counts, {}, "line", "2 EN, 2 ZH", Counts({"en": 2, "zh": 2})),
    "more_geo": (Geo, {}, "line", "24.31, 109.41", Geo("24.31", "109.41")),
    "more_name": (PersonName, {"search": 5}, "family", "quagga", PersonName("quagga")),
    "more_han": (HanName, {"search": 5}, "family", "x", HanName("x")),
    "more_link": (str, {"kinds": ("person",)}, "line", "gandara", None),
    "more_code": (str, {"codes": "side"}, "box", "b", "B"),
    "more_yes_no": (bool, {}, "box", "y", True),
    "more_codes": (Codes, {"codes": "sdgs"}, "line", "11", Codes(("11",))),
    "more_refs": (Refs, {"kinds": ("place",)}, "line", "granada", None),
    "more_words": (Codes, {"search": 2}, "line", "okapis", Codes(("okapis",))),
}


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


class Vehicle(Filed, Record):
    """A kind that nothing but its declaration knows of."""

    label, plural = "Vehicle", "Vehicles"

    title: Mapped[Bilingual | None] = field("Title", search=5, column=True, needed=True)
    plate: Mapped[str | None] = field("Plate", search=3, column=True)
    driver: Mapped[str | None] = ref("person", "Driver", column=True)


class VehicleTrip(Ordered, Record):
    """A part of it."""

    label, plural = "Trip", "Trips"

    owner: Mapped[str | None] = owner("vehicle")
    title: Mapped[Bilingual | None] = field("Title", search=4, column=True)


def declare() -> None:
    """Let the kind Meeting have these fields too, and let there be these kinds. Has to come before anything reads the kinds."""
    read = declarations.load_kinds

    def wider(classes: Any) -> Any:
        found = [*classes, Vehicle, VehicleTrip]
        meeting: Any = next(cls for cls in found if cls.__name__ == "Meeting")
        for name, (cls, said, *_) in MORE.items():
            meeting.__annotations__[name] = f"Mapped[{cls.__name__} | None]"
            setattr(meeting, name, field(_label(name), column=True, **said))
        return read(found)

    declarations.load_kinds = wider


def write_migration(folder: Path) -> None:
    """Write the step that the declarations ask for, and be the program that knows it."""
    from db.migrations.new_step import write_step
    from ucapdesk.base.paths import migrations
    from ucapdesk.store.workspace import database

    steps = folder / "migrations"
    shutil.copytree(migrations(), steps, ignore=shutil.ignore_patterns("__pycache__"))
    revision = write_step("One more of each", steps)
    patch = pytest.MonkeyPatch()
    patch.setattr(database, "HEAD", revision)
    patch.setattr(database, "migrations", lambda: steps)


def look(folder: Path) -> list[str]:
    """Type into every one of them, and say what is missing."""
    from PySide6.QtWidgets import QApplication

    from ucapdesk.base import settings
    from ucapdesk.services.records import records
    from ucapdesk.services.workspaces import sample
    from ucapdesk.ui.toolkit.theme import apply_theme
    from ucapdesk.ui.window.desk_window import DeskWindow

    write_migration(folder)
    chosen = settings.Settings(interface_language="en", theme="light", person="Ana")
    settings.save(chosen)
    app = QApplication([])
    apply_theme(app, chosen)
    with sample.make(folder / "sample") as desk:
        meeting = records.listing(desk, "meeting")[0]
        window = DeskWindow(desk, lambda _: None)
        window.resize(1400, 900)
        window.show()
        window.show_section("meeting")
        window.show_record(meeting)
        app.processEvents()
        missed = [*in_the_form(window, desk, meeting), *elsewhere(desk, meeting), *in_the_list(window, meeting)]
        missed += one_more_kind(window, desk, folder)
        window.close()
        window.deleteLater()
        app.processEvents()
    return missed


def in_the_form(window: Any, desk: Any, meeting: str) -> Iterator[str]:
    """Yield the fields in which typed text was not saved."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QWidget

    from ucapdesk.services.records import records
    from ucapdesk.ui.fields.value_editors import Choice

    form: Any = window.record.form
    form.unfold()
    for name, (_, _, part, typed, value) in MORE.items():
        box = form.editors[name].findChild(QWidget, f"field.{name}.{part}")
        box.setFocus()
        if isinstance(box, Choice):
            box.setCurrentIndex(box.findData(value))
            box.activated.emit(box.currentIndex())
        else:
            QTest.keyClicks(box, typed)
            QTest.keyClick(box, Qt.Key.Key_Return)
        window.record.save_now()
        saved = getattr(records.get(desk, meeting), name)
        if not saved or (value is not None and saved != value):
            yield f"{name}: in the form {typed!r} became {saved!r}"


def elsewhere(desk: Any, meeting: str) -> Iterator[str]:
    """The history tells it, and the search finds it."""
    from ucapdesk.services.records import history, search

    told = {entry.field.partition(".")[0]: entry.field_label for entry in history.of(desk, meeting)}
    for name, (_, said, part, typed, _) in MORE.items():
        if not told.get(name, "").startswith(_label(name)):
            yield f"{name}: not in the history"
        if said.get("search") and part != "box" and meeting not in [hit.id for hit in search.find(desk, typed)]:
            yield f"{name}: not found by {typed!r}"


def in_the_list(window: Any, meeting: str) -> Iterator[str]:
    """Each has a column, and the column says what was typed."""
    from PySide6.QtCore import Qt

    table = window.list.table
    table.set_brief(False)
    heads = [table.headerData(at, Qt.Orientation.Horizontal) for at in range(table.columnCount())]
    row = table.row_of(meeting)
    for name in MORE:
        if _label(name) not in heads:
            yield f"{name}: no column in the list"
        elif not table.data(table.index(row, heads.index(_label(name)))):
            yield f"{name}: its column says nothing"


def one_more_kind(window: Any, desk: Any, folder: Path) -> Iterator[str]:
    """A record of the kind is made in the window, and told by everything that tells of records."""
    from click.testing import CliRunner
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QWidget

    from ucapdesk.cli import cli
    from ucapdesk.model.kinds import KINDS
    from ucapdesk.model.listing import ListView
    from ucapdesk.services.exchange import exchange_service
    from ucapdesk.services.files import sheets
    from ucapdesk.services.records import history, records, search
    from ucapdesk.services.workspaces import maintenance, workspace_service

    window.show_section("vehicle")
    window.record.show_new(KINDS["vehicle"])
    for name, part, typed in (("title", "en", "Minibus"), ("plate", "line", "B-12345")):
        QTest.keyClicks(window.record.form.editors[name].findChild(QWidget, f"field.{name}.{part}"), typed)
        QTest.keyClick(window.record.form.editors[name].findChild(QWidget, f"field.{name}.{part}"), Qt.Key.Key_Tab)
    window.record.save_now()
    made = records.listing(desk, "vehicle")
    if len(made) != 1 or getattr(records.get(desk, made[0]), "plate", None) != "B-12345":
        yield f"vehicle: the window made {made}"
        return
    trip = records.add(desk, "vehicle_trip", {"owner": made[0], "title": Bilingual(en="To the airport")})
    window.show_record(made[0])
    if window.list.table.row_of(made[0]) < 0:
        yield "vehicle: not in its list"
    if made[0] not in [hit.id for hit in search.find(desk, "minibus")]:
        yield "vehicle: not found"
    if not history.of(desk, made[0]):
        yield "vehicle: no history"
    said = CliRunner().invoke(cli, ["show", str(desk.workspace.path), made[0], "--json"]).output
    if trip not in said or json.loads(said)["plate"] != "B-12345":
        yield f"vehicle: the command line says {said}"
    sheets.export(desk, ListView("vehicle"), folder / "vehicles.xlsx", all_fields=True)
    if sheets.import_sheet(desk, folder / "vehicles.xlsx").kind != "vehicle":
        yield "vehicle: its sheet is not read"
    with workspace_service.new(folder / "own", person="Ana") as own:
        own_made = records.add(own, "vehicle", {"title": Bilingual(en="Minibus", zh="小巴"), "plate": "B-12345"})
        records.add(own, "vehicle_trip", {"owner": own_made, "title": Bilingual(en="To the airport")})
        exchange_service.give(own, folder / "all.ucapx")
        with exchange_service.join(folder / "theirs", folder / "all.ucapx", person="Bo") as theirs:
            if maintenance.digest(theirs) != maintenance.digest(own):
                yield "vehicle: a colleague has something else"


if __name__ == "__main__":
    stand_still()
    declare()
    with tempfile.TemporaryDirectory() as scratch:
        os.environ["UCAPDESK_CONFIG"] = str(Path(scratch) / "config")
        found = look(Path(scratch))
    print("\n".join(found) or "nothing is missing")
    sys.exit(bool(found))
