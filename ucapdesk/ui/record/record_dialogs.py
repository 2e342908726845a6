"""Dialogs about the record shown: its history and its templates.

The history says who wrote what, and when, with deletions struck out and insertions underlined; any field can be restored to an earlier value.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from ucapdesk.base.clock import local_time
from ucapdesk.base.i18n import ntr, tr
from ucapdesk.model.codes import code_label
from ucapdesk.model.dates.formatting import say_full
from ucapdesk.model.values import PartialDate
from ucapdesk.services import Desk
from ucapdesk.services.records import history, records
from ucapdesk.services.visits import templates
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.dialogs import Dialog, fit_dialog
from ucapdesk.ui.toolkit.item_views import TextTable
from ucapdesk.ui.toolkit.layouts import STRETCH, column, flow, grow, panel, row
from ucapdesk.ui.toolkit.text_inputs import LineEdit
from ucapdesk.ui.toolkit.widgets import ElidedComboBox, button, cut, label, named

_PIECE = re.compile(r"[\u3400-\u9fff]|\w+|\s+|[^\w\s]")  # pieces of a text: single Han characters, other words whole
AT_MOST = 4000  # maximum number of pieces compared; longer texts are shown whole, one after the other


def marked(before: str, after: str) -> str:
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    if len(old) + len(new) > AT_MOST:
        return _went(before) + "<br>" + _came(after)
    said = []
    for how, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if how == "equal":
            said.append(_lines("".join(old[a:b])))
        else:
            said += [_went("".join(old[a:b])), _came("".join(new[c:d]))]
    return "".join(said)


def _lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def _went(text: str) -> str:
    """Mark a deletion; strikeout and underline tell it without colour."""
    t = theme.tokens()
    return f'<s style="color: {t.error}; background-color: {t.error_tint}">{_lines(text)}</s>' if text else ""


def _came(text: str) -> str:
    t = theme.tokens()
    return f'<u style="color: {t.ok}; background-color: {t.ok_tint}">{_lines(text)}</u>' if text else ""


MAX_SHORT_CHARS = 121
EMPTY_SIGN = "—"


class HistoryDialog(Dialog):
    """The history of one record, newest first. ``restored`` is the restored field, if any."""

    def __init__(self, desk: Desk, id_: str, parent: QWidget | None = None) -> None:
        title = records.title(desk, id_)
        super().__init__("history", tr("history", "History of “{title}”", title=" ".join(title.split())[:60]), parent)
        self._desk, self._id, self.restored = desk, id_, ""
        self._entries = list(reversed(history.of(desk, id_)))
        self._can = not desk.workspace.read_only and not records.get(desk, id_).is_deleted
        self.fields = named(ElidedComboBox(parent=self), "history.field", tr("history", "Field"))
        self.fields.addItem(tr("history", "All fields"), "")
        for field, said in {entry.field: entry.field_label for entry in reversed(self._entries)}.items():
            self.fields.addItem(said, field)
        self.fields.currentIndexChanged.connect(lambda _: self._fill())
        heads = (tr("trash", "When, by whom"), tr("history", "Field"), tr("history", "Before"), tr("history", "After"))
        self.table = TextTable("history.table", tr("history", "History"), heads, self)
        self.table.currentCellChanged.connect(self._choose)
        self._said = label("", "second", name="history.said", parent=self)
        self.detail = label(name="history.difference", parent=self)
        detail, buttons, top = self._make_detail(), self._make_buttons(), row(self.fields, STRETCH)
        column(top, grow(self.table, 3), self._said, grow(detail, 2), buttons, on=self, gap=theme.GAP)
        self._fill()
        fit_dialog(self, 960, 600)
        self.table.setFocus()

    # -- laying out -------------------------------------------------------------------------------

    def _make_detail(self) -> QScrollArea:
        self.detail.setTextFormat(Qt.TextFormat.RichText)
        self.detail.setMargin(theme.FIELDS)
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        around = QScrollArea(self, widgetResizable=True)
        named(around, "history.detail", tr("history", "What was changed"), role="shown")
        around.setWidget(self.detail)
        return around

    def _make_buttons(self) -> QWidget:
        bar = QWidget(self)
        before, after = tr("history", "Restore previous value"), tr("history", "Restore this value")
        self.before = button("history.before", before, lambda: self._restore(before=True), parent=bar)
        self.after = button("history.after", after, lambda: self._restore(before=False), parent=bar)
        close = button("history.close", tr("notice", "Close"), self.reject, "main", parent=bar)
        flow(self.before, self.after, close, on=bar)
        return bar

    # -- showing ----------------------------------------------------------------------------------

    def _fill(self) -> None:
        wanted = self.fields.currentData()
        self._shown = [entry for entry in self._entries if wanted in ("", entry.field)]
        self.table.fill([self._cells(each) for each in self._shown], tips=[each.sentence for each in self._shown])
        self.table.setCurrentCell(0 if self._shown else -1, 0)
        self._choose(self.table.currentRow())

    def _cells(self, entry: history.HistoryEntry) -> tuple[str, ...]:
        when = local_time(entry.time)
        day = say_full(PartialDate(f"{when:%Y-%m-%d}"))
        values = (cut(text, MAX_SHORT_CHARS) or EMPTY_SIGN for text in (entry.before, entry.after))
        return f"{day} {when:%H:%M}\n{entry.person}", entry.field_label, *values

    def _choose(self, row: int, *_: int) -> None:
        entry = self._entry(row)
        before, after = (entry.before, entry.after) if entry else ("", "")
        said = tr(
            "history", "Before: {before}. After: {after}.", before=before or EMPTY_SIGN, after=after or EMPTY_SIGN
        )
        self.detail.setText(marked(before, after) if entry else "")
        self.detail.setAccessibleName(said if entry else "")
        self._said.setText(entry.sentence if entry else "")
        can = self._can and entry is not None and entry.field != history.TRASH
        self.before.setEnabled(can)
        self.after.setEnabled(can)

    def _entry(self, row: int) -> history.HistoryEntry | None:
        return self._shown[row] if 0 <= row < len(self._shown) else None

    # -- bringing back ----------------------------------------------------------------------------

    def _restore(self, *, before: bool) -> None:
        entry = self._entry(self.table.currentRow())
        if entry is None:
            return
        if history.restore(self._desk, self._id, entry, before=before):
            self.restored = entry.field
            self.accept()
        else:
            self._said.setText(tr("history", "This is what “{field}” holds now.", field=entry.field_label))


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
        if self.attempt(do):
            self.accept()
