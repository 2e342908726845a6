"""Files for other programs, written from records: business cards, calendars, Word documents. Declared here once.

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
from ucapdesk.services.records.records import kind_named, titles
from ucapdesk.services.visits import calendars
from ucapdesk.store.desk import Desk


class NoSuchFile(UserError):
    """This kind cannot be written as this type of file."""

    sentence = "Of records of the kind {kind} no {suffix} file can be made. Nothing was written; there are: {suffixes}."


class NothingWithADay(UserError):
    """The calendar would be empty."""

    sentence = (
        "Nothing here has a day, so there is no calendar to write. Nothing was written; without a day are: {titles}."
    )


class NothingToCome(NothingWithADay):
    """Every date is past or cancelled, or there is none at all."""

    sentence = "Nothing here has a day that is still to come, so there is no calendar to write. Nothing was written."


@dataclass(frozen=True, slots=True)
class Written:
    """The contents of a written file: how many cards or events, and what was left out for lack of a day."""

    n: int
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """One file type of one kind of record; ``private``: whether private numbers may be included."""

    kind: str
    suffix: str
    label: Message
    write: Callable[[Desk, Sequence[str], Path, bool], Written]
    private: bool = False
    version: str = ""
    """Which of the newer versions this is, for file types with several versions."""


def _cards(desk: Desk, ids: Sequence[str], target: Path, private: bool) -> Written:
    from ucapdesk.services.people import vcards

    return Written(vcards.export_cards(desk, ids, target, private=private))


def _cards_4(desk: Desk, ids: Sequence[str], target: Path, private: bool) -> Written:
    from ucapdesk.services.people import vcards

    return Written(vcards.export_cards(desk, ids, target, private=private, version="4.0"))


def _minutes(desk: Desk, ids: Sequence[str], target: Path, _private: bool) -> Written:
    from ucapdesk.services.files import word_papers  # the papers take long to load

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
    Form("person", ".vcf", Message("outgoing", "Business card (.vcf)"), _cards, private=True),
    Form("person", ".vcf", Message("outgoing", "Business card, vCard 4.0 (.vcf)"), _cards_4, True, "4.0"),
    Form("person", ".ics", Message("outgoing", "Calendar (.ics)"), _calendar(calendars.of_people)),
    Form("visit", ".ics", Message("outgoing", "Calendar (.ics)"), _calendar(calendars.of_visits)),
    Form("meeting", ".ics", Message("outgoing", "Calendar (.ics)"), _calendar(calendars.of_meetings)),
    Form("meeting", ".docx", Message("outgoing", "Agenda or minutes (.docx)"), _minutes),
    Form("action_item", ".ics", Message("outgoing", "Calendar (.ics)"), _calendar(calendars.of_actions)),
    Form("agreement", ".ics", Message("outgoing", "Calendar (.ics)"), _calendar(calendars.of_agreements)),
)


def forms_of(kind: str) -> tuple[Form, ...]:
    """Return the files that can be written of a kind."""
    return tuple(form for form in FORMS if form.kind == kind)


def suffixes() -> frozenset[str]:
    """Return all suffixes of such files."""
    return frozenset(form.suffix for form in FORMS)


def write(
    desk: Desk, kind: str, ids: Sequence[str], target: Path, *, private: bool = False, form: Form | None = None
) -> Written:
    """Write records of a kind into one file; its suffix decides the form, unless one is given."""
    kind_named(kind)
    suffix = target.suffix.lower()
    form = form or next((form for form in forms_of(kind) if form.suffix == suffix), None)
    if form is None:
        there = dict.fromkeys(each.suffix for each in forms_of(kind))
        raise NoSuchFile(kind=kind, suffix=suffix, suffixes=", ".join([*there, ".xlsx", ".csv"]))
    return form.write(desk, ids, target, private)


def kinds() -> frozenset[str]:
    """Return the kinds that can be written as files."""
    return frozenset(form.kind for form in FORMS if form.kind in LISTED)


def say(written: Written, target: Path) -> str:
    """Return what was written, in words."""
    said = tr("outgoing", "{file} was written.", file=target.name)
    if written.left_out:
        said += " " + tr(
            "outgoing", "Left out, because the day is not known: {titles}.", titles=", ".join(written.left_out)
        )
    return said
