"""Writes editable Word documents (.docx) as ``word_document`` describes them, each text marked with its language.

The same contents make the same bytes: the archive carries the time of its contents, not the computer's.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.image.exceptions import UnrecognizedImageError
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from ucapdesk.formats.whole_files import write_file
from ucapdesk.formats.word_document import (
    FRAMES,
    TABLES,
    TAGS,
    Run,
    WordBlock,
    WordBreak,
    WordCell,
    WordContents,
    WordFile,
    WordLook,
    WordPara,
    WordPicture,
    WordTable,
    restyle,
    style_of,
)

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RARE = re.compile("([\U00020000-\U0003ffff]+)")
_TWIPS = 1440 / 25.4  # Of a millimetre
_INSET = 4.0  # Millimetres of white in a cell
_HANG = 284  # Twips that a mark hangs before its paragraph


def built(told: WordFile) -> Any:
    document = docx.Document()
    restyle(document, told.look, told.languages, told.page.room)
    _set_up(document, told)
    known = document.core_properties
    title, person = told.title[:255], told.person[:255]  # no more may be told of a file
    known.title, known.author, known.last_modified_by, known.comments = title, person, person, ""
    known.created = known.modified = told.time.replace(tzinfo=None)
    known.language = TAGS.get(told.languages[0], told.languages[0])
    maker = _Maker(document, told.look, told.page.room)
    end = document.element.body.sectPr
    for each in told.blocks:
        for made in maker.block(each):
            end.addprevious(made)
    _edges(document.sections[0], told, maker)
    return document


def _set_up(document: Any, told: WordFile) -> None:
    page, section = told.page, document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if page.width > page.height else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(page.width), Mm(page.height)
    section.left_margin, section.right_margin = Mm(page.left), Mm(page.right)
    section.top_margin, section.bottom_margin = Mm(page.top), Mm(page.bottom)
    section.header_distance, section.footer_distance = Mm(page.header), Mm(page.footer)
    settings = document.settings.element
    for old in ("w:zoom", "w:rsids", "w:savePreviewPicture", "w:themeFontLang"):
        for each in settings.findall(qn(old)):
            settings.remove(each)
    for each in settings.iter(qn("w:compatSetting")):
        if each.get(qn("w:name")) == "compatibilityMode":
            each.set(qn("w:val"), "15")
    if page.mirrored:
        settings.insert(0, element("w:mirrorMargins"))
    links = document.part.package.rels  # the picture of an empty page that new documents come with
    for id_ in [id_ for id_, link in links.items() if link.reltype.endswith("/thumbnail")]:
        links.pop(id_)


def element(tag: str, /, *inside: Any, **values: object) -> Any:
    made = OxmlElement(tag)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), str(value))
    made.extend(each for each in inside if each is not None)
    return made


class _Maker:
    def __init__(self, document: Any, look: WordLook, room: float) -> None:
        self.part, self.look, self.room = document.part, look, room
        self.anchors: dict[str, int] = {}

    def block(self, block: WordBlock) -> Iterable[Any]:
        match block:
            case WordPara():
                yield self.para(block)
            case WordTable():
                yield self.table(block)
                yield element(
                    "w:p", element("w:pPr", element("w:spacing", before=0, after=0, line=120, lineRule="exact"))
                )
            case WordPicture():
                yield from self.picture(block)
            case WordBreak():
                yield element("w:p", element("w:r", element("w:br", type="page")))
            case WordContents():
                yield from self.contents(block)

    # -- paragraphs -------------------------------------------------------------------------------

    def para(self, para: WordPara) -> Any:
        style = style_of(para.style, self.look)
        frame = element("w:framePr", **FRAMES[para.style]) if para.style in FRAMES else None
        shape = element("w:pPr", element("w:pStyle", val=style.id), frame)
        hang = round(20 * para.hang) or _HANG
        if para.mark:
            shape.append(element("w:tabs", element("w:tab", val="left", pos=hang)))
        if para.before:
            shape.append(element("w:spacing", before=round(20 * (style.before + para.before))))
        if para.mark:
            shape.append(element("w:ind", left=hang, hanging=hang))
        if para.inset:
            shape.append(element("w:ind", right=round(20 * para.inset)))
        if para.align:
            shape.append(element("w:jc", val={"centre": "center"}.get(para.align, para.align)))
        if para.listed:  # Word takes it up when it counts the pages of the contents again
            shape.append(element("w:outlineLvl", val=0))
        made = element("w:p", shape)
        runs = [Run(f"{para.mark}\t", para.runs[0].lang if para.runs else "en")] if para.mark else []
        inside = [part for run in (*runs, *para.runs) for part in self.run(run)]
        if para.anchor:
            number = self.anchors.setdefault(para.anchor, len(self.anchors) + 1)
            start = element("w:bookmarkStart", id=number, name=para.anchor)
            inside = [start, *inside, element("w:bookmarkEnd", id=number)]
        made.extend(inside)
        return made

    def run(self, run: Run) -> Iterable[Any]:
        """Yield the runs of a text: characters beyond the first plane have a face of their own."""
        if run.field:
            yield from self.counted(run)
            return
        text = _NOT_XML.sub("", run.text)
        for n, part in enumerate(_RARE.split(text)):
            if part:
                yield self._run(part, run, rare=bool(n % 2))

    def _run(self, text: str, run: Run, *, rare: bool = False) -> Any:
        made = element("w:r", self._properties(run, rare=rare))
        made.text = text
        return made

    def _properties(self, run: Run, *, rare: bool = False) -> Any:
        """Return the properties of a run in the order of the standard: style, face, weight, language."""
        chinese = run.lang == "zh"
        said = TAGS.get(run.lang, run.lang)
        face = {"eastAsia": self.look.rare, "ascii": self.look.rare, "hAnsi": self.look.rare} if rare else {}
        return element(
            "w:rPr",
            element("w:rStyle", val="StandIn") if run.grey else None,
            element("w:rFonts", hint="eastAsia", **face) if chinese or rare else None,
            *(element(tag) for tag in ("w:b", "w:bCs") if run.bold),
            *(element(tag, val=round(2 * run.size)) for tag in ("w:sz", "w:szCs") if run.size),
            element("w:lang", **({"eastAsia": said} if chinese else {"val": said})),
        )

    def counted(self, run: Run, shown: str = "1", *, dirty: bool = False) -> Iterable[Any]:
        """Yield a field that Word counts, with what stands there until it does."""
        more = {"dirty": "true"} if dirty else {}
        yield element("w:r", self._properties(run), element("w:fldChar", fldCharType="begin", **more))
        code = element("w:instrText")
        code.text = f" {run.field} "
        code.set(qn("xml:space"), "preserve")
        yield element("w:r", self._properties(run), code)
        yield element("w:r", self._properties(run), element("w:fldChar", fldCharType="separate"))
        if shown:
            yield self._run(shown, run)
        yield element("w:r", self._properties(run), element("w:fldChar", fldCharType="end"))

    def contents(self, contents: WordContents) -> Iterable[Any]:
        """Yield a field of contents that holds the headings already, as links; their pages stand there once Word has counted them."""
        last = len(contents.entries) - 1
        depth = max((level for _, level, _ in contents.entries), default=1)
        field = list(self.counted(Run("", field=f'TOC \\o "1-{depth}" \\h \\z \\u'), "", dirty=True))
        for n, (runs, level, anchor) in enumerate(contents.entries):
            made = self.para(WordPara((), f"contents{min(level, 2)}"))
            if n == 0:
                made.extend(field[:-1])
            link = element("w:hyperlink", anchor=anchor, history=1)
            link.extend(part for run in runs for part in self.run(run))
            made.append(link)
            if n == last:
                made.append(field[-1])
            yield made

    # -- pictures ---------------------------------------------------------------------------------

    def picture(self, picture: WordPicture, room: float = 0.0) -> Iterable[Any]:
        """Yield a paragraph with a picture; nothing where Word could not show it."""
        width = min(picture.width, room or self.room)
        size = Mm(width), Mm(picture.height * width / picture.width)
        try:
            inline = self.part.new_pic_inline(io.BytesIO(picture.data), *size)
        except (UnrecognizedImageError, OSError, ValueError, KeyError):
            return
        inline.docPr.set("descr", _NOT_XML.sub("", picture.alt))
        made = self.para(WordPara((), "picture", align="" if picture.align == "left" else picture.align))
        made.append(element("w:r", element("w:drawing", inline)))
        yield made

    # -- tables -----------------------------------------------------------------------------------

    def table(self, table: WordTable, room: float = 0.0) -> Any:
        """Return a table with fixed columns, whose heads repeat and whose rows stay whole."""
        whole = (room or self.room) * _TWIPS
        widths = [round(whole * share / sum(table.shares)) for share in table.shares]
        shown = {"val": "0620" if table.heads else "0600", "firstRow": int(bool(table.heads))}
        look = element("w:tblLook", **shown, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1)
        made = element(
            "w:tbl",
            element(
                "w:tblPr",
                element("w:tblStyle", val=TABLES[table.form].replace(" ", "")),
                element("w:tblW", w=sum(widths), type="dxa"),
                element("w:tblLayout", type="fixed"),
                look,
            ),
            element("w:tblGrid", *(element("w:gridCol", w=width) for width in widths)),
        )
        for number, row in enumerate(table.rows):
            made.append(self._row(table, number, row, widths))
        return made

    def _row(self, table: WordTable, number: int, row: Sequence[WordCell], widths: Sequence[int]) -> Any:
        height = element("w:trHeight", val=round(table.height * _TWIPS), hRule="atLeast") if table.height else None
        head = element("w:tblHeader") if number < table.heads else None
        made = element("w:tr", element("w:trPr", element("w:cantSplit"), height, head))
        if number in table.whole:
            made.append(self._cell(row[0] if row else (), sum(widths), element("w:gridSpan", val=len(widths))))
            return made
        for n, (cell, width) in enumerate(zip((*row, *((),) * (len(widths) - len(row))), widths, strict=True)):
            tall = table.tall and n == len(widths) - 1
            merge = (element("w:vMerge", val="restart") if number == 0 else element("w:vMerge")) if tall else None
            made.append(self._cell(cell, width, merge))
        return made

    def _cell(self, cell: WordCell, width: int, merge: Any = None) -> Any:
        made = element("w:tc", element("w:tcPr", element("w:tcW", w=width, type="dxa"), merge))
        for part in cell:
            made.extend(
                [self.para(part)] if isinstance(part, WordPara) else self.picture(part, width / _TWIPS - _INSET)
            )
        if len(made) == 1:
            made.append(self.para(WordPara((), "cell")))
        return made


# -- header and footer ----------------------------------------------------------------------------


def _edges(section: Any, told: WordFile, maker: _Maker) -> None:
    edges = told.edges
    section.different_first_page_header_footer = edges.first_header is not None or edges.first_footer is not None
    _fill(section.header, edges.header, maker)
    _fill(section.footer, edges.footer, maker)
    if section.different_first_page_header_footer:
        _fill(section.first_page_header, edges.header if edges.first_header is None else edges.first_header, maker)
        _fill(section.first_page_footer, edges.footer if edges.first_footer is None else edges.first_footer, maker)


def _fill(edge: Any, blocks: Iterable[WordPara | WordTable], maker: _Maker) -> None:
    edge.is_linked_to_previous = False
    own = edge._element  # noqa: SLF001 (no public way to put a made element into a header)
    for each in list(own):
        own.remove(each)
    body, maker.part = maker.part, edge.part
    for block in blocks:
        own.append(maker.para(block) if isinstance(block, WordPara) else maker.table(block))
    maker.part = body
    own.append(element("w:p", element("w:pPr", element("w:pStyle", val="Header"))))


def write_word(target: Path, told: WordFile) -> None:
    write_file(target, word_of(told))


def word_of(told: WordFile) -> bytes:
    """Return a document as bytes: the same for the same contents."""
    held = io.BytesIO()
    built(told).save(held)
    return _dated(held, told.time)


def _dated(held: io.BytesIO, time: datetime) -> bytes:
    """Return the archive with the time of its contents instead of the computer's."""
    dated = io.BytesIO()
    with zipfile.ZipFile(held) as made, zipfile.ZipFile(dated, "w", zipfile.ZIP_DEFLATED) as target:
        for name in made.namelist():
            info = zipfile.ZipInfo(name, time.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, made.read(name))
    return dated.getvalue()
