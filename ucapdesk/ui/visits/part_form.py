"""A part of a record beside the list of such parts: its derived form, saved as the record's own form is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.model.kinds.visits import Participation
from ucapdesk.model.plain import kind_of
from ucapdesk.model.record import Record
from ucapdesk.services import records
from ucapdesk.ui.fields.people import PeopleField
from ucapdesk.ui.look import theme
from ucapdesk.ui.look.growing import let_grow
from ucapdesk.ui.look.plain_text import Label
from ucapdesk.ui.record.form import RecordForm, focus_first
from ucapdesk.ui.record.saving import Target

if TYPE_CHECKING:
    from ucapdesk.ui.record.page import RecordPage

PEOPLE = "participation"
SOON = 120
"""Milliseconds until a part is shown that somebody only passes on the way to another one."""
LATER = 800
"""The same where somebody types one line after the other."""


class PartForm(QScrollArea):
    """Shows one part at a time; none where none is chosen."""

    def __init__(self, view: RecordPage, name: str, nothing: str, *, read_only: bool, parent: QWidget) -> None:
        """``nothing`` is said where no part is chosen."""
        super().__init__(parent)
        self._view, self._nothing, self._read_only = view, nothing, read_only
        self.form: RecordForm | None = None
        self.people: PeopleField | None = None
        self.part: Record | None = None
        self._wanted: str | None = None
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(self.show_now)
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out(None)

    @property
    def id(self) -> str:
        """The part that is shown."""
        return self.part.id if self.part is not None else ""

    def expect(self, id_: str, *, later: bool = False) -> None:
        """Show a part as soon as nobody goes on to another one; ``later``: as somebody goes on typing elsewhere."""
        self._wanted = id_
        self._soon.start(LATER if later else SOON)

    def wait(self) -> None:
        """Somebody is still typing elsewhere."""
        if self._soon.isActive():
            self._soon.start(LATER)

    def show_now(self) -> None:
        """Show what is waited for at once."""
        self._soon.stop()
        wanted, self._wanted = self._wanted, None
        if wanted is not None and wanted != self.id:
            self._change(wanted)

    def _change(self, id_: str) -> None:
        if not self._view.save_now() and self._view.saving.stuck:
            return
        record = records.get(self._view.desk, id_) if id_ else None
        self._lay_out(None if record is None or record.is_deleted else record)

    def refresh(self, part: Record | None) -> None:
        """The part was read again; where it is gone, nothing is shown."""
        if part is None or part.id != self.id or self.form is None:
            self._lay_out(None)
            return
        self.part = part
        heads, owned = records.heads(self._view.desk, part.id), records.children(self._view.desk, part.id)
        self.form.fill(part, owned, heads, typed_in=self._view.saving.typed_in)
        if self.people:
            there = owned.get(PEOPLE, [])
            self.people.show_people([each for each in there if isinstance(each, Participation)])

    def _lay_out(self, part: Record | None) -> None:
        if part is None and self.part is None and self.widget() is not None:
            return
        if self.form is not None:
            self._view.saving.release(*self.form.editors.values())
        self.part, self.form, self.people = part, None, None
        page = QWidget()
        page.setObjectName("page")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, theme.GAP, theme.GAP)
        column.setSpacing(theme.FIELDS)
        if part is None:
            label = Label(self._nothing, page)
            label.setProperty("role", "second")
            label.setWordWrap(True)
            column.addWidget(label)
        else:
            column.addWidget(self._make_form(part))
        column.addStretch(1)
        if (old := self.takeWidget()) is not None:  # it may be in the middle of an event
            old.hide()
            old.deleteLater()
        self.setWidget(page)
        if part is not None:
            self.refresh(part)
        let_grow(page)

    def _make_form(self, part: Record) -> RecordForm:
        view, target = self._view, Target(kind_of(part), part.id)
        self.form = form = RecordForm(view.desk, part, read_only=self._read_only, arrangement=view.arrangement)
        form.committed.connect(view.saving.commit)
        form.typing.connect(view.saving.note_typing)
        form.opened.connect(view.opened)
        form.wanted.connect(self.focus_field)
        form.added.connect(lambda editor: view.saving.watch(editor, target))
        for editor in form.editors.values():
            view.saving.watch(editor, target)
        if PEOPLE in {kind.name for kind in kind_of(part).children}:
            self.people = PeopleField(view.desk, f"{self.objectName()}.who", lambda: self.id, read_only=self._read_only)
            self.people.opened.connect(view.opened)
            self.people.trashed.connect(view.trashed)
            self.people.told.connect(lambda error: view.bar.say("told", error.say()))
            self.people.saved.connect(self._saved)
            form.insert("", self.people)
        return form

    def _saved(self) -> None:
        self._view.refresh()
        self._view.saved.emit()

    def focus_field(self, name: str) -> None:
        """Put the keys into a field of the part."""
        self.show_now()
        if self.form is not None and (editor := self.form.point_at(name)):
            self.ensureWidgetVisible(editor)

    def take_focus(self) -> bool:
        """Put the keys into its first field; False where nothing is shown."""
        self.show_now()
        return self.form is not None and focus_first(self.form)

    def has_focus(self) -> bool:
        """Whether the keys are in it."""
        focus = QApplication.focusWidget()
        return focus is not None and self.isAncestorOf(focus)


def nothing_chosen() -> str:
    """What stands where no part is chosen."""
    return tr("visit", "Choose an item to see and change everything about it.")
