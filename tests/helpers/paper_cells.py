"""The words of the tables and texts of a paper that is not yet typeset."""

from __future__ import annotations

from ucapdesk.briefing.blocks.content import Block, Cell, Group, Table, Text
from ucapdesk.briefing.blocks.elements import Para, Words


def first_words(cell: Cell) -> Words:
    assert isinstance(cell[0], Para)
    return cell[0].words


def words_of_rows(block: Block) -> list[list[Words]]:
    assert isinstance(block, Table)
    return [[first_words(cell) for cell in row] for row in block.rows if not isinstance(row, Group)]


def words_of_text(block: Block) -> Words:
    assert isinstance(block, Text)
    return first_words(block.paras)
