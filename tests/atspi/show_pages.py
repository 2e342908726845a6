"""Shows every page of the program, one at a time, to whoever reads the accessibility tree meanwhile.

Prints the name of a page when it is shown, and shows the next one at each line on stdin.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSocketNotifier
from PySide6.QtWidgets import QApplication

from tests.helpers.pages import PAGES
from tests.helpers.stage import Stage
from ucapdesk.services.workspaces import sample

ALONE = {"first-run"}  # Pages that wait for an answer of their own


def main() -> None:
    """Show the pages that are named, else all, on the sample in the language of the first argument."""
    lang, *names = sys.argv[1:]
    app = QApplication([])
    with tempfile.TemporaryDirectory() as folder:
        desk = sample.make(Path(folder) / "sample")
        stage = Stage(app, desk)
        stage.dress(lang)
        for page in PAGES:
            if page.name not in ALONE and (not names or page.name in names):
                with stage.shown(page, 1366, 740):
                    print(page.name, flush=True)
                    _wait()
        stage.close()
        desk.close()


def _wait() -> None:
    """Answer the bus until a line comes."""
    loop = QEventLoop()
    line = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    line.activated.connect(loop.quit)
    loop.exec()
    line.setEnabled(False)
    sys.stdin.readline()


if __name__ == "__main__":
    main()
