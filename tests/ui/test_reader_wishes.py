"""What readers wish of the window: more contrast, and that nothing moves, chosen in the settings or in the system."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QScrollBar,
    QStyle,
    QTabBar,
    QTreeView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from tests.ui.conftest import User
from ucapdesk.base import settings
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.theme import DARK, LIGHT, apply_theme, strong
from ucapdesk.ui.window.background_jobs import JobPanel

HIGH, REDUCED = Qt.ContrastPreference.HighContrast, Qt.MotionPreference.ReducedMotion


@pytest.fixture
def system(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What the system says, by the name of the preference."""
    says: dict[str, object] = {}
    monkeypatch.setattr(theme, "_preference", lambda _, name: says.get(name))
    return says


# -- contrast -----------------------------------------------------------------------------------------


@pytest.mark.rule("A6")
@pytest.mark.parametrize("by", ["system", "settings"])
def test_who_asks_for_contrast_gets_borders_and_no_tints(
    dressed: QApplication, system: dict[str, object], by: str
) -> None:
    if by == "system":
        system["contrastPreference"] = HIGH
    apply_theme(dressed, settings.Settings(theme="light", contrast="high" if by == "settings" else "system"))
    t = theme.tokens()
    assert {t.border, t.control} == {t.text}
    assert {t.tint, t.ok_tint, t.warn_tint, t.error_tint} == {t.surface}


@pytest.mark.rule("A6")
def test_the_system_is_asked_for_its_contrast(dressed: QApplication) -> None:
    assert dressed.styleHints().accessibility().contrastPreference() == Qt.ContrastPreference.NoPreference
    assert not theme.wants_contrast(dressed, settings.Settings())


@pytest.mark.rule("A6")
@pytest.mark.parametrize(("theme_name", "usual"), [("light", LIGHT), ("dark", DARK)])
def test_an_open_window_follows_the_contrast_of_the_system(
    user: User, system: dict[str, object], theme_name: str, usual: theme.Tokens
) -> None:
    settings.save(settings.load().with_(theme=theme_name))
    user.open(user.id("person"))
    user.window.dress_anew()
    assert _ground(user) == usual.window
    assert _edge(user) == usual.border
    for told, look in ((HIGH, strong(usual)), (Qt.ContrastPreference.NoPreference, usual)):
        system["contrastPreference"] = told
        style = QApplication.styleHints()
        style.accessibility().contrastPreferenceChanged.emit(told)
        assert theme.tokens() == look
        assert _edge(user) == look.border
        assert user.window.record.id == user.id("person")


def _ground(user: User) -> str:
    return user.window.palette().window().color().name().upper()


def _edge(user: User) -> str:
    """The colour of the line above the status bar, as it is drawn."""
    bar = user.window.statusBar()
    return QColor(bar.grab().toImage().pixel(bar.width() // 2, 0)).name().upper()


# -- movement -----------------------------------------------------------------------------------------


@pytest.mark.rule("A6")
def test_nothing_slides_or_fades(qtbot: QtBot, dressed: QApplication) -> None:
    effects = (Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_AnimateCombo, Qt.UIEffect.UI_AnimateTooltip)
    assert not any(dressed.isEffectEnabled(effect) for effect in effects)
    kinds = (QLineEdit, QPlainTextEdit, QComboBox, QPushButton, QScrollBar, QProgressBar, QTabBar, QTreeView, QMenu)
    hint, took = QStyle.StyleHint.SH_Widget_Animation_Duration, {}
    for kind in kinds:
        widget: QWidget = kind()
        qtbot.addWidget(widget)
        widget.ensurePolished()
        took[kind.__name__] = widget.style().styleHint(hint, None, widget)
    assert not {name: milliseconds for name, milliseconds in took.items() if milliseconds}


@pytest.mark.rule("A6")
def test_no_part_of_the_window_slides_or_fades(user: User) -> None:
    user.open(user.id("visit"))
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    parts = [each for each in user.window.findChildren(QWidget) if each.isVisible()]
    asked = [each for each in parts if each.objectName() != "qt_scrollarea_viewport"]  # it moves nothing by itself
    assert not [each for each in asked if each.style().styleHint(hint, None, each)]


@pytest.mark.rule("A6")
@pytest.mark.parametrize("by", ["system", "settings"])
def test_who_asks_for_stillness_sees_nothing_move(
    qtbot: QtBot, dressed: QApplication, system: dict[str, object], by: str
) -> None:
    if by == "system":
        system["motionPreference"] = REDUCED
    usual = dressed.cursorFlashTime()
    panel = JobPanel(lambda: None)
    qtbot.addWidget(panel)
    bar = panel.findChild(QProgressBar)
    assert bar is not None
    panel.show_state("Reading", (0, 0))
    assert (usual > 0, bar.maximum()) == (True, 0)
    apply_theme(dressed, settings.Settings(motion="none" if by == "settings" else "system"))
    panel.show_state("Reading", (0, 0))
    assert (dressed.cursorFlashTime(), bar.maximum()) == (0, 1)
    panel.show_state("Reading", (3, 7))
    assert (bar.value(), bar.maximum()) == (3, 7)
    system.clear()
    apply_theme(dressed, settings.Settings())
    assert dressed.cursorFlashTime() == usual


@pytest.mark.rule("A6")
def test_an_open_window_follows_the_movement_of_the_system(user: User, system: dict[str, object]) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    usual = app.cursorFlashTime()
    for told, blinks in ((REDUCED, 0), (Qt.MotionPreference.NoPreference, usual)):
        system["motionPreference"] = told
        style = QApplication.styleHints()
        style.accessibility().motionPreferenceChanged.emit(told)
        assert app.cursorFlashTime() == blinks
