"""Draws the program's icon, ``resources/icons/ucapdesk.svg``, in the formats that systems ask for."""

from __future__ import annotations

import io
from pathlib import Path

from bundle import BUILD, ROOT, fresh
from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = ROOT / "resources" / "icons" / "ucapdesk.svg"
SIDES = (16, 24, 32, 48, 64, 128, 256)


def drawn(side: int) -> Image.Image:
    """Return the icon as a picture of so many pixels."""
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter, QRectF(0, 0, side, side))
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # a QBuffer is a QIODevice; the format is text in all releases
    return Image.open(io.BytesIO(data.data())).convert("RGBA")


def png(target: Path, side: int) -> None:
    """Write the icon as PNG."""
    drawn(side).save(target)


def ico(target: Path) -> None:
    """Write the icon for Windows, each size drawn for itself."""
    drawn(SIDES[-1]).save(target, sizes=[(s, s) for s in SIDES], append_images=[drawn(s) for s in SIDES[:-1]])


def banner(target: Path) -> None:
    """Write the picture beside the last page of the Windows setup: the icon on a quiet ground, as .bmp."""
    icon, picture = drawn(96), Image.new("RGB", (164, 314), "#e8f0f9")
    picture.paste(icon, (34, 48), icon)
    picture.save(target)


def icns(target: Path) -> None:
    """Write the icon for macOS."""
    drawn(1024).save(target, append_images=[drawn(side) for side in (32, 64, 128, 256, 512)])


if __name__ == "__main__":
    folder = fresh(BUILD / "icon")
    ico(folder / "ucapdesk.ico")
    icns(folder / "ucapdesk.icns")
    for size in SIDES:
        png(folder / f"ucapdesk-{size}.png", size)
