"""Paths of bundled resources, and of the user's data, settings and logs."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import platformdirs

APP = "UCAPDesk"


@cache
def _root(name: str) -> Path:
    """Return a bundled top-level folder or file: beside the package in a checkout, inside it (``bundled/``) in a wheel."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "bundled" / name
    return installed if installed.exists() else package.parent / name


def resource(name: str) -> Path:
    """Return a bundled file or folder under ``resources/``, from a checkout and from an installed wheel."""
    return _root("resources") / name


def manual() -> Path:
    """Return the folder of the manual; its pictures lie beside it."""
    return _root("docs") / "manual"


def page(name: str) -> Path:
    """Return a bundled page beside the manual, e.g. the licence."""
    return _root(name)


def migrations() -> Path:
    return _root("db") / "migrations"


def config_dir() -> Path:
    """Return the folder of this user's settings and device identities; ``UCAPDESK_CONFIG`` names another place."""
    named = os.environ.get("UCAPDESK_CONFIG")
    return Path(named) if named else Path(platformdirs.user_config_dir(APP, appauthor=False))


def workspaces_dir() -> Path:
    """Return where a new workspace is created unless the user chooses otherwise."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False)) / "Workspaces"


def log_dir() -> Path:
    """Return the folder of the log files; beside the settings when ``UCAPDESK_CONFIG`` is set."""
    named = os.environ.get("UCAPDESK_CONFIG")
    return Path(named) / "logs" if named else Path(platformdirs.user_log_dir(APP, appauthor=False))
