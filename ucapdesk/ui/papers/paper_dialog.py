"""The print preview of a paper: options on the left, the pages as they will be printed on the right; and the list of its gaps.

The options are all derived from the declaration of the document, so a new document brings its options along. What is
previewed is the file that is printed and saved. It is made beside the window a moment after the last choice, and comes
up at the page and place where the one before it was. Each gap has the way to it; none prevents printing.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from errno import ENOSPC
from functools import partial
from pathlib import Path
from typing import TypeVar
from weakref import WeakKeyDictionary

from PySide6.QtCore import QEventLoop, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QScrollArea, QVBoxLayout, QWidget

from ucapdesk.base import settings
from ucapdesk.base.errors import UserError
from ucapdesk.base.files import write_atomically
from ucapdesk.base.i18n import language, ntr, tr
from ucapdesk.model.codes import code_label, codes
from ucapdesk.model.kinds import KINDS
from ucapdesk.papers import printing as papers
from ucapdesk.papers.gaps import Gaps
from ucapdesk.papers.printing import NotTranslated, Paper, RenderReport
from ucapdesk.papers.registry import Choices, DocumentInfo, PaperChoice, Undressed
from ucapdesk.papers.request import LAYOUT_NAMES, OWN, Request
from ucapdesk.papers.text_gaps import Gap
from ucapdesk.services import Desk
from ucapdesk.services.files import packs, word_papers
from ucapdesk.services.records import records
from ucapdesk.services.records.attached_files import safe_name
from ucapdesk.ui.papers import print_preview
from ucapdesk.ui.papers.print_preview import PagesView, PreviewDialog
from ucapdesk.ui.settings.settings_dialog import language_choices
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.dialogs import Dialog, ask_where
from ucapdesk.ui.toolkit.item_views import TextTable, TickedList
from ucapdesk.ui.toolkit.layouts import (
    STRETCH,
    FlowLayout,
    add,
    captioned,
    column,
    flow,
    grow,
    grow_with_contents,
    panel,
    replace_page,
    row,
    scroll_down,
)
from ucapdesk.ui.toolkit.text_inputs import LineEdit
from ucapdesk.ui.toolkit.widgets import button, combo_box, label, named
from ucapdesk.ui.window.background_jobs import Progress
from ucapdesk.ui.window.main_window import NavigableWindow


class GapsDialog(Dialog):
    """The list of gaps; ``chosen`` is the one to fill, once the dialog was accepted."""

    def __init__(self, gaps: Sequence[Gap], parent: QWidget | None = None) -> None:
        super().__init__("lacking", tr("preview", "Check"), parent)
        self.chosen: Gap | None = None
        said = tr("preview", "The paper can be printed as it is. Enter leads to the record.")
        heads = (tr("preview", "Check"), (tr("exchange", "Kind"), 150))
        self.table = TextTable("lacking.table", self.windowTitle(), heads, self)
        self.table.fill([(gap.text, KINDS[gap.kind].label() if gap.kind else "–") for gap in gaps], gaps)
        self.table.itemDoubleClicked.connect(self._open)
        self.table.currentCellChanged.connect(self._follow)
        self._go = self.foot.main("lacking.open", tr("exchange", "Open the record"), self._open)
        self.foot.out(tr("notice", "Close"), "lacking.close")
        self.lay_out(label(said, "second"), grow(self.table), size=(720, 460), gap=None)
        self.table.selectRow(0)
        self.table.setFocus()

    def _follow(self) -> None:
        found = self.table.data_of(self.table.currentRow())
        self.chosen = found if isinstance(found, Gap) and found.id else None
        self._go.setEnabled(self.chosen is not None)

    def _open(self) -> None:
        if self.chosen is not None:
            self.accept()


def texts_missing(lang: str, n: int) -> str:
    """Return how many texts lack a language, in words; empty where none does."""
    name = code_label("languages", lang)
    return ntr("preview", "{n} text missing in {name}", "{n} texts missing in {name}", n, name=name) if n else ""


def summary(report: RenderReport) -> str:
    notes = [ntr("preview", "{n} page", "{n} pages", report.pages)]
    if report.drafts:
        notes.append(ntr("preview", "{n} draft translation", "{n} draft translations", report.drafts))
    if report.missing_glyphs:
        signs = " ".join(dict.fromkeys(sign for sign, _ in report.missing_glyphs))
        notes.append(tr("preview", "cannot print: {signs}", signs=signs))
    return " · ".join(notes)


SECTION_ROW_PX = 26
FILES_AT_ONCE = 5
CHOICES_JOINED_BY = "+"  # Between the values of a choice of several
SECTIONS_AT_ONCE = 11
# The choices that ``papers.request`` knows by their names; ``options`` has those of a document of its own.
OF_PAPERS = {"layout", "edition", "page", "style", "marking"}
_Box = QComboBox | LineEdit | TickedList
B = TypeVar("B", QComboBox, LineEdit, TickedList)
# A function that returns, for a document, the values of each of its own choices for the records printed.
Offered = Callable[[str], Mapping[str, Sequence[PaperChoice]]]


class ChoicePanel(QScrollArea):
    """The options of one document.

    Signals:
        changed(): an option changed, or another document is shown; once, when everything fits it.
    """

    changed = Signal()

    def __init__(self, documents: Sequence[DocumentInfo], offered: Offered, parent: QWidget | None = None) -> None:
        """``documents``: those available for the records, the usual one first; ``offered``: the values of their own choices."""
        super().__init__(parent)
        scroll_down(self)
        self._documents, self._offered = {each.name: each for each in documents}, offered
        self._lang = language()
        self.show_document(documents[0].name)
        self.changed.connect(lambda: self._private.setEnabled(self.edition in OWN))

    # -- what was chosen --------------------------------------------------------------------------

    @property
    def choices(self) -> Choices:
        made = Choices(
            languages=self.languages,
            both_sides=self._both_sides.isChecked(),
            private_numbers=self._private.isChecked(),
            options={name: str(_value(self._boxes[name])) for name in self._options},
            sections=self.sections.ticked if self.sections is not None and self._left else (),
        )
        for name in OF_PAPERS & self._boxes.keys():
            if self._boxes[name].isEnabled():
                made[name] = _value(self._boxes[name])  # type: ignore[literal-required]
        return made

    @property
    def languages(self) -> tuple[str, ...]:
        return tuple(self._languages.currentData())

    @property
    def recipients(self) -> tuple[str, ...]:
        names = re.split("[,;，；、]", self._said("recipients"))
        return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))

    @property
    def edition(self) -> str:
        """The edition, by its reader; empty where all copies are the same."""
        return self._said("edition")

    def _said(self, name: str) -> str:
        return str(_value(self._boxes[name])) if name in self._boxes else ""

    @property
    def nothing_ticked(self) -> bool:
        return self.sections is not None and bool(self._left) and not self.sections.ticked

    # -- laying out -------------------------------------------------------------------------------

    def show_document(self, name: str) -> None:
        self.shown = info = self._documents[name]
        self._left: dict[str, set[str]] = {}  # The sections that somebody ticked for each reader; empty until then
        self._boxes: dict[str, _Box] = {}
        page = named(QWidget(), "page")
        form = column(gap=theme.INSIDE)
        layout = column(form, on=page, gap=theme.GAP, margins=(0, 0, theme.GAP, 0))
        self.sections: TickedList | None = None
        self._fill(form, info)
        if info.sections:
            self._make_sections(layout, info)
        self._both_sides = self._check("both_sides", tr("preview", "Both sides"))
        self._private = self._check("private", tr("preview", "Private numbers"))
        add(layout, self._both_sides, self._private, STRETCH)
        self._private.setVisible(bool(info.editions))
        self._private.setEnabled(self.edition in OWN)
        replace_page(self, page)
        grow_with_contents(page)
        self._allow_layouts()

    def _fill(self, form: QVBoxLayout, info: DocumentInfo) -> None:
        if len(self._documents) > 1:
            documents = [(each.labels[self._lang], name) for name, each in self._documents.items()]
            self._box(form, "document", tr("preview", "Paper"), documents, info.name, then=self._other_document)
        name, preferred = tr("preview", "Languages of the paper"), settings.load().paper_languages
        self._languages = self._box(form, "languages", name, language_choices(), preferred, then=self._allow_layouts)
        if len(info.layouts) > 1:
            layouts = [(LAYOUT_NAMES[each].say(), each) for each in info.layouts]
            self._box(form, "layout", tr("preview", "Layout"), layouts)
        if info.editions:
            self._box(form, "edition", tr("preview", "For"), self._named(info.editions), then=self._fill_sections)
        offered = self._offered(info.name)
        self._options = [each.code for each in info.options if not each.several or offered.get(each.code)]
        for each in info.options:
            if each.code in self._options:
                self._option(form, each, offered.get(each.code, each.choices))
        if len(info.pages) > 1:
            self._box(form, "page", tr("preview", "Page"), self._named(info.pages))
        if house := offered.get("style"):
            self._box(form, "style", tr("preview", "House style"), self._named(house))
        usual = (tr("preview", "As set in the record"), "")
        marks = [usual, *((code_label("marking", code), code) for code in codes("marking"))]
        self._box(form, "marking", tr("preview", "Marking"), marks)
        if info.sections:
            self._line(form, "recipients", tr("preview", "Handed to"), tr("preview", "Names, separated by commas"))

    def _option(self, form: QVBoxLayout, option: PaperChoice, choices: Sequence[PaperChoice]) -> None:
        name, label = f"option.{option.code}", option.labels[self._lang]
        if option.several:
            made = self._add(form, name, label, TickedList(f"pack.{name}", label))
            made.setFixedHeight(theme.px(SECTION_ROW_PX) * min(len(choices) + 1, FILES_AT_ONCE))
            made.fill((each.code, each.labels[self._lang], False) for each in choices)
            made.changed.connect(self.changed)
        elif choices:
            self._box(form, name, label, self._named(choices))
        else:
            self._line(form, name, label)

    def _line(self, form: QVBoxLayout, name: str, label: str, hint: str = "") -> None:
        self._add(form, name, label, named(LineEdit(hint=hint), f"pack.{name}", label)).edited.connect(self.changed)

    def _box(
        self,
        form: QVBoxLayout,
        name: str,
        label: str,
        choices: Iterable[tuple[str, object]],
        chosen: object = None,
        *,
        then: Callable[[], None] = lambda: None,
    ) -> QComboBox:
        """Add a drop-down; ``then`` adapts the other options to its choice, before ``changed``."""

        def follow() -> None:
            then()
            self.changed.emit()

        box = self._add(form, name, label, combo_box(f"pack.{name}", label, choices, chosen, chars=12))
        box.activated.connect(follow)
        return box

    def _add(self, form: QVBoxLayout, name: str, label: str, box: B) -> B:
        """Add a choice under its caption; an option of the document is kept without the prefix of its object name."""
        self._boxes[name.removeprefix("option.")] = box
        form.addWidget(captioned(label, box))
        return box

    @property
    def left(self) -> dict[str, object]:
        """Return all current options for ``choose``; private numbers are asked for each time."""
        said = {name: _value(box) for name, box in self._boxes.items()}
        return {**said, "both_sides": self._both_sides.isChecked(), "sections": self.choices["sections"]}

    def choose(self, said: Mapping[str, object]) -> None:
        """Set these options by the names of the choices or of the document's own, before anything is built."""
        if (document := said.get("document", self.shown.name)) != self.shown.name and document in self._documents:
            self.show_document(str(document))
        for name in said.keys() & self._boxes.keys():
            box, value = self._boxes[name], said[name]
            if isinstance(box, QComboBox):
                if name == "style" and value and box.findData(value) < 0:
                    box.addItem(tr("preview", "As it was printed then"), value)
                box.setCurrentIndex(
                    next((n for n in range(box.count()) if box.itemData(n) == value), box.currentIndex())
                )
            elif isinstance(box, TickedList):
                box.tick(str(value).split(CHOICES_JOINED_BY))
            else:
                box.setText(str(value))
        self._both_sides.setChecked(bool(said.get("both_sides")))
        chosen = said.get("sections")
        if self.sections is not None:
            order = chosen if isinstance(chosen, tuple) else ()
            self._left = {self.edition: set(order)} if order else {}
            self._fill_sections((*order, *(code for code in self.sections.order if code not in order)))
        self._allow_layouts()
        self.changed.emit()

    def _named(self, named: Iterable[PaperChoice]) -> list[tuple[str, object]]:
        return [(each.labels[self._lang], each.code) for each in named]

    def _check(self, name: str, label: str) -> QCheckBox:
        box = named(QCheckBox(label), f"pack.{name}")
        box.clicked.connect(lambda _: self.changed.emit())
        return box

    # -- sections ---------------------------------------------------------------------------------

    def _make_sections(self, layout: QVBoxLayout, info: DocumentInfo) -> None:
        made = self.sections = TickedList("pack.sections", tr("preview", "Contents"))
        made.setMinimumHeight(theme.px(SECTION_ROW_PX) * min(len(info.sections), SECTIONS_AT_ONCE))
        made.changed.connect(self._chose_sections)
        shown = tr("preview", "Contents; drag, or press Ctrl and an arrow key, to change the order")
        add(layout, label(shown, "caption", buddy=made), grow(made))
        self._fill_sections()

    def _fill_sections(self, order: Sequence[str] = ()) -> None:
        """List the sections this reader may see: as left for the same reader, else the usual ones."""
        if self.sections is None:
            return
        edition, order = self.edition, order or self.sections.order
        ticked = self._left.get(edition) or {each.code for each in self.shown.sections if edition in each.editions}
        found = sorted(self.shown.sections, key=lambda each: order.index(each.code) if order else 0)
        self.sections.fill((each.code, each.labels[self._lang], each.code in ticked) for each in found)
        self.sections.allow({each.code for each in found if not each.allowed or edition in each.allowed})

    def say_pages(self, outline: Sequence[tuple[str, int, int]]) -> None:
        """Show the length of each section beside its name; ``outline`` has headings, first pages and page counts."""
        if self.sections is None:
            return
        labels = {}
        before = outline[0][1] - 1 if outline else 0  # the cover has no heading
        for each in self.shown.sections:
            n = sum(pages for heading, _, pages in outline if any(said in heading for said in each.labels.values()))
            n = n or before * (each.code in self.sections.ticked[:1])
            name = each.labels[self._lang]
            labels[each.code] = f"{name} · {tr('preview', '{n} p', n=n)}" if n else name
        self.sections.relabel(labels)

    def _chose_sections(self) -> None:
        assert self.sections is not None
        self._left[self.edition] = {*self.sections.ticked}
        self.changed.emit()

    # -- what one choice means for another --------------------------------------------------------

    def _other_document(self) -> None:
        self.show_document(self._said("document"))
        if (box := self.findChild(QComboBox, "pack.document")) is not None:
            box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _allow_layouts(self) -> None:
        if "layout" in self._boxes:
            self._boxes["layout"].setEnabled(len(self.languages) > 1)


def documents_of(desk: Desk, ids: Sequence[str], document: str | None) -> list[DocumentInfo]:
    """Return the documents available for all of these records, the wanted one first."""
    kinds = {records.get(desk, id_).__tablename__ for id_ in ids}
    found = [each for each in papers.documents() if kinds <= set(each.kinds) and (each.several or len(ids) == 1)]
    if not found:
        papers.request(desk, ids)  # which says why
    return sorted(found, key=lambda each: each.name != document)


def _value(box: _Box) -> object:
    if isinstance(box, TickedList):
        return CHOICES_JOINED_BY.join(box.ticked)
    return box.currentData() if isinstance(box, QComboBox) else box.said()


_PDF, _WORD = "PDF (*.pdf)", "Word (*.docx)"
# Characters of a title in a file name: systems take 255 bytes, three of them for a Chinese character.
MAX_FILE_TITLE_CHARS = 60
LEFT, MAX_CHOICES_WIDTH_PX = 320, 400  # The width of the options, and their maximum width with large text


# The options and page at which the user left a paper to fill a gap, until they come back.
_LEFT: WeakKeyDictionary[NavigableWindow, dict[tuple[str, ...], tuple[dict[str, object], int]]] = WeakKeyDictionary()


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
        from ucapdesk.ui.translation_dialogs import WorklistDialog

        texts = [(gap.id, gap.field, gap.language) for gap in self.gaps if gap.code == "no_translation"]
        WorklistDialog(self._desk, texts, self).ask()
        self.build()

    # -- out of the window ------------------------------------------------------------------------

    @property
    def _name(self) -> str:
        title = self._title[:MAX_FILE_TITLE_CHARS].strip() or "UCAP"
        return safe_name(f"{title} - {self.choice.shown.labels[language()]}.pdf".replace("/", "-").replace("\\", "-"))

    def _save(self) -> None:
        forms = f"{_PDF};;{_WORD}" if self.choice.shown.word else _PDF
        path = ask_where(self, tr("preview", "Save as…"), self._name, forms)
        if path is not None and word_papers.is_word(path):
            self._write_word(path)
        elif path is not None:
            self._write(path)

    def _write_word(self, path: Path) -> None:
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
        printer = print_preview.prepared(self.pdf, n, both_sides=bool(self.choice.choices.get("both_sides")))
        if print_preview.asked(printer, self):
            print_preview.print_pages(self.pdf, printer, self._printed)
            self._handed_out(ntr("preview", "{n} copy given to the printer", "{n} copies given to the printer", n))

    def _printed(self, n: int, of: int) -> None:
        self.note.setText(tr("preview", "Printing: page {n} of {of}", n=n, of=of))
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = {Qt.Key.Key_PageDown: 1, Qt.Key.Key_PageUp: -1}
        if event.key() in ways:
            self.view.turn(ways[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)


def _title(desk: Desk, ids: Sequence[str]) -> str:
    if len(ids) == 1:
        return records.title(desk, ids[0])
    return f"{KINDS[records.get(desk, ids[0]).__tablename__].plural()} ({len(ids)})"
