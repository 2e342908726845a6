"""Help ▸ About says which version this is, where newer ones are, and shows the licence of each part."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from ucapdesk import __version__
from ucapdesk.ui.toolkit.labels import PlainLabel
from ucapdesk.ui.window.help_dialogs import AboutDialog


def _said(dialog: AboutDialog, name: str) -> str:
    label = dialog.findChild(PlainLabel, name)
    assert label is not None
    return label.text()


def test_the_version_and_where_newer_ones_are(qtbot: QtBot) -> None:
    dialog = AboutDialog(lambda: None)
    qtbot.addWidget(dialog)
    assert __version__ in _said(dialog, "about.version")
    assert "newer" in _said(dialog, "about.newer")


def test_the_licence_of_the_chosen_part_is_shown_with_its_source(qtbot: QtBot) -> None:
    dialog = AboutDialog(lambda: None)
    qtbot.addWidget(dialog)
    assert "MIT License" in dialog.text.toPlainText()  # the program's own comes first
    (row,) = (row for row in range(dialog.table.rowCount()) if _cell(dialog, row) == "Qt")
    dialog.table.selectRow(row)
    shown = dialog.text.toPlainText()
    assert shown.startswith("Source: https://code.qt.io")
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in shown


def _cell(dialog: AboutDialog, row: int) -> str:
    item = dialog.table.item(row, 0)
    assert item is not None
    return item.text()
