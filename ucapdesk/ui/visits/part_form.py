"""The form of the part selected in a list beside it, saved like the form of a record."""

from __future__ import annotations

from PySide6.QtWidgets import QScrollArea, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.model.kinds.visit_kinds import Participation
from ucapdesk.model.record import Record
from ucapdesk.model.serialize import kind_of
from ucapdesk.services.records import records
from ucapdesk.ui.fields.people_editor import PeopleField
from ucapdesk.ui.record.form import RecordForm, focus_first
from ucapdesk.ui.record.line_draft import LineDraft
from ucapdesk.ui.record.record_page import RecordPage
from ucapdesk.ui.record.saving import Target
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.growing_page import let_grow
from ucapdesk.ui.toolkit.layout_builder import STRETCH, column, replace_page, scroll_down
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.toolkit.timers import single_shot

PEOPLE = "participation"
SOON = 120
"""Milliseconds before a selected part is shown, so that arrow keys can pass it."""
LATER = 800
"""The same while the user adds one line after the other."""


class PartForm(QScrollArea):
    """Shows one part at a time; none where none is selected."""

    def __init__(self, view: RecordPage, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._view = view
        self.form: RecordForm | None = None
        self.people: PeopleField | None = None
        self.part: Record | None = None
        self._wanted: str | None = None
        self._soon = single_shot(self, SOON, self.show_now)
        self.setObjectName(name)
        scroll_down(self)
        self._lay_out(None)

    @property
    def id(self) -> str:
        """The id of the part shown."""
        return self.part.id if self.part is not None else ""

    def expect(self, id_: str, *, later: bool = False) -> None:
        """Show a part once the selection rests; ``later``: after a longer pause, while the user types elsewhere."""
        self._wanted = id_
        self._soon.start(LATER if later else SOON)

    def wait(self) -> None:
        """Restart the pause: the user is still typing elsewhere."""
        if self._soon.isActive():
            self._soon.start(LATER)

    def show_now(self) -> None:
        """Show the expected part at once."""
        self._soon.stop()
        wanted, self._wanted = self._wanted, None
        if wanted is not None and wanted != self.id and self._view.can_leave():
            record = records.get(self._view.desk, wanted) if wanted else None
            self._lay_out(None if record is None or record.is_deleted else record)

    def refresh(self, part: Record | None) -> None:
        """Show new values of the part; where it is gone, show nothing."""
        if part is None or part.id != self.id or self.form is None:
            self._lay_out(None)
            return
        self.part = part
        heads, owned = self._view.desk.heads(part.id), records.children(self._view.desk, part.id)
        self.form.fill(part, owned, heads, typed_in=self._view.saving.typed_in)
        if self.people:
            self.people.show_people([each for each in owned.get(PEOPLE, []) if isinstance(each, Participation)])

    def _lay_out(self, part: Record | None) -> None:
        if self.form is not None:
            self._view.saving.release(*self.form.editors.values())
        self.part, self.form, self.people = part, None, None
        page = named(QWidget(), "page")
        form = self._make_form(part) if part is not None else None
        shown = form or label(tr("visit", "Select an item to view and edit it."), "second", parent=page)
        column(shown, STRETCH, on=page, gap=theme.FIELDS, margins=(0, 0, theme.GAP, theme.GAP))
        replace_page(self, page)
        if form is not None:
            self.refresh(part)
            self._view.saving.put_halves_back(form.editors.values())
        let_grow(page)

    def _make_form(self, part: Record) -> RecordForm:
        view = self._view
        self.form = form = RecordForm(view, part, Target(kind_of(part), part.id))
        form.wanted.connect(self.focus_field)
        if PEOPLE in {kind.name for kind in kind_of(part).children}:
            self.people = PeopleField(view, f"{self.objectName()}.who", lambda: self.id)
            form.insert("", self.people)
            LineDraft(view.desk, lambda: self.id, self.people.chips.line)
        return form

    def focus_field(self, name: str) -> None:
        """Focus a field of the part."""
        self.show_now()
        if self.form is not None and (editor := self.form.point_at(name)):
            self.ensureWidgetVisible(editor)

    def take_focus(self) -> bool:
        """Focus its first field; return False where nothing is shown."""
        self.show_now()
        return self.form is not None and focus_first(self.form)
