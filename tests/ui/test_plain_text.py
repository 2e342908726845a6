"""Text of records stands on every page as it was typed: nothing of it is taken for HTML, and no file is opened for it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from itertools import takewhile
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as RichText
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QMessageBox, QTextEdit, QWidget

from tests.helpers.chinese_records import fill_in
from tests.helpers.file_watch import opened_files
from tests.helpers.pages import PAGES
from tests.helpers.source_tree import ROOT
from tests.helpers.stage import Stage
from ucapdesk.base import settings
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.ui.toolkit.widgets import ask, set_tool_tip

ALLOWED = "ucapdesk/ui/toolkit/widgets.py"
# They mark differences, or lead to what is missing, in texts that they escape themselves.
ESCAPED = {
    "ucapdesk/ui/exchange/exchange_dialogs.py",
    "ucapdesk/ui/record/record_dialogs.py",
    "ucapdesk/ui/record/form.py",
}


@pytest.fixture
def probe(tmp_path: Path) -> Path:
    folder = tmp_path / "probe"
    folder.mkdir()
    (folder / "probe.png").write_bytes(b"not a picture")
    return folder / "probe.png"


def _typed(probe: Path) -> str:
    return f"<b>x</b><img src='{probe.as_uri()}'>"


def _read(text: str) -> bool:
    """Whether Qt would read a text as HTML, with what was typed in it."""
    return RichText.mightBeRichText(text) and "<b>x" in text


def _taken_for_html(page: QWidget) -> Iterator[str]:
    """Texts of a page that Qt would read as HTML although they were typed."""
    for widget in (page, *page.findChildren(QWidget)):
        if isinstance(widget, QLabel) and widget.textFormat() == Qt.TextFormat.AutoText and _read(widget.text()):
            yield f"a label that guesses: {widget.objectName()} {widget.text()!r}"
        if isinstance(widget, QLabel) and widget.textFormat() == Qt.TextFormat.RichText and "<b>x" in widget.text():
            yield f"a label of HTML: {widget.objectName()} {widget.text()!r}"
        if isinstance(widget, QTextEdit) and "<b>x" in widget.toHtml():
            yield f"a text of HTML: {widget.objectName()}"
        if _read(widget.toolTip()):
            yield f"a tooltip of {widget.objectName()}: {widget.toolTip()!r}"
        if isinstance(widget, QAbstractItemView) and (model := widget.model()) is not None:
            for row in range(50):
                for column in takewhile(partial(model.hasIndex, row), range(50)):
                    tip = model.index(row, column).data(Qt.ItemDataRole.ToolTipRole)
                    if isinstance(tip, str) and _read(tip):
                        yield f"a tooltip of an item of {widget.objectName()}: {tip!r}"


@pytest.mark.skipif(sys.platform != "linux", reason="file opens are watched by inotify")
def test_html_in_titles_is_shown_as_typed_on_every_page_and_opens_no_file(
    qapp: QApplication, tmp_path: Path, probe: Path
) -> None:
    typed = _typed(probe)
    settings.save(settings.Settings(person="Ana"))
    found: dict[str, None] = {}
    with workspace_service.new(tmp_path / "workspace", name=typed, person=typed) as desk:
        fill_in(desk, typed, "en")
        stage = Stage(qapp, desk)
        stage.dress("en")
        with closing(stage), opened_files(probe.parent) as opened:
            for page in PAGES:
                with stage.shown(page, 1366, 768) as shown:
                    found |= dict.fromkeys(f"{page.name}: {said}" for said in _taken_for_html(shown))
    assert not sorted(found)
    assert opened == []


def test_the_watch_sees_a_file_that_is_opened(probe: Path) -> None:
    with opened_files(probe.parent) as opened:
        probe.read_bytes()
    assert opened == ["probe.png"]


def test_a_tooltip_shows_what_was_typed(qapp: QApplication) -> None:
    label = QLabel()
    set_tool_tip(label, "R&D: <b>x</b>")
    assert RichText.mightBeRichText(label.toolTip())
    assert "&lt;b&gt;x&lt;/b&gt;" in label.toolTip()
    set_tool_tip(label, "R&D")
    assert label.toolTip() == "R&D"
    label.deleteLater()


def test_a_question_shows_what_was_typed(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[tuple[str, Qt.TextFormat]] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: shown.append((box.text(), box.textFormat())))
    assert ask(None, "question", "<b>x</b>", ["Close"]) is None
    assert shown == [("<b>x</b>", Qt.TextFormat.PlainText)]


def test_nothing_else_in_the_window_makes_labels_tooltips_or_questions() -> None:
    made = re.compile(
        r"\bQLabel\(|\(QLabel\)|QInputDialog[.(]|QProgressDialog\((?!\"\")|\.setToolTip\((?!without_markup)|QMessageBox\(|QMessageBox\.(?:about|critical|information|question|warning)\(|TextFormat\.RichText"
    )
    found = []
    for path in sorted((ROOT / "ucapdesk" / "ui").rglob("*.py")):
        name = path.relative_to(ROOT).as_posix()
        for line in path.read_text(encoding="utf-8").splitlines():
            if made.search(line) and name != ALLOWED and not (name in ESCAPED and "RichText" in line):
                found.append(f"{name}: {line.strip()}")
    assert found == []
