"""Files get their names in one step, also where a virus scanner holds a fresh one for a moment."""

from __future__ import annotations

from pathlib import Path

import pytest

from ucapdesk.base import files


class Scanner:
    """Holds what is new for so many tries, as Windows reports it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, holds: int, code: int) -> None:
        self.holds, self.code, self.paused = holds, code, 0.0
        self._real = Path.replace
        monkeypatch.setattr(Path, "replace", lambda path, target: self._replace(path, target))  # noqa: PLW0108 (a method of Path)
        monkeypatch.setattr("ucapdesk.base.files.time.sleep", self._pause)

    def _pause(self, seconds: float) -> None:
        self.paused += seconds

    def _replace(self, path: Path, target: Path) -> Path:
        if self.holds:
            self.holds -= 1
            error = PermissionError(13, "held")
            error.winerror = self.code  # type: ignore[attr-defined] # only Windows' errors have it
            raise error
        return self._real(path, target)


@pytest.mark.parametrize("code", [5, 32])
def test_a_file_that_a_scanner_holds_gets_its_name_as_soon_as_it_lets_go(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanner = Scanner(monkeypatch, 7, code)
    files.write_atomically(tmp_path / "settings.json", b"new")
    assert (tmp_path / "settings.json").read_bytes() == b"new"
    assert 0 < scanner.paused < 1


def test_who_holds_it_for_long_is_told_of_after_about_a_second(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "settings.json").write_bytes(b"old")
    scanner = Scanner(monkeypatch, 1000, 32)
    with pytest.raises(PermissionError):
        files.write_atomically(tmp_path / "settings.json", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]
    assert (tmp_path / "settings.json").read_bytes() == b"old"
    assert 0.8 < scanner.paused < 1.2


def test_other_errors_are_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scanner = Scanner(monkeypatch, 1, 112)  # the disk is full
    with pytest.raises(PermissionError):
        files.write_atomically(tmp_path / "settings.json", b"new")
    assert scanner.paused == 0
