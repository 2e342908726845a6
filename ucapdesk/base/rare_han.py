"""The bundled fonts of rare Han characters, loaded one by one, since nearly all names do without them.

``RareHan.zip`` holds a font for every 4,096 code points of the extensions B to F; ``LateHan`` holds what Unicode took up
after those were drawn. How they were made is told by ``resources/fonts/rare_han.py``.
"""

from __future__ import annotations

from functools import cache
from zipfile import ZipFile

from ucapdesk.base.paths import resource

LATE = "LateHan"
# Characters of the first plane that many computers lack.
LATE_CHARACTERS = frozenset(map(chr, (*range(0x4DB6, 0x4DC0), *range(0x9FEB, 0xA000))))
_HAN = ((0x3400, 0x9FFF), (0x20000, 0x3FFFF))


@cache
def _blocks() -> frozenset[str]:
    with ZipFile(resource("fonts") / "RareHan.zip") as kept:
        return frozenset(name.removesuffix(".ttf") for name in kept.namelist())


def rare_fonts(char: str) -> tuple[str, ...]:
    """Return the names of the fonts that may hold a character, the first choice first; none for other characters than Han."""
    code = ord(char)
    if not any(first <= code <= last for first, last in _HAN):
        return ()
    block = f"RareHan-{code >> 12:X}"
    return (block, LATE) if block in _blocks() else (LATE,)


def font_bytes(name: str) -> bytes:
    folder = resource("fonts")
    if name == LATE:
        return (folder / "LateHan-Regular.ttf").read_bytes()
    with ZipFile(folder / "RareHan.zip") as kept:
        return kept.read(f"{name}.ttf")
