"""One gap or clash in a paper to be printed, and where to mend it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Gap:
    """A gap or clash in a paper.

    Attributes:
        code: What sort of gap it is.
        kind: The kind of the record to mend; empty where none is to blame.
        id: Its id.
        field: Its field.
        text: What lacks, in a sentence of the reader's language.
        language: The language that lacks, where one does.
    """

    code: str
    kind: str
    id: str
    field: str
    text: str
    language: str = ""
