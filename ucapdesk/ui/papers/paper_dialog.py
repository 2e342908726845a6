"""The print preview of a paper: options on the left, the pages as they will be printed on the right.

What is previewed is the file that is printed and saved. It is made beside the window a moment after the last choice, and
comes up at the page and place where the one before it was.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from errno import ENOSPC
from functools import partial
from pathlib import Path
from weakref import WeakKeyDictionary

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QApplication, QWidget

from ucapdesk.base.errors import UserError
from ucapdesk.base.files import write_atomically
from ucapdesk.base.i18n import language, ntr, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.papers import printing as papers
from ucapdesk.papers.build import Undressed
from ucapdesk.papers.gap import Gap
from ucapdesk.papers.gaps import Gaps
from ucapdesk.papers.paper_catalogue import PaperChoice
from ucapdesk.papers.printing import NotTranslated, Paper
from ucapdesk.papers.request import Request
from ucapdesk.services import Desk
from ucapdesk.services.files import packs, word_papers
from ucapdesk.services.records import records
from ucapdesk.services.records.attached_files import safe_name
from ucapdesk.ui.papers import printing
from ucapdesk.ui.papers.gaps_dialog import GapsDialog, summary, texts_missing
from ucapdesk.ui.papers.page_preview import PagesView
from ucapdesk.ui.papers.paper_choices import ChoicePanel, documents_of
from ucapdesk.ui.papers.preview_dialog import PreviewDialog
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.file_dialogs import ask_where
from ucapdesk.ui.toolkit.flow_layout import FlowLayout
from ucapdesk.ui.toolkit.inputs import LineEdit
from ucapdesk.ui.toolkit.layout_builder import STRETCH, column, flow, panel, row
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.window.jobs.job_runner import Progress
from ucapdesk.ui.window.navigation.navigator import NavigableWindow

_PDF, _WORD = "PDF (*.pdf)", "Word (*.docx)"
MAX_FILE_TITLE_CHARS = 60
"""Characters of a title in a file name: systems take 255 bytes, three of them for a Chinese character."""
LEFT, MAX_CHOICES_WIDTH_PX = 320, 400
"""The width of the options, and their maximum width with large text."""


_LEFT: WeakKeyDictionary[NavigableWindow, dict[tuple[str, ...], tuple[dict[str, object], int]]] = WeakKeyDictionary()
"""The options and page at which the user left a paper to fill a gap, until they come back."""


@dataclass(frozen=True, slots=True)
class _Made:
    """The pages shown: request, recipients, contents and gaps, what is said of them, file and number of copies; no file where that says why."""

    asked: Request
    recipients: tuple[str, ...]
    paper: Paper
    gaps: Gaps
    undressed: Undressed
    note: str
    pdf: bytes = b""
    copies: int = 1


class PaperDialog(PreviewDialog):
    """One paper of some records: ``pdf`` is the file shown, ``gaps`` are those of it.

    Once accepted, ``leads_to`` names the record and field to go to.
    """

    def __init__(self, desk: Desk, ids: Sequence[str], window: NavigableWindow, document: str | None = None) -> None:
        self._title = _title(desk, list(ids))
        super().__init__("pack", f"{tr('preview', 'Preview')} · {self._title}", window.work, window)
        self._desk, self._ids, self._window = desk, list(ids), window
        self.leads_to: tuple[str, str] | None = None
        self.made: _Made | None = None
        self.pdf = b""
        self.gaps: Sequence[Gap] = ()
        self.choice = ChoicePanel(documents_of(desk, self._ids, document), self._offered, self)
        self.choice.setFixedWidth(min(theme.px(LEFT), MAX_CHOICES_WIDTH_PX))
        self.choice.changed.connect(self._soon)
        self.view = PagesView(self)
        self.view.moved.connect(self._say_place)
        left = column(self.choice, self._make_strip(), gap=theme.GAP)
        right = column(self._make_head(), self.view, self._make_foot(), gap=theme.GAP)
        left_at = _LEFT.get(window, {}).pop((*self._ids,), None) if document is None else None
        self._page = left_at[1] if left_at else 0
        if left_at:
            self.choice.choose(left_at[0])
        self.lay_beside(left, right)
        self.build()

    # -- laying out -------------------------------------------------------------------------------

    def _make_strip(self) -> QWidget:
        """Return the strip that names the gaps and the ways to fill them."""
        self._lacks = label("", "second")
        self._all = button("pack.lacking", tr("preview", "Check…"), self._show_lacking)
        self._missing = button("pack.missing", tr("preview", "Complete…"), self._complete)
        for each in (self._missing, self._all):
            each.hide()
        return panel(column(self._lacks, row(self._missing, self._all, STRETCH, gap=theme.GAP)), self)

    def _make_head(self) -> QWidget:
        self.note, self._place = label("", "second"), label("", "second", wrap=False)
        sizes = flow(self._place, gap=4)
        for name, sign, said, step in (
            ("smaller", "−", tr("preview", "Zoom out"), -1),
            ("larger", "+", tr("preview", "Zoom in"), 1),
            ("wide", "↔", tr("preview", "Fit width"), 0),
        ):
            resize = partial(self.view.resize_pages, step)
            sizes.addWidget(button(f"pack.{name}", sign, resize, "quiet", said=said, tip=said))
        return panel(column(self.note, sizes, gap=0), self)

    def _make_foot(self) -> FlowLayout:
        self.copies = named(LineEdit(self, text="1"), "pack.copies", tr("preview", "Copies"))
        self.copies.setFixedWidth(theme.px(56))
        caption = label(tr("preview", "Copies"), wrap=False, buddy=self.copies)
        print_ = button("pack.print", tr("preview", "Print…"), self._print)
        save = button("pack.save", tr("preview", "Save as…"), self._save)
        QShortcut(QKeySequence("Ctrl+P"), print_).activated.connect(self._print)
        theme.role(print_ if QPrinterInfo.availablePrinterNames() else save, "main")
        drives = []
        for n, drive in enumerate(self._window.exchange.places.drives):
            said, keep = tr("preview", "Save to {drive}", drive=drive.name), partial(self._keep, drive.path)
            drives.append(button(f"pack.drive.{n}", said, keep))
        self._buttons = (save, print_, *drives)
        return flow(caption, self.copies, print_, save, *drives)

    # -- making the pages -------------------------------------------------------------------------

    def _offered(self, document: str) -> Mapping[str, Sequence[PaperChoice]]:
        return papers.offered(self._desk, papers.request(self._desk, self._ids, document=document))

    def request(self) -> Request:
        """Return the request for the current options."""
        return papers.request(self._desk, self._ids, document=self.choice.shown.name, **self.choice.choices)

    def _soon(self) -> None:
        self._ready(tr("preview", "Making the pages…"))
        self._later.start()

    def build(self) -> None:
        self.stop_building()
        if self.choice.nothing_ticked:
            self._ready(tr("preview", "Nothing is ticked, so there is nothing to print. Tick what should be in it."))
            return
        try:
            asked = self.request()
        except UserError as error:
            self._ready(error.say())
            return

        is_pack, to = self._is_pack, self.choice.recipients

        def job(progress: Progress) -> _Made:
            file, pages = io.BytesIO(), partial(progress.step, unit="page")
            made, found, undressed = packs.with_gaps(self._desk, asked, to if is_pack else None)
            try:
                report = papers.render(made, file, progress=pages, cancelled=lambda: not progress.wanted)
            except NotTranslated as error:
                return _Made(asked, to, made, found, undressed, error.say())
            copies = packs.usual_copies(self._desk, asked)
            return _Made(asked, to, made, found, undressed, summary(report), file.getvalue(), copies)

        self._ready(tr("preview", "Making the pages…"))
        self._making = self.run(tr("preview", "Making the pages of “{title}”", title=self._title), job, self._take)

    def _ready(self, note: str, *, ready: bool = False) -> None:
        self.note.setText(note)
        for each in self._buttons:
            each.setEnabled(ready)

    def say_failed(self, error: UserError) -> None:
        self._ready(error.say())

    def _take(self, made: _Made) -> None:
        self._making, self.made, self.pdf, self.gaps = None, made, made.pdf, made.gaps.found
        self._ready(made.note, ready=bool(made.pdf))
        self._say_lacking()
        if not made.pdf:
            self.view.close_document()
            return
        if not self.copies.isModified():
            self.copies.setText(str(made.copies))
        self.view.show_pdf(made.pdf)
        if self._page:
            self.view.turn(self._page)
            self._page = 0
        self.choice.say_pages(self.view.outline())
        self._say_place()

    @property
    def _is_pack(self) -> bool:
        """Whether its copies are numbered and recorded."""
        return bool(self.choice.shown.sections) and not self._desk.workspace.read_only

    def _say_place(self) -> None:
        at, of = self.view.current, len(self.view.pages)
        percent = round(100 * self.view.scale)
        self._place.setText(f"{at} / {of} · {percent} %")
        self._place.setAccessibleName(tr("preview", "Page {n} of {of} · {percent} %", n=at, of=of, percent=percent))

    # -- what lacks -------------------------------------------------------------------------------

    def _say_lacking(self) -> None:
        texts = [gap for gap in self.gaps if gap.code == "no_translation"]
        others = len(self.gaps) - len(texts)
        said = [texts_missing(lang, sum(gap.language == lang for gap in texts)) for lang in self.choice.languages]
        if others:
            said.append(ntr("preview", "{n} point to check", "{n} points to check", others))
        self._lacks.setText("\n".join(filter(None, said)) or tr("preview", "Nothing is missing."))
        self._missing.setVisible(bool(texts) and not self._desk.workspace.read_only)
        self._all.setVisible(bool(self.gaps))

    def _show_lacking(self) -> None:
        dialog = GapsDialog(self.gaps, self)
        if dialog.ask() and dialog.chosen is not None:
            self.leads_to = dialog.chosen.id, dialog.chosen.field
        if self.leads_to is not None:
            _LEFT.setdefault(self._window, {})[*self._ids,] = self.choice.left, self.view.current - 1
            self.accept()

    def _complete(self) -> None:
        """Open the missing translations; the pages are built again at the same place."""
        from ucapdesk.ui.translations.worklist_dialog import WorklistDialog

        texts = [(gap.id, gap.field, gap.language) for gap in self.gaps if gap.code == "no_translation"]
        WorklistDialog(self._desk, texts, self).ask()
        self.build()

    # -- out of the window ------------------------------------------------------------------------

    @property
    def _name(self) -> str:
        title = self._title[:MAX_FILE_TITLE_CHARS].strip() or "UCAP"
        return safe_name(f"{title} - {self.choice.shown.labels[language()]}.pdf".replace("/", "-").replace("\\", "-"))

    def _save(self) -> None:
        """Ask for a file, PDF or Word, and write it."""
        forms = f"{_PDF};;{_WORD}" if self.choice.shown.word else _PDF
        path = ask_where(self, tr("preview", "Save as…"), self._name, forms)
        if path is not None and word_papers.is_word(path):
            self._write_word(path)
        elif path is not None:
            self._write(path)

    def _write_word(self, path: Path) -> None:
        """Write the contents that are previewed as a Word document, beside the window."""
        made = self.made
        if made is None:
            return

        said, saved = tr("preview", "Writing the Word document…"), tr("preview", "Saved: {file}", file=path.name)
        self.note.setText(said)
        self.run(said, lambda _: word_papers.write_paper(made.paper, path), lambda _: self._handed_out(saved))

    def _keep(self, folder: Path) -> None:
        self._write(folder / self._name)

    def _write(self, path: Path) -> None:
        try:
            write_atomically(path, self.pdf)
        except OSError as error:
            if error.errno == ENOSPC:
                said = tr("preview", "There is no room left there. Nothing was written; choose another folder.")
            else:
                said = tr("preview", "It could not be saved there. Nothing was written; choose another folder.")
            self.note.setText(said)
        else:
            self._handed_out(tr("preview", "Saved: {file}", file=path.name))

    def _handed_out(self, said: str) -> None:
        """Record a pack that left the program; the next one gets a new version if anything changed."""
        self.note.setText(said)
        made, desk = self.made, self._desk
        if made is None or not self._is_pack:
            return

        def job(progress: Progress) -> None:
            with progress.writing():
                packs.keep(desk, made.asked, made.pdf, made.recipients, made.undressed)

        self._work.run(tr("preview", "Saving a record of the pack"), job, lambda _: None)

    def _print(self) -> None:
        said = self.copies.said().strip()
        n = int(said) if said.isdecimal() and len(said) < 4 else 0
        if not n:
            self.note.setText(tr("preview", "How many copies? Nothing was printed; write a number from 1 to 999."))
            self.copies.setFocus()
            return
        printer = printing.prepared(self.pdf, n, both_sides=bool(self.choice.choices.get("both_sides")))
        if printing.asked(printer, self):
            printing.print_pages(self.pdf, printer, self._printed)
            self._handed_out(ntr("preview", "{n} copy given to the printer", "{n} copies given to the printer", n))

    def _printed(self, n: int, of: int) -> None:
        self.note.setText(tr("preview", "Printing: page {n} of {of}", n=n, of=of))
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages with the page keys wherever the focus is."""
        ways = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if event.key() in ways:
            self.view.turn(ways[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


def _title(desk: Desk, ids: Sequence[str]) -> str:
    """Return the title of the record printed, or the kind and number of several."""
    if len(ids) == 1:
        return records.title(desk, ids[0])
    return f"{KINDS[records.get(desk, ids[0]).__tablename__].plural()} ({len(ids)})"
