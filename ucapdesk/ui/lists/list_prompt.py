"""A dialog for one line: the name of a view, a period. An error is shown below it, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.ui.toolkit.dialog import Dialog
from ucapdesk.ui.toolkit.inputs.text_edits import LineEdit
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_label import label


class Prompt(Dialog):
    """One line with a button that names what is done. ``use`` takes the text; its ``UserError`` keeps the dialog open."""

    def __init__(
        self, title: str, button: str, use: Callable[[str], object], *, text: str = "", hint: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__("prompt", title, parent)
        self._use = use
        self.line = named(LineEdit(self, text=text, hint=hint), "prompt.line", title)
        self.line.selectAll()
        self.message.setObjectName("prompt.problem")
        self.foot.main("prompt.go", button, self._accept)
        self.foot.out(tr("picker", "Cancel"))
        caption = label(title, "caption", wrap=False, buddy=self.line, parent=self)
        self.lay_out(caption, self.line, size=(380, 0), gap=None)

    def _accept(self) -> None:
        if self.line.preedit:
            return
        if self.attempt(lambda: self._use(self.line.text())):
            self.accept()
        else:
            self.line.setAccessibleDescription(self.message.text())
            self.line.setFocus()
