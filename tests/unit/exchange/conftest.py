"""Ana, who made the workspace, and Chen, who joined it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.exchange.laptops import Laptop, first_laptop, joined


@pytest.fixture
def ana(tmp_path: Path) -> Iterator[Laptop]:
    """Made the workspace and wrote a meeting into it."""
    laptop = first_laptop(tmp_path / "ana")
    laptop.add("meeting", "title.en=Opening", "title.zh=开幕式", "tags=water")
    yield laptop
    laptop.desk.close()


@pytest.fixture
def chen(ana: Laptop, tmp_path: Path) -> Iterator[Laptop]:
    """Joined from Ana's package."""
    laptop = joined(tmp_path / "chen", ana.give("joining.ucapx"), "Chen Yan")
    yield laptop
    laptop.desk.close()
