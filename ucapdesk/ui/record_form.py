"""The fields of one record in their order: what is filled or usual is shown, the rest waits under one button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.model.kind import KindField
from ucapdesk.model.plain import kind_of
from ucapdesk.model.record import Record
from ucapdesk.model.rules import is_filled
from ucapdesk.services import Desk
from ucapdesk.ui import theme
from ucapdesk.ui.fields import Editor, editor_for
from ucapdesk.ui.fields.editor import Seen

HIDDEN = ("owner", "pos")


class RecordForm(QWidget):
    """One editor for each field.

    Signals:
        committed(Editor, Change): a field was left with another value in it.
        typing(Editor): a key changed what it holds.
        opened(str): a linked record was clicked.
    """

    committed = Signal(object, object)
    typing = Signal(object)
    opened = Signal(str)

    def __init__(self, desk: Desk, record: Record, *, read_only: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._read_only = desk, read_only
        self._record = record
        self._seen: Seen = {}
        self.editors: dict[str, Editor] = {}
        kind = kind_of(record)
        titles = [kind.fields[name] for name in kind.cls.title_fields]
        fields = [
            field
            for field in dict.fromkeys((*titles, *kind.fields.values()))
            if field.name not in HIDDEN and (desk.workspace.protected or not field.meta.local)
        ]
        first = [f for f in fields if f.meta.needed or f.meta.column or is_filled(getattr(record, f.name))]
        self._folded = [f for f in fields if f not in first]
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.FIELDS)
        self._add(first)
        self.more = QPushButton(f"+ {ntr('form', '{n} more field', '{n} more fields', len(self._folded))}", self)
        self.more.setObjectName("record.more")
        self.more.setProperty("role", "quiet")
        self.more.setToolTip(tr("form", "Fields that are empty"))
        self.more.clicked.connect(self.unfold)
        self.more.setVisible(bool(self._folded))
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)

    def _add(self, fields: Sequence[KindField]) -> None:
        """Narrow fields stand two in a row, wide ones take the row."""
        box = QWidget(self)
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.MARGIN)
        grid.setVerticalSpacing(theme.FIELDS)
        at = 0  # counted in half rows
        for field in fields:
            editor = self._editor(field)
            at += editor.wide and at % 2
            grid.addWidget(editor, at // 2, at % 2, 1, 2 if editor.wide else 1)
            at += 2 if editor.wide else 1
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self._column.addWidget(box)

    def _editor(self, field: KindField) -> Editor:
        editor = self.editors[field.name] = editor_for(field, self._desk)
        editor.committed.connect(lambda change: self.committed.emit(editor, change))
        editor.typing.connect(lambda: self.typing.emit(editor))
        editor.opened.connect(self.opened)
        if self._read_only:
            editor.set_read_only()
        return editor

    def unfold(self) -> None:
        """Show the rarely used fields too, and go to the first of them."""
        folded, self._folded = self._folded, []
        self.more.hide()
        self._add(folded)
        for field in folded:
            self.editors[field.name].set_value(getattr(self._record, field.name), self._seen)
        if folded:
            self.focus(folded[0].name)

    def focus(self, name: str) -> None:
        """Put the cursor into a field."""
        for child in self.editors[name].findChildren(QWidget):
            if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isEnabled():
                child.setFocus()
                return

    def fill(self, record: Record, seen: Seen, *, typed_in: Editor | None) -> None:
        """Show the values of a record; what is being typed, or could not be saved, stays as it is."""
        self._record, self._seen = record, seen
        for name, editor in self.editors.items():
            if editor is not typed_in and not editor.refused:
                editor.set_value(getattr(record, name), seen)
