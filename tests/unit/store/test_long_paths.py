"""A place that is too deep for the system is told with its length."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.helpers.errors import user_error
from ucapdesk.base.errors import UserError
from ucapdesk.services.workspaces import workspace_service
from ucapdesk.store import errors


def translated(error: UserError | None) -> str:
    return error.code if error else ""


def test_a_name_longer_than_the_system_takes_is_told_with_its_length(tmp_path: Path) -> None:
    place = tmp_path / ("a" * 300)
    with user_error("path-too-long", match=f"{len(str(place))} characters") as said:
        workspace_service.new(place, name="short", person="Ana")
    assert "Nothing was changed" in said.value.say()


@pytest.mark.parametrize(("code", "number"), [(21, 13), (433, 22), (1167, 22)])
def test_a_stick_that_was_pulled_is_told_as_what_is_not_there(code: int, number: int) -> None:
    gone = OSError(number, "The device is not ready")
    gone.winerror = code  # type: ignore[attr-defined] # only Windows' errors have it
    assert translated(errors.translate(gone, Path("desk"), "store.db")) == errors.NOT_THERE.code


def test_windows_says_of_a_long_path_that_it_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path("/" + "/".join(["folder"] * 40))
    missing = FileNotFoundError(2, "not there", str(path))
    monkeypatch.setattr(errors, "SHORT_PATHS", False)
    assert translated(errors.translate(missing, path, "store.db")) == errors.NOT_THERE.code
    monkeypatch.setattr(errors, "SHORT_PATHS", True)
    assert translated(errors.translate(missing, path, "store.db")) == errors.PATH_TOO_LONG.code
    assert translated(errors.translate(missing, Path("/short"), "store.db")) == errors.NOT_THERE.code


@pytest.mark.skipif(sys.platform == "win32", reason="has another error for a name that is too long")
def test_the_name_that_is_too_long_is_told_and_not_that_of_the_workspace(tmp_path: Path) -> None:
    file = tmp_path / ("n" * 300)
    with user_error("path-too-long") as said, errors.translated_errors(tmp_path):
        file.touch()
    assert file.name in said.value.say("en")
