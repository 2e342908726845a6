"""The dialog that chooses what to link: records found by name, pinyin or initials, or codes of a list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from ucapdesk.base.i18n import dotted, tr
from ucapdesk.model.kind import KindField
from ucapdesk.services import Desk
from ucapdesk.services.records import link_choices, records, search
from ucapdesk.ui.toolkit.dialog import Dialog
from ucapdesk.ui.toolkit.inputs import LineEdit
from ucapdesk.ui.toolkit.list_item import list_item
from ucapdesk.ui.toolkit.named import named

MAX_CHOICES = 200

Options = Callable[[str, Sequence[str]], dict[str, str]]
"""A function (typed text, chosen keys) that returns the choices as key and label; chosen keys are always included."""


def options_of(desk: Desk, field: KindField) -> Options:
    """Return the choices for a field, each with its other language and its origin."""

    def options(find: str, chosen: Sequence[str]) -> dict[str, str]:
        if find.strip() or not field.meta.kinds:
            found = link_choices.offers(desk, field, find, limit=MAX_CHOICES)
        else:
            everything = records.listing(desk, field.meta.kinds[0])[:MAX_CHOICES]
            found = link_choices.named(desk, field, dict.fromkeys((*chosen, *everything)), details=True)
        unknown = [key for key in chosen if not find.strip() and key not in {each.key for each in found}]
        return {each.key: label_of(each) for each in (*link_choices.named(desk, field, unknown), *found)}

    return options


def label_of(what: link_choices.NamedRecord) -> str:
    """Return a label: the name, the name in the other language, and a detail that tells namesakes apart."""
    return dotted("  ".join(filter(None, (what.name, what.other))), what.detail)


def pick_more(desk: Desk, field: KindField, title: str, known: Sequence[str], parent: QWidget) -> list[str]:
    """Ask for several records to link; return those that were not ``known`` before."""
    dialog = PickerDialog(title, options_of(desk, field), known, several=True, parent=parent.window())
    return [key for key in dialog.chosen if key not in known] if dialog.ask() else []


def pick_one(title: str, labels: Mapping[str, str], parent: QWidget, first: str = "") -> str:
    """Ask for one of some values, with ``first`` selected, by name or pinyin; return its key, empty where none is chosen."""

    def options(find: str, _: Sequence[str]) -> dict[str, str]:
        return {key: labels[key] for key in (search.named(find, labels) if find.strip() else labels)}

    dialog = PickerDialog(title, options, [first] if first else [], parent, several=False)
    return next(iter(dialog.chosen), "") if dialog.ask() else ""


class PickerDialog(Dialog):
    """A list with a filter; ``chosen`` holds the keys once accepted."""

    def __init__(self, title: str, options: Options, chosen: Sequence[str], parent: QWidget, *, several: bool) -> None:
        super().__init__("picker", title, parent)
        self._options, self._several = options, several
        self.chosen = list(chosen)
        find = tr("picker", "Find by name or pinyin")
        self.filter = named(LineEdit(self, hint=find), "picker.filter", find)
        self.filter.textChanged.connect(self._list)
        self.items = named(QListWidget(self), "picker.items", title)
        self.items.itemActivated.connect(self._activated)
        self.items.itemChanged.connect(self._ticked)
        self.foot.beside("picker.none", tr("picker", "None"), self._none)
        self.foot.main("picker.use", tr("picker", "Use"), self._use)
        self.foot.out(tr("picker", "Cancel"))
        self.lay_out(self.filter, self.items, size=(480, 480), gap=None)
        self._list("")

    def _list(self, find: str) -> None:
        self.items.clear()
        for key, label in self._options(find, self.chosen).items():
            item = list_item(label, {Qt.ItemDataRole.UserRole: key})
            if self._several:
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                item.setCheckState(Qt.CheckState.Checked if key in self.chosen else Qt.CheckState.Unchecked)
            self.items.addItem(item)
            if key in self.chosen and not self._several:
                self.items.setCurrentItem(item)
        if find and not self._several:
            self.items.setCurrentRow(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down leads from the filter into the list; where several are chosen, Enter ticks the first one that was found."""
        looks_for_more = self._several and self.filter.hasFocus() and self.filter.text().strip()
        if event.key() == Qt.Key.Key_Down and self.filter.hasFocus() and self.items.count():
            self.items.setFocus()
            self.items.setCurrentRow(max(0, self.items.currentRow()))
        elif looks_for_more and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.items.count():
                self.items.item(0).setCheckState(Qt.CheckState.Checked)
                self.filter.clear()
        else:
            super().keyPressEvent(event)

    def _ticked(self, item: QListWidgetItem) -> None:
        key, ticked = item.data(Qt.ItemDataRole.UserRole), item.checkState() == Qt.CheckState.Checked
        self.chosen = [each for each in self.chosen if each != key] + [key] * ticked

    def _activated(self, item: QListWidgetItem) -> None:
        if self._several:
            item.setCheckState(Qt.CheckState.Checked)
        else:
            self._use()

    def _use(self) -> None:
        current = self.items.currentItem()
        if not self._several and current is not None:
            self.chosen = [current.data(Qt.ItemDataRole.UserRole)]
        self.accept()

    def _none(self) -> None:
        self.chosen = []
        self.accept()
