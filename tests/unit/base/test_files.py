"""Files get their names in one step, also where a virus scanner holds a fresh one for a moment; those from colleagues carry the mark that Windows and macOS know; how a disk is formatted."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from ucapdesk.base import files


class Scanner:
    """Holds what is new for so many tries, as Windows reports it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, holds: int, code: int) -> None:
        self.holds, self.code, self.paused = holds, code, 0.0
        self._real = Path.replace
        monkeypatch.setattr(Path, "replace", lambda path, target: self._replace(path, target))  # noqa: PLW0108 (a method of Path)
        monkeypatch.setattr("ucapdesk.base.files.time.sleep", self._pause)

    def _pause(self, seconds: float) -> None:
        self.paused += seconds

    def _replace(self, path: Path, target: Path) -> Path:
        if self.holds:
            self.holds -= 1
            error = PermissionError(13, "held")
            error.winerror = self.code  # type: ignore[attr-defined] # only Windows' errors have it
            raise error
        return self._real(path, target)


@pytest.mark.parametrize("code", [5, 32])
def test_a_file_that_a_scanner_holds_gets_its_name_as_soon_as_it_lets_go(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanner = Scanner(monkeypatch, 7, code)
    files.write_atomically(tmp_path / "settings.json", b"new")
    assert (tmp_path / "settings.json").read_bytes() == b"new"
    assert 0 < scanner.paused < 1


def test_who_holds_it_for_long_is_told_of_after_about_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "settings.json").write_bytes(b"old")
    scanner = Scanner(monkeypatch, 1000, 32)
    with pytest.raises(PermissionError):
        files.write_atomically(tmp_path / "settings.json", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]
    assert (tmp_path / "settings.json").read_bytes() == b"old"
    assert 0.8 < scanner.paused < 1.2


def test_other_errors_are_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scanner = Scanner(monkeypatch, 1, 112)  # the disk is full
    with pytest.raises(PermissionError):
        files.write_atomically(tmp_path / "settings.json", b"new")
    assert scanner.paused == 0


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


LIST = r"""
22 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
31 22 0:28 / /media rw - tmpfs tmpfs rw
40 31 8:1 / /media/ana/BLUE\040STICK rw,nosuid shared:9 - exfat /dev/sdb1 rw
41 31 8:2 / /media/ana/CAMERA rw,nosuid - vfat /dev/sdc1 rw
"""


@pytest.mark.skipif(sys.platform != "linux", reason="the list is Linux's")
@pytest.mark.parametrize(
    ("place", "found"),
    [
        ("/srv/desk/store.db", "ext4"),
        ("/media/ana/BLUE STICK/desk/store.db", "exfat"),
        ("/media/ana/CAMERA", "vfat"),
        ("/media/ana/OTHER", "tmpfs"),
    ],
)
def test_the_format_is_that_of_the_disk_nearest_to_the_file(
    place: str, found: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "mounts").write_text(LIST.strip(), encoding="utf-8")
    monkeypatch.setattr(files, "MOUNTS", tmp_path / "mounts")
    assert files.format_of(Path(place)) == found
    assert files.has_fleeting_numbers(Path(place)) == (found in ("exfat", "vfat"))


@pytest.mark.parametrize("found", ["exfat", "msdos", "apfs", ""])
def test_macos_is_asked_by_its_own_call(found: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its answer holds eight numbers, ids and flags in 72 bytes, then the name in 16."""

    def statfs(file: bytes, answer: ctypes.Array[ctypes.c_char]) -> int:
        assert file == os.fsencode(tmp_path)
        answer.raw = bytes(72) + found.encode().ljust(16, b"\0") + b"/Volumes/STICK".ljust(2080, b"\0")
        return 0 if found else -1

    monkeypatch.setattr("sys.platform", "darwin")
    monkeypatch.setattr("os.name", "posix")
    monkeypatch.setattr("ctypes.CDLL", lambda _: SimpleNamespace(statfs=statfs))
    assert files.format_of(tmp_path) == found
    assert files.has_fleeting_numbers(tmp_path) == (found in ("exfat", "msdos"))


def test_a_system_that_says_nothing_is_taken_for_an_ordinary_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MOUNTS", tmp_path / "nothing")
    assert not files.has_fleeting_numbers(tmp_path)
