"""Writes editable Word documents (.docx): headings, paragraphs and tables, each text marked with its language.

Every run carries its language and a face for Chinese, so that Word checks spelling in the right one and draws 骨, 直 and 令 as
they are written in China.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ucapdesk.base.errors import UserError
from ucapdesk.base.files import write_atomically

LATIN, CHINESE = "Arial", "Microsoft YaHei"
TAGS = {"en": "en-GB", "zh": "zh-CN", "es": "es-ES", "it": "it-IT", "de": "de-DE"}
STYLES = {"title": "Title", "heading1": "Heading 1", "heading2": "Heading 2"}
GREY, AMBER = "66707F", "7A5200"


class WordNotWritten(UserError):
    """The operating system could not write the file."""

    sentence = (
        "The file {file} could not be written ({reason}). "
        "Your records are untouched; choose another place, or close the file where it is open."
    )


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one language. ``grey``: they stand in for a translation."""

    text: str
    lang: str = "en"
    bold: bool = False
    grey: bool = False


@dataclass(frozen=True, slots=True)
class WordPara:
    """A paragraph; ``style`` is ``title``, ``heading1``, ``heading2``, ``text``, ``note`` or ``warning``."""

    runs: tuple[Run, ...]
    style: str = "text"
    right: bool = False


@dataclass(frozen=True, slots=True)
class WordTable:
    """Rows of cells of paragraphs; the ``heads`` rows repeat on each page. Without lines it only aligns texts side by side."""

    rows: tuple[tuple[tuple[WordPara, ...], ...], ...]
    shares: tuple[float, ...]
    heads: int = 0
    lines: bool = True
    whole: frozenset[int] = frozenset()
    """Rows whose first cell spans all columns."""


@dataclass(frozen=True, slots=True)
class WordPicture:
    """A picture from its bytes, at most so many millimetres wide."""

    data: bytes
    width: float


@dataclass(frozen=True, slots=True)
class WordBreak:
    """A page break before what follows."""


WordBlock = WordPara | WordTable | WordPicture | WordBreak


def write_word(
    target: Path, blocks: Sequence[WordBlock], *, title: str, person: str, time: datetime, landscape: bool = False
) -> None:
    """Write a document of A4 pages."""
    raw = word_of(blocks, title=title, person=person, time=time, landscape=landscape)
    try:
        write_atomically(target, raw)
    except OSError as error:
        raise WordNotWritten(file=target.name, reason=error.strerror) from None


def word_of(blocks: Sequence[WordBlock], *, title: str, person: str, time: datetime, landscape: bool = False) -> bytes:
    """Return a document as bytes."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    document = docx.Document()
    section = document.sections[0]
    width, height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    room = (297 if landscape else 210) - 40
    known = document.core_properties
    known.title, known.author, known.last_modified_by, known.comments = title, person, person, ""
    known.created = known.modified = time.replace(tzinfo=None)
    for block in blocks:
        _add(document, block, room)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _add(document: Any, block: WordBlock, room: float) -> None:
    from docx.shared import Mm

    match block:
        case WordPara():
            _fill(document.add_paragraph(), block)
        case WordTable():
            _table(document, block, room)
        case WordPicture():
            try:
                document.add_picture(io.BytesIO(block.data), width=Mm(min(block.width, room)))
            except Exception:  # noqa: BLE001 (a file that is no picture Word can show is left out)
                return
        case WordBreak():
            document.add_page_break()


def _table(document: Any, block: WordTable, room: float) -> None:
    from docx.shared import Mm

    columns = len(block.shares)
    table = document.add_table(rows=0, cols=columns)
    table.style = "Table Grid" if block.lines else "Normal Table"
    table.autofit = False
    widths = [room * share / sum(block.shares) for share in block.shares]
    for number, row in enumerate(block.rows):
        made = table.add_row()
        cells = list(made.cells)
        if number in block.whole and columns > 1:
            cells[0].merge(cells[-1])
        for cell, width in zip(cells, widths, strict=True):
            cell.width = Mm(width)
        for cell, paras in zip(cells, row, strict=False):
            for at, para in enumerate(paras):
                _fill(cell.paragraphs[0] if at == 0 else cell.add_paragraph(), para)
        if number < block.heads:
            _set(made._tr.get_or_add_trPr(), "w:tblHeader", val="true")  # noqa: SLF001 (no public way)
        _set(made._tr.get_or_add_trPr(), "w:cantSplit", val="true")  # noqa: SLF001 (as above)
    _fill(document.add_paragraph(), WordPara(()))  # two tables that touch are one for Word


def _fill(paragraph: Any, para: WordPara) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    if para.style in STYLES:
        paragraph.style = STYLES[para.style]
    if para.right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paragraph.paragraph_format.space_after = Pt(4)
    for run in para.runs:
        _run(paragraph, run, para.style)


def _run(paragraph: Any, run: Run, style: str) -> None:
    from docx.shared import Pt, RGBColor

    made = paragraph.add_run(run.text)
    made.bold = run.bold or None
    made.font.name = LATIN
    properties = made._r.get_or_add_rPr()  # noqa: SLF001 (no public way to the face and language of Chinese)
    properties.rFonts.set(_name("w:eastAsia"), CHINESE)
    tag = TAGS.get(run.lang, run.lang)
    _set(properties, "w:lang", **({"eastAsia": tag} if run.lang == "zh" else {"val": tag}))
    if style == "note":
        made.font.size = Pt(9)
    if run.grey or style == "note":
        made.font.color.rgb = RGBColor.from_string(GREY)
    elif style == "warning":
        made.font.color.rgb = RGBColor.from_string(AMBER)


def _set(parent: Any, name: str, **values: str) -> None:
    from docx.oxml import OxmlElement

    element = OxmlElement(name)
    for key, value in values.items():
        element.set(_name(f"w:{key}"), value)
    parent.append(element)


def _name(name: str) -> str:
    from docx.oxml.ns import qn

    return str(qn(name))
