"""Errors of packages that are refused or cannot be written. Each refusal has the code that scripts are told.

After every refusal the records are exactly what they were.
"""

from __future__ import annotations

from ucapdesk.base.errors import Failure, UserError


class Refusal(UserError):
    """A package that is not taken in."""


class WaitingRefusal(Refusal):
    """A package that is kept, and tried again by itself when something changes."""


class PackageLocked(Refusal):
    """A protected package: no passphrase was given, or another one."""


class DamagedPackage(Refusal):
    """A hash or a checksum does not fit, or the list of contents cannot be read."""

    code = "E03"
    sentence = "{file} was damaged in transit. Nothing was changed; ask for it once more."


class RemovesPeople(UserError):
    """People's data would be removed for good, and nobody said that it may be."""

    sentence = (
        "These packages remove all data of people for good, here too, which cannot be undone: {names}. "
        "Nothing was changed; ask the sender, and allow it with “ucapdesk receive --remove-people” if it is "
        "intended."
    )


NOT_A_PACKAGE = Failure(
    "E01", "{file} is not a UCAPDesk package. Nothing was changed; choose a file that ends in .ucapx.", Refusal
)

INCOMPLETE_PACKAGE = Failure(
    "E02",
    "{file} ends too early: it was not copied whole. Nothing was changed; copy it again, or ask for it once more.",
    Refusal,
)

FORGED_PACKAGE = Failure(
    "E04",
    "{file} was changed by somebody after it was made. Nothing was changed here; "
    "ask its author for a new one, and hand it over directly.",
    Refusal,
)

REMOVES_RECORDS = Failure(
    "E04",
    "{file} of {person} would remove “{title}” for good, and only the data of people can be. "
    "Nothing was changed here; ask {person} what happened, and do not take in packages of that laptop until it is clear.",
    Refusal,
)

UNKNOWN_LAPTOP = Failure(
    "E05",
    "{file} comes from a new laptop: {person}, {laptop}. Nothing was changed; ask {person} by telephone for the check "
    "number of that laptop, and accept it only if UCAPDesk shows the same.",
    WaitingRefusal,
)

NO_ROOM_TO_WAIT = Failure(
    "E05",
    "{file} comes from a new laptop, {person}, {laptop}, and cannot wait here: too many packages of new "
    "laptops wait already. Nothing was changed; keep the file, discard waiting packages, and receive it "
    "again.",
    Refusal,
)

MANY_NEW_LAPTOPS = Failure(
    "E25",
    "{file} names {count} laptops that nobody here knows; {person} ({laptop}) may introduce {most} "
    "without a question. Nothing was changed, and the packages of everybody else come in as before. Ask "
    "{person} by telephone what laptops they are: accept the package if they are right, else block that "
    "laptop.",
    WaitingRefusal,
)

OF_NEW_LAPTOPS = (UNKNOWN_LAPTOP.code, MANY_NEW_LAPTOPS.code)

BLOCKED_LAPTOP = Failure(
    "E06", "{file} comes from a laptop that you blocked ({person}, {laptop}). Nothing was changed.", Refusal
)

PACKAGE_OF_OTHER_WORKSPACE = Failure(
    "E07",
    "{file} belongs to another workspace, “{name}”. Nothing was changed; "
    "open that workspace to receive it, or join it from this package.",
    Refusal,
)

NEWER_PACKAGE = Failure(
    "E08",
    "{file} was made with a newer UCAPDesk ({app}). Nothing was changed and the package is kept; update "
    "UCAPDesk, then it is received automatically.",
    WaitingRefusal,
)

NO_ROOM_FOR_NEWER = Failure(
    "E08",
    "{file} was made with a newer UCAPDesk ({app}) and cannot wait here: too many packages wait already. "
    "Nothing was changed; keep the file, update UCAPDesk, and receive it again.",
    Refusal,
)

MISSING_BEFORE = Failure(
    "E10",
    "{file} builds on changes {first} to {last} of {person} that are not here yet. Nothing was changed "
    "and the package is kept; ask {person} for a complete package.",
    WaitingRefusal,
)

NOT_A_NORMAL_PACKAGE = Failure(
    "E14",
    "{file} is not a normal package ({reason}) and was not read. Nothing was changed; ask where it comes from.",
    Refusal,
)

BAD_LINE = Failure(
    "E15",
    "{file} is damaged: line {line} of its changes cannot be read. Nothing was changed; ask for it once more.",
    Refusal,
)

LOOSE_ENDS = Failure(
    "E15",
    "{file} is damaged: its changes refer to records that it does not hold. Nothing was changed; ask for it once more.",
    Refusal,
)

PASSPHRASE_OF_PACKAGE = Failure(
    "E16", "{file} is protected. Nothing was changed; give the passphrase that its author told you.", PackageLocked
)

WRONG_PASSPHRASE_OF_PACKAGE = Failure(
    "E16",
    "That is not the passphrase of {file}. Nothing was changed; check capital letters and the keyboard "
    "layout, and try again.",
    PackageLocked,
)

NOT_WHOLE_YET = Failure(
    "not-whole-yet",
    "{file} does not hold the whole workspace. Nothing was made; ask for a complete package, and join from that.",
)

NOT_WHAT_WAS_WRITTEN = Failure(
    "not-what-was-written",
    "The package on {path} reads differently from what was written: the USB stick may be faulty. Nothing "
    "is lost here and the package was removed; use another USB stick.",
)

WOULD_BE_REFUSED = Failure(
    "would-be-refused",
    "A colleague could not receive this package ({why}). Nothing is lost here and the package was "
    "removed; “ucapdesk check” says what is wrong here.",
)

NO_SUCH_DEVICE = Failure(
    "no-such-device",
    "No laptop of this workspace, or more than one, has an id that begins with “{id}”. Nothing was changed; "
    "“ucapdesk devices” lists them.",
)
