"""What each command does to the records and where it leaves one; and how few keys and clicks the usual work takes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QEnterEvent, QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from tests.helpers.shown import child, not_none, said_by
from tests.ui.conftest import User
from tests.ui.list_hands import add_record, answer
from ucapdesk.base.clock import today
from ucapdesk.base.i18n import use_language
from ucapdesk.formats.sheets.sheet import read_sheets
from ucapdesk.model.listing import ListView
from ucapdesk.model.values import Bilingual, PartialDate, PersonName, When
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.services.visits import visits
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.imports.import_page import ImportPage
from ucapdesk.ui.lists.record_table import RecordTable
from ucapdesk.ui.screens.people_screens import RetentionDialog, UcapScreen
from ucapdesk.ui.window.commands import file_commands
from ucapdesk.ui.window.help_dialogs import DateDialog, row_from


def _actions(user: User, count: int = 4) -> list[str]:
    """Some actions, listed, with the keys in the list and the first chosen."""
    for number in range(count):
        records.add(user.desk, "action_item", {"text": Bilingual(en=f"Action {number}")})
    user.window.enter_section("action_item")
    made = records.listing(user.desk, "action_item")
    user.open(made[0])
    user.window.list.view.setFocus()
    return made


def _type_date(monkeypatch: pytest.MonkeyPatch, said: str) -> list[str]:
    """Somebody types a date and presses Enter; what the dialog understood."""
    understood: list[str] = []

    def answer(dialog: DateDialog) -> int:
        dialog.line.setText(said)
        understood.append(dialog._echo.text())
        dialog._accept()
        return dialog.result()

    monkeypatch.setattr(DateDialog, "exec", answer)
    return understood


# -- new ------------------------------------------------------------------------------------------


@pytest.mark.rule("R4")
def test_a_meeting_is_logged_with_date_and_time_and_made_when_it_is_named(user: User) -> None:
    before = maintenance.digest(user.desk, log=True)
    user.window.enter_section("person")
    user.press(Qt.Key.Key_M, ctrl=True)
    assert maintenance.digest(user.desk, log=True) == before, "an untouched new record is nothing"
    user.type("title.en", "Kick-off")
    meeting = not_none(user.window.record.id)
    when = user.value(meeting, "when")
    assert when.date == today().isoformat()
    assert int(when.start[3:]) % 15 == 0
    assert user.window.list.table.kind.name == "meeting"


def test_a_new_record_that_nobody_touched_vanishes_without_a_question(user: User) -> None:
    before = maintenance.digest(user.desk, log=True)
    user.press(Qt.Key.Key_M, ctrl=True)
    user.press(Qt.Key.Key_2, ctrl=True)
    assert maintenance.digest(user.desk, log=True) == before


def test_a_meeting_logged_during_a_visit_belongs_to_it(user: User) -> None:
    day = today()
    dates = PartialDate(f"{day - timedelta(days=1)}/{day + timedelta(days=1)}")
    visit = records.add(
        user.desk, "visit", {"title": Bilingual(en="Now"), "dates": dates, "time_zone": "Asia/Shanghai"}
    )
    user.press(Qt.Key.Key_M, ctrl=True)
    user.type("title.en", "Kick-off")
    meeting = not_none(user.window.record.id)
    assert user.value(meeting, "visit") == visit
    assert user.value(meeting, "when").tz == "Asia/Shanghai"


@pytest.mark.rule("R4")
@pytest.mark.parametrize(("kind", "owns"), [("meeting", True), ("person", False)])
def test_a_new_action_belongs_to_the_meeting_shown_and_to_no_person(user: User, kind: str, owns: bool) -> None:
    shown = user.open(user.id(kind))
    user.press(Qt.Key.Key_J, ctrl=True)
    user.type("text.en", "Send the schema")
    action = records.listing(user.desk, "action_item")[0]
    assert user.value(action, "owner") == (shown if owns else None)


def test_a_line_of_the_minutes_becomes_an_action_with_its_words(user: User) -> None:
    meeting = user.id("meeting")
    text = Bilingual(en="DRC sends the schema", zh="发改委发送方案")
    user.open(records.add(user.desk, "minute_entry", {"owner": meeting, "text": text}))
    user.press(Qt.Key.Key_J, ctrl=True)
    assert user.box("text.zh").said() == "发改委发送方案"
    user.type("text.en", "Send the schema")
    action = records.listing(user.desk, "action_item")[0]
    assert user.value(action, "owner") == meeting
    assert user.value(action, "text")["zh"] == "发改委发送方案"


def test_duplicate_makes_the_record_again_with_its_parts(user: User) -> None:
    meeting = user.open(user.id("meeting"))
    parts = records.children(user.desk, meeting)
    user.press(Qt.Key.Key_D, ctrl=True)
    copy = user.window.record.id
    assert copy not in (meeting, None)
    assert user.value(copy or "", "title") == user.value(meeting, "title")
    assert {k: len(v) for k, v in records.children(user.desk, copy or "").items()} == {
        k: len(v) for k, v in parts.items()
    }
    assert said_by(user.window.toast).startswith("“1st meeting")


# -- done and back --------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "ctrl"), [(Qt.Key.Key_Return, True), (Qt.Key.Key_Escape, False)])
def test_what_was_typed_is_saved_and_the_keys_go_back_to_the_list(user: User, key: Qt.Key, ctrl: bool) -> None:
    meeting = user.open(user.id("meeting"))
    user.type("title.en", "Opening", leave=False)
    user.press(key, ctrl=ctrl)
    assert user.value(meeting, "title")["en"] == "Opening"
    assert user.window.list.view.hasFocus()


def test_f2_leads_from_the_row_into_its_record(user: User) -> None:
    user.open(user.id("meeting"))
    user.window.list.view.setFocus()
    user.press(Qt.Key.Key_F2)
    assert user.window.record.isAncestorOf(user.focus())


def test_space_ticks_an_action_and_moves_on(user: User) -> None:
    made = _actions(user)
    for _ in range(3):
        user.press(Qt.Key.Key_Space)
    assert [user.value(id_, "status") for id_ in made] == ["done", "done", "done", None]
    assert user.value(made[0], "done_on") == PartialDate(today().isoformat())
    assert user.window.record.id == made[3]
    assert user.window.list.view.hasFocus()


def test_space_opens_an_action_again(user: User) -> None:
    made = _actions(user, 1)
    user.press(Qt.Key.Key_Space)
    user.press(Qt.Key.Key_Space)
    assert user.value(made[0], "status") == "open"
    assert user.value(made[0], "done_on") is None


def test_space_in_another_list_changes_nothing(user: User) -> None:
    before = maintenance.digest(user.desk, log=True)
    user.open(user.id("meeting"))
    user.window.list.view.setFocus()
    user.press(Qt.Key.Key_Space)
    assert maintenance.digest(user.desk, log=True) == before


# -- dates ----------------------------------------------------------------------------------------


def test_the_date_key_sets_when_an_action_is_due(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    understood = _type_date(monkeypatch, "27.11.2026")
    made = _actions(user, 2)
    user.press(Qt.Key.Key_G, ctrl=True)
    assert user.value(made[0], "due") == PartialDate("2026-11-27")
    assert understood == ["Friday, 27 November 2026"]
    assert user.value(made[1], "due") is None


def test_the_date_key_goes_to_the_first_meeting_from_a_day_on(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    _type_date(monkeypatch, "2019-06-01")
    user.window.enter_section("meeting")
    user.press(Qt.Key.Key_G, ctrl=True)
    shown = not_none(user.window.record.id)
    earlier = [id_ for id_ in records.listing(user.desk, "meeting") if user.value(id_, "when").date < "2019-06"]
    assert shown == records.listing(user.desk, "meeting")[len(earlier)]


def test_a_list_without_dates_says_so(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    _type_date(monkeypatch, "2019-06-01")
    user.window.enter_section("person")
    user.window.record.show_record(None)
    user.press(Qt.Key.Key_G, ctrl=True)
    assert said_by(user.window.status) == "This list is not sorted by a date."


def test_the_row_of_a_day_is_found_in_lists_of_any_length(sample_desk: Desk, qapp: QApplication) -> None:
    for count in (0, 1, 2, 17):
        records.trash(sample_desk, *records.listing(sample_desk, "meeting"))
        for day in range(1, count + 1):
            records.add(sample_desk, "meeting", {"when": When(date=f"2026-03-{day:02}")})
        records.add(sample_desk, "meeting", {"title": Bilingual(en="Without a date")})
        table = RecordTable(sample_desk)
        table.show(ListView("meeting"))
        assert row_from(table, sample_desk, "2026-03-01") == 0, count
        assert row_from(table, sample_desk, "2026-03-02") == min(1, count), count
        assert row_from(table, sample_desk, "2027-01-01") == count
        table.deleteLater()


def test_a_date_that_is_not_understood_cannot_be_taken(user: User) -> None:
    dialog = DateDialog(today(), user.window)
    dialog.line.setText("some day")
    assert dialog.date is None
    ok = dialog.findChildren(QPushButton)[0]
    assert not ok.isEnabled()
    assert dialog._echo.text()
    dialog.deleteLater()


# -- files and reviews ----------------------------------------------------------------------------


def test_received_files_go_to_the_command_for_their_ending(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    taken: dict[str, list[str]] = {}
    for way in file_commands.RECEIVERS:
        receiver = lambda _, paths, way=way: taken.update({way: [path.name for path in paths]})  # noqa: E731
        monkeypatch.setitem(file_commands.RECEIVERS, way, receiver)
    names = ["a.TXT", "b.docx", "c.pdf", "d.odd", "e.xlsx", "f.ics", "g.VCF", "h.ucapx"]
    file_commands.receive_files(user.window.commands, [Path(name) for name in names])
    assert taken == {
        "papers": ["a.TXT", "b.docx", "c.pdf", "d.odd"], "sheets": ["e.xlsx"], "entries": ["f.ics", "g.VCF"],
        "packages": ["h.ucapx"],
    }  # fmt: skip


def test_review_says_when_there_is_nothing_to_decide(user: User) -> None:
    user.press(Qt.Key.Key_R, ctrl=True)
    assert said_by(user.window.status) == "Nothing to decide."
    assert not [each for each in user.desk.questions() if each.state == "decide"]


def test_the_languages_are_asked_of_the_form(user: User) -> None:
    asked: list[str] = []
    user.open(user.id("meeting"))
    for name in ("other_language", "cycle_languages"):
        setattr(user.form, name, lambda n=name: asked.append(n))
    user.press(Qt.Key.Key_L, ctrl=True)
    user.press(Qt.Key.Key_T, ctrl=True)
    assert asked == ["other_language", "cycle_languages"]


# -- the word in the corner -----------------------------------------------------------------------


@pytest.mark.rule("A5", "U5")
def test_the_toast_stays_while_the_keys_or_the_pointer_are_in_it_and_never_takes_the_keys(user: User) -> None:
    user.open(user.id("meeting"))
    user.window.list.view.setFocus()
    user.press(Qt.Key.Key_Delete)
    toast = user.window.toast
    assert toast.isVisible()
    assert not toast.isAncestorOf(user.focus())
    toast.button.setFocus()
    toast._end()
    assert toast.isVisible()
    middle = toast.rect().center().toPointF()
    QApplication.sendEvent(toast, QEnterEvent(middle, middle, middle))
    assert not toast._timer.isActive(), "nobody who points at it is hurried"
    QApplication.sendEvent(toast, QEvent(QEvent.Type.Leave))
    assert toast._timer.isActive()
    user.window.list.view.setFocus()
    toast._end()
    assert not toast.isVisible()


def test_the_toast_stands_in_the_corner_of_any_window(user: User) -> None:
    toast = user.window.toast
    for width in (1280, 1024):
        user.window.resize(width, 640)
        toast.say("“A rather long sentence about what was done to a number of records of this workspace”", "Undo")
        right, bottom = toast.geometry().right(), toast.geometry().bottom()
        over = not_none(toast.parentWidget())
        assert over.width() - 20 <= right < over.width()
        assert over.height() - 20 <= bottom < over.height()
    toast.say("Another.")
    assert said_by(toast) == "Another."
    assert not toast.button.isVisible()
    user.window.findChild(QPushButton, "toast.close").click()  # type: ignore[union-attr]
    assert not toast.isVisible()


class Counted:
    """Somebody whose keys and clicks are counted; the text is not."""

    def __init__(self, user: User) -> None:
        self.user, self.count = user, 0

    def press(self, keys: str) -> None:
        """A key, each modifier one more."""
        sequence = QKeySequence(keys)[0]  # type: ignore[index]
        self.count += 1 + sequence.keyboardModifiers().value.bit_count()
        QTest.keyClick(self.user.focus(), sequence.key(), sequence.keyboardModifiers())
        QApplication.processEvents()

    def type(self, text: str) -> None:
        focus: Any = self.user.focus()
        for part in text:
            if part.isascii():
                QTest.keyClicks(focus, part)
            else:
                self.user.compose(focus, "", part)
        QApplication.processEvents()

    def click(self, name: str) -> None:
        self.count += 1
        self.user.click(name)
        QApplication.processEvents()


@pytest.fixture
def hands(user: User) -> Counted:
    user.window.resize(1366, 728)
    return Counted(user)


@pytest.fixture
def mou(user: User) -> str:
    mou = records.add(user.desk, "agreement", {"title": Bilingual(en="Hydrogen buses"), "status": "ready_to_sign"})
    for name, side in (("Anna Nowak", "A"), ("Chen Yan", "B")):
        person = records.add(user.desk, "person", {"name": PersonName(*name.split())})
        house = records.add(user.desk, "organisation", {"name": Bilingual(en=f"City of {name}")})
        values = {"owner": mou, "organisation": house, "side": side, "represented_by": person}
        records.add(user.desk, "agreement_party", values)
    return mou


def offers(user: User) -> list[str]:
    hits = user.window.search.hits
    return [hits.item(row).text() for row in range(hits.count()) if hits.item(row).flags()]


def test_an_mou_is_signed_with_four_keys_and_clicks(user: User, hands: Counted, mou: str) -> None:
    user.open(mou)
    hands.press("Ctrl+K")
    hands.type("sign")
    assert offers(user)[0] == "Mark as signed…"
    hands.press("Return")
    hands.click("mou.sign.confirm")
    assert user.value(mou, "status") == "signed"
    assert user.value(mou, "signed") == PartialDate("2026-11-02"), "today stood there already"
    assert len(records.children(user.desk, mou)["signatory"]) == 2
    assert hands.count <= 4


@pytest.mark.parametrize(
    ("typed", "title"), [("print itin", "Print: Itinerary"), ("set status under", "Set status: Under way")]
)
def test_papers_and_statuses_of_the_record_shown_come_first(user: User, hands: Counted, typed: str, title: str) -> None:
    user.open(user.id("visit"))
    hands.press("Ctrl+K")
    hands.type(typed)
    assert offers(user)[0] == title


def test_a_paper_is_previewed_and_a_status_is_set(user: User, hands: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[object] = []
    monkeypatch.setattr(file_commands, "print_paper", lambda _, *what: shown.append(what))
    visit = user.open(user.id("visit"))
    hands.press("Ctrl+K")
    hands.type("delegation list")
    hands.press("Return")
    assert shown == [([visit], "delegation_list")]
    hands.press("Ctrl+K")
    hands.type("set status postponed")
    hands.press("Return")
    assert user.value(visit, "status") == "postponed"
    user.window.do("edit.undo")
    assert user.value(visit, "status") != "postponed"


def test_a_person_with_both_names_post_and_city_takes_one_line(user: User, hands: Counted) -> None:
    place = records.add(user.desk, "place", {"name": Bilingual(en="Gdańsk", zh="格但斯克"), "type": "city"})
    hands.press("Ctrl+K")
    hands.type("new person Zhang Wei 张伟, deputy director, Gdańsk")
    hands.press("Return")
    person = user.record
    assert (person.name.family, person.name.given, str(person.name_han)) == ("Zhang", "Wei", "张伟")
    assert person.place == place
    (post,) = records.children(user.desk, person.id)["affiliation"]
    assert post.post["en"] == "deputy director"  # type: ignore[attr-defined]
    assert hands.count <= 8
    user.window.do("edit.undo")
    assert not records.listing(user.desk, "person", find="张伟"), "it is one step"


@pytest.mark.parametrize(
    ("lang", "typed"),
    [("es", "crear persona Anna Rossi"), ("it", "crea persona Anna Rossi"), ("de", "Person anlegen Anna Rossi")],
)
def test_a_record_is_begun_in_the_words_of_the_window(user: User, hands: Counted, lang: str, typed: str) -> None:
    use_language(lang)
    hands.press("Ctrl+K")
    hands.type(typed)
    hands.press("Return")
    assert user.record.name.family == "Rossi"


def test_seven_people_from_a_spreadsheet_take_five(user: User, hands: Counted, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(monkeypatch, ImportPage, lambda dialog: dialog.accept())
    visit = user.open(user.id("visit"))
    user.window.record.take_focus()
    before = len(visits.people(user.desk, visit, visits.DELEGATION))
    rows = [f"Guest Number{chr(65 + n)}\tDirector\tCity of Gdańsk\tg{n}@example.pl" for n in range(7)]
    QGuiApplication.clipboard().setText("Name\tPost\tOrganisation\tE-mail\n" + "\n".join(rows))
    hands.press("Ctrl+V")
    hands.count += 1  # Enter in the preview
    assert len(visits.people(user.desk, visit, visits.DELEGATION)) == before + 7
    assert hands.count <= 5


def test_the_cities_of_a_ucap_stand_first_and_are_added_by_name(user: User, hands: Counted) -> None:
    place = records.add(user.desk, "place", {"name": Bilingual(en="Gdańsk", zh="格但斯克"), "type": "city"})
    ucap = user.open(user.id("ucap"))
    screen = user.window.record.special
    assert isinstance(screen, UcapScreen)
    assert [len(screen.cities.chips[side].tokens) for side in "AB"] == [1, 7]
    assert "Liuzhou" in screen.cities.captions["A"].text()
    assert screen.cities.y() < user.form.y()
    screen.cities.chips["A"].line.setFocus()
    hands.type("gda")
    hands.press("Return")
    places = records.children(user.desk, ucap)["ucap_place"]
    assert any((each.place, each.side) == (place, "A") for each in places)  # type: ignore[attr-defined]
    for side in records.children(user.desk, ucap)["ucap_side"]:
        records.edit(user.desk, side.id, {"label_text": Bilingual(en="Guangxi", zh="广西")})
    assert screen.cities.captions["A"].text() == "Cities: Guangxi side"
    assert screen.cities.chips["A"].line.accessibleName().startswith("Cities: Guangxi side: "), "seen and heard differ"
    assert user.find(QPushButton, "list.new").isVisible()


@pytest.mark.row("B15")
def test_those_whose_time_is_over_are_shown_saved_and_opened(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = add_record(user, "person", "name.family=Over", "keep_until=2020-06", "consent=by mail")
    before = maintenance.digest(user.desk)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "kept"), ""))

    def look(dialog: RetentionDialog) -> None:
        assert dialog.table.rowCount() > 5
        user.bot.mouseClick(dialog.due, Qt.MouseButton.LeftButton)
        assert [dialog.table.item(0, column).text() for column in range(5)] == [  # type: ignore[union-attr]
            "ended", "Over", "June 2020", "", "by mail",
        ]  # fmt: skip
        assert dialog.table.rowCount() == 1
        save = child(dialog, QPushButton, "retention.save")
        user.bot.mouseClick(save, Qt.MouseButton.LeftButton)
        dialog.table.setFocus()
        dialog.table.setCurrentCell(0, 0)
        user.bot.keyClick(dialog.table, Qt.Key.Key_Return)
        assert not dialog.isVisible()

    answer(monkeypatch, RetentionDialog, look)
    user.window.do("go.retention")
    user.bot.waitUntil(lambda: user.record is not None and user.record.id == over)
    (sheet,) = read_sheets(tmp_path / "kept.xlsx")
    assert sheet.rows[1].cells[:3] == ("ended", "Over", "June 2020")
    assert maintenance.digest(user.desk) == before


def test_all_data_of_the_person_shown_is_saved(user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    user.open(add_record(user, "person", "name.family=Ferrer", "mobile=+34 600"))
    assert user.window.menus.actions["record.person_data"].isEnabled()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "a.csv"), ""))
    user.window.do("record.person_data")
    assert "+34 600" in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")
    assert "were written to a.csv" in said_by(user.window.status)
    user.open(user.id("place"))
    assert not user.window.menus.actions["record.person_data"].isEnabled()
