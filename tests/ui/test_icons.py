"""Icons: there for every name, in the colour of the theme, sharp, and in step with the text."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QApplication

from tests.helpers.look import apply_look
from tests.helpers.source_tree import ROOT
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.icons import has_icon, icon


def _inks(found: QIcon, mode: QIcon.Mode = QIcon.Mode.Normal) -> set[str]:
    image = found.pixmap(QSize(20, 20), 1.0, mode).toImage()
    points = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return {point.name() for point in points if point.alpha() == 255}


@pytest.mark.parametrize("dark", [False, True])
def test_an_icon_has_the_colour_of_the_theme(dressed: QApplication, *, dark: bool) -> None:
    apply_look(dressed, dark=dark)
    tokens = theme.DARK if dark else theme.LIGHT
    assert _inks(icon("home_filled")) == {QColor(tokens.text).name()}
    assert _inks(icon("home_filled", colour="accent")) == {QColor(tokens.accent).name()}
    assert _inks(icon("home_filled"), QIcon.Mode.Disabled) == {QColor(tokens.disabled).name()}


def test_an_icon_is_not_tinted_in_a_chosen_row(dressed: QApplication) -> None:
    assert _inks(icon("home_filled"), QIcon.Mode.Selected) == _inks(icon("home_filled"))


def test_an_icon_is_sharp_on_a_finer_screen(dressed: QApplication) -> None:
    for ratio in (1.0, 1.5, 2.0):
        assert icon("print").pixmap(QSize(20, 20), ratio).size() == QSize(round(20 * ratio), round(20 * ratio))


def test_an_icon_grows_with_the_text(dressed: QApplication) -> None:
    apply_look(dressed, dark=False, text_size=200)
    assert icon("print").availableSizes()[0] == QSize(40, 40)


def test_a_name_that_is_not_there_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        icon("no such icon")
    assert not has_icon("no such icon")


def _named_in(path: Path) -> list[str]:
    return re.findall(r'\bicon\("(\w+)"', path.read_text(encoding="utf-8"))


def test_every_icon_the_window_names_is_bundled() -> None:
    files = sorted((ROOT / "ucapdesk" / "ui").rglob("*.py"))
    missing = [f"{path.name}: {name}" for path in files for name in _named_in(path) if not has_icon(name)]
    assert not missing
