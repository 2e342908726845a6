"""Parts in rows in the form of their owner, how the sides are called in them, and the gaps that lead to them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication, QComboBox, QFileDialog, QLabel, QPushButton, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.second_story import SecondStory
from tests.helpers.shown import child, kept_by
from tests.ui.conftest import User
from tests.ui.list_hands import focused, press_in
from ucapdesk.base.i18n import use_language
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.serialize import kind_of
from ucapdesk.model.values import Bilingual, Codes, HanName, PartialDate, PersonName, Quantity, Refs, When
from ucapdesk.papers.gaps import gaps
from ucapdesk.papers.text_gaps import Gap
from ucapdesk.services import Desk
from ucapdesk.services.records import history, records
from ucapdesk.ui.fields.token_field import TokenField
from ucapdesk.ui.fields.value_editors import ChoiceEditor
from ucapdesk.ui.papers.paper_dialog import PaperDialog
from ucapdesk.ui.record.child_list import PAGE, ChildList, ChildRow, columns_of
from ucapdesk.ui.record.record_view import RecordView
from ucapdesk.ui.toolkit.text_inputs import LineEdit, TextEdit
from ucapdesk.ui.window.commands.file_commands import print_record
from ucapdesk.ui.window.window_layout import WindowLayout

UP, DOWN, RETURN = Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Return
AGENDA = ("Welcome", "Energy", "Mobility", "Closing")


@pytest.fixture
def meeting(sample_desk: Desk) -> str:
    """A meeting with an agenda of four items."""
    id_ = records.add(sample_desk, "meeting", {"title": Bilingual(en="Kick-off")})
    for title in AGENDA:
        records.add(sample_desk, "agenda_item", {"owner": id_, "title": Bilingual(en=title)})
    return id_


def agenda(user: User, meeting: str) -> list[str]:
    return [user.value(item.id, "title").said() for item in records.children(user.desk, meeting)["agenda_item"]]


def shown(user: User, kind: str = "agenda_item", rows: int | None = None) -> ChildList:
    found = user.find(ChildList, f"parts.{kind}")
    expected = len(records.children(user.desk, user.window.record.id or "")[kind]) if rows is None else rows
    user.bot.waitUntil(lambda: len(found.rows) == expected)
    user.bot.wait(30)  # until everything has its place
    return found


def opened(user: User, meeting: str) -> ChildList:
    """The agenda of a meeting that is shown now."""
    user.open(meeting)
    return shown(user)


def text(row: ChildRow, field: str = "title", lang: str = "en") -> LineEdit | TextEdit:
    box = row.findChild(QWidget, f"field.{field}.{lang}")
    assert isinstance(box, LineEdit | TextEdit)
    return box


def said(parts: ChildList) -> list[str]:
    return [text(row).said() for row in parts.rows]


def test_the_rows_show_what_the_declaration_puts_into_lists_and_are_no_cells_of_a_table(
    user: User, meeting: str
) -> None:
    assert [field.name for field in columns_of(KINDS["agenda_item"])] == ["title", "type", "starts"]
    parts = opened(user, meeting)
    assert said(parts) == list(AGENDA)
    assert not parts.findChildren(QTableWidget)


@pytest.mark.parametrize(
    ("due", "said"),
    [("2026-10-28/2026-11-01", "28 October – 1 November 2026"), ("2027-05", "May 2027"), ("2027-05-08", "2027-05-08")],
)
def test_a_date_in_a_row_is_in_words_where_it_is_no_day(user: User, meeting: str, due: str, said: str) -> None:
    records.add(user.desk, "action_item", {"owner": meeting, "due": PartialDate(due)})
    user.open(meeting)
    line = child(shown(user, "action_item").rows[0], LineEdit, "field.due.line")
    assert line.said() == said


def test_a_cell_is_written_when_it_is_left_and_undone_with_one_step(user: User, meeting: str) -> None:
    row = opened(user, meeting).rows[1]
    box = focused(text(row))
    box.selectAll()
    user.write(box, "Hydrogen")
    user.press(Qt.Key.Key_Tab)
    assert agenda(user, meeting)[1] == "Hydrogen"
    assert text(row, lang="zh").hasFocus(), "Tab goes through the cells"
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert agenda(user, meeting)[1] == "Energy"
    assert text(row).said() == "Energy"


def test_tab_goes_through_the_cells_of_a_row_and_on_to_the_next(user: User, meeting: str) -> None:
    first, second = opened(user, meeting).rows[:2]
    first.handle.setFocus()
    met = []
    for _ in range(12):
        user.press(Qt.Key.Key_Tab)
        met.append(user.focus())
        if second.isAncestorOf(user.focus()):
            break
    assert [first.isAncestorOf(widget) for widget in met] == [True] * (len(met) - 1) + [False]
    assert text(first) in met
    assert text(first, lang="zh") in met
    assert met[-1] is second.handle


def test_enter_in_the_last_cell_adds_the_next_row_behind_it(user: User, meeting: str) -> None:
    parts = opened(user, meeting)
    parts.rows[1].editors[-1].findChild(LineEdit).setFocus()  # type: ignore[union-attr]  # it has one
    user.press(RETURN)
    new = parts.rows[2]
    assert new.id is None
    assert text(new).hasFocus()
    user.write(text(new), "Waste")
    user.press(Qt.Key.Key_Tab)
    assert agenda(user, meeting) == ["Welcome", "Energy", "Waste", "Mobility", "Closing"]
    assert said(parts) == agenda(user, meeting)
    assert text(new, lang="zh").hasFocus(), "its row stays, with the keys in it"


@pytest.mark.rule("R4")
def test_ctrl_n_in_a_row_adds_a_row_and_no_record_of_the_section(user: User, meeting: str) -> None:
    user.open(meeting)
    count = records.count(user.desk, "meeting")
    parts = shown(user)
    press_in(user, text(parts.rows[0]), Qt.Key.Key_N, ctrl=True)
    assert parts.rows[1].id is None
    assert user.window.record.id == meeting
    user.write(text(parts.rows[1]), "Photo")
    user.press(Qt.Key.Key_N, ctrl=True)
    assert agenda(user, meeting)[:3] == ["Welcome", "Photo", "Energy"]
    assert parts.rows[2].id is None
    assert records.count(user.desk, "meeting") == count


@pytest.mark.rule("S4")
def test_an_untouched_row_is_gone_when_it_is_left(user: User, meeting: str, qtbot: QtBot) -> None:
    parts = opened(user, meeting)
    user.click("parts.agenda_item.add")
    assert len(parts.rows) == 5
    user.box("title.en").setFocus()
    assert len(parts.rows) == 4
    assert agenda(user, meeting) == list(AGENDA)


def test_ctrl_and_arrows_move_a_row_with_the_keys_still_in_it_and_undo_moves_it_back(user: User, meeting: str) -> None:
    parts = opened(user, meeting)
    row = parts.rows[3]
    text(row).setFocus()
    for expected in (
        ["Welcome", "Energy", "Closing", "Mobility"],
        ["Welcome", "Closing", "Energy", "Mobility"],
        ["Closing", "Welcome", "Energy", "Mobility"],
    ):
        user.press(UP, ctrl=True)
        assert agenda(user, meeting) == expected
        assert said(parts) == expected
        assert text(row).hasFocus()
    steps = history.next_undo(user.desk)
    user.press(UP, ctrl=True)
    assert history.next_undo(user.desk) == steps, "it is the first: nothing to do"
    user.press(DOWN, ctrl=True)
    assert agenda(user, meeting)[:2] == ["Welcome", "Closing"]
    for _ in range(4):
        user.window.do("edit.undo")
    assert agenda(user, meeting) == list(AGENDA)
    assert said(parts) == list(AGENDA)


def test_what_is_being_typed_goes_with_a_row_that_is_moved(user: User, meeting: str) -> None:
    parts = opened(user, meeting)
    box = focused(text(parts.rows[2]))
    box.selectAll()
    user.write(box, "Buses")
    user.press(UP, ctrl=True)
    assert agenda(user, meeting) == ["Welcome", "Buses", "Energy", "Closing"]
    assert box.said() == "Buses"


def test_keys_of_rows_do_nothing_while_an_input_method_composes(user: User, meeting: str) -> None:
    parts = opened(user, meeting)
    box = focused(text(parts.rows[1], lang="zh"))
    user.compose(box, "neng")
    for key in (UP, DOWN, Qt.Key.Key_N):
        user.press(key, ctrl=True)
    assert agenda(user, meeting) == list(AGENDA)
    assert len(parts.rows) == 4
    user.compose(box, "", "能源")


def drag(user: User, row: ChildRow, to: QPoint) -> None:
    handle = row.handle
    start = handle.rect().center()
    end = handle.mapFromGlobal(to)
    user.bot.mousePress(handle, Qt.MouseButton.LeftButton, pos=start)
    for part in (3, 2, 1):
        user.bot.mouseMove(handle, start + (end - start) / part)
        QApplication.sendEvent(handle, _moved(handle, start + (end - start) / part))
    user.bot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=end)


def _moved(handle: QWidget, at: QPoint) -> QMouseEvent:
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    there = QPointF(handle.mapToGlobal(at))
    return QMouseEvent(QEvent.Type.MouseMove, QPointF(at), there, Qt.MouseButton.NoButton, left, none)


def test_a_row_is_dragged_to_another_place(user: User, meeting: str) -> None:
    parts = opened(user, meeting)
    third = parts.rows[2]
    drag(user, parts.rows[0], third.mapToGlobal(QPoint(5, third.height() - 2)))
    assert agenda(user, meeting) == ["Energy", "Mobility", "Welcome", "Closing"]
    assert said(shown(user)) == agenda(user, meeting)
    first = parts.rows[0]
    drag(user, parts.rows[3], first.mapToGlobal(QPoint(5, 1)))
    assert agenda(user, meeting)[0] == "Closing"


def test_del_on_a_row_takes_it_to_the_trash_and_the_toast_brings_it_back(user: User, meeting: str) -> None:
    parts = opened(user, meeting)
    press_in(user, text(parts.rows[1]), Qt.Key.Key_End)
    user.press(Qt.Key.Key_Delete)
    assert agenda(user, meeting) == list(AGENDA), "in a text it deletes letters"
    press_in(user, parts.rows[1].handle, Qt.Key.Key_Delete)
    assert agenda(user, meeting) == ["Welcome", "Mobility", "Closing"]
    assert parts.rows[1].handle.hasFocus(), "the keys are on the next row"
    assert user.window.toast.isVisible()
    user.bot.mouseClick(user.find(QPushButton, "toast.do"), Qt.MouseButton.LeftButton)
    assert agenda(user, meeting) == list(AGENDA)
    press_in(user, parts.rows[0].handle, Qt.Key.Key_Delete)
    user.type("title.en", "Typed meanwhile", leave=False)
    user.bot.mouseClick(user.find(QPushButton, "toast.do"), Qt.MouseButton.LeftButton)
    assert user.value(meeting, "title")["en"] == "Typed meanwhile", "it took back another step than it stood beside"
    assert not user.window.toast.isVisible()


def test_enter_on_a_row_opens_the_whole_form_of_the_part(user: User, meeting: str) -> None:
    row = opened(user, meeting).rows[2]
    press_in(user, row.handle, RETURN)
    assert user.window.record.id == row.id
    user.click("record.owner")
    assert user.window.record.id == meeting


@pytest.mark.rule("R48")
def test_the_menu_of_a_row_offers_the_same_with_their_keys(user: User, meeting: str) -> None:
    row = opened(user, meeting).rows[0]
    row.menu.pressed.emit()
    actions = row.menu.menu().actions()
    assert [action.text().partition("\t")[0] for action in actions] == [
        "Open", "Move up", "Move down", "Add after this", "Move to Trash",
    ]  # fmt: skip
    actions[2].trigger()
    assert agenda(user, meeting)[:2] == ["Energy", "Welcome"]


def test_a_part_is_added_from_the_menu_below_in_a_row_on_a_page_of_its_own_or_from_a_file(
    user: User, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (ucap,) = records.listing(user.desk, "ucap")
    file = tmp_path / "plan.txt"
    file.write_text("Plan", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(file)], ""))

    def add(kind: str) -> None:
        user.open(ucap)
        menu = user.find(QPushButton, "parts.add").menu()
        menu.aboutToShow.emit()
        next(action for action in menu.actions() if action.text() == KINDS[kind].label()).trigger()
        QApplication.processEvents()

    add("theme")
    box = user.focus()
    assert isinstance(box, LineEdit)
    assert (box.objectName(), box.said(), user.window.record.id) == ("field.name.en", "", ucap)
    assert user.find(ChildList, "parts.theme").isAncestorOf(box)
    add("ucap_side")
    assert (user.record.__tablename__, user.record.owner) == ("ucap_side", ucap)
    add("attachment")
    (attached,) = records.children(user.desk, ucap)["attachment"]
    assert user.value(attached.id, "file").name == "plan.txt"


def test_somebody_elses_new_row_comes_and_typing_in_another_stays(user: User, meeting: str) -> None:
    parts = opened(user, meeting)
    box = focused(text(parts.rows[0]))
    box.selectAll()
    user.write(box, "Hel")
    records.add(user.desk, "agenda_item", {"owner": meeting, "title": Bilingual(en="Tour")})
    assert len(shown(user).rows) == 5
    assert box.said() == "Hel"
    assert box.hasFocus()


def test_a_list_of_two_hundred_comes_in_pieces(user: User, sample_desk: Desk, qtbot: QtBot) -> None:
    meeting = records.add(sample_desk, "meeting", {"title": Bilingual(en="Long")})
    with sample_desk.save(["test", {}]) as work:
        for n in range(200):
            work.new(KINDS["minute_entry"].cls, owner=meeting, text=Bilingual(en=f"Entry {n}"))
    began = time.thread_time()
    user.open(meeting)
    assert time.thread_time() - began < 2
    parts = shown(user, "minute_entry", PAGE)
    more = user.find(QPushButton, "parts.minute_entry.more")
    assert more.text() == "Show 180 more"
    user.click("parts.minute_entry.more")
    parts = shown(user, "minute_entry", 2 * PAGE)
    assert more.text() == "Show 160 more"
    assert text(parts.rows[39], "text").said() == "Entry 39"
    user.click("parts.minute_entry.add")
    new = parts.rows[-1]
    text(new, "text").setFocus()
    user.write(text(new, "text"), "The last")
    user.box("title.en").setFocus()
    assert user.value(new.id or "", "text")["en"] == "The last"
    assert records.children(user.desk, meeting)["minute_entry"][-1].id == new.id


def test_what_has_a_time_stands_in_the_order_of_time(user: User) -> None:
    record = user.window.record
    assert not ChildList(record, user.id("visit"), KINDS["itinerary_item"], parent=user.window).movable


def test_rows_are_only_shown_in_a_workspace_that_can_only_be_read(
    sample_folder: Path, qtbot: QtBot, dressed: object
) -> None:
    with Desk.open(sample_folder, read_only=True) as desk:
        user = User(qtbot, desk)
        user.open(user.id("ucap"))
        row = shown(user, "ucap_place").rows[0]
        assert user.find(QPushButton, "parts.ucap_place.add").isHidden()
        press_in(user, row.handle, Qt.Key.Key_Delete)
        user.press(DOWN, ctrl=True)
        assert isinstance(row.editors[1], ChoiceEditor)
        assert not row.editors[1].box.isEnabled()
        user.press(RETURN)
        assert user.window.record.id == row.id
        user.window.close()


def test_every_cell_and_handle_has_a_name_for_those_who_hear_it(user: User, meeting: str) -> None:
    parts = opened(user, meeting)
    assert [row.handle.accessibleName() for row in parts.rows] == ["Row 1", "Row 2", "Row 3", "Row 4"]
    for widget in parts.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisibleTo(user.window):
            assert widget.accessibleName() or isinstance(widget, QPushButton), widget


def test_moving_to_the_place_one_has_writes_nothing(sample_desk: Desk, meeting: str) -> None:
    ids = [item.id for item in records.children(sample_desk, meeting)["agenda_item"]]
    before = history.next_undo(sample_desk)
    records.move_part(sample_desk, ids[1], ids[0])
    records.move_part(sample_desk, ids[0], None)
    assert history.next_undo(sample_desk) == before
    records.move_part(sample_desk, ids[0], ids[3])
    assert history.next_undo(sample_desk) == "Moved “Welcome” (Agenda item) in its order"


def at(date: str, start: str, end: str) -> When:
    return When(date, start, end, tz="Asia/Shanghai")


@pytest.fixture
def visit(user: User) -> str:
    """A visit in which one of everything lacks or clashes."""

    def add(kind: str, **values: Any) -> str:
        return records.add(user.desk, kind, values)

    ucap = add("ucap", title=Bilingual(en="Plan", zh="计划"))
    visit = add("visit", title=Bilingual(en="Visit", zh="访问"), dates=PartialDate("2026-11-23/2026-11-25"),
                travelling_side="B", time_zone="Asia/Shanghai", ucaps=Refs([ucap]),
                purpose=Bilingual(en="To talk \U0001f600"))  # fmt: skip
    add("itinerary_day", owner=visit, date="2026-11-24")
    add("itinerary_item", owner=visit, title=Bilingual(en="First", zh="甲"), when=at("2026-11-24", "09:00", "10:30"))
    add("itinerary_item", owner=visit, title=Bilingual(en="Other", zh="乙"), when=at("2026-11-24", "10:00", "11:00"))
    add("itinerary_item", owner=visit, title=Bilingual(en="Late", zh="丙"), when=at("2026-11-29", "10:00", "11:00"))
    add("transport_leg", owner=visit, number="Bus", seats=1, when=at("2026-11-24", "15:00", "14:00"))
    room = add("place", name=Bilingual(en="Room", zh="房间"), capacity=Quantity("1"))
    meeting = add("meeting", title=Bilingual(en="Talks", zh="会谈"), visit=visit, places=Refs([room]),
                  when=at("2026-11-24", "12:00", "13:00"))  # fmt: skip
    for side, spoken in (("A", "zh"), ("B", "es")):
        known = {"name": PersonName("Mo", side, "family_first"), "spoken": Codes([spoken])}
        person = add("person", **known, name_han=HanName("莫", "芳") if side == "A" else None)
        for owner in (visit, meeting):
            add("participation", owner=owner, person=person, side="B" if owner == visit else side)
    left = add("transport_leg", owner=visit, when=at("2026-11-23", "09:00", "10:00"))
    gone = add("person", name_han=HanName("吴", "文能"))
    add("participation", owner=visit, person=gone, side="B", departure=left)
    add(
        "itinerary_item",
        owner=visit,
        title=Bilingual(en="Tour", zh="丁"),
        our_lead=gone,
        when=at("2026-11-24", "16:00", "17:00"),
    )
    mou = add("agreement", title=Bilingual(en="MoU", zh="备忘录"), ucap=ucap, status="negotiation",
              signing_planned=PartialDate("2026-11-24"))  # fmt: skip
    add("agreement_party", owner=mou, free_name=Bilingual(en="City", zh="市"), role="party")
    return visit


ALL = {
    "outside", "overlap", "impossible_transfer", "no_hotel", "too_few_seats", "no_interpreter", "text_not_agreed",
    "no_signatory", "away", "no_chinese_name", "no_latin_name", "no_translation", "no_glyph", "no_number",
}  # fmt: skip

# Fields that their page shows in a way of its own, not in the form.
SHOWN_ELSEWHERE = {("agreement", "status"): "mou.bar"}


def test_every_gap_leads_to_its_field(user: User, visit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    found = gaps(user.desk, [visit]).found
    assert {gap.code for gap in found} == ALL

    for gap in found:
        lead(user, monkeypatch, visit, gap)
        assert user.record is not None
        assert user.record.id in (gap.id, user.window.record.place_of(gap.id))
        place = SHOWN_ELSEWHERE.get((gap.kind, gap.field), f"field.{gap.field}")
        assert _is_in(user.focus(), place), (gap.code, gap.kind, gap.field)


def lead(user: User, monkeypatch: pytest.MonkeyPatch, visit: str, gap: Gap) -> None:

    def chosen(dialog: PaperDialog) -> int:
        dialog.leads_to = gap.id, gap.field
        dialog.done(1)
        return 1

    monkeypatch.setattr(PaperDialog, "exec", chosen)
    print_record(user.window.commands, visit)


def _is_in(widget: QWidget | None, place: str) -> bool:
    while widget is not None:
        if f"{widget.objectName()}.".startswith(f"{place}."):
            return True
        widget = widget.parentWidget()
    return False


pytestmark = pytest.mark.usefixtures("dressed")


def form(qtbot: QtBot, desk: Desk, id_: str) -> RecordView:
    made = kept_by(qtbot, RecordView(desk, WindowLayout()))
    made.show_record(id_)
    made.show()
    assert made.form is not None
    made.form.unfold()
    return made


def label(made: RecordView, name: str) -> str:
    return " ".join(each.text() for each in made.editors[name].findChildren(QLabel) if each.text())


@pytest.mark.parametrize(
    ("lang", "chairs"),
    [
        ("en", ("Chair, Zhengzhou side", "Chair, Łódź and Thessaloniki side")),
        ("zh", ("郑州方主谈人", "罗兹、塞萨洛尼基方主谈人")),
    ],
)
def test_the_chairs_of_a_meeting_are_of_their_cities(
    qtbot: QtBot, second_desk: Desk, second_story: SecondStory, lang: str, chairs: tuple[str, str]
) -> None:
    use_language(lang)
    made = form(qtbot, second_desk, second_story["meeting"])
    assert chairs[0] in label(made, "chair_a")
    assert chairs[1] in label(made, "chair_b")
    records.edit(second_desk, second_story["side A"], {"label_text": Bilingual(en="Kaifeng", zh="开封")})
    chips = made.editors["chair_a"].findChild(TokenField)
    assert isinstance(chips, TokenField)
    assert {"en": "Chair, Kaifeng side", "zh": "开封方主谈人"}[lang] in label(made, "chair_a"), "it is called as before"
    assert chips.browse.accessibleName().startswith({"en": "Chair, Kaifeng side", "zh": "开封方主谈人"}[lang])


def test_a_side_is_chosen_by_its_cities(qtbot: QtBot, second_desk: Desk, second_story: SecondStory) -> None:
    part = records.children(second_desk, second_story["meeting"])["participation"][0]
    (box,) = form(qtbot, second_desk, part.id).editors["side"].findChildren(QComboBox)
    assert {"Zhengzhou side", "Łódź and Thessaloniki side"} <= {box.itemText(at) for at in range(box.count())}
    assert kind_of(part).fields["side"] in columns_of(kind_of(part))
    ucap = form(qtbot, second_desk, second_story["ucap"])
    rows = child(ucap, ChildList, "parts.ucap_place")
    rows.rows[0].editors[0].setFocus()
    records.edit(second_desk, second_story["side A"], {"label_text": Bilingual(en="Kaifeng", zh="开封")})
    for each in rows.findChildren(QComboBox, "field.side.box"):
        assert each.findText("Kaifeng side") > 0, "the open page calls the side as before"
        assert each.findText("Zhengzhou side") < 0


def test_who_leads_a_point_is_of_the_hosts_or_the_guests(
    qtbot: QtBot, second_desk: Desk, second_story: SecondStory
) -> None:
    item = records.children(second_desk, second_story["visit"])["itinerary_item"][0]
    made = form(qtbot, second_desk, item.id)
    assert "Led by, Zhengzhou side" in label(made, "host_lead")
    assert "Led by, Łódź and Thessaloniki side" in label(made, "our_lead")
