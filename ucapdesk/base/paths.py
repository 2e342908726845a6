"""Where things live: bundled resources, the user's data, settings and logs."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import platformdirs

APP = "UCAPDesk"


@cache
def _root(folder: str) -> Path:
    """A bundled top-level folder: beside the package in a checkout, inside it (``bundled/``) in a wheel."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "bundled" / folder
    return installed if installed.is_dir() else package.parent / folder


def resource(name: str) -> Path:
    """A bundled file or folder under ``resources/``, from a checkout and from an installed wheel."""
    return _root("resources") / name


def manual() -> Path:
    """The folder of the manual; its pictures lie beside it."""
    return _root("docs") / "manual"


def migrations() -> Path:
    """The folder of the database migrations."""
    return _root("db") / "migrations"


def config_dir() -> Path:
    """This user's settings and device identities; ``UCAPDESK_CONFIG`` names another place."""
    named = os.environ.get("UCAPDESK_CONFIG")
    return Path(named) if named else Path(platformdirs.user_config_dir(APP, appauthor=False))


def workspaces_dir() -> Path:
    """Where a new workspace is made unless the user says otherwise."""
    return Path(platformdirs.user_data_dir(APP, appauthor=False)) / "Workspaces"


def log_dir() -> Path:
    """Where the log files go; beside the settings when ``UCAPDESK_CONFIG`` is set."""
    named = os.environ.get("UCAPDESK_CONFIG")
    return Path(named) / "logs" if named else Path(platformdirs.user_log_dir(APP, appauthor=False))
