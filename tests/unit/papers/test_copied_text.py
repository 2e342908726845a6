"""Text copied out of a paper has no spaces that nobody wrote, whichever program reads it."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.helpers.drawn_lines import extracted
from tests.helpers.second_story import SecondStory
from ucapdesk.papers import printing as papers
from ucapdesk.services import Desk

STRAY = re.compile(r"[\u4e00-\u9fff] \d|\d [\u4e00-\u9fff]")
WRITTEN = re.compile(r"^(?:– )?[\u4e00-\u9fff]{2,8} \d+$|^\d+(?:\.\d+)? |(?<=日) (?=\d\d:)", re.MULTILINE)
"""A label with its number, the number of a heading, the hour behind a day."""


@pytest.fixture
def programme(second_desk: Desk, second_story: SecondStory) -> bytes:
    file = io.BytesIO()
    papers.brief(second_desk, [second_story["visit"]], file, document="itinerary", languages=["zh"])
    return file.getvalue()


def stray(text: str) -> list[str]:
    return [line for line in text.splitlines() if STRAY.search(WRITTEN.sub("", line))]


def test_pdfium_reads_dates_without_spaces(programme: bytes) -> None:
    text = extracted(programme)  # in which cells of a row follow each other
    assert "2027年4月12日" in text
    assert re.findall(r"[年月第共至] \d|\d [年月日页至室]", text) == []


def test_poppler_reads_dates_without_spaces(programme: bytes, tmp_path: Path) -> None:
    program = shutil.which("pdftotext")
    if program is None:
        pytest.skip("there is no poppler here")
    (tmp_path / "paper.pdf").write_bytes(programme)
    done = subprocess.run([program, "paper.pdf", "-"], capture_output=True, cwd=tmp_path, check=True)
    text = done.stdout.decode()
    assert "2027年4月12日" in text
    assert stray(text) == []
