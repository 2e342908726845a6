"""Attachments that colleagues put into a record leave it marked as files from elsewhere; one's own do not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.unit.exchange.laptops import Laptop
from ucapdesk.base import files
from ucapdesk.services.records import attached_files, records


@pytest.fixture
def marked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    names: list[str] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(files, "write_stream", lambda file, *_: names.append(file.name))
    return names


def test_what_a_colleague_attached_is_marked_wherever_it_goes(
    ana: Laptop, chen: Laptop, tmp_path: Path, marked: list[str]
) -> None:
    scan = tmp_path / "扫描.pdf"
    scan.write_bytes(b"%PDF-1.7")
    with ana.here() as desk:
        (id_,) = attached_files.attach(desk, records.listing(desk, "meeting")[0], [scan])
        attached_files.open_copy(desk, id_)
        attached_files.save_as(desk, id_, tmp_path / "own.pdf")
    assert marked == []
    chen.receive(ana.give("1.ucapx"))
    with chen.here() as desk:
        copy = attached_files.open_copy(desk, id_)
        attached_files.save_as(desk, id_, tmp_path / "hers.pdf")
        assert marked == ["扫描.pdf.part", "hers.pdf.part"]  # before they have the name under which they are found
        copy.write_bytes(b"%PDF-1.7 signed")
        attached_files.put_back(desk, id_, copy)
        attached_files.save_as(desk, id_, tmp_path / "signed.pdf")
    assert len(marked) == 2, "it is hers now"
    ana.receive(chen.give("2.ucapx"))
    with ana.here() as desk:
        attached_files.save_as(desk, id_, tmp_path / "back.pdf")
    assert marked[2:] == ["back.pdf.part"]
