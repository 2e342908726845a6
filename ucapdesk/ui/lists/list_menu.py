"""The menu of a list: how it is sorted, its columns, keeping it under a name, taking it elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.model.kind import KindField
from ucapdesk.model.listing import columns_of, usual_columns

if TYPE_CHECKING:
    from ucapdesk.ui.lists.pane import ListPane


class ListMenu(QMenu):
    """Filled when it is opened."""

    def __init__(self, pane: ListPane) -> None:
        super().__init__(pane)
        self.setObjectName("list.menu")
        self._pane = pane
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        self._fill_sorting(self.addMenu(tr("list", "Sort by")))
        self.addAction(tr("action", "Columns…")).triggered.connect(lambda: self._pane.asked.emit("view.columns"))
        self.addSeparator()
        self.addAction(tr("action", "Save this view…")).triggered.connect(lambda: self._pane.asked.emit("view.save"))
        self.addAction(tr("action", "Export list…")).triggered.connect(lambda: self._pane.asked.emit("file.export"))
        self.addSeparator()
        change = self.addAction(tr("action", "Change the chosen records…"))
        change.setEnabled(bool(self._pane.selected()))
        change.triggered.connect(lambda: self._pane.asked.emit("edit.change_many"))

    def _fill_sorting(self, menu: QMenu) -> None:
        """By any field; those of the columns first."""
        table = self._pane.table
        near = [table.kind.fields[name] for name in usual_columns(table.kind)]
        title, *fields = columns_of(table.kind)
        usual = menu.addAction(tr("list", "As usual"))
        usual.setCheckable(True)
        usual.setChecked(not table.order)
        usual.triggered.connect(lambda: table.sort_by(""))
        for field in (title, *near):
            self._add_order(menu, field)
        far = [field for field in fields if field not in near]
        if far:
            more = menu.addMenu(tr("list", "More fields"))
            for field in far:
                self._add_order(more, field)
        menu.addSeparator()
        backwards = menu.addAction(tr("list", "Backwards"))
        backwards.setCheckable(True)
        backwards.setChecked(table.descending)
        backwards.triggered.connect(lambda on: table.sort_by(table.view.order or title.name, descending=on))

    def _add_order(self, menu: QMenu, field: KindField) -> None:
        table = self._pane.table
        action = menu.addAction(field.label().replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(table.order == field.name)
        action.triggered.connect(lambda: table.sort_by(field.name, descending=table.descending))

    def columns_menu(self, parent: QWidget) -> QMenu:
        """The usual columns with a tick each, and all the others in the dialog: for the heads."""
        table, menu = self._pane.table, QMenu(parent)
        menu.setObjectName("list.columns_menu")
        shown = [column.name for column in table.columns[1:]]
        usual = usual_columns(table.kind)
        for name in dict.fromkeys((*shown, *usual)):
            action = menu.addAction(table.kind.fields[name].label().replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(name in shown)
            others = [each for each in shown if each != name]
            wanted = others if name in shown else [*shown, name]
            action.setEnabled(bool(wanted))  # none at all would mean the declared ones
            action.triggered.connect(lambda _=False, names=wanted: self._pane.set_columns(names))
        menu.addSeparator()
        menu.addAction(tr("action", "Columns…")).triggered.connect(lambda: self._pane.asked.emit("view.columns"))
        menu.addAction(tr("list", "As at first")).triggered.connect(lambda: self._pane.set_columns(()))
        return menu
