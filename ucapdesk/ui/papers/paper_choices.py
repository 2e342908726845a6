"""The options of a paper: document, languages, reader, sections, page size.

They are all derived from the declaration of the document, so a new document brings its options along.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QScrollArea, QVBoxLayout, QWidget

from ucapdesk.base import settings
from ucapdesk.base.i18n import language, tr
from ucapdesk.model.codes import code_label, codes
from ucapdesk.papers import printing as papers
from ucapdesk.papers.editions import OWN
from ucapdesk.papers.paper_catalogue import DocumentInfo, PaperChoice
from ucapdesk.papers.request import LAYOUT_NAMES
from ucapdesk.papers.request_check import Choices
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.ui.settings.paper_languages import language_choices
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.captioned import captioned
from ucapdesk.ui.toolkit.eliding import combo_box
from ucapdesk.ui.toolkit.growing_page import let_grow
from ucapdesk.ui.toolkit.inputs import LineEdit
from ucapdesk.ui.toolkit.layout_builder import STRETCH, add, column, grow, replace_page, scroll_down
from ucapdesk.ui.toolkit.named import named
from ucapdesk.ui.toolkit.text_label import label
from ucapdesk.ui.toolkit.ticked_list import TickedList

SECTION_ROW_PX = 26
FILES_AT_ONCE = 5
CHOICES_JOINED_BY = "+"
"""Between the values of a choice of several."""
SECTIONS_AT_ONCE = 11
OF_PAPERS = {"layout", "edition", "page", "style", "marking"}
"""The choices that ``papers.request`` knows by their names; ``options`` has those of a document of its own."""
_Box = QComboBox | LineEdit | TickedList
B = TypeVar("B", QComboBox, LineEdit, TickedList)
Offered = Callable[[str], Mapping[str, Sequence[PaperChoice]]]
"""A function that returns, for a document, the values of each of its own choices for the records printed."""


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
        """The options as ``papers.request`` takes them."""
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
        """The languages of the paper."""
        return tuple(self._languages.currentData())

    @property
    def recipients(self) -> tuple[str, ...]:
        """The recipients of the copies, as far as they are known."""
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
        """Whether every section was left out."""
        return self.sections is not None and bool(self._left) and not self.sections.ticked

    # -- laying out -------------------------------------------------------------------------------

    def show_document(self, name: str) -> None:
        """Show the options of this document."""
        self.shown = info = self._documents[name]
        self._left: dict[str, set[str]] = {}
        """The sections that somebody ticked for each reader; empty until then."""
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
        let_grow(page)
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
