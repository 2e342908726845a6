"""What can be wrong with values that a person, a script or a file gives."""

from __future__ import annotations

from ucapdesk.base.errors import UserError


class EntryError(UserError):
    """Something that was entered cannot be; nothing was changed."""


class NoAssignmentError(EntryError):
    """What was entered names no field and value."""

    sentence = "“{said}” is not of the form field=value; nothing was changed."


class UnknownFieldError(EntryError):
    """There is no such field."""

    sentence = "{kind} has no field “{field}” (nearest: {near}); nothing was changed."


class NoSuchPartError(EntryError):
    """The field has no such language or part."""

    sentence = "“{field}” has no part “{part}”, only: {parts}; nothing was changed."


class OwnerFixedError(EntryError):
    """A record stays with its owner."""

    sentence = "What a record belongs to is never edited; nothing was changed. Add a new one where it belongs instead."


class LocalFieldError(EntryError):
    """Passport and visa data are kept out of everything that is shared or scripted."""

    sentence = (
        "“{field}” stays on this computer, in a protected workspace, and is not entered here; nothing was changed."
    )


class NotASetError(EntryError):
    """``+=`` and ``-=`` are for sets."""

    sentence = "“{field}” holds one value: use {field}=… rather than += or -=; nothing was changed."


class ImpossibleValueError(EntryError):
    """The value cannot be."""

    sentence = "“{said}” cannot be the value of “{field}”, which takes {accepts}; nothing was changed."


class NotReadError(EntryError):
    """What was typed into the line of a field is no value of its type."""

    sentence = "“{said}” cannot be read as {what}; nothing was changed. Write it for example as {one} or {other}."


class UnknownCodeError(EntryError):
    """The list has no such code."""

    sentence = "“{said}” is not in the list of “{field}”, which has: {choices}; nothing was changed."


class UnreadableFileError(EntryError):
    """The file a value was to come from cannot be read as text."""

    sentence = "The file {file} for “{field}” cannot be read as text; nothing was changed."
