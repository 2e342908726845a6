"""The worklist of translations: the texts that lack one in a list, and an editor for the current one.

Ctrl+Enter keeps what is in the box and goes on. What was typed is kept as well when another text is chosen or the page is
closed; a draft that nobody touched stays a draft then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QPushButton,
    QWidget,
)

from ucapdesk.base import settings
from ucapdesk.base.i18n import LANGUAGE_NAMES, ntr, pair, tr
from ucapdesk.base.one_line import one_line
from ucapdesk.model.codes import code_label
from ucapdesk.services import Desk
from ucapdesk.services.files import file_formats, incoming_files
from ucapdesk.services.files.incoming_files import Plan
from ucapdesk.services.translations import translation_files, translations
from ucapdesk.services.translations.translations import Item
from ucapdesk.ui.imports.import_page import ImportPage
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.announce import announce
from ucapdesk.ui.toolkit.buttons import button, press_by_enter
from ucapdesk.ui.toolkit.dialog import Dialog
from ucapdesk.ui.toolkit.dialog_fit import fit
from ucapdesk.ui.toolkit.eliding import combo_box
from ucapdesk.ui.toolkit.file_dialogs import ask_file, ask_where
from ucapdesk.ui.toolkit.layout_builder import column, flow, grow, panel, row, scrolled
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.toolkit.text_table import TextTable
from ucapdesk.ui.translations.single_translation import SingleTranslation

LIST_PX, WITH_LIST = 300, 760
"""Width of the list, and window width from which on it is shown."""
DONE_MARK = "✓ "
MAX_TEXTS_LISTED = 500
"""Maximum number of texts listed at once; the file for a translator holds all."""


class WorklistDialog(Dialog):
    """Texts to translate.

    ``texts``: only these (record, field, language), such as those that a paper lacks; ``about``: only what a paper about this
    record says; else everything.
    """

    def __init__(
        self, desk: Desk, texts: Sequence[tuple[str, str, str]] | None = None, parent: QWidget | None = None, *,
        about: str = "",
    ) -> None:  # fmt: skip
        super().__init__("worklist", tr("worklist", "Texts to translate"), parent)
        self._desk, self._texts, self._about = desk, texts, about
        self._items: list[Item] = []
        self._asked: list[int] = []
        self._at = -1
        """The row of the text in the box."""
        self._done: set[int] = set()
        self._count = label("", "strong", name="worklist.count", wrap=False, parent=self)
        heads = ((tr("translations", "Where"), 120), tr("translations", "Texts"))
        self.list = TextTable("worklist.list", tr("worklist", "Texts to translate"), heads, self)
        self.list.setFixedWidth(theme.px(LIST_PX))
        self.list.currentCellChanged.connect(lambda row, *_: self._chosen(row))
        self.one = SingleTranslation(desk, can_open=texts is None, parent=self)
        self.one.done.connect(self.finish_one)
        self.one.said.connect(self._say)
        self.one.stepped.connect(self._step)
        self.one.record_wanted.connect(self._open)
        self._arrange()
        self.on_confirm(self.one.next.click)
        self.refresh()
        fit(self, 980, 560)

    def _arrange(self) -> None:
        self._make_choices()
        self.one.setObjectName("page")
        over = flow(
            self._count,
            self.into,
            self.state,
            self._file_button("copy", tr("worklist", "Copy all for translator"), self.copy_all),
            self._file_button("paste", tr("worklist", "Paste back…"), self.paste_back, writes=True),
            self._file_button("export", tr("worklist", "Save for translator…"), self._export),
            self._file_button("take", tr("worklist", "Import translations…"), self._take_file, writes=True),
        )
        below = row(self.list, grow(scrolled(self.one, self)), gap=theme.MARGIN)
        column(panel(over, self), grow(below), self.message, on=self, gap=theme.FIELDS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the list where there is no room; its texts still come one after another."""
        super().resizeEvent(event)
        self.list.setVisible(self.width() >= theme.px(WITH_LIST))

    def _make_choices(self) -> None:
        """Make the filters by language and state; they are not offered for given texts."""
        langs = dict.fromkeys((*pair(), *settings.load().paper_languages))
        into = [(LANGUAGE_NAMES[lang], lang) for lang in langs]
        self.into = combo_box("worklist.into", tr("worklist", "Translate into"), into, "zh", chars=4)
        states = [(code_label("translation_states", each), each) for each in translations.WORK_STATES]
        which = [(tr("worklist", "All"), None), *states]
        self.state = combo_box("worklist.state", tr("worklist", "Which"), which, chars=4)
        for box in (self.into, self.state):
            box.activated.connect(self.refresh)
            if self._texts is not None:
                box.hide()

    def _file_button(self, name: str, text: str, do: Callable[[], None], *, writes: bool = False) -> QPushButton:
        """Return a button that exports to a translator, or imports the result; what was typed is kept before."""

        def run() -> None:
            if self._keep():
                self.attempt(do)

        made = button(f"worklist.{name}", text, run)
        made.setEnabled(not (writes and self._desk.workspace.read_only))
        return made

    # -- which texts ------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the list again and show its first text."""
        boxes = (self.into, self.state)
        if not self._keep():
            for box, listed in zip(boxes, self._asked, strict=True):
                box.setCurrentIndex(listed)
            return
        self._asked = [box.currentIndex() for box in boxes]
        self._items = self._listed(MAX_TEXTS_LISTED)
        self._done.clear()
        rows = [(item.where, one_line(item.text)) for item in self._items]
        self.list.fill(rows, [item.key for item in self._items])
        self._say_count()
        self._go(0)

    def _listed(self, limit: int | None) -> list[Item]:
        """Return the texts that were asked for."""
        if self._texts is not None:
            return translations.items_of(self._desk, self._texts)
        among = translations.within(self._desk, self._about) if self._about else None
        states = (self.state.currentData(),) if self.state.currentData() else translations.WORK_STATES
        return translations.worklist(self._desk, self.into.currentData(), among=among, states=states, limit=limit)

    def _say_count(self) -> None:
        said = ntr("worklist", "{n} text to do", "{n} texts to do", len(self._items) - len(self._done))
        if len(self._items) == MAX_TEXTS_LISTED:
            said = tr("worklist", "{counted}; more come when these are done", counted=said)
        self._count.setText(said)

    def _go(self, row: int) -> None:
        """Show the text of a row and focus its box."""
        if 0 <= row < len(self._items):
            with QSignalBlocker(self.list):
                self.list.setCurrentCell(row, 0)
            self._show(row)
            self.one.box.setFocus()
            self.one.box.go_to_line(0)
        else:
            self.one.show_item(None, read_only=True)

    def _show(self, row: int) -> None:
        self._at, item = row, translations.current(self._desk, self._items[row])
        self.one.show_item(item, read_only=self._desk.workspace.read_only)
        self.one.back.setEnabled(row > 0)
        self.one.skip.setEnabled(row + 1 < len(self._items))

    def _chosen(self, row: int) -> None:
        """Keep the typed text when another row is selected; where that fails, stay with it."""
        if not self._keep():
            QTimer.singleShot(0, self, self._stay)  # Qt selects the other row after this
        elif 0 <= row < len(self._items):
            self._show(row)

    def _stay(self) -> None:
        """Select the row of the text in the box again."""
        with QSignalBlocker(self.list):
            self.list.setCurrentCell(self._at, 0)

    # -- writing ----------------------------------------------------------------------------------

    def _typed(self) -> bool:
        """Return whether the user changed the text."""
        item = self.one.item
        if item is None or self._desk.workspace.read_only:
            return False
        self.one.box.finish()
        return self.one.box.said().strip() not in ("", item.translation.strip())

    def _keep(self) -> bool:
        """Keep the typed text, or say why not; return whether it can leave the box."""
        return not self._typed() or self.attempt(self._translate)

    def _translate(self) -> None:
        item = self.one.item
        if item is not None and translations.translate(self._desk, item, self.one.box.said()):
            self._note_done(item)

    def _note_done(self, item: Item) -> None:
        """Mark the text as done in the list, and show how many are left."""
        self._done.add(self._at)
        cell = self.list.item(self._at, 1)
        if cell is not None and not cell.text().startswith(DONE_MARK):
            cell.setText(DONE_MARK + cell.text())
        self.one.item = translations.current(self._desk, item)
        self._say_count()

    def finish_one(self) -> None:
        """Keep the text in the box, or confirm it unchanged, and go to the next open text."""
        if self.one.box.composing or self._desk.workspace.read_only:
            return
        self.one.box.finish()
        if self.attempt(self._translate):
            self._on()

    def _say(self, state: str) -> None:
        item = self.one.item
        if item is None or self._desk.workspace.read_only:
            return
        if self.attempt(lambda: translations.mark(self._desk, item, state)):
            self._note_done(item)
            self._on()

    def _on(self) -> None:
        """Go to the next open text, starting over after the last."""
        row = self.list.currentRow()
        order = [*range(row + 1, len(self._items)), *range(row + 1)]
        following = next((line for line in order if line not in self._done), None)
        if following is None:
            self.one.show_item(None, read_only=True)
            announce(self, tr("worklist", "Nothing is left to translate."))
        else:
            self._go(following)

    def _step(self, by: int) -> None:
        if self._keep():
            self._go(self.list.currentRow() + by)

    def _open(self) -> None:
        if self._keep() and self.one.item is not None:
            self.leave(look_at=self.one.item.id)

    def done(self, result: int) -> None:
        """Keep the typed text when the dialog closes; it stays open with what cannot be kept."""
        if self._keep():
            super().done(result)

    # -- to a translator and back -----------------------------------------------------------------

    @property
    def _undone(self) -> list[Item]:
        return [translations.current(self._desk, item) for item in self._items]

    def copy_all(self) -> None:
        """Copy the table to the clipboard."""
        QApplication.clipboard().setText(translation_files.as_table(self._undone))
        announce(self, ntr("worklist", "{n} text was copied.", "{n} texts were copied.", len(self._items)))

    def paste_back(self) -> None:
        """Match translations from the clipboard by number and preview them."""
        self._offer(translation_files.plan_pasted(self._desk, self._undone, QApplication.clipboard().text()))

    def _export(self) -> None:
        units = tr("worklist", "For translators’ programs, XLIFF (*.xlf *.xliff)")
        asked = tr("worklist", "Save for translator…")
        if target := ask_where(self, asked, "translations.xlsx", f"{file_formats.sheet_files()};;{units}"):
            n = translation_files.export(self._listed(None), target)
            announce(self, ntr("worklist", "{n} text was saved.", "{n} texts were saved.", n))

    def _take_file(self) -> None:
        every = f"UCAPDesk ({' '.join(f'*{suffix}' for suffix in translation_files.SUFFIXES)})"
        if file := ask_file(self, tr("worklist", "Import translations…"), every):
            self._offer(translation_files.plan_file(self._desk, file))

    def _offer(self, plan: Plan) -> None:
        if not plan.lines:
            self.fail(tr("worklist", "It holds no new translations."))
            return
        dialog = ImportPage(plan, self)
        if dialog.ask() and (chosen := dialog.chosen):
            incoming_files.take(self._desk, plan, chosen)
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move from the list into the box on Enter, which never closes the dialog but by a button."""
        if press_by_enter(self, event):
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.one.box.setFocus()
            return
        super().keyPressEvent(event)
