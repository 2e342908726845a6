"""An accepted laptop whose packages are made by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.helpers.package_maker import Hand, Opened
from tests.unit.exchange.laptops import Laptop
from ucapdesk.base.ids import new_id


class Insider:
    """Chen, whose laptop was accepted, with a package maker of his own."""

    def __init__(self, ana: Laptop, chen: Laptop, folder: Path) -> None:
        self.ana, self.folder = ana, folder
        folder.mkdir(exist_ok=True)
        chen.add("meeting", "title.en=Harmless")
        self.hand = Hand.of(chen.config, "Chen Yan")
        self.opened = Opened(chen.give(f"{new_id()}.ucapx"))
        self.log = self.opened.log_of(self.hand)

    def package(self, *rows: Any) -> Path:
        """A further changeset of his, in a package that is signed as it should be."""
        return self.opened.with_log(self.hand, self.log.save(*rows)).write(self.folder / f"{new_id()}.ucapx")


def erase(id_: str, kind: str = "person") -> list[Any]:
    """The line of a changeset that removes a record for good."""
    return ["~erase", id_, {"kind": kind, "names": []}]
