"""A picture of a record: shown small, chosen from a file, taken away."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import tr
from ucapdesk.model.kind import KindField
from ucapdesk.model.values import FileRef
from ucapdesk.services import Desk
from ucapdesk.services.records import attached_files
from ucapdesk.ui.fields.editor import Editor
from ucapdesk.ui.fields.form_head import field_head
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.buttons import button
from ucapdesk.ui.toolkit.file_dialogs import ask_file
from ucapdesk.ui.toolkit.layout_builder import STRETCH, row
from ucapdesk.ui.toolkit.plain_text import PlainLabel
from ucapdesk.ui.toolkit.text_label import label

THUMBNAIL = (160, 48)
"""Width and height of the picture at most."""


class PictureEditor(Editor):
    """A stored picture, with buttons to choose another file and to take it away."""

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
        below = row(self._name, self.choose, self.remove, STRETCH, gap=theme.GAP)
        self.finish_layout(field_head(field, self), self._shown, below)

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
            smooth = Qt.TransformationMode.SmoothTransformation
            picture = picture.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, smooth)
        self._shown.setPixmap(picture)
        self._shown.setVisible(not picture.isNull())
        self._name.setText((value.name or "") if value is not None else tr("form", "(none)"))
        self.remove.setVisible(value is not None and not self.choose.isHidden())

    def _typed(self) -> Any:
        return self._chosen
