"""How the second story is told: records by names of their own, texts as English with or without Chinese."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import Any

from PIL import Image, ImageDraw

from tests.unit.papers.story import Story
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import Bilingual, FileRef
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.store.save import Save


def arms(field: str, charge: str) -> bytes:
    picture = Image.new("RGB", (120, 140), "white")
    pen = ImageDraw.Draw(picture)
    pen.polygon([(8, 8), (112, 8), (112, 80), (60, 132), (8, 80)], fill=field, outline="black")
    pen.ellipse((38, 34, 82, 78), fill=charge)
    return _png(picture)


def portrait(ground: str) -> bytes:
    picture = Image.new("RGB", (120, 150), ground)
    pen = ImageDraw.Draw(picture)
    pen.ellipse((15, 95, 105, 215), fill="#2f3b4c")
    pen.ellipse((37, 25, 83, 85), fill="#d9b08c")
    return _png(picture)


def _png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.quantize(16).save(file, "PNG", optimize=True)
    return file.getvalue()


@dataclass
class SecondStory(Story):
    """Its records by kind, and those that have a name by it."""

    named: dict[str, str] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        return self.named[name]


def both(en: str, zh: str | None = None) -> Bilingual:
    """A text in English, and in Chinese where it was translated already."""
    return Bilingual(en=en, zh=zh) if zh else Bilingual(en=en)


class Teller:
    """Makes the records of the story within one save."""

    def __init__(self, desk: Desk, work: Save) -> None:
        self._desk, self._work, self.story = desk, work, SecondStory()

    def __getitem__(self, name: str) -> str:
        return self.story[name]

    def all(self, *names: str) -> list[str]:
        return [self.story[name] for name in names]

    def new(self, kind: str, key: str = "", /, **values: Any) -> str:
        """A record; a value of None is left out. With a key it is found again."""
        known = {field: value for field, value in values.items() if value is not None}
        return self._note(kind, str(self._work.new(KINDS[kind].cls, **known).id), key)

    def country(self, code: str, name: Bilingual, **values: Any) -> None:
        """A country: the one a new workspace holds, or one made here."""
        held = (id_ for id_ in records.listing(self._desk, "country") if self._code(id_) == code)
        found = next(held, None)
        if found is None:
            self.new("country", code, alpha2=code, name=name, **values)
        else:
            self._note("country", found, code)

    def _code(self, id_: str) -> str | None:
        return getattr(self._desk.read.record(id_), "alpha2", None)

    def _note(self, kind: str, id_: str, name: str) -> str:
        self.story.ids.setdefault(kind, []).append(id_)
        if name:
            self.story.named[name] = id_
        return id_

    def arms(self, name: str, *colours: str) -> FileRef:
        return self._file(f"{name}.png", arms(*colours))

    def portrait(self, name: str, colour: str) -> FileRef:
        return self._file(f"{name}.png", portrait(colour))

    def _file(self, name: str, png: bytes) -> FileRef:
        return self._desk.workspace.files.put(png, name=name, mime="image/png")
