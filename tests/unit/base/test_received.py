"""Files that came from colleagues carry the mark that Windows and macOS know."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ucapdesk.base import files


def test_windows_is_told_by_a_stream_of_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    files.mark_received(tmp_path / "a.docx")
    stream = tmp_path / "a.docx:Zone.Identifier"  # elsewhere a stream is a file of that name
    assert stream.read_bytes() == b"[ZoneTransfer]\r\nZoneId=3\r\n"


def test_macos_is_told_by_an_attribute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    said: list[tuple[Path, str, bytes]] = []
    monkeypatch.setattr(files, "set_attribute", lambda *given: said.append(given))
    files.mark_received(tmp_path / "a.docx")
    ((file, name, value),) = said
    assert (file, name) == (tmp_path / "a.docx", "com.apple.quarantine")
    flags, time, app, _ = value.decode().split(";")
    assert (flags, int(time, 16), app) == ("0081", 1793610000, "UCAPDesk")


def test_a_disk_that_knows_no_marks_goes_without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    files.mark_received(tmp_path / "no such folder" / "a.docx")
    monkeypatch.setattr(sys, "platform", "linux")
    files.mark_received(tmp_path / "a.docx")
    assert list(tmp_path.iterdir()) == []
