"""Keyboard focus: kept while pages are rebuilt, moved by Tab in reading order, and a frame that draws the eye to a widget.

Qt gives the focus of a widget that is hidden or disabled to the one made next, wherever that is, that of a removed one to
none, and leaves it where a page scrolls. Here the nearest widget in view gets it, or the page scrolls to the one that has it.

With Tab Qt goes in the order in which widgets were made, which changes with every row that is added and every field that
is unfolded. Here the order is that of the layouts, asked anew at each press.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise, takewhile
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QFrame,
    QGridLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QMainWindow,
    QScrollArea,
    QSplitter,
    QWidget,
)
from shiboken6 import isValid

from ucapdesk.ui.toolkit.signals import application, single_shot
from ucapdesk.ui.toolkit.widgets import named


class WidgetPath(NamedTuple):
    """A widget as it is found again after a rebuild: its nearest ancestor with a name, and its index below it.

    In the row of a record it is found in the row of that record, wherever that is then.
    """

    root: int
    name: str
    nth: int
    below: int
    record: str

    @classmethod
    def of(cls, roots: Sequence[QWidget], widget: QWidget) -> WidgetPath | None:
        """Return the path of a widget below one of the roots; None for a widget elsewhere."""
        root = next((n for n, each in enumerate(roots) if each.isAncestorOf(widget)), None)
        if root is None:
            return None
        named = next(
            (each for each in ancestors(widget) if (own := each.objectName()) and not own.startswith("qt_")), None
        )
        alike = _alike(roots[root], named.objectName()) if named is not None else []
        if named not in alike:
            return None
        inside = [named, *named.findChildren(QWidget)]
        return cls(root, named.objectName(), alike.index(named), inside.index(widget), _record_of(named, roots[root]))

    def find(self, roots: Sequence[QWidget]) -> QWidget | None:
        root = roots[self.root]
        alike = _alike(root, self.name)
        there = (each for each in alike if each.isVisibleTo(root) and _record_of(each, root) == self.record)
        found = (next(there, None) if self.record else None) or next(iter(alike[self.nth :]), None)
        if found is None:
            return None
        inside = [found, *found.findChildren(QWidget)]
        return inside[self.below] if self.below < len(inside) else found


def _alike(root: QWidget, name: str) -> list[QWidget]:
    """Return the widgets of a name, those on the screen first: the lists behind one another have the same names."""
    return sorted(root.findChildren(QWidget, name), key=lambda each: not each.isVisibleTo(root))


def _record_of(widget: QWidget, root: QWidget) -> str:
    """Return the id of the record in whose row below a root a widget is; empty where it is in none."""
    inside = takewhile(lambda each: each is not root, ancestors(widget))
    return next((id_ for each in inside if isinstance(id_ := getattr(each, "id", None), str)), "")


def follow_focus(watcher: QObject, page: QWidget | None, before: QWidget | None, now: QWidget | None) -> None:
    """Filter the events of the widget of a page that has the focus now, and no longer of the one that had it.

    On every widget that ever had the focus, a filter would make each event there slow.
    """
    if before is not None and before is not page and isValid(before):
        before.removeEventFilter(watcher)
    if page is not None and now is not None and page.isAncestorOf(now):
        now.installEventFilter(watcher)


@contextmanager
def focus_kept(area: QScrollArea) -> Iterator[None]:
    """Rebuild a page so that whoever is in it stays where they are.

    The focus stays with its widget, goes to the one that took its place, or to the nearest where it has none. Qt would take
    it to the next widget of the window and scroll there.
    """
    page, bar = area.widget(), area.verticalScrollBar()
    focus, at = QApplication.focusWidget(), bar.value()
    if page is None or focus is None or not page.isAncestorOf(focus):
        yield
        return
    path, place = WidgetPath.of((page,), focus), focus.mapTo(page, QPoint(0, 0))
    yield
    if QApplication.focusWidget() is focus or not isValid(page) or not area.isAncestorOf(page):
        return
    same = path.find((page,)) if path is not None else None
    wanted = next((each for each in (focus, same) if _takes_focus(each, page)), None) or nearest_focusable(page, place)
    if wanted is not None:
        wanted.setFocus()
        bar.setValue(at)


def _takes_focus(widget: QWidget | None, page: QWidget) -> bool:
    if widget is None or not isValid(widget) or not page.isAncestorOf(widget):
        return False
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.isVisibleTo(page)


def ancestors(widget: QWidget | None) -> Iterator[QWidget]:
    while widget is not None:
        yield widget
        widget = None if widget.isWindow() else widget.parentWidget()


def below(root: QWidget) -> Iterator[QWidget]:
    """Yield all widgets below another. Of those that ``findChildren`` returns PySide keeps Qt's own as long as that one lives."""
    for child in root.children():
        if isinstance(child, QWidget):
            yield child
            yield from below(child)


def nearest_focusable(page: QWidget, place: QPoint) -> QWidget | None:
    """Return the named widget that takes the focus nearest to a place of the page, in view where there is one."""
    there = [each for each in below(page) if _takes_focus(each, page)]
    there.sort(key=lambda each: (not is_in_view(each), (each.mapTo(page, QPoint(0, 0)) - place).manhattanLength()))
    return next(filter(_is_named, there), None)


def is_in_view(widget: QWidget) -> bool:
    """Return whether a part of a widget is within everything around it; what lies over it does not count."""
    if not widget.isVisible():
        return False
    seen = widget.rect()
    for at, around in pairwise(ancestors(widget)):
        seen = seen.translated(at.pos()).intersected(around.rect())
    return not seen.isEmpty()


def _is_named(widget: QWidget) -> bool:
    return bool(QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip())


def bring_into_view(widget: QWidget | None) -> None:
    """Scroll to a widget that is not seen whole; to a list, which is large, only where nothing of it is seen."""
    for at in ancestors(widget):
        if widget is not None and at is not widget and isinstance(at, QScrollArea):
            view, bar = at.viewport(), at.verticalScrollBar()
            place = QRect(widget.mapTo(view, QPoint(0, 0)), widget.size())
            if not view.rect().intersects(place):
                at.ensureWidgetVisible(widget)
            elif not isinstance(widget, QAbstractItemView):  # in between, what is higher than the page stays
                bar.setValue(bar.value() + sorted((0, place.top(), place.bottom() - view.rect().bottom()))[1])


# Events after which what has the focus may be out of view.
MOVES = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.ParentChange})
SCROLL_KEYS = frozenset({Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Up, Qt.Key.Key_Down})
MODIFIERS = frozenset({Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta})


class FocusKeeper(QObject):
    def __init__(self, window: QMainWindow) -> None:
        super().__init__(window)
        self._window, self._place = window, QPoint()
        self._watched: list[QWidget] = []
        # Whether the user scrolled since the focus moved, and whether the last of it was a key.
        self._scrolled = self._by_keys = False
        self._soon = single_shot(self, 0, self._keep)
        application().focusChanged.connect(self._changed)
        window.installEventFilter(self)

    def replace_lost(self) -> bool:
        """Focus the nearest widget where the one with the focus is being hidden or disabled; return whether it is."""
        focus = QApplication.focusWidget()
        if focus is None or focus is self._window or (focus.isVisible() and focus.isEnabled()):
            return False
        return self._give()

    # -- watching ---------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.WindowActivate or (kind in MOVES and watched is not self._window):
            self._soon.start()
        elif isinstance(event, QKeyEvent) and kind == QEvent.Type.KeyPress and watched is QApplication.focusWidget():
            self._by_keys = event.key() in SCROLL_KEYS
            if event.key() not in SCROLL_KEYS | MODIFIERS and isinstance(watched, QWidget):
                bring_into_view(watched)
        elif kind == QEvent.Type.Wheel:
            self._by_keys = False
        return False

    def _changed(self, _: QWidget | None, now: QWidget | None) -> None:
        if not isValid(self._window) or (now is not None and not self._window.isAncestorOf(now)):
            return
        self._unwatch()
        if now is not None:
            self._place = now.mapTo(self._window, QPoint(0, 0))
        for at in takewhile(lambda each: each is not self._window, ancestors(now)):
            self._watched.append(at)
            at.installEventFilter(self)
            if isinstance(at, QScrollArea):
                at.verticalScrollBar().actionTriggered.connect(self._scroll)
        self._soon.start()

    def _unwatch(self) -> None:
        for each in self._watched:
            if isValid(each):
                each.removeEventFilter(self)
                if isinstance(each, QScrollArea):
                    each.verticalScrollBar().actionTriggered.disconnect(self._scroll)
        self._watched.clear()
        self._scrolled = self._by_keys = False

    def _scroll(self, _: int) -> None:
        self._scrolled = True

    # -- keeping ----------------------------------------------------------------------------------

    def _keep(self) -> None:
        focus = QApplication.focusWidget()
        if not self._window.isActiveWindow() or (focus is not None and not self._window.isAncestorOf(focus)):
            return
        if focus is not None and is_in_view(focus):
            self._place = focus.mapTo(self._window, QPoint(0, 0))
            if not self._scrolled and not QApplication.mouseButtons():  # what is pressed must not move away
                bring_into_view(focus)
        elif focus is None or (self._scrolled and self._by_keys):
            self._give()
        elif not self._scrolled:
            for _ in self._watched:  # a new page is laid out first, from the inside to the outside
                QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            bring_into_view(focus)
            if not is_in_view(focus):
                self._give()

    def _give(self) -> bool:
        middle = self._window.centralWidget()
        wanted = nearest_focusable(middle, middle.mapFrom(self._window, self._place)) if middle is not None else None
        if wanted is not None:
            wanted.setFocus()
            bring_into_view(wanted)
        return wanted is not None


# Widgets that are a single stop, with everything inside them.
WHOLE = (QAbstractItemView, QComboBox, QLineEdit, QAbstractButton, QLabel)


def focus_next(window: QWidget, *, forward: bool) -> bool:
    """Focus the next or previous stop. Return False where no stop has the focus, so that Qt decides."""
    focus = QApplication.focusWidget()
    found = None if focus is None else next(tab_stops_after(window, focus, forward=forward), None)
    if found is not None:
        found.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return found is not None


def tab_stops(widget: QWidget, *, forward: bool = True) -> Iterator[QWidget]:
    """Yield the stops within a widget, in reading order or against it."""
    if _is_hidden(widget):
        return
    if forward and _is_stop(widget):
        yield widget
    if not isinstance(widget, WHOLE):
        for child in _ordered(_children_in_order(widget), forward):
            yield from tab_stops(child, forward=forward)
    if not forward and _is_stop(widget):
        yield widget


def tab_stops_after(window: QWidget, stop: QWidget, *, forward: bool = True) -> Iterator[QWidget]:
    """Yield the stops behind one, or before it, and go on round the window; nothing where it is no stop of the window.

    Only what lies between two stops is looked at: the whole window, with hundreds of widgets, would take a key longer than
    the page it moves on.
    """
    way = _way(window, stop)
    if way is None:
        return
    if forward and not isinstance(stop, WHOLE):
        for child in _children_in_order(stop):
            yield from tab_stops(child)
    at = stop
    for over, beside in way:
        here = beside.index(at)
        for each in _ordered(beside[here + 1 :] if forward else beside[:here], forward):
            yield from tab_stops(each, forward=forward)
        if not forward and _is_stop(over):
            yield over
        at = over
    yield from tab_stops(window, forward=forward)


def _way(window: QWidget, stop: QWidget) -> list[tuple[QWidget, list[QWidget]]] | None:
    """Return what holds a stop, from the inside to the window, each with its children; None where ``stops`` leaves it out."""
    way: list[tuple[QWidget, list[QWidget]]] = []
    at = stop
    if not _is_stop(stop) or _is_hidden(stop):
        return None
    while at is not window:
        over = _layout_parent(at)
        if (
            over is None
            or isinstance(over, WHOLE)
            or _is_hidden(over)
            or at not in (beside := _children_in_order(over))
        ):
            return None
        way.append((over, beside))
        at = over
    return way


def _layout_parent(widget: QWidget) -> QWidget | None:
    """Return the widget that has this one among its children; what scrolls is the child of the area, not of its viewport."""
    parent = widget.parentWidget()
    area = None if parent is None else parent.parentWidget()
    return area if isinstance(area, QScrollArea) and area.widget() is widget else parent


def _ordered(widgets: list[QWidget], forward: bool) -> Iterable[QWidget]:
    return widgets if forward else reversed(widgets)


def _is_hidden(widget: QWidget) -> bool:
    return widget.isHidden() and not widget.isWindow()


def _is_stop(widget: QWidget) -> bool:
    if not (widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isEnabled() and widget.focusProxy() is None):
        return False
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    # Tab stops at the checked one of exclusive buttons; arrows move on from there
    return group is None or not group.exclusive() or group.checkedButton() in (None, widget)


def _children_in_order(widget: QWidget) -> list[QWidget]:
    laid: list[QWidget | None] = []
    if isinstance(widget, QScrollArea):
        return [inner] if (inner := widget.widget()) is not None else []
    if isinstance(widget, QAbstractScrollArea):
        return []
    if isinstance(widget, QSplitter):
        laid = [widget.widget(at) for at in range(widget.count())]
    elif isinstance(widget, QMainWindow):
        laid = [widget.centralWidget(), widget.statusBar()]
    elif (layout := widget.layout()) is not None:
        laid = list(_widgets_of_layout(layout))
    others = [child for child in widget.children() if isinstance(child, QWidget) and not child.isWindow()]
    return [child for child in dict.fromkeys((*laid, *others)) if child is not None]


def _widgets_of_layout(layout: QLayout) -> Iterator[QWidget]:
    """Yield the widgets of a layout; a grid is read line by line.

    The parts are asked for their place, not ``itemAt`` for the parts: PySide keeps what that returns for as long as the
    layout lives, and takes it for the next object at the address of an item that Qt has deleted.
    """
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    parts: dict[int, QWidget | QLayout] = {
        layout.indexOf(each): each for each in layout.findChildren(QLayout, options=direct)
    }
    if (parent := layout.parentWidget()) is not None:
        parts |= {layout.indexOf(each): each for each in parent.findChildren(QWidget, options=direct)}
    order = sorted(at for at in parts if at >= 0)
    if isinstance(layout, QGridLayout):
        order.sort(key=lambda at: tuple(layout.getItemPosition(at))[:2])  # type: ignore[arg-type]
    for at in order:
        part = parts[at]
        if isinstance(part, QWidget):
            yield part
        else:
            yield from _widgets_of_layout(part)


SECONDS = 2
HIGHLIGHT = "highlight"
OUT = 5


def highlight(widget: QWidget) -> QFrame:
    """Frame a widget for two seconds; it stays usable meanwhile."""
    around = _page_of(widget)
    for old in around.findChildren(Highlight, HIGHLIGHT, Qt.FindChildOption.FindDirectChildrenOnly):
        if old.marks is widget:
            old.deleteLater()
    return Highlight(widget, around)


def _page_of(widget: QWidget) -> QWidget:
    """Return the outermost widget that scrolls with this one, so that the frame fits and is clipped at the page edge."""
    page = widget
    while (parent := page.parentWidget()) is not None and not isinstance(parent.parentWidget(), QScrollArea):
        page = parent
    return page


class Highlight(QFrame):
    """The frame. It goes where the layouts put what it ``marks``, and goes with it when the next step takes that away."""

    def __init__(self, marks: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self.marks, self._around = marks, parent
        named(self, HIGHLIGHT, role="highlight")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        marks.destroyed.connect(self.deleteLater)
        for each in takewhile(lambda each: each is not parent, ancestors(marks)):
            each.installEventFilter(self)
        self._place()
        self.show()
        self.raise_()
        QTimer.singleShot(round(SECONDS * 1000), self, self.deleteLater)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move):
            self._place()
        elif event.type() == QEvent.Type.Hide:  # with its tab or group
            self.hide()
        return False

    def _place(self) -> None:
        if not isValid(self.marks):
            self.hide()
            return
        place = QRect(self.marks.mapTo(self._around, QPoint(0, 0)), self.marks.size())
        self.setGeometry(place.adjusted(-OUT, -OUT, OUT, OUT))
