"""Flaws of a visible page: widgets without a name, cut off, overlapping, untranslated.

Every function gives sentences that name the widget; none is good.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible, QAction, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QListView,
    QMenu,
    QMenuBar,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QSizeGrip,
    QSplitterHandle,
    QTabBar,
    QToolButton,
    QWidget,
)

from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.window.notifications import Toast

OVERLAYS = ("toast", "highlight", "found")  # Object names of what lies over the page on purpose
DRAWINGS = ("seating.scroll",)  # Object names of what is drawn to a scale, and so scrolled in both directions
MOST_LINKS = 12  # A label with links keeps the keys as often as it has links
_TAGS = re.compile(r"<[^<>]+>")


def called(widget: QWidget | None) -> str:
    names, at = [], widget
    while at is not None and not at.isWindow():
        if at.objectName() and not at.objectName().startswith("qt_"):
            names.append(at.objectName())
        at = at.parentWidget()
    return f"{type(widget).__name__} in {'/'.join(names[:3])}"


def seen(page: QWidget) -> Iterator[QWidget]:
    """Everything that is seen on a page; most of what is in a window is hidden, and so is all that is in it."""
    for child in page.children():
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow():
            yield child
            yield from seen(child)


def parts(page: QWidget) -> Iterator[QWidget]:
    """Everything that is seen on a page, but what Qt makes inside its own widgets."""
    return (widget for widget in seen(page) if not _inner(widget))


def _inner(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    inside = isinstance(parent, QComboBox | QAbstractItemView | QTabBar | QPlainTextEdit | QMenuBar)
    return (
        isinstance(widget, QScrollBar | QSizeGrip | QSplitterHandle | QHeaderView | QMenu)
        or widget.objectName().startswith("qt_")
        or inside
    )


def _focusable(page: QWidget) -> list[QWidget]:
    found = [
        w for w in parts(page) if w.isEnabled() and w.focusPolicy() & Qt.FocusPolicy.TabFocus and not w.focusProxy()
    ]
    return [w for w in found if not isinstance(w, QScrollArea) and not _one_of_several(w)]


def _one_of_several(widget: QWidget) -> bool:
    """Of buttons that exclude each other the arrows choose; Tab comes to the chosen one."""
    if not isinstance(widget, QAbstractButton) or widget.isChecked():
        return False
    return widget.group() is not None and widget.group().exclusive()


# -- C1 -----------------------------------------------------------------------------------------------


def nameless(page: QWidget) -> Iterator[str]:
    """Yield widgets without a name for a screen reader, and icons without a tooltip."""
    for widget in [*_focusable(page), *page.findChildren(QAbstractButton)]:
        if not widget.isVisible() or _inner(widget):
            continue
        spoken = QAccessible.queryAccessibleInterface(widget)
        if not spoken.text(QAccessible.Text.Name).strip():
            yield f"{called(widget)} has no name"
        if (
            isinstance(widget, QAbstractButton)
            and not widget.icon().isNull()
            and not (widget.text() or widget.toolTip())
        ):
            yield f"{called(widget)} says by no tooltip what it does"


def small(page: QWidget) -> Iterator[str]:
    least = theme.px(theme.TARGET) - 1
    for widget in parts(page):
        hit = isinstance(widget, QAbstractButton | QLineEdit | QPlainTextEdit | QComboBox)
        if hit and min(widget.width(), widget.height()) < least and not _framed(widget):
            yield f"{called(widget)} is only {widget.width()} × {widget.height()}"


def _framed(widget: QWidget) -> bool:
    """A line without a border of its own is as large as the frame around it."""
    parent = widget.parentWidget()
    return isinstance(widget, QLineEdit) and parent is not None and parent.property("role") == "field"


def missed_by_tab(page: QWidget) -> Iterator[str]:
    """Yield widgets that Tab does not reach, and those it cannot leave."""
    wanted = _focusable(page)
    if not wanted:
        return
    first = QApplication.focusWidget()
    if first not in wanted:
        first = wanted[0]
        first.setFocus(Qt.FocusReason.TabFocusReason)
    met, at, stayed = [first], first, 0
    for _ in range(2 * len(wanted) + 10):
        QTest.keyClick(at, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        stayed = stayed + 1 if now is at else 0
        if now is None or stayed > MOST_LINKS:
            yield f"Tab stays in {called(at)}"
            return
        if now is first:
            break
        met.append(now)
        at = now
    else:
        yield f"Tab never comes back to {called(first)}"
    yield from (
        f"Tab does not come to {called(widget)}" for widget in wanted if widget not in met and widget.isVisible()
    )


# -- C3 -----------------------------------------------------------------------------------------------


def cut_off(page: QWidget) -> Iterator[str]:
    """Texts that do not have the room they need, and widgets that reach out of what holds them."""
    for widget in parts(page):
        if isinstance(widget, QLabel) and not _room_for_label(widget):
            yield f"{called(widget)} cuts “{widget.text()[:40]}”: {widget.width()} × {widget.height()}"
        elif isinstance(widget, QAbstractButton):
            wanted = widget.minimumSizeHint() if widget.text() else widget.iconSize()
            if widget.isChecked() and widget.property("role") == "quiet":  # its text is drawn bold
                bold = widget.font()
                bold.setBold(True)
                wanted.setWidth(QFontMetrics(bold).horizontalAdvance(widget.text()) + 4)
            if widget.width() < wanted.width() or widget.height() < wanted.height() - 1:
                yield f"{called(widget)} cuts “{widget.text()}”: {widget.size().toTuple()} of {wanted.toTuple()}"
        elif isinstance(widget, QTabBar):
            bar = widget  # in large text one may have to scroll its tabs
            cut = [n for n in range(bar.count()) if not bar.rect().contains(bar.tabRect(n))]
            yield from (f"{called(bar)} cuts the tab “{bar.tabText(n)}”" for n in cut if not _scrolls(bar))
        if widget.height() > 0 and _reaches_out(widget):
            yield f"{called(widget)} reaches out of {called(widget.parentWidget())}: {widget.geometry().getRect()}"


def _scrolls(bar: QTabBar) -> bool:
    """Both arrows that lead to the other tabs are whole and large enough to hit."""
    arrows, least = [each for each in bar.findChildren(QToolButton) if each.isVisible()], theme.px(theme.TARGET) - 1
    hit = [
        each for each in arrows if min(each.width(), each.height()) >= least and bar.rect().contains(each.geometry())
    ]
    return len(hit) == 2


def _room_for_label(label: QLabel) -> bool:
    if not label.text() or label.pixmap().width():
        return True
    if label.wordWrap():
        needed = label.heightForWidth(label.width())
        words = re.split(r"[\s\u200b\u2e80-\u9fff\uff00-\uffef]+", _TAGS.sub(" ", label.text()))
        longest = max((QFontMetrics(label.font()).horizontalAdvance(word) for word in words), default=0)
        return needed <= label.height() + 1 and longest <= label.width() + 1
    hint = label.sizeHint()
    return hint.width() <= label.width() + 1 and hint.height() <= label.height() + 1


def _reaches_out(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    if parent is None or widget.isWindow() or widget.objectName() in OVERLAYS:
        return False
    over = parent.parentWidget()
    if isinstance(over, QAbstractScrollArea) and over.viewport() is parent:
        return False  # what is in a scroll area may be larger than what is seen of it
    return not parent.rect().adjusted(-1, -1, 1, 1).contains(widget.geometry())


def scrolled_sideways(page: QWidget) -> Iterator[str]:
    """Forms that are wider than their room, whether a bar shows it or not."""
    for area in seen(page):
        if not isinstance(area, QScrollArea) or area.objectName() in DRAWINGS:
            continue
        inside = area.widget()
        if inside is not None and inside.width() > area.viewport().width() + 1:
            yield f"{called(area)} is {inside.width()} wide in {area.viewport().width()}"


def overlapping(page: QWidget) -> Iterator[str]:
    for parent in [page, *parts(page)]:
        laid = [w for w in parent.children() if isinstance(w, QWidget) and _laid_out(w)]
        for number, one in enumerate(laid):
            for other in laid[number + 1 :]:
                shared = one.geometry().intersected(other.geometry())
                if shared.width() > 1 and shared.height() > 1 and not _same_place(one, other):
                    yield f"{called(one)} lies over {called(other)}"


def _laid_out(widget: QWidget) -> bool:
    return (
        widget.isVisible()
        and not widget.isWindow()
        and widget.objectName() not in OVERLAYS
        and not isinstance(widget, Toast | QSplitterHandle | QSizeGrip)
        and not _inner(widget)
        and widget.height() > 0
        and widget.width() > 0
    )


def _same_place(one: QWidget, other: QWidget) -> bool:
    return isinstance(one.parentWidget(), QLineEdit | QAbstractItemView | QComboBox)


# -- C4 -----------------------------------------------------------------------------------------------


def elided(page: QWidget) -> Iterator[str]:
    """Words of ours that are shortened with dots: in columns' heads, in empty fields, in the list of sections."""
    for head in page.findChildren(QHeaderView):
        model = head.model()
        for at in range(head.count()) if head.isVisible() and model is not None else ():
            text = str(model.headerData(at, head.orientation(), Qt.ItemDataRole.DisplayRole) or "")
            room = head.sectionSize(at)
            if not head.isSectionHidden(at) and room and head.fontMetrics().horizontalAdvance(text) + 16 > room + 1:
                yield f"{called(head)} shortens “{text}”: {room}"
    for line in page.findChildren(QLineEdit):
        text = line.placeholderText()
        if line.objectName().startswith("field."):
            continue  # a hint in a field; its label says what it is
        if line.isVisible() and not line.text() and line.fontMetrics().horizontalAdvance(text) > line.width() - 12:
            yield f"{called(line)} shortens “{text}”: {line.width()}"


def texts(page: QWidget) -> Iterator[tuple[str, str]]:
    """Every text of a page, seen or spoken, with whose it is; texts that the user writes are not among them."""
    yield page.windowTitle(), "title"
    for widget in seen(page):
        if isinstance(widget.parentWidget(), QTabBar):
            continue
        name = called(widget)
        yield widget.toolTip(), name
        yield widget.accessibleName(), name
        yield widget.accessibleDescription(), name
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget.text(), name
        elif isinstance(widget, QLineEdit | QPlainTextEdit):
            yield widget.placeholderText(), name
        elif isinstance(widget, QComboBox):
            yield from ((widget.itemText(at), name) for at in range(widget.count()))
        elif isinstance(widget, QTabBar):
            yield from ((widget.tabText(at), name) for at in range(widget.count()))
        elif isinstance(widget, QAbstractItemView):
            yield from ((text, name) for text in _shown_in(widget))
    for action in page.findChildren(QAction):
        yield action.text(), f"action: {action.objectName()}"


def _shown_in(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    columns = range(1 if isinstance(view, QListView) else model.columnCount(QModelIndex()))
    for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
        yield from (str(model.headerData(at, Qt.Orientation.Horizontal, role) or "") for at in columns)
        for row in range(min(50, model.rowCount(QModelIndex()))):
            yield from (str(model.index(row, at).data(role) or "") for at in columns)
