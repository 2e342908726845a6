"""The pages of a scan as pictures, beside which somebody types what they say."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt, Signal
from PySide6.QtGui import QImage, QImageReader, QPixmap, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from ucapdesk.base.i18n import tr
from ucapdesk.ui.toolkit import theme
from ucapdesk.ui.toolkit.layout_builder import STRETCH, column, panel
from ucapdesk.ui.toolkit.plain_text import PlainLabel

WIDEST = 2_000
"""Pixels across of a picture that is held in memory."""


def _image(page: tuple[int, int, bytes] | bytes) -> QImage:
    """Return a page, drawn or as a file of a picture, upright; an empty one of a file that cannot be read."""
    if not isinstance(page, bytes):
        width, height, data = page
        return QImage(data, width, height, width * 4, QImage.Format.Format_RGB32)
    content = QByteArray(page)
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    if reader.size().width() > WIDEST:
        reader.setScaledSize(reader.size().scaled(WIDEST, WIDEST * 4, Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


class ScanView(QScrollArea):
    """The pages one below another, as wide as the view; arrows and Page Down scroll.

    Signals:
        wanted(): never, since a picture has no text to be put into a field.
    """

    wanted = Signal()

    def __init__(self, pages: Sequence[tuple[int, int, bytes] | bytes], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("assign.scan")
        self.setAccessibleName(tr("assign", "Pages of the scan"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.pages = [QPixmap.fromImage(_image(page)) for page in pages]
        self._shown = [PlainLabel(parent=self) for _ in pages]
        for number, label in enumerate(self._shown, 1):
            label.setAccessibleName(tr("assign", "Page {n}", n=number))
        self.setWidget(panel(column(*self._shown, STRETCH, gap=theme.GAP), name="page"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        room = max(self.viewport().width(), 50)
        for label, page in zip(self._shown, self.pages, strict=True):
            if page.isNull():
                label.setWordWrap(True)
                label.setText(tr("assign", "This picture cannot be shown; it is damaged, or larger than any page."))
                continue
            label.setPixmap(page.scaledToWidth(min(room, page.width()), Qt.TransformationMode.SmoothTransformation))

    def chosen(self) -> str:
        """Return no text."""
        return ""

    def fade(self, placed: str) -> None:
        """Do nothing: nobody knows where in the picture a text stands."""
