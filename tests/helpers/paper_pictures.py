"""A picture of the first page of every paper, told from one story, for the README and the manual."""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import Any

import pypdfium2

from tests.helpers.clock import FrozenClock
from tests.helpers.logos import logo, skyline
from tests.unit.papers.story import Story, tell
from ucapdesk.model.values import Bilingual
from ucapdesk.papers import printing as papers
from ucapdesk.papers.registry import DocumentInfo
from ucapdesk.services import Desk
from ucapdesk.services.records import records

SHOWN = {"visit_pack": 2}
"""Pages, from 0, of papers whose first one is a cover or the like."""
README = {"cover": ("visit_pack", 0), "programme": ("itinerary", 0), "seating": ("seating_plan", 0)}
OTHERS: dict[str, tuple[str, dict[str, Any]]] = {
    "cars": ("seating_plan", {"options": {"room": "cars"}}),
    "badge_folded": ("badges", {"options": {"card": "badge-a4"}}),
    "official_letter": (
        "invitation_letter",
        {"page": "official", "languages": ("zh",), "options": {"number": "柳外函〔2026〕12号", "date": "2026-10-12"}},
    ),
}
"""More pictures of papers that have several forms: the document, and what is chosen to make the form."""
STYLED = {"styled_pack": ("visit_pack", {"layout": "side-by-side"}), "styled_letter": ("invitation_letter", {})}
"""Pictures of papers in a house style."""
SCALE, LARGE = 0.6, 1.1
STYLE_COLOUR = "#8A1C2B"


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
        made |= {name: _made(desk, story, known[document], **choices) for name, (document, choices) in OTHERS.items()}
        _add_style(desk)
        made |= {name: _made(desk, story, known[document], **choices) for name, (document, choices) in STYLED.items()}
    for name, pdf in made.items():
        _draw(pdf, SHOWN.get(name, 0), SCALE, folder / "papers" / f"{name}.png")
    for picture, (name, page) in README.items():
        _draw(made[name], page, LARGE, folder / f"{picture}.png")


def _one(story: Story, document: DocumentInfo) -> list[str]:
    return next((story.ids[kind][:1] for kind in document.kinds if story.ids.get(kind)), [])


def _add_style(desk: Desk) -> None:
    files = desk.workspace.files
    records.add(
        desk,
        "house_style",
        {
            "office": Bilingual(en="Liuzhou Foreign Affairs Office", zh="柳州市人民政府外事办公室"),
            "phone": "+86 772 282 5200",
            "accent": STYLE_COLOUR,
            "logo": files.put(logo(STYLE_COLOUR, (200, 200)), name="logo.png"),
            "cover": files.put(skyline(STYLE_COLOUR), name="cover.png"),
            "footer": Bilingual(en="66 Sanzhong Road, Liuzhou", zh="柳州市三中路66号"),
        },
    )


def _made(desk: Desk, story: Story, document: DocumentInfo, **choices: Any) -> bytes:
    file = io.BytesIO()
    edition = next((each.code for each in document.editions if each.code == "hosts"), None)
    papers.brief(desk, _one(story, document), file, document=document.name, edition=edition, **choices)
    return file.getvalue()


def _draw(pdf: bytes, page: int, scale: float, target: Path) -> None:
    document = pypdfium2.PdfDocument(pdf)
    picture = document[min(page, len(document) - 1)].render(scale=scale).to_pil()
    picture.quantize(64).save(target, optimize=True)
    document.close()
