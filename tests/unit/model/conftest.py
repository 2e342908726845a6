"""Loads the services, which declare the lists of codes that stand in no file."""

from __future__ import annotations

import ucapdesk.services  # noqa: F401
