"""The text of a file in the window, read-only: lines to be selected, facts marked where they stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from ucapdesk.ui.toolkit import rare_faces, theme
from ucapdesk.ui.toolkit.named import named

if TYPE_CHECKING:
    from ucapdesk.services.files.incoming_files import TextSpan


class PaperView(QPlainTextEdit):
    """The lines of a file.

    Signals:
        pointed(int, int): somebody clicked on a character of a line.
    """

    pointed = Signal(int, int)

    def __init__(self, name: str, title: str, lines: Sequence[str], parent: QWidget | None = None) -> None:
        text = "\n".join(" ".join(line.splitlines()) for line in lines)
        rare_faces.show(text)
        super().__init__(text, parent, readOnly=True, tabChangesFocus=True)
        named(self, name, title)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def sizeHint(self) -> QSize:
        return QSize(430, 300)

    def mark(self, facts: Iterable[TextSpan], current: Iterable[TextSpan]) -> None:
        """Mark the facts that are taken, and the current one more strongly; it is scrolled to."""
        shades = theme.tokens()
        now = list(current)
        self.setExtraSelections([
            *(self._shaded(mark, shades.tint, shades.text) for mark in facts),
            *(self._shaded(mark, shades.accent, shades.on_accent) for mark in now),
        ])  # fmt: skip
        if now:
            cursor = self._at(now[0])
            cursor.setPosition(cursor.selectionStart())
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def _shaded(self, mark: TextSpan, back: str, front: str) -> QTextEdit.ExtraSelection:
        made = QTextEdit.ExtraSelection()
        made.cursor = self._at(mark)
        made.format.setBackground(QColor(back))
        made.format.setForeground(QColor(front))
        return made

    def _at(self, mark: TextSpan) -> QTextCursor:
        block = self.document().findBlockByNumber(mark.line)
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + _units(block.text(), mark.start))
        cursor.setPosition(block.position() + _units(block.text(), mark.end), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell where somebody clicked."""
        super().mousePressEvent(event)
        cursor = self.cursorForPosition(event.position().toPoint())
        self.pointed.emit(cursor.blockNumber(), cursor.positionInBlock())


def _units(text: str, at: int) -> int:
    """Return a place in a text in units of UTF-16, as Qt counts."""
    return len(text[:at].encode("utf-16-le", "surrogatepass")) // 2
