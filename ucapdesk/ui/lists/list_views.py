"""Views of lists, their delegates, and the texts of their cells.

A cell has the reader's language first, a tag where only the other one exists, and warnings in words; where the list is narrow, a second line holds the rest. ``TwoLines`` draws the hits of the search and checklists. The keys of a ``KeyedList`` give commands before the window around it has them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from PySide6.QtCore import QEvent, QItemSelection, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QListWidget, QStyle, QStyleOptionViewItem, QTableView, QWidget

from ucapdesk.base.i18n import LANGUAGES, counterpart, dotted, language, pair, tr
from ucapdesk.model.dates.formatting import say_date, say_when
from ucapdesk.model.kind import Kind, KindField
from ucapdesk.model.listing import is_date, usual_columns
from ucapdesk.model.record import Record
from ucapdesk.model.rules.status import OVERDUE, WORDS, lateness
from ucapdesk.model.text.fields_in_words import own_title, say, say_field, tag_of
from ucapdesk.model.values import Bilingual, PartialDate, When
from ucapdesk.model.values.bilingual import BilingualType
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.services.records.lists import condition_name
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.row_delegate import ASIDE, LEFT, Index, Line, Row, RowChip, RowDelegate, line_width

TOLD_SHORT = 2  # number of fields on the second line of a row


@dataclass(frozen=True, slots=True)
class ListCell:
    """One cell: its text, a tag of its language, the text in the other language, and chips."""

    text: str
    tag: str = ""
    other: str = ""
    chips: tuple[RowChip, ...] = ()
    line: str = ""
    letter: str = ""
    empty: bool = False  # whether the text only stands in for a missing one

    def tip(self) -> str:
        return "\n".join(filter(None, (self.text, self.other, self.line)))

    def aloud(self, label: str) -> str:
        """Return the cell as a screen reader says it: ``Due 12 March 2026, overdue``."""
        text = f"{label} {self.text}" if label and self.text else self.text or label
        first = " ".join(filter(None, (text, f"({self.tag})" if self.tag else "")))
        return ", ".join(filter(None, (first, self.other, self.line, *(chip.word for chip in self.chips))))


def summary_fields(kind: Kind) -> list[KindField]:
    """Return the fields of the second line: when, where or who, status, then the remaining columns."""

    def rank(each: KindField) -> int:
        near = bool({"place", "organisation", "person"} & set(each.meta.kinds))
        return 0 if is_date(each) else 1 if near else 2 if each.name == "status" else 3 if each.meta.kinds else 4

    return sorted([kind.shown[name] for name in usual_columns(kind)], key=rank)


def wording_of(desk: Desk, kind: Kind, day: date, rows: Sequence[Record], fields: Iterable[KindField]) -> Wording:
    """Return the formatter of some records of a kind on a day, with the titles of linked records read once for all."""
    titles = [kind.fields[name] for name in kind.cls.title_fields]
    return Wording(kind, records.linked_titles(desk, rows, (*fields, *titles)), day)


class Wording:
    def __init__(self, kind: Kind, names: dict[str, str], day: date) -> None:
        self._kind, self._names, self._day = kind, names, day
        self._lang = language()
        self._other = counterpart(self._lang)

    def title(self, record: Record) -> ListCell:
        """Return the title of a record in both languages, with chips for a missing language and lateness."""
        text, other = (_line(own_title(record, each, self._name)) for each in (self._lang, self._other))
        value = getattr(record, self._kind.cls.title_fields[0])
        return ListCell(
            text or self._kind.label(self._lang), tag_of(value, self._lang), "" if other == text else other,
            (*self._lacking(value), *self._late(record)), empty=not text,
        )  # fmt: skip

    def cell(self, record: Record, field: KindField) -> ListCell:
        value = field.value(record, self._day)
        said = _line(say_field(field, record, self._day, self._lang, self._linked))
        late = lateness(record, field.name, self._day) if is_date(field) else ""
        return ListCell(said, tag_of(value, self._lang), chips=(_late_chip(late),) if late else ())

    def summary(self, record: Record, fields: Sequence[KindField], titles: Collection[str] = ()) -> str:
        """Return the most telling fields in one line, without those the title already shows."""
        said: dict[str, str] = {}
        for field in fields:
            text = self._short(field, field.value(record, self._day))
            if text and text not in titles:
                said.setdefault("day" if is_date(field) else field.name, text)
        return dotted(*[*said.values()][:TOLD_SHORT])

    def _short(self, field: KindField, value: Any) -> str:
        if isinstance(value, When):
            return say_when(value, self._lang, zone=False)
        if isinstance(value, PartialDate):
            return say_date(value, self._lang)
        if isinstance(field.type, BilingualType) and field.meta.long:
            return ""
        return _line(say(field, value, self._lang, self._linked))

    def _late(self, record: Record) -> tuple[RowChip, ...]:
        late = (
            lateness(record, name, self._day)
            for name in ("due", "expires", "signing_planned")
            if name in self._kind.fields
        )
        return tuple(_late_chip(each) for each in late if each)

    def _lacking(self, value: Any) -> tuple[RowChip, ...]:
        said = lacking(value)
        if isinstance(value, Bilingual) and value and any(value.state(lang) == "outdated" for lang in LANGUAGES):
            said.append(tr("list", "outdated"))
        return tuple(map(RowChip, said))

    def _name(self, id_: str) -> str:
        return self._names.get(id_, "")

    def _linked(self, id_: str) -> str:
        return self._names.get(id_) or tr("list", "(not here)")


def lacking(value: Any) -> list[str]:
    """Return a word for each language in which a text is missing; none for what is no text, or is empty."""
    texts = value if isinstance(value, Bilingual) and value else None
    return [condition_name(f"{lang}.missing") for lang in pair() if texts and texts.state(lang) == "missing"]


def _late_chip(late: str) -> RowChip:
    return RowChip(WORDS[late].say(), "error" if late == OVERDUE else "warn")


def _line(text: str) -> str:
    return " ".join(text.split())


CELL = Qt.ItemDataRole.UserRole + 2  # the role under which a model returns a ListCell
LETTER = 26  # height of the heading above the first row of a letter


class RowsView(QTableView):
    """The view of the rows. Its keys are offered to others, the last one added first, before it acts on them itself.

    Event filters would do the same, but be asked at every event of the view.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.takers: list[Callable[[QKeyEvent], bool]] = []

    def paintEvent(self, event: QPaintEvent) -> None:
        """Let scrolled rows be moved instead of painted again: each new style sheet takes the background for one that is seen through."""
        self.viewport().setAutoFillBackground(True)
        super().paintEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not any(takes(event) for takes in reversed(self.takers)):
            super().keyPressEvent(event)

    def paint_again(self, *chosen: QItemSelection) -> None:
        """Paint the rows of these selections once more; the view does not hear of what is selected silently."""
        for each in chosen:
            self.viewport().update(self.visualRegionForSelection(each))


class RecordRows(RowDelegate):
    """One line a row, or two where ``brief``; the first row of a letter has that letter above it."""

    brief = False
    letters = False

    def row_of(self, option: QStyleOptionViewItem, index: Index) -> Row | None:
        cell = index.data(CELL)
        if not isinstance(cell, ListCell):
            return None
        if not self.brief:
            return Row((Line(cell.text, cell.other, cell.tag, cell.chips, quiet=cell.empty),), rule=True)
        below = Line(dotted(cell.other, cell.line), chips=cell.chips, chips_first=True, quiet=True, small=True)
        return Row((Line(cell.text, tag=cell.tag, quiet=cell.empty), below), gap=2, rule=True)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if letter := self.letter_of(index):
            self._draw_letter(painter, option, letter if index.column() == 0 else "")
        super().paint(painter, option, index)

    def letter_of(self, index: Index) -> str:
        """Return the letter that begins with a row; empty where none does, or letters are not shown."""
        first = index.sibling(index.row(), 0).data(CELL) if self.letters else None
        return first.letter if isinstance(first, ListCell) else ""

    @staticmethod
    def _draw_letter(painter: QPainter, option: QStyleOptionViewItem, letter: str) -> None:
        high = theme.px(LETTER)
        over = QRect(option.rect.left(), option.rect.top(), option.rect.width(), high)
        option.rect = option.rect.adjusted(0, high, 0, 0)
        painter.save()
        font = QFont(option.font)
        font.setBold(True)
        painter.setFont(font)
        painter.fillRect(over, QColor(theme.tokens().window))
        painter.setPen(QColor(theme.tokens().accent))
        painter.drawText(over.adjusted(ASIDE, 0, -ASIDE, 0), LEFT, letter)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row = self.row_of(option, index)
        wide = max(line_width(option.font, line) for line in row.lines) if row else 0
        return QSize(wide, self.height(option.fontMetrics))

    def height(self, metrics: QFontMetrics) -> int:
        return max(theme.tall(58), 2 * metrics.lineSpacing() + 8) if self.brief else theme.tall(theme.ROW)


SECOND_LINE = Qt.ItemDataRole.UserRole + 1  # the role of the second line; without one the title stands alone
LINE_MARGIN_PX = 6


class TwoLines(RowDelegate):
    def row_of(self, option: QStyleOptionViewItem, index: Index) -> Row:
        heading = not option.state & QStyle.StateFlag.State_Enabled  # such a row cannot be selected
        second = str(index.data(SECOND_LINE) or "")
        below = (Line(second, quiet=True),) if second else ()
        return Row((Line(str(index.data()), quiet=heading), *below))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, (2 if index.data(SECOND_LINE) else 1) * option.fontMetrics.lineSpacing() + 2 * LINE_MARGIN_PX)


CTRL, ALT, SHIFT, NO_KEY = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.NoModifier,
)
Keys = Mapping[tuple[Qt.Key, Qt.KeyboardModifier], Any]


ID_ROLE = Qt.ItemDataRole.UserRole  # the id of the record of a row; empty for a row that is none


class KeyedList(QListWidget):
    """The list; a derived class says with ``keys`` what they command.

    Signals:
        asked(object): a command was given by its key.
    """

    asked = Signal(object)
    keys: ClassVar[Keys] = {}

    def command_of(self, event: QKeyEvent) -> Any:
        """Return the command that a key gives; nothing where it gives none."""
        return self.keys.get((Qt.Key(event.key()), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier))

    @property
    def current_id(self) -> str:
        return str(self.currentItem().data(ID_ROLE) or "") if self.currentRow() >= 0 else ""

    def choose(self, id_: str) -> bool:
        """Select the row of a record; return False where it is not here."""
        at = next((n for n in range(self.count()) if id_ and self.item(n).data(ID_ROLE) == id_), None)
        if at is not None:
            self.setCurrentRow(at)
        return at is not None

    def choose_first(self) -> None:
        if not self.current_id:
            self.setCurrentRow(next((n for n in range(self.count()) if self.item(n).data(ID_ROLE)), -1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Select what Qt would only make the current row, which nobody sees."""
        self.choose_first()
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if what := self.command_of(event):
            self.asked.emit(what)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride and self.command_of(event):
            event.accept()
            return True
        return super().event(event)
