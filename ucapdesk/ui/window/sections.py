"""The sections of the window: the list of them, the kinds behind each, and the column in which they are chosen.

A place is named by the kind it lists, or by one of the names below that begin with a colon. A section of several kinds
has a tab for each, and opens with the tab that was looked at last.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QStyle, QStyleOptionViewItem, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.ui.record.presentation import presentation
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.item_views import list_item
from ucapdesk.ui.toolkit.row_delegate import Index, RowDelegate, draw_box, draw_text
from ucapdesk.ui.toolkit.widgets import has_icon, named, pixmap, set_tool_tip, temporary_menu

PLACE_ROLE = Qt.ItemDataRole.UserRole
ICON = Qt.ItemDataRole.UserRole + 1
COUNT_ROLE = Qt.ItemDataRole.UserRole + 2
SIDE = 20
EDGE, INSIDE = 8, 4
INDENT = 16  # Of a word without an icon; more would elide the longest of them in English
DOT = 8
MAX_COUNT = 99


def font_of(font: QFont, *, chosen: bool, inside: bool) -> QFont:
    made = QFont(font)
    if inside:
        made.setPixelSize(theme.px(theme.CAPTION))
    made.setBold(chosen)
    return made


def room_of(row: QRect, taken: int, *, inside: bool) -> QRect:
    """Return where in its row a word is drawn; ``taken``: the width of the count behind it."""
    left = row.left() + theme.px(EDGE + (INDENT if inside else SIDE + 12))
    return QRect(left, row.top(), row.right() - left - taken - theme.px(INSIDE), row.height())


class SectionDelegate(RowDelegate):
    """Draws icon and word, or the icon alone where the column is folded."""

    def __init__(self, sections: QListWidget) -> None:
        super().__init__(sections)
        self._sections = sections

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        if index.data(PLACE_ROLE):
            super().paint(painter, option, index)

    def draw(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        label, name = str(index.data() or ""), str(index.data(ICON) or "")
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        folded = bool(getattr(self._sections, "folded", False))
        if chosen:
            row = option.rect
            bar = QRect(row.left(), row.top() + row.height() // 4, theme.px(3), row.height() // 2)
            draw_box(painter, bar, 1.5, theme.tokens().accent, pen=Qt.PenStyle.NoPen)
        if name:
            self._icon(painter, option.rect, name, chosen=chosen, folded=folded)
        waiting = int(index.data(COUNT_ROLE) or 0)
        if not folded:
            taken = self._paint_count(painter, option, waiting) if waiting else 0
            # Inside a fold a word is smaller and farther left, so that the longest fits beside a scroll bar.
            font = font_of(option.font, chosen=chosen, inside=not name)
            draw_text(painter, font, room_of(option.rect, taken, inside=not name), label)
        elif waiting:
            self._dot(painter, option.rect)

    def _icon(self, painter: QPainter, row: QRect, name: str, *, chosen: bool, folded: bool) -> None:
        side = theme.px(SIDE)
        left = row.center().x() - side // 2 if folded else row.left() + theme.px(EDGE + 2)
        filled = f"{name}_filled"
        shown = (filled, SIDE, "accent") if chosen and has_icon(filled) else (name, SIDE, "text")
        painter.drawPixmap(left, row.center().y() - side // 2 + 1, pixmap(*shown, self._sections.devicePixelRatio()))

    def _dot(self, painter: QPainter, row: QRect) -> None:
        side = theme.px(DOT)
        at = row.center() + QPoint(theme.px(SIDE) // 2 - side // 3, -theme.px(SIDE) // 2 - side // 3)
        painter.setPen(QColor(theme.tokens().sunken))
        painter.setBrush(QColor(theme.tokens().warn))
        painter.drawEllipse(QRect(at, QSize(side, side)))

    def _paint_count(self, painter: QPainter, option: QStyleOptionViewItem, waiting: int) -> int:
        font = QFont(option.font)
        font.setPixelSize(theme.px(theme.CAPTION))
        painter.setFont(font)
        said = str(waiting) if waiting <= MAX_COUNT else f"{MAX_COUNT}+"
        height = theme.px(18)
        width = max(height, painter.fontMetrics().horizontalAdvance(said) + theme.px(10))
        top = option.rect.center().y() - height // 2 + 1
        box = QRect(QPoint(option.rect.right() - theme.px(EDGE) - width, top), QSize(width, height))
        draw_box(painter, box, height / 2, theme.tokens().warn_tint, pen=Qt.PenStyle.NoPen)
        painter.setPen(QColor(theme.tokens().warn))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, said)
        return width


HOME, EXCHANGE, WEEK, TRASH, SETTINGS = ":home", ":exchange", ":week", ":trash", ":settings"
PAGES = (HOME, EXCHANGE, WEEK)  # Places without a list
MORE, VIEWS = ":more", ":views"
VIEW = ":view "  # Prefix before the name of a saved view


# The rows of the column: the icon of each and its kinds, the first of which names it.
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "calendar": ("visit",),
    "notepad": ("meeting",),
    "task_list_square_ltr": ("action_item",),
    "people_team": ("person", "organisation"),
    "building_government": ("ucap", "place", "programme"),
    "handshake": ("agreement",),
    "document_pdf": ("pack",),
}
FOLDS_UNDER = 1180  # Window width below which only icons are shown
FOLDED_PX = 52
_BY_KIND = {kind: kinds for kinds in SECTIONS.values() for kind in kinds}
FIRST_OF_OTHERS = ("theme", "pilot_project", "country", "glossary_term", "template", "source_document")
_FURTHER = (name for name, kind in LISTED.items() if name not in _BY_KIND and not kind.cls.called_after)
# All other kinds: lists for reference, and parts of records; they are always reachable.
OTHERS = tuple(dict.fromkeys((*FIRST_OF_OTHERS, *_FURTHER)))
SECTION_ROW_PX = 34


def tabs_of(place: str) -> tuple[str, ...]:
    """Return the kinds whose tabs stand beside this place; the place alone where it has none."""
    return _BY_KIND.get(place, (place,))


def tab_name(kind: str) -> str:
    said = presentation(kind).tab
    return said.say() if said else KINDS[kind].plural()


class SectionList(QListWidget):
    """The column of the sections. Arrows choose; what leaves the list is chosen with Enter or a click.

    Signals:
        chosen(str): a place: a kind, ``HOME``, ``EXCHANGE`` or ``TRASH``.
        view_chosen(str): the name of a saved view.
        settings_wanted(): the settings.
    """

    chosen = Signal(str)
    view_chosen = Signal(str)
    settings_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        named(self, "sections", tr("window", "Sections"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)  # by rows Qt counts hidden ones too
        self.setItemDelegate(SectionDelegate(self))
        self.opened = frozenset({VIEWS})
        self._views: list[str] = []
        self._counts: dict[str, int] = {}
        self.folded = False
        self._marked = ""  # The place that is marked as shown, also where a group that is folded stands for it
        self._fill()
        self.currentItemChanged.connect(self._moved)
        self.itemClicked.connect(self._activated)
        self.itemActivated.connect(self._activated)

    # -- what is in it ----------------------------------------------------------------------------

    def _fill(self) -> None:
        self._add(tr("section", "Home"), HOME, "home")
        for mark, (kind, *_) in SECTIONS.items():
            self._add(KINDS[kind].plural(), kind, mark)
        self._add(tr("section", "Exchange"), EXCHANGE, "arrow_sync")
        gap = QListWidgetItem(self)
        gap.setFlags(Qt.ItemFlag.NoItemFlags)
        gap.setSizeHint(QSize(0, theme.px(10)))
        if self._views:
            self._fold(tr("section", "Saved views"), VIEWS)
        self._fold(tr("section", "More"), MORE)
        self._add(tr("section", "Trash"), TRASH, "delete")
        self._add(tr("settings", "Settings"), SETTINGS, "settings")
        self._show_inside()
        self._show_counts()

    def _fold(self, label: str, key: str) -> None:
        self._add(label, key, "chevron_right")
        for inner, said in self._inside(key) if key in self.opened else ():
            self._add(said, inner, "")

    def _show_inside(self) -> None:
        """Hide what is in groups where the column is folded: its names have no room there, and single letters say nothing."""
        for item in self._items():
            key = str(item.data(PLACE_ROLE) or "")
            if key in {MORE, VIEWS}:
                item.setData(ICON, "chevron_down" if key in self.opened and not self.folded else "chevron_right")
            item.setHidden(self.folded and (key in OTHERS or key.startswith(VIEW)))

    def _offer(self, fold: str, at: QPoint) -> None:
        menu = temporary_menu(self, "sections.inside")
        go = self.view_chosen if fold == VIEWS else self.chosen
        for key, label in self._inside(fold):
            menu.addAction(label.replace("&", "&&")).setData(key)
        menu.triggered.connect(lambda action: go.emit(str(action.data()).removeprefix(VIEW)))
        menu.popup(self.viewport().mapToGlobal(at))

    def _inside(self, fold: str) -> list[tuple[str, str]]:
        if fold == VIEWS:
            return [(VIEW + name, name) for name in self._views]
        return [(kind, KINDS[kind].plural()) for kind in OTHERS]

    def _add(self, label: str, key: str, icon: str) -> None:
        item = list_item(label, {PLACE_ROLE: key, ICON: icon})
        item.setSizeHint(QSize(0, theme.tall(SECTION_ROW_PX)))
        self.addItem(item)

    def set_views(self, names: list[str]) -> None:
        if names != self._views:
            self._views = names
            self._refill()

    def unfold(self, groups: frozenset[str]) -> None:
        self.opened = groups
        self._refill()

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Set the counts of waiting things, by the kind that names the section."""
        self._counts = dict(counts)
        self._show_counts()

    def set_folded(self, folded: bool) -> None:
        if folded != self.folded:
            self.folded = folded
            self._show_inside()  # no item goes: the window may be in the middle of a change of its size
            if self.selectedItems():
                self.mark(self._marked)
        width = theme.px(FOLDED_PX)
        self.setMinimumWidth(width)
        self.setMaximumWidth(width if folded else 16_777_215)
        self._show_counts()
        self.viewport().update()

    def _show_counts(self) -> None:
        for item in self._items():
            waiting = self._counts.get(item.data(PLACE_ROLE), 0)
            item.setData(COUNT_ROLE, waiting)
            said = _waiting(item.data(PLACE_ROLE), waiting)
            full = f"{item.text()}, {said}" if said else item.text()
            item.setData(Qt.ItemDataRole.AccessibleTextRole, full)
            set_tool_tip(item, full if said or self.folded or item.data(PLACE_ROLE) in OTHERS else "")

    # -- choosing ---------------------------------------------------------------------------------

    def select(self, place: str) -> None:
        """Mark a place as shown, without choosing it."""
        key = "visit" if place == WEEK else tabs_of(place)[0]
        if key in OTHERS and MORE not in self.opened:
            self.unfold(self.opened | {MORE})
        self.mark(key)

    def mark(self, key: str) -> None:
        self._marked = key
        if self.folded and all(item.isHidden() for item in self._items() if item.data(PLACE_ROLE) == key):
            key = VIEWS if key.startswith(VIEW) else MORE
        with QSignalBlocker(self):
            for item in self._items():
                if item.data(PLACE_ROLE) == key:
                    self.setCurrentItem(item)

    def _refill(self) -> None:
        key = self._marked if self.selectedItems() else ""
        with QSignalBlocker(self):
            self.clear()
            self._fill()
        if key:
            self.mark(key)

    def _items(self) -> list[QListWidgetItem]:
        return [self.item(row) for row in range(self.count())]

    def _moved(self, item: QListWidgetItem | None) -> None:
        key = self._marked = str(item.data(PLACE_ROLE) or "") if item else ""
        if key.startswith(VIEW):
            self.view_chosen.emit(key.removeprefix(VIEW))
        elif key and key not in {SETTINGS, MORE, VIEWS}:
            self.chosen.emit(key)

    def _activated(self, item: QListWidgetItem) -> None:
        key = str(item.data(PLACE_ROLE) or "")
        if key in {MORE, VIEWS} and self.folded:
            self._offer(key, self.visualItemRect(item).topRight())
        elif key in {MORE, VIEWS}:
            self.unfold(self.opened ^ {key})
            self.mark(key)
        elif key == SETTINGS:
            self.settings_wanted.emit()


def _waiting(key: str, n: int) -> str:
    said = {
        "meeting": tr("section", "minutes not finished: {n}", n=n),
        "action_item": tr("section", "overdue: {n}", n=n),
        "agreement": tr("section", "expiring: {n}", n=n),
        EXCHANGE: tr("section", "to decide: {n}", n=n),
    }
    return said.get(key, "") if n else ""
