"""A Windows of Wine's with a screen, a keyboard and a camera, for trying what is made for Windows."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bundle import HERE, fresh, run
from make_installer import COMPILER

STAND_INS = ("icuuc", "mscms")
"""Libraries that Windows has and Wine lacks (``packaging/wine``)."""
SCREEN = ["Xvfb", "-displayfd", "1", "-screen", "0", "1366x768x24"]
"""Takes a number that is free, and writes it."""
LONG = 1800
"""Seconds that Wine may take for one step."""
TOOLS = ("wine", "Xvfb", "openbox", "xdotool", "import")
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class WineDesktop:
    """One Windows of its own under a folder; ``close`` ends everything that runs in it."""

    def __init__(self, place: Path) -> None:
        lacking = [tool for tool in TOOLS if not shutil.which(tool)]
        if lacking:
            raise SystemExit(f"Please install what holds: {', '.join(lacking)} (docs/packaging.md).")
        self.place, self.pictures = fresh(place), 0
        self.prefix = place / "prefix"
        self.environment = {
            **os.environ, "WINEPREFIX": str(self.prefix), "WINEARCH": "win64", "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": "mscms=n;mshtml=;mscoree=", "XDG_RUNTIME_DIR": str(fresh(place / "run")),
        }  # fmt: skip
        for name in ("QT_QPA_PLATFORM", "TMPDIR"):  # Wine 10 crashes when it makes a prefix and TMPDIR is set
            self.environment.pop(name, None)
        self._screen = [subprocess.Popen(SCREEN, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)]
        assert self._screen[0].stdout is not None
        self.environment["DISPLAY"] = f":{self._screen[0].stdout.readline().decode().strip()}"
        self._screen.append(subprocess.Popen(["openbox"], env=self.environment, **QUIET))  # type: ignore[call-overload]
        self.run("wineboot", "-i")
        for name in STAND_INS:
            target = self.prefix / "drive_c" / "windows" / "system32" / f"{name}.dll"
            run(f"{COMPILER}gcc", "-shared", "-O2", "-s", "-o", target, HERE / "wine" / f"{name}.c")

    @property
    def home(self) -> Path:
        """Return the user's folder."""
        return next(path for path in (self.prefix / "drive_c" / "users").iterdir() if path.name != "Public")

    def exit_code(self, *command: str | Path, **more: object) -> int:
        """Run a program of Windows and return its exit code."""
        done = subprocess.run(
            ["wine", *command],
            env=self.environment,
            timeout=LONG,
            check=False,
            stdin=subprocess.DEVNULL,
            **QUIET,
            **more,
        )  # type: ignore[call-overload]
        return int(done.returncode)

    def run(self, *command: str | Path, said: bytes = b"") -> str:
        """Run a program of Windows and return what it says; ``said`` is piped to it.

        What it says goes into files: a pipe stays open for as long as Wine's own services that started with the program.
        """
        with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as complained:
            done = subprocess.run(
                ["wine", *command],
                env=self.environment,
                stdout=told,
                stderr=complained,
                input=said,
                timeout=LONG,
                check=False,
            )
            told.seek(0)
            complained.seek(0)
            if done.returncode:
                why = complained.read().decode(errors="replace")[-2000:]
                raise SystemExit(f"{command} ended with {done.returncode}: {why}")
            return told.read().decode("utf-8", "replace").replace("\r\n", "\n")

    @contextmanager
    def window(self, title: str, *command: str | Path) -> Iterator[subprocess.Popen[bytes]]:
        """Start a program with a window, and close it as a user does."""
        program = subprocess.Popen(["wine", *command], env=self.environment, **QUIET)  # type: ignore[call-overload]
        try:
            self.wait_for_window(title)
            self.wait_until_still()
            yield program
        finally:
            self.close_windows()
            program.wait(LONG)

    @contextmanager
    def waiting(self, program: Path, *arguments: str | Path) -> Iterator[None]:
        """Have a program running that waits for what is typed, and end it without that."""
        command = ["wine", program, *arguments]
        with subprocess.Popen(command, env=self.environment, stdin=subprocess.PIPE, **QUIET):  # type: ignore[call-overload]
            self._wait(lambda: program.name in self.run("tasklist"), program.name)
            yield

    def close_windows(self) -> None:
        """Close each window of the program by keys, dialogs first, until there is none."""
        until = time.monotonic() + LONG
        while (found := self._x("xdotool", "search", "--onlyvisible", "--class", "ucapdesk").stdout.split()) and (
            time.monotonic() < until
        ):
            self._x("xdotool", "windowactivate", found[-1].decode())
            time.sleep(1)
            self.press("Escape", "alt+F4")
            time.sleep(3)

    def has_window(self, title: str) -> bool:
        """Return whether a window that is shown has this in its title."""
        return self._x("xdotool", "search", "--onlyvisible", "--name", title).returncode == 0

    def wait_for_window(self, title: str) -> None:
        """Wait until a window has this in its title."""
        self._wait(lambda: self.has_window(title), f"a window “{title}”")

    def wait_until_still(self) -> None:
        """Wait until the screen has been the same for some seconds; a busy machine takes its time."""
        before, until = b"", time.monotonic() + LONG
        while time.monotonic() < until:
            now = self.seen()
            if now == before:
                return
            before = now
            time.sleep(4)

    def press_and_wait(self, key: str) -> None:
        """Press a key, and wait until what it does is on the screen."""
        before = self.seen()
        self.press(key)
        self._wait(lambda: self.seen() != before, f"what {key} does")
        self.wait_until_still()

    def seen(self) -> bytes:
        """Return what is on the screen."""
        return self._x("import", "-window", "root", "rgb:-").stdout

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            run_in = self._x("xdotool", "key", "--delay", "60", key)
            run_in.check_returncode()
            time.sleep(0.4)

    def type(self, text: str) -> None:
        """Type a text."""
        self._x("xdotool", "type", "--delay", "60", text).check_returncode()

    def picture(self, name: str) -> None:
        """Take a picture of the screen, numbered in the order of the steps."""
        self.pictures += 1
        folder = self.place / "pictures"
        folder.mkdir(exist_ok=True)
        self._x("import", "-window", "root", str(folder / f"{self.pictures:02} {name}.png")).check_returncode()

    def close(self) -> None:
        """End all programs and the screen."""
        subprocess.run(["wineserver", "-k"], env=self.environment, check=False)
        for process in reversed(self._screen):
            process.terminate()
            process.wait()

    def _x(self, *command: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(command, env=self.environment, capture_output=True, check=False)

    def _wait(self, true: Callable[[], bool], what: str) -> None:
        until = time.monotonic() + LONG
        while not true():
            if time.monotonic() > until:
                raise SystemExit(f"{what} did not come")
            time.sleep(0.5)
