"""The structure of a PDF, as those read it who hear it: headings, paragraphs, lists, tables and figures, each in its language.

``StructureTree`` is filled while pages are drawn, band by band in the order of reading, and written when all of them are. What is
drawn outside it (rules, tints, headers, footers) is an artifact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby
from typing import Any

from reportlab.lib.rl_accel import fp_str
from reportlab.pdfbase.pdfdoc import DummyDoc, PDFArray, PDFDictionary, PDFName, PDFObject, PDFPage, PDFString
from reportlab.pdfgen.canvas import Canvas

from ucapdesk.base.grouping import grouped
from ucapdesk.base.i18n import tr
from ucapdesk.briefing.bands import Band
from ucapdesk.briefing.line_items import REMEMBERED
from ucapdesk.briefing.shapes import Raster
from ucapdesk.briefing.typeset import Placed

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
        """Add a part."""
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
        """Begin a page."""
        self.marked.append([])

    def mark(self, element: Element) -> int:
        """Return the number for the next marked content of a part on this page."""
        number = len(self.marked[-1])
        self.marked[-1].append(element)
        element.kids.append((len(self.marked) - 1, number))
        return number

    def link(self, element: Element, area: Area4, target: str, said: str, *, inside: bool = False) -> None:
        """Add a link to a part; ``said``: in words."""
        element.alt = said
        element.kids.append(Link(len(self.marked) - 1, area, target, said, inside))

    # what a band is

    def texts(self, band: Band) -> Iterator[Group]:
        """Yield the lines of a band with the part that each of them belongs to."""
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
        """Yield a part for each language, and for each text of a card."""
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
        """Write the structure into the document."""
        document: Any = vars(canvas)["_doc"]
        pages = [each for each in document.idToObject.values() if isinstance(each, PDFPage)]
        writer = _Writer(document, canvas, pages)
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


class _Writer:
    """Makes the objects of a structure."""

    def __init__(self, document: Any, canvas: Canvas, pages: Sequence[PDFPage]) -> None:
        self.document, self.canvas, self.pages = document, canvas, pages
        self.on_page = [self.reference(page) for page in pages]
        self.made: dict[int, str] = {}
        self.links: list[str] = []
        self.first = len(pages)

    def reference(self, thing: PDFObject) -> str:
        """Return the words that refer to an object of the document."""
        number, version = self.document.idToObjectNumberAndVersion[self.document.Reference(thing).name]
        return f"{number} {version} R"

    def element(self, part: Element, parent: str) -> str:
        """Return the reference of a part that was made with all that is in it."""
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
    """Return a text as it stands in a PDF."""
    return str(PDFString(text).format(DummyDoc()), "ascii")


def _dictionary(said: Mapping[str, str]) -> str:
    """Return a dictionary as it stands in a PDF, with short lines."""
    return f"<<\n{_lines([f'/{key} {said[key]}' for key in sorted(said)], 6)}\n>>"


def _array(parts: Sequence[str]) -> str:
    """Return an array as it stands in a PDF, with short lines."""
    return f"[ {_lines(parts, 10)} ]"


def _lines(parts: Sequence[str], most: int) -> str:
    return " \n  ".join(" ".join(parts[n : n + most]) for n in range(0, len(parts), most))


def addresses(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where addresses of mail and pages, and telephone numbers, stand in a line, and where they lead."""
    for found in _LINKS.finditer(text):
        said = found.group().rstrip(".,;")
        kind = found.lastgroup
        if kind == "tel":
            target = "tel:" + re.sub(r"[^\d+]", "", said)
        else:
            target = said if said.startswith("http") else f"{'mailto:' if kind == 'mailto' else 'https://'}{said}"
        yield found.start(), found.start() + len(said), target
