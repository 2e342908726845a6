"""The dialog of templates for the record shown: use one, or save the record's contents as another."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.model.codes import code_label
from ucapdesk.services import Desk
from ucapdesk.services.visits import templates
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.dialog import Dialog
from ucapdesk.ui.toolkit.inputs import LineEdit
from ucapdesk.ui.toolkit.layout_builder import flow, grow, panel
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.toolkit.text_table import TextTable


class TemplatesDialog(Dialog):
    """Use a template, or save one. Once accepted, ``said`` holds the result in a sentence."""

    by_enter = False

    def __init__(self, desk: Desk, id_: str, kind: str, title: str, parent: QWidget | None = None) -> None:
        super().__init__("templates", tr("template", "Templates"), parent)
        self._desk, self._id, self._kind = desk, id_, kind
        self.said = ""
        heads = ((tr("template", "Kind"), 130), tr("template", "Name"), (tr("template", "Points"), 80))
        self.table = TextTable("templates.list", tr("template", "Templates"), heads, self)
        self.table.itemActivated.connect(lambda _: self._use())
        self._empty = label(tr("template", "No suitable template yet. Save one below."), "second", parent=self)
        caption = label(tr("template", "Name of a new template"), "caption")
        self.name = named(LineEdit(self), "templates.name", caption.text())
        self.use = self.foot.main("templates.use", tr("template", "Use"), self._use)
        self.foot.out(tr("notice", "Close"))
        head = label(" ".join(title.split()), "strong")
        self._fill()
        self.lay_out(head, grow(self.table), self._empty, caption, self.name, self._keepers(), size=(560, 480))

    def _keepers(self) -> QWidget:
        """Return a button for each type that can be saved from this record."""
        buttons = []
        for type_ in templates.types_for(self._kind):
            said = tr("template", "Save as template: {type}", type=code_label("template_kind", type_))
            buttons.append(button(f"templates.keep.{type_}", said, lambda type_=type_: self._keep(type_)))
        return panel(flow(*buttons), self)

    def _fill(self) -> None:
        found = templates.fitting(self._desk, self._kind)
        self.table.fill([(each.label, each.name, str(each.n)) for each in found], [each.id for each in found])
        self._empty.setVisible(not found)
        self.use.setEnabled(bool(found))
        if found:
            self.table.setCurrentCell(0, 0)
            self.table.setFocus()
        else:
            self.name.setFocus()

    def _use(self) -> None:
        row = self.table.currentRow()
        if row >= 0:
            template = str(self.table.data_of(row))

            def do() -> None:
                n = templates.use(self._desk, template, self._id)
                self.said = ntr("template", "{n} point was added.", "{n} points were added.", n)

            self._do(do)

    def _keep(self, type_: str) -> None:
        self.name.finish()

        def do() -> None:
            templates.keep(self._desk, self._id, type_, self.name.said())
            self.said = tr("template", "The template was saved.")

        self._do(do)

    def _do(self, do: Callable[[], None]) -> None:
        """Run an action and close; report a failure in one sentence."""
        if self.attempt(do):
            self.accept()
