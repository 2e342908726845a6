"""The size and margins of dialogs: a dialog grows with the text, shows its sentences in full and stays on the screen."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog

from ucapdesk.ui.toolkit import theme

SCREEN_MARGIN = QSize(40, 80)
"""Pixels of the screen that window frames and system bars take."""


def make_room(dialog: QDialog) -> None:
    """Make a dialog higher where something came into it that does not fit."""
    layout = dialog.layout()
    assert layout is not None
    wide = dialog.width()
    down = layout.totalHeightForWidth(wide) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
    if down > dialog.height():
        dialog.resize(wide, min(down, dialog.screen().availableGeometry().height() - SCREEN_MARGIN.height()))


def fit(dialog: QDialog, width: int, height: int = 0) -> None:
    """Give a dialog its first size, in lengths of usual text; without a height it is as high as what is in it.

    Qt itself does not ask wrapped sentences how high they are at the width a dialog has.
    """
    layout = dialog.layout()
    assert layout is not None
    layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
    room = dialog.screen().availableGeometry().size() - SCREEN_MARGIN
    across = min(max(theme.px(width), layout.totalMinimumSize().width()), room.width())
    down = layout.totalHeightForWidth(across) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
    if not height:
        dialog.setMinimumHeight(min(down, room.height()))
    dialog.resize(across, min(max(theme.px(height), down if not height else 0), room.height()))
