"""Paints a page: tints, rules and pictures first, then all text above them, and notes the structure of what was painted.

``StructureTree`` is the structure of a PDF, as those read it who hear it: headings, paragraphs, lists, tables and figures, each in its
language. It is filled while pages are painted, band by band in the order of reading, and written when all of them are. What is painted
outside it (rules, tints, headers, footers) is an artifact.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.rl_accel import escapePDF, fp_str
from reportlab.pdfbase.pdfdoc import DummyDoc, PDFArray, PDFDictionary, PDFName, PDFObject, PDFPage, PDFString
from reportlab.pdfgen.canvas import Canvas

from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import tr
from ucapdesk.briefing.pages.bands import AGAIN, Band, Oval, Page, Path, Raster, Shape, Stroke, Turned
from ucapdesk.briefing.pages.cover_header_footer import Running
from ucapdesk.briefing.text import fonts
from ucapdesk.briefing.text.linebreak import REMEMBERED, Piece
from ucapdesk.briefing.text.paragraphs import Placed
from ucapdesk.briefing.text.styles import MM, Sheet, inks_of

PDF_LANGUAGES = {"zh": "zh-Hans"}
_ROW = ("TR", "TH", "TG")
_LINKS = re.compile(
    r"(?P<mailto>[\w.+-]+@[\w-]+(?:\.[\w-]+)+)|(?P<https>(?:https?://|www\.)[^\s，。；、）)]+)|(?P<tel>\+\d[\d\u00a0 ]{6,}\d)"
)


Area4 = tuple[float, float, float, float]


@dataclass(slots=True)
class Element:
    """A part of the structure.

    Attributes:
        role: Such as ``H1``, ``P``, ``TD``.
        language: Of its text; empty where it is that of the part around it.
        kids: Parts of it, marked content as page and number, and objects such as links.
        alt: Words for what is seen.
        span: How many columns a cell has.
        box: Where a figure stands.
    """

    role: str
    language: str = ""
    kids: list[Element | tuple[int, int] | Link] = field(default_factory=list)
    alt: str = ""
    span: int = 1
    box: tuple[float, ...] = ()

    def add(self, role: str, language: str = "", span: int = 1) -> Element:
        made = Element(role, language, span=span)
        self.kids.append(made)
        return made


@dataclass(frozen=True, slots=True)
class Link:
    """An annotation that leads somewhere, on a page; ``target`` is a destination in the paper, or an address."""

    page: int
    area: Area4
    target: str
    said: str
    inside: bool = False


Group = tuple[Element, Sequence[Placed]]


class StructureTree:
    """Collects the structure of a paper.

    Attributes:
        root: The document.
        marked: For each page the part that each marked content belongs to, by its number.
        entry: The last entry of the contents, for its link.
    """

    def __init__(self, languages: tuple[str, ...], *, facing: bool = False) -> None:
        """``facing``: whether each language has pages of its own, in turn."""
        self.languages = languages
        self.facing = facing
        self.root = self.entry = Element("Document")
        self.marked: list[list[Element]] = []
        self._open: tuple[object, Element] | None = None
        self._tables: dict[tuple[object, int], Element] = {}
        self._level = 0

    def page(self) -> None:
        self.marked.append([])

    def mark(self, element: Element) -> int:
        """Return the number for the next marked content of a part on this page."""
        number = len(self.marked[-1])
        self.marked[-1].append(element)
        element.kids.append((len(self.marked) - 1, number))
        return number

    def link(self, element: Element, area: Area4, target: str, said: str, *, inside: bool = False) -> None:
        element.alt = said
        element.kids.append(Link(len(self.marked) - 1, area, target, said, inside))

    # what a band is

    def texts(self, band: Band) -> Iterator[Group]:
        if not band.lines:
            return
        if band.role in _ROW:
            yield from self._row(band)
        elif band.role == "LI":
            yield from self._runs(self._within("L", "list").add("LI").add("LBody"), "P", band.lines)
        elif band.points_to is not None:
            self.entry = self._within("TOC", "contents").add("TOCI").add("Reference").add("Link")
            yield from self._spans(self.entry, band.lines)
        elif band.outline is not None:
            self._open, self._level = None, min(band.outline[1] + 1, self._level + 1)
            yield from self._spans(self.root.add(f"H{self._level}"), band.lines)
        else:
            self._open = None
            yield from self._paragraphs(band.lines)

    def _paragraphs(self, lines: Sequence[Placed]) -> Iterator[Group]:
        for text, some in groupby(lines, lambda line: line.cell):
            own = list(some)
            yield from self._spans(self.root.add("P"), own) if text else self._runs(self.root, "P", own)

    def figure(self, shape: Raster, box: tuple[float, ...]) -> Element:
        """Return a figure with words for it, to be put before the text it stands beside."""
        said = dict(shape.alt)
        language = next((each for each in self.languages if said.get(each)), self.languages[0])
        return Element("Figure", language, alt=said.get(language) or tr("paper", "Picture", language), box=box)

    def _within(self, role: str, key: object) -> Element:
        """Return the part that the band before belongs to as well, or a new one."""
        if self._open is None or self._open[0] != key:
            self._open = (key, self.root.add(role))
        return self._open[1]

    def _row(self, band: Band) -> Iterator[Group]:
        """Yield the cells of a row, blank ones too, so that all rows have as many."""
        row = self._table(band).add("TR")
        if band.role == "TG":
            yield from self._spans(row.add("TD", span=band.cells), band.lines)
            return
        by_cell = grouped((line.cell, line) for line in band.lines)
        for n in range(band.cells):
            yield from self._spans(row.add("TH" if band.role == "TH" else "TD"), by_cell.get(n, ()))

    def _table(self, band: Band) -> Element:
        """Return the table of a row; on facing pages each language has its own, which goes on beyond the page between."""
        if not self.facing:
            return self._within("Table", band.within)
        key = band.within, len(self.marked) % 2
        if key not in self._tables:
            self._tables[key] = self.root.add("Table")
        self._open = None
        return self._tables[key]

    def _spans(self, parent: Element, lines: Sequence[Placed]) -> Iterator[Group]:
        """Yield the lines in a part; those of each language in a part of their own, where there are several."""
        if len({line.language for line in lines}) > 1:
            yield from self._runs(parent, "Span", lines)
        elif lines:
            parent.language = lines[0].language
            yield parent, lines

    def _runs(self, parent: Element, role: str, lines: Sequence[Placed]) -> Iterator[Group]:
        for language, run in groupby(lines, lambda line: line.language):
            yield parent.add(role, language), list(run)

    # written down

    def write(self, canvas: Canvas) -> None:
        document: Any = vars(canvas)["_doc"]
        pages = [each for each in document.idToObject.values() if isinstance(each, PDFPage)]
        writer = _StructureWriter(document, canvas, pages)
        tree = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        tree["K"] = writer.element(self.root, writer.reference(tree))
        numbers: list[str] = []
        for n, elements in enumerate(self.marked):
            page: Any = pages[n]
            page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
            page.StructParents, page.Tabs = n, PDFName("S")
            numbers += [str(n), _array([writer.made[id(each)] for each in elements])]
        for n, link in enumerate(writer.links, len(self.marked)):
            numbers += [str(n), link]
        tree["ParentTree"] = document.Reference(PDFDictionary({"Nums": _array(numbers)}))
        tree["ParentTreeNextKey"] = len(self.marked) + len(writer.links)
        canvas.setCatalogEntry("StructTreeRoot", tree)
        canvas.setCatalogEntry("MarkInfo", PDFDictionary({"Marked": "true"}))


class _Written(PDFObject):
    """An object as it is written: put together at once, as a pack has thousands and those of ReportLab take long."""

    words = ""

    def format(self, document: Any) -> bytes:
        """Return what ReportLab puts into the file."""
        return self.words.encode("ascii")


class _StructureWriter:
    """Makes the objects of a structure."""

    def __init__(self, document: Any, canvas: Canvas, pages: Sequence[PDFPage]) -> None:
        self.document, self.canvas, self.pages = document, canvas, pages
        self.on_page = [self.reference(page) for page in pages]
        self.made: dict[int, str] = {}
        self.links: list[str] = []
        self.first = len(pages)

    def reference(self, thing: PDFObject) -> str:
        number, version = self.document.idToObjectNumberAndVersion[self.document.Reference(thing).name]
        return f"{number} {version} R"

    def element(self, part: Element, parent: str) -> str:
        made = _Written()
        reference = self.made[id(part)] = self.reference(made)
        said = {"Type": "/StructElem", "S": f"/{part.role}", "P": parent, **_attributes(part)}
        on = {kid[0] for kid in part.kids if isinstance(kid, tuple)}
        if len(on) == 1:
            said["Pg"] = self.on_page[min(on)]
        kids: list[str] = []
        for kid in part.kids:
            if isinstance(kid, Element):
                kids.append(self.element(kid, reference))
            elif isinstance(kid, Link):
                kids.append(self.link(kid, reference))
            else:
                page, number = kid
                at = {"Type": "/MCR", "Pg": self.on_page[page], "MCID": str(number)}
                kids.append(str(number) if len(on) == 1 else _dictionary(at))
        said["K"] = kids[0] if len(kids) == 1 else _array(kids)
        made.words = _dictionary(said)
        return reference

    def link(self, link: Link, parent: str) -> str:
        """Return the reference to an annotation, which knows its part by its number."""
        page = self.pages[link.page]
        made = PDFDictionary({
            "Type": PDFName("Annot"), "Subtype": PDFName("Link"), "Rect": PDFArray(list(link.area)), "Border": PDFArray([0, 0, 0]),
            "Contents": PDFString(link.said), "F": 4, "StructParent": self.first + len(self.links),
        })  # fmt: skip
        if link.inside:
            made["Dest"] = vars(Canvas)["_bookmarkReference"](self.canvas, link.target)
        else:
            made["A"] = PDFDictionary({"S": PDFName("URI"), "URI": PDFString(link.target)})
        page.Annots = [*(page.Annots or []), self.document.Reference(made)]
        self.links.append(parent)
        return _dictionary({"Type": "/OBJR", "Obj": self.reference(made), "Pg": self.on_page[link.page]})


def _attributes(part: Element) -> dict[str, str]:
    said: dict[str, str] = {}
    if part.language:
        said["Lang"] = _string(PDF_LANGUAGES.get(part.language, part.language))
    if part.alt:
        said["Alt"] = _string(part.alt)
    if part.box:
        said["A"] = _dictionary({"O": "/Layout", "Placement": "/Block", "BBox": f"[ {fp_str(*part.box)} ]"})
    elif part.role == "TH" or part.span > 1:
        of_cell = {"Scope": "/Column"} if part.role == "TH" else {"ColSpan": str(part.span)}
        said["A"] = _dictionary({"O": "/Table", **of_cell})
    return said


@lru_cache(REMEMBERED)
def _string(text: str) -> str:
    return str(PDFString(text).format(DummyDoc()), "ascii")


def _dictionary(said: Mapping[str, str]) -> str:
    return f"<<\n{_lines([f'/{key} {said[key]}' for key in sorted(said)], 6)}\n>>"


def _array(parts: Sequence[str]) -> str:
    return f"[ {_lines(parts, 10)} ]"


def _lines(parts: Sequence[str], most: int) -> str:
    return " \n  ".join(" ".join(parts[n : n + most]) for n in range(0, len(parts), most))


def addresses(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _LINKS.finditer(text):
        said = found.group().rstrip(".,;")
        kind = found.lastgroup
        if kind == "tel":
            target = "tel:" + re.sub(r"[^\d+]", "", said)
        else:
            target = said if said.startswith("http") else f"{'mailto:' if kind == 'mailto' else 'https://'}{said}"
        yield found.start(), found.start() + len(said), target


# Begins what no reader reads out: rules and tints, headers and footers, heads of tables that come again.
_ARTIFACT = "/Artifact <</Type /Pagination>> BDC"
_GLYPH_LEADING = 1.2  # of the size, as ReportLab writes it
_Block = tuple[float, float, Band]  # left, upper edge from the bottom, contents


class PagePainter:
    """Draws the pages of one paper; writes fonts, colours and spacing down only where they change."""

    def __init__(self, canvas: Canvas, sheet: Sheet, running: Running, pages: int, tree: StructureTree) -> None:
        self.canvas = canvas
        self.tree = tree
        self.sheet = sheet
        self.running = running
        self.pages = pages
        self.inks = inks_of(running.paper.house)
        self.glyphs = Glyphs(canvas)
        self.filled = ""  # The colour that strokes are filled with until something else is drawn
        self.outlined = -1

    def _ink(self, colour: str) -> Color:
        return HexColor(self.inks.get(colour, colour))

    def page(self, page: Page, number: int) -> None:
        sheet = self.sheet
        left, top = (0.0, sheet.height) if page.bare else (sheet.left(number), sheet.height - sheet.top)
        placed = [(top - y, band) for y, band in page.bands]
        edges: list[tuple[float, Band]] = []
        if not page.bare:
            header, footer = self.running.header(number), self.running.footer(number, self.pages)
            foot = min(sheet.footer + footer.height, sheet.bottom - 2 * MM)
            edges = [(sheet.height - sheet.header + header.height, header), (foot, footer)]
        self._draw([(left, y, band) for y, band in edges])
        self._draw([(left, y, band) for y, band in placed], self.tree)
        for y, band in placed:
            if band.outline:
                self._bookmark(band, *band.outline, y, number)

    def _bookmark(self, band: Band, text: str, level: int, y: float, number: int) -> None:
        key = f"section {band.anchor}" if band.anchor is not None else f"page {number} at {y:.0f}"
        self.canvas.bookmarkHorizontal(key, 0, y + 6)
        self.outlined = min(level, self.outlined + 1)
        self.canvas.addOutlineEntry(text, key, self.outlined)

    def _draw(self, blocks: Sequence[_Block], tree: StructureTree | None = None) -> None:
        """Draw what stands in some places: told in the structure, where there is one for it, else as decoration."""
        self.canvas.addLiteral(_ARTIFACT)
        self.filled = ""
        for left, top, band in blocks:
            for shape in band.strokes:
                if not isinstance(shape, Raster | Turned):
                    self._shape(shape, left + shape.x, top - shape.top)
        if tree is not None:
            self.canvas.addLiteral("EMC")
        figures = [self._figures(left, top, band, tree) for left, top, band in blocks]
        writer = _TextWriter(self.canvas, tree, self._ink, self.glyphs)
        for (left, top, band), seen in zip(blocks, figures, strict=True):
            if tree is not None:
                tree.root.kids += seen
            told = tree.texts(band) if tree is not None and band.role != AGAIN else [(None, band.lines)]
            for element, lines in told:
                writer.begin(element)
                for placed in lines:
                    base = top - placed.top - placed.drop
                    for piece in placed.line.pieces:
                        writer.put(piece, placed, left + placed.x + piece.x, base)
                    if element is not None and tree is not None:
                        self._links(tree, element, placed, left + placed.x, base)
            if tree is not None and band.points_to is not None:
                area = (left, top - band.height, left + self.sheet.frame_width, top)
                tree.link(tree.entry, self._area(area), f"section {band.points_to}", _said(band.lines), inside=True)
        writer.close()
        if tree is None:
            self.canvas.addLiteral("EMC")

    def _figures(self, left: float, top: float, band: Band, tree: StructureTree | None) -> list[Element]:
        found = []
        for shape in band.strokes:
            x, y = left + shape.x, top - shape.top
            if isinstance(shape, Turned):
                self._turned(shape, x, y, tree)
            elif isinstance(shape, Raster):
                if tree is not None:
                    found.append(tree.figure(shape, self._area((x, y - shape.height, x + shape.width, y))))
                    self.canvas.addLiteral(f"/Figure <</MCID {tree.mark(found[-1])}>> BDC")
                self._shape(shape, x, y)
                if tree is not None:
                    self.canvas.addLiteral("EMC")
        return found

    def _area(self, area: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        return *self.canvas.absolutePosition(*area[:2]), *self.canvas.absolutePosition(*area[2:])

    def _links(self, tree: StructureTree, element: Element, placed: Placed, x: float, base: float) -> None:
        text = placed.line.text
        if "@" not in text and "+" not in text and "www" not in text and "http" not in text:
            return
        for begin, end, target in addresses(text):
            first, last = (x + placed.line.width * at / len(text) for at in (begin, end))
            area = (first, base - 0.25 * placed.size, last, base + 0.8 * placed.size)
            tree.link(
                element if element.role == "Link" else element.add("Link"), self._area(area), target, text[begin:end]
            )

    def _shape(self, shape: Shape, x: float, y: float) -> None:
        canvas = self.canvas
        if isinstance(shape, Stroke):
            if shape.colour != self.filled:
                canvas.setFillColor(self._ink(shape.colour))
                self.filled = shape.colour
            canvas.addLiteral(f"{x:.3f} {y - shape.height:.3f} {shape.width:.3f} {shape.height:.3f} re f")
        elif isinstance(shape, Path):
            self._path(shape, x, y)
        elif isinstance(shape, Oval):
            self._inks(shape.colour, shape.thick, shape.fill)
            canvas.ellipse(x, y - shape.height, x + shape.width, y, stroke=shape.thick > 0, fill=bool(shape.fill))
        elif isinstance(shape, Raster):
            canvas.drawImage(shape.image, x, y - shape.height, shape.width, shape.height)

    def _inks(self, colour: str, thick: float, fill: str) -> None:
        self.canvas.setStrokeColor(self._ink(colour))
        self.canvas.setLineWidth(thick)
        if fill:
            self.canvas.setFillColor(self._ink(fill))
            self.filled = fill

    def _path(self, shape: Path, x: float, y: float) -> None:
        self._inks(shape.colour, shape.thick, shape.fill)
        self.canvas.setDash(list(shape.dash))
        path = self.canvas.beginPath()
        (first_x, first_y), *others = shape.points
        path.moveTo(x + first_x, y - first_y)
        for to_x, to_y in others:
            path.lineTo(x + to_x, y - to_y)
        if shape.closed:
            path.close()
        self.canvas.drawPath(path, stroke=shape.thick > 0, fill=bool(shape.fill))
        if shape.dash:
            self.canvas.setDash([])

    def _turned(self, shape: Turned, x: float, y: float, tree: StructureTree | None) -> None:
        self.canvas.saveState()
        self.canvas.translate(x + shape.width, y - shape.height)
        self.canvas.rotate(180)
        self._draw([(0.0, 0.0, Band([*shape.lines], 0.0, strokes=[*shape.shapes]))], tree)
        self.canvas.restoreState()


def _said(lines: Sequence[Placed]) -> str:
    return " ".join(line.line.text for line in lines)


class _TextWriter:
    """Puts pieces of text down one after the other; fonts, colours and spacing only where they change."""

    def __init__(self, canvas: Canvas, tree: StructureTree | None, ink: Callable[[str], Color], glyphs: Glyphs) -> None:
        self.canvas = canvas
        self.glyphs = glyphs
        self.ink = ink
        self.tree = tree
        self.element: Element | None = None
        self.is_marked = False
        self.text = canvas.beginText()
        self.font: tuple[str, float] = ("", 0.0)
        self.subset = -1
        self.colour = ""
        self.spread = 0.0
        self.outline: tuple[float, str] = (0.0, "")

    def begin(self, element: Element | None) -> None:
        self._end()
        self.element = element

    @property
    def code(self) -> list[str]:
        return vars(self.text)["_code"]  # type: ignore[no-any-return]

    def _mark(self) -> None:
        if self.tree is not None and not self.is_marked:
            element = self.element
            said = f"/{element.role} <</MCID {self.tree.mark(element)}>> BDC" if element is not None else _ARTIFACT
            self.code.append(said)
            self.is_marked = True

    def _end(self) -> None:
        if self.is_marked:
            self.code.append("EMC")
            self.is_marked = False

    def put(self, piece: Piece, placed: Placed, x: float, base: float) -> None:
        thick = fonts.stroke(piece.face) * placed.size
        self._outlined(thick, placed.colour if thick else "")
        self._mark()
        if placed.colour != self.colour:
            self.colour = placed.colour
            self.text.setFillColor(self.ink(self.colour))
        self.code.append(f"1 0 0 1 {x:.3f} {base:.3f} Tm")
        if (piece.face, placed.size) != self.font:
            self.font, self.subset = (piece.face, placed.size), -1
        if abs(piece.spread - self.spread) > 1e-6:
            self.text.setCharSpace(piece.spread)
            self.spread = piece.spread
        self.subset = self.glyphs.show(self.code, piece.text, *self.font, self.subset)

    def _outlined(self, thick: float, colour: str) -> None:
        """Set the outline width of the text that follows; a line width is written between two texts."""
        if (thick, colour) == self.outline:
            return
        self._end()
        self.text.setTextRenderMode(0)  # the next text takes it to be so
        self.canvas.drawText(self.text)
        if thick:
            self.canvas.setStrokeColor(self.ink(colour))
            self.canvas.setLineWidth(thick)
            self.canvas.setLineJoin(1)
        self.text = self.canvas.beginText()
        if thick:
            self.text.setTextRenderMode(2)
        self.font, self.outline = ("", 0.0), (thick, colour)

    def close(self) -> None:
        self._end()
        self._outlined(0.0, "")
        if self.spread:
            self.text.setCharSpace(0)
        self.canvas.drawText(self.text)


class Glyphs:
    """The characters of one paper, each looked up once: shown by their numbers in the embedded parts of their fonts."""

    def __init__(self, canvas: Canvas) -> None:
        self.document = vars(canvas)["_doc"]
        self._known: dict[str, dict[str, tuple[int, str]]] = {}
        self._set = cache(self._setting)

    def show(self, code: list[str], text: str, face: str, size: float, subset: int) -> int:
        """Add the operators that show a text; return the part of the font that is set then. ``subset``: the one set before."""
        known = self._known.setdefault(face, {})
        said: list[str] = []
        placed = [known.get(char) or self._placed(face, char) for char in text]
        for part, some in groupby(placed, itemgetter(0)):
            if part != subset:
                said.append(self._set(face, part, size))
                subset = part
            said.append(f"({''.join([glyph for _, glyph in some])}) Tj")
        code.append(" ".join(said))
        return subset

    def _placed(self, face: str, char: str) -> tuple[int, str]:
        """Return the part of a font that holds a character, and its number there as a string of the PDF."""
        ((part, number),) = fonts.font(face).splitString(char, self.document)
        found = self._known[face][char] = part, escapePDF(number)
        return found

    def _setting(self, face: str, part: int, size: float) -> str:
        name = fonts.font(face).getSubsetInternalName(part, self.document)
        return f"{name} {fp_str(size)} Tf {fp_str(_GLYPH_LEADING * size)} TL"
