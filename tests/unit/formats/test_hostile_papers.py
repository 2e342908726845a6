"""Files made to do harm are refused with one sentence, soon and without taking the memory of the computer."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from ucapdesk.base.errors import UserError
from ucapdesk.formats.glance import read, understand

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
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
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
