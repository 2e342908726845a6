"""A picture of the first page of every paper, told from one story, for the README and the manual."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pypdfium2

from tests.helpers.clock import FrozenClock
from tests.unit.papers.story import Story, tell
from ucapdesk.papers import printing as papers
from ucapdesk.services import Desk

SHOWN = {"visit_pack": 2}
"""Pages, from 0, of papers whose first one is a cover or the like."""
README = {"cover": ("visit_pack", 0), "programme": ("itinerary", 0), "seating": ("seating_plan", 0)}
OTHERS = {"cars": ("seating_plan", "room", "cars"), "badge_folded": ("badges", "card", "badge-a4")}
"""More pictures of papers that have several forms: the document, and the choice that makes the form."""
SCALE, LARGE = 0.6, 1.1


def draw_every_paper(folder: Path) -> None:
    """``papers/<document>`` for each of them, and the three pages of the README, larger."""
    (folder / "papers").mkdir(exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as scratch,
        Desk.create(Path(scratch) / "desk", name="Liuzhou", person="Ana", clock=FrozenClock()) as desk,
    ):
        story = tell(desk)
        known = {each.name: each for each in papers.documents() if _one(story, each)}
        made = {name: _made(desk, story, each) for name, each in known.items()}
        made |= {
            name: _made(desk, story, known[document], {option: value})
            for name, (document, option, value) in OTHERS.items()
        }
    for name, pdf in made.items():
        _draw(pdf, SHOWN.get(name, 0), SCALE, folder / "papers" / f"{name}.png")
    for picture, (name, page) in README.items():
        _draw(made[name], page, LARGE, folder / f"{picture}.png")


def _one(story: Story, document: papers.DocumentInfo) -> list[str]:
    """The record a paper is about: the first of the first kind that there is one of."""
    return next((story.ids[kind][:1] for kind in document.kinds if story.ids.get(kind)), [])


def _made(
    desk: Desk, story: Story, document: papers.DocumentInfo, options: Mapping[str, str] = MappingProxyType({})
) -> bytes:
    file = io.BytesIO()
    edition = next((each.code for each in document.editions if each.code == "hosts"), None)
    papers.brief(desk, _one(story, document), file, document=document.name, edition=edition, options=options)
    return file.getvalue()


def _draw(pdf: bytes, page: int, scale: float, target: Path) -> None:
    document = pypdfium2.PdfDocument(pdf)
    picture = document[min(page, len(document) - 1)].render(scale=scale).to_pil()
    picture.quantize(64).save(target, optimize=True)
    document.close()
