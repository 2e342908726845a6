"""Tries the Windows installer under Wine, as somebody at a laptop would: ``make wine``; ``ARGS=suites`` runs test suites there too.

Needed are ``wine``, ``xvfb`` and ImageMagick's ``import``, and an installer in ``dist``. Two libraries that Windows has and Wine lacks are stood in
for (``packaging/wine``). It was written from the single steps and not yet run as a whole.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
import zipfile
from pathlib import Path

from bundle import BUILD, DIST, HERE, ROOT, fresh, pip, run, version
from make_installer import COMPILER, DLL, PYTHON, find_embeddable

PLACE = BUILD / "wine"
PREFIX = PLACE / "prefix"
USER = PREFIX / "drive_c" / "users"
STAND_INS = ("icuuc", "mscms")
SUITES = ("formats", "services", "store", "exchange")
DISPLAY = ":77"
LONG = 300
"""Seconds that Wine may take for one step."""


def main(suites: bool) -> None:
    """Install, use, start twice, remove; each step says what it found."""
    begin()
    setup = DIST / f"UCAPDesk-{version()}-setup.exe"
    wine(setup, "/S")
    (folder,) = USER.glob("*/AppData/Local/Programs/UCAPDesk")
    command, window = folder / "bin" / "ucapdesk.exe", folder / "UCAPDesk.exe"
    tell("help", "Commands:" in wine(command, "--help"))
    desk = PLACE / "sample"
    wine(command, "sample", desk)
    wine(command, "brief", desk, first_id(wine(command, "list", desk, "ucap")), "-o", PLACE / "page.pdf")
    tell("printed", (PLACE / "page.pdf").read_bytes().startswith(b"%PDF"))
    tell("digest as on Linux", wine(command, "digest", desk).split() == here("digest", desk).split())
    with shown(window, desk) as open_window:
        tell("window", open_window.poll() is None)
        picture(PLACE / "window.png")
        tell(
            "second start ends by itself",
            subprocess.run(["wine", window, desk], timeout=LONG, check=False).returncode == 0,
        )
        tell(
            "refused while it is open", subprocess.run(["wine", setup, "/S"], timeout=LONG, check=False).returncode != 0
        )
    own = PLACE / "own"
    wine(command, "new", own, "--name", "Ningbo", "--person", "Ana")
    wine(command, "give", own, "-o", PLACE / "for-all.ucapx")
    with shown(window, PLACE / "for-all.ucapx") as open_window:
        tell("double-clicked package", open_window.poll() is None)
        picture(PLACE / "package.png")
    wine(folder / "uninstall.exe", "/S")
    tell("removed", not window.exists())
    tell("data stays", (desk / "workspace.json").exists())
    if suites:
        run_suites()


def begin() -> None:
    """Make a fresh Windows of Wine's."""
    fresh(PLACE)
    os.environ.update(
        WINEPREFIX=str(PREFIX), WINEARCH="win64", WINEDEBUG="-all", WINEDLLOVERRIDES="mscms=n;mshtml=;mscoree=",
        DISPLAY=DISPLAY, UCAPDESK_CONFIG=r"C:\users\config",
    )  # fmt: skip
    run("wineboot", "-i")
    for name in STAND_INS:
        target = PREFIX / "drive_c" / "windows" / "system32" / f"{name}.dll"
        run(f"{COMPILER}gcc", "-shared", "-O2", "-s", "-o", target, HERE / "wine" / f"{name}.c")


def wine(*command: str | Path) -> str:
    """Run a program of Windows and return what it says."""
    done = subprocess.run(["wine", *command], capture_output=True, timeout=LONG, check=True)
    return done.stdout.decode("utf-8", "replace")


def here(*command: str | Path) -> str:
    """Run the command line on this computer."""
    environment = os.environ | {"UCAPDESK_CONFIG": str(PLACE / "config")}
    done = subprocess.run(
        [sys.executable, ROOT / "main.py", *command], capture_output=True, env=environment, check=True
    )
    return done.stdout.decode()


def first_id(listed: str) -> str:
    """Return the id in the first line of a list."""
    return listed.split(maxsplit=1)[0]


class shown:  # noqa: N801 - a context manager
    """The window, open on a workspace or a file for a while."""

    def __init__(self, window: Path, what: Path) -> None:
        self._command: list[str | Path] = ["wine", window, what]

    def __enter__(self) -> subprocess.Popen[bytes]:
        self._screen = subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1366x768x24"], stderr=subprocess.DEVNULL)
        self._window = subprocess.Popen(self._command)
        until = time.monotonic() + LONG
        while time.monotonic() < until and "UCAPDesk" not in self._titles():
            time.sleep(1)
        time.sleep(5)  # for what is drawn last
        return self._window

    def _titles(self) -> str:
        ask = ["xwininfo", "-root", "-tree"]
        return subprocess.run(ask, capture_output=True, text=True, check=False).stdout

    def __exit__(self, *_: object) -> None:
        self._window.terminate()
        subprocess.run(["wineserver", "-k"], check=False)
        self._screen.terminate()


def picture(target: Path) -> None:
    """Take a picture of the screen."""
    run("import", "-window", "root", target)


def run_suites() -> None:
    """Run the named suites with a Python of Windows; the logs lie beside the prefix."""
    runtime, libraries = PLACE / "runtime", PLACE / "libraries"
    with zipfile.ZipFile(find_embeddable(fresh(PLACE / "python"))) as packed:
        for name in packed.namelist():
            if not name.endswith("/"):
                runtime.mkdir(exist_ok=True)
                (runtime / Path(name).name).write_bytes(packed.read(name))
    (runtime / f"{DLL}._pth").write_text(f"{DLL}.zip\n.\n..\\libraries\nZ:{ROOT}\n".replace("/", "\\"))
    lock = ROOT / "requirements" / "dev.txt"
    pip("install", "--target", libraries, "--platform", "win_amd64", "--implementation", "cp", "--python-version", PYTHON,
        "--only-binary=:all:", "--no-deps", "--require-hashes", "-r", lock)  # fmt: skip
    pip("install", "--target", libraries, "--no-deps", "colorama")  # pytest's, on Windows only
    for suite in [*(f"tests/unit/{name}" for name in SUITES), "tests/faults"]:
        log = PLACE / f"{suite.replace('/', '-')}.log"
        command: list[str | Path] = [
            "wine",
            runtime / "python.exe",
            "-X",
            "utf8",
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:xdist",
            "-p",
            "no:cacheprovider",
            suite,
        ]
        with log.open("wb") as file:
            subprocess.run(command, cwd=ROOT, stdout=file, stderr=file, check=False)
        tell(suite, " failed" not in log.read_text(encoding="utf-8", errors="replace")[-200:])


def tell(what: str, well: bool) -> None:
    """Say how a step went; the first that did not go well ends the trial."""
    sys.stdout.write(f"{'ok ' if well else 'NOT'} {what}\n")
    sys.stdout.flush()
    if not well and not what.startswith("tests"):
        raise SystemExit(1)


if __name__ == "__main__":
    main("suites" in sys.argv[1:])
