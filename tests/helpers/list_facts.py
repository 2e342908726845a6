"""Tells what is read of a list that an office sent, line by line, to be compared with what a person would record.

A list of ``tests/data/lists`` has its gold beside it (``NAME.gold``). Above a line ``---`` stands where it is taken in: the days of
a visit and who travels, and the cities of the sides. ``python -m tests.helpers.list_facts LIST …`` writes what is read of a
list under that head: put right by hand where it is wrong, that is its gold.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.helpers.clock import FrozenClock
from ucapdesk.base.ids import ID
from ucapdesk.formats.glance.record_drafts import RecordDraft
from ucapdesk.formats.lists.list_drafts import ListDrafts
from ucapdesk.model.values import Bilingual, PartialDate, Refs
from ucapdesk.services.files.imports import read_office_lists
from ucapdesk.services.records import records
from ucapdesk.store.desk import Desk
from ucapdesk.store.workspace.workspace import Workspace

LISTS = Path(__file__).parents[1] / "data" / "lists"
HEAD_ENDS = "---\n"
NAMED_BY = ("name", "name_han", "title", "free_name", "text")
UNTOLD = ("source", "pos")


def lists() -> list[Path]:
    """Return all lists that have a gold, in order."""
    return sorted(path for path in LISTS.iterdir() if path.suffix not in (".gold", ".md"))


def gold_of(path: Path) -> tuple[str, str]:
    """Return the head of the gold of a list, and its facts."""
    text = path.with_name(f"{path.name}.gold").read_text("utf-8")
    head, sign, facts = text.partition(HEAD_ENDS)
    return (head, facts) if sign else ("", text)


def visit_of(desk: Desk, head: str) -> str | None:
    """Make the visit that the head of a gold names: ``visit: 2027-06-14/2027-06-17, A`` and ``city: Kraków, B``."""
    said = [line.partition(": ")[::2] for line in head.splitlines()]
    visits = [text.partition(", ")[::2] for key, text in said if key == "visit"]
    if not visits:
        return None
    (days, side), ucap = visits[0], records.add(desk, "ucap", {"title": Bilingual(en="Partners")})
    for name, which in (text.split(", ") for key, text in said if key == "city"):
        place = records.add(desk, "place", {"name": Bilingual(en=name), "type": "city"})
        records.add(desk, "ucap_place", {"owner": ucap, "place": place, "side": which, "role": "partner"})
    values = {"title": Bilingual(en="Tour"), "dates": PartialDate(days), "travelling_side": side or None}
    return records.add(desk, "visit", values | {"ucaps": Refs([ucap])})


def read_list(desk: Desk, path: Path, visit: str | None) -> list[ListDrafts]:
    return read_office_lists(desk, path, visit, new_visit=True)


def facts(found: Sequence[ListDrafts]) -> str:
    """Return all that was read: a line for each draft, for each text without a place, and for the words that were lost."""
    return "".join(f"{line}\n" for each in found for line in _lines(each))


def _lines(found: ListDrafts) -> Iterator[str]:
    drafts = {draft.id: draft for draft in found.drafts}
    for draft in found.drafts:
        if draft.kind == "source_document":
            title = _said(draft.values["title"], drafts)
            yield f"list: {'called as its file' if title.endswith(Path(found.file.name).stem) else title}"
            continue
        said = {name: _said(value, drafts) for name, value in draft.values.items() if name not in UNTOLD}
        yield f"{draft.kind}: {'; '.join(f'{name}={text}' for name, text in said.items())}"
    for left in found.not_placed:
        yield f"{'secret' if left.secret else 'no place'}: {' '.join(str(left).split())}"
    if found.accounted.nothing:
        yield f"lost: {' '.join(found.accounted.nothing)}"


def _said(value: Any, drafts: Mapping[str, RecordDraft]) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key} {_said(part, drafts)}" for key, part in value.items() if part is not None)
    if isinstance(value, list | tuple):
        return ", ".join(_said(part, drafts) for part in value)
    if value in drafts:
        named = drafts[value].values
        names = next((named[name] for name in NAMED_BY if name in named), {"": drafts[value].kind})
        return " ".join(part for key, part in names.items() if part and key != "order")
    return "the visit" if ID.fullmatch(str(value)) else " ".join(str(value).split())


def main() -> None:
    """Write the gold of each of the named lists as it is read now."""
    for path in map(Path, sys.argv[1:]):
        gold = path.with_name(f"{path.name}.gold")
        head, _ = gold_of(path) if gold.exists() else ("", "")
        with tempfile.TemporaryDirectory() as folder:
            Workspace.create(Path(folder) / "desk", name="Lists", person="Ana", clock=FrozenClock()).close()
            with Desk.open(Path(folder) / "desk", clock=FrozenClock()) as desk:
                said = facts(read_list(desk, path, visit_of(desk, head)))
        gold.write_text(f"{head}{HEAD_ENDS}{said}" if head else said, "utf-8")


if __name__ == "__main__":
    main()
