"""Planted mistakes: one function of the program is replaced by a wrong one, which the random scripts must find."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

Plant = tuple[Any, str, Any]
"""Where, which name, and what stands there instead."""


class Mistakes(dict[str, Callable[[], Plant]]):
    """Mistakes by the name of the function that makes each; used as its decorator."""

    def __call__(self, make: Callable[[], Plant]) -> Callable[[], Plant]:
        self[make.__name__] = make
        return make

    @contextmanager
    def planted(self, name: str) -> Iterator[None]:
        """Run the program with this mistake in it."""
        with patch.object(*self[name]()):
            yield
