"""Failures of values that a person, a script or a file gives, which several places raise; nothing was changed."""

from __future__ import annotations

from ucapdesk.base.errors import Failure

LOCAL_FIELD = Failure(
    "local-field",
    "“{field}” stays on this computer, in a protected workspace, and is not entered here; nothing was changed.",
)
UNKNOWN_CODE = Failure(
    "unknown-code", "“{said}” is not in the list of “{field}”, which has: {choices}; nothing was changed."
)
IMPOSSIBLE_VALUE = Failure(
    "impossible-value", "“{said}” cannot be the value of “{field}”, which takes {accepts}; nothing was changed."
)
