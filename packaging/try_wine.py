"""Tries the Windows installer under Wine, as somebody at a laptop would: ``make wine``; ``ARGS=suites`` runs test suites there
instead, ``ARGS="suites tests/unit/base"`` one of them.

``OLDER=…-setup.exe`` names an installer of an earlier state, which is installed first; without it the new one is installed over itself.
A picture of each step lies in ``build/packaging/wine/pictures``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bundle import BUILD, DIST, HERE, ROOT, fresh, install_program, pip, version
from make_installer import DLL, PYTHON, find_embeddable
from wine_desktop import LONG, WineDesktop

PLACE = BUILD / "wine"
SUITES = (  # the longest first
    "tests/faults",
    "tests/unit/services",
    "tests/unit/exchange",
    "tests/unit/formats",
    "tests/unit/store",
    "tests/unit/base",
)
KNOWN = HERE / "wine" / "known-failures.txt"
GOLDEN = ROOT / "db" / "golden" / "0.1.0" / "workspace.zip"


class Trial:
    """The steps, each of which says how it went; the first that did not go well ends the trial."""

    def __init__(self, windows: WineDesktop) -> None:
        self.windows = windows
        self.setup = DIST / f"UCAPDesk-{version()}-setup.exe"
        self.folder = windows.home / "AppData" / "Local" / "Programs" / "UCAPDesk"
        self.command, self.window = self.folder / "bin" / "ucapdesk.exe", self.folder / "UCAPDesk.exe"
        self.own = windows.home / "Workspaces" / "Ningbo"

    def ucapdesk(self, *arguments: str | Path, said: bytes = b"") -> str:
        """Run the command line of the installed program."""
        return self.windows.run(self.command, *arguments, said=said)

    def older(self) -> None:
        """Have an older version in use: a workspace with an entry, opened in its window."""
        setup = Path(os.environ.get("OLDER", self.setup))
        tell(f"installed silently: {setup.name}", self.windows.exit_code(setup, "/S") == 0 and self.window.exists())
        self.ucapdesk("new", self.own, "--name", "Ningbo", "--person", "Ana")
        self.ucapdesk("add", self.own, "meeting", "title.en=Before the update", "title.zh=更新之前")
        self.digest = self.ucapdesk("digest", self.own)
        with zipfile.ZipFile(GOLDEN) as packed:
            packed.extractall(self.windows.home / "Workspaces" / "golden")
        with self.windows.window("Ningbo", self.window, self.own):
            self.windows.picture("an older version")
            tell("the setup refuses while the program is open", self.windows.exit_code(self.setup, "/S") != 0)
        with self.windows.waiting(self.command, "new", self.windows.place / "never", "--protect"):
            tell("and while its command line is", self.windows.exit_code(self.setup, "/S") != 0)

    def update(self) -> None:
        """Install over it: the workspaces are as before, with a copy where the database became newer."""
        tell("installed over it", self.windows.exit_code(self.setup, "/S") == 0)
        tell("version", version() in self.ucapdesk("--version"))
        tell("help", "Commands:" in self.ucapdesk("--help"))
        tell("the workspace in use is as before", self.ucapdesk("digest", self.own) == self.digest)
        (golden,) = (path.parent for path in (self.windows.home / "Workspaces" / "golden").rglob("workspace.json")
                     if path.parent.name != "backups")  # fmt: skip
        self.ucapdesk("add", golden, "meeting", "title.en=After the update")
        tell("of an older database a copy was made first", any(golden.glob("backups/*.db")))

    def compare(self) -> None:
        """Do the same here and there, and exchange."""
        there, here_ = self.windows.place / "sample", self.windows.place / "sample-here"
        self.ucapdesk("sample", there)
        here("sample", here_)
        digests = {self.ucapdesk("digest", there).strip(), here("digest", here_).strip(), here("digest", there).strip()}
        tell("the sample has the digest it has on Linux", len(digests) == 1)
        page, page_here = self.windows.place / "page.pdf", self.windows.place / "page-here.pdf"
        for run, desk, target in ((self.ucapdesk, there, page), (here, here_, page_here)):
            run("brief", desk, run("list", desk, "ucap").split(maxsplit=1)[0], "-o", target, "--languages", "zh,en")
        tell("the page has the text it has on Linux", text_of(page) == text_of(page_here))
        self.ucapdesk(
            "edit",
            self.own,
            self.ucapdesk("list", self.own, "meeting").split(maxsplit=1)[0],
            "title.en=100%PATH% *.txt",
        )
        tell("a percent sign and a star stay as typed", "100%PATH% *.txt" in self.ucapdesk("list", self.own, "meeting"))
        self.ucapdesk("give", self.own, "-o", self.windows.place / "to-linux.ucapx")
        joined = self.windows.place / "joined"
        here("join", joined, self.windows.place / "to-linux.ucapx", "--person", "Chen Yan")
        here("add", joined, "meeting", "title.en=From Linux", "title.zh=来自 Linux")
        here("give", joined, "-o", self.windows.place / "to-windows.ucapx")
        self.ucapdesk("receive", self.own, self.windows.place / "to-windows.ucapx", "--accept-device")
        tell("after an exchange both have one digest", self.ucapdesk("digest", self.own) == here("digest", joined))
        here("add", joined, "meeting", "title.en=Double-clicked", "title.zh=双击")
        here("give", joined, "-o", self.windows.place / "double-click.ucapx")
        secret = self.windows.home / "Workspaces" / "secret"
        self.ucapdesk("new", secret, "--protect", said="雨落江上\r\n".encode())
        (self.windows.place / "pass.txt").write_text("雨落江上\r\n", encoding="utf-16")
        tell("a protected workspace opens with a PowerShell file",
             bool(self.ucapdesk("digest", secret, "--password-file", self.windows.place / "pass.txt")))  # fmt: skip

    def by_keys(self) -> None:
        """From the first start to a saved pack, by keys alone."""
        settings = self.windows.home / "AppData" / "Local" / "UCAPDesk"
        tell("settings are the user's own", settings.exists())
        for path in settings.rglob("settings.json"):
            path.unlink()  # so that it is a first start
        target = self.windows.home / "pack.pdf"
        with self.windows.window("UCAPDesk", self.window):
            self.windows.picture("first start")
            self._step("Return", "the sample", "Liuzhou")
            self._step("ctrl+2", "visits")
            self._step("Down", "a visit")
            self._step("ctrl+p", "preview of its pack", "Preview")
            self.windows.press("shift+Tab")  # back from the first field: the last button saves a file
            self._step("space", "save", "Save")
            self.windows.press("ctrl+a")
            self.windows.type("C:\\users\\root\\pack.pdf".replace("root", self.windows.home.name))
            self._step("Return", "saved")
            tell("a pack was saved by keys", target.exists() and target.read_bytes().startswith(b"%PDF"))
        tell(
            "it holds both languages",
            {"访问手册", "Briefing pack"}
            <= {word for word in ("访问手册", "Briefing pack") if word in text_of(target)},
        )

    def _step(self, key: str, name: str, title: str = "") -> None:
        self.windows.press_and_wait(key)
        if title:
            self.windows.wait_for_window(title)
            self.windows.wait_until_still()
        self.windows.picture(name)

    def double_clicks(self) -> None:
        """Open what is double-clicked, and start twice."""
        with self.windows.window("Ningbo", self.window, self.own / "workspace.json"):
            self.windows.picture("a workspace.json")
        with self.windows.window("Ningbo", *self._registered(self.windows.place / "double-click.ucapx")):
            self.windows.picture("a double-clicked package")
            started = time.monotonic()
            code = self.windows.exit_code(self.window, self.own)
            tell("a second start ends by itself", code == 0 and time.monotonic() - started < LONG)
            self.windows.picture("after a second start")

    def _registered(self, file: Path) -> list[str]:
        """Return what Explorer runs for a file. Wine's own ``start`` does not see types that are registered for one user alone."""
        named = self._default(file.suffix)
        program, argument = re.findall('"([^"]+)"', self._default(rf"{named}\shell\open\command"))
        assert argument == "%1"
        return [program, "Z:" + str(file).replace("/", "\\")]

    def _default(self, key: str) -> str:
        """Return the default value of a key among the user's file types."""
        said = self.windows.run("reg", "query", rf"HKCU\Software\Classes\{key}", "/ve")
        return said.partition("REG_SZ")[2].strip()

    def remove(self) -> None:
        """Remove the program: what the user wrote stays."""
        self.windows.exit_code(self.folder / "uninstall.exe", "/S")
        until = time.monotonic() + LONG
        while self.folder.exists() and time.monotonic() < until:
            time.sleep(1)
        tell("removed, with its folder", not self.folder.exists())
        tell(
            "the workspaces stay",
            all((path / "workspace.json").exists() for path in (self.own, self.windows.place / "sample")),
        )
        tell("settings stay", any((self.windows.home / "AppData" / "Local" / "UCAPDesk").rglob("settings.json")))
        tell("file types are gone", self.windows.exit_code("reg", "query", r"HKCU\Software\Classes\.ucapx") != 0)
        tell("the Start menu is as before", not any(self.windows.home.rglob("UCAPDesk*.lnk")))


def here(*command: str | Path) -> str:
    """Run the command line on this computer."""
    environment = os.environ | {"UCAPDESK_CONFIG": str(PLACE / "config")}
    done = subprocess.run(
        [sys.executable, ROOT / "main.py", *command], capture_output=True, env=environment, check=True
    )
    return done.stdout.decode()


def text_of(pdf: Path) -> str:
    """Return the text of a PDF file, without the minute in which it was made."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        text = "\n".join(page.get_textpage().get_text_bounded() for page in document)
        return re.sub(r"\d\d:\d\d(?=（UTC)", "", text)
    finally:
        document.close()


def run_suites(windows: WineDesktop, suites: Sequence[str]) -> None:
    """Run the named suites with a Python of Windows, two at once, and report; ends with 1 where a test failed that is not known."""
    python = python_for_tests(windows.place)
    known = dict(
        line.split(maxsplit=1) for line in KNOWN.read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    )
    commit = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, check=True)
    sys.stdout.write(f"on {commit.stdout.decode()}")
    with ThreadPoolExecutor(2) as two:
        reports = list(two.map(lambda suite: run_suite(windows, python, suite, known), suites))
    if not all(reports):
        raise SystemExit(1)


def python_for_tests(place: Path) -> Path:
    """Return a Python of Windows that has the program, its libraries and those of its tests."""
    runtime, libraries = place / "runtime", place / "libraries"
    runtime.mkdir()
    with zipfile.ZipFile(find_embeddable(fresh(place / "python"))) as packed:
        for name in packed.namelist():
            if not name.endswith("/"):
                (runtime / Path(name).name).write_bytes(packed.read(name))
    (runtime / f"{DLL}._pth").write_text(f"{DLL}.zip\n.\nZ:{ROOT}\n..\\libraries\n".replace("/", "\\"))
    lock = ROOT / "requirements" / "dev.txt"
    pip("install", "--target", libraries, "--platform", "win_amd64", "--implementation", "cp", "--python-version", PYTHON,
        "--only-binary=:all:", "--no-deps", "--require-hashes", "-r", lock)  # fmt: skip
    pip("install", "--target", libraries, "--no-deps", "colorama")  # pytest's, on Windows only
    install_program(libraries)  # what it says of itself and its libraries
    return runtime / "python.exe"


def run_suite(windows: WineDesktop, python: Path, suite: str, known: Mapping[str, str]) -> bool:
    """Run one suite, whose log lies beside the prefix, and say what passed, what failed and what was skipped, with the reasons."""
    name = suite.replace("/", "-")
    log = windows.place / f"{name}.log"
    with log.open("wb") as file:
        subprocess.run(
            ["wine", python, "-X", "utf8", "-m", "pytest", "-q", "-p", "no:xdist", "-p", "no:cacheprovider",
             "-W", "ignore:unclosed scandir:ResourceWarning", "--basetemp", f"C:\\{name}", suite],
            cwd=ROOT, stdout=file, stderr=file, env=windows.environment, check=False,
        )  # fmt: skip
    said = log.read_text(encoding="utf-8", errors="replace").replace("\\", "/")
    failed = set(re.findall(r"^(?:FAILED|ERROR) ([^ \r\n]+)", said, re.MULTILINE))
    counted = re.findall(r"^.*\d+ passed.*$", said, re.MULTILINE)
    well = bool(counted) and failed <= known.keys()
    tell(f"{suite}: {counted[-1].strip() if counted else 'no end'}", well, ends=False)
    for test in sorted(failed):
        sys.stdout.write(f"    {test}: {known.get(test, 'NOT KNOWN')}\n")
    for skipped in re.findall(r"^SKIPPED (.+?)\r?$", said, re.MULTILINE):
        sys.stdout.write(f"    skipped {skipped}\n")
    return well


def tell(what: str, well: bool, *, ends: bool = True) -> None:
    """Say how a step went; the first that did not go well ends the trial."""
    sys.stdout.write(f"{'ok ' if well else 'NOT'} {what}\n")
    sys.stdout.flush()
    if not well and ends:
        raise SystemExit(1)


def main(*arguments: str) -> None:
    """Go through all of it."""
    windows = WineDesktop(PLACE)
    try:
        if arguments[:1] == ("suites",):
            run_suites(windows, arguments[1:] or SUITES)
            return
        trial = Trial(windows)
        for step in (trial.older, trial.update, trial.compare, trial.by_keys, trial.double_clicks, trial.remove):
            step()
    finally:
        windows.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
