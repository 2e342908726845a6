"""A record with its fields and its parts. Leaving a field saves it; there is no Save button."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import language, tr
from ucapdesk.model.kind import Kind
from ucapdesk.model.plain import kind_of
from ucapdesk.model.record import Record
from ucapdesk.model.wording import title_of
from ucapdesk.services import Desk, drafts, records
from ucapdesk.ui.fields import Editor, editor_for
from ucapdesk.ui.fields.choices import Picker
from ucapdesk.ui.theme import GAP, MARGIN

DRAFT_AFTER = 1500
"""Milliseconds after the last key until typing is kept as a draft."""
HIDDEN = ("owner", "pos", "sort_en", "sort_zh")


class RecordView(QScrollArea):
    """Shows and edits one record.

    Signals:
        saved(): a field was written.
        opened(str): the person wants to see another record.
    """

    saved = Signal()
    opened = Signal(str)

    def __init__(self, desk: Desk, pick: Picker, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("record")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._desk, self._pick = desk, pick
        self.record: Record | None = None
        self.editors: dict[str, Editor] = {}
        self._parts: dict[str, QListWidget] = {}
        self._new_of: dict[str, str] | None = None
        """Of a record that is not made yet: what it is made with."""
        self._heads: dict[str, list[int]] = {}
        self._typing = QTimer(self, singleShot=True, interval=DRAFT_AFTER)
        self._typing.timeout.connect(self._keep_draft)
        self._typed_in: Editor | None = None
        self.show_record(None)

    # -- showing ----------------------------------------------------------------------------------

    def show_record(self, id_: str | None) -> None:
        """Show a record, or the invitation to choose one."""
        self.save_now()
        record = records.get(self._desk, id_) if id_ else None
        if record is not None and self.record is not None and record.id == self.record.id and not self._new_of:
            self._fill(record)
        else:
            self._new_of = None
            self._lay_out(record)

    def show_new(self, kind: Kind, owner: str | None = None) -> None:
        """An empty form; the record is made when its first field is left."""
        self.save_now()
        self._new_of = {"owner": owner} if owner else {}
        self._lay_out(kind.cls())

    def _lay_out(self, record: Record | None) -> None:
        self.record, self.editors, self._parts = record, {}, {}
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(12)
        if record is None:
            empty = QLabel(tr("record", "Choose a record in the list, or make a new one."), page)
            empty.setProperty("role", "caption")
            column.addWidget(empty)
        else:
            self._build(record, kind_of(record), column)
        column.addStretch(1)
        self.setWidget(page)
        if record is not None:
            self._fill(record)

    def refresh(self) -> None:
        """Read the shown record again; text that is being typed stays."""
        if self.record is not None and self._new_of is None:
            self._fill(records.get(self._desk, self.record.id))

    def _build(self, record: Record, kind: Kind, column: QVBoxLayout) -> None:
        column.addLayout(self._head(record, kind))
        for field in kind.fields.values():
            if field.name in HIDDEN or field.meta.local:
                continue
            editor = editor_for(field, self._languages(), self._pick, self._names)
            editor.committed.connect(lambda value, e=editor: self._commit(e, value))
            editor.typing.connect(lambda e=editor: self._note_typing(e))
            self.editors[field.name] = editor
            column.addWidget(editor)
        for child in kind.children if self._new_of is None else ():
            column.addWidget(self._part_list(record, child))

    def _head(self, record: Record, kind: Kind) -> QHBoxLayout:
        self._title = QLabel()
        self._title.setProperty("role", "page")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._title.setWordWrap(True)
        head = QHBoxLayout()
        owner = self._new_of.get("owner") if self._new_of else getattr(record, "owner", None)
        if owner:
            back = QPushButton("‹ " + self._names([owner]).get(owner, ""))
            back.setObjectName("record.owner")
            back.clicked.connect(lambda: self.opened.emit(owner))
            head.addWidget(back)
        words = QVBoxLayout()
        words.setSpacing(0)
        caption = QLabel(kind.label())
        caption.setProperty("role", "caption")
        words.addWidget(caption)
        words.addWidget(self._title)
        head.addLayout(words, 1)
        return head

    def _part_list(self, record: Record, child: Kind) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, GAP, 0, 0)
        row = QHBoxLayout()
        label = QLabel(child.plural(), box)
        label.setProperty("role", "group")
        add = QPushButton(tr("form", "Add"), box)
        add.setObjectName(f"parts.{child.name}.add")
        add.setAccessibleName(f"{child.plural()}: {tr('form', 'Add')}")
        add.clicked.connect(lambda: self._add_part(record.id, child))
        row.addWidget(label)
        row.addStretch(1)
        row.addWidget(add)
        items = QListWidget(box)
        items.setObjectName(f"parts.{child.name}")
        items.setAccessibleName(child.plural())
        items.setWordWrap(True)
        items.itemActivated.connect(lambda item: self.opened.emit(item.data(Qt.ItemDataRole.UserRole)))
        column.addLayout(row)
        column.addWidget(items)
        self._parts[child.name] = items
        return box

    def _fill(self, record: Record) -> None:
        self.record = record
        is_new = self._new_of is not None
        self._heads = {} if is_new else records.heads(self._desk, record.id)
        self._title.setText(tr("record", "New") if is_new else title_of(record, language(), self._name))
        for name, editor in self.editors.items():
            if editor is not self._typed_in:
                editor.set_value(getattr(record, name))
        children = {} if is_new else records.children(self._desk, record.id)
        for kind, items in self._parts.items():
            self._fill_part(items, children.get(kind, []))

    def _fill_part(self, items: QListWidget, parts: list[Record]) -> None:
        names = records.titles(self._desk, [part.id for part in parts], language())
        items.clear()
        for part in parts:
            item = QListWidgetItem(names.get(part.id, part.id))
            item.setData(Qt.ItemDataRole.UserRole, part.id)
            items.addItem(item)
        items.setVisible(bool(parts))
        rows = sum(items.sizeHintForRow(row) for row in range(min(items.count(), 12)))
        items.setFixedHeight(rows + 8)

    def _names(self, ids: Iterable[str]) -> dict[str, str]:
        return records.titles(self._desk, list(ids), language())

    def _name(self, id_: str) -> str:
        return self._names([id_]).get(id_, id_)

    def _languages(self) -> tuple[str, str]:
        return ("zh", "en") if language() == "zh" else ("en", "zh")

    # -- saving -----------------------------------------------------------------------------------

    def save_now(self) -> None:
        """Write what is being typed, before anything else happens."""
        self._typing.stop()
        editor, self._typed_in = self._typed_in, None
        if editor is not None:
            editor.commit()

    def _note_typing(self, editor: Editor) -> None:
        if editor.hasFocus() or editor.isAncestorOf(editor.window().focusWidget() or editor):
            self._typed_in = editor
            self._typing.start()

    def _keep_draft(self) -> None:
        if self.record is not None and self._new_of is None and self._typed_in is not None:
            kind = kind_of(self.record).name
            for cell, text in self._typed_in.typed_cells().items():
                drafts.keep(self._desk, kind, self.record.id, cell, text, self._heads)

    def _commit(self, editor: Editor, value: Any) -> None:
        if self.record is None:
            return
        self._typed_in = None
        self._typing.stop()
        try:
            id_ = self._write(self.record, {editor.field.name: value})
        except UserError as error:
            editor.say(error.say())
            return
        if self._new_of is not None:
            self._new_of = None
            self.saved.emit()
            self.opened.emit(id_)
            return
        drafts.drop(self._desk, id_)
        self.refresh()
        self.saved.emit()

    def _write(self, record: Record, changes: dict[str, Any]) -> str:
        if self._new_of is not None:
            return records.add(self._desk, kind_of(record).name, {**self._new_of, **changes}, initiator=self)
        records.edit(self._desk, record.id, changes, seen=self._heads, initiator=self)
        return record.id

    def _add_part(self, owner: str, child: Kind) -> None:
        self.show_new(child, owner)
