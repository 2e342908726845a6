"""Planted mistakes: one function of the program is replaced by a wrong one, which the random scripts must find."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

Plant = tuple[Any, str, Any]  # Where, which name, and what stands there instead


class Mistakes(dict[str, Plant | Callable[[], Plant]]):
    """Mistakes by name; the decorator of functions that make one."""

    def __call__(self, make: Callable[[], Plant]) -> Callable[[], Plant]:
        self[make.__name__] = make
        return make

    @contextmanager
    def planted(self, name: str) -> Iterator[None]:
        mistake = self[name]
        with patch.object(*(mistake() if callable(mistake) else mistake)):
            yield
