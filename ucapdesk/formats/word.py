"""Writes editable Word documents (.docx): headings, paragraphs and tables in named styles, each text marked with its language.

``word_document`` describes one, ``word_elements`` makes its XML, ``word_styles`` its styles.
"""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

from ucapdesk.formats.whole_files import write_file
from ucapdesk.formats.word_document import WordFile


def write_word(target: Path, told: WordFile) -> None:
    """Write a document, whole or not at all."""
    write_file(target, word_of(told))


def word_of(told: WordFile) -> bytes:
    """Return a document as bytes: the same for the same contents."""
    from ucapdesk.formats.word_elements import built

    held = io.BytesIO()
    built(told).save(held)
    return _dated(held, told.time)


def _dated(held: io.BytesIO, time: datetime) -> bytes:
    """Return the archive with the time of its contents instead of the computer's."""
    dated = io.BytesIO()
    with zipfile.ZipFile(held) as made, zipfile.ZipFile(dated, "w", zipfile.ZIP_DEFLATED) as target:
        for name in made.namelist():
            info = zipfile.ZipInfo(name, time.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, made.read(name))
    return dated.getvalue()
