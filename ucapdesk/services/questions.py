"""Cells that several people wrote at once: which they are, and choosing between the values."""

from __future__ import annotations

from ucapdesk.base.json_text import Json
from ucapdesk.store.desk import Desk, Question

__all__ = ["Question", "decide", "questions"]


def questions(desk: Desk) -> list[Question]:
    """What is to be decided, and what was merged by itself, in records that are not in the Trash."""
    return desk.questions()


def decide(desk: Desk, id_: str, cell: str, value: Json, *, initiator: object = None) -> None:
    """Choose a value, one of the candidates or another."""
    desk.decide(id_, cell, value, initiator=initiator)
