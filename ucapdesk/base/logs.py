"""The program's log for diagnosis: small, rotating, without any text of records.

Log lines name ids and kinds, never texts: they may be sent to a developer. Unexpected errors of the main thread and of
other threads are written here, and a crash of the interpreter leaves its trace in ``crash.log`` beside it.
"""

from __future__ import annotations

import copy
import faulthandler
import logging
import logging.handlers
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from ucapdesk import __version__
from ucapdesk.base.paths import log_dir

LOG_FILES_KEPT = 5
BYTES = 1_000_000
LINES_TOLD = 200  # How many lines of the log "Copy details" copies
LOG_FORMAT = "%(asctime)s %(levelname)-7s %(name)s %(threadName)s: %(message)s"

log = logging.getLogger("ucapdesk")

_crash_file: list[IO[str]] = []
_hooks: list[tuple[Callable[..., object], Callable[..., object]]] = []

Told = Callable[[str], None]  # A function that gets the details of an unexpected error, e.g. to show a dialog.


class _WithoutTexts(logging.Formatter):
    """Formats errors by place and class only: their messages may quote a record."""

    def format(self, record: logging.LogRecord) -> str:
        mine = copy.copy(record)
        mine.exc_text = None  # that of another handler
        return super().format(mine)

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name of logging
        told: list[str] = []
        error: BaseException | None = ei[1]
        while error is not None:
            told = [*traceback.format_tb(error.__traceback__), f"{type(error).__qualname__}\n", *told]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "".join(told).rstrip()


def log_file() -> Path:
    return log_dir() / "ucapdesk.log"


def start(tell: Told | None = None) -> None:
    """Log to files from now on, unexpected errors included; a folder that cannot be written does not stop the program.

    Called again, the newer call stands: the command line starts the log, and the window with a way to tell.
    """
    stop()
    try:
        log_dir().mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(
            log_file(), maxBytes=BYTES, backupCount=LOG_FILES_KEPT - 1, encoding="utf-8", delay=True
        )
        crash = (log_dir() / "crash.log").open("a", encoding="utf-8")
    except OSError as error:
        log.warning("no log can be kept (%s)", type(error).__name__)
    else:
        handler.setFormatter(_WithoutTexts(LOG_FORMAT))
        log.addHandler(handler)
        log.setLevel(logging.INFO)
        _crash_file.append(crash)
        faulthandler.enable(crash)
    watch_unexpected(tell)
    log.info("started: %s", about())


def stop() -> None:
    """Close the files and restore the previous hooks; do nothing where logging was not started."""
    while _crash_file:
        faulthandler.disable()
        _crash_file.pop().close()
    for handler in list(log.handlers):
        if isinstance(handler, logging.handlers.RotatingFileHandler):
            log.removeHandler(handler)
            handler.close()
    while _hooks:
        sys.excepthook, threading.excepthook = _hooks.pop()


def watch_unexpected(tell: Told | None = None) -> None:
    """Log uncaught exceptions, and pass their details to ``tell``."""

    def unexpected(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        log.critical("unexpected %s", kind.__name__, exc_info=(kind, error or kind(), trace))
        if tell is not None:
            tell(details())
        elif not _crash_file:  # no log is kept
            sys.__excepthook__(kind, error or kind(), trace)

    _hooks.append((sys.excepthook, threading.excepthook))
    sys.excepthook = unexpected
    threading.excepthook = lambda args: unexpected(args.exc_type, args.exc_value, args.exc_traceback)


def about() -> str:
    return f"UCAPDesk {__version__}, Python {platform.python_version()}, {platform.system()} {platform.release()}"


def details() -> str:
    """Return the text that "Copy details" copies: the versions and the end of the log."""
    try:
        end = log_file().read_text(encoding="utf-8", errors="replace").splitlines()[-LINES_TOLD:]
    except OSError:
        end = []
    return "\n".join([about(), "", *end])
