"""Reads the text of Word documents, as another program does."""

from __future__ import annotations

import html
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
from docx.oxml.ns import qn
from docx.table import Table
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as PdfTable

from tests.unit.formats.papers import pdf_font
from ucapdesk.base.fold import HAN_RUN


def paragraphs_of(element: Any) -> Iterator[str]:
    for each in element.iter(qn("w:p")):
        yield "".join(part.text or "" for part in each.iter(qn("w:t")))


def word_text(path: Path) -> str:
    """Everything in the body of a document, in the order of its blocks."""
    return "\n".join(paragraphs_of(docx.Document(str(path)).element.body))


def word_edges(path: Path) -> str:
    section = docx.Document(str(path)).sections[0]
    return "\n".join(text for edge in (section.header, section.footer) for text in paragraphs_of(edge._element))


# A paragraph, or a table: rows of cells, each its text, the column it begins in, how many it covers, and whether it
# goes on from above.
Block = str | list[list[list[Any]]]

_OPEN = "urn:oasis:names:tc:opendocument:xmlns"
_ODT = 'xmlns:dc="http://purl.org/dc/elements/1.1/" ' + " ".join(
    f'xmlns:{name}="{_OPEN}:{name if name != "draw" else "drawing"}:1.0"' for name in ("office", "text", "table", "draw", "style")
)  # fmt: skip
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_RTF_HEAD = (
    r"{\rtf1\adeflang1025\ansi\ansicpg1252\uc1\adeff0\deff0{\fonttbl{\f0\fbidi \froman\fcharset0\fprq2{\*\panose 0202}Times New Roman;}"
    r"{\f3\fbidi \froman\fcharset2\fprq2 Symbol;}{\f13\fbidi \fnil\fcharset134\fprq2 \'cb\'ce\'cc\'e5{\*\falt SimSun};}}{\colortbl;\red0\green0\blue0;}"
    "{\\stylesheet{\\ql \\fs24 \\snext0 Normal;}}{\\*\\generator Microsoft Word 16;}{\\info{\\title Old}{\\author Me}}\r\n"
)


def docx_of(body: str, parts: Mapping[str, str] | None = None) -> bytes:
    """Return a document of Word with a body, and parts beside it such as ``footnotes``, all in its own marks."""
    empty, made = io.BytesIO(), io.BytesIO()
    docx.Document().save(empty)
    files = {f"word/{part}.xml": f"<w:{part} {_WORD}>{said}</w:{part}>" for part, said in (parts or {}).items()}
    files["word/document.xml"] = f"<w:document {_WORD}><w:body>{body}</w:body></w:document>"
    links = "".join(
        f'<Relationship Id="rX{part}" Type="{_OFFICE}/{part}" Target="{part}.xml"/>' for part in parts or {}
    )
    with zipfile.ZipFile(empty) as before, zipfile.ZipFile(made, "w") as after:
        for name in before.namelist():
            if name not in files:
                said = before.read(name).decode("utf-8", "replace") if name.endswith(".rels") else ""
                linked = said.replace("</Relationships>", f"{links}</Relationships>")
                after.writestr(name, linked if name == "word/_rels/document.xml.rels" else before.read(name))
        for name, said in files.items():
            after.writestr(name, said)
    return made.getvalue()


def odt_of(body: str, around: str = "", looks: str = "") -> bytes:
    """Return a document of LibreOffice with a body, what stands around it, and the looks of texts, in its own marks."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {_ODT}><office:automatic-styles>{looks}</office:automatic-styles>"
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        archive.writestr(
            "styles.xml",
            f"<office:document-styles {_ODT}><office:master-styles><style:master-page>{around}</style:master-page>"
            "</office:master-styles></office:document-styles>",
        )
    return made.getvalue()


def rtf_of(body: str, head: str = _RTF_HEAD) -> bytes:
    """Return a rich text as Word begins it."""
    return f"{head}{body}}}".encode("ascii")


def odt_blocks_of(blocks: list[Block]) -> bytes:
    return odt_of("".join(_odt_table(block) if isinstance(block, list) else _odt_text(block) for block in blocks))


def rtf_blocks_of(blocks: list[Block]) -> bytes:
    """Return paragraphs and tables as Word writes them in rich text, where an empty line stands between two tables."""
    made = [_rtf_table(block) if isinstance(block, list) else f"\\pard {rtf_text(block)}\\par \r\n" for block in blocks]
    return rtf_of("\\pard \\par \r\n".join(made))


def rtf_text(text: str) -> str:
    signs = {"\n": r"\line ", "\t": r"\tab ", "–": r"\endash ", "’": r"\rquote ", "•": r"\bullet ", "\xa0": r"\~"}
    return "".join(
        signs.get(sign) or ("\\" * (sign in "\\{}") + sign if sign.isascii() else _in_code(sign)) for sign in text
    )


def _in_code(sign: str) -> str:
    units = sign.encode("utf-16-le")
    return "".join(f"\\u{int.from_bytes(units[at : at + 2], 'little', signed=True)}?" for at in range(0, len(units), 2))


def _rtf_table(rows: list[list[list[Any]]]) -> str:
    made = []
    for number, row in enumerate(rows):
        merged = [
            r"\clvmrg" if goes_on else r"\clvmgf" if height_of(rows, number, at) > 1 else ""
            for _, at, _, goes_on in row
        ]
        cells = (
            f"{merge}\\clvertalt\\cellx{(at + span) * 2000 - 108}"
            for merge, (_, at, span, _) in zip(merged, row, strict=True)
        )
        shape = rf"\trowd \irow{number}\trgaph108\trleft-108{''.join(cells)}"
        said = "".join(f"{{\\rtlch\\af0 {'' if goes_on else rtf_text(text)}\\cell }}" for text, _, _, goes_on in row)
        made.append(f"{shape}\\pard\\plain \\ltrpar\\ql\\intbl {said}\\pard \\intbl {{{shape}\\row }}\r\n")
    return "".join(made)


def _odt_text(text: str) -> str:
    return f"<text:p>{escape(text)}</text:p>".replace("\n", "<text:line-break/>").replace("\t", "<text:tab/>")


def _odt_table(rows: list[list[list[Any]]]) -> str:
    made = (f"<table:table-row>{''.join(_odt_cells(rows, number))}</table:table-row>" for number in range(len(rows)))
    return f"<table:table>{''.join(made)}</table:table>"


def _odt_cells(rows: list[list[list[Any]]], number: int) -> Iterator[str]:
    for text, at, span, goes_on in rows[number]:
        spanned = f'table:number-columns-spanned="{span}" table:number-rows-spanned="{height_of(rows, number, at)}"'
        if not goes_on:
            yield f"<table:table-cell {spanned}>{_odt_text(text)}</table:table-cell>"
        yield "<table:covered-table-cell/>" * (span if goes_on else span - 1)


def height_of(rows: list[list[list[Any]]], number: int, at: int) -> int:
    below = 1
    while number + below < len(rows) and any(cell[1] == at and cell[3] for cell in rows[number + below]):
        below += 1
    return below


TYPED = Path(__file__).parents[1] / "data" / "typed_papers"


def typed_papers() -> dict[str, dict[str, Any]]:
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(TYPED.glob("*.json"))}


def facts_of(paper: dict[str, Any]) -> list[tuple[str, ...]]:
    return [tuple(fact.split("|")) for fact in paper["facts"]]


def written(name: str, paper: dict[str, Any], folder: Path, kind: str = "docx") -> Path:
    """Write a paper as a file of a kind: its blocks as docx, odt, rtf, pdf or html, any other as the text it is."""
    if "text" in paper:
        path = folder / f"{name}.{paper['suffix']}"
        path.write_bytes(paper["text"].encode(paper.get("encoding", "utf-8")))
        return path
    path = folder / f"{name}.{kind}"
    if kind == "docx":
        _docx(paper["blocks"], path)
    elif kind == "pdf":
        _pdf(paper["blocks"], path)
    elif kind in ("odt", "rtf"):
        path.write_bytes((odt_blocks_of if kind == "odt" else rtf_blocks_of)(paper["blocks"]))
    else:
        path.write_text(_html(paper["blocks"]), "utf-8")
    return path


def _docx(blocks: list[Block], path: Path) -> None:
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        width = max(at + span for row in block for _, at, span, _ in row)
        _fill(document.add_table(len(block), width), block)
    document.save(str(path))


def _fill(table: Table, rows: list[list[list[Any]]]) -> None:
    cells = [list(row.cells) for row in table.rows]
    tops: dict[int, Any] = {}
    for number, row in enumerate(rows):
        for text, at, span, goes_on in row:
            cell = cells[number][at]
            if span > 1:
                cell = cell.merge(cells[number][at + span - 1])
            if goes_on and at in tops:
                tops[at] = tops[at].merge(cell)
                continue
            tops[at] = cell
            cell.text = text


def _pdf(blocks: list[Block], path: Path) -> None:
    """Write a PDF whose cells are narrow: nearly each text takes several lines, with no space left behind them."""
    chinese = HAN_RUN.search(json.dumps(blocks, ensure_ascii=False))
    font = pdf_font("NotoSansSC-Regular" if chinese else "NotoSans-Regular")
    style = ParagraphStyle("cell", fontName=font, fontSize=10, leading=13, splitLongWords=1)
    flow: list[Flowable] = []
    for block in blocks:
        if isinstance(block, str):
            flow += [_paragraph(block, style), Spacer(1, 8)]
            continue
        width = max(at + span for row in block for _, at, span, _ in row)
        flow.append(Spacer(1, 8))
        data: list[list[Any]] = [[""] * width for _ in block]
        spans = []
        for number, row in enumerate(block):
            for text, at, span, goes_on in row:
                if not goes_on:
                    data[number][at] = _paragraph(text, style)
                    spans.append(("SPAN", (at, number), (at + span - 1, number + height_of(block, number, at) - 1)))
        look: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP"), *spans]
        flow.append(PdfTable(data, colWidths=[450 / width] * width, style=look))
    SimpleDocTemplate(str(path), pagesize=A4).build(flow)


def _paragraph(text: str, style: ParagraphStyle) -> Paragraph:
    chinese = sum(HAN_RUN.match(char) is not None for char in text) > len(text) / 3
    return Paragraph(
        _lines(text).replace("<br>", "<br/>").replace("→", "•"),
        ParagraphStyle("cjk", style, wordWrap="CJK") if chinese else style,
    )


def _html(blocks: list[Block]) -> str:
    made = []
    for block in blocks:
        if isinstance(block, str):
            made.append(f"<p>{_lines(block)}</p>")
            continue
        made.append("<table>")
        for number, row in enumerate(block):
            made.append("<tr>")
            for text, at, span, goes_on in row:
                if not goes_on:
                    tall = height_of(block, number, at)
                    made.append(f'<td colspan="{span}" rowspan="{tall}">{_lines(text)}</td>')
            made.append("</tr>")
        made.append("</table>")
    return f'<!doctype html><html><head><meta charset="utf-8"></head><body>{"".join(made)}</body></html>'


def _lines(text: str) -> str:
    return "<br>".join(html.escape(line) for line in text.split("\n"))
