"""The menu of a list: how it is sorted, its columns, keeping it under a name, taking it elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.model.kind import KindField
from ucapdesk.model.listing import columns_of, usual_columns
from ucapdesk.services import views
from ucapdesk.ui.lists.prompt import Prompt

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
        self._fill_views()
        self.addAction(tr("action", "Save this view…")).triggered.connect(lambda: self._pane.asked.emit("view.save"))
        self.addAction(tr("action", "Export list…")).triggered.connect(lambda: self._pane.asked.emit("file.export"))
        self.addSeparator()
        change = self.addAction(tr("action", "Change the chosen records…"))
        change.setEnabled(bool(self._pane.selected()))
        change.triggered.connect(lambda: self._pane.asked.emit("edit.change_many"))

    def _fill_views(self) -> None:
        """The saved views of this kind: to be shown, called otherwise, or forgotten."""
        kind = self._pane.table.kind.name
        saved = [each for each in views.saved(self._pane.desk) if each.view.kind == kind]
        if not saved:
            return
        menu = self.addMenu(tr("section", "Saved views"))
        for each in saved:
            menu.addAction(_plain(each.name)).triggered.connect(lambda _=False, v=each.view: self._pane.apply_view(v))
        menu.addSeparator()
        for label, act in ((tr("view", "Rename"), self._rename), (tr("view", "Delete"), self._delete)):
            inner = menu.addMenu(label)
            for each in saved:
                inner.addAction(_plain(each.name)).triggered.connect(lambda _=False, n=each.name, do=act: do(n))

    def _rename(self, name: str) -> None:
        desk = self._pane.desk
        title, button = tr("view", "New name of the view"), tr("view", "Rename")
        dialog = Prompt(title, button, lambda to: views.rename(desk, name, to), text=name, parent=self._pane)
        dialog.exec()
        dialog.deleteLater()
        self._pane.views_changed.emit()

    def _delete(self, name: str) -> None:
        gone = views.delete(self._pane.desk, name)
        self._pane.views_changed.emit()
        if gone is not None:
            said = tr("view", "The view “{name}” was deleted.", name=name)
            self._pane.done.emit(said, tr("action", "Undo"), lambda: self._bring_back(gone))

    def _bring_back(self, gone: views.SavedView) -> None:
        views.keep(self._pane.desk, gone.name, gone.view, replace=True)
        self._pane.views_changed.emit()

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
        letters = menu.addAction(tr("list", "Letters over the rows"))
        letters.setCheckable(True)
        letters.setChecked(self._pane.letters)
        letters.triggered.connect(self._pane.show_letters)
        backwards.triggered.connect(lambda on: table.sort_by(table.view.order or title.name, descending=on))

    def _add_order(self, menu: QMenu, field: KindField) -> None:
        table = self._pane.table
        action = menu.addAction(_plain(field.label()))
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
            action = menu.addAction(_plain(table.kind.fields[name].label()))
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


def _plain(label: str) -> str:
    """A label as a menu shows it, where & would mark a letter."""
    return label.replace("&", "&&")
