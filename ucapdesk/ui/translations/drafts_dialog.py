"""The drafts of the interface: the texts of the window that no native speaker has read, to be agreed with or worded anew."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ucapdesk.base.i18n import LANGUAGE_NAMES, dotted, language, ntr, tr
from ucapdesk.services.translations import interface_texts
from ucapdesk.services.translations.interface_texts import InterfaceText
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.announce import announce
from ucapdesk.ui.toolkit.breakable import breakable
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.dialog import Dialog
from ucapdesk.ui.toolkit.file_dialogs import ask_where
from ucapdesk.ui.toolkit.inputs import LineEdit, TextEdit
from ucapdesk.ui.toolkit.layout_builder import STRETCH, column, flow, grow, panel, scrolled
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.toolkit.text_table import TextTable

MAX_LISTED = 200
MAX_FORMS = 3
"""Plural forms of the languages of Europe, but for a few."""
DONE_MARK = "✓ "


class InterfaceDraftsDialog(Dialog):
    """Lists the drafts of the window's language; the chosen one stands below, in a box for each of its forms."""

    by_enter = False

    def __init__(self, changed: Callable[[], None], parent: QWidget | None = None) -> None:
        """``changed``: called when the window is to say something otherwise."""
        title = tr("drafts", "Drafts of the interface")
        super().__init__("drafts", f"{title} – {LANGUAGE_NAMES.get(language(), language())}", parent)
        self._lang, self._changed = language(), changed
        self._texts: list[InterfaceText] = []
        self._count = label("", "strong", name="drafts.count", parent=self)
        find = tr("drafts", "Find a text")
        self.finder = named(LineEdit(self, hint=find), "drafts.find", find)
        self.finder.editingFinished.connect(self.refresh)
        heads = (tr("drafts", "English"), LANGUAGE_NAMES.get(self._lang, self._lang))
        self.list = TextTable("drafts.list", title, heads, self)
        self.list.currentCellChanged.connect(self._choose)
        self._english = label("", "caption", name="drafts.english", parent=self)
        self.boxes = [named(TextEdit(self), f"drafts.said.{n}", tr("drafts", "Translation")) for n in range(MAX_FORMS)]
        self.use = button("drafts.use", tr("drafts", "Right so, next"), self.keep, "main", tip="Ctrl+Enter")
        self.ours = button("drafts.ours", tr("drafts", "Use ours again"), self._take_back)
        self.foot.beside("drafts.export", tr("drafts", "Save as .po…"), self._export)
        self.foot.out(tr("notice", "Close"), "drafts.close")
        answers = panel(flow(self.use, self.ours), self)
        one = panel(column(self._english, *self.boxes, answers, STRETCH, gap=theme.FIELDS), name="page")
        self.on_confirm(self.keep)
        self.refresh()
        self.lay_out(self._count, self.finder, grow(self.list, 3), grow(scrolled(one, self), 2), size=(900, 640))

    @property
    def current(self) -> InterfaceText | None:
        """The text of the current row."""
        row = self.list.currentRow()
        return self._texts[row] if 0 <= row < len(self._texts) else None

    def refresh(self) -> None:
        """Read the drafts again and choose the first one."""
        found = interface_texts.drafts(self._lang, self.finder.said().strip())
        self._texts = found[:MAX_LISTED]
        left = sum(not each.own for each in found)
        said = ntr("drafts", "{n} text that nobody has read yet", "{n} texts that nobody has read yet", left)
        self._count.setText(said)
        self.list.fill([(" / ".join(each.english), _shown(each)) for each in self._texts])
        self.list.setCurrentCell(0, 0)
        self._choose()

    def _choose(self) -> None:
        """Show the text of the current row in the boxes."""
        chosen = self.current
        self.fail("")
        self._english.setText(breakable(dotted(" / ".join(chosen.english), chosen.context)) if chosen else "")
        for n, box in enumerate(self.boxes):
            box.setVisible(bool(chosen) and n < len(chosen.said) if chosen else n == 0)
            box.put(chosen.said[n] if chosen and n < len(chosen.said) else "")
            box.setReadOnly(chosen is None)
        self.use.setEnabled(chosen is not None)
        self.ours.setEnabled(chosen is not None and chosen.own)

    def keep(self) -> None:
        """Keep what stands in the boxes, and go on."""
        chosen = self.current
        if chosen is None:
            return
        said = tuple(box.said().strip() for box in self.boxes[: len(chosen.said)])
        if self._try(lambda: interface_texts.word(self._lang, chosen, said)):
            row, text = self.list.currentRow(), InterfaceText(chosen.context, chosen.english, said, own=True)
            self._texts[row] = text
            if (cell := self.list.item(row, 1)) is not None:
                cell.setText(_shown(text))
            if said != chosen.said:
                self._changed()
            if row + 1 < len(self._texts):
                self.list.setCurrentCell(row + 1, 0)
            self.boxes[0].setFocus()

    def _take_back(self) -> None:
        chosen = self.current
        if chosen is not None and self._try(lambda: interface_texts.take_back(self._lang, chosen)):
            self._changed()
            self.refresh()

    def _export(self) -> None:
        target = ask_where(self, tr("drafts", "Save as .po…"), f"ucapdesk-{self._lang}.po", "*.po")
        if target and self._try(lambda: interface_texts.export(self._lang, target)):
            announce(self, tr("drafts", "Saved. Send the file to whoever looks after the program."))

    def _try(self, do: Callable[[], object]) -> bool:
        try:
            return self.attempt(do)
        except OSError as error:
            self.fail(tr("drafts", "It could not be saved: {why}. Everything else is as it was.", why=error.strerror))
            return False


def _shown(text: InterfaceText) -> str:
    return (DONE_MARK if text.own else "") + " / ".join(text.said)
