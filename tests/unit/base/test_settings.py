"""The user's choices survive restarts, damage and newer or older programs."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from tests.helpers.silence import LogWatch
from ucapdesk.base import settings
from ucapdesk.base.files import write_atomically


def test_a_first_start_finds_defaults_and_writes_nothing(config_dir: Path) -> None:
    assert settings.load() == settings.Settings()
    assert not config_dir.exists()


def test_choices_are_there_after_a_restart() -> None:
    chosen = settings.Settings().with_(person="陈妍", paper_languages=("zh", "es"), window={"main": [10, 20]})
    settings.save(chosen)
    assert settings.load() == chosen


@pytest.mark.parametrize("damage", [b"", b"\x00\xff", b"[]", b'{"person": "A', b"null"])
def test_a_damaged_file_is_set_aside_and_the_program_starts(damage: bytes, log_watch: LogWatch) -> None:
    settings.settings_file().parent.mkdir(parents=True)
    settings.settings_file().write_bytes(damage)
    log_watch.expect("set aside")
    assert settings.load() == settings.Settings()
    assert settings.settings_file().with_name("settings.json.bad").read_bytes() == damage
    assert not settings.settings_file().exists()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("interface_language", "xx"),
        ("text_size", 37),
        ("text_size", True),
        ("theme", None),
        ("paper_languages", []),
        ("paper_languages", ["zh", "zh"]),
        ("recent_workspaces", [1]),
        ("person", ["a"]),
        ("from_a_newer_program", 1),
    ],
)
def test_a_value_that_does_not_fit_leaves_the_others(name: str, value: object) -> None:
    stored = {"person": "Ana", "theme": "dark", name: value}
    settings.settings_file().parent.mkdir(parents=True)
    write_atomically(settings.settings_file(), json.dumps(stored).encode(), private=True)
    expected = settings.Settings().with_(**{k: v for k, v in {"person": "Ana", "theme": "dark"}.items() if k != name})
    assert settings.load() == expected


def test_the_workspace_opened_last_comes_first_and_once() -> None:
    chosen = settings.Settings()
    for name in [*"abcdefghij", "c"]:
        chosen = chosen.opened(Path(name))
    assert chosen.recent_workspaces == ("c", "j", "i", "h", "g", "f", "e", "d")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX permissions")
def test_other_users_cannot_read_the_choices() -> None:
    settings.save(settings.Settings())
    assert settings.settings_file().stat().st_mode & 0o077 == 0


def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "folder" / "file"
    path.parent.mkdir(parents=True)
    write_atomically(path, b"old", private=True)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in path.parent.iterdir()] == ["file"]


@pytest.mark.parametrize(
    ("computer", "language"),
    [
        ("zh_CN", "zh"),
        ("Chinese (Simplified)_China", "zh"),
        (None, "en"),
        ("it_IT", "it"),
        ("Spanish_Spain", "es"),
        ("German_Austria", "de"),
        ("fr_FR", "en"),
    ],
)
def test_the_first_start_speaks_the_language_of_the_computer(
    computer: str | None, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("locale.getlocale", lambda: (computer, None))
    assert settings.Settings().interface_language == language


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("zh_CN.UTF-8", "zh"),
        ("C.UTF-8", "en"),
        ("de_DE.UTF-8", "de"),
        ("es_MX@euro", "es"),
        ("it", "it"),
        ("pt_BR.UTF-8", "en"),
    ],
)
def test_a_language_named_in_the_environment_counts_even_if_its_locale_is_not_installed(
    said: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", said)
    assert settings.Settings().interface_language == language
