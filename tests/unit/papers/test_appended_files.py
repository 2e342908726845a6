"""PDFs of others at the end of a pack: their place in contents and outline, what does not come along, and what is refused."""

from __future__ import annotations

import io
from pathlib import Path
from typing import NamedTuple

import docx
import pypdfium2
import pytest
from docx.oxml.ns import qn

from tests.helpers import foreign_pdfs
from tests.helpers.drawn_lines import drawn_lines, extracted
from tests.helpers.errors import user_error
from tests.helpers.paper_structure import heard
from tests.helpers.second_story import SecondStory
from ucapdesk.model.values import Bilingual
from ucapdesk.papers import printing as papers
from ucapdesk.papers.registry import request_of
from ucapdesk.papers.sections.annexes import MOST_PAGES, pdf_pages
from ucapdesk.services import Desk
from ucapdesk.services.files import packs, word_papers
from ucapdesk.services.records import attached_files, records


class Visit(NamedTuple):
    """A visit whose pack is printed with files at its end."""

    desk: Desk
    id: str

    def attach(self, name: str, content: bytes, title: Bilingual | None = None, **more: object) -> str:
        file = attached_files.attach_bytes(self.desk, self.id, name, content)
        records.edit(self.desk, file, {"title": title, **more})
        return file

    def printed(self, append: str, **choices: object) -> bytes:
        target = io.BytesIO()
        asked = {"sections": ["cover", "contents", "delegation", "annexes"], **choices}
        papers.brief(self.desk, [self.id], target, document="visit_pack", options={"append": append}, **asked)  # type: ignore[arg-type]
        return target.getvalue()


@pytest.fixture
def visit(second_desk: Desk, second_story: SecondStory) -> Visit:
    return Visit(second_desk, second_story["visit"])


INVITATION = Bilingual(en="Invitation of the city", zh="市政府邀请函")


def outline(pdf: bytes) -> list[tuple[str, int]]:
    document = pypdfium2.PdfDocument(pdf)
    try:
        marks = [(each.get_title(), each.get_dest()) for each in document.get_toc()]
        return [(title, dest.get_index() + 1) for title, dest in marks if dest is not None]
    finally:
        document.close()


def pages(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


@pytest.mark.row("X6")
@pytest.mark.parametrize("layout", ["side-by-side", "facing"])
def test_a_file_has_its_place_in_contents_outline_and_page_numbers(visit: Visit, layout: str) -> None:
    file = visit.attach("invitation.pdf", foreign_pdfs.invitation(3), INVITATION)
    without = visit.printed("", layout=layout)
    pdf = visit.printed(file, layout=layout)
    assert pages(pdf) - pages(without) == (3 if layout == "side-by-side" else 4), "on facing pages an even number"
    at = dict(outline(pdf))
    (title,) = (each for each in at if "Invitation of the city" in each)
    assert "市政府邀请函" in title or layout == "facing"
    text = extracted(pdf)
    assert f"Page {pages(pdf)} of {pages(pdf)}" in text, "they are numbered with the others"
    contents = text[: text.index("Page 2 of")] if "Page 2 of" in text else text
    assert "Invitation of the city" in text[: len(contents) + 4000]
    assert "Annexes" not in extracted(without)


@pytest.mark.row("X6")
def test_contents_name_the_file_and_lead_to_it_in_word_too(visit: Visit, tmp_path: Path) -> None:
    """Also those of a whole pack, which name no other parts of parts."""
    file = visit.attach("invitation.pdf", foreign_pdfs.invitation(3), INVITATION)
    pdf = visit.printed(file, sections=())
    assert [each.text for each in drawn_lines(pdf) if each.page == 2 and "Invitation of the city" in each.text]
    paper = papers.paper(visit.desk, [visit.id], document="visit_pack", options={"append": file})
    word_papers.write_paper(paper, tmp_path / "pack.docx")
    body = docx.Document(str(tmp_path / "pack.docx")).element.body
    links = {"".join(each.itertext()): each.get(qn("w:anchor")) for each in body.iter(qn("w:hyperlink"))}
    (anchor,) = (to for text, to in links.items() if "Invitation of the city" in text)
    marks = [(at.get(qn("w:name")), p) for p in body.iter(qn("w:p")) for at in p.iter(qn("w:bookmarkStart"))]
    (heading,) = (p for name, p in marks if name == anchor)
    assert "Invitation of the city" in "".join(heading.itertext())
    assert [each.get(qn("w:val")) for each in heading.iter(qn("w:outlineLvl"))] == ["0"], (
        "Word keeps it in its contents"
    )


def test_what_is_filled_in_and_written_can_be_seen_and_heard(visit: Visit) -> None:
    file = visit.attach("invitation.pdf", foreign_pdfs.invitation(), INVITATION)
    pdf = visit.printed(file)
    figures = [each.text for page in heard(pdf) for each in page if each.role == "Figure"][-2:]
    assert figures == [
        "Invitation of the city, page 1 of 2: Invitation to Zhengzhou, sheet 1",
        "Invitation of the city, page 2 of 2: Invitation to Zhengzhou, sheet 2",
    ]
    filled, empty = (pdf_pages("a.pdf", foreign_pdfs.invitation(value=value))[0] for value in ("Filled in", ""))
    assert filled.picture != empty.picture, "what was typed into its form is drawn"


def test_nothing_of_the_file_itself_comes_along_and_the_same_request_gives_the_same_bytes(visit: Visit) -> None:
    file = visit.attach("invitation.pdf", foreign_pdfs.invitation(), INVITATION)
    pdf = visit.printed(file)
    assert pdf == visit.printed(file)
    for sign in (foreign_pdfs.MARK, "/JavaScript", "/JS", "/AcroForm", "/EmbeddedFile", "/Launch", "/OpenAction"):
        assert sign.encode() not in pdf


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (foreign_pdfs.invitation(password="secret"), "password"),
        (b"%PDF-1.7 torn", "damaged"),
        (b"", "damaged"),
        (foreign_pdfs.invitation()[:900], "damaged"),
        (foreign_pdfs.with_program(), "program"),
        (foreign_pdfs.many_pages(10_000), "10000 pages"),
        (foreign_pdfs.looping(), "damaged"),
        (foreign_pdfs.forms("/X Do /X Do"), "damaged"),
    ],
    ids=["encrypted", "torn", "empty", "cut", "program", "ten thousand pages", "loop", "forms"],
)
def test_a_hostile_file_is_refused_in_a_sentence(visit: Visit, content: bytes, why: str, tmp_path: Path) -> None:
    file = visit.attach("trap.pdf", content)
    asked = papers.request(
        visit.desk, [visit.id], document="visit_pack", sections=["annexes"], options={"append": file}
    )
    with user_error("not-appended", match=why) as refused:
        packs.print_pack(visit.desk, asked, tmp_path / "pack.pdf")
    assert "Nothing was written" in str(refused.value)
    assert not (tmp_path / "pack.pdf").exists()
    assert packs.packs_of(visit.desk, visit.id) == []


def test_as_many_pages_as_are_allowed_are_appended(visit: Visit) -> None:
    file = visit.attach("long.pdf", foreign_pdfs.many_pages(MOST_PAGES))
    assert pages(visit.printed(file)) > MOST_PAGES


def test_an_internal_file_is_for_the_own_side_alone(visit: Visit) -> None:
    file = visit.attach("plan.pdf", foreign_pdfs.invitation(1), INVITATION, internal=True)
    with user_error("not-appended", match="internal"):
        visit.printed(file, edition="hosts")
    assert "Invitation of the city" not in extracted(visit.printed("all", edition="hosts"))
    assert "Invitation of the city" in extracted(visit.printed(file, edition="principal"))
    with user_error("unknown-choice"):
        visit.printed("no-such-file")


def test_several_come_in_the_order_asked_and_again_with_the_pack(visit: Visit) -> None:
    first = visit.attach("a.pdf", foreign_pdfs.invitation(1), Bilingual(en="First file"))
    second = visit.attach("b.pdf", foreign_pdfs.invitation(1) + b"\n", Bilingual(en="Second file"))
    at = dict(outline(visit.printed(f"{second}+{first}")))
    places = [page for title, page in at.items() if "file" in title]
    assert next(title for title in at if "file" in title).endswith("Second file")
    assert places == sorted(places)
    asked = papers.request(
        visit.desk, [visit.id], document="visit_pack", sections=["annexes"], options={"append": f"{second}+{first}"}
    )
    pack = packs.print_pack(visit.desk, asked, io.BytesIO()).pack
    assert request_of(visit.desk, pack).options["append"] == f"{second}+{first}"
