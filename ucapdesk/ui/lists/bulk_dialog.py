"""The dialog that changes one field of many records and previews the effect on each before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QDialog, QGridLayout, QVBoxLayout, QWidget

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import ntr, tr
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.rules.record_rules import is_filled
from ucapdesk.model.text.parse.quick_line import FieldChange
from ucapdesk.services import Desk
from ucapdesk.services.records import bulk
from ucapdesk.services.records.bulk import Bulk, Effect
from ucapdesk.ui.fields.editor import Editor
from ucapdesk.ui.fields.make_editor import editor_for
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import ButtonBox
from ucapdesk.ui.toolkit.dialog_fit import fit
from ucapdesk.ui.toolkit.plain_text import PlainLabel
from ucapdesk.ui.toolkit.text_table import TextTable

MAX_RECORDS_PREVIEWED = 200
"""Number of records the preview lists one by one."""
PAUSE = 250
"""Milliseconds after a key before the preview is updated."""


class BulkDialog(QDialog):
    """Asks for a field and a value; ``bulk`` holds both once accepted."""

    def __init__(self, desk: Desk, kind: Kind, ids: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._ids = desk, list(ids)
        self.bulk: Bulk | None = None
        self.effects: list[Effect] = []
        self._fields = bulk.fields_of(kind)
        self.editor: Editor | None = None
        self.setObjectName("bulk")
        self.setWindowTitle(tr("bulk", "Change several records"))
        self.sentence = PlainLabel(parent=self)
        self.sentence.setObjectName("bulk.sentence")
        self.sentence.setProperty("role", "group")
        self.sentence.setWordWrap(True)
        self._rest = PlainLabel(parent=self)
        self._rest.setProperty("role", "second")
        self._rest.setWordWrap(True)
        heads = (tr("bulk", "Record"), tr("bulk", "Now"), tr("bulk", "Then"))
        self.preview = TextTable("bulk.preview", tr("bulk", "Result for each record"), heads, self)
        self.preview.share(0, theme.px(170), theme.px(190))
        self._later = QTimer(self, singleShot=True, interval=PAUSE)
        self._later.timeout.connect(self.look)
        column = QVBoxLayout(self)
        column.setSpacing(theme.FIELDS)
        column.addWidget(self.sentence)
        column.addLayout(self._make_choices())
        self._place = QVBoxLayout()
        column.addLayout(self._place)
        column.addWidget(self.preview, 1)
        column.addWidget(self._rest)
        column.addWidget(self._make_buttons())
        self._field_chosen()
        fit(self, 640, 560)
        self.field.setFocus()

    def _make_choices(self) -> QGridLayout:
        self.field = QComboBox(self)
        self.field.setObjectName("bulk.field")
        self.field.addItems([field.label() for field in self._fields])
        self.field.setAccessibleName(tr("bulk", "Field"))
        self.how = QComboBox(self)
        self.how.setObjectName("bulk.how")
        self.how.setAccessibleName(tr("bulk", "Operation"))
        self.field.currentIndexChanged.connect(self._field_chosen)
        self.how.currentIndexChanged.connect(self._how_chosen)
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.MARGIN)
        for place, (label, box) in enumerate(((tr("bulk", "Field"), self.field), (tr("bulk", "Operation"), self.how))):
            caption = PlainLabel(label, self)
            caption.setProperty("role", "caption")
            caption.setBuddy(box)
            grid.addWidget(caption, 0, place)
            grid.addWidget(box, 1, place)
            grid.setColumnStretch(place, 1)
        return grid

    def _make_buttons(self) -> ButtonBox:
        foot = ButtonBox(self)
        self.apply = foot.main("bulk.apply", "", self._accept)
        foot.out(tr("picker", "Cancel"))
        return foot

    # -- what is to be done -----------------------------------------------------------------------

    @property
    def _chosen(self) -> KindField:
        return self._fields[max(self.field.currentIndex(), 0)]

    def choose(self, name: str) -> None:
        """Choose a field by its name."""
        self.field.setCurrentIndex([field.name for field in self._fields].index(name))

    def _field_chosen(self) -> None:
        if self.editor is not None:
            self.editor.hide()
            self.editor.deleteLater()
        field = self._chosen
        self.editor = editor_for(field, self._desk)
        self.editor.setParent(self)
        self.editor.set_value(field.type.load(None), {})
        self.editor.typing.connect(self._later.start)
        self.editor.committed.connect(self._committed)
        self._place.addWidget(self.editor)
        self.editor.show()
        self.how.blockSignals(True)
        self.how.clear()
        for way in bulk.ways(field):
            self.how.addItem(bulk.how_said(way), way)
        self.how.blockSignals(False)
        self._how_chosen()

    def _how_chosen(self) -> None:
        if self.editor is not None:
            self.editor.setVisible(self.how.currentData() != bulk.EMPTY)
        self.look()

    def _committed(self, change: FieldChange) -> None:
        if self.editor is not None:
            self.editor.set_value(change.apply(self._chosen.type.load(None)), {})
        self.look()

    def _value(self) -> object:
        """Return the value in the editor, saved there or just typed."""
        assert self.editor is not None
        nothing = self._chosen.type.load(None)
        held = getattr(self.editor, "_saved", nothing)
        try:
            change = self.editor.change()
        except (UserError, ValueError):
            return nothing
        return change.apply(held) if change is not None else held

    def look(self) -> None:
        """Describe the change and show its effect on each record."""
        self._later.stop()
        field, how = self._chosen, self.how.currentData()
        value = self._value()
        ready = how == bulk.EMPTY or is_filled(value)
        self.bulk = Bulk(field, how, value) if ready else None
        n = len(self._ids)
        if self.bulk is None:
            self.effects = []
            self.sentence.setText(
                ntr("bulk", "{n} record: {field} …", "{n} records: {field} …", n, field=field.label())
            )
        else:
            self.effects = bulk.effects(self._desk, self._ids, self.bulk)
            self.sentence.setText(bulk.say(self._desk, self.bulk, n))
        self._show_effects(n)

    def _show_effects(self, n: int) -> None:
        shown, changing = self.effects[:MAX_RECORDS_PREVIEWED], len(self.effects)
        self.preview.fill([(each.title, each.before or "–", each.after or "–") for each in shown])
        said = []
        if changing > len(shown):
            said.append(tr("bulk", "The first {n} are shown.", n=len(shown)))
        if self.bulk is not None and changing < n:
            same = n - changing
            said.append(ntr("bulk", "{n} record stays as it is.", "{n} records stay as they are.", same))
        self._rest.setText(" ".join(said))
        self.apply.setText(ntr("bulk", "Change {n} record", "Change {n} records", changing))
        self.apply.setEnabled(changing > 0)

    def _accept(self) -> None:
        if self.editor is not None and self.editor.composing:
            return
        self.look()
        if self.effects:
            self.accept()
