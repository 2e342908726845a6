"""The parts of a chip field: a chip with its ×, and the input line after the last one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QWidget,
)

from ucapdesk.base.i18n import tr
from ucapdesk.services.records.link_choices import NamedRecord
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import tool
from ucapdesk.ui.toolkit.inputs import LineEdit
from ucapdesk.ui.toolkit.layout_builder import grow, row
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.plain_text import set_tool_tip
from ucapdesk.ui.toolkit.row_painter import draw_pair, draw_wrapped

ALONE, BESIDE_CHIPS = 10_000, 24
"""Preferred widths of the line: all there is, or no more than its text where chips stand before it."""
MAX_CHIP_PX, TARGET, SECOND_LINE, EDGES = 640, 24, 20, 14


class Chip(QPushButton):
    """The name of one thing, followed by its other language in a quieter colour, or with it below where there is no room."""

    def __init__(self, what: NamedRecord, parent: QWidget, key: Callable[[QKeyEvent], bool]) -> None:
        """``key``: the field around it, to which keys are first offered."""
        super().__init__(parent)
        self.what, self._key = what, key
        self._widths: list[int] = []
        """The widths of both halves on one line and of each alone, in the font of now; layouts ask for them very often."""
        self.setProperty("role", "row")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # a long name gives way
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName(" ".join(filter(None, (what.name, what.other))))
        set_tool_tip(self, self.accessibleName())

    def sizeHint(self) -> QSize:
        return QSize(min(self._measured()[0], theme.px(MAX_CHIP_PX)), theme.px(TARGET))

    @property
    def _halves(self) -> list[str]:
        return [half for half in (self.what.name, self.what.other) if half]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._key(event):
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        self._widths = []

    def _measured(self) -> list[int]:
        if not self._widths:
            advance = self.fontMetrics().horizontalAdvance
            self._widths = [advance(text) + EDGES for text in ("  ".join(self._halves), *self._halves)]
        return self._widths

    def _lines(self, width: int) -> list[int]:
        """Return on how many lines each half stands where both do not fit on one."""
        whole, *halves = self._measured()
        return [] if width >= whole else [1 if half <= width else 2 for half in halves]

    def heightForWidth(self, width: int) -> int:
        width = min(width, theme.px(MAX_CHIP_PX))  # it is no wider, however much room there is
        return theme.px(TARGET) + max(0, sum(self._lines(width)) - 1) * theme.px(SECOND_LINE)

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(12), theme.px(TARGET))

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QPainter(self)
        self.style().drawControl(QStyle.ControlElement.CE_PushButton, option, painter, self)
        painter.setFont(self.font())
        room, lines = self.rect().adjusted(7, 0, -5, 0), self._lines(self.width())
        if not lines:
            draw_pair(painter, room, self.what.name, self.what.other)
        for half, high, quiet in zip(self._halves, lines, (False, True), strict=False):
            room.setHeight(self.height() * high // sum(lines))
            draw_wrapped(painter, room, half, high, quiet=quiet)
            room.translate(0, room.height())
        painter.end()


class Token(QFrame):
    """A chip with the × that removes it."""

    def __init__(self, what: NamedRecord, name: str, parent: QWidget, key: Callable[[QKeyEvent], bool]) -> None:
        super().__init__(parent)
        self.setProperty("role", "token")
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)  # no wider than its name
        self.key = what.key
        self.chip = named(Chip(what, self, key), f"{name}.token.{what.key}")
        said, by_mouse = tr("form", "Remove {name}", name=what.name), Qt.FocusPolicy.NoFocus
        remove = f"{name}.remove.{what.key}"
        self.remove = tool(remove, "dismiss", said, parent=self, size=12, colour="text2", focus=by_mouse)
        self.remove.setProperty("role", "inside")
        self.remove.setIconSize(QSize(theme.px(12), theme.px(12)))
        self.remove.setFixedSize(theme.px(TARGET), theme.px(TARGET))
        row(grow(self.chip), self.remove, on=self, gap=0, margins=(1, 0))


class EntryLine(LineEdit):
    """A line whose keys are first offered to the field around it."""

    takes_escape = True
    """Whether the field does something at Escape."""

    def __init__(self, parent: QWidget, key: Callable[[QKeyEvent], bool]) -> None:
        super().__init__(parent)
        self._key = key

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and not self.composing:
            if event.type() == QEvent.Type.KeyPress and self._key(event):
                return True  # here, because Tab never comes as far as keyPressEvent
            escape = event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape
            if escape and self.takes_escape:
                event.accept()
                return True
        return super().event(event)


class TokenLine(EntryLine):
    """The line for typing names; Escape is the field's while its list is shown."""

    takes_escape = False

    def __init__(self, parent: QWidget, key: Callable[[QKeyEvent], bool]) -> None:
        super().__init__(parent, key)
        self.setProperty("role", "inside")
        self.alone = True
        """Whether no chip stands before it."""

    def sizeHint(self) -> QSize:
        needed = self.fontMetrics().horizontalAdvance(self.text() + self.preedit) + theme.px(16)
        return QSize(ALONE if self.alone else max(needed, theme.px(BESIDE_CHIPS)), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(theme.px(BESIDE_CHIPS), super().minimumSizeHint().height())
