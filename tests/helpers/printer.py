"""A printer for tests: what is printed becomes a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter

from ucapdesk.ui.papers import print_preview


def printed_to(file: Path, monkeypatch: pytest.MonkeyPatch) -> list[QPrinter]:
    """Answer the dialog of the system with Print, into a file; return the printers that were asked for, as they come."""
    jobs: list[QPrinter] = []

    def asked(printer: QPrinter, _: object) -> bool:
        printer.setOutputFileName(str(file))
        jobs.append(printer)
        return True

    monkeypatch.setattr(print_preview, "asked", asked)
    return jobs
