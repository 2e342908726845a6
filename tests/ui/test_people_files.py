"""A list of people as somebody else keeps it, dropped or pasted anywhere in the window: one preview, one step."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from tests.helpers.paper_facts import PAPERS
from tests.helpers.shown import said_by
from tests.ui.conftest import User
from tests.ui.list_hands import answer
from ucapdesk.model.values import Bilingual, PartialDate, PersonName
from ucapdesk.services.records import attached_files, records
from ucapdesk.services.visits import visits
from ucapdesk.ui.imports.import_page import ImportPage
from ucapdesk.ui.screens.visit_screen import VisitScreen
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
    drop(user.find(QWidget, "page"), guests)
    user.bot.waitUntil(lambda: len(visits.people(user.desk, visit, visits.DELEGATION)) == before + 2)
    assert guests.name in previewed[0]
    (lu,) = records.listing(user.desk, "person", find="陆文静")
    assert user.value(lu, "email") == "lu@changsha.example"
    assert records.titles(user.desk, records.listing(user.desk, "organisation", find="长沙市发改委"))
    assert not attached_files.of(user.desk, visit), "it is read, not kept"


AS_ROWS = "Name,E-mail,Mobile\nAnna Wójcik,anna@lodz.example,+48 42 638 44 44\n"
AS_PAGE = "<table><tr><th>Name<th>E-mail<th>Mobile</tr><tr><td>Anna Wójcik<td>anna@lodz.example<td>+48 42 638 44 44</tr></table>"


@pytest.mark.parametrize(("name", "text"), [("guests.csv", AS_ROWS), ("guests.html", AS_PAGE)])
def test_known_columns_dropped_on_a_visit_make_its_delegation_too(
    name: str, text: str, user: User, tmp_path: Path, previewed: list[str]
) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    visit = user.id("visit")
    user.open(visit)
    before = len(visits.people(user.desk, visit, visits.DELEGATION))
    drop(user.find(QWidget, "page"), path)
    user.bot.waitUntil(lambda: len(visits.people(user.desk, visit, visits.DELEGATION)) == before + 1)
    assert len(previewed) == 1


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


def test_remarks_and_roles_of_a_list_dropped_on_a_visit_are_kept(user: User, previewed: list[str]) -> None:
    visit = user.id("visit")
    user.open(visit)
    before = len(visits.people(user.desk, visit, visits.DELEGATION))
    drop(user.find(QWidget, "page"), PAPERS / "renyuan.xlsx")
    user.bot.waitUntil(lambda: len(visits.people(user.desk, visit, visits.DELEGATION)) == before + 5)
    remarks = [dict(each.remarks or {}).get("zh") for each in visits.people(user.desk, visit, visits.DELEGATION)]
    assert "翻译" in remarks
    assert len(previewed) == 1


def test_an_itinerary_in_word_dropped_on_a_visit_becomes_its_programme(user: User, previewed: list[str]) -> None:
    visit = records.add(
        user.desk, "visit", {"title": Bilingual(en="Tour"), "dates": PartialDate("2019-06-12/2019-06-16")}
    )
    user.open(visit)
    drop(user.find(QWidget, "page"), PAPERS / "15-tracked.docx")
    user.bot.waitUntil(lambda: len(attached_files.of(user.desk, visit)) == 1)
    assert not previewed, "another document is attached"
    drop(user.find(QWidget, "page"), PAPERS / "richeng.docx")
    user.bot.waitUntil(lambda: len(records.children(user.desk, visit)["itinerary_item"]) == 7)
    assert len(attached_files.of(user.desk, visit)) == 1


def test_rows_with_heads_pasted_on_a_visit_go_through_the_page_of_lists(user: User, previewed: list[str]) -> None:
    visit = records.add(
        user.desk, "visit", {"title": Bilingual(en="Tour"), "dates": PartialDate("2019-06-12/2019-06-16")}
    )
    user.open(visit)
    user.window.record.special.show_tab("delegation")  # type: ignore[union-attr]
    line = user.window.findChild(QWidget, "visit.hosts.add.line")
    assert line is not None
    line.setFocus()
    rows = "姓名\t职务\t单位\t护照号\t备注\n赵敏\t处长\t郑州市外事办公室\tPE7654321\t联络员\n王磊\t科长\t郑州市外事办公室\t\t"
    QGuiApplication.clipboard().setText(rows)
    user.press(Qt.Key.Key_V, ctrl=True)
    user.bot.waitUntil(lambda: len(visits.people(user.desk, visit, visits.HOSTS)) == 2)
    assert {each.role for each in visits.people(user.desk, visit, visits.HOSTS)} == {"host"}, (
        "no side is known that could say it"
    )
    tour = "日期\t时间\t内容\n6月12日\t09:00\t参观规划馆\n\t14:00\t座谈"
    assert user.window.record.take_rows(tour)
    assert len(records.children(user.desk, visit)["itinerary_item"]) == 2
    assert len(previewed) == 2


def test_an_itinerary_pasted_elsewhere_finds_its_visit_or_makes_it(user: User, previewed: list[str]) -> None:
    user.window.choose_section(HOME)
    user.window.sections.setFocus()
    QGuiApplication.clipboard().setText("日期\t时间\t内容\n2031年6月12日\t09:00\t参观规划馆\n\t14:00\t座谈")
    user.press(Qt.Key.Key_V, ctrl=True)
    user.bot.waitUntil(lambda: getattr(user.window.record.record, "dates", None) is not None)
    assert len(previewed) == 1
    shown: Any = user.window.record.record
    assert shown.dates.edtf == "2031-06-12"
    assert len(records.children(user.desk, shown.id)["itinerary_item"]) == 2


@pytest.mark.usefixtures("previewed")
def test_people_imported_behind_a_filter_are_told_and_shown(user: User) -> None:
    marta = records.add(user.desk, "person", {"name": PersonName("Zieliński", "Marta")})
    user.open(marta)
    pane = user.window.list
    pane.filter.setText("Zieliński")
    pane.select(marta)
    user.window.focus_list()
    assert user.rows() == ["Marta Zieliński"]
    QGuiApplication.clipboard().setText("Name\tPost\nHalina Wrzesińska\tDeputy Mayor\nTeemu Ojala\tEngineer\n")
    user.window.do("file.copied")
    toast = user.window.toast
    user.bot.waitUntil(lambda: "The filter hides 2 of them." in said_by(toast))
    user.window.activateWindow()  # without a window system nobody gives the keys back
    user.bot.waitUntil(lambda: user.focus() is pane.view)
    assert pane.selected() == [marta]
    user.bot.mouseClick(toast.button, Qt.MouseButton.LeftButton)
    assert pane.filter.text() == ""
    assert {"Halina Wrzesińska", "Teemu Ojala"} < set(user.rows())
    assert records.titles(user.desk, pane.selected(), "en").popitem()[1] in {"Halina Wrzesińska", "Teemu Ojala"}
    assert user.focus() is pane.view


def test_rows_pasted_right_after_a_click_on_the_tab_become_the_delegation(user: User, previewed: list[str]) -> None:
    visit = user.id("visit")
    user.open(visit)
    screen = user.window.record.special
    assert isinstance(screen, VisitScreen)
    bar = screen.bar
    at = next(n for n in range(bar.count()) if "Delegation" in bar.tabText(n))
    user.type("title.en", "Spring visit")
    user.bot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(at).center())
    QGuiApplication.clipboard().setText("Name\tPost\nHalina Wrzesińska\tDeputy Mayor\nTeemu Ojala\tEngineer\n")
    user.press(Qt.Key.Key_V, ctrl=True)
    assert previewed
    assert len(visits.people(user.desk, visit, visits.DELEGATION)) == 2
    assert user.window.section == "visit"
