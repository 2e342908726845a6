"""The chips under the filter of a list: the conditions in force, and the most usual others.

Which there are follows from the declared fields of the kind. All of them hold together; each is reached with Tab and taken away with Enter, Space, Del or a click. The row below a list of people says how many are incomplete; that is counted in the background, a moment later.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import language, pair, tr
from ucapdesk.model.dates.parsing import parse_date
from ucapdesk.model.kind import KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.listing import (
    ANY_VISIT,
    FILTERED_FIRST,
    INCOMPLETE,
    ROLE,
    TEXTS,
    THIS_VISIT,
    TRAVELS,
    Condition,
    ListView,
    facet_sort,
    facets,
    has_texts,
)
from ucapdesk.model.rules.status import due_field
from ucapdesk.services.records import lists
from ucapdesk.services.records.lists import condition_name
from ucapdesk.ui.lists.record_table import ListPage
from ucapdesk.ui.record.presentation import presentation
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.dialogs import Dialog
from ucapdesk.ui.toolkit.layouts import discard, flow
from ucapdesk.ui.toolkit.signals import single_shot
from ucapdesk.ui.toolkit.text_inputs import LineEdit
from ucapdesk.ui.toolkit.widgets import add_choice, button, filled_on_open, icon, label, named, set_tool_tip, set_up
from ucapdesk.ui.window.background_jobs import BackgroundQuery


class Prompt(Dialog):
    """One line with a button that names what is done. ``use`` takes the text; its ``UserError`` keeps the dialog open."""

    def __init__(
        self, title: str, button: str, use: Callable[[str], object], *, text: str = "", hint: str = "",
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__("prompt", title, parent)
        self._use = use
        self.line = named(LineEdit(self, text=text, hint=hint), "prompt.line", title)
        self.line.selectAll()
        self.message.setObjectName("prompt.problem")
        self.foot.main("prompt.go", button, self._accept)
        self.foot.out(tr("picker", "Cancel"))
        self.lay_out(
            label(title, "caption", wrap=False, buddy=self.line, parent=self), self.line, size=(380, 0), gap=None
        )

    def _accept(self) -> None:
        if self.line.preedit:
            return
        if self.attempt(lambda: self._use(self.line.text())):
            self.accept()
        else:
            self.line.setAccessibleDescription(self.message.text())
            self.line.setFocus()


LARGE = 150  # text size in per cent from which on only conditions in force have chips
OFFERED = 24  # maximum number of values in a menu; more are chosen from a list with a filter


class FilterChips(QWidget):
    def __init__(self, page: ListPage) -> None:
        super().__init__(page)
        self.setObjectName("list.chips")
        self._page, self._desk = page, page.desk
        self._shown: tuple[object, ...] = ()  # the kind and the conditions for which there are chips
        self._flow = flow(on=self, gap=theme.px(6))
        self._flow.setContentsMargins(theme.GAP, 0, theme.GAP, theme.GAP)
        self._buttons: list[QPushButton] = []
        said = tr("list", "Filter this list by…")
        self.add = button(
            "list.add_filter", tr("list", "Filter"), role="chip", mark="filter", said=said, tip=said, parent=self
        )
        self.menu = filled_on_open(named(QMenu(self.add), "list.filter_menu"), self._fill_menu)
        self.add.setMenu(self.menu)

    # -- the chips --------------------------------------------------------------------------------

    @property
    def _view(self) -> ListView:
        return self._page.table.view

    def follow(self) -> None:
        if self._shown != (self._view.kind, self._view.conditions) or not self._buttons:
            self.refresh()

    def refresh(self) -> None:
        """Rebuild the chips; those offered depend on the day and on the records."""
        view = self._view
        self._shown = view.kind, view.conditions
        focus = next((each.objectName() for each in self._buttons if each.hasFocus()), "")
        for each in (*self._buttons, self.add):
            self._flow.removeWidget(each)
        discard(*self._buttons)
        self._buttons = [self._held(each) for each in view.conditions]
        if theme.px(100) < LARGE:
            narrowed = {each.field for each in view.conditions}
            self._buttons += [self._menu_chip(each) for each in presentation(view.kind).chips if each not in narrowed]
            self._buttons += [self._offer(each) for each in self._usual() if each not in view.conditions]
        for chip in (*self._buttons, self.add):
            self._flow.addWidget(chip)
            chip.show()
        if focus:
            next((each for each in self._buttons if each.objectName() == focus), self.add).setFocus()

    def _usual(self) -> list[Condition]:
        kind = KINDS[self._view.kind]
        visits = [each.name for each in facets(kind) if each.meta.kinds == ("visit",)]
        usual = {
            TRAVELS: kind.name == "person" and ANY_VISIT,
            **{name: lists.visit_of_the_day(self._desk) and THIS_VISIT for name in visits[:1]},
            due_field(kind): "@overdue",
            "expires": "expires" in kind.fields and "@next90",
            TEXTS: has_texts(kind) and "zh.missing",
        }
        held = {each.field for each in self._view.conditions} - {TEXTS}
        return [Condition(name, (value,)) for name, value in usual.items() if name and value and name not in held]

    def _menu_chip(self, name: str) -> QPushButton:
        field = KINDS["contact_role"].fields["role"] if name == ROLE else KINDS[self._view.kind].fields[name]
        text = f"{field.label()}  ".replace("&", "&&")
        chip = button(
            f"list.facet.{name.removeprefix(':')}",
            text,
            role="chip",
            said=tr("list", "Filter this list: {filter}", filter=field.label()),
            parent=self,
        )
        chip.setMenu(filled_on_open(QMenu(chip), partial(self._fill_values, field)))
        return chip

    def _held(self, condition: Condition) -> QPushButton:
        said = lists.say_condition(self._desk, KINDS[self._view.kind], condition)
        remove = tr("list", "Remove filter {filter}", filter=said)
        chip = self._chip(condition, said, partial(self._without, condition), remove, checked=True)
        chip.setIcon(icon("dismiss", 12, "accent"))
        chip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        set_tool_tip(chip, remove)
        for key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            QShortcut(QKeySequence(key), chip, chip.click, context=Qt.ShortcutContext.WidgetShortcut)
        return chip

    def _offer(self, condition: Condition) -> QPushButton:
        said = lists.say_condition(self._desk, KINDS[self._view.kind], condition)
        return self._chip(
            condition, said, partial(self._narrow, condition), tr("list", "Filter this list: {filter}", filter=said)
        )

    def _chip(
        self, condition: Condition, said: str, do: Callable[[], None], spoken: str, *, checked: bool = False
    ) -> QPushButton:
        text = self.fontMetrics().elidedText(said, Qt.TextElideMode.ElideRight, theme.px(220))
        parts = (condition.field.removeprefix(":"), *condition.values)
        name = "list.chip." + ".".join(part.removeprefix("@") for part in parts)
        return button(name, text, do, "chip", said=spoken, checked=checked, parent=self)

    def _narrow(self, condition: Condition) -> None:
        self._page.show_view(self._view.with_condition(condition))

    def _without(self, condition: Condition) -> None:
        self._page.show_view(self._view.without_condition(condition))

    # -- the menu of everything else --------------------------------------------------------------

    def _fill_menu(self, menu: QMenu) -> None:
        """Fill a menu with one submenu for each field; its values are read when it opens."""
        kind = KINDS[self._view.kind]
        if has_texts(kind):
            texts = menu.addMenu(tr("list", "Translation"))
            for state in (*(f"{lang}.missing" for lang in pair()), "draft", "outdated"):
                self._add_value(texts, Condition(TEXTS, (state,)), condition_name(state))
        self._add_value(menu, Condition(INCOMPLETE, ("incomplete",)), condition_name("incomplete"))
        if kind.name == "person":
            for visit in (ANY_VISIT, THIS_VISIT) if lists.visit_of_the_day(self._desk) else (ANY_VISIT,):
                self._add_value(menu, Condition(TRAVELS, (visit,)), condition_name(visit))
            self._add_field(menu, KINDS["contact_role"].fields["role"])
        near = [each for each in facets(kind) if each.meta.column or each.name in FILTERED_FIRST]
        for field in near:
            self._add_field(menu, field)
        far = [each for each in facets(kind) if each not in near]
        if far:
            menu.addSeparator()
            more = menu.addMenu(tr("list", "More fields"))
            for field in far:
                self._add_field(more, field)

    def _add_field(self, over: QMenu, field: KindField) -> None:
        menu = over.addMenu(field.label().replace("&", "&&"))
        menu.setObjectName(f"list.filter_menu.{field.name}")
        filled_on_open(menu, partial(self._fill_values, field))

    def _fill_values(self, field: KindField, menu: QMenu) -> None:
        """Fill a menu with the values of a field, each with how many records have it, where they are counted."""
        found = lists.choices(self._desk, KINDS[field.kind], field)
        name = ROLE if field.kind == "contact_role" else field.name
        for value, text, n in found[:OFFERED]:
            said = text if n < 0 else tr("list", "{value} ({n})", value=text, n=n)
            self._add_value(menu, Condition(name, (value,)), said)
        if not found:
            menu.addAction(tr("list", "Nothing recorded yet")).setEnabled(False)
        if len(found) > OFFERED:
            menu.addAction(tr("list", "Others…")).triggered.connect(lambda: self._pick(name, field.label(), found))
        if facet_sort(field) == "dates":
            menu.addAction(tr("list", "Period…")).triggered.connect(lambda: self._ask_period(field))

    def _add_value(self, menu: QMenu, condition: Condition, said: str) -> None:
        wanted = set(condition.values)
        mine = [each for each in self._view.conditions if each.field == condition.field and wanted <= set(each.values)]
        do = partial(self._drop, mine[0], condition) if mine else partial(self._narrow, condition)
        add_choice(menu, " ".join(said.split()), do, checked=bool(mine))

    def _drop(self, held: Condition, condition: Condition) -> None:
        left = tuple(value for value in held.values if value not in condition.values)
        kept = [each._replace(values=left) if each == held else each for each in self._view.conditions]
        self._page.show_view(self._view._replace(conditions=tuple(each for each in kept if each.values)))

    def _pick(self, name: str, title: str, found: list[tuple[str, str, int]]) -> None:
        from ucapdesk.ui.fields.links import pick_one

        if chosen := pick_one(title, {value: label for value, label, _ in found}, self):
            self._narrow(Condition(name, (chosen,)))

    def _ask_period(self, field: KindField) -> None:
        hint = tr("list", "2026, Nov 2026, 1–15 Nov 2026, from 1 Nov 2026")
        Prompt(field.label(), tr("list", "Add filter"), partial(self._take_period, field), hint=hint, parent=self).ask()

    def _take_period(self, field: KindField, said: str) -> None:
        try:
            period = parse_date(said, language())
        except (ValueError, UserError):
            raise UserError(
                "“{said}” is not a date or period. The list stays as it is; write for example 2026, 11/2026 or 1–15 Nov 2026.",
                code="no-period",
                said=said,
            ) from None
        self._narrow(Condition(field.name, (period.edtf,)))


INCOMPLETE_DELAY_MS = 150  # milliseconds without a change before they are counted
CONDITION = Condition(INCOMPLETE, ("incomplete",))


def _counted(view: ListView) -> bool:
    return presentation(view.kind).counts_incomplete and CONDITION not in view.conditions


class IncompleteRow(QPushButton):
    """Hidden where nobody is incomplete, or where they are listed already."""

    def __init__(self, page: ListPage) -> None:
        super().__init__(page)
        self._page = page
        set_up(
            self,
            "list.incomplete",
            self._list,
            "quiet",
            mark="chevron_right",
            tip=tr("list", "People known by name only, to be completed"),
        )
        self._soon = single_shot(self, INCOMPLETE_DELAY_MS, self._count)
        self._behind = BackgroundQuery(self)
        self.hide()

    def _list(self) -> None:
        self._page.show_view(self._page.table.view.with_condition(CONDITION))

    def expect(self) -> None:
        """Count soon, after a list was shown or something was written."""
        if not _counted(self._page.table.view):
            self.hide()
        self._soon.start()

    def _count(self) -> None:
        view, desk = self._page.table.view, self._page.desk
        if self._page.isVisible() and _counted(view):
            those = ListView(view.kind, conditions=(CONDITION,))
            self._behind.ask(lambda: len(lists.ids(desk, those)), lambda n: self._say(view, n))

    def _say(self, view: ListView, n: int) -> None:
        if view == self._page.table.view:
            self.setText(tr("list", "Incomplete {n}", n=n))
            self.setVisible(bool(n) and theme.px(100) < LARGE)  # the menu of the filter still offers it

    def stop(self) -> None:
        """Stop counting: the list is hidden, and the workspace may be closed soon."""
        self._soon.stop()
        self._behind.stop()
