"""Cleans pasted text: plain, no invisible characters, line breaks only where the box has several lines."""

from __future__ import annotations

import csv
import re

from ucapdesk.base.fold import HAN_RUN

_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
"""Control characters that no text needs and no database keeps."""
_TRAILING = re.compile("[ \t\xa0]+(?=\n|$)")
"""White space at the end of a line. The full-width space stays: it is a Chinese character."""


def as_pasted(text: str, *, one_line: bool) -> str:
    """Return pasted text as a box takes it; in a box of one line a line break becomes a space."""
    text = _TRAILING.sub("", _INVISIBLE.sub("", _BREAKS.sub("\n", text)))
    return re.sub(r"[ \t]*[\n\t]\s*", " ", text).strip(" ") if one_line else text


def two_columns(text: str) -> tuple[str, str] | None:
    """Return the two columns of a table copied from Excel or Word, each as lines; None for anything else."""
    text = _BREAKS.sub("\n", text).strip("\n")
    if "\t" not in text:
        return None
    try:
        rows = list(csv.reader(text.splitlines(keepends=True), delimiter="\t", strict=True))
    except csv.Error:  # a quotation mark that is text
        rows = [line.split("\t") for line in text.split("\n")]
    if any(len(row) != 2 for row in rows):
        return None
    first, second = ("\n".join(column) for column in zip(*rows, strict=True))
    return (first, second) if first.strip() and second.strip() else None


def is_chinese(text: str) -> bool:
    """Return whether the text has Chinese characters."""
    return HAN_RUN.search(text) is not None
