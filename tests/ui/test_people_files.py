"""A list of people as somebody else keeps it, dropped or pasted anywhere in the window: one preview, one step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.conftest import User
from tests.ui.list_hands import answer
from ucapdesk.services.records import attached_files, records
from ucapdesk.services.visits import visits
from ucapdesk.ui.imports.import_page import ImportPage
from ucapdesk.ui.window.sections import HOME

ROWS = (
    ("代表团名单", "", "", "", "", ""),
    ("序号", "姓名", "职务", "单位", "邮箱", "饮食"),
    ("1", "陆文静", "副主任", "长沙市发改委", "lu@changsha.example", "清真"),
    ("2", "Halina Wrzesińska", "Deputy Mayor", "City of Gdańsk", "halina@gdansk.example", ""),
)


@pytest.fixture(params=["xlsx", "csv"])
def guests(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """The file, with a title over the table as offices like it."""
    path = tmp_path / f"guests.{request.param}"
    if request.param == "csv":
        path.write_text("\n".join(",".join(row) for row in ROWS), encoding="utf-8")
        return path
    book = Workbook()
    sheet: Any = book.active
    for row in ROWS:
        sheet.append(row)
    sheet.merge_cells("A1:F1")
    book.save(path)
    return path


@pytest.fixture
def previewed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of previews that were shown, each accepted."""
    seen: list[str] = []

    def accept(dialog: ImportPage) -> None:
        seen.append(dialog.windowTitle())
        dialog.accept()

    answer(monkeypatch, ImportPage, accept)
    return seen


def drop(widget: QWidget | None, path: Path) -> None:
    assert widget is not None
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(5, 5), copy, data, left, none)
    QApplication.sendEvent(widget, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(widget, QDropEvent(QPointF(5, 5), copy, data, left, none))


def test_a_spreadsheet_of_people_dropped_on_a_visit_makes_its_delegation(
    user: User, guests: Path, previewed: list[str]
) -> None:
    visit = user.id("visit")
    user.open(visit)
    before = len(visits.people(user.desk, visit, visits.DELEGATION))
    drop(user.window.record.page.widget(), guests)
    user.bot.waitUntil(lambda: len(visits.people(user.desk, visit, visits.DELEGATION)) == before + 2)
    assert guests.name in previewed[0]
    (lu,) = records.listing(user.desk, "person", find="陆文静")
    assert user.value(lu, "email") == "lu@changsha.example"
    assert records.titles(user.desk, records.listing(user.desk, "organisation", find="长沙市发改委"))
    assert not attached_files.of(user.desk, visit), "it is read, not kept"


def test_it_may_be_dropped_on_the_first_page_as_well(user: User, guests: Path, previewed: list[str]) -> None:
    user.window.choose_section(HOME)
    drop(user.window, guests)
    user.bot.waitUntil(lambda: bool(records.listing(user.desk, "person", find="陆文静")))
    assert guests.name in previewed[0]


def test_rows_pasted_where_nothing_is_typed_are_previewed_anywhere(user: User, previewed: list[str]) -> None:
    QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in ROWS))
    user.window.choose_section(HOME)
    user.window.sections.setFocus()
    user.press(Qt.Key.Key_V, ctrl=True)
    user.bot.waitUntil(lambda: bool(records.listing(user.desk, "person", find="陆文静")))
    assert len(previewed) == 1
