"""The errors of papers that cannot be made as asked for."""

from __future__ import annotations

from ucapdesk.base.errors import Failure, UserError


class NoDocumentFor(UserError):
    """Nothing can be printed of this kind."""

    sentence = "No document of a record of the kind {kind} can be printed. Nothing was written; available: {documents}."


class WrongDocumentFor(UserError):
    """The document is none of records of this kind, of which others can be printed."""

    sentence = (
        "“{document}” is a document of records of the kind {kinds}, not of {kind}. Nothing was written; of {kind} there "
        "are: {documents}."
    )


class UnknownDocument(UserError):
    """No document has this name."""

    sentence = "There is no document called “{document}”. Nothing was written; there are: {documents}."


class OneAtATime(UserError):
    """Several records were given for a document of one."""

    sentence = (
        "“{document}” is the paper of one record, and {n} were named. Nothing was written; print them one by one."
    )


class UnknownLayout(UserError):
    """The document has no such layout."""

    sentence = "“{document}” has no layout “{layout}”. Nothing was written; it has: {layouts}."


class UnknownLanguages(UserError):
    """The languages are none that a paper can be printed in."""

    sentence = (
        "A paper is printed in one or two of the languages {languages}, not in “{said}”. Nothing was "
        "written; give them as in en,zh."
    )


class NoPackEdition(UserError):
    """An edition was given for a document that is no pack."""

    sentence = "“{document}” has no editions. Nothing was written; leave the edition out."


NOT_APPENDED = Failure(
    "not-appended", "“{file}” cannot be appended: {why}. Nothing was written; leave it out, or attach it anew."
)


class UnknownChoice(UserError):
    """The document does not offer this choice; ``what`` is a message, or a name of its own."""

    sentence = "“{document}” has no {what} “{said}”. Nothing was written; it has: {known}."
