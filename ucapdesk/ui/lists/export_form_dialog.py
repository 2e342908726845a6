"""The dialog that chooses a file for another program: card or calendar, with private numbers or without."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.services.files.file_formats import FileFormat
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import radio_group
from ucapdesk.ui.toolkit.dialog import Dialog
from ucapdesk.ui.toolkit.layout_builder import left
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_label import label


class OutgoingDialog(Dialog):
    """A choice among the files that can be made; ``form`` and ``private`` hold it."""

    def __init__(self, forms: Sequence[FileFormat], of: str, parent: QWidget | None = None) -> None:
        super().__init__("outgoing", tr("outgoing", "Export for another program"), parent)
        self._forms = list(forms)
        self._group = radio_group("outgoing", (form.title.say() for form in self._forms), self)
        self.numbers = named(QCheckBox(tr("outgoing", "With private numbers"), self), "outgoing.private")
        self.numbers.setVisible(any(form.private for form in self._forms))
        self._group.idToggled.connect(lambda *_: self.numbers.setEnabled(self.form.private))
        self.foot.main("outgoing.save", tr("outgoing", "Save…"), self.accept)
        self.foot.out(tr("picker", "Cancel"))
        head = label(" ".join(of.split()), "strong", parent=self)
        self.lay_out(head, *self._group.buttons(), left(self.numbers), size=(400, 0), gap=theme.GAP)

    @property
    def form(self) -> FileFormat:
        """The chosen file type."""
        return self._forms[max(0, self._group.checkedId())]

    @property
    def private(self) -> bool:
        """Whether to include private numbers."""
        return self.form.private and self.numbers.isChecked()
