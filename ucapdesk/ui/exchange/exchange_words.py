"""Counts, sizes and times of the exchange in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from ucapdesk.base.clock import local_time
from ucapdesk.base.i18n import dotted, language, ntr, sentences, tr
from ucapdesk.model.dates.formatting import say_day
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.values import PartialDate
from ucapdesk.services.exchange.exchange_service import KnownLaptop, Manifest, Pending, Report, Standing
from ucapdesk.ui.toolkit.dialogs import size_in_words

MAX_NAMES_IN_SENTENCE = 4


def moment(time: datetime) -> str:
    """Return a day and an hour of this computer's clock."""
    here = local_time(time)
    return f"{say_day(PartialDate(f'{here:%Y-%m-%d}'), language())} {here:%H:%M}"


def chip(standing: Standing, found: int = 0) -> tuple[str, str, str]:
    """Return words, icon and level of the status bar entry. ``found``: packages nobody has previewed yet."""
    if found:
        return ntr("exchange", "{n} package to review", "{n} packages to review", found), "archive", "warn"
    if standing.to_decide:
        return ntr("exchange", "{n} to decide", "{n} to decide", standing.to_decide), "branch_compare", "warn"
    if standing.failed:
        return tr("exchange", "Last write failed"), "error_circle", "error"
    if standing.waiting:
        return ntr("exchange", "{n} package waits", "{n} packages wait", standing.waiting), "archive", "warn"
    if standing.alone:
        return tr("exchange", "Not exchanged yet"), "arrow_sync", ""
    if not standing.to_give:
        return tr("exchange", "Nothing to send"), "checkmark_circle", ""
    if standing.days:
        return ntr("exchange", "Not sent for {n} day", "Not sent for {n} days", standing.days), "warning", "warn"
    return ntr("exchange", "{n} to send", "{n} to send", standing.to_give), "arrow_export", ""


def to_give(standing: Standing) -> str:
    if not standing.to_give:
        return tr("exchange", "Nothing new to send")
    if standing.given is None:
        return ntr("exchange", "{n} change to send", "{n} changes to send", standing.to_give)
    return ntr(
        "exchange",
        "{n} change to send since {since}",
        "{n} changes to send since {since}",
        standing.to_give,
        since=moment(standing.given),
    )


def contents(pending: Pending) -> str:
    parts = [f"{KINDS[kind].plural()} {n}" for kind, n in pending.kinds[:6]]
    if pending.files:
        files = ntr(
            "exchange", "{n} file ({size})", "{n} files ({size})", pending.files, size=size_in_words(pending.size)
        )
        parts.append(files)
    return dotted(*parts)


def made(manifest: Manifest) -> str:
    """Return when a package was made; as it says itself where that is no time."""
    said = manifest.sender.time
    try:
        return moment(datetime.fromisoformat(said))
    except (ValueError, OverflowError):  # or a time that another zone has not
        return said


def counts(report: Report) -> str:
    said = (
        (report.new, ntr("exchange", "{n} new", "{n} new", report.new)),
        (report.updated, ntr("exchange", "{n} updated", "{n} updated", report.updated)),
        (report.trashed, ntr("exchange", "{n} to the Trash", "{n} to the Trash", report.trashed)),
        (report.separated, report.say_separated()),
        (report.already, ntr("exchange", "{n} already here", "{n} already here", report.already)),
    )
    return "  ·  ".join(text for n, text in said if n) or tr("exchange", "Nothing in it changes a record.")


def hints(report: Report) -> Sequence[str]:
    said = (*_to_decide(report), *_to_know(report))
    return [*(each.say() for each in report.of_laptops()), *(text for told, text in said if told)]


def _to_decide(report: Report) -> Sequence[tuple[int, str]]:
    whom, people = tr("log", ", ").join(report.erasing), len(report.erasing) or report.erased
    fields = report.conflicts - report.kept
    return (
        (fields, ntr(
            "exchange",
            "{n} field was changed by both of you. You can decide now or later; nothing is lost.",
            "{n} fields were changed by both of you. You can decide now or later; nothing is lost.",
            fields,
        )),
        (report.kept, ntr(
            "exchange",
            "{n} record was put in the Trash by one of you and changed by the other. It stays until you decide.",
            "{n} records were put in the Trash by one of you and changed by the other. They stay until you decide.",
            report.kept,
        )),
        (report.merged, ntr(
            "exchange", "{n} long text was merged automatically.", "{n} long texts were merged automatically.", report.merged
        )),
        (people, sentences(ntr(
            "exchange", "All data of {n} person is removed for good.", "All data of {n} people is removed for good.", people
        ), tr("exchange", "That is: {names}.", names=whom) if whom else "")),
    )  # fmt: skip


def _to_know(report: Report) -> Sequence[tuple[int, str]]:
    return (
        (len(report.alike), ntr(
            "exchange",
            "{n} new record may be the same as one of yours: {who}. Once it is applied you can compare them.",
            "{n} new records may be the same as some of yours: {who}. Once it is applied you can compare them.",
            len(report.alike),
            who=tr("log", ", ").join(report.alike[:MAX_NAMES_IN_SENTENCE]),
        )),
        (report.healed, report.say_healed()),
        *((1, said) for said in report.say_of_giver()),
    )  # fmt: skip


def damaged(reports: Sequence[Report]) -> str:
    n = sum(report.missing for report in reports)
    said = ntr(
        "exchange",
        "{n} file was damaged in transit. Its record is here, and your next package asks for it again.",
        "{n} files were damaged in transit. Their records are here, and your next package asks for them again.",
        n,
    )
    return said if n else ""


def has(device: KnownLaptop, own: int) -> str:
    if not device.has:
        return tr("exchange", "may not have any of your work yet")
    if device.has >= own:
        return tr("exchange", "has all of your work")
    return ntr("exchange", "lacks {n} of your changes", "lacks {n} of your changes", own - device.has)
