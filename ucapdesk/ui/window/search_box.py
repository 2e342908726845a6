"""The search over everything: an input line at the top of the window, and its hits below, records before commands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QListWidget, QListWidgetItem, QWidget
from shiboken6 import isValid

from ucapdesk.base.i18n import dotted, language, sentences, tr
from ucapdesk.model.kinds import KINDS
from ucapdesk.services import Desk
from ucapdesk.services.records import search
from ucapdesk.ui.lists.list_views import SECOND_LINE, TwoLines
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.item_views import list_item
from ucapdesk.ui.toolkit.text_inputs import LineEdit
from ucapdesk.ui.toolkit.widgets import named
from ucapdesk.ui.window import shortcuts
from ucapdesk.ui.window.command_table import COMMANDS, Command, SuggestedCommand, menu_commands, menu_name

MAX_HITS_SHOWN = 20
# Commands offered before anything is typed.
STARTERS = ("record.meeting", "record.action", "file.give", "file.receive", "file.tomorrow")
# Item role of a command's name; for a record, its id precedes the second line.
COMMAND, GIVEN = Qt.ItemDataRole.UserRole + 2, Qt.ItemDataRole.UserRole + 3


class SearchBox(LineEdit):
    """Finds words in either script, pinyin and initials. Down goes into the hits, Enter opens one, Escape closes.

    Signals:
        opened(str): a record that was found is to be shown.
        given(str, object): a command that was found is to be run, with what it is given.
        left(): it was closed, and where the keys were before is not known.
    """

    opened = Signal(str)
    given = Signal(str, object)
    left = Signal()

    def __init__(
        self,
        desk: Desk,
        over: QWidget,
        recent: Callable[[], list[str]],
        can: Callable[[Command], bool],
        suggestions: Callable[[str], tuple[list[SuggestedCommand], list[SuggestedCommand]]],
    ) -> None:
        """Args:
        desk: The workspace to search.
        over: The widget over which the hits float.
        recent: The records opened last, shown before anything is typed.
        can: Whether a command with these needs is available now.
        suggestions: Return what words do to the record shown: what they surely mean, and what else they may mean.
        """
        super().__init__(over)
        self._desk, self._over, self._recent, self._can = desk, over, recent, can
        self._suggestions = suggestions
        self._from: QWidget | None = None
        named(self, "search", tr("action", "Search or command")).setProperty("searches", True)
        self.tell_key()
        self.setClearButtonEnabled(True)
        self.textChanged.connect(self._find)
        self.hits = named(QListWidget(over), "search.hits", tr("window", "Results"))
        self.hits.setItemDelegate(TwoLines(self.hits))
        self.hits.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.itemClicked.connect(self._choose_soon)
        self.hits.hide()
        for watched in (self, self.hits):
            watched.installEventFilter(self)

    def tell_key(self) -> None:
        said = tr("window", "Search or command: words, 汉字, pinyin or initials")
        self.setPlaceholderText(f"{said}   {shortcuts.key_text_for('edit.search')}".rstrip())

    def begin(self) -> None:
        if not (self.hasFocus() or self.hits.hasFocus()):
            self._from = QApplication.focusWidget()
        self.setFocus()
        self.selectAll()
        self._find(self.text())
        # The first letter would have to wait for the readings in pinyin, which are loaded by this.
        QTimer.singleShot(0, self, lambda: search.named("a", {"": "中"}))

    def _leave(self) -> None:
        """Do nothing: a search has no value to save."""

    # -- finding ----------------------------------------------------------------------------------

    def _find(self, text: str) -> None:
        self.hits.clear()
        typed = bool(text.strip())
        sure, others = self._suggestions(text) if typed else ([], [])
        commands = list(self._commands(text)) if typed else []
        near = not (sure or commands or others)
        found = (
            (*map(_suggestion, sure), *self._records(text, near=near), *commands, *map(_suggestion, others))
            if typed
            else ()
        )
        for item in found if typed else self._last_opened():
            self.hits.addItem(item)
        if typed and not self.hits.count():
            nothing = tr("window", "Nothing found. Try fewer letters, or the other language.")
            self.hits.addItem(_heading(nothing, sentences(*search.say_nothing(text)[1:])))
        self.hits.setAccessibleName(tr("window", "Results") if typed else tr("action", "Recent"))
        self._go_to(0)
        self.hits.setVisible(self.hits.count() > 0)
        self._place()

    def _go_to(self, number: int) -> None:
        rows = [row for row in range(self.hits.count()) if self.hits.item(row).flags()]
        self.hits.setCurrentRow(rows[min(number, len(rows) - 1)] if rows else -1)
        if rows and self.hits.currentRow() == rows[0]:
            self.hits.scrollToTop()

    def _records(self, text: str, *, near: bool) -> Iterator[QListWidgetItem]:
        """Yield the best hits under the name of their kind, and how many more there are; ``near``: also those with a slip."""
        best = search.best(self._desk, text, language(), recent=self._recent(), shown=MAX_HITS_SHOWN)
        if best.near and not near:
            return
        if best.near:
            yield _heading(search.say_near(text))
        for kind, hits in groupby(best.found, lambda hit: hit.kind):
            yield _heading(KINDS[kind].plural())
            yield from (_record(hit, hit.where or best.others.get(hit.id, "")) for hit in hits)
        if best.total > len(best.found):
            total = best.total if best.total < search.MAX_HITS_RANKED else f"{search.MAX_HITS_RANKED}+"
            yield _heading(
                tr("window", "{n} of {total} found; more letters find fewer", n=len(best.found), total=total)
            )

    def _last_opened(self) -> Iterator[QListWidgetItem]:
        for hit in search.these(self._desk, self._recent(), language()):
            yield _record(hit, dotted(KINDS[hit.kind].label(), hit.where))
        yield from (_command(COMMANDS[name]) for name in STARTERS if self._can(COMMANDS[name]))

    def _commands(self, text: str) -> Iterator[QListWidgetItem]:
        offered = {each.name: each for each in menu_commands() if each.name != "edit.search" and self._can(each)}
        found = search.named(text, {name: each.title.say() for name, each in offered.items()})
        if found:
            yield _heading(tr("window", "Commands"))
        for name in found:
            yield _command(offered[name])

    def _place(self) -> None:
        over = self._over
        at = self.mapTo(over, QPoint(0, self.height() + 2))
        wanted = sum(self.hits.sizeHintForRow(row) for row in range(self.hits.count())) + 6
        self.hits.setGeometry(at.x(), at.y(), self.width(), min(wanted, over.height() - at.y() - theme.px(40)))
        self.hits.raise_()

    # -- choosing ---------------------------------------------------------------------------------

    def _choose_soon(self, item: QListWidgetItem) -> None:
        """Choose once the list has handled the click: a command may make the window anew, and the list with it."""
        row = self.hits.row(item)
        QTimer.singleShot(0, self, lambda: self._choose(self.hits.item(row)))

    def _choose(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        id_, command = item.data(Qt.ItemDataRole.UserRole), item.data(COMMAND)
        given = tuple(item.data(GIVEN) or ())
        if id_ or command:
            self.close_hits()
        if id_:
            self.opened.emit(id_)
        elif command:
            self.given.emit(command, given)

    def close_hits(self) -> None:
        self.clear()
        self.hits.hide()
        back, self._from = self._from, None
        if back is not None and isValid(back) and back.isVisible():
            back.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.left.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress and not self.composing
        if pressed and isinstance(event, QKeyEvent) and self._key(watched, event):
            return True
        if event.type() == QEvent.Type.MouseButtonRelease and watched is self and not self.hits.isVisible():
            self._find(self.text())
        if event.type() == QEvent.Type.FocusOut and not (self.hasFocus() or self.hits.hasFocus()):
            self.hits.setVisible(self.hits.isVisible() and self.hits.underMouse())
            self._from = None
        return False

    def _key(self, watched: QObject, event: QKeyEvent) -> bool:
        key, shown = event.key(), self.hits.isVisible()
        if key == Qt.Key.Key_Escape:
            self.close_hits()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and shown:
            self._choose(self.hits.currentItem())
        elif watched is self and key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and shown:
            self.hits.setFocus()
            self._go_to(1 if key == Qt.Key.Key_Down else 0)
        elif watched is self and key == Qt.Key.Key_Down:
            self._find(self.text())
        elif watched is self.hits and (key == Qt.Key.Key_Backspace or (event.text().isprintable() and event.text())):
            self.setFocus()
            QApplication.sendEvent(self, event)
        else:
            return False
        return True


def _record(hit: search.Found, second: str) -> QListWidgetItem:
    kind = KINDS[hit.kind].label()
    title, below = (" ".join(text.split()) for text in (hit.title or kind, second))
    said = ", ".join(dict.fromkeys(filter(None, (title, kind, second))))
    return list_item(title, {Qt.ItemDataRole.UserRole: hit.id, SECOND_LINE: below}, said=said)


def _heading(text: str, below: str = "") -> QListWidgetItem:
    item = list_item(text, {SECOND_LINE: below}, said=f"{text} {below}".rstrip(), tip=below)
    item.setFlags(Qt.ItemFlag.NoItemFlags)
    return item


def _command(command: Command) -> QListWidgetItem:
    where = tr("window", "Command in the menu {menu}", menu=menu_name(command.menu))
    return _suggestion(
        SuggestedCommand(command.title.say(), dotted(where, shortcuts.key_text_for(command.name)), command.name)
    )


def _suggestion(suggestion: SuggestedCommand) -> QListWidgetItem:
    data = {SECOND_LINE: suggestion.about, COMMAND: suggestion.command, GIVEN: list(suggestion.given)}
    return list_item(suggestion.title, data, said=f"{suggestion.title}, {suggestion.about}")
