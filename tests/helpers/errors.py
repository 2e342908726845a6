"""Errors that users understand, expected by their code."""

from __future__ import annotations

import pytest
from _pytest.raises import RaisesExc

from ucapdesk.base.errors import UserError


def user_error(code: str, match: str | None = None) -> RaisesExc[UserError]:
    """Expect the user error of this code, as ``pytest.raises`` does; ``match`` is searched in its English sentence."""
    return pytest.raises(UserError, match=match, check=lambda error: error.code == code)
