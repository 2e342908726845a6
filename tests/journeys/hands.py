"""Hands on a program that runs as a process of its own: ``python main.py``, not a line of it changed.

``start`` puts a ``sitecustomize`` beside the program, which loads this module there. What the hands are to do comes in as
lines of JSON; they press what a person would press, and read what a person would read. Of the computer only what no test
has is made up: where a stick is, and which file is chosen in the dialog of the system.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from tests.helpers.clock import COMPUTER, PATIENCE, stand_still

ROOT = Path(__file__).parents[2]
MARK = "@@"


class AtProgram:
    """Somebody at a program in another process."""

    def __init__(self, home: Path, *arguments: object, stick: Path | None = None, chooses: Path | None = None) -> None:
        """``home``: the folder of this computer's settings and data."""
        home.mkdir(parents=True, exist_ok=True)
        (home / "sitecustomize.py").write_text("from tests.journeys import hands\nhands.wait_for_the_program()\n")
        environment = os.environ | {
            "PYTHONPATH": os.pathsep.join((str(home), str(ROOT))), "UCAPDESK_CONFIG": str(home / "config"),
            "XDG_DATA_HOME": str(home / "data"), "QT_QPA_PLATFORM": "offscreen", "PYTHONUNBUFFERED": "1",
            "HANDS_STICK": str(stick or ""), "HANDS_CHOOSES": str(chooses or ""),
        }  # fmt: skip
        command = [sys.executable, str(ROOT / "main.py"), *map(str, arguments)]
        self._process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )  # fmt: skip
        self.clicks = self.keys = 0

    def ask(self, **what: Any) -> Any:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()
        for line in self._process.stdout:
            if line.startswith(MARK):
                return json.loads(line.removeprefix(MARK))
        raise AssertionError(f"the program ended with {self._process.wait()}")

    def see(self, name: str) -> str:
        began = time.monotonic()
        while (found := self.ask(see=name)) is None:
            assert time.monotonic() - began < PATIENCE, f"{name} never came; there are {self.ask(names=True)}"
            time.sleep(0.05)
        return str(found)

    def click(self, name: str) -> AtProgram:
        self.see(name)
        self.clicks += 1
        self.ask(click=name)
        return self

    def press(self, *keys: str) -> AtProgram:
        for key in keys:
            self.keys += 1 + key.count("+")
            self.ask(press=key)
        return self

    def until(self, name: str, said: str) -> None:
        """Wait until something says this."""
        began = time.monotonic()
        while said not in (told := self.see(name)):
            assert time.monotonic() - began < PATIENCE, f"{name} says {told!r}, never {said!r}"
            time.sleep(0.05)

    def quit(self) -> int:
        if self._process.poll() is None:
            self.ask(quit=True)
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        try:
            return self._process.wait(PATIENCE)
        finally:
            self._process.stdout.close()

    def kill(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()


# -- on the other side ----------------------------------------------------------------------------


def wait_for_the_program() -> None:
    """Do as told, as soon as there is a window."""
    if any(each.endswith("main.py") for each in sys.orig_argv):
        _make_up()
        threading.Thread(target=_listen, daemon=True).start()


def _listen() -> None:
    app = None
    while app is None:
        time.sleep(0.02)
        widgets = sys.modules.get("PySide6.QtWidgets")
        app = widgets.QApplication.instance() if widgets is not None else None
    from PySide6.QtCore import QTimer

    for line in sys.stdin:
        what, done = json.loads(line), threading.Event()
        QTimer.singleShot(0, app, lambda what=what, done=done: _answer(what, done))
        done.wait()


def _make_up() -> None:
    stand_still()
    COMPUTER.tick(14 * 24 * 3600)
    from PySide6.QtWidgets import QFileDialog

    import ucapdesk.services.records.records  # noqa: F401 (before Qt)
    from ucapdesk.ui.exchange import watched_places

    stick, file = os.environ["HANDS_STICK"], os.environ["HANDS_CHOOSES"]
    watched_places.FIRST_LOOK_MS, watched_places.LOOK_EVERY_MS = 100, 500
    watched_places.drives = lambda: [watched_places.Drive("KINGSTON", Path(stick), 12_000_000_000)] if stick else []
    QFileDialog.getOpenFileName = lambda *_: (file, "")  # type: ignore[method-assign]


def _answer(what: dict[str, Any], done: threading.Event) -> None:
    COMPUTER.tick()
    try:
        told = _do(what)
    except Exception as error:  # noqa: BLE001 - told on the other side
        told = f"!{error!r}"
    sys.stdout.write(f"{MARK}{json.dumps(told)}\n")
    sys.stdout.flush()
    done.set()


def _do(what: dict[str, Any]) -> Any:
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtGui import QKeySequence
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication, QWidget

    if "quit" in what:
        QTimer.singleShot(0, QApplication.closeAllWindows)
        return True
    shown = [each for each in QApplication.topLevelWidgets() if each.isVisible() and each.isWindow()]
    page = QApplication.activeModalWidget() or QApplication.activeWindow() or next(iter(shown), None)
    if page is None:
        return None
    if not page.isActiveWindow():
        page.activateWindow()  # a desktop does so by itself
    if "names" in what:
        return sorted(
            {f"{each.objectName()}: {_said(each)}" for each in page.findChildren(QWidget) if each.isVisible()}
        )
    if "press" in what:
        key = QKeySequence(what["press"])[0]  # type: ignore[index]
        QTimer.singleShot(0, lambda: QTest.keyClick(page.windowHandle(), key.key(), key.keyboardModifiers()))
        return True
    name = what.get("see") or what["click"]
    found = next((each for each in page.findChildren(QWidget, name) if each.isVisible() and each.isEnabled()), None)
    if found is None:
        return None
    if "click" in what:  # it may open a page of its own, and does not come back before that closes
        QTimer.singleShot(0, lambda: QTest.mouseClick(found, Qt.MouseButton.LeftButton))
        return True
    return _said(found)


def _said(widget: Any) -> str:
    from tests.helpers.shown import said_by  # the window, once there is one

    text = getattr(widget, "text", None)
    return str(text()) if callable(text) else said_by(widget)
