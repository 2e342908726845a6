"""Which files may be opened in other programs, by their names and by what is in them."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest
from docx import Document
from openpyxl import Workbook

from ucapdesk.formats.whole_files import LARGEST, MACROS, MORE, OTHER, why_not

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


def said(name: str, content: bytes) -> object:
    return why_not(name, io.BytesIO(content))


def saved(write: Callable[[io.BytesIO], object]) -> bytes:
    file = io.BytesIO()
    write(file)
    return file.getvalue()


def with_part(content: bytes, name: str, part: bytes = b"x") -> bytes:
    file = io.BytesIO(content)
    with zipfile.ZipFile(file, "a") as packed:
        packed.writestr(name, part)
    return file.getvalue()


def with_parts(parts: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name, text in parts.items():
            packed.writestr(name, text)
    return file.getvalue()


WORD, SHEET = saved(Document().save), saved(Workbook().save)
SLIDES = with_parts({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<p/>"})

GOOD = {
    "agenda.pdf": b"%PDF-1.7", "扫描件.PDF": b"\xef\xbb\xbf%PDF-1.4", "a.jpg": b"\xff\xd8\xff\xe0", "a.jpeg": b"\xff\xd8\xff\xe1",
    "a.png": b"\x89PNG\r\n\x1a\n", "a.gif": b"GIF89a", "a.webp": b"RIFF\1\2\3\4WEBP", "a.heic": b"\0\0\0\x18ftypheic",
    "a.tif": b"II*\0", "a.mp3": b"ID3", "a.wav": b"RIFF\1\2\3\4WAVE", "a.m4a": b"\0\0\0\x18ftypM4A ",
    "film.mp4": b"\0\0\0\x18ftypisom", "a.mov": b"\0\0\0\x14ftypqt  ", "a.avi": b"RIFF\1\2\3\4AVI ", "a.webm": b"\x1aE\xdf\xa3",
    "a.txt": "早上好".encode(), "b.txt": "早上好".encode("gb18030"), "c.txt": "早上好".encode("utf-16"), "a.md": b"# Hello",
    "a.csv": b"name,phone\nChen,+86 772 282 1\n", "a.ics": b"BEGIN:VCALENDAR", "a.vcf": b"\xef\xbb\xbfbegin:vcard",
    "a.docx": WORD, "a.xlsx": SHEET, "a.pptx": SLIDES, "a.odt": with_parts({"META-INF/manifest.xml": "", "content.xml": ""}),
    "公文.ofd": with_parts({"OFD.xml": "<OFD/>"}), "a.doc": OLE, "a.xls": OLE, "a.ppt": OLE, "a.wps": OLE, "a.et": SHEET,
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_what_is_looked_at_or_listened_to_is_opened(name: str) -> None:
    assert said(name, GOOD[name]) is None


DOING = (
    "url", "library-ms", "chm", "iso", "img", "vhd", "xll", "wsh", "pyw", "py", "jnlp", "rdp", "scf", "settingcontent-ms", "msix",
    "appx", "appinstaller", "html", "htm", "mht", "xhtml", "svg", "xml", "command", "workflow", "terminal", "app", "exe", "bat",
    "cmd", "com", "lnk", "desktop", "js", "vbs", "ps1", "sh", "jar", "hta", "reg", "msi", "application", "search-ms", "website",
    "slk", "iqy", "rtf", "one", "zip", "rar", "7z", "cab", "dll", "scr", "cpl", "diagcab", "theme", "webloc", "fileloc", "action",
    "dmg", "pkg", "deb", "rpm", "appimage", "run", "eml", "msg", "ucapx", "m3u", "wmv", "wpl", "asx", "contact", "xlt", "dot", "",
)  # fmt: skip


def test_what_can_do_more_is_not_opened_whatever_is_in_it() -> None:
    for content in (b"", b"%PDF-1.7", "好".encode(), WORD):
        assert [ending for ending in DOING if said(f"report.{ending}", content) != MORE] == [], content
    assert said("report", b"%PDF-1.7") == MORE


@pytest.mark.parametrize(
    "content", [b"", b"MZ\x90\0", b"<html><script>", b"#!/bin/sh\n", b"[InternetShortcut]", b"{\\rtf1"]
)
def test_what_is_not_what_its_name_says_is_not_opened(content: bytes) -> None:
    told = {name: said(name, content) for name in GOOD if not name.endswith((".txt", ".md", ".csv"))}
    assert told == dict.fromkeys(told, OTHER)


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.csv"])
def test_a_program_is_no_text(name: str) -> None:
    assert said(name, b"MZ\x90\0\x03\0") == OTHER


MACRO_FILES = {
    "word": ("a.docx", with_part(WORD, "word/vbaProject.bin")),
    "older name": ("a.doc", with_part(WORD, "word/vbaProject.bin")),
    "sheet": ("a.xlsx", with_part(SHEET, "xl/macrosheets/sheet1.xml")),
    "control": ("a.docx", with_part(WORD, "word/activeX/activeX1.xml")),
    "type": ("a.pptx", with_parts({"[Content_Types].xml": "vnd.ms-powerpoint.presentation.macroEnabled.main+xml"})),
    "template": ("a.docx", with_part(
        with_parts({"[Content_Types].xml": ""}), "word/_rels/settings.xml.rels",
        b'<Relationship Type="http:attachedTemplate" Target="http:x.dotm" TargetMode="External"/>',
    )),
    "hidden name": ("a.docx", with_parts({"[Content_Types].xml": 'ContentType="application/vnd.ms-office.vbaProject"'})),
    "odt": ("a.odt", with_parts({"META-INF/manifest.xml": "", "Basic/Standard/Module1.xml": ""})),
    "name": ("a.docm", WORD), "sheets": ("a.xlsm", SHEET), "binary": ("a.xlsb", SHEET),
    "doc": ("a.doc", OLE + "_VBA_PROJECT".encode("utf-16-le")),
    "wps": ("a.wps", OLE + "_VBA_PROJECT_CUR".encode("utf-16-le")),
    "xls4": ("a.xls", OLE + b"\x85\0\x0e\0\x11\x22\0\0\0\x01\x06\0Macro1"),
    "ppt": ("a.ppt", OLE + b"\x02\0\0\x04\x0c\0\0\0\x05\0\0\0\x01\0\0\0\x02\0\0\0"),
    "locked": ("a.doc", OLE + "EncryptedPackage".encode("utf-16-le")),
    "csv": ("a.csv", b"a,b\n=cmd|' /C calc'!A0,1\n"), "csv wide": ("a.csv", "a,b\n1,@SUM(A1)\n".encode("utf-16")),
    "csv plus": ("a.csv", b'"+HYPERLINK(""x"")",1\n'), "csv dde": ("a.tsv", b"1\t-2+3+cmd|' /C calc'!D2\n"),
    "too large": ("a.xls", OLE + b"\0" * LARGEST),
}  # fmt: skip


@pytest.mark.parametrize("which", MACRO_FILES)
def test_what_holds_macros_or_hides_them_is_not_opened(which: str) -> None:
    assert said(*MACRO_FILES[which]) == MACROS


def test_a_zip_file_of_endless_names_is_told_with_little_memory() -> None:
    end = b"PK\x05\x06" + b"\0\0" * 2 + b"\xff\x7f" * 2 + (50 * 2**20).to_bytes(4, "little") + b"\0" * 6
    content = b"PK\x03\x04" + b"\0" * 50 * 2**20 + end
    tracemalloc.start()
    try:
        assert said("a.docx", content) == OTHER
        assert tracemalloc.get_traced_memory()[1] < 120 * 2**20
    finally:
        tracemalloc.stop()


def test_two_parts_of_one_name_hide_something() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        twice = with_part(WORD, "[Content_Types].xml", b"<Types/>")
    assert said("a.docx", twice) == OTHER
    assert said("a.docx", with_part(WORD, "[content_types].XML", b"<Types/>")) == OTHER


SLOW = {
    "a.csv": b"\n \n" * 1_300_000, "b.csv": b"+" * 4_000_000, "c.csv": b'"' * 4_000_000, "a.txt": b" " * 4_000_000,
    "d.csv": b",-" * 1_300_000, "a.xls": OLE + b"\x85\0\x0e\0" * 2_000_000,
    "a.docx": with_part(with_parts({"[Content_Types].xml": ""}), "word/_rels/settings.xml.rels", b"attachedTemplate" * 250_000),
}  # fmt: skip


@pytest.mark.parametrize("name", SLOW)
def test_no_file_takes_long_to_be_looked_at(name: str) -> None:
    before = time.thread_time()
    said(name, SLOW[name])
    assert time.thread_time() - before < 1
