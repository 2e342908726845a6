"""The page of a meeting: people, agenda, minutes as people talk, actions."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLabel, QMenu, QPushButton, QWidget

from tests.helpers.shown import child
from tests.ui.conftest import User
from tests.ui.list_hands import focused, press_in, screen_of
from ucapdesk.base.clock import today
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual, HanName, PartialDate, PersonName, Refs, When
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.ui.record.child_list import ChildList
from ucapdesk.ui.screens.meeting_screen import AgendaList, AgendaRow, MeetingScreen
from ucapdesk.ui.screens.part_panel import QuickEntry

RETURN, TAB = Qt.Key.Key_Return, Qt.Key.Key_Tab


def person(desk: Desk, given: str) -> str:
    return records.add(desk, "person", {"name": PersonName("Probe", given)})


def people(user: User, meeting: str) -> list[Any]:
    return list(records.children(user.desk, meeting)["participation"])


def screen(user: User) -> MeetingScreen:
    return screen_of(user, MeetingScreen)


def chips(user: User) -> list[str]:
    return [token.chip.what.name for token in screen(user).people.chips.tokens]


@pytest.fixture
def meeting(sample_desk: Desk) -> str:
    """A meeting with a title."""
    return records.add(sample_desk, "meeting", {"title": Bilingual(en="Kick-off")})


# -- people ---------------------------------------------------------------------------------------


@pytest.mark.rule("W3", "T3")
def test_people_are_named_by_typing_and_somebody_unknown_is_made_in_one_step(user: User, meeting: str) -> None:
    known = person(user.desk, "Annalisa")
    user.open(meeting)
    line = focused(screen(user).people.chips.line)
    user.write(line, "annalisa")
    user.press(RETURN)
    assert [each.person for each in people(user, meeting)] == [known]
    user.write(line, "Quentin Unknown, Mayor of Gdansk")
    user.press(RETURN)
    assert len(people(user, meeting)) == 2
    made = people(user, meeting)[1].person
    assert records.titles(user.desk, [made])[made] == "Quentin Unknown"
    (post,) = records.children(user.desk, made)["affiliation"]
    assert post.post == Bilingual(en="Mayor of Gdansk")  # type: ignore[attr-defined]
    assert line.hasFocus(), "the next name can be typed"
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert [each.person for each in people(user, meeting)] == [known]
    assert records.get(user.desk, made).is_deleted
    assert len(chips(user)) == 1


@pytest.mark.row("M3")
@pytest.mark.rule("W3", "A5")
def test_a_chip_says_in_a_word_who_attended_and_its_menu_says_so(user: User, meeting: str) -> None:
    for name in ("Annalisa", "Berthold"):
        records.add(user.desk, "participation", {"owner": meeting, "person": person(user.desk, name)})
    user.open(meeting)
    field = screen(user).people
    first, second = field.people
    menu = field.make_menu(first)
    action = next(each for each in menu.actions() if each.objectName() == "attendance.excused")
    action.trigger()
    menu.deleteLater()
    assert people(user, meeting)[0].attendance == "excused"
    assert field.chips.tokens[0].chip.what.other == "Excused"
    user.click("meeting.attended")
    assert [each.attendance for each in people(user, meeting)] == ["excused", "attended"], "only where nothing was said"
    assert user.find(QPushButton, "meeting.attended").isHidden()
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert [each.attendance for each in people(user, meeting)] == ["excused", None]
    again = field.make_menu(field.people[0])
    next(each for each in again.actions() if each.isChecked()).trigger()
    again.deleteLater()
    assert people(user, meeting)[0].attendance is None, "said again, it is taken back"
    assert second.id == field.people[1].id


def test_enter_on_a_chip_opens_its_menu_and_delete_takes_the_person_out(
    user: User, meeting: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QMenu] = []
    monkeypatch.setattr(QMenu, "popup", lambda menu, _: opened.append(menu))
    records.add(user.desk, "participation", {"owner": meeting, "person": person(user.desk, "Annalisa")})
    user.open(meeting)
    press_in(user, screen(user).people.chips.tokens[0].chip, RETURN)
    (menu,) = opened
    assert [each.objectName() for each in menu.actions()][:3] == [
        "attendance.attended", "attendance.absent", "attendance.excused",
    ]  # fmt: skip
    menu.deleteLater()
    press_in(user, screen(user).people.chips.tokens[0].chip, Qt.Key.Key_Delete)
    assert people(user, meeting) == []
    assert user.window.toast.isVisible()


def test_those_who_are_expected_come_with_one_press(user: User) -> None:
    visit = records.add(user.desk, "visit", {"title": Bilingual(en="Delegation")})
    for name in ("Annalisa", "Berthold"):
        records.add(user.desk, "participation", {"owner": visit, "person": person(user.desk, name)})
    user.open(records.add(user.desk, "meeting", {"title": Bilingual(en="Kick-off"), "visit": visit}))
    button = user.find(QPushButton, "meeting.expected")
    assert button.text() == "Add all 2 who are expected"
    user.click("meeting.expected")
    assert len(chips(user)) == 2
    assert button.isHidden()


@pytest.mark.rule("S4", "V1")
def test_a_meeting_is_made_by_naming_somebody_before_its_title(user: User) -> None:
    count = records.count(user.desk, "meeting")
    person(user.desk, "Annalisa")
    user.window.record.show_new(KINDS["meeting"], given={"when": When(date="2026-11-24", start="15:00")})
    line = focused(screen(user).people.chips.line)
    user.write(line, "annalisa")
    assert records.count(user.desk, "meeting") == count
    user.press(RETURN)
    assert records.count(user.desk, "meeting") == count + 1
    made = user.window.record.id or ""
    assert records.get(user.desk, made).when.start == "15:00"  # type: ignore[attr-defined]
    assert len(people(user, made)) == 1


# -- minutes and actions --------------------------------------------------------------------------


def entries(user: User, meeting: str, kind: str = "minute_entry") -> list[str]:
    owned: Any = records.children(user.desk, meeting)[kind]
    return [each.text["en"] for each in owned]


def box(user: User, row: int, kind: str = "minute_entry") -> QWidget:
    return child(user.find(ChildList, f"parts.{kind}").rows[row], QWidget, "field.text.en")


@pytest.mark.row("M3")
@pytest.mark.rule("W3", "R3")
def test_enter_ends_an_entry_of_the_minutes_and_begins_the_next(user: User, meeting: str) -> None:
    user.open(meeting)
    user.click("parts.minute_entry.add")
    user.write(user.focus(), "Both agree")  # type: ignore[arg-type]  # it is a text box
    user.press(RETURN)
    assert entries(user, meeting) == ["Both agree"]
    assert user.focus() is box(user, 1), "the next can be typed at once"
    box(user, 0).setFocus()
    user.bot.keyClick(user.focus(), RETURN, Qt.KeyboardModifier.ShiftModifier)
    assert len(user.find(ChildList, "parts.minute_entry").rows) == 1, "the empty line is gone, and no other came"
    assert box(user, 0).toPlainText().count("\n") == 1  # type: ignore[attr-defined]  # as above


@pytest.mark.rule("R4")
def test_ctrl_j_makes_an_action_of_the_line_of_the_minutes_and_asks_whose_it_is(user: User, meeting: str) -> None:
    records.add(user.desk, "minute_entry", {"owner": meeting, "text": Bilingual(en="Send the schema")})
    user.open(meeting)
    press_in(user, box(user, 0), Qt.Key.Key_J, ctrl=True)
    assert (entries(user, meeting), entries(user, meeting, "action_item")) == ([], ["Send the schema"])
    row = user.find(ChildList, "parts.action_item").rows[0]
    owner = child(row, QWidget, "field.person")
    assert owner.isAncestorOf(user.focus())
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert (entries(user, meeting), entries(user, meeting, "action_item")) == (["Send the schema"], [])


@pytest.mark.rule("R4")
def test_ctrl_j_elsewhere_in_a_meeting_begins_an_action_of_it(user: User, meeting: str) -> None:
    user.open(meeting)
    user.press(Qt.Key.Key_J, ctrl=True)
    assert user.window.record.id == meeting
    user.write(user.focus(), "Call back")  # type: ignore[arg-type]  # it is a text box
    user.press(TAB)
    assert entries(user, meeting, "action_item") == ["Call back"]


@pytest.mark.rule("W3")
def test_what_earlier_meetings_left_open_is_ticked_off_in_this_one(user: User) -> None:
    ucap = user.id("ucap")
    before = records.add(
        user.desk, "meeting", {"ucap": ucap, "when": When(date="2030-11-01"), "title": Bilingual(en="A")}
    )
    values = {
        "owner": before,
        "status": "open",
        "due": PartialDate("2030-11-20"),
        "text": Bilingual(en="Name a contact"),
    }
    action = records.add(user.desk, "action_item", values)
    user.open(
        records.add(user.desk, "meeting", {"ucap": ucap, "when": When(date="2030-11-24"), "title": Bilingual(en="B")})
    )
    assert screen(user).carried.isVisibleTo(user.window)
    words = user.find(QWidget, "meeting.carried.0").findChildren(QLabel)
    user.bot.waitUntil(lambda: all(label.height() >= label.heightForWidth(label.width()) > 0 for label in words[1:]))
    user.find(QCheckBox, "meeting.carried.0.done").click()
    assert records.get(user.desk, action).status == "done"  # type: ignore[attr-defined]
    assert not screen(user).carried.isVisibleTo(user.window)
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert screen(user).carried.isVisibleTo(user.window)


# -- from anywhere --------------------------------------------------------------------------------


@pytest.mark.rule("R4", "W3")
def test_ctrl_m_gives_the_meeting_the_whole_width_and_done_gives_the_list_back(user: User) -> None:
    places = Refs([user.id("place")])
    now = today(user.desk.workspace.clock).isoformat()
    values = {"title": Bilingual(en="Now"), "dates": PartialDate(now), "host_places": places}
    visit = records.add(user.desk, "visit", values)
    user.window.enter_section("person")
    user.press(Qt.Key.Key_M, ctrl=True)
    whole_width = user.window.focused
    assert whole_width
    assert user.focus().objectName() == "field.title.en"
    given = user.window.record.begun
    assert given is not None
    assert (given[1]["visit"], given[1]["places"]) == (visit, places)
    user.write(user.focus(), "Corridor talk")  # type: ignore[arg-type]  # it is a line
    user.press(RETURN, ctrl=True)
    assert not user.window.focused
    assert user.window.section == "meeting"


def test_a_meeting_in_the_trash_is_only_shown(user: User, meeting: str) -> None:
    records.add(user.desk, "participation", {"owner": meeting, "person": person(user.desk, "Annalisa")})
    records.trash(user.desk, meeting)
    user.open(meeting)
    assert chips(user) == ["Annalisa Probe"]
    assert screen(user).people.chips.line.isHidden()
    assert user.find(QPushButton, "parts.action_item.add").isHidden()


def test_the_next_meeting_is_planned_from_the_page_and_found_from_it_again(user: User, meeting: str) -> None:
    records.add(user.desk, "action_item", {"owner": meeting, "text": Bilingual(en="Call back"), "status": "open"})
    user.open(meeting)
    user.click("meeting.next")
    after = user.window.record.id or ""
    assert user.value(meeting, "next_meeting") == after != meeting
    assert screen(user).carried.isVisibleTo(user.window)
    assert user.window.toast.isVisible()
    user.open(meeting)
    user.click("meeting.next")
    assert user.window.record.id == after


# -- minutes at the speed of talk -------------------------------------------------------------------


def test_an_entry_two_decisions_and_three_actions_take_ten_keys_and_clicks_beyond_their_text(user: User) -> None:
    known = person(user.desk, "Annalisa")
    user.window.record.show_new(KINDS["meeting"], given={"when": When(date="2026-11-02", start="15:00")})
    user.type("title.en", "Port talks", leave=False)
    line = screen(user).entry.line
    user.bot.mouseClick(line, Qt.MouseButton.LeftButton)
    strokes = 2  # the command, and this click
    for text in (
        "The port will grow", "! Both cities sign in May", "! English and Chinese are equal",
        "> send the list @annalisa 5 dec", "> book the hall by 10 dec", "> write the minutes",
    ):  # fmt: skip
        user.write(line, text)
        user.press(RETURN)
        strokes += 1
        assert line.hasFocus()
        assert line.text() == ""
    assert strokes <= 10
    meeting = user.window.record.id or ""
    owned: Any = records.children(user.desk, meeting)
    assert user.value(meeting, "title")["en"] == "Port talks"
    assert [(each.type, each.text["en"]) for each in owned["minute_entry"]] == [
        (None, "The port will grow"),
        ("decision", "Both cities sign in May"),
        ("decision", "English and Chinese are equal"),
    ]
    assert [(each.text["en"], each.person, each.due, each.status) for each in owned["action_item"]] == [
        ("send the list", known, PartialDate("2026-12-05"), "open"),
        ("book the hall", None, PartialDate("2026-12-10"), "open"),
        ("write the minutes", None, None, "open"),
    ]
    written = [each.id for each in owned["minute_entry"]]
    user.bot.waitUntil(lambda: [row.id for row in screen(user).lists["minute_entry"].rows] == written)
    user.window.do("edit.undo")
    assert len(records.children(user.desk, meeting)["action_item"]) == 2


@pytest.fixture
def planned(sample_desk: Desk) -> str:
    """A meeting with two items on its agenda, and one line of minutes that belongs to neither."""
    id_ = records.add(sample_desk, "meeting", {"title": Bilingual(en="Kick-off")})
    for title in ("Opening", "Buses"):
        records.add(sample_desk, "agenda_item", {"owner": id_, "title": Bilingual(en=title)})
    records.add(sample_desk, "minute_entry", {"owner": id_, "text": Bilingual(en="Both agree")})
    return id_


def agenda(user: User) -> AgendaList:
    return user.find(AgendaList, "parts.agenda_item")


def rows(user: User) -> list[AgendaRow]:
    user.bot.waitUntil(lambda: len(agenda(user).rows) == 2)
    return [row for row in agenda(user).rows if isinstance(row, AgendaRow)]


def minutes(user: User, planned: str) -> list[tuple[str, str | None]]:
    owned: Any = records.children(user.desk, planned)["minute_entry"]
    return [(each.text["en"], each.agenda_item) for each in owned]


@pytest.mark.rule("W3", "A5")
def test_an_item_is_ticked_with_space_or_the_mouse_and_the_heading_counts(user: User, planned: str) -> None:
    user.open(planned)
    first, second = rows(user)
    press_in(user, first.tick, Qt.Key.Key_Space)
    assert user.value(first.id or "", "done") is True
    assert user.find(QPushButton, "meeting.agenda.fold").text() == "Agenda  2 · 1 done"
    user.bot.mouseClick(second.tick, Qt.MouseButton.LeftButton, pos=second.tick.rect().center() / 4)
    assert user.find(QPushButton, "meeting.agenda.fold").text() == "Agenda  2 · 2 done"
    assert first.tick.accessibleName() == "Done: Opening"
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert user.value(second.id or "", "done") is None
    assert not second.tick.isChecked()
    press_in(user, first.tick, Qt.Key.Key_Space)
    assert user.value(first.id or "", "done") is None


@pytest.mark.rule("W3", "R3")
def test_an_item_unfolds_to_minutes_of_its_own(user: User, planned: str) -> None:
    user.open(planned)
    row = rows(user)[1]
    press_in(user, row.fold, Qt.Key.Key_Space)
    user.write(user.focus(), "Twenty are ordered")  # type: ignore[arg-type]  # the first line is begun
    user.press(RETURN)
    user.write(user.focus(), "The depot is ready")  # type: ignore[arg-type]  # the next one
    user.press(RETURN)
    assert minutes(user, planned)[1:] == [("Twenty are ordered", row.id), ("The depot is ready", row.id)]
    assert row.fold.text() == "Minutes  2"
    assert len(user.find(ChildList, "parts.minute_entry").rows) == 1, "the others stand above, without these"
    assert len(agenda(user).rows) == 2, "Enter in the minutes begins no item"
    press_in(user, row.fold, Qt.Key.Key_Space)
    assert row.minutes is not None
    assert row.minutes.isHidden()
    assert row.fold.text() == "Minutes  2"


@pytest.mark.rule("R4")
def test_ctrl_j_makes_an_action_of_a_line_under_an_item(user: User, planned: str) -> None:
    item = records.children(user.desk, planned)["agenda_item"][0].id
    entry = {"owner": planned, "agenda_item": item, "text": Bilingual(en="Send the schema")}
    records.add(user.desk, "minute_entry", entry)
    user.open(planned)
    row = rows(user)[0]
    assert row.fold.text() == "Minutes  1"
    user.bot.mouseClick(row.fold, Qt.MouseButton.LeftButton)
    assert row.minutes is not None
    focused(child(row.minutes.rows[0], QWidget, "field.text.en"))
    user.press(Qt.Key.Key_J, ctrl=True)
    assert minutes(user, planned) == [("Both agree", None)]
    actions: Any = records.children(user.desk, planned)["action_item"]
    assert [each.text["en"] for each in actions] == ["Send the schema"]
    user.press(Qt.Key.Key_Z, ctrl=True)
    assert minutes(user, planned)[-1] == ("Send the schema", item)
    assert len(row.minutes.rows) == 1


@pytest.mark.rule("W3")
def test_the_agenda_is_folded_to_its_heading_and_stays_so(user: User, planned: str) -> None:
    user.open(planned)
    item = rows(user)[0].id
    entry = records.add(
        user.desk, "minute_entry", {"owner": planned, "agenda_item": item, "text": Bilingual(en="Welcome")}
    )
    head = focused(user.find(QPushButton, "meeting.agenda.fold"))
    user.press(Qt.Key.Key_Space)
    assert (head.text(), head.accessibleDescription()) == ("Agenda  2 · 1 entry of minutes", "Folded")
    assert not any(row.isVisible() for row in agenda(user).rows)
    user.open(user.id("person"))
    user.open(planned)
    assert not any(row.isVisible() for row in agenda(user).rows)
    user.window.record.point_at_part([entry])
    found = agenda(user).row_of(entry)
    assert found is not None
    user.bot.waitUntil(found.isVisible)  # what is looked for is unfolded


def test_in_the_trash_nothing_is_ticked(user: User, planned: str) -> None:
    records.trash(user.desk, planned)
    user.open(planned)
    user.bot.waitUntil(lambda: bool(agenda(user).rows))
    assert not any(box.isEnabled() for box in agenda(user).findChildren(QCheckBox, "meeting.item.done"))


pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def entry(user: User) -> QuickEntry:
    """The line of a meeting at which nobody is."""
    user.open(records.add(user.desk, "meeting", {"title": Bilingual(en="Port data")}))
    screen = screen_of(user, MeetingScreen)
    screen.entry.line.setFocus()
    return screen.entry


def _person(user: User, family: str, given: str, **more: Any) -> str:
    return records.add(user.desk, "person", {"name": PersonName(family, given), **more})


def _owners(user: User) -> list[str | None]:
    owned = records.children(user.desk, user.record.id)["action_item"]
    return [getattr(each, "person", None) for each in owned]


def _people(user: User) -> int:
    return records.count(user.desk, "person")


def _menu(user: User) -> QMenu:
    menu = user.find(QMenu, "meeting.minutes.entry.who")
    user.bot.waitUntil(menu.isVisible)
    return menu


def _enter(user: User, entry: QuickEntry, typed: str) -> None:
    user.write(entry.line, typed)
    user.bot.keyClick(entry.line, Qt.Key.Key_Return)


def test_accents_need_not_be_typed(user: User, entry: QuickEntry) -> None:
    halina, before = _person(user, "Wrzesińska", "Halina"), _people(user)
    _enter(user, entry, "> send the list @wrzesinska 5 dec")
    assert _owners(user) == [halina]
    assert _people(user) == before


def test_part_of_a_name_offers_who_is_on_record_first(user: User, entry: QuickEntry) -> None:
    halina, before = _person(user, "Wrzesińska", "Halina"), _people(user)
    _enter(user, entry, "> send the list @Wrzes")
    assert _owners(user) == []
    menu = _menu(user)
    said = [action.text() for action in menu.actions()]
    assert said[-1] == "New: “Wrzes”"
    assert "Wrzesińska" in said[0]
    user.bot.keyClick(menu, Qt.Key.Key_Return)
    assert _owners(user) == [halina]
    assert _people(user) == before
    assert entry.line.text() == ""


def test_of_two_namesakes_one_is_chosen(user: User, entry: QuickEntry) -> None:
    both = {_person(user, "Zhang", "Wei", name_han=HanName("张", "伟")) for _ in range(2)}
    _enter(user, entry, "> 发送名单 @张伟")
    menu = _menu(user)
    assert len(menu.actions()) == 3
    user.bot.keyClick(menu, Qt.Key.Key_Down)
    user.bot.keyClick(menu, Qt.Key.Key_Return)
    (owner,) = _owners(user)
    assert owner in both


def test_somebody_new_may_have_a_name_that_begins_alike(user: User, entry: QuickEntry) -> None:
    _person(user, "Nowakowski", "Jan")
    before = _people(user)
    _enter(user, entry, "> send the list @Nowak about the port")
    menu = _menu(user)
    user.bot.keyClick(menu, Qt.Key.Key_Up)
    user.bot.keyClick(menu, Qt.Key.Key_Return)
    (owner,) = _owners(user)
    assert owner
    assert records.titles(user.desk, [owner], "en")[owner] == "Nowak"
    assert _people(user) == before + 1
