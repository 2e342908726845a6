"""The steps that all installers share: what is fetched, what of it is kept, and how the same bytes come out twice.

Everything is made under ``build/packaging``; what is to be handed on lies in ``dist``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from pathlib import Path

from ucapdesk.base.i18n import LANGUAGES, READ_LANGUAGES

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "packaging"
BUILD = ROOT / "build" / "packaging"
DIST = ROOT / "dist"
LOCK = ROOT / "requirements" / "runtime.txt"

QT = {"Core", "Gui", "Widgets", "Network", "Svg", "PrintSupport"}
"""The modules of Qt that the program imports, or that those need."""
QT_TEXTS = tuple(f"qtbase_{lang}" for lang in LANGUAGES)
LOCALES = {"root", *LANGUAGES, *READ_LANGUAGES}
"""The languages of the data of Babel and holidays that the program asks for."""
NEVER_USED = (
    "PIL/AvifImagePlugin.py", "PIL/_avif.*", "PIL/_imagingft.*", "PIL/_imagingtk.*", "PySide6/doc", "PySide6/glue", "PySide6/include",
    "PySide6/lib", "PySide6/metatypes", "PySide6/qml", "PySide6/resources", "PySide6/scripts", "PySide6/typesystems",
    "_distutils_hack", "alembic/testing", "bin", "cffi/*.h", "distutils-precedence.pth", "lxml/includes", "lxml/isoschematron",
    "lxml/objectify.*", "pycparser", "pycparser-*", "pygments/lexers/[a-z]*.py", "pypdfium2_cli", "rapidfuzz/**/*_avx2.*", "reportlab/fonts", "setuptools", "setuptools-*", "share", "shiboken6/include",
    "shiboken6/lib", "sqlalchemy/testing",
)  # fmt: skip
KINDS_NEVER_USED = (".pyi", ".c", ".pyx", ".pxd", ".h", ".lib", ".exe")
COMPILED = (".so", ".dll", ".pyd", ".exe", ".dylib")
RECORDS = ("INSTALLER", "RECORD", "REQUESTED", "direct_url.json")
"""Notes of pip that name this machine or change with it."""


def version() -> str:
    """Return the release of the program."""
    text = (ROOT / "ucapdesk" / "__init__.py").read_text(encoding="utf-8")
    return text.partition('__version__ = "')[2].partition('"')[0]


def moment() -> int:
    """Return the second that all files are dated with: ``SOURCE_DATE_EPOCH``, else that of the newest commit."""
    said = os.environ.get("SOURCE_DATE_EPOCH")
    if not said:
        ask = ["git", "log", "-1", "--format=%ct"]
        said = subprocess.run(ask, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return int(said)


def environment() -> dict[str, str]:
    """Return the environment of every tool that is run: one date, one order."""
    steady = {"SOURCE_DATE_EPOCH": str(moment()), "PYTHONHASHSEED": "0", "LC_ALL": "C.UTF-8", "TZ": "UTC"}
    return {**os.environ, **steady}


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    """Run a tool; its failure ends the build."""
    subprocess.run([str(part) for part in command], cwd=cwd, env=environment(), check=True)


def fresh(folder: Path) -> Path:
    """Return an empty folder."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def pip(*arguments: str | Path) -> None:
    """Run the installer of packages, quietly."""
    run(sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments)


def install_libraries(target: Path, python: str, *platforms: str) -> None:
    """Put the locked wheels for another Python or system into a folder, each checked against its hash."""
    places = [part for one in platforms for part in ("--platform", one)]
    pip(
        "install", "--target", target, *places, "--implementation", "cp", "--python-version", python,
        "--only-binary=:all:", "--no-compile", "--no-deps", "--require-hashes", "--root-user-action=ignore", "-r", LOCK,
    )  # fmt: skip


def install_program(target: Path) -> None:
    """Put the program itself beside its libraries."""
    for left_over in [ROOT / "build" / "lib", *(ROOT / "build").glob("bdist*")]:
        shutil.rmtree(left_over, ignore_errors=True)
    wheels = fresh(BUILD / "wheel")
    pip("wheel", "--no-deps", "--no-build-isolation", "-w", wheels, ROOT)
    (wheel,) = wheels.glob("*.whl")
    pip(
        "install",
        "--no-deps",
        "--no-compile",
        "--no-index",
        "--root-user-action=ignore",
        "--upgrade",
        "--target",
        target,
        wheel,
    )


def trim(lib: Path) -> None:
    """Remove what the program never uses, on whatever system."""
    for pattern in NEVER_USED:
        remove(lib.glob(pattern))
    remove(path for path in lib.rglob("*") if path.suffix in KINDS_NEVER_USED and path.is_file())
    remove(path for name in ("tests", "testsuite", "__pycache__") for path in list(lib.rglob(name)) if path.is_dir())
    remove(path for path in lib.glob("*.dist-info/*") if path.name in RECORDS)
    for folder, pattern in (("babel/locale-data", "*.dat"), ("holidays/locale", "*")):
        remove(path for path in (lib / folder).glob(pattern) if path.stem.split("_")[0] not in LOCALES)
    remove(path for path in lib.glob("PySide6/**/translations/*") if not path.name.startswith(QT_TEXTS))
    (lib / "PySide6" / "py.typed").unlink(missing_ok=True)


def remove_unneeded(libraries: Path, users: Iterable[Path]) -> None:
    """Remove the shared libraries that none of the compiled modules needs, itself or through another."""
    found, wanted = {path.name.encode(): path for path in libraries.glob("*.so*")}, list(users)
    while wanted:
        data = wanted.pop().read_bytes()
        wanted += [found.pop(name) for name in list(found) if name in data]
    remove(found.values())


def keep_only(folder: Path, kept: Iterable[str], pattern: str = "**/*") -> None:
    """Remove every file of a folder whose path in it is not named."""
    named = set(kept)
    remove(
        path
        for path in list(folder.glob(pattern))
        if path.is_file() and path.relative_to(folder).as_posix() not in named
    )


def remove(paths: Iterable[Path]) -> None:
    """Remove files and folders."""
    for path in list(paths):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def compile_all(lib: Path, python: str) -> None:
    """Put compiled files in the place of the Python files of a folder, made by the Python of that release.

    There are no dates and places in them. The bundled folders stay as they are: migrations are read as text.
    """
    mode = "py_compile.PycInvalidationMode.UNCHECKED_HASH"
    how = f"quiet=1, legacy=True, rx=re.compile('bundled'), invalidation_mode={mode}"
    code = f"import compileall, py_compile, re, sys; sys.exit(not compileall.compile_dir('.', {how}))"
    run(python_of(python), "-I", "-c", code, cwd=lib)
    remove(path for path in lib.rglob("*.py") if path.with_suffix(".pyc").exists())


def store_plainly(archive: Path) -> None:
    """Write a .zip anew without compression, so that the installer can compress it better."""
    with zipfile.ZipFile(archive) as packed:
        held = {name: packed.read(name) for name in sorted(packed.namelist()) if not name.endswith("/")}
    with zipfile.ZipFile(archive, "w") as plain:
        for name, data in held.items():
            plain.writestr(zipfile.ZipInfo(name), data)


def python_of(release: str) -> str:
    """Return a Python of a release, e.g. 3.13: this one, else the one of the system."""
    if sys.version_info[:2] == tuple(map(int, release.split("."))):
        return sys.executable
    for folder in ["/usr/bin", *os.environ.get("PATH", "").split(os.pathsep)]:
        found = Path(folder) / f"python{release}"
        said = (
            subprocess.run([found, "-V"], capture_output=True, text=True, check=False).stdout if found.is_file() else ""
        )
        if said.startswith(f"Python {release}"):
            return str(found)
    raise SystemExit(
        f"Python {release} is needed for the compiled files of the package; please install python{release}."
    )


def refuse_unlicensed(folder: Path, lib: Path) -> None:
    """End the build at a compiled file of which nobody says whose it is."""
    from ucapdesk.services import licences

    known = {part.name for part in licences.parts()}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and (path.suffix in COMPILED or ".so." in path.name):
            place = path.relative_to(lib if lib in path.parents else folder).as_posix()
            names = set(licences.owners(place))
            if not names or names - known:
                raise SystemExit(f"{place}: whose is it? Say so in resources/licences/parts.json.")


def date_all(tree: Path) -> None:
    """Give every file and folder of a tree the same date and plain permissions."""
    seconds = moment()
    for path in sorted(tree.rglob("*"), reverse=True):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
        os.utime(path, (seconds, seconds), follow_symlinks=False)
    tree.chmod(0o755)
    os.utime(tree, (seconds, seconds))


def told(result: Path) -> None:
    """Say what was made."""
    sys.stdout.write(f"{result.relative_to(ROOT)}: {result.stat().st_size / 1e6:.1f} MB\n")
