"""Makes ``RareHan.zip`` and ``LateHan-Regular.ttf`` beside this file: the Han characters that Noto Sans SC lacks.

Their sources are the Debian packages ``fonts-hanazono`` 20170904-3 and ``fonts-babelstone-han`` 16.0.1-1, unpacked by
``dpkg -x``: ``python resources/fonts/rare_han.py FOLDER`` with the folder that holds their fonts. Needs fontTools.

RareHan holds the extensions B to F, a font for every 4,096 code points, so that a name with one rare character opens one
small file. Outlines of the source are polygons; a corner that moves them by less than a thousandth of the em is left
out, and the em is 512 units, which is a fifth of a point in the largest names of a place card. LateHan holds the
characters that Unicode took up after the first font was made, unchanged. Neither is hinted: papers are printed, and screens are fine.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent
BLOCK = 0x1000
RARE = ((0x20000, 0x2A6D6), (0x2A700, 0x2B734), (0x2B740, 0x2B81D), (0x2B820, 0x2CEA1), (0x2CEB0, 0x2EBE0))
"""The extensions B to F as they were when the first font was made."""
LATE = ((0x4DB6, 0x4DBF), (0x9FEB, 0x9FFF), (0x2A6D7, 0x2A6DF), (0x2B735, 0x2B739))
EM = 512
NEAR = 1.0
"""How far an outline may move, in thousandths of the em of the source."""

Point = tuple[int, int]


def _off(point: Point, first: Point, last: Point) -> float:
    """The square of how far a point lies from the line between two others."""
    x, y = point[0] - first[0], point[1] - first[1]
    wide, high = last[0] - first[0], last[1] - first[1]
    length = wide * wide + high * high
    along = min(1.0, max(0.0, (x * wide + y * high) / length)) if length else 0.0
    return (x - along * wide) ** 2 + (y - along * high) ** 2


def simplified(outline: Sequence[Point]) -> list[Point]:
    """A closed polygon without the corners that hardly show (Douglas and Peucker)."""
    points = [*outline, outline[0]]
    end = len(outline)
    far = max(range(end), key=lambda at: _off(points[at], points[0], points[0]))
    keep = {0, far}
    spans = [(0, far), (far, end)]
    while spans:
        first, last = spans.pop()
        if last - first < 2:
            continue
        at = max(range(first + 1, last), key=lambda n: _off(points[n], points[first], points[last]))
        if _off(points[at], points[first], points[last]) > NEAR**2:
            keep.add(at)
            spans += [(first, at), (at, last)]
    return [points[at] for at in sorted(keep)]


def _glyph(source: Any, em: int) -> Any:
    """One glyph of the source, smaller."""
    pen = TTGlyphPen(None)
    first = 0
    for last in source.endPtsOfContours if source.numberOfContours > 0 else ():
        outline = simplified([tuple(source.coordinates[at]) for at in range(first, last + 1)])
        first = last + 1
        outline = [(round(x * EM / em), round(y * EM / em)) for x, y in outline]
        outline = [point for at, point in enumerate(outline) if point != outline[at - 1]]
        if len(outline) > 2:
            pen.moveTo(outline[0])
            for point in outline[1:]:
                pen.lineTo(point)
            pen.closePath()
    return pen.glyph()


def _font(name: str, glyphs: dict[int, Any]) -> bytes:
    order = [".notdef", *(f"u{code:X}" for code in glyphs)]
    build = FontBuilder(EM, isTTF=True)
    build.setupGlyphOrder(order)
    build.setupCharacterMap({code: f"u{code:X}" for code in glyphs})
    drawn = dict(zip(order, [TTGlyphPen(None).glyph(), *glyphs.values()], strict=True))
    build.setupGlyf(drawn)
    build.setupHorizontalMetrics({name: (EM, getattr(drawn[name], "xMin", 0)) for name in order})
    build.setupHorizontalHeader(ascent=round(0.88 * EM), descent=-round(0.12 * EM))
    build.setupNameTable(
        {
            "familyName": name.replace("RareHan-", "Rare Han "),  # a family of its own: each is loaded by itself
            "styleName": "Regular",
            "psName": name,
            "copyright": "Created by the GlyphWiki Project (kamichi@fonts.jp); simplified, and in parts, for UCAPDesk.",
            "licenseDescription": "This Font Software is licensed under the SIL Open Font License, Version 1.1.",
            "licenseInfoURL": "http://scripts.sil.org/OFL",
        }
    )
    build.setupOS2(sTypoAscender=round(0.88 * EM), sTypoDescender=-round(0.12 * EM), sCapHeight=round(0.73 * EM))
    build.setupPost(keepGlyphNames=False)
    build.font["head"].created = build.font["head"].modified = 0
    build.font.recalcTimestamp = False
    written = BytesIO()
    build.save(written)
    return written.getvalue()


def rare(source: Path) -> None:
    """The extensions, a font for each block."""
    font = TTFont(source, lazy=True)
    names, outlines, em = font.getBestCmap(), font["glyf"], font["head"].unitsPerEm
    codes = [code for first, last in RARE for code in range(first, last + 1)]
    part = HERE / "RareHan.zip.part"
    with zipfile.ZipFile(part, "w", zipfile.ZIP_LZMA) as target:
        for block in sorted({code // BLOCK for code in codes}):
            glyphs = {code: _glyph(outlines[names[code]], em) for code in codes if code // BLOCK == block}
            name = f"RareHan-{block:X}"
            target.writestr(zipfile.ZipInfo(f"{name}.ttf"), _font(name, glyphs), zipfile.ZIP_LZMA)
            print(name, len(glyphs), flush=True)
    part.replace(HERE / "RareHan.zip")


def late(source: Path) -> None:
    """The characters that came later."""
    font = TTFont(source, recalcTimestamp=False)
    keep = Options(
        hinting=False, layout_features=[], glyph_names=False, name_IDs=[0, 5, 14], drop_tables=["meta", "gasp"]
    )
    subsetter = Subsetter(keep)
    subsetter.populate(unicodes=[code for first, last in LATE for code in range(first, last + 1)])
    subsetter.subset(font)
    names = font["name"]
    told = "Cut down from BabelStone Han 16.0.1 to characters of Unicode 11 and later for UCAPDesk on 27 November 2026."
    licence = "Arphic Public License: LateHan-ARPHICPL.txt"
    for number, text in (
        (1, "Late Han"),
        (2, "Regular"),
        (4, "Late Han"),
        (6, "LateHan-Regular"),
        (10, told),
        (13, licence),
    ):
        names.setName(text, number, 3, 1, 0x409)
        names.setName(text, number, 1, 0, 0)
    font.save(HERE / "LateHan-Regular.ttf")


if __name__ == "__main__":
    (folder,) = map(Path, sys.argv[1:])
    late(next(folder.rglob("BabelStoneHan.ttf")))
    rare(next(folder.rglob("HanaMinB.ttf")))
