"""Why a save is refused: the record is not there, lies in the Trash, or moved on while it was being edited."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import sqlcipher3.dbapi2 as driver

from ucapdesk.base.errors import UserError


class NoSuchRecord(UserError):
    """No record has this id."""

    sentence = "There is no record {id} in this workspace. Nothing was changed; look it up with a search."


class InTrash(UserError):
    """Nothing is written into the Trash."""

    sentence = "“{title}” is in the Trash. Nothing was changed; restore it first, then change it."


class OwnerInTrash(UserError):
    """A part cannot be restored into something that is itself in the Trash."""

    sentence = "“{title}” belongs to a record in the Trash. Nothing was changed; restore that record first."


class ChangedMeanwhile(UserError):
    """Cells that somebody else changed since the form was opened. ``cells`` names them."""

    sentence = (
        "{person} changed this field while you were editing it. Both texts are kept; "
        "look at the new one, then save yours again if it should stand."
    )


class ImpossibleValue(UserError):
    """A value that the log cannot hold, or that its field cannot."""

    sentence = (
        "“{field}” cannot hold this value (it has a character or a size that no record can keep). "
        "Nothing was changed; type it again without the special part."
    )


class BrokenLinks(UserError):
    """Changes that name records which are neither here nor among them."""

    sentence = (
        "These changes speak of records that are not among them. Nothing was changed; ask for a complete package."
    )


@contextlib.contextmanager
def whole_links() -> Iterator[None]:
    """Say in a sentence that changes name records which are neither here nor among them."""
    try:
        yield
    except driver.IntegrityError as error:
        raise BrokenLinks from error


class NothingToUndo(UserError):
    """The stack is empty."""

    sentence = "There is nothing to undo. Nothing was changed."


class NothingToRedo(UserError):
    """The stack is empty."""

    sentence = "There is nothing to redo. Nothing was changed."
