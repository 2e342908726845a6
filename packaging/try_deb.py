"""Tries the package in fresh systems of Debian and Ubuntu, made by debootstrap: ``make debian``, as root.

``ARGS="trixie noble"`` names some of them. Pictures and systems lie in ``build/packaging/debian``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from bundle import BUILD, DIST, ROOT, version

DEBIAN = ("http://deb.debian.org/debian", "main", "sid")
UBUNTU = ("http://archive.ubuntu.com/ubuntu", "main,universe", "gutsy")
"""Where an archive is, which of its parts a desktop uses, and the script of debootstrap for releases that are newer than it."""
SUITES = {"bookworm": DEBIAN, "trixie": DEBIAN, "noble": UBUNTU, "resolute": UBUNTU}
BESIDE = (
    "desktop-file-utils",
    "shared-mime-info",
    "man-db",
    "x11-utils",
    "xdg-utils",
    "libfile-mimeinfo-perl",
    "weston",
)
"""What the trial asks with; a desktop has it."""
WAYLAND = """
export XDG_RUNTIME_DIR=$HOME/run WAYLAND_DISPLAY=trial WAYLAND_DEBUG=1
rm -rf run && mkdir -m 700 run
weston --backend=headless-backend.so --socket=trial > weston.log 2>&1 &
screen=$!
for second in $(seq 30); do test -S run/trial && break; sleep 1; done
QT_QPA_PLATFORM=wayland ucapdesk ./sample > wayland.log 2>&1 &
program=$!
for second in $(seq 120); do grep -q 'set_title(.*Liuzhou' wayland.log && break; sleep 1; done
grep -c 'set_title(.*Liuzhou' wayland.log
kill $program $screen
"""
DISPLAY = ":79"
LONG = 120
"""Seconds that a window may take."""


class FreshSystem:
    """A minimal system with one user, in a folder."""

    def __init__(self, suite: str) -> None:
        self.root = BUILD / "debian" / suite
        if not (self.root / "usr/bin/apt-get").exists():
            shutil.rmtree(self.root, ignore_errors=True)
            mirror, parts, script = SUITES[suite]
            how = ["debootstrap", "--variant=minbase", f"--components={parts}", suite, str(self.root), mirror, script]
            subprocess.run(how, check=True, stdout=subprocess.DEVNULL)
        if not (self.root / "home/ana").exists():
            self.run("useradd", "--create-home", "ana")

    @contextmanager
    def mounted(self) -> Iterator[None]:
        """Give it /proc for as long as something runs in it."""
        subprocess.run(["mount", "--bind", "/proc", self.root / "proc"], check=True)
        try:
            yield
        finally:
            subprocess.run(["umount", "--lazy", self.root / "proc"], check=True)

    def run(self, *command: str, check: bool = True) -> str:
        """Run a command as root."""
        done = subprocess.run(
            ["chroot", self.root, "env", "DEBIAN_FRONTEND=noninteractive", "LANG=C.UTF-8", *command],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        if check and done.returncode:
            raise SystemExit(f"{command} ended with {done.returncode}: {(done.stdout + done.stderr)[-2000:]}")
        return done.stdout + ("" if check else done.stderr)

    def as_user(self, command: str) -> str:
        """Run a command line as the user."""
        return self.run("su", "-", "ana", "-c", f"export LANG=C.UTF-8 DISPLAY={DISPLAY}; {command}")


def main(suites: list[str]) -> None:
    """Go through all of it in each system."""
    for suite in suites:
        with ExitStack() as over:
            system = FreshSystem(suite)
            over.enter_context(system.mounted())
            sys.stdout.write(f"{suite}:\n")
            install(system)
            use(system)
            look(system)
            tell("window on Wayland", int(system.as_user(WAYLAND)) > 0)
            remove(system)


def install(system: FreshSystem) -> None:
    """Install the package as a user's apt does."""
    package = DIST / f"ucapdesk_{version()}_amd64.deb"
    shutil.copy(package, system.root / "srv")
    system.run("apt-get", "update", "-qq")
    system.run("apt-get", "install", "-y", "--no-install-recommends", *BESIDE)
    said = system.run("apt-get", "install", "-y", "--no-install-recommends", f"/srv/{package.name}")
    tell("apt install, without complaints", "rror" not in said)
    tell("apt is content", not system.run("apt-get", "check", "-qq"))
    files = system.run("dpkg", "-L", "ucapdesk").splitlines()
    tell(
        "no Python package outside its folder",
        not [file for file in files if "/dist-packages" in file or "/site-packages" in file],
    )
    found = system.run(
        "python3",
        "-c",
        "import importlib.util as u; print([n for n in ('PySide6', 'ucapdesk', 'reportlab') if u.find_spec(n)])",
    )
    tell("other programs do not see its libraries", found.strip() == "[]")
    libraries = "find /usr/lib/ucapdesk -name '*.so*' -exec ldd {} + 2>/dev/null | grep -c 'not found' || true"
    tell("every library finds what it needs", system.run("sh", "-c", libraries).strip() == "0")
    tell("the entry is valid", not system.run("desktop-file-validate", "/usr/share/applications/ucapdesk.desktop"))
    tell("manual page", "offline desk" in system.run("man", "-P", "cat", "ucapdesk"))
    tell("icons", len(system.run("sh", "-c", "ls /usr/share/icons/hicolor/*/apps/ucapdesk.*").split()) == 6)


def use(system: FreshSystem) -> None:
    """Use the command line as a user."""
    tell("version", version() in system.as_user("ucapdesk --version"))
    system.as_user("rm -rf sample; ucapdesk sample sample")
    tell("the digest is the one it has here", system.as_user("ucapdesk digest sample").strip() == digest_here())
    system.as_user("ucapdesk brief sample $(ucapdesk list sample ucap | cut -f1) -o page.pdf --languages zh,en")
    tell("a page is printed", (system.root / "home/ana/page.pdf").read_bytes().startswith(b"%PDF"))
    system.as_user("touch changes.ucapx")
    tell("file types", system.as_user("mimetype -b changes.ucapx").strip() == "application/x-ucapdesk-package")


def digest_here() -> str:
    """Return the digest of a sample that is made with this checkout."""
    place = BUILD / "debian" / "sample"
    shutil.rmtree(place, ignore_errors=True)
    variables = os.environ | {"UCAPDESK_CONFIG": str(BUILD / "debian" / "config")}
    for command in ("sample", "digest"):
        done = subprocess.run(
            [sys.executable, ROOT / "main.py", command, place],
            env=variables,
            capture_output=True,
            text=True,
            check=True,
        )
    return done.stdout.strip()


def look(system: FreshSystem) -> None:
    """Open the window on the sample, from the command of its entry, and take a picture."""
    with subprocess.Popen(["Xvfb", DISPLAY, "-screen", "0", "1366x768x24"], stderr=subprocess.DEVNULL) as screen:
        time.sleep(2)
        here = os.environ | {"DISPLAY": DISPLAY}
        with subprocess.Popen(["openbox"], env=here, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as manager:
            system.as_user("ucapdesk ./sample > window.log 2>&1 & echo $! > window.pid")
            until, titles = time.monotonic() + LONG, ""
            while "Liuzhou" not in titles and time.monotonic() < until:
                time.sleep(1)
                titles = subprocess.run(
                    ["xwininfo", "-root", "-tree"], env=here, capture_output=True, text=True, check=False
                ).stdout
            time.sleep(8)  # for what is drawn last
            subprocess.run(
                ["import", "-window", "root", BUILD / "debian" / f"{system.root.name}.png"], env=here, check=True
            )
            tell("window", "Liuzhou" in titles)
            system.as_user("kill $(cat window.pid)")
            manager.terminate()
        screen.terminate()
    tell("nothing to complain about in the window's log", not (system.root / "home/ana/window.log").read_text().strip())


def remove(system: FreshSystem) -> None:
    """Remove the package: what the user wrote stays."""
    system.run("apt-get", "remove", "-y", "ucapdesk")
    left = system.run(
        "sh",
        "-c",
        "ls -d /usr/lib/ucapdesk /usr/bin/ucapdesk /usr/share/applications/ucapdesk.desktop 2>/dev/null || true",
    )
    tell("removed, with all compiled files", not left)
    tell("the workspace stays", (system.root / "home/ana/sample/workspace.json").exists())


def tell(what: str, well: bool) -> None:
    """Say how a step went; the first that did not go well ends the trial."""
    sys.stdout.write(f"{'ok ' if well else 'NOT'} {what}\n")
    sys.stdout.flush()
    if not well:
        raise SystemExit(1)


if __name__ == "__main__":
    main(sys.argv[1:] or list(SUITES))
