"""The errors of files that cannot be imported or written. Nothing has been changed in any of these cases."""

from __future__ import annotations

from ucapdesk.base.errors import Failure, UserError

FILE_UNREADABLE = Failure(
    "file-unreadable",
    "The file {file} could not be opened ({reason}). Nothing was changed; check that it is there and may be read.",
)


class FileEmpty(UserError):
    sentence = "The file {file} is empty. Nothing was changed; choose the file that holds what is to be imported."


class FileTooLarge(UserError):
    sentence = (
        "The file {file} is larger than {limit} MB, too large for a UCAP table. "
        "Nothing was changed; save the table alone and choose that file."
    )


TEXT_TOO_LONG = Failure(
    "text-too-long",
    "The file {file} holds more than {limit} characters, too many for a UCAP table. "
    "Nothing was changed; save the table alone and choose that file.",
)


class FileKindUnknown(UserError):
    sentence = (
        "The file {file} is not text, a Word document (.docx), a PDF or another kind of text that is known. "
        "Nothing was changed; save the table in one of these forms and choose it again."
    )


DOCUMENT_DAMAGED = Failure(
    "document-damaged",
    "The file {file} is damaged or not complete. "
    "Nothing was changed; open it in its own program, save it again and choose that file.",
)


DOCUMENT_HAS_MACROS = Failure(
    "document-has-macros",
    "The file {file} holds macros, which are programs. "
    "Nothing was changed; save it without macros and choose that file.",
)


DOCUMENT_NAMES_ENTITIES = Failure(
    "document-names-entities",
    "The file {file} defines entities, which stand for other text or files and are not read. "
    "Nothing was changed; save it anew in a word processor and choose that file.",
)


DOCUMENT_PROTECTED = Failure(
    "document-protected",
    "The file {file} is protected by a password. "
    "Nothing was changed; save a copy without the password and choose that one.",
)


class NoTextInDocument(UserError):
    sentence = (
        "The file {file} holds pictures of pages but no text. "
        "Nothing was changed; choose the text, Word or original PDF file instead."
    )


class NotAGlance(UserError):
    sentence = (
        "The file {file} is not a UCAP at a glance: {missing} not found. "
        "Nothing was changed; choose another file, or assign its text to the fields by hand."
    )


UNKNOWN_ENDING = Failure(
    "unknown-ending",
    "{file} has no ending that can be written here. Nothing was written; choose one of these: {suffixes}.",
)


FILE_NOT_WRITTEN = Failure(
    "file-not-written",
    "The file {file} could not be written ({reason}). "
    "Your records are untouched; choose another place, or close the file where it is open.",
)
