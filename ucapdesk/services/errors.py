"""The errors of requests that the present records do not allow."""

from __future__ import annotations

from ucapdesk.base.errors import UserError


class UnknownKind(UserError):
    """No kind of record has this name."""

    sentence = (
        "There is no kind of record called “{kind}” (nearest: {near}). Nothing was changed; “ucapdesk kinds” lists all."
    )


class WrongKindLinked(UserError):
    """A link points to a record of a kind that the field does not take."""

    sentence = (
        "“{field}” takes a record of the kind {kinds}, but {id} is of the kind {kind}. "
        "Nothing was changed; look up the right record with a search."
    )


class NotAVisit(UserError):
    """The record named is no visit."""

    sentence = "{id} is not a visit. Nothing was changed; a calendar becomes the programme of a visit."


class OwnerNeeded(UserError):
    """A part was to be created without an owner."""

    sentence = (
        "A record of the kind {kind} is always part of another ({owners}). "
        "Nothing was changed; name it with owner=<its id>."
    )


class AlreadyRecorded(UserError):
    """A record with this identity exists already."""

    sentence = "“{title}” is already recorded ({id}). Nothing was changed; edit that record instead."


class NotInTrash(UserError):
    """The record is not in the Trash."""

    sentence = "“{title}” is not in the Trash. Nothing was changed."


class NotImportable(UserError):
    """The file is of a type that cannot be imported."""

    sentence = (
        "{file} cannot be imported. Nothing was changed; import a file of one of these types: {suffixes}. "
        "Packages of colleagues (.ucapx) are received."
    )


class NoPackOf(UserError):
    """The document keeps no record of its copies."""

    sentence = (
        "“{document}” of a record of the kind {kind} cannot be kept as a pack. Nothing was written; print it "
        "without keeping it."
    )


class NoPicture(UserError):
    """A file is no picture that papers can show."""

    sentence = (
        "The file {file} is no picture that can be printed: broken, too large, or of another form. Nothing was changed; save it "
        "as PNG or JPEG."
    )


class FileNotThere(UserError):
    """A file to attach is not there, or is a folder."""

    sentence = "There is no file {file}. Nothing was changed; check its name and folder."


class NoFilesWith(UserError):
    """This kind has no attachments."""

    sentence = "No files are kept with a record of the kind {kind}, only with: {kinds}. Nothing was changed."


class CheckFailed(UserError):
    """The check found something."""

    sentence = (
        "The check of {path} found {n} problems, the first: {first}. Nothing was changed; "
        "restore a backup, or try “ucapdesk check --rebuild” where only what is derived differs."
    )


class NoNewPassphrase(UserError):
    """An automatic backup was to be restored with another passphrase."""

    sentence = (
        "A new passphrase goes with a .ucapbackup file; the automatic backup {file} keeps the one it has. "
        "Nothing was changed; restore it without a new one."
    )


class OnlySaved(UserError):
    """The file may only be saved, since opening it could run something."""

    sentence = "“{file}” is only saved, not opened from here: {reason}. It is kept as it is."


class NoSuchPoint(UserError):
    """The record named is no programme item."""

    sentence = (
        "{id} is not an item of a visit’s programme, or it is in the Trash. Nothing was changed; “ucapdesk "
        "itinerary <visit>” lists them."
    )


class NothingMoves(UserError):
    """There is nothing to move, or it has no hour or a fixed one."""

    sentence = "Nothing can be moved here: it has no time, or a fixed time. Nothing was changed; give it a time first."


class NothingSaid(UserError):
    """The line for the programme has neither an hour nor a word."""

    sentence = (
        "The line has neither a time nor a title. Nothing was added; write for example “0930 1030 meet DRC Liuzhou”."
    )


class NothingToDo(UserError):
    """The line for the checklist has a date but no text."""

    sentence = (
        "The line does not say what is to be prepared. Nothing was added; write for example “Gifts, 14 days before”."
    )


class NoSuchDay(UserError):
    """The day cannot be read."""

    sentence = "“{said}” is not a date. Nothing was changed; write it as in 2026-11-25 or “25 Nov 2026”."


class NoSuchSpan(UserError):
    """The length of the delay cannot be read."""

    sentence = "“{said}” is not a length of time. Nothing was changed; write minutes as in 45, or hours as in 1:30."
