"""Faults meet the program as it is: new workspaces get their tables by the steps of migration."""

from __future__ import annotations

import pytest

from ucapdesk.store.workspace import database, workspace


@pytest.fixture(autouse=True)
def _steps_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace, "migrate", database.migrate)
