"""Small pictures for the second story, drawn and not stored: coats of arms and portraits."""

from __future__ import annotations

import io

from PIL import Image, ImageDraw


def arms(field: str, charge: str) -> bytes:
    picture = Image.new("RGB", (120, 140), "white")
    pen = ImageDraw.Draw(picture)
    pen.polygon([(8, 8), (112, 8), (112, 80), (60, 132), (8, 80)], fill=field, outline="black")
    pen.ellipse((38, 34, 82, 78), fill=charge)
    return _png(picture)


def portrait(ground: str) -> bytes:
    picture = Image.new("RGB", (120, 150), ground)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((15, 95, 105, 215), fill="#2f3b4c")
    pen.ellipse((37, 25, 83, 85), fill="#d9b08c")
    return _png(picture)


def _png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.quantize(16).save(file, "PNG", optimize=True)
    return file.getvalue()
