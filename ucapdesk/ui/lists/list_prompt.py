"""A dialog for one line: the name of a view, a period. An error is shown below it, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import tr
from ucapdesk.ui.toolkit.buttons import ButtonBox
from ucapdesk.ui.toolkit.dialog_fit import fit
from ucapdesk.ui.toolkit.inputs.text_edits import LineEdit
from ucapdesk.ui.toolkit.plain_text import PlainLabel


class Prompt(QDialog):
    """One line with a button that names what is done. ``use`` takes the text; its ``UserError`` keeps the dialog open."""

    def __init__(
        self, title: str, button: str, use: Callable[[str], object], *, text: str = "", hint: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._use = use
        self.setObjectName("prompt")
        self.setWindowTitle(title)
        label = PlainLabel(title, self)
        label.setProperty("role", "caption")
        self.line = LineEdit(self)
        self.line.setObjectName("prompt.line")
        self.line.setAccessibleName(title)
        self.line.setPlaceholderText(hint)
        self.line.setText(text)
        self.line.selectAll()
        label.setBuddy(self.line)
        self._problem = PlainLabel(parent=self)
        self._problem.setObjectName("prompt.problem")
        self._problem.setProperty("role", "error")
        self._problem.setWordWrap(True)
        self._problem.hide()
        foot = ButtonBox(self)
        foot.main("prompt.go", button, self._accept)
        foot.out(tr("picker", "Cancel"))
        column = QVBoxLayout(self)
        for widget in (label, self.line, self._problem, foot):
            column.addWidget(widget)
        fit(self, 380)

    def _accept(self) -> None:
        if self.line.preedit:
            return
        try:
            self._use(self.line.text())
        except UserError as error:
            self._problem.setText(error.say())
            self.line.setAccessibleDescription(error.say())
            self._problem.show()
            self.line.setFocus()
            return
        self.accept()
