"""Editors for values that are chosen: codes, yes or no, links to records, and names in parts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from ucapdesk.base.i18n import language, tr
from ucapdesk.model.codes import code_label, codes
from ucapdesk.model.kind import KindField
from ucapdesk.ui.fields.editor import Editor
from ucapdesk.ui.fields.head import FieldHead


class Choice(QComboBox):
    """A closed list; the wheel scrolls the form and never changes a value in passing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.addItem("—", None)

    def wheelEvent(self, event: Any) -> None:
        event.ignore()


class ChoiceEditor(Editor):
    """One of a list, or nothing. A code this version does not know is shown as it is."""

    def __init__(self, field: KindField, choices: Iterable[tuple[Any, str]], parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.box = Choice(self)
        self.box.setObjectName(f"{self.objectName()}.box")
        self.box.setAccessibleName(field.label())
        for value, label in choices:
            self.box.addItem(label, value)
        self.box.activated.connect(self.commit)
        self._column.addWidget(FieldHead(field, self))
        self._column.addWidget(self.box)
        self.finish_layout()

    def set_read_only(self) -> None:
        self.box.setEnabled(False)

    def _show(self, value: Any) -> None:
        at = self.box.findData(value)
        if at < 0:
            self.box.addItem(code_label(self.field.meta.codes, value) if self.field.meta.codes else str(value), value)
            at = self.box.count() - 1
        self.box.setCurrentIndex(at)

    def _typed(self) -> Any:
        return self.box.currentData()


def code_choices(field: KindField) -> list[tuple[Any, str]]:
    """The codes of a field with their labels in the reader's language."""
    return [(code.code, code.label(language())) for code in codes(field.meta.codes).values()]


def yes_or_no() -> list[tuple[Any, str]]:
    """Yes and No."""
    return [(True, tr("form", "Yes")), (False, tr("form", "No"))]
