"""Errors of refused saves: the record does not exist, is in the Trash, or changed while it was being edited."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import sqlcipher3.dbapi2 as driver

from ucapdesk.base.errors import Failure, UserError
from ucapdesk.base.json_text import Json, dumps
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.record import mapped
from ucapdesk.store.merge.resolve import is_question


class NoSuchRecord(UserError):
    """No record has this id."""

    sentence = "There is no record {id} in this workspace. Nothing was changed; look it up with a search."


class InTrash(UserError):
    """The record is in the Trash, into which nothing is written."""

    sentence = "“{title}” is in the Trash. Nothing was changed; restore it first, then change it."


OWNER_IN_TRASH = Failure(
    "owner-in-trash", "“{title}” belongs to a record in the Trash. Nothing was changed; restore that record first."
)


class ChangedMeanwhile(UserError):
    """Somebody else changed cells since the form was opened. ``cells`` names them."""

    sentence = (
        "{person} changed this field while you were editing it. Both texts are kept; "
        "look at the new one, then save yours again if it should stand."
    )


IMPOSSIBLE_VALUE = Failure(
    "impossible-value",
    "“{field}” cannot hold this value (it has a character or a size that no record can keep). "
    "Nothing was changed; type it again without the special part.",
)


TOO_LONG = Failure(
    "too-long",
    "“{field}” would hold {signs} characters; it takes {most} at most. Nothing was saved and the text is "
    "still here; shorten it, or attach the whole text to the record as a file.",
)


TOO_MANY = Failure(
    "too-many", "“{field}” would hold {signs} entries; it takes {most} at most. Nothing was saved; remove some of them."
)


BROKEN_LINKS = Failure(
    "broken-links",
    "These changes refer to records that they do not include. Nothing was changed; ask for a complete package.",
)


@contextlib.contextmanager
def whole_links() -> Iterator[None]:
    """Raise broken links as a sentence about changes that name unknown records."""
    try:
        yield
    except driver.IntegrityError as error:
        raise BROKEN_LINKS() from error


Named = dict[str, set[str]]  # The ids that lines of changesets name, by the table in which they must be


def note_links(named: Named, kind: str, cells: Mapping[str, Json]) -> None:
    """Note what a line names, also what is not shown: once other lines are taken out for good it may be."""
    for cell, table in _links(kind):
        value = cells.get(cell)
        if value is not None and not is_question(value):
            named.setdefault(table, set()).add(str(value))


@cache
def _links(kind: str) -> tuple[tuple[str, str], ...]:
    keys = mapped(KINDS[kind].cls).__table__.foreign_keys if kind in KINDS else ()
    return tuple((key.parent.name, key.target_fullname.partition(".")[0]) for key in keys)


def links_hold(db: Any, named: Named) -> bool:
    missing = 'SELECT 1 FROM json_each(?) WHERE value NOT IN (SELECT id FROM "{}") LIMIT 1'
    return not any(db.execute(missing.format(table), (dumps([*ids]),)).fetchone() for table, ids in named.items())


class NothingToUndo(UserError):
    """There is no step to undo."""

    code = "nothing-to-undo"
    sentence = "There is nothing to undo. Nothing was changed."


ERASED_FOR_GOOD = Failure(
    "erased-for-good",
    "Removing the data of a person cannot be undone, so Undo ends there. Nothing was changed; correct "
    "earlier steps by hand, from the history of each record.",
    NothingToUndo,
)


NOTHING_TO_REDO = Failure("nothing-to-redo", "There is nothing to redo. Nothing was changed.")
