"""Keeps keyboard focus and scroll position of a page while its widgets are hidden, removed and made anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise, takewhile
from typing import NamedTuple

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QApplication, QScrollArea, QWidget
from shiboken6 import isValid


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
        named = next((each for each in above(widget) if (own := each.objectName()) and not own.startswith("qt_")), None)
        alike = _alike(roots[root], named.objectName()) if named is not None else []
        if named not in alike:
            return None
        inside = [named, *named.findChildren(QWidget)]
        return cls(root, named.objectName(), alike.index(named), inside.index(widget), _record_of(named, roots[root]))

    def find(self, roots: Sequence[QWidget]) -> QWidget | None:
        """Return the widget at this path now."""
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
    inside = takewhile(lambda each: each is not root, above(widget))
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
def steady(area: QScrollArea) -> Iterator[None]:
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
    wanted = next((each for each in (focus, same) if _takes_focus(each, page)), None) or nearest(page, place)
    if wanted is not None:
        wanted.setFocus()
        bar.setValue(at)


def _takes_focus(widget: QWidget | None, page: QWidget) -> bool:
    if widget is None or not isValid(widget) or not page.isAncestorOf(widget):
        return False
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.isEnabled() and widget.isVisibleTo(page)


def above(widget: QWidget | None) -> Iterator[QWidget]:
    """Yield a widget and all that it is in, up to its window."""
    while widget is not None:
        yield widget
        widget = None if widget.isWindow() else widget.parentWidget()


def below(root: QWidget) -> Iterator[QWidget]:
    """Yield all widgets below another. Of those that ``findChildren`` returns PySide keeps Qt's own as long as that one lives."""
    for child in root.children():
        if isinstance(child, QWidget):
            yield child
            yield from below(child)


def nearest(page: QWidget, place: QPoint) -> QWidget | None:
    """Return the named widget that takes the focus nearest to a place of the page, in view where there is one."""
    there = [each for each in below(page) if _takes_focus(each, page)]
    there.sort(key=lambda each: (not is_seen(each), (each.mapTo(page, QPoint(0, 0)) - place).manhattanLength()))
    return next(filter(_is_named, there), None)


def is_seen(widget: QWidget) -> bool:
    """Return whether a part of a widget is within everything around it; what lies over it does not count."""
    if not widget.isVisible():
        return False
    seen = widget.rect()
    for at, around in pairwise(above(widget)):
        seen = seen.translated(at.pos()).intersected(around.rect())
    return not seen.isEmpty()


def _is_named(widget: QWidget) -> bool:
    return bool(QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip())


def bring_into_view(widget: QWidget | None) -> None:
    """Scroll to a widget that is not seen whole; to a list, which is large, only where nothing of it is seen."""
    for at in above(widget):
        if widget is not None and at is not widget and isinstance(at, QScrollArea):
            view, bar = at.viewport(), at.verticalScrollBar()
            place = QRect(widget.mapTo(view, QPoint(0, 0)), widget.size())
            if not view.rect().intersects(place):
                at.ensureWidgetVisible(widget)
            elif not isinstance(widget, QAbstractItemView):  # in between, what is higher than the page stays
                bar.setValue(bar.value() + sorted((0, place.top(), place.bottom() - view.rect().bottom()))[1])
