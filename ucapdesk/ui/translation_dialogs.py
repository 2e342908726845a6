"""The dialogs of translators: the worklist of texts without a translation, and the drafts of the interface's own texts.

In the worklist Ctrl+Enter keeps what is in the box and goes on. What was typed is kept as well when another text is
chosen or the page is closed; a draft that nobody touched stays a draft then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ucapdesk.base import settings
from ucapdesk.base.fold import one_line
from ucapdesk.base.i18n import LANGUAGE_NAMES, dotted, language, ntr, pair, tr
from ucapdesk.model.codes import code_label
from ucapdesk.services import Desk
from ucapdesk.services.files import file_formats, incoming_files
from ucapdesk.services.files.incoming_files import Plan
from ucapdesk.services.translations import interface_texts, translation_files, translations
from ucapdesk.services.translations.interface_texts import InterfaceText
from ucapdesk.services.translations.translations import Item
from ucapdesk.ui.imports.import_page import ImportPage
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.dialogs import Dialog, ask_file, ask_where, fit_dialog
from ucapdesk.ui.toolkit.item_views import TextTable
from ucapdesk.ui.toolkit.layouts import STRETCH, FlowLayout, column, flow, grow, panel, refill, row, scrolled
from ucapdesk.ui.toolkit.text_inputs import LineEdit, TextEdit
from ucapdesk.ui.toolkit.widgets import announce, breakable, button, combo_box, label, named, press_by_enter

STACK_BELOW = 240  # Column width below which the two languages are stacked
TERMS = 6


class SingleTranslation(QWidget):
    """Shows a text and accepts its translation.

    Signals:
        done(): what is in the box is the translation; on to the next text.
        said(str): ``same`` or ``not_needed``.
        stepped(int): to the text before or after, as it is.
        record_wanted(): the record is to be shown.
    """

    done = Signal()
    said = Signal(str)
    stepped = Signal(int)
    record_wanted = Signal()

    def __init__(self, desk: Desk, *, can_open: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.item: Item | None = None
        self._where, self._record = label("", "caption"), label("", "page")
        self._source_head, self._target_head = label("", "caption"), label("", "caption")
        self.source, self.box = named(TextEdit(self), "worklist.source"), named(TextEdit(self), "worklist.target")
        self.source.setReadOnly(True)
        heads, boxes = (self._source_head, self._target_head), (self.source, self.box)
        pairs = [grow(column(head, box, gap=4)) for head, box in zip(heads, boxes, strict=True)]
        self._pairs = row(*pairs, gap=theme.MARGIN)
        self._terms = QWidget(self)
        self._chips = FlowLayout(self._terms)
        foot = self._make_buttons(can_open=can_open)
        column(self._where, self._record, self._pairs, self._terms, foot, STRETCH, on=self, gap=theme.GAP, margins=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside, ways = self.width() >= 2 * theme.px(STACK_BELOW) + theme.MARGIN, QBoxLayout.Direction
        self._pairs.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self._pairs.setSpacing(theme.MARGIN if beside else 4)

    def _make_buttons(self, *, can_open: bool) -> QVBoxLayout:
        self.same = button("worklist.same", tr("worklist", "= Same in both"), lambda: self.said.emit("same"))
        self.not_needed = button(
            "worklist.not_needed", tr("worklist", "Not needed"), lambda: self.said.emit("not_needed")
        )
        self.open = button("worklist.open", tr("worklist", "Show the record"), self.record_wanted.emit)
        self.open.setVisible(can_open)
        self.back = button("worklist.back", tr("worklist", "‹ Back"), lambda: self.stepped.emit(-1))
        self.skip = button("worklist.skip", tr("worklist", "Later ›"), lambda: self.stepped.emit(1))
        self.next = button("worklist.next", tr("worklist", "Done, next"), self.done.emit, "main", tip="Ctrl+Enter")
        answers, ways = flow(self.same, self.not_needed, self.open), flow(self.next, self.skip, self.back)
        return column(panel(answers, self), panel(ways, self), gap=theme.FIELDS)

    # -- one after another ------------------------------------------------------------------------

    def show_item(self, item: Item | None, *, read_only: bool) -> None:
        self.item = item
        for widget in (self.source, self.box, self.same, self.not_needed, self.open, self.next, self._terms):
            widget.setEnabled(item is not None)
        if item is None:
            self._where.setText("")
            self._record.setText(tr("worklist", "Nothing is left to translate."))
            self.source.put("")
            self.box.put("")
            self._show_terms([])
            return
        state = code_label("translation_states", item.state) if item.state else tr("worklist", "done")
        self._where.setText(dotted(item.where, state))
        self._record.setText(breakable(item.title))
        for head, box, lang, text in (
            (self._source_head, self.source, item.source, item.text),
            (self._target_head, self.box, item.target, item.translation),
        ):
            head.setText(LANGUAGE_NAMES[lang])
            box.setAccessibleName(f"{item.where} · {LANGUAGE_NAMES[lang]}")
            box.speak(lang)
            box.put(text)
        self.box.setReadOnly(read_only)
        wrong = translations.avoided(self._desk, item.translation, item.target)
        self._show_terms([*wrong, *translations.occurring(self._desk, item.text, item.source, item.target)][:TERMS])

    def _show_terms(self, terms: list[translations.Term]) -> None:
        refill(self._chips, map(self._chip, terms))
        self._terms.setVisible(bool(terms))

    def _chip(self, term: translations.Term) -> QPushButton:
        sign, tip = "=", tr("worklist", "Insert at the cursor")
        if term.instead:
            sign, tip = "→", tr("worklist", "The glossary uses another term; insert it at the cursor")
        said = f"{term.source} {sign} {term.target}"
        return button("worklist.term", said, lambda: self._put_in(term.target), "chip", tip=tip, parent=self._terms)

    def _put_in(self, text: str) -> None:
        if not self.box.isReadOnly():
            self.box.insert_text(text)
            self.box.setFocus()


LIST_PX, WITH_LIST = 300, 760  # Width of the list, and window width from which on it is shown
DONE_MARK = "✓ "
MAX_TEXTS_LISTED = 500  # Maximum number of texts listed at once; the file for a translator holds all


class WorklistDialog(Dialog):
    """Texts to translate.

    ``texts``: only these (record, field, language), such as those that a paper lacks; ``about``: only what a paper about this
    record says; else everything.
    """

    def __init__(
        self,
        desk: Desk,
        texts: Sequence[tuple[str, str, str]] | None = None,
        parent: QWidget | None = None,
        *,
        about: str = "",
    ) -> None:
        super().__init__("worklist", tr("worklist", "Texts to translate"), parent)
        self._desk, self._texts, self._about = desk, texts, about
        self._items: list[Item] = []
        self._asked: list[int] = []
        self._at = -1
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
        fit_dialog(self, 980, 560)

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
        with QSignalBlocker(self.list):
            self.list.setCurrentCell(self._at, 0)

    # -- writing ----------------------------------------------------------------------------------

    def _typed(self) -> bool:
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
        QApplication.clipboard().setText(translation_files.as_table(self._undone))
        announce(self, ntr("worklist", "{n} text was copied.", "{n} texts were copied.", len(self._items)))

    def paste_back(self) -> None:
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


MAX_LISTED = 200
MAX_FORMS = 3  # Plural forms of the languages of Europe, but for a few


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
        row = self.list.currentRow()
        return self._texts[row] if 0 <= row < len(self._texts) else None

    def refresh(self) -> None:
        found = interface_texts.drafts(self._lang, self.finder.said().strip())
        self._texts = found[:MAX_LISTED]
        left = sum(not each.own for each in found)
        said = ntr("drafts", "{n} text that nobody has read yet", "{n} texts that nobody has read yet", left)
        self._count.setText(said)
        self.list.fill([(" / ".join(each.english), _shown(each)) for each in self._texts])
        self.list.setCurrentCell(0, 0)
        self._choose()

    def _choose(self) -> None:
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
