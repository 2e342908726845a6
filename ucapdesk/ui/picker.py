"""Choosing records to link: found by name, pinyin or initials."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from ucapdesk.base.i18n import language, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values.members import Refs
from ucapdesk.services import Desk, records
from ucapdesk.ui.fields.choices import Picker

SHOWN = 200


class PickerDialog(QDialog):
    """A list of records of one kind with a filter; ``chosen`` after it was accepted."""

    def __init__(self, desk: Desk, kind: str, chosen: Refs, *, several: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._kind, self._several = desk, kind, several
        self.chosen = chosen
        self.setObjectName("picker")
        self.setWindowTitle(KINDS[kind].plural())
        self.resize(460, 480)
        self.filter = QLineEdit(self)
        self.filter.setObjectName("picker.filter")
        self.filter.setPlaceholderText(tr("picker", "Find by name or pinyin"))
        self.filter.setAccessibleName(tr("picker", "Find by name or pinyin"))
        self.filter.textChanged.connect(self._list)
        self.items = QListWidget(self)
        self.items.setObjectName("picker.items")
        self.items.setAccessibleName(KINDS[kind].plural())
        self.items.itemActivated.connect(self._activated)
        buttons = QDialogButtonBox(self)
        buttons.addButton(tr("picker", "Use"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.addButton(tr("picker", "None"), QDialogButtonBox.ButtonRole.ResetRole).clicked.connect(self._none)
        buttons.addButton(tr("picker", "Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        buttons.accepted.connect(self._use)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (self.filter, self.items, buttons):
            column.addWidget(widget)
        self._list("")

    def _list(self, find: str) -> None:
        self._note_ticks()
        ids = list(records.listing(self._desk, self._kind, find=find or None))[:SHOWN]
        ids = [*(id_ for id_ in self.chosen if not find and id_ not in ids), *ids]
        names = records.titles(self._desk, ids, language())
        self.items.clear()
        for id_ in ids:
            item = QListWidgetItem(names.get(id_, id_))
            item.setData(Qt.ItemDataRole.UserRole, id_)
            if self._several:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if id_ in self.chosen else Qt.CheckState.Unchecked)
            self.items.addItem(item)
            if id_ in self.chosen and not self._several:
                self.items.setCurrentItem(item)

    def _note_ticks(self) -> None:
        for row in range(self.items.count() if self._several else 0):
            item = self.items.item(row)
            id_ = item.data(Qt.ItemDataRole.UserRole)
            ticked = item.checkState() == Qt.CheckState.Checked
            self.chosen = self.chosen.plus(id_) if ticked else self.chosen.minus(id_)

    def _activated(self, item: QListWidgetItem) -> None:
        if self._several:
            done = Qt.CheckState.Unchecked if item.checkState() == Qt.CheckState.Checked else Qt.CheckState.Checked
            item.setCheckState(done)
        else:
            self._use()

    def _use(self) -> None:
        self._note_ticks()
        current = self.items.currentItem()
        if not self._several and current is not None:
            self.chosen = Refs([current.data(Qt.ItemDataRole.UserRole)])
        self.accept()

    def _none(self) -> None:
        self.chosen = Refs()
        self.accept()


def picker(desk: Desk, window: QWidget) -> Picker:
    """A function that asks for records, over a window."""

    def pick(kind: str, chosen: Refs, *, several: bool) -> Refs | None:
        dialog = PickerDialog(desk, kind, chosen, several=several, parent=window)
        accepted = dialog.exec()
        dialog.deleteLater()
        return dialog.chosen if accepted else None

    return pick
