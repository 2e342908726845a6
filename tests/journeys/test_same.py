"""Records that are one thing: said at the window and from the command line."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QPushButton

from tests.helpers.waiting import MOMENT
from tests.journeys.conftest import AtDesk, run
from tests.journeys.dialogs import dialogs, has_keys
from tests.journeys.driver import Driver
from ucapdesk.base import settings
from ucapdesk.base.i18n import tr
from ucapdesk.model.values import PersonName
from ucapdesk.services.records import duplicates, records
from ucapdesk.store.read.duplicate_records import told_apart
from ucapdesk.ui.exchange.duplicates_dialog import DuplicatesDialog, compare
from ucapdesk.ui.fields.links import PickerDialog
from ucapdesk.ui.record import record_view


@pytest.fixture(autouse=True)
def _looked_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(record_view, "SIMILAR_DELAY_MS", MOMENT)


def test_the_command_line_finds_and_joins_and_parts(new_desk: Path, ask: Any) -> None:
    desk = new_desk
    made = [
        ask("add", desk, "person", "name.family=Zhang", "name.given=Wei", *more, "--json")["id"]
        for more in (["email=zw@x.cn"], ["name_han.family=张", "name_han.given=伟"])
    ]
    a, b = sorted(made)
    assert ask("same", desk, "--find", "--json") == [{"kind": "person", "a": a, "b": b, "why": ["name"]}]
    assert "same name" in ask("same", desk, "--find")
    assert f"({a})" in ask("same", desk, b, a)
    assert ask("same", desk, "--find", "--json") == []
    assert [each["id"] for each in ask("list", desk, "person", "--json")] == [a]
    shown = ask("show", desk, b, "--json")
    assert (shown["email"], shown["name_han"]["family"]) == ("zw@x.cn", "张")
    ask("same", desk, a, b, "--apart")
    assert len(ask("list", desk, "person", "--json")) == 2
    ask("same", desk, a, b, "--not")
    assert ask("same", desk, "--find", "--json") == []
    refused = run("same", desk, a, b, "--apart")
    assert refused.exit_code == 1
    assert "nothing to separate" in refused.stderr
    assert run("same", desk, a, "0" * 8).exit_code == 1
    assert run("same", desk, a).exit_code == 2
    assert run("same", desk, a, b, "--find").exit_code == 2


def pair_of(at_desk: AtDesk) -> tuple[str, str]:
    """Somebody who is there, recorded once more."""
    one = at_desk.found("zhang wei")[0]
    other = records.add(
        at_desk.desk, "person", {"name": PersonName("Zhang", "Wei"), "name_han": one.name_han, "whatsapp": "zw"}
    )
    return one.id, other


@pytest.mark.rule("R23")
def test_somebody_recorded_twice_is_seen_over_the_fields_and_made_one_with_the_keys(at_desk: AtDesk) -> None:
    one, other = pair_of(at_desk)
    window, desk = at_desk.window, at_desk.desk
    shown, hidden = sorted((one, other))
    window.show_record(other)
    at_desk.driver.wait(lambda: chips_of(at_desk))
    chip = chip_of(at_desk)
    name = records.titles(desk, [one], settings.load().interface_language)[one]
    assert name in chip.text()

    def answer(driver: Driver) -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, DuplicatesDialog)
        rows = {dialog.table.item(row, 0).text(): row for row in range(dialog.table.rowCount())}  # type: ignore[union-attr]
        assert len(rows) > 2
        driver.press("Ctrl+Return")

    chip.setFocus()
    at_desk.driver.press_into("Space", answer)
    assert records.listing(desk, "person", "zhang wei").count(hidden) == 0
    assert at_desk.shown.id == shown
    assert at_desk.shown.whatsapp == "zw"
    at_desk.driver.wait(lambda: chips_of(at_desk) and name not in chip_of(at_desk).text())

    def part(driver: Driver) -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, DuplicatesDialog)
        assert dialog.yes.isHidden()
        dialog.apart.setFocus()
        driver.press("Space")

    chip_of(at_desk).setFocus()
    at_desk.driver.press_into("Space", part)
    assert {one, other} <= set(records.listing(desk, "person"))
    at_desk.driver.press("Ctrl+Z")
    assert not {one, other} <= set(records.listing(desk, "person"))


def chips_of(at_desk: AtDesk) -> list[QPushButton]:
    """The word over the fields, where it is shown; it is made anew with the record."""
    return [each for each in at_desk.window.record.findChildren(QPushButton, "record.alike") if each.isVisible()]


def chip_of(at_desk: AtDesk) -> QPushButton:
    return chips_of(at_desk)[0]


@pytest.mark.rule("R23")
def test_which_value_is_shown_is_chosen_with_the_arrows(at_desk: AtDesk) -> None:
    one, other = pair_of(at_desk)
    records.edit(at_desk.desk, other, {"email": "other@x.cn"})
    shown, hidden = sorted((one, other))
    wanted: Any = records.get(at_desk.desk, hidden)
    at_desk.window.show_record(shown)
    at_desk.driver.wait(lambda: chips_of(at_desk))

    def answer(driver: Driver) -> None:
        dialog: Any = QApplication.activeModalWidget()
        fields = [dialog.table.data_of(row) for row in range(dialog.table.rowCount())]
        driver.press(*["Down"] * fields.index("email"), "Right")
        assert dialog.taken == {"email"}
        driver.press("Left", "Right", "Ctrl+Return")

    chip_of(at_desk).setFocus()
    at_desk.driver.press_into("Space", answer)
    assert at_desk.shown.email == wanted.email
    at_desk.driver.press("Ctrl+Z")
    assert {one, other} <= set(records.listing(at_desk.desk, "person"))


def test_any_two_records_are_named_as_different_or_the_same(at_desk: AtDesk) -> None:
    first, second = records.listing(at_desk.desk, "organisation")[:2]
    at_desk.window.show_record(first)
    title = records.titles(at_desk.desk, [second], settings.load().interface_language)[second]
    met: list[str] = []

    def name(driver: Driver, picker: Any) -> None:
        offered = [picker.items.item(row).data(Qt.ItemDataRole.UserRole) for row in range(picker.items.count())]
        assert first not in offered
        picker.filter.setText(title)
        driver.press("Return")

    def say_no(_: Driver, dialog: Any) -> None:
        met.append(dialog.pair.a)
        dialog.no.click()

    through(at_desk, lambda: at_desk.window.do("record.same_as"), (PickerDialog, name), (DuplicatesDialog, say_no))
    assert met == [min(first, second)]
    assert told_apart(at_desk.desk.db) == [tuple(sorted((first, second)))]


def through(at_desk: AtDesk, begin: Callable[[], None], *steps: tuple[type[QDialog], Callable[..., None]]) -> None:
    """Do something that opens one dialog after another, and go through them."""
    with dialogs(*((kind, partial(step, at_desk.driver)) for kind, step in steps), ready=has_keys):
        begin()


def test_undo_is_offered_for_one_answer_and_not_for_several(at_desk: AtDesk) -> None:
    pairs = [pair_of(at_desk), pair_of(at_desk)]
    alike = duplicates.find(at_desk.desk, {one for pair in pairs for one in pair})

    def say_no(_: Driver, dialog: Any) -> None:
        while dialog.isVisible():
            dialog.no.click()

    for asked in (alike[:1], alike[1:]):
        through(at_desk, partial(compare, at_desk.window, asked), (DuplicatesDialog, say_no))
        assert at_desk.window.toast.isVisible()
        assert at_desk.window.toast.button.isVisible() == (len(asked) == 1), "it takes back the last answer alone"
    assert len(told_apart(at_desk.desk.db)) == len(alike) > 2


@pytest.mark.rule("W5", "R23")
def test_who_only_looks_alike_is_told_apart_over_the_fields(at_desk: AtDesk) -> None:
    one, other = pair_of(at_desk)
    at_desk.window.show_record(one)
    at_desk.driver.wait(lambda: chips_of(at_desk))
    answers = {
        name: next(
            each for each in at_desk.window.record.findChildren(QPushButton, f"record.{name}") if each.isVisible()
        )
        for name in ("compare", "differs")
    }
    assert [each.text() for each in answers.values()] == [tr("same", "Compare"), tr("same", "Not the same")]
    answers["differs"].setFocus()
    at_desk.driver.press("Space")
    at_desk.driver.wait(lambda: not chips_of(at_desk))
    assert not answers["differs"].isVisible()
    assert {one, other} <= set(records.listing(at_desk.desk, "person"))
    assert at_desk.window.toast.isVisible()
    at_desk.driver.press("Ctrl+Z")
    at_desk.driver.wait(lambda: chips_of(at_desk))
