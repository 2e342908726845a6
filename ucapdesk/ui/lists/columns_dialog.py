"""The dialog that chooses the columns of a list and their order: ticked, dragged, or moved with Ctrl and an arrow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.model.kind import Kind
from ucapdesk.model.listing import columns_of, usual_columns
from ucapdesk.ui.toolkit.dialog import Dialog
from ucapdesk.ui.toolkit.layout_builder import grow
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.toolkit.ticked_list import TickedList


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
