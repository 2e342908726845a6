"""Lays out pictures from attachments, codes for telephones, and the pages of appended files.

A picture that is not there or cannot be read is left out: a brief without a portrait is still a brief. Photos are brought
down to what a printer can show, so that a pack of sixty portraits stays small. An appended page is as large as its page leaves room, with
a hair of a rule around it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from io import BytesIO
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from PIL import Image, ImageOps
from reportlab.lib.utils import ImageReader

from ucapdesk.briefing.blocks.content import FACING, Section
from ucapdesk.briefing.blocks.elements import AppendedPages, Picture
from ucapdesk.briefing.blocks.language_layout import LanguageLayout
from ucapdesk.briefing.pages.bands import Band, Raster, Shape, Stroke
from ucapdesk.briefing.text.styles import HAIR, INK, MM, RULE

_DOTS = 300 / 72  # of a printer, per point
_MOST_BYTES = 2213  # of a code as ReportLab makes it
# What is read as a picture; other readers of the library start other programs.
_FORMATS = ("PNG", "JPEG", "GIF", "TIFF", "WEBP", "BMP")
_QUIET = 4  # modules of white around a code


@dataclass(frozen=True, slots=True)
class Prepared:
    """A picture that can be drawn, with the size it takes in points."""

    image: ImageReader
    width: float
    height: float
    alt: tuple[tuple[str, str], ...] = ()

    def at(self, x: float, top: float) -> Raster:
        return Raster(x, top, self.width, self.height, self.image, self.alt)


class PlainRaster(NamedTuple):
    """An image file without transparency, no larger than it is printed, with the size it takes in points."""

    data: bytes
    width: float
    height: float


def prepared(picture: Picture | None) -> Prepared | None:
    """Return a picture at the size it is printed; None where there is nothing to show."""
    if picture is None or not picture.data:
        return None
    found = _prepared(picture.data, picture.width * MM, picture.height * MM)
    return found and replace(found, alt=picture.alt)


@lru_cache(maxsize=128)
def _prepared(data: bytes, width: float, height: float) -> Prepared | None:
    found = raster(data, width, height)
    return found and Prepared(ImageReader(BytesIO(found.data)), found.width, found.height)


@lru_cache(maxsize=128)
def raster(data: bytes, width: float, height: float) -> PlainRaster | None:
    """Return an image that every program can show, and its size within so many points; None where there is none in the file."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)  # Pillow's, from 89 million points on
            image: Image.Image = Image.open(BytesIO(data), formats=_FORMATS)
            photo = image.format == "JPEG"
            image = ImageOps.exif_transpose(image)
            scale = min(width / image.width, height / image.height)
            dots = (max(1, round(image.width * scale * _DOTS)), max(1, round(image.height * scale * _DOTS)))
            if dots[0] < image.width:
                image = _drawable(image).resize(dots, Image.Resampling.LANCZOS)
            plain = _on_white(image, photo)
    except Exception:  # noqa: BLE001 (a file made to harm raises anything: the paper is printed without it)
        return None
    ratio = image.width / image.height
    size = (width, width / ratio) if width / ratio <= height else (height * ratio, height)
    return PlainRaster(plain, *size)


def is_picture(data: bytes) -> bool:
    return raster(data, 10.0, 10.0) is not None


def _drawable(image: Image.Image) -> Image.Image:
    if image.mode == "L" and not _is_clear(image):
        return image
    return image.convert("RGBA" if _is_clear(image) else "RGB")


def _is_clear(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info


def _on_white(image: Image.Image, photo: bool) -> bytes:
    """Return an image without transparency, which many printers turn black; photos as JPEG, drawings without loss."""
    if _is_clear(image):
        clear = image.convert("RGBA")
        image = Image.new("RGB", clear.size, "white")
        image.paste(clear, mask=clear.getchannel("A"))
    target = BytesIO()
    image = image if image.mode == "L" else image.convert("RGB")
    image.save(target, "JPEG" if photo else "PNG", quality=88)
    return target.getvalue()


def picture_bands(picture: Picture, both: LanguageLayout) -> Iterator[Band]:
    found = prepared(within(picture, both))
    if found is None:
        yield Band([], 0.0)
        return
    x = {"left": 0.0, "right": both.width - found.width}.get(picture.align, (both.width - found.width) / 2)
    yield Band([], both.up(found.height), both.styles.line, strokes=[found.at(x, 0.0)])


def within(picture: Picture, both: LanguageLayout, share: float = 1.0) -> Picture:
    """Return a picture no wider than a share of the type area, nor higher than leaves room for a heading."""
    return picture.within(share * both.width / MM, (both.height - 80) / MM)


def can_be_code(text: str) -> bool:
    return 0 < len(text.encode("utf-8", "replace")) <= _MOST_BYTES


def qr_shapes(text: str, x: float, top: float, side: float) -> list[Shape]:
    """Return the dark modules of a code, each row's runs as one rectangle; none for more text than a code can hold."""
    rows = _modules(text)
    if not rows:
        return []
    step = side / (len(rows) + 2 * _QUIET)
    shapes: list[Shape] = []
    for n, row in enumerate(rows):
        for dark, run in groupby(enumerate(row), itemgetter(1)):
            (at, _), *others = run
            if dark:
                left = x + (at + _QUIET) * step
                shapes.append(Stroke(left, top + (n + _QUIET) * step, (1 + len(others)) * step, step, INK))
    return shapes


@lru_cache(maxsize=256)
def _modules(text: str) -> tuple[tuple[bool, ...], ...]:
    from ucapdesk.briefing.blocks.qr_code import modules_of  # slow to load, and few papers have a code

    return modules_of(text.encode("utf-8", "replace")) if can_be_code(text) else ()


_LEAST = 0.6  # of a page: below headings it takes what is left, but no less
_HEADINGS = 9  # lines that may stand above it on facing pages


def is_listed(section: Section, depth: int) -> bool:
    """Return whether a heading stands in contents of this depth: by its level, or over the pages of an appended file."""
    appended = any(isinstance(block, AppendedPages) for block in section.blocks)
    return section.heading is not None and not section.heading.empty and (section.level <= depth or appended)


def appended_bands(block: AppendedPages, both: LanguageLayout) -> Iterator[Band]:
    """Yield a band a page; on facing pages the first stands on the left and the second on the right."""
    if both.paper.layout == FACING and both.beyond is not None:
        yield from _facing(block.pages, both)
        return
    for n, page in enumerate(block.pages):
        yield Band([], _LEAST * both.height, both.styles.half, new_page=n > 0, fill=partial(_filled, page, both))


def _facing(pages: Sequence[Picture], both: LanguageLayout) -> Iterator[Band]:
    for n in range(0, len(pages), 2):
        height = both.height - (_HEADINGS * both.styles.line if n == 0 else 0.0)
        own = pages[n + both.side : n + both.side + 1]
        shapes = [shape for page in own for shape in _shapes(page, both, height)]
        yield Band([], height, both.styles.half, shapes, new_page=n > 0)


def _filled(page: Picture, both: LanguageLayout, height: float, _: float) -> list[Band]:
    return [Band([], height, strokes=_shapes(page, both, height))]


def _shapes(page: Picture, both: LanguageLayout, height: float) -> list[Shape]:
    found = prepared(replace(page, width=both.width / MM, height=(height - 1) / MM))
    if found is None:
        return []
    x, wide, high = (both.width - found.width) / 2, found.width, found.height
    across = (Stroke(x, y, wide, HAIR, RULE) for y in (0.0, high - HAIR))
    down = (Stroke(at, 0.0, HAIR, high, RULE) for at in (x, x + wide - HAIR))
    return [found.at(x, 0.0), *across, *down]
