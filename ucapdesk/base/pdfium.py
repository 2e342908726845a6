"""The lock of the library that reads PDFs: it serves one thread at a time, and pages are shown while others are made."""

from __future__ import annotations

from threading import RLock

PDFIUM = RLock()
"""Held while a file is opened, read, drawn or closed."""
