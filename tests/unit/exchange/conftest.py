"""Ana, who made the workspace, and Chen, who joined it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit.exchange.laptops import Laptop, first_laptop, joined


@pytest.fixture(scope="session")
def _both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Laptop, Laptop]:
    """The two as every test finds them, made once in each test process and closed: copying them is faster."""
    folder = tmp_path_factory.mktemp("laptops")
    ana = first_laptop(folder / "ana")
    ana.add("meeting", "title.en=Opening", "title.zh=开幕式", "tags=water")
    chen = joined(folder / "chen", ana.give("joining.ucapx"), "Chen Yan")
    for laptop in (ana, chen):
        laptop.desk.close()
    return ana, chen


@pytest.fixture
def ana(_both: tuple[Laptop, Laptop], tmp_path: Path) -> Iterator[Laptop]:
    laptop = _both[0].cloned(tmp_path / "ana")
    yield laptop
    laptop.desk.close()


@pytest.fixture
def chen(_both: tuple[Laptop, Laptop], tmp_path: Path) -> Iterator[Laptop]:
    laptop = _both[1].cloned(tmp_path / "chen")
    yield laptop
    laptop.desk.close()


@pytest.fixture
def visit(ana: Laptop) -> str:
    return ana.add("visit", "title.en=Spring visit", "dates=2027-04-14/2027-04-18")


@pytest.fixture
def wei(ana: Laptop) -> str:
    return ana.add("person", "name.family=Zhang", "name.given=Wei")
