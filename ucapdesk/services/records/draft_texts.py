"""Drafts of unsaved typing: kept a moment after the last key, saved when the field is left or at the next start."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import language, tr
from ucapdesk.base.json_text import Json
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.text.fields_in_words import label_of
from ucapdesk.model.values import Bilingual
from ucapdesk.store import drafts
from ucapdesk.store.desk import Desk
from ucapdesk.store.drafts import Draft
from ucapdesk.store.read.history_in_words import say_cell
from ucapdesk.store.save import Seen

HALF = "~"  # Prefix of a field whose draft is not a valid value yet
NEW_RECORD = "new:"  # Prefix of the id of such drafts of a record that is not created: its kind and owner follow
NEW_LINE_CELL = "+"  # The cell of a line that is not added to its record yet; its draft has an id of its own


@dataclass(frozen=True, slots=True)
class LeftoverDraft:
    """A draft left when the program ended. ``error``: why it could not be saved; it is still kept.

    Attributes:
        half: By field: the invalid text, box by box, for the form to show again.
    """

    kind: str
    id: str
    cells: Mapping[str, Json]
    error: UserError | None = None
    half: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def place(self) -> str:
        return [*self.cells, *self.half][-1]


def keep(desk: Desk, kind: str, id_: str, cell: str, value: Json, seen: Seen) -> None:  # noqa: PLR0917
    """Keep the text typed into a cell so far.

    Args:
        desk: The workspace.
        kind: Of the record.
        id_: The record, which need not be there yet.
        cell: The field, or one language of it (``title.zh``).
        value: As the log would hold it.
        seen: Heads of the record when the field got the focus.
    """
    drafts.keep(desk, Draft(kind, id_, cell, value, seen))


def keep_half(desk: Desk, kind: str, id_: str, field_name: str, texts: list[str], seen: Seen) -> None:  # noqa: PLR0917
    """Keep typed text that is no valid value yet, such as half a date: the text of each box of the field."""
    drafts.keep(desk, Draft(kind, id_, f"{HALF}{field_name}", texts, seen))


def halves(desk: Desk) -> dict[tuple[str, str], list[str]]:
    kept = (draft for draft in drafts.kept(desk) if draft.cell.startswith(HALF))
    return {(draft.id, draft.cell.removeprefix(HALF)): draft.value for draft in kept}


def drop_half(desk: Desk, id_: str, field_name: str) -> None:
    drafts.drop(desk, id_, f"{HALF}{field_name}")


def keep_line(desk: Desk, id_: str, name: str, text: str) -> None:
    """Keep the text of a line in which parts of a record are typed before they are added; nothing for an empty one."""
    key = f"{id_}{NEW_LINE_CELL}{name}"
    if text.strip():
        drafts.keep(desk, Draft("", key, NEW_LINE_CELL, text, {}))
    else:
        drafts.drop(desk, key)


def line(desk: Desk, id_: str, name: str) -> str:
    return next((str(each.value) for each in drafts.kept(desk) if each.id == f"{id_}{NEW_LINE_CELL}{name}"), "")


def drop(desk: Desk, id_: str, cell: str | None = None) -> None:
    drafts.drop(desk, id_, cell)


def commit_left_over(desk: Desk) -> list[LeftoverDraft]:
    """Save the drafts left when the program ended unexpectedly, a step for each record; return the result of each.

    Text that is no valid value yet stays a draft, for the form of its record to show again.
    """
    all_ = (draft for draft in drafts.kept(desk) if draft.cell != NEW_LINE_CELL and not draft.id.startswith(NEW_RECORD))
    kept = sorted(all_, key=lambda draft: draft.id)
    return [_commit(desk, list(of_one)) for _, of_one in groupby(kept, key=lambda draft: draft.id)]


def say_refused(desk: Desk, left: LeftoverDraft) -> str:
    """Return in words what could not be saved, in which field of which record, and why; empty for what was saved."""
    if left.error is None:
        return ""
    title = desk.read.titles([left.id], language()).get(left.id) or KINDS[left.kind].label()
    said = say_cell(desk, left.kind, left.place, left.cells.get(left.place))
    field = label_of(left.kind, left.place)
    return tr("window", "“{title}”, {field}: “{text}” is not saved. {why}", title=title, field=field, text=said,
              why=left.error.say())  # fmt: skip


def _commit(desk: Desk, of_one: list[Draft]) -> LeftoverDraft:
    first, cells = of_one[0], {draft.cell: draft.value for draft in of_one if not draft.cell.startswith(HALF)}
    half = {draft.cell.removeprefix(HALF): draft.value for draft in of_one if draft.cell.startswith(HALF)}
    try:
        if cells:
            _save(desk, first, cells, {cell: at for draft in of_one for cell, at in draft.seen.items()})
    except (UserError, ValueError) as error:
        return LeftoverDraft(first.kind, first.id, cells, error if isinstance(error, UserError) else None)
    for cell in cells:
        drafts.drop(desk, first.id, cell)
    return LeftoverDraft(first.kind, first.id, cells, half=half)


def _save(desk: Desk, draft: Draft, cells: Mapping[str, Json], seen: Seen) -> None:
    kind = KINDS[draft.kind]
    label = ["draft.keep", {"id": draft.id, "kind": draft.kind, "fields": sorted(cells)}]
    there = desk.read.record(draft.id)
    with desk.save(label) as work:
        record = work.get(kind.cls, draft.id) if there else None
        values = _values(draft.kind, cells.items(), record)
        if record is None:
            work.new(kind.cls, draft.id, **values)
        else:
            work.edit(draft.id, values, seen)


def _values(kind: str, cells: Iterable[tuple[str, Json]], record: object) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for cell, value in cells:
        name, _, part = cell.partition(".")
        field = KINDS[kind].fields[name]
        if part:
            before = values.get(name, getattr(record, name, None)) or Bilingual()
            values[name] = before.write(part, value)
        else:
            values[name] = field.type.read(value)
    return values
