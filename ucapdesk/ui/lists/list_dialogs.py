"""The dialogs of a list: its columns, one field changed in many records, and exports.

A change of many records is previewed on each before anything is written.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QWidget

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import ntr, sentences, tr
from ucapdesk.model.field_change import FieldChange
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.listing import columns_of, usual_columns
from ucapdesk.model.rules.record_rules import is_filled
from ucapdesk.services import Desk
from ucapdesk.services.files.file_formats import FileFormat
from ucapdesk.services.records import lists
from ucapdesk.services.records.lists import Bulk, Effect
from ucapdesk.ui.fields.editor import Editor
from ucapdesk.ui.fields.editor_factory import editor_for
from ucapdesk.ui.record.saving import is_composing
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.dialogs import Dialog, fit_dialog
from ucapdesk.ui.toolkit.item_views import TextTable, TickedList
from ucapdesk.ui.toolkit.layouts import column, discard, grow, left, side_by_side
from ucapdesk.ui.toolkit.signals import single_shot
from ucapdesk.ui.toolkit.widgets import label, named, radio_group


class ColumnsDialog(Dialog):
    """A list of all fields; those that are ticked are columns, in this order. The title always comes first.

    Signals:
        changed(tuple[str, ...]): the columns besides the title; at once, so that they are seen behind the dialog.
    """

    changed = Signal(tuple)

    def __init__(self, kind: Kind, columns: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__("columns", tr("list", "Columns: {kind}", kind=kind.plural()), parent)
        self._kind = kind
        hint = tr("list", "Tick what is shown. Drag, or Ctrl and an arrow, changes the order.")
        self.rows = TickedList("columns.rows", self.windowTitle(), self)
        self.rows.changed.connect(self._tell)
        self.foot.beside("columns.up", tr("list", "Up"), lambda: self.rows.shift(-1))
        self.foot.beside("columns.down", tr("list", "Down"), lambda: self.rows.shift(1))
        self.foot.beside("columns.reset", tr("list", "Restore default"), self._reset)
        self.foot.main("columns.done", tr("list", "Done"), self.accept)
        self.lay_out(label(hint, "second", parent=self), grow(self.rows), size=(420, 500), gap=None)
        self._fill(columns)

    def _fill(self, columns: Sequence[str]) -> None:
        labels = {field.name: field.label() for field in columns_of(self._kind)[1:]}
        names = (*columns, *(name for name in labels if name not in columns))
        self.rows.fill((name, labels[name], name in columns) for name in names)

    def _reset(self) -> None:
        self._fill(usual_columns(self._kind))
        self._tell()

    def _tell(self) -> None:
        self.changed.emit(self.rows.ticked)


MAX_RECORDS_PREVIEWED = 200
PAUSE = 250  # milliseconds after a key before the preview is updated


class BulkDialog(Dialog):
    """Asks for a field and a value; ``bulk`` holds both once accepted."""

    def __init__(self, desk: Desk, kind: Kind, ids: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__("bulk", tr("bulk", "Change several records"), parent)
        self._desk, self._ids = desk, list(ids)
        self.bulk: Bulk | None = None
        self.effects: list[Effect] = []
        self._fields = lists.fields_of(kind)
        self.editor = Editor(self._fields[0], self)
        self.sentence = label("", "group", name="bulk.sentence", parent=self)
        self._rest = label("", "second", parent=self)
        self.preview = TextTable(
            "bulk.preview",
            tr("bulk", "Result for each record"),
            (tr("bulk", "Record"), (tr("bulk", "Now"), 170), (tr("bulk", "Then"), 190)),
            self,
        )
        self._later = single_shot(self, PAUSE, self.look)
        self._place = column()
        choices = self._make_choices()
        self.apply = self.foot.main("bulk.apply", "", self._accept)
        self.foot.out(tr("picker", "Cancel"))
        self.lay_out(self.sentence, choices, self._place, grow(self.preview), self._rest)
        self._field_chosen()
        fit_dialog(self, 640, 560)
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
            for way in lists.ways(field):
                self.how.addItem(lists.way_label(way), way)
        self._how_chosen()

    def _how_chosen(self) -> None:
        self.editor.setVisible(self.how.currentData() != lists.EMPTY)
        self.look()

    def _committed(self, change: FieldChange) -> None:
        self.editor.set_value(change.apply(self._held), {})  # a change says what is added, or one language alone
        self.look()

    @property
    def _held(self) -> object:
        return getattr(self.editor, "_saved", self._chosen.type.load(None))

    def _value(self) -> object:
        try:
            change = self.editor.change()
        except (UserError, ValueError):
            return self._chosen.type.load(None)
        return change.apply(self._held) if change is not None else self._held

    def look(self) -> None:
        self._later.stop()
        field, how = self._chosen, self.how.currentData()
        value = self._value()
        self.bulk = Bulk(field, how, value) if how == lists.EMPTY or is_filled(value) else None
        n = len(self._ids)
        if self.bulk is None:
            self.effects = []
            self.sentence.setText(
                ntr("bulk", "{n} record: {field} …", "{n} records: {field} …", n, field=field.label())
            )
        else:
            self.effects = lists.effects(self._desk, self._ids, self.bulk)
            self.sentence.setText(lists.say(self._desk, self.bulk, n))
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


class OutgoingDialog(Dialog):
    """A choice among the files that can be made; ``form`` and ``private`` hold it."""

    def __init__(self, forms: Sequence[FileFormat], of: str, parent: QWidget | None = None) -> None:
        super().__init__("outgoing", tr("outgoing", "Export for another program"), parent)
        self._forms = list(forms)
        self._group = radio_group("outgoing", (form.title.say() for form in self._forms), self)
        self.numbers = named(QCheckBox(tr("outgoing", "With private numbers"), self), "outgoing.private")
        self.numbers.setVisible(any(form.private for form in self._forms))
        self._group.idToggled.connect(lambda *_: self.numbers.setEnabled(self.form.private))
        self.foot.main("outgoing.save", tr("outgoing", "Save…"), self.accept)
        self.foot.out(tr("picker", "Cancel"))
        self.lay_out(
            label(" ".join(of.split()), "strong", parent=self),
            *self._group.buttons(),
            left(self.numbers),
            size=(400, 0),
            gap=theme.GAP,
        )

    @property
    def form(self) -> FileFormat:
        return self._forms[max(0, self._group.checkedId())]

    @property
    def private(self) -> bool:
        return self.form.private and self.numbers.isChecked()


class ExportDialog(Dialog):
    """Two choices; ``all_fields`` and ``only_chosen`` hold them."""

    def __init__(self, listed: int, chosen: int, parent: QWidget | None = None) -> None:
        super().__init__("export", tr("export", "Export list"), parent)
        all_ = ntr("export", "The {n} record of the list", "All {n} records of the list", listed)
        some = ntr("export", "The {n} selected record", "The {n} selected records", chosen)
        self._rows = radio_group("export.rows", [all_, *([some] if chosen > 1 else [])], self)
        self._rows.buttons()[-1].setChecked(True)
        self._columns = radio_group(
            "export.columns", (tr("export", "As on the screen"), tr("export", "All fields")), self
        )
        self.foot.main("export.go", tr("export", "Export…"), self.accept)
        self.foot.out(tr("picker", "Cancel"))
        self.lay_out(
            label(tr("export", "Rows"), "strong", wrap=False, parent=self), *self._rows.buttons(),
            label(tr("export", "Columns"), "strong", wrap=False, parent=self), *self._columns.buttons(),
            label(tr("export", "The sheet can be edited and imported again: each row keeps its id."), "hint", parent=self),
            size=(400, 0), gap=theme.GAP,
        )  # fmt: skip

    @property
    def all_fields(self) -> bool:
        return self._columns.checkedId() == 1

    @property
    def only_chosen(self) -> bool:
        return self._rows.checkedId() == 1
