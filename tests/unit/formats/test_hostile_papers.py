"""Files made to do harm are refused with one sentence, soon and without taking the memory of the computer."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import pytest
from PIL import ImageFile

from tests.helpers import foreign_pdfs
from tests.helpers.errors import user_error
from tests.helpers.logos import png_of_size
from tests.helpers.paper_facts import PAPERS
from ucapdesk.base.errors import UserError
from ucapdesk.formats.glance.extract import understand
from ucapdesk.formats.glance.glance_table import read
from ucapdesk.formats.lists.list_file import MAX_SHEET_ROWS, MOST_COLUMNS, list_files
from ucapdesk.formats.lists.people_list import people_of

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>{}</office:text></office:body>'
    "</office:document-content>"
)
LAUGHS = '<!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "{}">]>'.format("&a;" * 100_000)


def _packed(**files: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return made.getvalue()


def _odt(content: str, before: str = "") -> bytes:
    return _packed(mimetype="application/vnd.oasis.opendocument.text", content_xml=before + ODT.format(content))


HOSTILE: dict[str, Callable[[], bytes]] = {
    "bomb.odt": lambda: _odt("a" * (201 * 1024 * 1024)),
    "nested.odt": lambda: _odt("<table:table><table:table-row><table:table-cell>" * 10_000),
    "laughs.odt": lambda: _odt("<text:p>&b;</text:p>", LAUGHS),
    "entity.odt": lambda: _odt("<text:p>&x;</text:p>", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
    "nested.html": lambda: b"<html><body>" + b"<table><tr><td>" * 10_000 + b"Cities" + b"</td></tr></table>" * 10_000,
    "divs.html": lambda: b"<html><body>" + b"<div>" * 100_000,
    "wide.html": lambda: b"<html><table><tr><td colspan=999999999>Cities</td><td rowspan=999999999>A</td></tr></table>",
    "nested.rtf": lambda: b"{\\rtf1 " + b"{" * 100_000,
    "bytes.rtf": lambda: b"{\\rtf1 \\u-99999999999 \\bin9999999999 \\cellx99999999999 x}",
    "mail.eml": lambda: b"From: a@b\r\nTo: c@d\r\nMIME-Version: 1.0\r\n" + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n" * 3_000,
    "macros.docx": lambda: _packed(word__document_xml=f'<w:document xmlns:w="{WORD}"/>', word__vbaProject_bin="x"),
    "rows.md": lambda: b"| Cities | A | B |\n|---|---|---|\n" + b"| x | y | z |\n" * 100_000,
    "macros.odt": lambda: _packed(
        mimetype="application/vnd.oasis.opendocument.text", content_xml=ODT.format(""), Basic__Standard__Module1_xml="<x/>"
    ),
    "empty.odt": lambda: _odt("<text:p/>" * 2_000_000),
    "long.odt": lambda: _odt("a" * (40 * 1024 * 1024)),
    "empty.docx": lambda: _packed(word__document_xml=f'<w:document xmlns:w="{WORD}">{"<w:p/>" * 2_000_000}</w:document>'),
    "attributes.html": lambda: b"<html><body><p " + b" ".join(b"a%d=1" % n for n in range(1_000_000)) + b">x",
    "empty.html": lambda: b"<html><body>" + b"<p>" * 2_000_000,
    "addresses.eml": lambda: b"From: a@b\r\nTo: " + b"a@b.example, " * 100_000 + b"c@d\r\nSubject: x\r\n\r\nhi",
    "parts.eml": lambda: (
        b"From: a@b\r\nTo: c@d\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n" + b"--x\r\n\r\nhi\r\n" * 50_000
    ),
    "texts.eml": lambda: _mail(*[(f"{n}.txt", b"Cities of Europe and China " * 3_000) for n in range(150)]),
    "brackets.eml": lambda: b"From: a@b\r\nTo: " + b"(" * 50_000 + b"c@d\r\nSubject: x\r\n\r\nhi",
    "torn.eml": lambda: b"From: a\nSubject: =?utf-8?b?////?=\nContent-Type: text/plain; charset=none\n\nCities",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_one_sentence_soon(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE[name]())
    began = time.thread_time()
    with pytest.raises(UserError) as raised:
        understand(read(path))
    assert "Nothing was changed" in raised.value.say("en")
    assert "passwd" not in raised.value.say("en")
    assert time.thread_time() - began < 20


@pytest.mark.parametrize(
    ("paper", "part"),
    [
        ("15-tracked.docx", "word/document.xml"),
        ("09-chongqing-mannheim.odt", "styles.xml"),
        ("09-chongqing-mannheim.html", ""),
    ],
)
def test_a_paper_that_names_other_files_as_its_words_is_refused(paper: str, part: str, tmp_path: Path) -> None:
    path, entity = tmp_path / paper, b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    if part:
        with zipfile.ZipFile(PAPERS / paper) as before, zipfile.ZipFile(path, "w") as after:
            for name in before.namelist():
                text = before.read(name)
                after.writestr(name, text.replace(b"?>", b"?>" + entity, 1) if name == part else text)
    else:
        path.write_bytes(entity + (PAPERS / paper).read_bytes())
    with user_error("document-names-entities"):
        read(path)


PICTURE = (
    b'<w:r><w:drawing><a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    b' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="rHuge"/></w:drawing></w:r>'
)


def test_a_huge_picture_in_a_document_is_never_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """40,000 by 40,000 points take gigabytes once they are drawn; the text is read as if it was not there."""
    plain, path = PAPERS / "15-tracked.docx", tmp_path / "15-tracked.docx"
    image = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
    link = f'<Relationship Id="rHuge" Type="{image}" Target="media/huge.png"/></Relationships>'.encode()
    with zipfile.ZipFile(plain) as before, zipfile.ZipFile(path, "w") as after:
        after.writestr("word/media/huge.png", png_of_size(40_000, 40_000))
        for name in before.namelist():
            text = before.read(name)
            if name == "word/_rels/document.xml.rels":
                text = text.replace(b"</Relationships>", link)
            elif name == "word/document.xml":
                text = text.replace(b"</w:p>", PICTURE + b"</w:p>", 1)
            elif name == "[Content_Types].xml":
                text = text.replace(b"</Types>", b'<Default Extension="png" ContentType="image/png"/></Types>')
            after.writestr(name, text)
    monkeypatch.setattr(ImageFile.ImageFile, "load", lambda _: pytest.fail("decoded"))
    assert read(path).rows == read(plain).rows


def test_a_file_that_a_document_brings_in_is_told_as_left_out(tmp_path: Path) -> None:
    path, office = tmp_path / "chunk.docx", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    chunk = f'<Relationship Id="rX" Type="{office}/aFChunk" Target="afchunk.html"/></Relationships>'.encode()
    with zipfile.ZipFile(PAPERS / "15-tracked.docx") as before, zipfile.ZipFile(path, "w") as after:
        after.writestr("word/afchunk.html", "<p>Bremen</p>")
        for name in before.namelist():
            text = before.read(name)
            if name == "word/_rels/document.xml.rels":
                text = text.replace(b"</Relationships>", chunk)
            elif name == "[Content_Types].xml":
                text = text.replace(b"</Types>", b'<Default Extension="html" ContentType="text/html"/></Types>')
            after.writestr(name, text)
    said = [odd.what.say("en") for odd in understand(read(path)).oddities]
    assert "The document brings in the file afchunk.html, which is not read." in said


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData>{}</worksheet>'
ROW = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>姓名</t></is></c><c r="B{0}" t="inlineStr"><is><t>职务</t></is></c></row>'


def _workbook(sheet: str, before: str = "", **more: str) -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rels = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kinds = "http://schemas.openxmlformats.org/package/2006"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{kinds}/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/s.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{kinds}/relationships"><Relationship Id="r" Type="{rels}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{rels}"><sheets><sheet name="s" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{kinds}/relationships"><Relationship Id="r1" Type="{rels}/worksheet" Target="s.xml"/></Relationships>',
        )
        archive.writestr("xl/s.xml", before + sheet)
        for name, text in more.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), text)
    return made.getvalue()


def _pdf(*objects: bytes) -> bytes:
    """A PDF whose objects from the second on are these; the first is its catalogue."""
    made, places = b"%PDF-1.4\n", []
    for number, each in enumerate((b"<</Type/Catalog/Pages 2 0 R>>", *objects), 1):
        places.append(len(made))
        made += b"%d 0 obj\n" % number + each + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    return (
        made + head + table + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, len(made))
    )


def _drawn(content: bytes) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    stream = b"<</Length %d>>stream\n" % len(content) + content + b"\nendstream"
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
    return _pdf(b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream, font)


def _mail(*attached: tuple[str, bytes]) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"] = "a@b.example", "c@d.example"
    mail.set_content("hi")
    for name, data in attached:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


@cache
def _of_empty_rows() -> bytes:
    return _workbook(SHEET.format("<row/>" * 16_000_000, ""))


MERGED = "<mergeCells>" + "".join(f'<mergeCell ref="A{n}:A1048576"/>' for n in range(1, 30_000)) + "</mergeCells>"
HOSTILE_LISTS: dict[str, Callable[[], bytes]] = {
    "bomb.xlsx": lambda: _workbook(SHEET.format("a" * (201 * 1024 * 1024), "")),
    "laughs.xlsx": lambda: _workbook(SHEET.format(ROW.format(1), ""), LAUGHS),
    "merged.xlsx": lambda: _workbook(SHEET.format(ROW.format(1), MERGED)),
    "far.xlsx": lambda: _workbook(SHEET.format(ROW.format(1) + ROW.format(1048576), "")),
    "wide.csv": lambda: "姓名;职务;单位\n".encode() + b";" * 2_000_000,
    "long.csv": lambda: "姓名;职务;单位\n".encode() + b"a;b;c\n" * 1_000_000,
    "quote.csv": lambda: "姓名;职务;单位\n".encode() + b'"' + b"a\n" * 500_000,
    "nested.docx": lambda: _packed(word__document_xml="<w:tbl>" * 10_000),
    "empty-rows.xlsx": _of_empty_rows,
    "macros.xlsx": lambda: _workbook(SHEET.format(ROW.format(1), ""), xl__vbaProject_bin="x"),
    "entity-behind.xlsx": lambda: _workbook(SHEET.format(ROW.format(1), ""), f"<!--{'x' * 5_000}-->{LAUGHS}"),
    "texts.xlsx": lambda: _workbook(
        SHEET.format(ROW.format(1), ""), xl__sharedStrings_xml=f"<sst>{'<si/>' * 2_000_000}</sst>"
    ),
    "runs.xlsx": lambda: _workbook(
        SHEET.format(f'<row r="1"><c t="inlineStr"><is>{"<r/>" * 2_000_000}</is></c></row>', "")
    ),
    "empty-cells.xlsx": lambda: _workbook(SHEET.format(f'<row r="1">{"<c/>" * 6_000_000}</row>', "")),
    "cell.xlsx": lambda: _workbook(
        SHEET.format(ROW.format(1), ""), xl__sharedStrings_xml=f"<sst><si><t>{'a' * 150_000_000}</t></si></sst>"
    ),
    "loop.pdf": lambda: _pdf(b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 100000>>"),
    "pages.pdf": lambda: _pdf(
        b"<</Type/Pages/Kids[" + b"3 0 R " * 200_000 + b"]/Count 200000>>", b"<</Type/Page/Parent 2 0 R>>"
    ),
    "strokes.pdf": lambda: _drawn(
        b"".join(b"%d %d m 600 %d l S " % (n % 600, n % 800, n % 800) for n in range(50_000))
    ),
    "form-of-itself.pdf": lambda: foreign_pdfs.forms("/X Do /X Do", itself=True),
    "forms-in-forms.pdf": lambda: foreign_pdfs.forms("/X Do /X Do"),
    "characters.pdf": lambda: _drawn(b"BT /F 9 Tf 50 700 Td (Name Position) Tj ET " * 40_000),
    "edges.rtf": lambda: (
        b"{\\rtf1 "
        + b"".join(
            b"\\trowd"
            + b"".join(b"\\cellx%d" % (100 * (60 * row + cell)) for cell in range(60))
            + b"x\\cell " * 60
            + b"\\row\n"
            for row in range(600)
        )
    ),
    "attached.eml": lambda: _mail(("a.xlsx", _of_empty_rows())),
    "deep.eml": lambda: (
        b"From: a@b\r\nTo: c@d\r\nContent-Type: message/rfc822\r\n\r\n" * 1_000 + b"From: a@b\r\nTo: c@d\r\n\r\nhi"
    ),
}


@pytest.mark.parametrize("name", HOSTILE_LISTS)
def test_a_hostile_list_is_refused_or_read_within_limits(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(HOSTILE_LISTS[name]())
    began = time.thread_time()
    tables: tuple[list[list[str]], ...] = ()
    with suppress(UserError):
        found = list_files(path)
        tables = tuple(table for file in found for table in file.tables)
        assert all(people_of(file) is None for file in found)
    assert sum(map(len, tables)) <= 20 * MAX_SHEET_ROWS
    assert all(len(row) <= MOST_COLUMNS for table in tables for row in table)
    assert time.thread_time() - began < 20
