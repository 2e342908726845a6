"""The menu of a list: sorting, columns, saved views, export."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.model.kind import KindField
from ucapdesk.model.listing import columns_of, usual_columns
from ucapdesk.services.records import views
from ucapdesk.ui.lists.list_page import ListPage
from ucapdesk.ui.toolkit.menu_choice import add_choice


class ListMenu(QMenu):
    """A menu that is filled when it opens."""

    def __init__(self, page: ListPage) -> None:
        super().__init__(page)
        self.setObjectName("list.menu")
        self._page, self._table, self._do = page, page.table, page.do
        self.aboutToShow.connect(self._fill)

    def _fill(self) -> None:
        self.clear()
        self._fill_sorting(self.addMenu(tr("list", "Sort by")))
        add_choice(self, tr("action", "Columns…"), partial(self._do, "view.columns"))
        self.addSeparator()
        self._fill_views()
        add_choice(self, tr("action", "Save this view…"), partial(self._do, "view.save"))
        add_choice(self, tr("action", "Export list…"), partial(self._do, "file.export"))
        self.addSeparator()
        change = add_choice(self, tr("action", "Edit selected…"), partial(self._do, "edit.change_many"))
        change.setEnabled(bool(self._page.selected()))

    def _fill_views(self) -> None:
        """Add the saved views of this kind, to be shown, renamed or deleted."""
        kind = self._table.kind.name
        saved = [each for each in views.saved(self._page.desk) if each.view.kind == kind]
        if not saved:
            return
        menu = self.addMenu(tr("section", "Saved views"))
        for each in saved:
            add_choice(menu, each.name, partial(self._page.show_view, each.view))
        menu.addSeparator()
        for label, command in ((tr("view", "Rename"), "view.rename"), (tr("view", "Delete"), "view.delete")):
            inner = menu.addMenu(label)
            for each in saved:
                add_choice(inner, each.name, partial(self._do, command, each.name))

    def _fill_sorting(self, menu: QMenu) -> None:
        """Add sorting by any field; those of the columns first."""
        table = self._table
        near = [table.kind.fields[name] for name in usual_columns(table.kind)]
        title, *fields = columns_of(table.kind)
        add_choice(menu, tr("list", "Default order"), lambda: table.sort_by(""), checked=not table.view.order)
        for field in (title, *near):
            self._add_order(menu, field)
        far = [field for field in fields if field not in near]
        if far:
            more = menu.addMenu(tr("list", "More fields"))
            for field in far:
                self._add_order(more, field)
        menu.addSeparator()
        view = table.view
        turn = partial(table.sort_by, view.order or title.name, descending=not view.descending)
        add_choice(menu, tr("list", "Descending"), turn, checked=view.descending)
        letters, said = self._page.heads.letters, tr("list", "Show initial letters")
        add_choice(menu, said, lambda: self._page.show_letters(not letters), checked=letters)

    def _add_order(self, menu: QMenu, field: KindField) -> None:
        view = self._table.view
        sort = partial(self._table.sort_by, field.name, descending=view.descending)
        add_choice(menu, field.label(), sort, checked=view.order == field.name)

    def columns_menu(self, parent: QWidget) -> QMenu:
        """Return a menu for the header: the usual columns with a tick each, and the dialog for all others."""
        table, menu = self._table, QMenu(parent)
        menu.setObjectName("list.columns_menu")
        shown = [column.name for column in table.columns[1:]]
        for name in dict.fromkeys((*shown, *usual_columns(table.kind))):
            wanted = [each for each in shown if each != name] if name in shown else [*shown, name]
            choose = partial(self._page.set_columns, wanted)
            action = add_choice(menu, table.kind.fields[name].label(), choose, checked=name in shown)
            action.setEnabled(bool(wanted))  # none at all would mean the declared ones
        menu.addSeparator()
        add_choice(menu, tr("action", "Columns…"), partial(self._do, "view.columns"))
        add_choice(menu, tr("list", "Restore default"), partial(self._page.set_columns, ()))
        return menu
