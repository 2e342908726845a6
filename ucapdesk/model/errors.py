"""The errors of values that a person, a script or a file gives."""

from __future__ import annotations

from ucapdesk.base.errors import UserError


class EntryError(UserError):
    """Base of errors in entered values; nothing was changed."""


class NoAssignmentError(EntryError):
    """The text is not an assignment ``field=value``."""

    sentence = "“{said}” is not of the form field=value; nothing was changed."


class UnknownFieldError(EntryError):
    """The kind has no such field."""

    sentence = "{kind} has no field “{field}” (nearest: {near}); nothing was changed."


class NoSuchPartError(EntryError):
    """The field has no such language or part."""

    sentence = "“{field}” has no part “{part}”, only: {parts}; nothing was changed."


class WithoutPartsError(EntryError):
    """A language or part of a field that has none."""

    sentence = (
        "“{field}” has neither languages nor parts: write {field}=… rather than {field}.{part}=…; nothing was changed."
    )


class OwnerFixedError(EntryError):
    """An owner was given for a record that has one; a record stays with its owner."""

    sentence = "What a record belongs to is never edited; nothing was changed. Add a new one where it belongs instead."


class LocalFieldError(EntryError):
    """Passport or visa data were given where they would be shared or scripted."""

    sentence = (
        "“{field}” stays on this computer, in a protected workspace, and is not entered here; nothing was changed."
    )


class WrittenByProgramError(EntryError):
    """A value was given for what the program writes when it prints or imports: it says what was, and edited it would not."""

    sentence = "“{field}” is written by the program alone and never edited; nothing was changed."


class NotASetError(EntryError):
    """``+=`` or ``-=`` was used on a field that is no set."""

    sentence = "“{field}” holds one value: use {field}=… rather than += or -=; nothing was changed."


class ImpossibleValueError(EntryError):
    """The value is impossible for its field."""

    sentence = "“{said}” cannot be the value of “{field}”, which takes {accepts}; nothing was changed."


class NotReadError(EntryError):
    """The text typed into the line of a field is no value of its type."""

    sentence = "“{said}” cannot be read as {what}; nothing was changed. Write it for example as {one} or {other}."


class UnknownCodeError(EntryError):
    """The list has no such code."""

    sentence = "“{said}” is not in the list of “{field}”, which has: {choices}; nothing was changed."


class UnreadableFileError(EntryError):
    """The file named as the value cannot be read as text."""

    sentence = "The file {file} for “{field}” cannot be read as text; nothing was changed."
