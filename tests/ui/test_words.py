"""The words of the window: standard terms of desktop programs, and examples that are read as they stand."""

from __future__ import annotations

import re
from datetime import date

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from tests.ui.conftest import User
from ucapdesk.base.i18n import INTERFACE_LANGUAGES, tr, use_language
from ucapdesk.model.dates.parsing import type_date
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.model.text.assignments import read_value
from ucapdesk.model.text.itinerary_line import understand
from ucapdesk.model.text.typed_fields import example_of, read_typed
from ucapdesk.model.text.typed_lines import read_checklist_line
from ucapdesk.ui.window.command_table import LANGUAGE_COMMANDS

MENUS = {
    "en": {"Import…", "Send changes…", "New from clipboard…", "Edit selected…", "Go to date…", "Data retention…", "Conflicts",
           "Recent", "Merge duplicates…", "Copy support details", "Go to record", "Finish editing", "Next pane"},
    "de": {"Importieren…", "Änderungen senden…", "Neu aus Zwischenablage…", "Auswahl bearbeiten…", "Zu Datum gehen…", "Zuletzt geöffnet",
           "Aufbewahrungsfristen…", "Konflikte", "Dubletten zusammenführen…", "Rückgängig", "Einstellungen…", "Ausschneiden"},
    "zh": {"导入…", "发送更改…", "从剪贴板新建…", "编辑所选…", "转到日期…", "待处理冲突", "合并重复记录…", "下一窗格"},
}  # fmt: skip


def test_the_menus_use_the_terms_of_other_programs(user: User) -> None:
    for lang, terms in MENUS.items():
        user.window.do(LANGUAGE_COMMANDS[lang])
        said = {action.text().partition("\t")[0].replace("&", "") for action in user.window.findChildren(QAction)}
        assert terms - said == set(), lang


@pytest.mark.parametrize("lang", INTERFACE_LANGUAGES)
def test_every_example_of_a_field_is_read_as_it_stands(lang: str) -> None:
    use_language(lang)
    fields = [field for kind in LISTED.values() for field in kind.shown.values() if field.meta.example]
    assert len(fields) > 10
    for field in fields:
        assert read_typed(field, example_of(field), date(2026, 11, 2), lang) is not None, field.label()


def test_the_dates_of_a_visit_show_dates_as_their_example(user: User) -> None:
    user.window.record.show_new(LISTED["visit"])
    line = user.window.record.findChild(QLineEdit, "field.dates.line")
    assert line is not None
    assert line.placeholderText() == "14–18 Apr 2027"


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ("Gifts, 14 days before", -14),
        ("礼品，提前14天", -14),
        ("thank-you letters 7 days after", 7),
        ("感谢信，7天后", 7),
        ("Dankschreiben, 7 Tage danach", 7),
        ("regalos, 14 días antes", -14),
        ("doni, 14 giorni prima", -14),
    ],
)
def test_a_line_of_the_checklist_is_read_as_a_sentence(line: str, days: int) -> None:
    assert read_checklist_line(line)[0] == days


@pytest.mark.parametrize("lang", INTERFACE_LANGUAGES)
def test_what_the_window_gives_as_an_example_is_read_in_its_language(lang: str) -> None:
    use_language(lang)
    assert read_checklist_line(tr("visit", "Gifts, 14 days before"))[0] == -14
    said = understand(tr("visit", "0930 1030 meet the mayor @ city hall"), lang=lang)
    assert (said.start, said.end, said.kind) == ("09:30", "10:30", "meeting")
    assert said.place
    for dates in (
        tr("list", "2026, Nov 2026, 1–15 Nov 2026, from 1 Nov 2026"),
        tr("window", "25.11., 25 Nov, 2026-11-25"),
    ):
        for each in re.split("[,、] ?", dates):
            assert type_date(each, date(2026, 11, 2), lang).edtf.startswith("2026")


@pytest.mark.parametrize(
    "typed", ["1530 Treffen, Gruppe A, fest", "1530 meeting, grupo A, fijo", "1530 meeting, gruppo A, fisso"]
)
def test_a_group_and_a_fixed_time_are_said_in_the_languages_of_the_window(typed: str) -> None:
    said = understand(typed)
    assert (said.group, said.fixed) == ("A", True)


@pytest.mark.parametrize(("typed", "meant"), [("ja", True), ("Nein", False), ("sí", True), ("sì", True), ("no", False)])
def test_yes_and_no_are_said_in_the_languages_of_the_window(typed: str, meant: bool) -> None:
    assert read_value(KINDS["itinerary_item"].fields["confirmed"], typed) is meant


@pytest.mark.parametrize(
    ("line", "kind", "title"),
    [
        ("1200 almuerzo con el alcalde", "meal", "almuerzo con el alcalde"),
        ("1000 Besichtigung des Hafens", "site_visit", "Besichtigung des Hafens"),
        ("1545 visita dell’aeroporto", "site_visit", "visita dell’aeroporto"),
        ("0930 riunione DRC Liuzhou", "meeting", "DRC Liuzhou"),
        ("0900 colloqui gruppo a fisso", "meeting", None),
    ],
)
def test_an_item_is_typed_in_any_language_of_the_window(line: str, kind: str, title: str | None) -> None:
    said = understand(line)
    assert said.kind == kind
    assert title is None or dict(said.title or {}) == {"en": title}
