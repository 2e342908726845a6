"""Editors for values that are chosen: codes, yes or no, links to records, and names in parts."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from ucapdesk.base.i18n import language, tr
from ucapdesk.model.codes import code_label, codes
from ucapdesk.model.entry import Change
from ucapdesk.model.kind import KindField
from ucapdesk.model.wording import say
from ucapdesk.services import Desk, records
from ucapdesk.ui.fields.editor import Editor
from ucapdesk.ui.fields.head import FieldHead
from ucapdesk.ui.look import theme
from ucapdesk.ui.record.picker import PickerDialog, options_of


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


class PickEditor(Editor):
    """A link to one record, or a set of records or codes: what is chosen, and a button to choose others."""

    def __init__(self, field: KindField, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._desk = desk
        self.wide = field.is_set
        self._frame = frame = QFrame(self)
        frame.setMinimumHeight(theme.px(theme.FIELD))
        frame.setProperty("role", "field")
        self._label = QLabel(frame)
        self._label.setWordWrap(True)
        self._label.setMinimumWidth(1)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
        self._label.linkActivated.connect(self.opened)
        self.button = QPushButton(tr("form", "Choose…"), frame)
        self.button.setProperty("role", "quiet")
        self.button.setObjectName(f"{self.objectName()}.choose")
        self.button.setAccessibleName(f"{field.label()}: {tr('form', 'Choose…')}")
        self.button.clicked.connect(self._choose)
        row = QHBoxLayout(frame)
        row.setContentsMargins(7, 1, 2, 1)
        row.addWidget(self._label, 1)
        row.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addWidget(FieldHead(field, self))
        self._column.addWidget(frame)
        self.finish_layout()

    def set_read_only(self) -> None:
        self.button.hide()
        theme.role(self._frame, "shown")

    def _keys(self) -> list[str]:
        if self.field.is_set:
            return list(self._saved or ())
        return [self._saved] if self._saved else []

    def _choose(self) -> None:
        before = self._keys()
        dialog = PickerDialog(
            self.field.label(),
            options_of(self._desk, self.field),
            before,
            several=self.field.is_set,
            parent=self.window(),
        )
        accepted = dialog.exec()
        dialog.deleteLater()
        if accepted and dialog.chosen != before:
            self.committed.emit(self._change(before, dialog.chosen))

    def _change(self, before: list[str], after: list[str]) -> Change:
        """Of a set only what went and came: somebody else may have added to it meanwhile."""
        if not self.field.is_set:
            return Change(self.field, [lambda _: next(iter(after), None)])
        gone, come = [k for k in before if k not in after], [k for k in after if k not in before]
        return Change(self.field, [lambda current: current.minus(*gone).plus(*come)])

    def _show(self, value: Any) -> None:
        if not self.field.meta.kinds:
            self._label.setText("<br>".join(escape(say(self.field, type(value)([one]))) for one in value or ()) or "—")
            return
        names = records.titles(self._desk, self._keys(), language())
        colour = theme.tokens().accent
        links = [
            f'<a href="{id_}" style="color:{colour};text-decoration:none">{escape(names.get(id_, id_))}</a>'
            for id_ in self._keys()
        ]
        self._label.setText("<br>".join(links) or "—")
        self._label.setAccessibleName(", ".join(names.values()))

    def change(self) -> Change | None:
        return None  # a choice is handed on at once; leaving the field adds nothing

    def _typed(self) -> Any:
        return self._saved
