"""The program: with a screen it opens the window, without one it writes the sample's pages as files."""

from __future__ import annotations

import builtins
import ctypes
import gc
import os
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import tr

PAGES = (("en", "zh"), ("zh", "en"), ("en",), ("zh",))
PAGES_FOLDER = Path("ucapdesk-sample")


def run(path: Path | None = None) -> int:
    """Open the window on a workspace (the last one, or what is chosen at the first start); return the exit code."""
    why = no_screen()
    if why:
        return without_screen(why)
    gc.disable()  # nothing that is made on the way to the window is garbage, and looking for it takes long
    load_services()
    import_without_pyside()
    from ucapdesk.ui.window.program import run as run_window

    return run_window(path)


def import_without_pyside() -> None:
    plain = builtins.__import__
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = plain


def load_services() -> None:
    from ucapdesk.services import meetings  # noqa: F401
    from ucapdesk.services.records import (  # noqa: F401
        attached_files,
        draft_texts,
        duplicates,
        history,
        lists,
        records,
        related,
        search,
    )
    from ucapdesk.services.workspaces import sample  # noqa: F401


def no_screen() -> str:
    """Return why no window can be shown here; empty where one can.

    Qt ends the whole process where it cannot reach a screen, so what it needs is tried beforehand.
    """
    if not sys.platform.startswith("linux") or os.environ.get("QT_QPA_PLATFORM"):
        return ""
    x11, wayland = os.environ.get("DISPLAY"), os.environ.get("WAYLAND_DISPLAY")
    if not x11 and not wayland:
        return tr("start", "There is no screen here")
    missing = _missing_library()
    if missing:
        return tr("start", "A library of the system is missing ({reason})", reason=missing)
    if not wayland and not _reaches_x11():
        return tr("start", "The screen {name} cannot be reached", name=x11)
    return ""


def _missing_library() -> str:
    """Return the library that Qt's X11 plugin fails to load; empty where it loads."""
    found = find_spec("PySide6")
    for folder in (found.submodule_search_locations or ()) if found else ():
        plugin = Path(folder) / "Qt" / "plugins" / "platforms" / "libqxcb.so"
        try:
            if plugin.exists():
                ctypes.CDLL(str(plugin))
        except OSError as error:
            return str(error).partition(":")[0]
    return ""


def _reaches_x11() -> bool:
    try:
        xcb = ctypes.CDLL("libxcb.so.1")
    except OSError:
        return True  # no way to ask; Qt will say it itself
    xcb.xcb_connect.restype = ctypes.c_void_p
    connection = ctypes.c_void_p(xcb.xcb_connect(None, None))
    reached: bool = xcb.xcb_connection_has_error(connection) == 0
    xcb.xcb_disconnect(connection)
    return reached


def without_screen(why: str) -> int:
    """Print the sample instead, and name the files."""
    from ucapdesk.papers import printing as papers
    from ucapdesk.services.records import records
    from ucapdesk.services.workspaces import sample

    folder = Path.cwd() / PAGES_FOLDER
    sys.stdout.write(
        tr("start", "{why}, so no window can be shown. The pages of the sample were written instead:", why=why)
    )
    sys.stdout.write("\n")
    try:
        folder.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory() as scratch, sample.make(Path(scratch) / "sample") as desk:
            ucap = next(iter(records.listing(desk, "ucap")))
            for languages in PAGES:
                target = folder / f"at-a-glance-{'-'.join(languages)}.pdf"
                papers.brief(desk, [ucap], target, languages=languages)
                sys.stdout.write(f"{PAGES_FOLDER / target.name}\n")
    except UserError as error:
        sys.stderr.write(f"{error.say()}\n")
        return 1
    return 0
