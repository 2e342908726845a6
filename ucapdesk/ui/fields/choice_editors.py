"""Editors of values that are chosen: from a short list, yes or no, a picture from a file."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QElapsedTimer, QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import QApplication, QComboBox, QListView, QWidget

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import tr
from ucapdesk.model.kind import KindField
from ucapdesk.model.values import FileRef
from ucapdesk.services import Desk
from ucapdesk.services.records import attached_files, search
from ucapdesk.ui.fields.editor import Editor, field_head
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.accessibility import named
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.file_dialogs import ask_file
from ucapdesk.ui.toolkit.labels import ElidedComboBox, PlainLabel, label
from ucapdesk.ui.toolkit.layouts import STRETCH, row

FORGET = 1000  # milliseconds after which a letter begins a new search


WALK = frozenset([
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End,
])  # fmt: skip
"""Keys that go from one choice to another."""


class _Rows(QListView):
    """The rows of an open list; letters find one by its beginning, a word in it, or its pinyin."""

    def __init__(self, parent: QComboBox) -> None:
        super().__init__(parent)
        self.typed = ""
        self._since = QElapsedTimer()

    def keyboardSearch(self, letters: str) -> None:
        if self._since.isValid() and self._since.elapsed() > FORGET:
            self.typed = ""
        self._since.start()
        self.typed += letters
        rows = [self.model().index(row, 0) for row in range(self.model().rowCount())]
        found = search.named(self.typed, {str(number): str(row.data()) for number, row in enumerate(rows)})
        if found:
            self.setCurrentIndex(rows[int(found[0])])

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Take the choice, and go on to the next field or the one before; Qt leaves the list open."""
        QApplication.sendEvent(self, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier))
        box = self.window().parentWidget()
        return box is not None and box.focusNextPrevChild(forward)


class Choice(ElidedComboBox):
    """A combo box. Letters open it and search in it, arrows open it; the wheel scrolls the form and never changes the value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.addItem("—", None)

    @cached_property
    def _list(self) -> _Rows:
        """The list, made when it is first opened: a page has many of these boxes, and few are opened."""
        made = _Rows(self)
        self.setView(made)
        return made

    def showPopup(self) -> None:
        """Open the list at the choice; Qt leaves it where somebody last went in it."""
        self._list.setCurrentIndex(self.model().index(self.currentIndex(), 0))
        super().showPopup()

    def wheelEvent(self, event: Any) -> None:
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the list on a letter or an arrow, so that nothing is chosen before Enter; Qt would choose what is passed over."""
        letters = event.text()
        if letters.isalnum() and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier:
            self._list.typed = ""
            self.showPopup()
            self._list.keyboardSearch(letters)
        elif event.key() in WALK and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.showPopup()
        else:
            super().keyPressEvent(event)


class ChoiceEditor(Editor):
    def __init__(self, field: KindField, choices: Iterable[tuple[Any, str]], parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self.box = named(Choice(self), f"{self.objectName()}.box", field.label())
        for value, text in choices:
            self.box.addItem(text, value)
        self.box.activated.connect(self.commit)
        self.finish_layout(field_head(field, self), self.box)

    def rename(self, field: KindField) -> None:
        super().rename(field)
        for at in range(1, self.box.count()) if field.meta.codes else ():
            self.box.setItemText(at, field.code_label(self.box.itemData(at)))

    def set_read_only(self) -> None:
        self.box.setEnabled(False)

    def _show(self, value: Any) -> None:
        at = self.box.findData(value)
        if at < 0:
            self.box.addItem(self.field.code_label(value) if self.field.meta.codes else str(value), value)
            at = self.box.count() - 1
        self.box.setCurrentIndex(at)

    def _typed(self) -> Any:
        return self.box.currentData()


THUMBNAIL = (160, 48)  # width and height of the picture at most


class PictureEditor(Editor):
    def __init__(self, field: KindField, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(field, parent)
        self._desk = desk
        self._chosen: FileRef | None = None
        self._shown, self._name = PlainLabel(parent=self), label(role="second", wrap=False, parent=self)
        name, said = f"field.{field.name}", field.label()
        self.choose = button(f"{name}.choose", tr("form", "Choose…"), self._ask)
        self.remove = button(f"{name}.remove", tr("form", "Remove"), lambda: self._take(None), "quiet")
        for each in (self.choose, self.remove):
            each.setAccessibleName(f"{said}: {each.text()}")
        self.finish_layout(
            field_head(field, self), self._shown, row(self._name, self.choose, self.remove, STRETCH, gap=theme.GAP)
        )

    def set_read_only(self) -> None:
        for each in (self.choose, self.remove):
            each.hide()

    def _ask(self) -> None:
        forms = tr("form", "Pictures") + " (*.png *.jpg *.jpeg *.gif *.bmp *.tif *.tiff *.webp)"
        if file := ask_file(self.window(), self.field.label(), forms):
            self.take_file(file)

    def take_file(self, file: Path) -> None:
        """Take a picture into the workspace; say under the field where it is none."""
        try:
            self._take(attached_files.picture(self._desk, file))
        except UserError as error:
            self._say(error.say())

    def _take(self, value: FileRef | None) -> None:
        self._chosen = value
        self.commit()

    def _show(self, value: Any) -> None:
        self._chosen = value
        files = self._desk.workspace.files
        picture = QPixmap()
        if value is not None and value.sha256 and files.has(value.sha256):
            picture.loadFromData(QByteArray(attached_files.thumbnail(files.read(value.sha256), *THUMBNAIL)))
        if not picture.isNull():
            size = QSize(*(theme.px(each) for each in THUMBNAIL))
            picture = picture.scaled(
                size, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
        self._shown.setPixmap(picture)
        self._shown.setVisible(not picture.isNull())
        self._name.setText((value.name or "") if value is not None else tr("form", "(none)"))
        self.remove.setVisible(value is not None and not self.choose.isHidden())

    def _typed(self) -> Any:
        return self._chosen
