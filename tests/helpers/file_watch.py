"""Tells which files of a folder were opened, by whomever: by Python, by Qt, by a library of theirs."""

from __future__ import annotations

import ctypes
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

IN_OPEN = 0x20
EVENT = struct.Struct("iIII")


@contextmanager
def opened_files(folder: Path) -> Iterator[list[str]]:
    """Collect the names of the files of a folder that are opened inside the block; they are there when it ends. Linux only."""
    libc = ctypes.CDLL(None, use_errno=True)
    watch = libc.inotify_init1(os.O_NONBLOCK)
    if watch < 0 or libc.inotify_add_watch(watch, os.fsencode(folder), IN_OPEN) < 0:
        raise OSError(ctypes.get_errno(), "inotify")
    found: list[str] = []
    try:
        yield found
        found.extend(_names(watch))
    finally:
        os.close(watch)


def _names(watch: int) -> Iterator[str]:
    while True:
        try:
            data = os.read(watch, 1 << 16)
        except BlockingIOError:
            return
        at = 0
        while at < len(data):
            *_, length = EVENT.unpack_from(data, at)
            name = data[at + EVENT.size : at + EVENT.size + length].rstrip(b"\0")
            if name:  # the folder itself has none
                yield os.fsdecode(name)
            at += EVENT.size + length
