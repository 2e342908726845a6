"""The errors of requests that the present records do not allow."""

from __future__ import annotations

from ucapdesk.base.errors import Failure

WRONG_KIND_LINKED = Failure(
    "wrong-kind-linked",
    "“{field}” takes a record of the kind {kinds}, but {id} is of the kind {kind}. "
    "Nothing was changed; look up the right record with a search.",
)

NOT_A_VISIT = Failure(
    "not-a-visit", "{id} is not a visit. Nothing was changed; a calendar becomes the programme of a visit."
)

NOT_IMPORTABLE = Failure(
    "not-importable",
    "{file} cannot be imported. Nothing was changed; import a file of one of these types: {suffixes}. "
    "Packages of colleagues (.ucapx) are received.",
)

FILE_NOT_THERE = Failure("file-not-there", "There is no file {file}. Nothing was changed; check its name and folder.")

NOTHING_MOVES = Failure(
    "nothing-moves",
    "Nothing can be moved here: it has no time, or a fixed time. Nothing was changed; give it a time first.",
)

NOTHING_SAID = Failure(
    "nothing-said",
    "The line has neither a time nor a title. Nothing was added; write for example “0930 1030 meet DRC Liuzhou”.",
)

NO_SUCH_DAY = Failure(
    "no-such-day", "“{said}” is not a date. Nothing was changed; write it as in 2026-11-25 or “25 Nov 2026”."
)
