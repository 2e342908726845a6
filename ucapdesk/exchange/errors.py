"""Errors of packages that are refused or cannot be written. Each refusal has the code that scripts are told.

After every refusal the records are exactly what they were.
"""

from __future__ import annotations

from typing import ClassVar

from ucapdesk.base.errors import Failure, UserError


class Refusal(UserError):
    """A package that is not taken in. ``waits``: it is kept, and tried again by itself when something changes."""

    code: str
    waits: ClassVar[bool] = False


class NotAPackage(Refusal):
    """The file is no package, whatever its name says."""

    code = "E01"
    sentence = "{file} is not a UCAPDesk package. Nothing was changed; choose a file that ends in .ucapx."


class IncompletePackage(Refusal):
    """The file begins as a package and ends too early."""

    code = "E02"
    sentence = (
        "{file} ends too early: it was not copied whole. Nothing was changed; copy it again, or ask for it once more."
    )


class DamagedPackage(Refusal):
    """A hash or a checksum does not fit, or the list of contents cannot be read."""

    code = "E03"
    sentence = "{file} was damaged in transit. Nothing was changed; ask for it once more."


class ForgedPackage(Refusal):
    """A signature does not fit."""

    code = "E04"
    sentence = (
        "{file} was changed by somebody after it was made. Nothing was changed here; "
        "ask its author for a new one, and hand it over directly."
    )


class RemovesRecords(Refusal):
    """The package would remove data for good that is no person's."""

    code = "E04"
    sentence = (
        "{file} of {person} would remove “{title}” for good, and only the data of people can be. "
        "Nothing was changed here; ask {person} what happened, and do not take in packages of that laptop until it is clear."
    )


class RemovesPeople(UserError):
    """People's data would be removed for good, and nobody said that it may be."""

    sentence = (
        "These packages remove all data of people for good, here too, which cannot be undone: {names}. "
        "Nothing was changed; ask the sender, and allow it with “ucapdesk receive --remove-people” if it is "
        "intended."
    )


class UnknownLaptop(Refusal):
    """Given by a device that nobody here has accepted."""

    code = "E05"
    waits = True
    sentence = (
        "{file} comes from a new laptop: {person}, {laptop}. Nothing was changed; ask {person} by telephone for the check "
        "number of that laptop, and accept it only if UCAPDesk shows the same."
    )


class NoRoomToWait(UnknownLaptop):
    """Given by a device that nobody here has accepted, and enough of such packages wait already."""

    waits = False
    sentence = (
        "{file} comes from a new laptop, {person}, {laptop}, and cannot wait here: too many packages of new "
        "laptops wait already. Nothing was changed; keep the file, discard waiting packages, and receive it "
        "again."
    )


class ManyNewLaptops(UnknownLaptop):
    """It tells of more laptops than its giver may introduce unasked."""

    code = "E25"
    sentence = (
        "{file} names {count} laptops that nobody here knows; {person} ({laptop}) may introduce {most} "
        "without a question. Nothing was changed, and the packages of everybody else come in as before. Ask "
        "{person} by telephone what laptops they are: accept the package if they are right, else block that "
        "laptop."
    )


class BlockedLaptop(Refusal):
    """Given by a device that was blocked here."""

    code = "E06"
    sentence = "{file} comes from a laptop that you blocked ({person}, {laptop}). Nothing was changed."


class PackageOfOtherWorkspace(Refusal):
    """The package belongs to another workspace."""

    code = "E07"
    sentence = (
        "{file} belongs to another workspace, “{name}”. Nothing was changed; "
        "open that workspace to receive it, or join it from this package."
    )


class NewerPackage(Refusal):
    """The format of the package is newer than this version."""

    code = "E08"
    waits = True
    sentence = (
        "{file} was made with a newer UCAPDesk ({app}). Nothing was changed and the package is kept; update "
        "UCAPDesk, then it is received automatically."
    )


class NoRoomForNewer(NewerPackage):
    """The format of the package is newer than this version, and enough of such packages wait already."""

    waits = False
    sentence = (
        "{file} was made with a newer UCAPDesk ({app}) and cannot wait here: too many packages wait already. "
        "Nothing was changed; keep the file, update UCAPDesk, and receive it again."
    )


class MissingBefore(Refusal):
    """The changes a package builds upon are not here."""

    code = "E10"
    waits = True
    sentence = (
        "{file} builds on changes {first} to {last} of {person} that are not here yet. Nothing was changed "
        "and the package is kept; ask {person} for a complete package."
    )


class NotANormalPackage(Refusal):
    """The package exceeds what any of ours has: too large, too dense, or built to hide something."""

    code = "E14"
    sentence = (
        "{file} is not a normal package ({reason}) and was not read. Nothing was changed; ask where it comes from."
    )


class BadLine(Refusal):
    """A line of changes is not one."""

    code = "E15"
    sentence = (
        "{file} is damaged: line {line} of its changes cannot be read. Nothing was changed; ask for it once more."
    )


class LooseEnds(Refusal):
    """The changes of the package name records that are neither here nor in it."""

    code = "E15"
    sentence = (
        "{file} is damaged: its changes refer to records that it does not hold. Nothing was changed; ask for "
        "it once more."
    )


class PassphraseOfPackage(Refusal):
    """The package is protected, and no passphrase was given."""

    code = "E16"
    sentence = "{file} is protected. Nothing was changed; give the passphrase that its author told you."


class WrongPassphraseOfPackage(Refusal):
    """The passphrase does not open the package."""

    code = "E16"
    sentence = (
        "That is not the passphrase of {file}. Nothing was changed; check capital letters and the keyboard "
        "layout, and try again."
    )


class EarlierProtection(WrongPassphraseOfPackage):
    """Opening the package takes as much memory as earlier versions took, which anybody can have a file ask for."""

    sentence = (
        "Opening {file} takes {memory} MB of memory and some seconds, as packages of earlier versions do. Nothing was changed; "
        "give its passphrase only if you know who made it (on the command line, with “--earlier-protection”)."
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
    "removed; “ucapdesk check --repair” repairs the cause.",
)


NO_SUCH_DEVICE = Failure(
    "no-such-device",
    "No laptop of this workspace, or more than one, has an id that begins with “{id}”. Nothing was changed; "
    "“ucapdesk devices” lists them.",
)
