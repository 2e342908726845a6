"""The question before a record is trashed that others link to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ucapdesk.base.i18n import ntr, tr
from ucapdesk.services import Desk
from ucapdesk.services.records import records
from ucapdesk.services.records.link_usage import usage
from ucapdesk.ui.toolkit.plain_text import ask


def may_go(desk: Desk, ids: Sequence[str], parent: QWidget) -> bool:
    """Return whether records may be trashed: nothing else links to them, or the user confirms after reading what does."""
    found = usage(desk, ids)
    if not found.total:
        return True
    after = tr("trash", "There it is missing as long as it is in the Trash. Undo and the Trash bring it back.")
    said = "\n".join([_question(desk, ids, found.total), *(f"• {each}" for each in found.lines()), "", after])
    answers = [tr("trash", "Move to the Trash"), tr("window", "Keep it")]
    return ask(parent.window(), "trash.question", said, answers) == 0


def _question(desk: Desk, ids: Sequence[str], n: int) -> str:
    if len(ids) > 1:
        return ntr("trash", "The selected records are used in {n} other record:",
                   "The selected records are used in {n} other records:", n)  # fmt: skip
    title = " ".join(records.title(desk, ids[0]).split())
    return ntr(
        "trash", "“{title}” is used in {n} other record:", "“{title}” is used in {n} other records:", n, title=title
    )
