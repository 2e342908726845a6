"""Ctrl+K over records and commands, the records opened last, and the way back and forward."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit

from tests.helpers.shown import said_by
from tests.ui.conftest import User
from ucapdesk.base import settings
from ucapdesk.base.clock import today
from ucapdesk.model.values import Bilingual, Codes, PartialDate, PersonName
from ucapdesk.services.records import attached_files, records, search
from ucapdesk.services.workspaces import maintenance
from ucapdesk.ui.lists.list_views import SECOND_LINE
from ucapdesk.ui.window import main_window
from ucapdesk.ui.window.command_table import COMMANDS
from ucapdesk.ui.window.commands import file_commands, menu_commands
from ucapdesk.ui.window.main_window import NavigationHistory, WindowPlace
from ucapdesk.ui.window.search_box import COMMAND
from ucapdesk.ui.window.sections import TRASH

# What is offered before anything is typed, after the records opened last.
STARTERS = [("", name) for name in ("record.meeting", "record.action", "file.give", "file.receive", "file.tomorrow")]


@pytest.fixture(autouse=True)
def _everything_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests are quicker than people: nothing counts as passed on the way."""
    monkeypatch.setattr(main_window, "PASSING", 0.0)


def _ask(user: User, typed: str) -> list[tuple[str, str]]:
    """What the search offers: a record's id or "" and a command's name or ""."""
    user.press(Qt.Key.Key_K, ctrl=True)
    if typed:
        user.write(user.window.search, typed)
    hits = user.window.search.hits
    items = [item for item in (hits.item(row) for row in range(hits.count())) if item.flags()]
    return [(item.data(Qt.ItemDataRole.UserRole) or "", item.data(COMMAND) or "") for item in items]


def _shown(user: User) -> str | None:
    return user.window.record.id


def _alt(user: User, key: Qt.Key) -> None:
    user.bot.keyClick(user.focus(), key, Qt.KeyboardModifier.AltModifier)


TYPED = {
    "view.english": {"larger": "view.larger", "text larger": "view.larger", "trash": "view.trash"},
    "view.chinese": {
        "历史": "record.history", "lishi": "record.history", "guanyu": "help.about", "hsz": "view.trash",
    },
}  # fmt: skip


def test_commands_are_found_by_words_pinyin_and_initials(user: User) -> None:
    for language, commands in TYPED.items():
        user.window.do(language)
        user.open(user.id("meeting"))
        for typed, command in commands.items():
            assert command in [name for _, name in _ask(user, typed)], typed


@pytest.mark.rule("R12", "W11")
def test_records_come_before_commands_and_a_command_tells_its_menu_and_key(user: User) -> None:
    offered = _ask(user, "li")
    kinds = ["record" if id_ else "command" for id_, _ in offered]
    assert kinds == sorted(kinds, reverse=True)
    assert {"record", "command"} == set(kinds)
    _ask(user, "larger")
    hits = user.window.search.hits
    item = hits.item(hits.count() - 1)
    assert item.data(SECOND_LINE) == "Command in the menu View · Ctrl++"
    assert item.data(Qt.ItemDataRole.AccessibleTextRole).startswith("Larger text, Command")


@pytest.mark.rule("R12")
def test_enter_gives_a_command_and_only_those_are_offered_that_make_sense(user: User) -> None:
    assert "record.history" not in [name for _, name in _ask(user, "history")]
    user.press(Qt.Key.Key_Escape)
    assert _ask(user, "show trash")[-1] == ("", "view.trash")
    user.press(Qt.Key.Key_Up)
    user.press(Qt.Key.Key_End)
    user.press(Qt.Key.Key_Return)
    assert user.window.sections.currentItem().data(Qt.ItemDataRole.UserRole) == TRASH
    assert not user.window.search.hits.isVisible()


def test_a_command_typed_right_stands_before_records_that_are_only_near(user: User) -> None:
    records.add(user.desk, "person", {"name": PersonName("Histori", "Anna")})
    user.open(user.id("meeting"))
    assert _ask(user, "history") == [("", "record.history")]


@pytest.mark.rule("R12", "W11")
def test_before_anything_is_typed_the_records_opened_last_are_offered(user: User) -> None:
    assert _ask(user, "") == STARTERS
    meeting, person, ucap = (user.id(kind) for kind in ("meeting", "person", "ucap"))
    for id_ in (meeting, person, ucap, person):
        user.open(id_)
    assert _ask(user, "") == [(ucap, ""), (meeting, ""), *STARTERS], "not the one that is shown"
    user.press(Qt.Key.Key_Down)
    user.press(Qt.Key.Key_Return)
    assert user.window.record.id == meeting
    assert user.window.list.view.hasFocus()


@pytest.mark.rule("W11", "R12")
def test_giving_and_tomorrows_pack_are_begun_from_the_search(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[str] = []
    monkeypatch.setattr(file_commands, "print_paper", lambda _, ids, *more: printed.extend(ids))
    _ask(user, "tomorrow")
    user.press(Qt.Key.Key_Return)
    assert said_by(user.window.status).startswith("No visit takes place tomorrow")
    day = today(user.desk.workspace.clock) + timedelta(1)
    visit = records.add(user.desk, "visit", {"dates": PartialDate(day.isoformat())})
    _ask(user, "tomorrow")
    user.press(Qt.Key.Key_Return)
    assert printed == [visit]
    _ask(user, "send changes")
    user.press(Qt.Key.Key_Return)
    assert user.window.section == ":exchange"


def test_letters_typed_among_the_hits_go_on_with_the_search(user: User) -> None:
    user.open(user.id("person"))
    _ask(user, "ben")
    user.press(Qt.Key.Key_Up)
    assert user.window.search.hits.hasFocus()
    user.press(Qt.Key.Key_I)
    assert user.window.search.text() == "beni"
    assert user.window.search.hasFocus()


def test_escape_goes_back_to_the_text_one_was_in(user: User) -> None:
    user.open(user.id("meeting"))
    box = user.box("title.en")
    box.setFocus()
    _ask(user, "larger")
    user.press(Qt.Key.Key_Escape)
    assert box.hasFocus()
    assert not user.window.search.text()


def test_escape_goes_to_the_list_from_a_search_begun_with_the_mouse(user: User) -> None:
    user.open(user.id("meeting"))
    user.open(user.id("person"))
    user.bot.mouseClick(user.window.search, Qt.MouseButton.LeftButton)
    assert user.window.search.hits.count() == 1 + len(STARTERS)
    user.press(Qt.Key.Key_Escape)
    assert user.window.list.view.hasFocus()
    assert not user.window.search.hits.isVisible()


def test_what_is_in_the_trash_is_no_longer_among_the_records_opened_last(user: User) -> None:
    meeting = user.open(user.id("meeting"))
    user.window.do("record.trash")
    assert meeting not in [id_ for id_, _ in _ask(user, "")]


@pytest.mark.rule("R14")
def test_the_go_menu_lists_twenty_records_and_opens_them(user: User) -> None:
    people, meetings = records.listing(user.desk, "person"), records.listing(user.desk, "theme")
    places = records.listing(user.desk, "place")
    opened = [*people, *meetings, *places][:25]
    assert len(opened) == 25
    for id_ in opened:
        user.open(id_)
    user.window.menus.recent.aboutToShow.emit()
    entries = user.window.menus.recent.actions()
    assert len(entries) == 20
    entries[-1].trigger()
    assert user.window.record.id == opened[5]


@pytest.mark.rule("R14")
def test_the_records_opened_last_are_kept_for_the_next_start_by_workspace(user: User) -> None:
    opened = [user.id("meeting"), user.id("person")]
    for id_ in opened:
        user.open(id_)
    user.window.close()
    assert NavigationHistory(user.desk.workspace.id).recent() == opened[::-1]
    assert NavigationHistory("another").recent() == []
    settings.save(settings.load().with_(window={"recent_records": {user.desk.workspace.id: [1, None], "x": 3}}))
    assert NavigationHistory(user.desk.workspace.id).recent() == []


@pytest.mark.rule("R8", "R14")
def test_back_and_forward_move_between_lists_and_records_and_change_nothing(user: User) -> None:
    before = maintenance.digest(user.desk, log=True)
    meeting, person = user.id("meeting"), user.id("person")
    user.open(meeting)
    user.open(person)
    user.window.enter_section("visit")
    _alt(user, Qt.Key.Key_Left)
    assert _shown(user) == person
    _alt(user, Qt.Key.Key_Left)
    assert _shown(user) == meeting
    assert user.window.list.table.kind.name == "meeting"
    _alt(user, Qt.Key.Key_Left)
    assert _shown(user) is None
    assert not user.window.commands.can(COMMANDS["go.back"])
    for _ in range(3):
        _alt(user, Qt.Key.Key_Right)
    assert user.window.list.table.kind.name == "visit"
    assert not user.window.commands.can(COMMANDS["go.forward"])
    assert maintenance.digest(user.desk, log=True) == before


@pytest.mark.rule("R8")
def test_back_saves_what_is_being_typed_and_undoes_nothing(user: User) -> None:
    user.open(user.id("person"))
    meeting = user.open(user.id("meeting"))
    user.type("title.en", "Opening", leave=False)
    _alt(user, Qt.Key.Key_Left)
    assert user.record.id == user.id("person")
    assert user.value(meeting, "title")["en"] == "Opening"


def test_going_elsewhere_after_back_forgets_the_way_forward(user: User) -> None:
    one, two, three = (user.id("meeting", at) for at in range(3))
    for id_ in (one, two):
        user.open(id_)
    user.window.do("go.back")
    user.open(three)
    assert not user.window.commands.can(COMMANDS["go.forward"])
    user.window.do("go.back")
    assert user.window.record.id == one


def test_the_place_is_kept_when_the_language_changes(user: User) -> None:
    user.open(user.id("person"))
    user.open(user.id("meeting"))
    user.window.do("view.chinese")
    _alt(user, Qt.Key.Key_Left)
    assert user.window.record.id == user.id("person")


def test_rows_passed_with_the_arrow_keys_are_no_places_to_go_back_to(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(main_window, "PASSING", 60.0)
    way = NavigationHistory("w")
    way.note(WindowPlace("person"))
    way._since = float("-inf")
    for row in ("a", "b", "c"):
        way.note(WindowPlace("person", row))
    assert way.recent() == ["c"]
    assert way.step(-1) == WindowPlace("person")


def test_a_new_record_is_a_place_once_it_is_made(user: User) -> None:
    user.window.show_section("meeting")
    user.press(Qt.Key.Key_N, ctrl=True)
    assert not user.window.trail.recent()
    user.type("title.en", "Kick-off")
    assert user.window.trail.recent() == [user.window.record.id]
    assert isinstance(user.focus(), QPlainTextEdit) or user.focus() is not user.window.list.view


def test_every_command_has_a_label_that_finds_it(user: User) -> None:
    labels = {each.name: each.title.say() for each in menu_commands()}
    for name, label in labels.items():
        assert name in search.named(label.strip("…"), labels)


# -- the order of what is found -------------------------------------------------------------------


def _people(user: User, *names: tuple[str, str]) -> list[str]:
    return [
        records.add(user.desk, "organisation", {"name": Bilingual(en=english, zh=chinese)})
        for english, chinese in names
    ]


@pytest.mark.row("X1")
@pytest.mark.rule("F1", "R13")
def test_a_record_is_found_by_either_language_pinyin_initials_tags_and_its_files(user: User, tmp_path: Path) -> None:
    values = {"name": Bilingual(en="Señal Institute", zh="信号研究所"), "tags": Codes(["blue-tag"])}
    made = records.add(user.desk, "organisation", values)
    (tmp_path / "scan-of-it.txt").write_text("x", encoding="utf-8")
    (file,) = attached_files.attach(user.desk, made, [tmp_path / "scan-of-it.txt"])
    for typed in ("Señal", "senal", "信号研究所", "信号", "xinhaoyanjiusuo", "xhyjs", "blue-tag", "scan-of-it"):
        assert (file if typed == "scan-of-it" else made) in [id_ for id_, _ in _ask(user, typed)], typed


@pytest.mark.rule("F2")
def test_one_and_two_characters_are_found_as_surely_as_longer_words(user: User) -> None:
    (made,) = _people(user, ("DRC", "柳州市发改委"))
    for typed in ("柳", "柳州", "发改", "委"):
        assert made in [id_ for id_, _ in _ask(user, typed)], typed


@pytest.mark.rule("F3")
def test_exact_starts_come_before_words_before_initials_before_the_rest(user: User) -> None:
    rest, initials, word, start = _people(
        user, ("Nothing", "无"), ("Other", "新能源"), ("The xny works", "工厂"), ("Xny company", "公司")
    )
    records.edit(user.desk, rest, {"notes": Bilingual(en="about xny")})
    assert [id_ for id_, _ in _ask(user, "xny") if id_] == [start, word, initials, rest]


@pytest.mark.rule("F3", "R12")
def test_what_was_opened_lately_comes_first_among_equals(user: User) -> None:
    made = _people(user, *((f"Zebra {number}", f"斑马 {number}") for number in range(4)))
    for id_ in (made[2], user.id("meeting")):
        user.open(id_)
    assert _ask(user, "zebra")[0] == (made[2], "")


@pytest.mark.rule("F3")
def test_twenty_are_shown_kind_by_kind_and_how_many_there_are(user: User) -> None:
    _people(user, *((f"Zebra {number}", "") for number in range(30)))
    records.add(user.desk, "place", {"name": Bilingual(en="Zebra")})
    offered = [id_ for id_, _ in _ask(user, "zebra") if id_]
    assert len(offered) == 20
    kinds = [type(records.get(user.desk, id_)).__tablename__ for id_ in offered]
    assert kinds == sorted(kinds, key=kinds.index)
    hits = user.window.search.hits
    texts = [hits.item(row).text() for row in range(hits.count())]
    assert "Organisations" in texts
    assert "20 of 31 found; more letters find fewer" in texts


def test_headings_are_passed_over_by_the_keys(user: User) -> None:
    _people(user, ("Zebra 1", ""), ("Zebra 2", ""))
    _ask(user, "zebra")
    hits = user.window.search.hits
    assert hits.currentItem().text() in ("Zebra 1", "Zebra 2")
    user.press(Qt.Key.Key_Down)
    assert hits.currentItem().flags()
    user.press(Qt.Key.Key_Return)
    assert user.window.list.table.kind.name == "organisation"


def test_words_that_this_list_does_not_hold_are_searched_everywhere(user: User) -> None:
    (made,) = _people(user, ("Zebra", "斑马"))
    user.window.enter_section("meeting")
    user.window.list.filter.setText("斑马")
    user.window.list.empty.everywhere.click()
    hits = user.window.search.hits
    assert user.window.search.text() == "斑马"
    assert made in [hits.item(row).data(Qt.ItemDataRole.UserRole) for row in range(hits.count())]
