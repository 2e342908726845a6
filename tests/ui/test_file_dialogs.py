"""Where a file is written: its ending follows from the form that was chosen, and no file is written over unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from ucapdesk.ui.toolkit.file_dialogs import ask_where

FORMS = "PDF (*.pdf);;Word (*.docx)"


def _asked(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *answers: tuple[str, str]) -> tuple[Path | None, list[str]]:
    """Return what is written after these answers, and the names that were proposed."""
    proposed: list[str] = []
    left = list(answers)

    def ask(_: QWidget, __: str, name: str, ___: str) -> tuple[str, str]:
        proposed.append(name)
        return left.pop(0)

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    over = QWidget()
    qtbot.addWidget(over)
    return ask_where(over, "Save as…", "a.pdf", FORMS), proposed


@pytest.mark.parametrize(
    ("name", "form", "written"),
    [
        ("Mr. Li", "Word (*.docx)", "Mr. Li.docx"),
        ("b.DOCX", "PDF (*.pdf)", "b.DOCX"),
        ("c", "", "c.pdf"),
        ("d.txt", "PDF (*.pdf)", "d.txt.pdf"),
    ],
)
def test_a_name_without_one_of_the_endings_gets_that_of_the_form(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, name: str, form: str, written: str
) -> None:
    assert _asked(qtbot, monkeypatch, (str(tmp_path / name), form))[0] == tmp_path / written


@pytest.mark.parametrize("again", [True, False])
def test_a_file_that_is_there_is_asked_about_before_it_is_written_over(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, again: bool
) -> None:
    there = tmp_path / "a.pdf"
    there.touch()
    second = (str(there) if again else "", "PDF (*.pdf)")
    found, proposed = _asked(qtbot, monkeypatch, (str(tmp_path / "a"), "PDF (*.pdf)"), second)
    assert found == (there if again else None)
    assert proposed == ["a.pdf", str(there)]
