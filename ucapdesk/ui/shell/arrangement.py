"""How this person has arranged the window: its size, where its panes meet, widths and order of columns.

Kept in the settings, by section where sections differ. Lengths that grow with the text are kept as at 100 %. What is
kept may have been written by another version or by hand, so each value is looked at before it is used.
"""

from __future__ import annotations

import logging
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QMainWindow, QSplitter, QWidget

from ucapdesk.base import settings
from ucapdesk.ui.look import theme

log = logging.getLogger(__name__)

_NAME = "arrangement"
SIZE = (1280, 720)
PANES = (188, 402)
ANYWHERE = ""
"""Stands for a section in which nothing was moved yet: it looks as the one where something was moved last."""


class Arrangement:
    """What one window remembers; written when it is closed."""

    def __init__(self) -> None:
        kept = settings.load().window.get(_NAME)
        self._kept: dict[str, Any] = dict(kept) if isinstance(kept, dict) else {}
        self._changed = False

    def of(self, part: str, name: str) -> Any:
        """What is kept of a part of the window under a name, None where nothing is."""
        found = self._kept.get(part)
        return found.get(name) if isinstance(found, dict) else None

    def lengths(self, part: str, name: str, count: int) -> list[int] | None:
        """As ``of``, where it is that many lengths."""
        found = self.of(part, name)
        fits = isinstance(found, list) and len(found) == count and all(type(n) is int and 0 < n < 10_000 for n in found)
        return found if fits else None

    def keep(self, part: str, name: str, value: object) -> None:
        """Remember something."""
        if self.of(part, name) != value:
            found = self._kept.get(part)
            self._kept[part] = {**(found if isinstance(found, dict) else {}), name: value}
            self._changed = True

    def forget(self) -> None:
        """Everything as it was at first."""
        self._kept, self._changed = {}, True

    def save(self) -> None:
        """Write it down, if there is something new; a disk that does not want it keeps nobody from closing a window."""
        if not self._changed:
            return
        try:
            chosen = settings.load()
            settings.save(chosen.with_(window={**chosen.window, _NAME: self._kept}))
            self._changed = False
        except OSError as error:
            log.info("the arrangement of the window was not kept (%s)", type(error).__name__)

    # -- the size of the window -------------------------------------------------------------------

    def place(self, window: QMainWindow) -> None:
        """Give a window its size, as far as the screen has room for it."""
        room = window.screen().availableGeometry()
        across, down = self.lengths("window", "size", 2) or SIZE
        window.resize(min(across, max(room.width(), SIZE[0])), min(down, max(room.height(), SIZE[1])))
        if self.of("window", "maximised") is True:
            window.setWindowState(Qt.WindowState.WindowMaximized)

    def note(self, window: QMainWindow) -> None:
        """Remember the size of a window, and that it fills the screen."""
        size = window.normalGeometry().size() if window.isMaximized() else window.size()
        if self.lengths("window", "size", 2) or (size.width(), size.height()) != SIZE:
            self.keep("window", "size", [size.width(), size.height()])
        if window.isMaximized() or self.of("window", "maximised"):
            self.keep("window", "maximised", window.isMaximized())


class Panes(QSplitter):
    """Sections, list and record beside each other; where they meet is remembered by section."""

    def __init__(self, kept: Arrangement, parent: QWidget) -> None:
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
        first, second = self._kept()
        sections = self.widget(0)
        wide = sections.minimumWidth() if folded and sections else theme.px(first)
        self.setSizes([wide, second, max(self.window().width() - wide - second, 1)])

    def _kept(self) -> list[int]:
        kept = (self._arrangement.lengths("panes", name, 2) for name in (self._section, ANYWHERE))
        return next(filter(None, kept), [*PANES])

    def _moved(self) -> None:
        (first, second, _), kept = self.sizes(), self._kept()
        now = [kept[0] if self._folded else theme.at_100(first), kept[1] if self._alone else second]
        for name in (self._section, ANYWHERE):
            self._arrangement.keep("panes", name, now)


class Columns:
    """Widths and order of the columns of one list, remembered by kind."""

    def __init__(self, kept: Arrangement, header: QHeaderView) -> None:
        self._arrangement, self._header = kept, header
        self._kind, self._names, self._listening = "", list[str](), False
        header.sectionResized.connect(self._resized)
        header.sortIndicatorChanged.connect(self._sorted)

    def expect(self, kind: str) -> None:
        """The columns of a kind come; what happens to the header meanwhile is nobody's wish."""
        self._listening = False
        if kind != self._kind:
            self._header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)

    def show(self, kind: str, names: list[str], widths: list[int]) -> None:
        """Give the columns of a kind the width and the order they were left with, or these widths and no order."""
        other, self._kind, self._names, self._listening = kind != self._kind, kind, names, False
        for column, width in enumerate(self._arrangement.lengths("columns", kind, len(names)) or widths):
            self._header.resizeSection(column, theme.px(width))
        if other:
            name, descending = self._order()
            order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
            self._header.setSortIndicator(names.index(name) if name in names else -1, order)
        self._listening = True

    def _order(self) -> tuple[str, bool]:
        found = self._arrangement.of("order", self._kind)
        fits = isinstance(found, list) and [type(part) for part in found] == [str, bool]
        return (found[0], found[1]) if fits else ("", False)

    def _resized(self) -> None:
        if self._listening:
            widths = [theme.at_100(self._header.sectionSize(column)) for column in range(len(self._names))]
            self._arrangement.keep("columns", self._kind, widths)

    def _sorted(self, column: int, order: object) -> None:
        if self._listening:
            name = self._names[column] if 0 <= column < len(self._names) else ""
            self._arrangement.keep("order", self._kind, [name, order == Qt.SortOrder.DescendingOrder])
