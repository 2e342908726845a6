"""Sets the font of the whole application."""

from __future__ import annotations

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from ucapdesk.ui.toolkit import sizes

CLASSES = (
    "QAbstractItemView", "QCheckBox", "QComboLineEdit", "QComboMenuItem", "QDockWidgetTitle", "QHeaderView", "QLabel",
    "QListBox", "QListView", "QMdiSubWindowTitleBar", "QMenu", "QMenuBar", "QMenuItem", "QMessageBox", "QMiniFont",
    "QPushButton", "QRadioButton", "QSmallFont", "QStatusBar", "QTipLabel", "QTitleBar", "QToolButton",
)  # fmt: skip
"""The classes that a platform may give a font of its own, which then comes before the application's; Windows does."""


def use_font(font: QFont) -> None:
    """Use a font everywhere, whatever the system has for single classes."""
    QApplication.setFont(font)
    sizes.scale_to(font.pixelSize())
    keep_font(font)


def keep_font(font: QFont) -> None:
    """Use it for single classes too; with each style and sheet Windows' plugin gives them its own again."""
    for name in CLASSES:
        if font_of_class(name) != font:
            QApplication.setFont(font, name)  # type: ignore[arg-type] # PySide takes text, whatever its stubs say


def font_of_class(name: str) -> QFont:
    """Return the font that widgets of a class get."""
    return QApplication.font(name)  # type: ignore[call-overload,no-any-return] # as above
