"""The page of a record: its form, header and parts, its width, and the pages that kinds have."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.clock import PATIENCE
from tests.helpers.shown import kept_by, said_by
from tests.ui.conftest import User
from tests.ui.list_hands import selected
from ucapdesk.base.i18n import Message
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.model.kinds.visit_kinds import Meeting
from ucapdesk.model.values import Bilingual, PartialDate, Refs, When
from ucapdesk.services import Desk
from ucapdesk.services.records import history, records
from ucapdesk.store import drafts
from ucapdesk.store.errors import DiskFull
from ucapdesk.ui.record.form import HIDDEN, StateHint, groups_of, is_shown
from ucapdesk.ui.record.presentation import PRESENTATIONS, Presentation, presentation
from ucapdesk.ui.record.record_page import WIDEST, MessageBar
from ucapdesk.ui.record.record_screen import RecordScreen, TabbedScreen
from ucapdesk.ui.record.record_view import RecordView
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.window.window_layout import WindowLayout


@pytest.fixture
def full_disk(sample_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool]]:
    """While the list holds True, nothing can be written, by whatever way."""
    full = [False]
    transaction = sample_desk.transaction

    def refusing(*args: Any, **kwargs: Any) -> Any:
        if full[0]:
            raise DiskFull(path=sample_desk.workspace.path)
        return transaction(*args, **kwargs)

    monkeypatch.setattr(sample_desk, "transaction", refusing)
    yield full
    full[0] = False


def state(user: User) -> str:
    return user.find(QLabel, "record.state").text()


def bar(user: User) -> str:
    return said_by(user.find(MessageBar, "record.bar"))


def chip(user: User, name: str) -> str:
    found = user.find(QPushButton, f"record.{name}")
    return "" if found.isHidden() else found.text()


def somebody_writes(user: User, id_: str, lang: str, text: str) -> None:
    with user.desk.save(["test", {}]) as work:
        record = work.get(Meeting, id_)
        record.title, record.room = (record.title or Bilingual()).put(lang, text), text


# -- when it is written -----------------------------------------------------------------------------


@pytest.fixture
def meeting(user: User) -> str:
    """A meeting of the sample, shown."""
    return user.open(user.id("meeting"))


@pytest.mark.rule("S1", "S3", "R6")
def test_a_field_is_written_when_it_is_left_and_only_then_called_saved(user: User, meeting: str) -> None:
    user.type("title.en", "Opening", leave=False)
    assert not state(user).startswith("Saved")
    assert user.value(meeting, "title")["en"] != "Opening"
    user.press(Qt.Key.Key_Tab)
    assert user.value(meeting, "title")["en"] == "Opening"
    assert state(user).startswith("Saved ")


@pytest.mark.rule("S1")
@pytest.mark.parametrize("key", [Qt.Key.Key_S, Qt.Key.Key_Return])
def test_ctrl_s_and_enter_write_without_leaving_the_field(user: User, meeting: str, key: Qt.Key) -> None:
    user.type("title.en", "Opening", leave=False)
    user.press(key, ctrl=key == Qt.Key.Key_S)
    assert user.value(meeting, "title")["en"] == "Opening"
    assert user.box("title.en").hasFocus()


@pytest.mark.rule("S1", "S5")
def test_steady_typing_is_kept_as_a_draft_and_its_field_is_left_alone(user: User, qtbot: QtBot) -> None:
    user.open(user.id("meeting"))
    user.window.record.saving.timer.setInterval(30)
    box = selected(user, "title.en")
    begun = time.monotonic()
    while not drafts.kept(user.desk) and time.monotonic() - begun < PATIENCE:
        qtbot.keyClicks(box, "a")  # never a pause as long as the timer
        qtbot.wait(5)
    assert drafts.kept(user.desk)
    assert set(box.said()) == {"a"}
    assert box.typed_since_focus(), "the text can still be undone in its field"


@pytest.mark.rule("S1")
@pytest.mark.parametrize("away", [Qt.ApplicationState.ApplicationSuspended, Qt.ApplicationState.ApplicationInactive])
def test_it_is_written_before_the_computer_sleeps_or_another_program_is_used(
    user: User, meeting: str, away: Qt.ApplicationState
) -> None:
    user.type("title.en", "Opening", leave=False)
    app = QApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.applicationStateChanged.emit(away)
    assert user.value(meeting, "title")["en"] == "Opening"


@pytest.mark.rule("S1", "R9")
def test_it_is_written_before_another_record_is_shown_and_before_the_window_closes(user: User) -> None:
    first, second = user.id("meeting"), user.id("meeting", 1)
    user.open(first)
    user.type("title.en", "First", leave=False)
    user.open(second)
    assert user.value(first, "title")["en"] == "First"
    user.type("title.en", "Second", leave=False)
    assert user.window.close()
    assert user.value(second, "title")["en"] == "Second"


@pytest.mark.rule("S4")
def test_a_new_record_that_was_not_touched_is_gone_without_a_question(user: User) -> None:
    for leave in (lambda: user.window.record.show_record(None), lambda: user.press(Qt.Key.Key_Escape)):
        user.window.record.show_new(KINDS["agreement"])
        leave()
        assert records.count(user.desk, "agreement") == 0
    user.window.record.show_new(KINDS["agreement"])
    assert user.window.close()
    assert records.count(user.desk, "agreement") == 0


@pytest.mark.rule("S4")
def test_a_record_counts_as_a_draft_until_its_minimum_is_there_and_says_what_is_missing(user: User) -> None:
    user.window.record.show_new(KINDS["visit"])
    user.type("title.en", "Kick-off")
    assert user.window.record.id
    assert chip(user, "draft") == "Draft: Dates missing"
    user.click("record.draft")
    assert user.box("dates.line").hasFocus()
    user.type("dates.line", "12 June 2019")
    assert chip(user, "draft") == ""


# -- where it cannot be written ---------------------------------------------------------------------


@pytest.mark.rule("S3", "R6")
def test_a_full_disk_is_said_with_the_way_to_try_again_and_nothing_is_called_saved(
    user: User, meeting: str, full_disk: list[bool]
) -> None:
    full_disk[0] = True
    user.type("title.en", "Opening")
    assert state(user) == "Not saved"
    assert bar(user).startswith("Not saved: ")
    assert user.box("title.en").said() == "Opening"
    user.click("record.bar.copy")
    assert "Opening" in QGuiApplication.clipboard().text()
    user.click("record.bar.again")
    assert state(user) == "Not saved"
    full_disk[0] = False
    user.click("record.bar.again")
    assert user.value(meeting, "title")["en"] == "Opening"
    assert state(user).startswith("Saved ")
    assert bar(user) == ""


@pytest.mark.rule("S3")
def test_what_could_not_be_written_keeps_its_record_on_the_screen(user: User, full_disk: list[bool]) -> None:
    first, second = user.id("meeting"), user.id("meeting", 1)
    user.open(first)
    full_disk[0] = True
    user.type("title.en", "Opening", leave=False)
    user.open(second)
    assert (user.window.record.id, user.box("title.en").said()) == (first, "Opening")
    user.click("record.bar.copy")
    user.open(second)
    assert user.window.record.id == second, "what is in the clipboard is not lost"


@pytest.mark.rule("S7")
def test_a_window_that_cannot_save_stays_open_and_closes_without_a_question_when_it_can(
    user: User, meeting: str, full_disk: list[bool]
) -> None:
    full_disk[0] = True
    user.type("title.en", "Opening", leave=False)
    for _ in range(3):
        assert not user.window.close()
        assert user.window.isVisible()
        assert bar(user).startswith("Not saved: ")
    full_disk[0] = False
    assert user.window.close()
    assert user.value(meeting, "title")["en"] == "Opening"


@pytest.mark.rule("S7")
def test_a_window_that_cannot_save_closes_once_its_text_is_copied(user: User, full_disk: list[bool]) -> None:
    user.open(user.id("meeting"))
    full_disk[0] = True
    user.type("title.en", "Opening", leave=False)
    assert not user.window.close()
    user.click("record.bar.copy")
    assert "Opening" in QGuiApplication.clipboard().text()
    assert user.window.close()


@pytest.mark.rule("S3")
def test_slow_writing_is_said_the_next_time(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    user.open(user.id("meeting"))
    said = []
    user.window.record.saving.busy.connect(lambda: said.append(state(user)))
    user.type("title.en", "One")
    assert said == [], "quick writing says nothing"
    monkeypatch.setattr(user.window.record.saving, "_took", 0.4)
    user.type("title.en", "Two")
    assert said == ["Saving…"]
    assert state(user).startswith("Saved ")


def test_a_value_that_cannot_be_is_not_lost_when_one_goes_on(user: User) -> None:
    first, second = user.id("visit"), user.id("visit", 1)
    user.open(first)
    user.type("dates.line", "32 June 2019")
    assert state(user) == "Not saved"
    user.open(second)
    assert user.window.record.id == second
    assert "32 June 2019" in bar(user)
    user.click("record.bar.copy")
    assert "32 June 2019" in QGuiApplication.clipboard().text()


# -- somebody else writes meanwhile -----------------------------------------------------------------


def test_somebody_elses_change_under_an_open_field_is_said_at_once_and_mine_can_be_kept(
    user: User, meeting: str
) -> None:
    user.type("title.en", "Mine", leave=False)
    somebody_writes(user, meeting, "zh", "别人的")
    assert bar(user) == "", "it was another language"
    assert (user.box("title.en").said(), user.box("room.line").said()) == ("Mine", "别人的")
    somebody_writes(user, meeting, "en", "Theirs")
    assert "changed “Title”" in bar(user)
    assert user.box("title.en").said() == "Mine"
    user.click("record.bar.show")
    assert "Theirs" in bar(user)
    user.click("record.bar.mine")
    assert dict(user.value(meeting, "title")) == {"en": "Mine", "zh": "别人的"}
    assert bar(user) == ""


def test_theirs_can_be_taken_and_mine_is_in_the_clipboard(user: User, meeting: str) -> None:
    user.type("title.en", "Mine", leave=False)
    somebody_writes(user, meeting, "en", "Theirs")
    user.press(Qt.Key.Key_Tab)
    assert "Theirs" in user.message("title")
    user.click("record.bar.theirs")
    assert (user.box("title.en").said(), user.value(meeting, "title")["en"]) == ("Theirs", "Theirs")
    assert "Mine" in QGuiApplication.clipboard().text()
    entries = len(history.of(user.desk, meeting))
    user.box("title.zh").setFocus()
    assert len(history.of(user.desk, meeting)) == entries


# -- over the fields --------------------------------------------------------------------------------


@pytest.mark.rule("R21")
def test_missing_translations_are_counted_and_lead_to_the_first_of_them(user: User) -> None:
    meeting = user.id("meeting")
    records.edit(user.desk, meeting, {"title": Bilingual(en="Opening"), "press_line": Bilingual(en="It was held.")})
    user.open(meeting)
    assert (chip(user, "missing.zh"), chip(user, "missing.en")) == ("中 missing 2", "")
    user.click("record.missing.zh")
    assert user.box("title.zh").hasFocus()
    user.type("title.zh", "开幕")
    assert chip(user, "missing.zh") == "中 missing 1"


def test_what_cannot_be_right_stands_under_the_title_until_it_is_mended(user: User) -> None:
    meeting = user.id("meeting")
    records.edit(user.desk, meeting, {"when": When("2027-01-15"), "status": "held"})
    user.open(meeting)
    warned = user.find(QLabel, "record.warnings")
    assert warned.text().splitlines() == [
        "The date lies outside the dates of the visit.",
        "The meeting is marked as held, but its date has not come.",
    ]
    records.edit(user.desk, meeting, {"when": When("2026-10-15"), "visit": None})
    assert warned.isHidden()


def test_the_menu_offers_the_windows_own_commands(user: User) -> None:
    user.open(user.id("meeting"))
    menu = user.find(QToolButton, "record.menu").menu()
    menu.aboutToShow.emit()
    names = [action.objectName() for action in menu.actions() if not action.isSeparator()]
    assert "record.history" in names
    assert "record.trash" in names
    assert "record.restore" not in names, "it is not in the Trash"


def test_a_field_is_found_unfolded_and_gets_the_keys(user: User) -> None:
    user.open(user.id("person"))
    assert "allergies" not in user.window.record.editors
    assert user.window.record.focus_field("allergies")
    assert user.box("allergies.line").hasFocus()
    assert not user.window.record.focus_field("no_such_field")


@pytest.mark.rule("V4")
def test_a_gap_is_a_link_that_keys_reach_and_is_named_no_longer_once_it_is_filled(user: User) -> None:
    visit = user.id("visit")
    records.edit(user.desk, visit, {"status": "planned", "host_places": Refs(), "dates": PartialDate("2019-04")})
    user.open(visit)
    hint = user.find(StateHint, "field.status.missing")
    assert "Host cities" in hint.text()
    assert hint.textFormat() == Qt.TextFormat.RichText, "its links are links, not their source"
    hint.setFocus(Qt.FocusReason.TabFocusReason)
    user.press(Qt.Key.Key_Tab)
    user.press(Qt.Key.Key_Return)
    assert user.box("host_places.line").hasFocus()
    records.edit(user.desk, visit, {"host_places": Refs((user.id("place"),))})
    assert "Host cities" not in hint.text()
    assert "participants" in hint.text()


def test_in_the_trash_a_record_is_only_shown_and_can_be_brought_back(user: User, meeting: str, tmp_path: Path) -> None:
    records.trash(user.desk, meeting)
    user.open(meeting)
    assert user.box("title.en").isReadOnly()
    assert "Trash" in bar(user)
    user.click("record.bar.restore")
    assert not user.value(meeting, "is_deleted")
    assert bar(user) == ""


# -- where the program ended ------------------------------------------------------------------------


def ends_here(user: User) -> None:
    user.window.record.saving.release(*list(user.window.record.saving._targets))


@pytest.mark.rule("S2")
@pytest.mark.parametrize("leave", [False, True])
def test_what_was_no_value_yet_stands_in_its_field_at_the_next_start(user: User, qtbot: QtBot, leave: bool) -> None:
    visit = user.open(user.id("visit", 1))
    before = user.value(visit, "dates")
    user.window.record.saving.timer.setInterval(10)
    user.type("dates.line", "32 June", leave=leave)
    qtbot.waitUntil(lambda: len(drafts.kept(user.desk)) == 1)
    user.type("title.zh", "第二次") if leave else None
    assert len(drafts.kept(user.desk)) == 1, "another save keeps it"
    ends_here(user)
    again = User(qtbot, user.desk)
    assert (again.window.record.id, again.box("dates.line").said()) == (visit, "32 June")
    assert again.box("dates.line").hasFocus()
    assert again.value(visit, "dates") == before
    again.type("dates.line", "12 June 2019")
    assert again.value(visit, "dates").edtf == "2019-06-12"
    assert not drafts.kept(user.desk)


@pytest.mark.rule("S2")
def test_what_was_typed_into_a_row_is_found_in_its_row(user: User, meeting: str, qtbot: QtBot) -> None:
    user.click("parts.agenda_item.add")
    user.window.record.saving.timer.setInterval(10)
    user.write(user.focus(), "Hydrogen")  # type: ignore[arg-type]  # it is a line
    qtbot.waitUntil(lambda: len(drafts.kept(user.desk)) == 3)
    ends_here(user)
    again = User(qtbot, user.desk)
    assert again.window.record.id == meeting
    assert again.focus().said() == "Hydrogen"  # type: ignore[attr-defined]  # as above
    titles = [item.title["en"] for item in records.children(user.desk, meeting)["agenda_item"]]  # type: ignore[attr-defined]
    assert "Hydrogen" in titles
    assert not drafts.kept(user.desk)


def test_every_field_of_a_kind_stands_in_its_form_once_or_on_its_page() -> None:
    for kind in LISTED:
        names = [field.name for group in groups_of(KINDS[kind], local=True) for field in group.fields]
        names += presentation(kind).on_page
        assert sorted(names) == sorted(
            n for n, f in KINDS[kind].fields.items() if n not in HIDDEN and not f.meta.machine
        ), kind


def test_what_the_program_writes_for_itself_is_in_no_form() -> None:
    names = {field.name for group in groups_of(KINDS["source_document"], local=True) for field in group.fields}
    assert {"title", "file_name", "pages"} <= names
    assert names.isdisjoint({"rows", "sha256", "label_set"})


def test_fields_of_this_laptop_are_only_shown_in_a_protected_workspace() -> None:
    names = [field.name for group in groups_of(KINDS["person"], local=False) for field in group.fields]
    assert "passport_number" not in names


def test_layouts_name_only_what_there_is() -> None:
    for kind, shown in PRESENTATIONS.items():
        named = [name for _, _, names in shown.groups for name in names.split()]
        assert set(named) <= set(KINDS[kind].fields), kind
        assert len(named) == len(set(named)), kind
        assert set(shown.usual) <= set(KINDS[kind].fields), kind
        assert set(shown.always) <= {child.name for child in KINDS[kind].children}, kind


def test_the_page_of_every_kind_is_there() -> None:
    for kind in LISTED:
        assert issubclass(presentation(kind).screen_class(), RecordScreen), kind


def test_a_form_shows_every_field_when_more_are_asked_for(user: User) -> None:
    for kind in (kind for kind, shown in PRESENTATIONS.items() if shown.groups):
        user.window.record.show_new(KINDS[kind])
        user.click("record.more")
        shown = {name for name, editor in user.form.editors.items() if editor.isVisibleTo(user.form)}
        shown |= {*presentation(kind).on_page}
        assert shown == {n for n, f in KINDS[kind].fields.items() if is_shown(f, local=False)}, kind
        assert user.find(QPushButton, "record.more").isHidden(), kind


def test_a_folded_group_stays_folded_at_the_next_record_and_opens_for_a_field_in_it(user: User) -> None:
    first, second = user.id("meeting"), user.id("meeting", 1)
    user.open(first)
    user.click("record.group.time")
    assert not user.editor("mode").isVisibleTo(user.form)
    user.open(second)
    assert not user.editor("mode").isVisibleTo(user.form)
    user.window.record.focus_field("mode")
    assert user.editor("mode").isVisibleTo(user.form)
    user.open(first)
    user.click("record.group.time")
    assert user.editor("mode").isVisibleTo(user.form)


def test_a_field_that_somebody_fills_appears(user: User, meeting: str) -> None:
    assert "room" not in user.form.editors
    records.edit(user.desk, meeting, {"room": "Hall 2"})
    assert user.box("room.line").said() == "Hall 2"
    assert user.box("room.line").isVisibleTo(user.form)


@pytest.mark.parametrize(("width", "across"), [(400, 1), (640, 2), (900, 3)])
def test_narrow_fields_stand_side_by_side_where_there_is_room(user: User, width: int, across: int) -> None:
    user.open(user.id("organisation"))
    user.form.setParent(None)
    form = kept_by(user.bot, user.form)
    form.resize(width, 900)
    form.show()

    def most_in_a_row() -> int:
        rows = Counter((e.parentWidget(), e.geometry().top()) for e in form.editors.values() if not e.wide)
        return max(rows.values())

    user.bot.waitUntil(lambda: most_in_a_row() == across)


def test_on_a_wide_screen_a_form_is_no_wider_than_is_read_well_and_a_visit_takes_all(user: User) -> None:
    user.window.resize(2560, 1440)
    for kind, whole in (("person", False), ("visit", True)):
        user.open(user.id(kind))
        QApplication.processEvents()
        page = user.find(QWidget, "page")
        assert (page.width() > theme.px(WIDEST)) == whole
        assert page.x() == 0


class Screen(TabbedScreen):
    covers = frozenset({"road_map_step"})
    tabs: ClassVar[Mapping[str, Message]] = {"plan": Message("record", "Plan"), "details": Message("record", "Details")}
    fills = frozenset({"plan"})

    def panels_of(self, key: str) -> Sequence[QWidget]:
        self.panel = QLineEdit() if key == "plan" else None
        return [self.panel] if self.panel else []

    def point_at(self, name: str) -> QWidget | None:
        return self._inside["plan"][0] if name == "road_map_step" else None

    def focus_first(self) -> bool:
        if self.current != "plan":
            return False
        self._inside["plan"][0].setFocus()
        return True


@pytest.fixture
def view(qtbot: QtBot, dressed: QApplication, sample_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> RecordView:
    monkeypatch.setattr(Presentation, "screen_class", lambda _: Screen)
    view = kept_by(qtbot, RecordView(sample_desk, WindowLayout()))
    view.resize(900, 600)
    with qtbot.waitExposed(view):
        view.show()
    return view


def test_a_record_opens_at_its_first_tab_and_a_field_that_is_pointed_at_brings_its_own(
    view: RecordView, sample_desk: Desk
) -> None:
    id_ = records.add(sample_desk, "pilot_project", {"title": Bilingual(en="Hydrogen buses")})
    view.show_record(id_)
    assert view.form is not None
    assert isinstance(view.special, Screen)
    assert view.special.current == "plan"
    assert not view.form.isVisible()
    view.take_focus()
    assert view.focusWidget() is view.special._inside["plan"][0]
    assert view.focus_field("title.zh")
    assert view.special.current == "details"
    assert view.form.isVisible()
    assert view.focus_field("road_map_step") is True
    assert view.parts is not None
    assert "road_map_step" not in view.parts.lists


@pytest.mark.rule("K3")
def test_ctrl_tab_goes_from_tab_to_tab(view: RecordView, sample_desk: Desk, qtbot: QtBot) -> None:
    view.show_record(records.add(sample_desk, "pilot_project", {"title": Bilingual(en="Hydrogen buses")}))
    assert isinstance(view.special, Screen)
    view.take_focus()
    for there in ("details", "plan"):
        qtbot.keyClick(view.focusWidget(), Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
        assert view.special.current == there
    qtbot.keyClick(
        view.focusWidget(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert view.special.current == "details"


def test_a_new_record_has_its_form_alone_until_it_is_made(view: RecordView, sample_desk: Desk, qtbot: QtBot) -> None:
    view.show_new(KINDS["pilot_project"])
    assert isinstance(view.special, Screen)
    assert view.special.row.isHidden()
    qtbot.keyClicks(view.focusWidget(), "Hydrogen buses")
    assert view.save_now()
    assert view.id
    assert view.special.bar.isVisible()
    assert view.special.current == "details"


def test_a_part_can_make_the_record_it_belongs_to(view: RecordView, sample_desk: Desk) -> None:
    view.show_new(KINDS["pilot_project"], given={"title": Bilingual(en="Hydrogen buses")})
    made = view.make_now()
    assert made == view.id == view.make_now()
    assert made in records.listing(sample_desk, "pilot_project")
