"""The layout of the window as this user left it: size, splitter positions, and other values its parts keep.

Kept in the settings, by section where sections differ. Lengths that grow with the text are kept as at 100 %. What is
kept may have been written by another version or by hand, so each value is looked at before it is used.
"""

from __future__ import annotations

import logging
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QSplitter, QWidget

from ucapdesk.base import settings
from ucapdesk.ui.toolkit import theme

log = logging.getLogger(__name__)

_NAME = "arrangement"
FIRST_SIZE = (1280, 720)
PANES = (188, 320)
# Stands for sections whose splitters were never moved: they look like the one where they were moved last.
ANYWHERE = ""


class WindowLayout:
    """The state one window remembers; written when it closes."""

    def __init__(self) -> None:
        self._kept = settings.kept(_NAME)
        self._changed = False

    def of(self, part: str, name: str) -> Any:
        """Return the value kept for a part of the window under a name, None where there is none."""
        found = self._kept.get(part)
        return found.get(name) if isinstance(found, dict) else None

    def lengths(self, part: str, name: str, count: int) -> list[int] | None:
        found = self.of(part, name)
        fits = isinstance(found, list) and len(found) == count and all(type(n) is int and 0 < n < 10_000 for n in found)
        return found if fits else None

    def keep(self, part: str, name: str, value: object) -> None:
        if self.of(part, name) != value:
            found = self._kept.get(part)
            self._kept[part] = {**(found if isinstance(found, dict) else {}), name: value}
            self._changed = True

    def forget(self) -> None:
        self._kept, self._changed = {}, True

    def save(self) -> None:
        """Write the state if it changed; a disk error does not keep a window from closing."""
        if not self._changed:
            return
        try:
            settings.keep(_NAME, self._kept)
            self._changed = False
        except OSError as error:
            log.info("the arrangement of the window was not kept (%s)", type(error).__name__)

    # -- the size of the window -------------------------------------------------------------------

    def place(self, window: QMainWindow) -> None:
        room = window.screen().availableGeometry()
        across, down = self.lengths("window", "size", 2) or FIRST_SIZE
        window.resize(min(across, max(room.width(), FIRST_SIZE[0])), min(down, max(room.height(), FIRST_SIZE[1])))
        if self.of("window", "maximised") is True:
            window.setWindowState(Qt.WindowState.WindowMaximized)

    def note(self, window: QMainWindow) -> None:
        size = window.normalGeometry().size() if window.isMaximized() else window.size()
        if self.lengths("window", "size", 2) or (size.width(), size.height()) != FIRST_SIZE:
            self.keep("window", "size", [size.width(), size.height()])
        if window.isMaximized() or self.of("window", "maximised"):
            self.keep("window", "maximised", window.isMaximized())


class PaneSplitter(QSplitter):
    """The splitter of sections, list and record; its positions are remembered by section."""

    def __init__(self, kept: WindowLayout, parent: QWidget) -> None:
        super().__init__(parent)
        self._arrangement, self._section = kept, ANYWHERE
        self._folded, self._alone = False, False
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._moved)

    def show_for(self, section: str, *, folded: bool = False, alone: bool = False) -> None:
        """Meet where they met last in this section; the record gets what the others leave.

        Args:
            section: The place shown.
            folded: The sections are icons only.
            alone: There is no list.
        """
        self._section, self._folded, self._alone = section, folded, alone
        first, second = self._kept() or PANES
        sections = self.widget(0)
        wide = sections.minimumWidth() if folded and sections else theme.px(first)
        room = self.window().width() - wide
        list_ = theme.px(second) if self._kept() else max(second, min(theme.px(second), room * 2 // 5))
        self.setSizes([wide, list_, max(room - list_, 1)])

    def _kept(self) -> list[int] | None:
        kept = (self._arrangement.lengths("panes", name, 2) for name in (self._section, ANYWHERE))
        return next(filter(None, kept), None)

    def _moved(self) -> None:
        (first, second, _), kept = self.sizes(), self._kept() or PANES
        now = [kept[0] if self._folded else theme.at_100(first), kept[1] if self._alone else theme.at_100(second)]
        for name in (self._section, ANYWHERE):
            self._arrangement.keep("panes", name, now)
