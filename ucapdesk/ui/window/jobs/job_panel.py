"""The display of background jobs: a progress line in the status bar, and the question when the user quits meanwhile."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMessageBox, QProgressBar, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.announce import announce
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.layout_builder import row
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.reader_wishes import whole_of
from ucapdesk.ui.toolkit.text_label import label


class JobPanel(QWidget):
    """Text, bar and Cancel button of the running job; hidden while there is nothing to show."""

    def __init__(self, cancel: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("work")
        self._text = label("", "status", name="work.text", wrap=False, parent=self)
        self._bar = named(QProgressBar(self), "work.bar", tr("work", "Progress"))
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(theme.px(140), theme.px(10))
        self._cancel = button("work.cancel", tr("picker", "Cancel"), cancel, "quiet", parent=self)
        self._cancel.setProperty("level", "low")
        row(self._text, self._bar, self._cancel, on=self, gap=theme.GAP, margins=(0, 0, theme.GAP, 0))
        self.hide()

    def show_state(self, text: str, bar: tuple[int, int] | None) -> None:
        """Show the text and, once ``bar`` is given, the bar with its value and maximum."""
        if bool(text) == self.isHidden():
            announce(self, text)
            self.setVisible(bool(text))
        self._text.setText(text)
        for part in (self._bar, self._cancel):
            part.setVisible(bar is not None)
        if bar is not None:
            done, of = bar
            self._bar.setRange(0, whole_of(of))
            self._bar.setValue(done)


class QuitDialog(QMessageBox):
    """Asks a user who wants to quit while a job is running.

    Signals:
        answered(str): ``wait``, ``stop``, or nothing to stay.
    """

    answered = Signal(str)

    def __init__(self, title: str, left: str | None, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("work.quit")
        self.setWindowTitle("UCAPDesk")
        said = tr("work", "“{title}” is not done yet.", title=title)
        self.setText(f"{said}\n{left}" if left else said)
        for answer, shown in (
            ("wait", tr("work", "Wait and quit")),
            ("stop", tr("work", "Stop and quit")),
            ("", tr("work", "Stay here")),
        ):
            role = QMessageBox.ButtonRole.AcceptRole if answer else QMessageBox.ButtonRole.RejectRole
            button = self.addButton(shown, role)
            button.setObjectName(f"work.quit.{answer or 'stay'}")
            button.clicked.connect(lambda _=False, answer=answer: self.answered.emit(answer))
            if answer == "wait":
                self.setDefaultButton(button)
        self.rejected.connect(lambda: self.answered.emit(""))  # its window may be closed without a button
