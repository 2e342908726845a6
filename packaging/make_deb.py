"""Makes the package for Debian and Ubuntu, 64 bit: ``make deb``.

One package fits all their releases with Python 3.11 to 3.14: it uses the system's Python, brings its libraries along in
``/usr/lib/ucapdesk``, and holds what is compiled once for each Python. Needed are ``dpkg-deb`` and ``strip``. ``QUICK=1`` packs
for a try: in a tenth of the time, and half as large again.
"""

from __future__ import annotations

import gzip
import os
import re
import shutil
from pathlib import Path

from bundle import (
    BUILD,
    DIST,
    HERE,
    QT,
    ROOT,
    date_all,
    fresh,
    install_libraries,
    install_program,
    keep_only,
    refuse_unlicensed,
    remove,
    remove_unneeded,
    run,
    store_plainly,
    told,
    trim,
    version,
)
from program_icon import DRAWING, png

from ucapdesk.base.i18n import INTERFACE_LANGUAGES
from ucapdesk.cli import COMMANDS
from ucapdesk.services import licences

SOURCES = HERE / "debian"
PYTHONS = ("3.13", "3.11", "3.12", "3.14")
"""The first one's Python files stand for all."""
PLATFORMS = ("manylinux2014_x86_64", *(f"manylinux_2_{minor}_x86_64" for minor in (17, 24, 26, 27, 28, 31, 34)))
LIB = "usr/lib/ucapdesk"
QT_BESIDE = {
    "DBus", "OpenGL", "XcbQpa", "WaylandClient", "WlShellIntegration", "WaylandEglClientHwIntegration",
}  # fmt: skip
"""Libraries of Qt that the plugins for X11 and Wayland need."""
PLUGIN_FOLDERS = (
    "iconengines", "wayland-decoration-client", "wayland-graphics-integration-client", "wayland-shell-integration",
    "xcbglintegrations",
)  # fmt: skip
PLUGINS = (
    "imageformats/libqico.so", "imageformats/libqjpeg.so", "imageformats/libqsvg.so",
    "platforminputcontexts/libcomposeplatforminputcontextplugin.so",
    "platforminputcontexts/libibusplatforminputcontextplugin.so", "platforms/libqoffscreen.so",
    "platforms/libqwayland-egl.so", "platforms/libqwayland-generic.so", "platforms/libqwayland.so",
    "platforms/libqxcb.so", "platformthemes/libqxdgdesktopportal.so",
)  # fmt: skip
NEWEST_GLIBC = 2, 35
"""That of Ubuntu 22.04, older than any system with a Python that the program takes."""
PACKED, PACKED_QUICKLY = ("-Zxz", "-z9"), ("-Zzstd", "-z6")
"""The first finds again what is 64 MB away: what is compiled for each Python is nearly the same."""
ICONS = (16, 32, 48, 128, 256)


def make() -> Path:
    """Return the package, made anew."""
    root = fresh(BUILD / "debian" / "root")
    lib = root / LIB
    install_everything(lib)
    trim(lib)
    trim_for_linux(lib)
    store_plainly(lib / "ucapdesk" / "bundled" / "resources" / "fonts" / "RareHan.zip")
    refuse_unlicensed(root, lib)
    put_beside(root)
    put_control(root)
    date_all(root)
    DIST.mkdir(exist_ok=True)
    target = DIST / f"ucapdesk_{version()}_amd64.deb"
    run(
        "dpkg-deb",
        "--root-owner-group",
        *PACKED_QUICKLY if os.environ.get("QUICK") else PACKED,
        "--threads-max=1",
        "--build",
        root,
        target,
    )
    return target


def install_everything(lib: Path) -> None:
    """Put program and libraries into a folder, what is compiled for each Python beside what is for all."""
    install_libraries(lib, PYTHONS[0], *PLATFORMS)
    for other in PYTHONS[1:]:
        scratch = fresh(BUILD / "debian" / f"python{other}")
        install_libraries(scratch, other, *PLATFORMS)
        for compiled in scratch.rglob("*.so*"):
            place = lib / compiled.relative_to(scratch)
            if not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(compiled, place)
    install_program(lib)


def trim_for_linux(lib: Path) -> None:
    """Keep of Qt what the program needs."""
    qt = lib / "PySide6"
    kept = {f"Qt{name}.abi3.so" for name in QT | {"DBus"}}
    remove(path for path in qt.glob("Qt*.abi3.so") if path.name not in kept)
    remove(path for path in qt.glob("libpyside6qml*"))
    remove(path for path in qt.iterdir() if path.is_file() and not path.suffix and path.stat().st_mode & 0o100)  # tools
    remove(path for path in (qt / "Qt").iterdir() if path.name not in ("lib", "plugins", "translations"))
    kept = QT | QT_BESIDE
    remove(path for path in (qt / "Qt" / "lib").glob("libQt6*") if path.name[6:].split(".")[0] not in kept)
    plugins = qt / "Qt" / "plugins"
    whole = [path.relative_to(plugins).as_posix() for folder in PLUGIN_FOLDERS for path in (plugins / folder).glob("*")]
    keep_only(plugins, [*PLUGINS, *whole])
    remove_unneeded(lib / "pillow.libs", (lib / "PIL").glob("*.so"))
    compiled = [
        path
        for path in sorted(lib.rglob("*.so*"))
        if "PySide6" not in path.parts and not path.parent.name.endswith(".libs")
    ]
    run("strip", "--strip-unneeded", *compiled)
    remove(path for path in sorted(lib.rglob("*"), reverse=True) if path.is_dir() and not any(path.iterdir()))


def put_beside(root: Path) -> None:
    """Put the command, the entry in menus, the file types, the icon, the manual page and the licences in place."""
    _put(root / "usr/bin/ucapdesk", (SOURCES / "start").read_bytes(), 0o755)
    _put(root / "usr/share/applications/ucapdesk.desktop", (SOURCES / "ucapdesk.desktop").read_bytes())
    _put(root / "usr/share/mime/packages/ucapdesk.xml", (SOURCES / "ucapdesk.xml").read_bytes())
    icons = root / "usr/share/icons/hicolor"
    _put(icons / "scalable/apps/ucapdesk.svg", DRAWING.read_bytes())
    for side in ICONS:
        place = icons / f"{side}x{side}" / "apps"
        place.mkdir(parents=True)
        png(place / "ucapdesk.png", side)
    _put(root / "usr/share/man/man1/ucapdesk.1.gz", gzip.compress(manual_page().encode(), mtime=0))
    _put(root / "usr/share/doc/ucapdesk/copyright", copyright_page().encode())


def put_control(root: Path) -> None:
    """Say what the package is and what it needs."""
    size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file() and not path.is_symlink()) // 1024
    glibc = ".".join(map(str, glibc_needed(root / LIB)))
    text = (SOURCES / "control").read_text(encoding="utf-8").format(version=version(), size=size, glibc=glibc)
    _put(root / "DEBIAN/control", text.encode())
    for name in ("postinst", "prerm"):
        _put(root / "DEBIAN" / name, (SOURCES / name).read_bytes(), 0o755)


def glibc_needed(lib: Path) -> tuple[int, int]:
    """Return the oldest release of the C library that has all that the compiled files ask for; a newer one than agreed ends the build."""
    needed = 2, 0
    for path in sorted(lib.rglob("*.so*")):
        newest = max(((2, int(minor)) for minor in re.findall(rb"\0GLIBC_2\.(\d+)", path.read_bytes())), default=needed)
        if newest > NEWEST_GLIBC:
            raise SystemExit(
                f"{path.relative_to(lib)} needs glibc {newest[0]}.{newest[1]}, which not every system has."
            )
        needed = max(needed, newest)
    return needed


def manual_page() -> str:
    """Return the manual page of the command, as ``man`` reads it."""
    commands = "\n".join(f".TP\n.B {name.replace('-', chr(92) + '-')}\n{said}" for name, (_, said) in COMMANDS.items())
    return f""".TH UCAPDESK 1 "" "UCAPDesk {version()}" "User Commands"
.SH NAME
ucapdesk \\- offline desk for city\\-to\\-city cooperation
.SH SYNOPSIS
.B ucapdesk
.RI [ WORKSPACE | FILE ]
.br
.B ucapdesk
.I COMMAND WORKSPACE
.RI [ OPTIONS ]
.SH DESCRIPTION
Without a command the window opens, on a workspace, a package (.ucapx) or a backup (.ucapbackup) where one is named.
Every command explains itself:
.B ucapdesk
.I COMMAND
.BR \\-\\-help .
.SH COMMANDS
{commands}
.SH ENVIRONMENT
.TP
.B UCAPDESK_CONFIG
The folder of settings and logs.
.TP
.B UCAPDESK_LANG
The language of messages: {", ".join(INTERFACE_LANGUAGES)}.
.SH FILES
.TP
.I ~/.local/share/UCAPDesk/Workspaces
Workspaces, unless another place is chosen.
.TP
.I ~/.config/UCAPDesk
Settings.
"""


def copyright_page() -> str:
    """Return the licence of the program, and a list of all its parts."""
    parts = "\n".join(f"  {part.name} {part.release}: {part.licence}. {part.source}" for part in licences.parts()[1:])
    own = (ROOT / "LICENSE").read_text(encoding="utf-8")
    return f"""{own}
UCAPDesk holds parts by others. Their licence texts are in /{LIB}/*.dist-info and
/{LIB}/ucapdesk/bundled/resources/licences; Help ▸ About UCAPDesk shows them. Qt and PySide6 are used under the
LGPL 3: see /usr/share/common-licenses/LGPL-3.

{parts}
"""


def _put(path: Path, data: bytes, mode: int = 0o644) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    path.chmod(mode)


if __name__ == "__main__":
    told(make())
