"""Lines of a PDF become the paragraphs they were: in narrow cells, in several lines, with air between them, struck through."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer, Table

from tests.unit.formats.papers import pdf_font
from ucapdesk.formats.blocks.block_types import DELETED, NUMBERING, Blocks, Grid, Text
from ucapdesk.formats.blocks.pdf import ruled_pages
from ucapdesk.formats.blocks.pdf_tables import pdf_blocks


def _read(path: Path, *flow: Flowable) -> Blocks:
    SimpleDocTemplate(str(path), pagesize=A4).build(list(flow))
    return pdf_blocks(path.name, path.read_bytes())


def _paragraph(text: str, wrap: str | None = None) -> Paragraph:
    return Paragraph(text, ParagraphStyle("a", fontName=pdf_font(), fontSize=10, leading=13, wordWrap=wrap))


def _cell(path: Path, text: str, width: float, wrap: str | None = None) -> str:
    rows = [[_paragraph("Themes"), _paragraph(text, wrap)], [_paragraph("Visits"), _paragraph("none")]]
    made = _read(path, Table(rows, colWidths=[100, width + 12], style=[("GRID", (0, 0), (-1, -1), 0.5, "black")]))
    return next(part for part in made.parts if isinstance(part, Grid)).rows[0][1].text


@pytest.mark.parametrize(
    ("text", "width", "wrap"),
    [
        ("Ocean technology accelerator", 70, None),
        ("Xiamen Ocean Bureau", 72, None),
        ("2018年10月22日至25日", 60, "CJK"),
        ("城市合作行动计划与可持续发展目标以及各个伙伴城市", 76, "CJK"),
        ("029-86787000", 52, "CJK"),
        ("anna.kowalska@um.krakow.pl", 62, "CJK"),
        ("Bureau (International Affairs 中山市民政局)", 140, None),
    ],
)
def test_a_line_that_ends_early_in_a_narrow_cell_parts_nothing(
    tmp_path: Path, text: str, width: float, wrap: str | None
) -> None:
    assert _cell(tmp_path / "a.pdf", text, width, wrap) == text


def test_a_line_ends_a_paragraph_where_the_next_word_had_room(tmp_path: Path) -> None:
    assert _cell(tmp_path / "a.pdf", "Two schools<br/>Study tour", 160) == "Two schools\nStudy tour"
    assert _cell(tmp_path / "a.pdf", "约60人参加<br/>济南摄影展", 160, "CJK") == "约60人参加\n济南摄影展"


def test_air_parts_paragraphs_though_their_lines_are_full(tmp_path: Path) -> None:
    one = "May 2019, Wuhan: a workshop on sponge cities with 25 participants and with a fair of suppliers"
    made = _read(tmp_path / "a.pdf", _paragraph(f"{one} {one}"), Spacer(1, 10), _paragraph(f"{one} {one}"))
    assert made.parts == (Text(f"{one} {one}"), Text(f"{one} {one}"))


def test_struck_text_is_told_apart_and_underlined_text_stays(tmp_path: Path) -> None:
    rows = [
        [_paragraph("Population"), _paragraph("<strike>349,983</strike> 352,751")],
        [_paragraph("Contact"), _paragraph("<u>a@aarhus.dk</u><br/>Aarhus City")],
        [_paragraph("Area"), _paragraph("91 km2")],
    ]
    made = _read(
        tmp_path / "a.pdf", Table(rows, colWidths=[100, 200], style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])
    )
    grid, gone = made.parts
    assert isinstance(grid, Grid)
    assert [[cell.text for cell in row] for row in grid.rows] == [
        ["Population", "352,751"], ["Contact", "a@aarhus.dk\nAarhus City"], ["Area", "91 km2"],
    ]  # fmt: skip
    assert isinstance(gone, Text)
    assert (gone.text.strip(), gone.place) == ("349,983", DELETED)


def test_a_table_without_lines_within_a_cell_gives_its_rows(tmp_path: Path) -> None:
    inner = Table(
        [[_paragraph("1"), _paragraph("District heating: waste heat")], [_paragraph("2"), _paragraph("Wind energy")]],
        colWidths=[80, 100],
        style=[("VALIGN", (0, 0), (-1, -1), "TOP")],
    )
    rows: list[list[Flowable]] = [[_paragraph("Themes"), inner], [_paragraph("Goal"), _paragraph("Cleaner heat")]]
    made = _read(
        tmp_path / "a.pdf", Table(rows, colWidths=[100, 200], style=[("GRID", (0, 0), (-1, -1), 0.5, "black")])
    )
    grid = made.parts[0]
    assert isinstance(grid, Grid)
    assert grid.rows[0][1].text == "→ District heating: waste heat\n→ Wind energy"
    assert made.parts[1:] == (Text("1", NUMBERING), Text("2", NUMBERING))


def test_a_cell_over_two_pages_is_one_and_a_row_without_a_label_stays_its_own(tmp_path: Path) -> None:
    visit = "Porto delegation to Shenzhen: 18-21 March 2019 with many people of the city council and of the port"
    lines: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]

    def read(*rows: list[Flowable | str], above: int = 640) -> list[list[str]]:
        table = Table(
            [[_paragraph("Cities"), _paragraph("Porto")], *rows], colWidths=[100, 130], style=lines, splitInRow=1
        )
        made = _read(tmp_path / "a.pdf", Spacer(1, above), table)
        assert made.pages == 2
        return [[cell.text for cell in row] for part in made.parts if isinstance(part, Grid) for row in part.rows]

    last: list[Flowable | str] = [_paragraph("Goal"), _paragraph("Heat")]
    for above in (600, 620, 630, 640):
        found = read([_paragraph("Visits"), _paragraph(visit)], last, above=above)
        assert found == [["Cities", "Porto"], ["Visits", visit], ["Goal", "Heat"]]
    rows = read([_paragraph("Visits"), _paragraph("June")], ["", _paragraph("July")], ["", _paragraph("Autumn")], last)
    assert [row for row in rows if row[0] == ""] == [["", "July"], ["", "Autumn"]]


@pytest.mark.parametrize("thick", [0.5, 1.0])
def test_every_ruled_line_parts_rows_also_thick_ones_below_a_shaded_head(tmp_path: Path, thick: float) -> None:
    rows = [[_paragraph(f"Row {n}"), _paragraph("none")] for n in range(10)]
    look: list[Any] = [("LINEBELOW", (0, 0), (-1, -1), thick, "black"), ("BACKGROUND", (0, 0), (-1, 0), "lightgrey")]
    _read(tmp_path / "a.pdf", Table(rows, colWidths=[100, 200], style=look))
    (page,) = ruled_pages("a.pdf", (tmp_path / "a.pdf").read_bytes())
    assert len(page.rules) == len(rows)
