"""A kind of record may have a page of its own around its derived fields: tabs, panels, parts shown otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ucapdesk.base.i18n import Message
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.ui.record.presentation import Presentation
from ucapdesk.ui.record.record_screen import TabbedScreen
from ucapdesk.ui.record.record_view import RecordView
from ucapdesk.ui.window.window_layout import WindowLayout


class Screen(TabbedScreen):
    """Of projects: their road map on a tab of its own."""

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
    view = RecordView(sample_desk, WindowLayout())
    qtbot.addWidget(view)
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
