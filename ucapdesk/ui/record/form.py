"""The fields of one record in their order: what is filled or usual is shown, the rest waits under one button."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.model.kind import KindField
from ucapdesk.model.plain import kind_of
from ucapdesk.model.record import Record
from ucapdesk.model.rules import is_filled
from ucapdesk.services import Desk
from ucapdesk.ui.fields import Editor, editor_for
from ucapdesk.ui.fields.editor import Seen
from ucapdesk.ui.look import theme

HIDDEN = ("owner", "pos")
NARROWEST = 200
"""A field is never less wide than this where the form can help it."""


class _Block(QWidget):
    """Editors in the order of reading: narrow ones two in a row where there is room, wide ones take the row."""

    def __init__(self, editors: Sequence[Editor], parent: QWidget) -> None:
        super().__init__(parent)
        self._editors, self._across = editors, 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.MARGIN)
        self._grid.setVerticalSpacing(theme.FIELDS)
        self._arrange(2)

    def _arrange(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        at = 0  # counted in cells
        for editor in self._editors:
            cells = across if editor.wide else 1
            at += cells > 1 and at % across
            self._grid.addWidget(editor, at // across, at % across, 1, cells)
            at += cells
        for column in range(2):
            self._grid.setColumnStretch(column, int(column < across))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(2 if self.width() >= 2 * theme.px(NARROWEST) + theme.MARGIN else 1)


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
        block = _Block([self._editor(field) for field in fields], self)
        self._column.addWidget(block)

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
