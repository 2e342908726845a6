"""The dialog that chooses a file for another program: card or calendar, with private numbers or without."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QDialog,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from ucapdesk.base.i18n import tr
from ucapdesk.services.files.file_formats import FileFormat
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import ButtonBox
from ucapdesk.ui.toolkit.dialog_fit import fit
from ucapdesk.ui.toolkit.plain_text import PlainLabel


class OutgoingDialog(QDialog):
    """A choice among the files that can be made; ``form`` and ``private`` hold it."""

    def __init__(self, forms: Sequence[FileFormat], of: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._forms = list(forms)
        self.setObjectName("outgoing")
        self.setWindowTitle(tr("outgoing", "Export for another program"))
        column = QVBoxLayout(self)
        column.setSpacing(theme.GAP)
        head = PlainLabel(" ".join(of.split()), self)
        head.setProperty("role", "strong")
        head.setWordWrap(True)
        column.addWidget(head)
        self._group = QButtonGroup(self)
        for number, form in enumerate(self._forms):
            button = QRadioButton(form.title.say(), self)
            button.setObjectName(f"outgoing.{number}")
            button.setChecked(number == 0)
            self._group.addButton(button, number)
            column.addWidget(button)
        self.numbers = QCheckBox(tr("outgoing", "With private numbers"), self)
        self.numbers.setObjectName("outgoing.private")
        self.numbers.setVisible(any(form.private for form in self._forms))
        column.addWidget(self.numbers, 0, Qt.AlignmentFlag.AlignLeft)
        self._group.idToggled.connect(self._chosen)
        foot = ButtonBox(self)
        foot.main("outgoing.save", tr("outgoing", "Save…"), self.accept)
        foot.out(tr("picker", "Cancel"))
        column.addWidget(foot)
        fit(self, 400)

    @property
    def form(self) -> FileFormat:
        """The chosen file type."""
        return self._forms[max(0, self._group.checkedId())]

    @property
    def private(self) -> bool:
        """Whether to include private numbers."""
        return self.form.private and self.numbers.isChecked()

    def _chosen(self) -> None:
        self.numbers.setEnabled(self.form.private)
