"""The same paper from any kind of file gives the same; any other file gives one clear sentence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from tests.unit.formats.papers import LIUZHOU, MADE_UP, as_text, rows, same_words, write_docx, write_pdf
from ucapdesk.base.errors import Failure, UserError
from ucapdesk.formats import errors
from ucapdesk.formats.blocks import markup
from ucapdesk.formats.glance import glance_table as tables
from ucapdesk.formats.glance.extract import understand
from ucapdesk.formats.glance.glance_table import assign, read, read_lines
from ucapdesk.formats.glance.record_drafts import drafts

PAPERS = {"liuzhou": LIUZHOU, "summary": MADE_UP / "summary-made-up.txt"}


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("ruled", [True, False])
def test_word_and_pdf_say_the_same_as_text(paper: str, ruled: bool, tmp_path: Path) -> None:
    title, table = rows(PAPERS[paper])
    plain = read(PAPERS[paper])
    word_made = read(write_docx(tmp_path / "a.docx", title, table))
    pdf = read(write_pdf(tmp_path / "a.pdf", title, table, ruled=ruled))
    assert same_words(word_made) == same_words(plain)
    assert same_words(pdf) == same_words(plain)
    assert understand(word_made) == understand(pdf) == understand(plain)
    ids = [[draft.id for draft in drafts(understand(made))] for made in (plain, word_made, pdf)]
    assert ids[0] == ids[1] == ids[2]
    assert (word_made.source.kind, pdf.source.kind, pdf.source.pages) == ("docx", "pdf", pdf.source.pages)


def test_the_pdf_of_the_liuzhou_paper_has_two_pages(tmp_path: Path) -> None:
    assert read(write_pdf(tmp_path / "a.pdf", *rows())).source.pages == 2


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_text_is_read_in_the_encodings_people_save_in(encoding: str, ends: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_bytes(LIUZHOU.read_text("utf-8").replace("\n", ends).encode(encoding))
    assert understand(read(path)) == understand(read(LIUZHOU))


def test_western_letters_in_an_old_encoding_are_not_taken_for_chinese(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    text = LIUZHOU.read_text("utf-8").replace("→", "•").replace("○", "•")
    path.write_bytes(text.encode("cp1252"))
    assert understand(read(path)).contacts[8].family == "Gándara"


def test_bullets_that_word_draws_itself_are_seen(tmp_path: Path) -> None:
    title, table = rows()
    document = docx.Document(str(write_docx(tmp_path / "a.docx", title, table)))
    cell = document.tables[0].rows[9].cells[1]
    merged = table[9].cells[0] + table[10].cells[0]
    cell.text = ""
    for part in merged.replace("○", "→ ○").split("→")[1:]:
        style = "List Bullet 2" if "○" in part else "List Bullet"
        cell.add_paragraph(part.replace("○", "").strip(), style=style)
    document.tables[0].rows[10].cells[1].text = ""
    document.save(str(tmp_path / "b.docx"))
    glance = understand(read(tmp_path / "b.docx"))
    assert glance.meetings == understand(read(LIUZHOU)).meetings
    assert glance.outputs == understand(read(LIUZHOU)).outputs


def test_words_around_the_table_of_a_word_document_are_kept_apart(tmp_path: Path) -> None:
    document = docx.Document(str(write_docx(tmp_path / "a.docx", *rows())))
    document.add_paragraph("Printed for the mayor, July 2020")
    document.save(str(tmp_path / "b.docx"))
    glance = understand(read(tmp_path / "b.docx"))
    assert glance.title == rows()[0]
    assert [row.cells[0] for row in glance.unplaced] == ["Printed for the mayor, July 2020"]
    codes = {oddity.code for oddity in glance.oddities}
    assert "stray_text" in codes
    assert "no_date" not in codes


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _blank(path: Path) -> None:
    path.write_bytes(b"\xff\xfe \0\n\0")


def _binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 20)


def _huge(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(tables.LIMIT + 1)


def _wordy(path: Path) -> None:
    path.write_text(LIUZHOU.read_text("utf-8") + "Cities\t" + "A " * 150_000, "utf-8")


def _letter(path: Path) -> None:
    path.write_text("Dear friends,\nthank you for the tea.\n", "utf-8")


def _without_cities(path: Path) -> None:
    title, table = rows()
    path.write_text(as_text(title, table[1:]), "utf-8")


def _cities_left_empty(path: Path) -> None:
    path.write_text(
        LIUZHOU.read_text("utf-8").replace("Cities\tLiuzhou\tBarcelona", "Cities\t\t").split("\n", 7)[7], "utf-8"
    )


def _folder(path: Path) -> None:
    path.mkdir()


def _missing(path: Path) -> None:
    assert not path.exists()


def _zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("photo.txt", "no document")


def _torn_word(path: Path) -> None:
    write_docx(path, *rows())
    path.write_bytes(path.read_bytes()[:3000])


def _bad_word(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w:document>")


def _bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("word/document.xml", "0" * (markup.UNPACKED_LIMIT + 1))


def _torn_pdf(path: Path) -> None:
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<<")


def _locked_pdf(path: Path) -> None:
    made = io.BytesIO()
    canvas = Canvas(made, encrypt=StandardEncryption("secret", "owner", canPrint=0))
    canvas.drawString(72, 700, "Cities")
    canvas.save()
    path.write_bytes(made.getvalue())


def _scan(path: Path) -> None:
    canvas = Canvas(str(path))
    canvas.rect(72, 72, 300, 300)
    canvas.save()


def _other_pdf(path: Path) -> None:
    canvas = Canvas(str(path))
    canvas.drawString(72, 700, "Dear friends, thank you for the tea.")
    canvas.save()


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (_empty, errors.FileEmpty),
        (_blank, errors.FileEmpty),
        (_binary, errors.FileKindUnknown),
        (_huge, errors.FileTooLarge),
        (_wordy, errors.TEXT_TOO_LONG),
        (_letter, errors.NotAGlance),
        (_without_cities, errors.NotAGlance),
        (_cities_left_empty, errors.NotAGlance),
        (_folder, errors.FILE_UNREADABLE),
        (_missing, errors.FILE_UNREADABLE),
        (_zip, errors.FileKindUnknown),
        (_torn_word, errors.DOCUMENT_DAMAGED),
        (_bad_word, errors.DOCUMENT_DAMAGED),
        (_bomb, errors.FileTooLarge),
        (_torn_pdf, errors.DOCUMENT_DAMAGED),
        (_locked_pdf, errors.DOCUMENT_PROTECTED),
        (_scan, errors.NoTextInDocument),
        (_other_pdf, errors.NotAGlance),
    ],
)
def test_a_file_that_is_no_such_paper_gets_one_sentence(
    make: Callable[[Path], None], error: type[UserError] | Failure, tmp_path: Path
) -> None:
    path = tmp_path / "paper.doc"
    make(path)
    with pytest.raises(UserError) as raised:
        understand(read(path))
    assert raised.value.sentence == error.sentence
    said = raised.value.say("en")
    assert "paper.doc" in said
    assert "Nothing was changed" in said
    assert "{" not in said


def test_the_sentence_names_the_rows_that_are_missing(tmp_path: Path) -> None:
    title, table = rows()
    (tmp_path / "a.txt").write_text(as_text(title, [*table[1:6], *table[8:9]]), "utf-8")
    with pytest.raises(errors.NotAGlance, match=r"“Cities”, “Cooperation themes”, .*“Short description"):
        understand(read(tmp_path / "a.txt"))


def test_text_without_labels_can_be_assigned_by_hand(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "loose.pdf"))
    for at, line in enumerate(
        ["Eastford and Westford, made up", "Trams: New lines (SDG 11)", "Learn", "1st meeting May 2019"]
    ):
        canvas.drawString(72, 700 - 20 * at, line)
    canvas.save()
    lines = read_lines(tmp_path / "loose.pdf")
    assert lines[1] == "Trams: New lines (SDG 11)"
    with pytest.raises(errors.NotAGlance) as raised:
        read(tmp_path / "loose.pdf")
    assert "“Cities”" in raised.value.say("en")
    fields: dict[str, str | tuple[str, str]] = {}
    fields |= {
        "cities": ("Eastford", "Westford"),
        "themes": lines[1],
        "objective": lines[2],
        "contacts.B": "Mr Jan Smit",
    }
    made = assign(lines, fields, tables.source_of(tmp_path / "loose.pdf"))
    glance = understand(made)
    assert glance.themes[0].sdgs[0].goals == (11,)
    assert glance.contacts[0].place == "Westford"
    assert "made up" in glance.unplaced[0].cells[0]
    assert "1st meeting" in glance.unplaced[0].cells[0]


@pytest.mark.parametrize("path", PAPERS.values())
def test_lines_for_assigning_hold_the_whole_text(path: Path, tmp_path: Path) -> None:
    title, table = rows(path)
    wanted = " ".join(as_text(title, table).split())
    assert " ".join(read_lines(path)) == wanted
    assert " ".join(read_lines(write_docx(tmp_path / "a.docx", title, table))) == wanted
    pdf = " ".join(read_lines(write_pdf(tmp_path / "a.pdf", title, table)))
    assert sorted(pdf.split()) == sorted(wanted.split())
