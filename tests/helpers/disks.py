"""Disks as they are in bad moments: folders that only others may write, disks with no room. Real ones.

Root may write anywhere, so a test run by root becomes an ordinary user for the moment.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

NOBODY = 65534


@contextlib.contextmanager
def read_only_folder(source: Path) -> Iterator[Path]:
    """A copy of ``source`` that this process, for as long as it lasts, may read but not write."""
    if sys.platform == "win32":
        pytest.skip("permissions of folders are another matter on Windows")
    with tempfile.TemporaryDirectory(prefix="ucapdesk-test-") as name:
        outer = Path(name)
        inner = outer / source.name
        shutil.copytree(source, inner)
        for path in (outer, inner, *inner.rglob("*")):
            path.chmod(0o555 if path.is_dir() else 0o444)
        as_root = os.geteuid() == 0
        if as_root:
            os.seteuid(NOBODY)
        try:
            yield inner
        finally:
            if as_root:
                os.seteuid(0)
            for path in (outer, inner, *inner.rglob("*")):
                path.chmod(0o755 if path.is_dir() else 0o644)


@contextlib.contextmanager
def small_disk(folder: Path, kilobytes: int) -> Iterator[Path]:
    """A disk of its own with little room. Skips the test where none may be mounted."""
    mount = shutil.which("mount")
    folder.mkdir()
    if sys.platform != "linux" or not mount or os.geteuid() != 0:
        pytest.skip("only root on Linux may mount a small disk")
    options = ["-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    if subprocess.run([mount, *options], check=False, capture_output=True).returncode:
        pytest.skip("no disk may be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def pull_out(medium: Path) -> None:
    """Let a medium vanish, as when somebody pulls a stick.

    Windows keeps a folder in which a file is open, so there the error comes that it gives for a stick that is gone.
    """
    if os.name == "nt":
        raise OSError(errno.EINVAL, "A device which does not exist was specified", str(medium), 433)
    shutil.rmtree(medium, ignore_errors=True)


def fill(folder: Path, leave_kilobytes: int = 0) -> Path:
    filler = folder / "filler"
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while file.write(b"\0" * 4096):
            pass
    size = filler.stat().st_size
    with filler.open("rb+") as file:
        file.truncate(max(size - leave_kilobytes * 1024, 0))
    return filler
