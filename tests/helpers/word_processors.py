"""Makes documents as Word, LibreOffice and TextEdit write them: each from what stands in its body, in the marks of its format."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape

import docx

Block = str | list[list[list[Any]]]
"""A paragraph, or a table: rows of cells, each its text, the column it begins in, how many it covers, and whether it goes on from above."""

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
