"""A record with its fields and its parts. Leaving a field saves it; there is no Save button."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import language, tr
from ucapdesk.base.ids import new_id
from ucapdesk.base.json_text import Json
from ucapdesk.model.entry import Change
from ucapdesk.model.kind import Kind
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.plain import kind_of
from ucapdesk.model.record import Record
from ucapdesk.model.wording import say, title_of
from ucapdesk.services import ChangedMeanwhile, Desk, drafts, records
from ucapdesk.ui.fields import Editor
from ucapdesk.ui.look import theme
from ucapdesk.ui.look.wrapping import breakable
from ucapdesk.ui.record.form import RecordForm
from ucapdesk.ui.record.parts import Parts

DRAFT_AFTER = 1500
"""Milliseconds after the last key until typing is kept as a draft."""
SAVE_AFTER = 300
"""Seconds of typing in one field until it is saved without being left."""


class RecordView(QScrollArea):
    """Shows and edits one record.

    Signals:
        saved(): something was written.
        opened(str): the person wants to see another record.
        left(): Escape: back to the list.
        shown(): another record is shown, or none.
    """

    saved = Signal()
    opened = Signal(str)
    left = Signal()
    shown = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("record")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._desk = desk
        self.record: Record | None = None
        self.form: RecordForm | None = None
        self.parts: Parts | None = None
        self._new: dict[str, Any] | None = None
        """Of a record that is not made yet: its owner, if it has one, and what it is given."""
        self._draft_id = ""
        """Under which typing is kept as a draft: the record's id, or one for the record to be made."""
        self._drafted = False
        self._typed_in: Editor | None = None
        self._typing_since = 0.0
        self._typing = QTimer(self, singleShot=True, interval=DRAFT_AFTER)
        self._typing.timeout.connect(self._keep_draft)
        back = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self._leave)
        self._lay_out(None)

    @property
    def id(self) -> str | None:
        """The record shown, if it is made."""
        return self.record.id if self.record is not None and self._new is None else None

    @property
    def editors(self) -> dict[str, Editor]:
        """The editors of the fields that are shown."""
        return self.form.editors if self.form else {}

    # -- showing ----------------------------------------------------------------------------------

    def show_record(self, id_: str | None) -> None:
        """Show a record, or the invitation to choose one."""
        self.save_now()
        if id_ and id_ == self.id:
            self.refresh()
            return
        self._new = None
        self._lay_out(records.get(self._desk, id_) if id_ else None)

    def show_new(self, kind: Kind, owner: str | None = None, given: Mapping[str, Any] | None = None) -> None:
        """An empty form, but for the values ``given``; the record is made when its first field is left."""
        self.save_now()
        self._new = {**({"owner": owner} if owner else {}), **(given or {})}
        record = kind.cls()
        record.__dict__.update(self._new)
        self._lay_out(record)
        if self.form:
            self.form.focus(next(iter(self.form.editors)))

    def refresh(self) -> None:
        """Read the shown record again; text that is being typed stays."""
        if self.record is None or self._new is not None:
            return
        record = records.get(self._desk, self.record.id)
        if record.is_deleted != self.record.is_deleted:
            self._lay_out(record)
            return
        self._fill(record)
        if self.parts:
            self.parts.refresh()

    def _lay_out(self, record: Record | None) -> None:
        self._take_down()
        self.record, self._draft_id = record, record.id if record is not None and record.id else new_id()
        page = QWidget()
        page.setObjectName("page")
        self._column = QVBoxLayout(page)
        column = self._column
        column.setContentsMargins(theme.MARGIN, theme.FIELDS, theme.MARGIN, theme.MARGIN)
        column.setSpacing(theme.FIELDS)
        if record is None:
            empty = QLabel(tr("record", "Choose a record in the list, or make a new one."), page)
            empty.setProperty("role", "second")
            empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addStretch(1)
            column.addWidget(empty)
        else:
            self._build(record, column)
        column.addStretch(1)
        self.setWidget(page)
        if record is not None:
            self._fill(record)
        self.shown.emit()

    def _take_down(self) -> None:
        """Put the old page away. It may be in the middle of an event, and losing the focus must not save it elsewhere."""
        if self.form:
            self.form.blockSignals(True)
        self.form, self.parts, self._typed_in = None, None, None
        page: QWidget | None = self.takeWidget()
        if page is not None:
            page.hide()
            page.deleteLater()

    def _build(self, record: Record, column: QVBoxLayout) -> None:
        kind, read_only = kind_of(record), self._desk.workspace.read_only or bool(record.is_deleted)
        column.addWidget(self._head(record, kind))
        if record.is_deleted:
            column.addWidget(self._trash_bar(record))
        self.form = RecordForm(self._desk, record, read_only=read_only)
        self.form.committed.connect(self._commit)
        self.form.typing.connect(self._note_typing)
        self.form.opened.connect(self.opened)
        column.addWidget(self.form)
        if self._new is None:
            column.addWidget(self._make_parts(record, read_only=read_only))

    def _make_parts(self, record: Record, *, read_only: bool) -> Parts:
        self.parts = Parts(self._desk, record.id, kind_of(record), read_only=read_only)
        self.parts.opened.connect(self.opened)
        self.parts.wanted.connect(lambda name: self.show_new(KINDS[name], record.id))
        return self.parts

    def _head(self, record: Record, kind: Kind) -> QWidget:
        head = QWidget()
        column = QVBoxLayout(head)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        above = QHBoxLayout()
        above.setSpacing(theme.GAP)
        owner = self._new.get("owner") if self._new is not None else getattr(record, "owner", None)
        if owner:
            back = QPushButton(f"‹ {self._name(owner)}", head)
            back.setProperty("role", "quiet")
            back.setObjectName("record.owner")
            back.clicked.connect(lambda: self.opened.emit(owner))
            above.addWidget(back)
        caption = QLabel(kind.label(), head)
        caption.setProperty("role", "caption")
        above.addWidget(caption)
        above.addStretch(1)
        column.addLayout(above)
        self._title, self._second = QLabel(head), QLabel(head)
        for label, role in ((self._title, "page"), (self._second, "second")):
            label.setProperty("role", role)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            column.addWidget(label)
        return head

    def _trash_bar(self, record: Record) -> QFrame:
        bar = QFrame()
        bar.setProperty("role", "banner")
        row = QHBoxLayout(bar)
        row.addWidget(QLabel(tr("record", "This record is in the Trash."), bar), 1)
        restore = QPushButton(tr("action", "Restore"), bar)
        restore.setObjectName("record.restore")
        restore.setEnabled(not self._desk.workspace.read_only)
        restore.clicked.connect(lambda: self.restore(record.id))
        row.addWidget(restore)
        return bar

    def restore(self, id_: str) -> None:
        """Take a record out of the Trash; what stands against it is said in its own words."""
        try:
            records.untrash(self._desk, id_)
        except UserError as error:
            self._second.setText(error.say())

    def _fill(self, record: Record) -> None:
        self.record = record
        lang = language()
        other = "en" if lang == "zh" else "zh"
        title, second = (title_of(record, each, self._name) for each in (lang, other))
        self._title.setText(
            tr("record", "New: {kind}", kind=kind_of(record).label()) if self._new is not None else breakable(title)
        )
        self._second.setText(breakable(second))
        self._second.setVisible(self._new is None and second not in {title, kind_of(record).label(other)})
        seen = {} if self._new is not None else records.heads(self._desk, record.id)
        if self.form:
            self.form.fill(record, seen, typed_in=self._typed_in)

    def _name(self, id_: str) -> str:
        return records.titles(self._desk, [id_], language()).get(id_, id_)

    def _leave(self) -> None:
        self.save_now()
        self.left.emit()

    # -- saving -----------------------------------------------------------------------------------

    def save_now(self) -> bool:
        """Write what is being typed, before anything else happens. True where nothing is left unsaved."""
        self._typing.stop()
        editor, self._typed_in = self._typed_in, None
        saved = editor.commit() if editor is not None else not any(each.refused for each in self.editors.values())
        if saved:
            self._forget_draft()
        return saved

    def _forget_draft(self) -> None:
        """What was typed is saved, or is what was saved before."""
        if self._drafted:
            drafts.drop(self._desk, self._draft_id)
            self._drafted = False

    def _note_typing(self, editor: Editor) -> None:
        if self._typed_in is not editor:
            self._typing_since = time.monotonic()
        self._typed_in = editor
        self._typing.start()

    def _keep_draft(self) -> None:
        editor = self._typed_in
        if self.record is None or editor is None:
            return
        if time.monotonic() - self._typing_since > SAVE_AFTER and self._new is None:
            self.save_now()
            return
        try:
            typed = editor.typed_cells()
        except (UserError, ValueError):  # half a date is no value yet
            return
        kind = kind_of(self.record).name
        try:
            for cell, value in {**self._given_cells(kind), **typed}.items() if typed else ():
                drafts.keep(self._desk, kind, self._draft_id, cell, value, editor.seen)
        except UserError as error:
            editor.refuse(error.say())
            return
        if typed:
            self._drafted = True
            self.saved.emit()
        else:
            self._forget_draft()

    def _given_cells(self, kind: str) -> dict[str, Json]:
        """What a new record begins with, by cell."""
        fields = KINDS[kind].fields
        given = ((name, fields[name].type.split(value)) for name, value in (self._new or {}).items())
        return {name + key: cell for name, cells in given for key, cell in cells.items()}

    def _commit(self, editor: Editor, change: Change) -> None:
        if self.record is None:
            return
        self._typing.stop()
        was_new = self._new is not None
        try:
            id_ = self._write(self.record, editor, change)
            self._forget_draft()
        except UserError as error:
            self._refuse(editor, error)
            return
        self._typed_in = None
        if was_new:
            self._made(records.get(self._desk, id_))
        else:
            self.refresh()
        self.saved.emit()

    def _write(self, record: Record, editor: Editor, change: Change) -> str:
        changes = {editor.field.name: change}
        if self._new is not None:
            return records.add(self._desk, kind_of(record).name, {**self._new, **changes}, initiator=self)
        records.edit(self._desk, record.id, changes, seen=editor.seen, initiator=self)
        return record.id

    def _made(self, record: Record) -> None:
        """The new record is there; its form stays as it is, with the cursor where it was put meanwhile."""
        self._new, self._draft_id = None, record.id
        self._fill(record)
        self._column.insertWidget(self._column.count() - 1, self._make_parts(record, read_only=False))
        self.opened.emit(record.id)

    def _refuse(self, editor: Editor, error: UserError) -> None:
        """Say why a value was not saved. Where somebody else wrote meanwhile: what they wrote, so that one can choose."""
        message = error.say()
        if self.id and isinstance(error, ChangedMeanwhile):
            now = getattr(records.get(self._desk, self.id), editor.field.name)
            lang = str(error.details["cell"]).partition(".")[2]
            text = now.get(lang, "") if lang and now else say(editor.field, now, language())
            message += "\n" + tr("record", "It now says: {text}", text=text)
            editor.base_on(now, records.heads(self._desk, self.id))
        editor.refuse(message)
        self.ensureWidgetVisible(editor)
