"""How a disk is formatted is read from the system's list."""

from __future__ import annotations

import ctypes
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from ucapdesk.base import files

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
