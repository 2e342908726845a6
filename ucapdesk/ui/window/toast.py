"""A message about the last action in the corner of the window, with an Undo button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QEnterEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.cut_text import show_sentence
from ucapdesk.ui.toolkit.layout_builder import grow, row
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.toolkit.timers import single_shot

SECONDS = 10
MAX_TOAST_PX = 520


class Toast(QFrame):
    """A message at the bottom right for ten seconds, longer while it has the pointer or the focus.

    It never takes the focus by itself, and the next one takes the place of the one before.
    """

    def __init__(self, over: QWidget) -> None:
        """``over``: the widget above which it floats."""
        super().__init__(over)
        self._over = over
        named(self, "toast", tr("toast", "What was done"), role="toast")
        self._do: Callable[[], object] | None = None
        self._of_last_step = False
        self._label = label(name="toast.sentence", parent=self)
        said = tr("notice", "Close")
        self.button = button("toast.do", "", self._press, "quiet", parent=self)
        close = button("toast.close", "×", self.close_now, "quiet", said=said, tip=said, parent=self)
        for each in (self.button, close):
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click does not move the focus
        around = (theme.MARGIN, theme.GAP, theme.GAP, theme.GAP)
        self._row = row(grow(self._label), self.button, close, on=self, gap=theme.GAP, margins=around)
        self._timer = single_shot(self, SECONDS * 1000, self._end)
        over.installEventFilter(self)
        self.hide()

    def say(
        self, sentence: str, button: str = "", do: Callable[[], object] | None = None, *, of_last_step: bool = False
    ) -> None:
        """Show what was done. ``button`` labels a follow-up action; ``of_last_step``: it is one until something is written."""
        self._do, self._of_last_step = do, of_last_step
        show_sentence(self._label, sentence)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.show()
        self._place()
        self.raise_()
        self._timer.start()

    def outdate(self) -> None:
        """Close where the follow-up action was for the last step: there is another one now."""
        if self._of_last_step:
            self.close_now()

    def close_now(self) -> None:
        """Close at once; the focus never stays in it."""
        self._timer.stop()
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self.window().setFocus()
        self.hide()

    def _press(self) -> None:
        do = self._do
        self.close_now()
        if do is not None:
            do()

    def _end(self) -> None:
        """Close when the time is over, unless it has the pointer or the focus."""
        focus = QApplication.focusWidget()
        if self.underMouse() or (focus is not None and self.isAncestorOf(focus)):
            self._timer.start()
        else:
            self.close_now()

    def _place(self) -> None:
        over = self._over
        self.setFixedWidth(min(theme.px(MAX_TOAST_PX), over.width() - 2 * theme.MARGIN, self._wanted()))
        self.setFixedHeight(
            max(self._row.totalHeightForWidth(self.width() - 2), self._row.totalMinimumSize().height()) + 2
        )
        self.move(over.width() - self.width() - theme.MARGIN, over.height() - self.height() - theme.MARGIN)

    def _wanted(self) -> int:
        """Return the width at which the sentence fits on one line."""
        line = self._label.fontMetrics().horizontalAdvance(self._label.text())
        buttons = sum(b.sizeHint().width() + theme.GAP for b in self.findChildren(QPushButton) if not b.isHidden())
        return line + buttons + theme.MARGIN + theme.GAP + 4

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent) and not self.isHidden():
            self._place()
        return False

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._timer.start()
