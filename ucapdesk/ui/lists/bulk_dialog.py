"""The dialog that changes one field of many records and previews the effect on each before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import ntr, sentences, tr
from ucapdesk.model.field_change import FieldChange
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.rules.record_rules import is_filled
from ucapdesk.services import Desk
from ucapdesk.services.records import bulk
from ucapdesk.services.records.bulk import Bulk, Effect
from ucapdesk.ui.fields.editor import Editor
from ucapdesk.ui.fields.make_editor import editor_for
from ucapdesk.ui.record.saving import is_composing
from ucapdesk.ui.toolkit.captioned import side_by_side
from ucapdesk.ui.toolkit.dialog import Dialog
from ucapdesk.ui.toolkit.dialog_fit import fit
from ucapdesk.ui.toolkit.layout_builder import column, discard, grow
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.toolkit.text_table import TextTable
from ucapdesk.ui.toolkit.timers import single_shot

MAX_RECORDS_PREVIEWED = 200
PAUSE = 250
"""Milliseconds after a key before the preview is updated."""


class BulkDialog(Dialog):
    """Asks for a field and a value; ``bulk`` holds both once accepted."""

    def __init__(self, desk: Desk, kind: Kind, ids: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__("bulk", tr("bulk", "Change several records"), parent)
        self._desk, self._ids = desk, list(ids)
        self.bulk: Bulk | None = None
        self.effects: list[Effect] = []
        self._fields = bulk.fields_of(kind)
        self.editor = Editor(self._fields[0], self)
        self.sentence = label("", "group", name="bulk.sentence", parent=self)
        self._rest = label("", "second", parent=self)
        heads = (tr("bulk", "Record"), (tr("bulk", "Now"), 170), (tr("bulk", "Then"), 190))
        self.preview = TextTable("bulk.preview", tr("bulk", "Result for each record"), heads, self)
        self._later = single_shot(self, PAUSE, self.look)
        self._place = column()
        choices = self._make_choices()
        self.apply = self.foot.main("bulk.apply", "", self._accept)
        self.foot.out(tr("picker", "Cancel"))
        self.lay_out(self.sentence, choices, self._place, grow(self.preview), self._rest)
        self._field_chosen()
        fit(self, 640, 560)
        self.field.setFocus()

    def _make_choices(self) -> QHBoxLayout:
        self.field = named(QComboBox(self), "bulk.field", tr("bulk", "Field"))
        self.field.addItems([field.label() for field in self._fields])
        self.how = named(QComboBox(self), "bulk.how", tr("bulk", "Operation"))
        self.field.currentIndexChanged.connect(self._field_chosen)
        self.how.currentIndexChanged.connect(self._how_chosen)
        return side_by_side(self.field, self.how)

    # -- what is to be done -----------------------------------------------------------------------

    @property
    def _chosen(self) -> KindField:
        return self._fields[max(self.field.currentIndex(), 0)]

    def _field_chosen(self) -> None:
        discard(self.editor)
        field = self._chosen
        self.editor = editor_for(field, self._desk)
        self.editor.setParent(self)
        self.editor.set_value(field.type.load(None), {})
        self.editor.typing.connect(self._later.start)
        self.editor.committed.connect(self._committed)
        self._place.addWidget(self.editor)
        self.editor.show()
        with QSignalBlocker(self.how):
            self.how.clear()
            for way in bulk.ways(field):
                self.how.addItem(bulk.how_said(way), way)
        self._how_chosen()

    def _how_chosen(self) -> None:
        self.editor.setVisible(self.how.currentData() != bulk.EMPTY)
        self.look()

    def _committed(self, change: FieldChange) -> None:
        self.editor.set_value(change.apply(self._held), {})  # a change says what is added, or one language alone
        self.look()

    @property
    def _held(self) -> object:
        """The value in the editor as it was left last."""
        return getattr(self.editor, "_saved", self._chosen.type.load(None))

    def _value(self) -> object:
        """Return the value in the editor, saved there or just typed."""
        try:
            change = self.editor.change()
        except (UserError, ValueError):
            return self._chosen.type.load(None)
        return change.apply(self._held) if change is not None else self._held

    def look(self) -> None:
        """Describe the change and show its effect on each record."""
        self._later.stop()
        field, how = self._chosen, self.how.currentData()
        value = self._value()
        self.bulk = Bulk(field, how, value) if how == bulk.EMPTY or is_filled(value) else None
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
            said.append(ntr("bulk", "{n} record stays as it is.", "{n} records stay as they are.", n - changing))
        self._rest.setText(sentences(*said))
        self.apply.setText(ntr("bulk", "Change {n} record", "Change {n} records", changing))
        self.apply.setEnabled(changing > 0)

    def _accept(self) -> None:
        if is_composing(self.editor):
            return
        self.look()
        if self.effects:
            self.accept()
