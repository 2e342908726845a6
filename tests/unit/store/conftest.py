"""Workspaces for the tests of the store."""

from __future__ import annotations

import pytest

from ucapdesk.store.workspace import protection


@pytest.fixture(autouse=True)
def _quick_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """A passphrase takes a third of a second on purpose; most tests need not wait for it."""
    monkeypatch.setattr(protection, "COST", 2**10)
