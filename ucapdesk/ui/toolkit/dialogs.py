"""Dialogs, those of files among them, and the one place that hands something to another program."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from ucapdesk.base.errors import UserError
from ucapdesk.model.text.amounts import say_number
from ucapdesk.services import Desk
from ucapdesk.services.records import attached_files
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.layouts import Part, column
from ucapdesk.ui.toolkit.widgets import ButtonBox, PlainLabel, announce, breakable, label, press_by_enter

SCREEN_MARGIN = QSize(40, 80)  # Pixels of the screen that window frames and system bars take


def make_room(dialog: QDialog) -> None:
    layout = dialog.layout()
    assert layout is not None
    wide = dialog.width()
    down = layout.totalHeightForWidth(wide) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
    if down > dialog.height():
        dialog.resize(wide, min(down, dialog.screen().availableGeometry().height() - SCREEN_MARGIN.height()))


def fit_dialog(dialog: QDialog, width: int, height: int = 0) -> None:
    """Give a dialog its first size, in lengths of usual text; without a height it is as high as what is in it.

    Qt itself does not ask wrapped sentences how high they are at the width a dialog has.
    """
    layout = dialog.layout()
    assert layout is not None
    layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
    room = dialog.screen().availableGeometry().size() - SCREEN_MARGIN
    across = min(max(theme.px(width), layout.totalMinimumSize().width()), room.width())
    down = layout.totalHeightForWidth(across) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
    if not height:
        dialog.setMinimumHeight(min(down, room.height()))
    dialog.resize(across, min(max(theme.px(height), down if not height else 0), room.height()))


CONFIRM = ("Ctrl+Return", "Ctrl+Enter")  # Keys that accept a dialog in which Enter belongs to a field


class Dialog(QDialog):
    """The base class.

    Attributes:
        by_enter: Enter accepts it, except on another button.
        answer: The name of the choice with which it was left; empty for none.
        look_at: The id of a record that somebody wants to see instead.
    """

    by_enter = True
    answer = look_at = ""

    def __init__(self, name: str, title: str, parent: QWidget | None = None) -> None:
        """``name``: the object name, by which size and tests know it."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setWindowTitle(title)

    @cached_property
    def foot(self) -> ButtonBox:
        return ButtonBox(self, by_enter=self.by_enter)

    @cached_property
    def message(self) -> PlainLabel:
        made = label("", "error", parent=self)
        made.hide()
        return made

    def lay_out(self, *parts: Part, size: tuple[int, int] | None = None, gap: int | None = theme.FIELDS) -> None:
        """Put parts one below another, then message and buttons.

        Args:
            parts: As ``column`` takes them.
            size: Width and height as ``fit`` takes them; None where the content is filled in before ``fit`` is called.
            gap: Pixels between parts.
        """
        column(*parts, self.message, self.foot, on=self, gap=gap)
        self._leave_last()
        if size is not None:
            fit_dialog(self, *size)

    def _leave_last(self) -> None:
        """Let Tab come to the row of buttons after everything else, whichever was made first."""
        chain, at = list[QWidget](), self.nextInFocusChain()
        while at is not None and at is not self:
            chain.append(at)
            at = at.nextInFocusChain()
        row = [each for each in chain if each in self.foot.buttons()]
        takes = Qt.FocusPolicy.TabFocus  # behind anything else Qt puts nothing
        others = [each for each in chain if each.focusPolicy() & takes and not self.foot.isAncestorOf(each)]
        for one, after in pairwise([*others[-1:], *row]):
            self.setTabOrder(one, after)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the focused button on Enter, where Qt would press the main one in its place."""
        if not press_by_enter(self, event):
            super().keyPressEvent(event)

    def on_confirm(self, do: Callable[[], object]) -> None:
        for keys in CONFIRM:
            QShortcut(QKeySequence(keys), self).activated.connect(do)

    def fail(self, why: UserError | str) -> None:
        sentence = why if isinstance(why, str) else why.say()
        self.message.say(breakable(sentence))
        announce(self, sentence, urgent=True)
        if sentence and self.layout() is not None:
            make_room(self)

    def attempt(self, do: Callable[[], object]) -> bool:
        """Do something; say its failure in one sentence and return whether it succeeded."""
        self.fail("")
        try:
            do()
        except UserError as error:
            self.fail(error)
            return False
        return True

    def leave(self, answer: str = "", *, look_at: str = "") -> None:
        self.answer, self.look_at = answer, look_at
        self.accept()

    def ask(self) -> bool:
        """Show the dialog and return whether it was accepted; it is gone afterwards, its attributes are not."""
        accepted = bool(self.exec())
        self.deleteLater()
        return accepted


_ENDING = re.compile(r"\*(\.\w+)")


def ask_file(over: QWidget | None, title: str, forms: str = "") -> Path | None:
    chosen, _ = QFileDialog.getOpenFileName(over, title, "", forms)
    return Path(chosen) if chosen else None


def ask_folder(over: QWidget | None, title: str) -> Path | None:
    chosen = QFileDialog.getExistingDirectory(over, title)
    return Path(chosen) if chosen else None


def ask_where(over: QWidget | None, title: str, name: str, forms: str) -> Path | None:
    """Return the file that was chosen; None for none.

    A name with none of the endings of ``forms`` gets that of the chosen form. Where there is such a file, this one is asked about.
    """
    chosen, form = QFileDialog.getSaveFileName(over, title, name, forms)
    known = _ENDING.findall(forms)
    if not chosen or Path(chosen).suffix.lower() in known:
        return Path(chosen) if chosen else None
    ended = f"{chosen}{(_ENDING.findall(form) or known)[0]}"
    return ask_where(over, title, ended, forms) if Path(ended).exists() else Path(ended)


def size_in_words(size: int) -> str:
    """Return a readable file size, in the units of the limits: a megabyte has 1024 kilobytes."""
    for unit, bytes_ in (("GB", 2**30), ("MB", 2**20), ("KB", 2**10)):
        if size >= bytes_:
            return f"{say_number(f'{size / bytes_:.1f}')} {unit}"
    return f"{size} B"


def open_attachment(desk: Desk, attachment: str) -> None:
    """Open a copy of an attached file in the system's program for it. Raises what keeps it from being opened."""
    _hand_over(attached_files.open_copy(desk, attachment))


def show_folder(folder: Path) -> None:
    if folder.is_dir():
        _hand_over(folder)


def _hand_over(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
