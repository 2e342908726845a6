"""Files for other people's programs, made of records: business cards, calendars, minutes. Which there are stands here once.

Window and command line offer what ``forms_of`` a kind gives, and ``write`` makes the file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import Message, tr
from ucapdesk.formats.ics import write_calendar
from ucapdesk.model.kinds import LISTED
from ucapdesk.services import calendars, vcards
from ucapdesk.services.records import kind_named, titles
from ucapdesk.store.desk import Desk


class NoSuchFile(UserError):
    """Of this kind no file of this sort can be made."""

    sentence = "Of records of the kind {kind} no {suffix} file can be made. Nothing was written; there are: {suffixes}."


class NothingWithADay(UserError):
    """A calendar would be empty."""

    sentence = (
        "Nothing here has a day, so there is no calendar to write. Nothing was written; without a day are: {titles}."
    )


class NothingToCome(NothingWithADay):
    """What has a day is done or called off, or there is nothing at all."""

    sentence = "Nothing here has a day that is still to come, so there is no calendar to write. Nothing was written."


@dataclass(frozen=True, slots=True)
class Written:
    """What a file holds: how many cards or dates, and what was left out because it has no day."""

    n: int
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One sort of file of one kind of record; ``private``: whether private numbers may go into it."""

    kind: str
    suffix: str
    label: Message
    write: Callable[[Desk, Sequence[str], Path, bool], Written]
    private: bool = False
    version: str = ""
    """Of files that there are in several versions, which of the newer ones this is."""


def _cards(desk: Desk, ids: Sequence[str], target: Path, private: bool) -> Written:
    return Written(vcards.export_cards(desk, ids, target, private=private))


def _cards_4(desk: Desk, ids: Sequence[str], target: Path, private: bool) -> Written:
    return Written(vcards.export_cards(desk, ids, target, private=private, version="4.0"))


def _minutes(desk: Desk, ids: Sequence[str], target: Path, _private: bool) -> Written:
    from ucapdesk.services import word_papers  # what makes papers takes long to load

    word_papers.write(desk, ids, target, document="minutes")
    return Written(1)


def _calendar(
    of: Callable[[Desk, Sequence[str]], calendars.Dates],
) -> Callable[[Desk, Sequence[str], Path, bool], Written]:
    def write(desk: Desk, ids: Sequence[str], target: Path, _private: bool) -> Written:
        dates = of(desk, ids)
        if not dates.events:
            raise NothingWithADay(titles=", ".join(dates.left_out)) if dates.left_out else NothingToCome
        said = titles(desk, list(ids))
        name = " · ".join(dict.fromkeys(said.values())) if len(said) < 4 else desk.workspace.name
        write_calendar(target, name, dates.events)
        return Written(len(dates.events), tuple(dates.left_out))

    return write


FORMS = (
    Form("person", vcards.SUFFIX, Message("outgoing", "Business card (.vcf)"), _cards, private=True),
    Form("person", vcards.SUFFIX, Message("outgoing", "Business card, vCard 4.0 (.vcf)"), _cards_4, True, "4.0"),
    Form("person", ".ics", Message("outgoing", "Calendar (.ics)"), _calendar(calendars.of_people)),
    Form("visit", ".ics", Message("outgoing", "Calendar (.ics)"), _calendar(calendars.of_visits)),
    Form("meeting", ".ics", Message("outgoing", "Calendar (.ics)"), _calendar(calendars.of_meetings)),
    Form("meeting", ".docx", Message("outgoing", "Agenda or minutes (.docx)"), _minutes),
    Form("action_item", ".ics", Message("outgoing", "Calendar (.ics)"), _calendar(calendars.of_actions)),
    Form("agreement", ".ics", Message("outgoing", "Calendar (.ics)"), _calendar(calendars.of_agreements)),
)


def forms_of(kind: str) -> tuple[Form, ...]:
    """The files that can be made of a kind of record."""
    return tuple(form for form in FORMS if form.kind == kind)


def suffixes() -> frozenset[str]:
    """All endings of such files."""
    return frozenset(form.suffix for form in FORMS)


def write(
    desk: Desk, kind: str, ids: Sequence[str], target: Path, *, private: bool = False, form: Form | None = None
) -> Written:
    """Write records of a kind into one file; what it is follows from its ending, where nobody says it."""
    kind_named(kind)
    suffix = target.suffix.lower()
    form = form or next((form for form in forms_of(kind) if form.suffix == suffix), None)
    if form is None:
        there = dict.fromkeys(each.suffix for each in forms_of(kind))
        raise NoSuchFile(kind=kind, suffix=suffix, suffixes=", ".join([*there, ".xlsx", ".csv"]))
    return form.write(desk, ids, target, private)


def kinds() -> frozenset[str]:
    """The kinds of which a file can be made."""
    return frozenset(form.kind for form in FORMS if form.kind in LISTED)


def say(written: Written, target: Path) -> str:
    """What was written, in words."""
    said = tr("outgoing", "{file} was written.", file=target.name)
    if written.left_out:
        said += " " + tr(
            "outgoing", "Left out, because the day is not known: {titles}.", titles=", ".join(written.left_out)
        )
    return said
