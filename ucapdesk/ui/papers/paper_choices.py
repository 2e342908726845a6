"""The options of a paper: document, languages, reader, sections, page size.

They are all derived from the declaration of the document, so a new document brings its options along.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QScrollArea, QVBoxLayout, QWidget

from ucapdesk.base import settings
from ucapdesk.base.i18n import Message, language, tr
from ucapdesk.model.codes import code_label, codes
from ucapdesk.papers import printing as papers
from ucapdesk.papers.paper_catalogue import DocumentInfo, PaperChoice
from ucapdesk.papers.request_check import Choices
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.ui.settings.paper_languages import in_words, language_choices
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.captioned import captioned
from ucapdesk.ui.toolkit.eliding import combo_box
from ucapdesk.ui.toolkit.growing_page import let_grow
from ucapdesk.ui.toolkit.inputs import LineEdit
from ucapdesk.ui.toolkit.layout_builder import column, replace_page, scroll_down
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.toolkit.ticked_list import TickedList

LAYOUT_NAMES = {
    "side-by-side": Message("preview", "Side by side"),
    "stacked": Message("preview", "One under the other"),
    "facing": Message("preview", "On facing pages"),
}
SECTION_ROW_PX = 26
"""Height of a row in the list of sections."""
FILES_AT_ONCE = 5
"""Number of files shown at once."""
CHOICES_JOINED_BY = "+"
"""Between the values of a choice of several."""
SECTIONS_AT_ONCE = 11
"""Number of sections shown at once."""
_Box = QComboBox | LineEdit | TickedList
Offered = Callable[[str], Mapping[str, Sequence[PaperChoice]]]
"""A function that returns, for a document, the values of each of its own choices for the records printed."""


class ChoicePanel(QScrollArea):
    """The options of one document.

    Signals:
        document(str): another document is wanted.
        changed(): an option changed.
    """

    document = Signal(str)
    changed = Signal()

    def __init__(self, documents: Sequence[DocumentInfo], offered: Offered, parent: QWidget | None = None) -> None:
        """``documents``: those available for the records, the usual one first; ``offered``: the values of their own choices."""
        super().__init__(parent)
        scroll_down(self)
        self._documents, self._offered = {each.name: each for each in documents}, offered
        self._lang = language()
        self.show_document(documents[0].name)

    # -- what was chosen --------------------------------------------------------------------------

    @property
    def choices(self) -> Choices:
        """The options as ``papers.request`` takes them."""
        made = Choices(
            languages=self._languages.currentData(),
            both_sides=self._both_sides.isChecked(),
            private_numbers=self._private.isChecked(),
            options={name: _said(box) for name, box in self._options.items()},
            sections=self.sections.ticked if self.sections is not None and self._sections_chosen else (),
        )
        for name, box in self._named_boxes:
            if box is not None and box.isEnabled():
                made[name] = box.currentData()  # type: ignore[literal-required]
        made["marking"] = self._marking.currentData() or None
        return made

    @property
    def _named_boxes(self) -> tuple[tuple[str, QComboBox | None], ...]:
        return ("layout", self._layouts), ("edition", self._editions), ("page", self._pages), ("style", self._styles)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the paper."""
        return tuple(self._languages.currentData())

    @property
    def recipients(self) -> tuple[str, ...]:
        """The recipients of the copies, as far as they are known."""
        names = re.split("[,;，；、]", self._recipients.said())
        return tuple(dict.fromkeys(name.strip() for name in names if name.strip()))

    @property
    def edition(self) -> str:
        """The edition, by its reader; empty where all copies are the same."""
        return str(self._editions.currentData()) if self._editions is not None else ""

    @property
    def nothing_ticked(self) -> bool:
        """Whether every section was left out."""
        return self.sections is not None and self._sections_chosen and not self.sections.ticked

    # -- laying out -------------------------------------------------------------------------------

    def show_document(self, name: str) -> None:
        """Show the options of this document."""
        self.shown = info = self._documents[name]
        self._sections_chosen = False
        self._left: dict[str, set[str]] = {}
        page = named(QWidget(), "page")
        form = column(gap=theme.INSIDE)
        layout = column(form, on=page, gap=theme.GAP, margins=(0, 0, theme.GAP, 0))
        self._fill(form, info)
        self.sections = self._make_sections(layout, info) if info.sections else None
        self._both_sides = self._check("both_sides", tr("preview", "Both sides"))
        self._private = self._check("private", tr("preview", "Private numbers"))
        self._private.setVisible(bool(info.editions))
        for box in (self._both_sides, self._private):
            layout.addWidget(box)
        layout.addStretch(1)
        replace_page(self, page)
        let_grow(page)
        self._tell_layouts()

    def _fill(self, form: QVBoxLayout, info: DocumentInfo) -> None:
        if len(self._documents) > 1:
            named = [(each.labels[self._lang], name) for name, each in self._documents.items()]
            box = self._box(form, "document", tr("preview", "Paper"), named, info.name)
            box.activated.connect(lambda: self._other_document(box.currentData()))
        pairs = [(in_words(choice), choice) for choice in language_choices()]
        preferred = settings.load().paper_languages
        self._languages = self._box(form, "languages", tr("preview", "Languages of the paper"), pairs, preferred)
        self._languages.activated.connect(self._tell_layouts)
        self._layouts = self._editions = self._pages = self._styles = None
        if len(info.layouts) > 1:
            named = [(LAYOUT_NAMES[each].say(), each) for each in info.layouts]
            self._layouts = self._chosen(form, "layout", tr("preview", "Layout"), named)
        if info.editions:
            self._editions = self._chosen(form, "edition", tr("preview", "For"), self._named(info.editions))
            self._editions.activated.connect(self._as_the_edition)
        offered = self._offered(info.name)
        self._options = {
            each.code: self._option(form, each, offered.get(each.code, each.choices))
            for each in info.options
            if not each.several or offered.get(each.code)
        }
        if len(info.pages) > 1:
            self._pages = self._chosen(form, "page", tr("preview", "Page"), self._named(info.pages))
        if house := offered.get("style"):
            self._styles = self._chosen(form, "style", tr("preview", "House style"), self._named(house))
        usual = (tr("preview", "As set in the record"), "")
        marks = [usual, *((code_label("marking", code), code) for code in codes("marking"))]
        self._marking = self._chosen(form, "marking", tr("preview", "Marking"), marks)

        self._recipients = self._line(form, "recipients", tr("preview", "Handed to"))
        self._recipients.setPlaceholderText(tr("preview", "Names, separated by commas"))
        block = self._recipients.parentWidget()
        assert block is not None
        block.setVisible(bool(info.sections))

    def _line(self, form: QVBoxLayout, name: str, label: str) -> LineEdit:
        line = named(LineEdit(), f"pack.{name}", label)
        line.edited.connect(self.changed)
        form.addWidget(captioned(label, line))
        return line

    def _option(self, form: QVBoxLayout, option: PaperChoice, choices: Sequence[PaperChoice]) -> _Box:
        label = option.labels[self._lang]
        if option.several:
            return self._ticked(form, f"option.{option.code}", label, choices)
        if choices:
            return self._chosen(form, f"option.{option.code}", label, self._named(choices))
        return self._line(form, f"option.{option.code}", label)

    def _ticked(self, form: QVBoxLayout, name: str, said: str, choices: Sequence[PaperChoice]) -> TickedList:
        made = TickedList(f"pack.{name}", said)
        made.setFixedHeight(theme.px(SECTION_ROW_PX) * min(len(choices) + 1, FILES_AT_ONCE))
        made.fill((each.code, each.labels[self._lang], False) for each in choices)
        made.changed.connect(self.changed)
        form.addWidget(captioned(said, made))
        return made

    @property
    def left(self) -> dict[str, object]:
        """Return all current options for ``choose``; private numbers are asked for each time."""
        said: dict[str, object] = {_name(box): box.currentData() for box in self.findChildren(QComboBox)}
        said |= {_name(line): line.said() for line in self.findChildren(LineEdit)}
        said |= {name: _said(box) for name, box in self._options.items() if isinstance(box, TickedList)}
        return {**said, "both_sides": self._both_sides.isChecked(), "sections": self.choices["sections"]}

    def choose(self, said: Mapping[str, object]) -> None:
        """Set these options by the names of the choices or of the document's own, before anything is built."""
        if (document := said.get("document", self.shown.name)) != self.shown.name and document in self._documents:
            self.show_document(str(document))
        boxes: dict[str, _Box] = {_name(box): box for box in self.findChildren(QComboBox)}
        boxes |= {_name(line): line for line in self.findChildren(LineEdit)}
        boxes |= {name: box for name, box in self._options.items() if isinstance(box, TickedList)}
        for name in said.keys() & boxes.keys():
            box, value = boxes[name], said[name]
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
            self._sections_chosen, order = bool(chosen), tuple(chosen) if isinstance(chosen, tuple) else ()
            self._left = {self.edition: set(order)} if order else {}
            self._fill_sections(self.sections, (*order, *(code for code in self.sections.order if code not in order)))
        self._tell_layouts()

    def _box(
        self, form: QVBoxLayout, name: str, label: str, choices: Iterable[tuple[str, object]], chosen: object = None
    ) -> QComboBox:
        box = combo_box(f"pack.{name}", label, choices, chosen, chars=12)
        form.addWidget(captioned(label, box))
        return box

    def _chosen(self, form: QVBoxLayout, name: str, label: str, choices: Iterable[tuple[str, object]]) -> QComboBox:
        box = self._box(form, name, label, choices)
        box.activated.connect(lambda _: self.changed.emit())
        return box

    def _named(self, named: Iterable[PaperChoice]) -> list[tuple[str, object]]:
        return [(each.labels[self._lang], each.code) for each in named]

    def _check(self, name: str, label: str) -> QCheckBox:
        box = named(QCheckBox(label), f"pack.{name}")
        box.clicked.connect(lambda _: self.changed.emit())
        return box

    # -- sections ---------------------------------------------------------------------------------

    def _make_sections(self, column: QVBoxLayout, info: DocumentInfo) -> TickedList:
        shown = label(tr("preview", "Contents; drag, or press Ctrl and an arrow key, to change the order"), "caption")
        made = TickedList("pack.sections", tr("preview", "Contents"))
        made.setMinimumHeight(theme.px(SECTION_ROW_PX) * min(len(info.sections), SECTIONS_AT_ONCE))
        made.changed.connect(self._chose_sections)
        shown.setBuddy(made)
        column.addWidget(shown)
        column.addWidget(made, 1)
        self._fill_sections(made)
        return made

    def _fill_sections(self, made: TickedList, order: Sequence[str] = ()) -> None:
        """List the sections this reader may see: as left for the same reader, else the usual ones."""
        edition, order = self.edition, order or made.order
        ticked = self._left.get(edition) or {each.code for each in self.shown.sections if edition in each.editions}
        found = sorted(self.shown.sections, key=lambda each: order.index(each.code) if order else 0)
        made.fill((each.code, each.labels[self._lang], each.code in ticked) for each in found)
        made.allow({each.code for each in found if not each.allowed or edition in each.allowed})

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
        self._sections_chosen, self._left[self.edition] = True, {*self.sections.ticked}
        self.changed.emit()

    # -- what one choice means for another --------------------------------------------------------

    def _other_document(self, name: str) -> None:
        self.show_document(name)
        if (box := self.findChild(QComboBox, "pack.document")) is not None:
            box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.document.emit(name)
        self.changed.emit()

    def _as_the_edition(self) -> None:
        """List the sections for another reader."""
        if self.sections is not None:
            self._fill_sections(self.sections)

    def _tell_layouts(self) -> None:
        if self._layouts is not None:
            self._layouts.setEnabled(len(self.languages) > 1)
        self.changed.emit()


def _name(box: QWidget) -> str:
    """Return the name under which a choice is kept, without the document's own prefix."""
    return box.objectName().removeprefix("pack.").removeprefix("option.")


def documents_of(desk: Desk, ids: Sequence[str], document: str | None) -> list[DocumentInfo]:
    """Return the documents available for all of these records, the wanted one first."""
    kinds = {records.get(desk, id_).__tablename__ for id_ in ids}
    found = [each for each in papers.documents() if kinds <= set(each.kinds) and (each.several or len(ids) == 1)]
    if not found:
        papers.request(desk, ids)  # which says why
    return sorted(found, key=lambda each: each.name != document)


def _said(box: _Box) -> str:
    if isinstance(box, TickedList):
        return CHOICES_JOINED_BY.join(box.ticked)
    return str(box.currentData()) if isinstance(box, QComboBox) else box.said()
