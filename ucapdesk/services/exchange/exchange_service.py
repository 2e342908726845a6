"""Packages given to colleagues and received, by USB stick, mail or shared folder; joining a colleague's workspace.

What is internal in a package is counted before it is given; packages hold nothing of it back. Fields that never leave
this laptop (``local=``) are another thing: the log does not hold them, see ``Save.close``.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile
from pathlib import Path
from typing import Any

from ucapdesk.base.clock import moment, system_clock, today
from ucapdesk.base.errors import UserError
from ucapdesk.base.fold import fold_accents
from ucapdesk.base.i18n import language, ntr, sentences, tr
from ucapdesk.base.json_text import loads
from ucapdesk.base.reporting import Progress, untold
from ucapdesk.exchange import devices, giving, receiving, waiting_packages
from ucapdesk.exchange import shared_folder as folders
from ucapdesk.exchange.arrival import MayRemove
from ucapdesk.exchange.devices import KnownLaptop, Stranger, stranger
from ucapdesk.exchange.encryption import PackagePassphrase
from ucapdesk.exchange.errors import (
    INCOMPLETE_PACKAGE,
    OF_NEW_LAPTOPS,
    PACKAGE_OF_OTHER_WORKSPACE,
    UNKNOWN_LAPTOP,
    DamagedPackage,
    PackageLocked,
    Refusal,
)
from ucapdesk.exchange.giving import PACKAGE_SUFFIX, Given, package_name
from ucapdesk.exchange.manifest import Manifest
from ucapdesk.exchange.receiving import join, look
from ucapdesk.exchange.reports import (
    APPLIED,
    DISCARDED,
    KNOWN,
    REFUSED,
    WAITING,
    Report,
    WrittenRecord,
    said_again,
    say_dropped,
)
from ucapdesk.exchange.shared_folder import Watch
from ucapdesk.exchange.waiting_packages import WaitingPackage
from ucapdesk.model.kind import Kind
from ucapdesk.model.kinds import KINDS, LISTED
from ucapdesk.model.listing import Condition
from ucapdesk.model.record import Record
from ucapdesk.model.text.fields_in_words import title_of
from ucapdesk.model.values import PersonName
from ucapdesk.services.files.paper_questions import to_decide
from ucapdesk.services.people import privacy
from ucapdesk.services.records import draft_texts, history, lists, records
from ucapdesk.services.workspaces import sample
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import translated_errors
from ucapdesk.store.log.changeset import BY_PEOPLE
from ucapdesk.store.workspace.file_store import named_files

__all__ = [
    "APPLIED",
    "DISCARDED",
    "KNOWN",
    "OF_NEW_LAPTOPS",
    "PACKAGE_OF_OTHER_WORKSPACE",
    "PACKAGE_SUFFIX",
    "REFUSED",
    "WAITING",
    "Given",
    "KnownLaptop",
    "Manifest",
    "PackageLocked",
    "PackagePassphrase",
    "Report",
    "Stranger",
    "WaitingPackage",
    "Watch",
    "devices",
    "join",
    "look",
    "package_name",
    "say_dropped",
    "waiting_packages",
]
# Days without giving after which a reminder is shown, and the same while a visit runs.
REMIND_AFTER_DAYS, REMIND_AFTER_DAYS_ON_A_VISIT = 7, 1


def _not_the_sample(desk: Desk) -> None:
    if sample.is_sample(desk):
        raise UserError(
            "The sample is only for trying things out, so it is neither sent nor received. Nothing was changed; "
            "open a workspace of your own.",
            code="sample-stays-here",
        )


def give(
    desk: Desk, target: Path, *, files: bool = True, passphrase: str | None = None, progress: Progress = untold
) -> Given:
    """Write a package of everything here, unsaved typing included; arguments as ``exchange.give.give.give``."""
    _not_the_sample(desk)
    if not desk.workspace.read_only:
        draft_texts.commit_left_over(desk)
    return giving.give(desk, target, files=files, passphrase=passphrase, progress=progress)


def receive(
    desk: Desk,
    files: Sequence[Path],
    *,
    accept: bool | Collection[str] = False,
    dry_run: bool = False,
    passphrase: str | None = None,
    progress: Progress = untold,
    may_remove: MayRemove | None = None,
) -> list[Report]:
    """Receive packages; arguments as ``exchange.receive.receive.receive``. Unsaved typing is saved first."""
    _not_the_sample(desk)
    if not dry_run:
        draft_texts.commit_left_over(desk)
    waited, given = ((), ()) if dry_run else (waiting_packages.listed(desk), privacy.given_to_others(desk))
    emptied = list[str]()
    reports = receiving.receive(
        desk, files, accept=accept, dry_run=dry_run, passphrase=passphrase, progress=progress, may_remove=may_remove,
        settle=lambda outcome, me: emptied.extend(privacy.set_links_right(desk, given, outcome, me)),
    )  # fmt: skip
    here = [each for each in reports if each.state in (APPLIED, KNOWN) and not dry_run]
    if here:
        lists.forget_names_in_views(desk, {name for each in here for name in each.gone})
        here[-1].emptied = tuple(emptied)
        if any(each.erased for each in here):
            here[-1].dropped = _dropped(desk, waited, reports)
    return reports


def _dropped(desk: Desk, waited: Iterable[WaitingPackage], reports: Iterable[Report]) -> tuple[str, ...]:
    """Return the files of packages that waited before or came with others, and neither wait nor are here any more."""
    named = {each.file: each.name for each in waited}
    for each in reports:
        who = each.manifest.sender.person if each.manifest and each.state == WAITING else ""
        named[each.file] = f"{each.file} ({who})" if who else ""
    still = {each.file for each in waiting_packages.listed(desk)}
    return tuple(name for file, name in named.items() if name and file not in still)


def strangers(desk: Desk, reports: Collection[Report]) -> list[Stranger]:
    """Return the laptops that nobody here knows, each once, with the numbers of their keys; takes some tenths of a second each."""
    held = ((each.manifest, each.why) for each in reports if each.code in OF_NEW_LAPTOPS and each.manifest)
    asked = {manifest.sender.device: (manifest, why) for manifest, why in held}
    more = {id_: why.say() for id_, (_, why) in asked.items() if why and why.sentence != UNKNOWN_LAPTOP.sentence}
    return [stranger(desk, manifest)._replace(why=more.get(id_, "")) for id_, (manifest, _) in asked.items()]


def undoable(desk: Desk) -> str | None:
    return receiving.last_receive(desk)


def undo_receive(desk: Desk, bundle: str) -> None:
    """Restore the state before a package was received. Raises WrittenSinceReceived, also for unsaved typing."""
    draft_texts.commit_left_over(desk)
    receiving.take_back(desk, bundle)


def give_into(desk: Desk, folder: Path, *, files: bool = True, progress: Progress = untold) -> Given:
    """Write a package into this desk's subfolder of a shared folder; its older packages are removed."""
    _not_the_sample(desk)
    draft_texts.commit_left_over(desk)
    return folders.give_into(desk, folder, files=files, progress=progress)


def watch(desk: Desk, folder: Path) -> folders.Watch:
    return folders.Watch(folder, devices.own_id(desk), desk.workspace.id, system_clock)


def concerns(desk: Desk, file: Path) -> bool:
    """Return whether a file is a whole package for this workspace, or a protected one, neither received nor given here."""
    try:
        manifest = look(file)
    except PackageLocked:
        return True
    except (UserError, OSError):
        return False
    query = "SELECT 1 FROM sync_import WHERE bundle_id = ? UNION SELECT 1 FROM sync_export WHERE bundle_id = ?"
    known = desk.ask(query, manifest.bundle_id, manifest.bundle_id)
    met = desk.ask("SELECT 1 FROM sync_import WHERE from_dev = ? LIMIT 1", manifest.sender.device)
    return manifest.store_id == desk.workspace.id and not known and not (met and _came_before(desk, file))


def _came_before(desk: Desk, file: Path) -> bool:
    """Return whether these very bytes came here before, whatever became of them."""
    with translated_errors(file), file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
    return bool(desk.ask("SELECT 1 FROM sync_import WHERE sha256 = ?", digest))


def torn(desk: Desk, file: Path) -> UserError | None:
    """Return why a complete file in a folder cannot be read; None where it can, or where that was reported before."""
    try:
        look(file)
    except Refusal as error:
        if error.code not in (INCOMPLETE_PACKAGE.code, DamagedPackage.code):
            raise
        return None if _came_before(desk, file) else error
    except (UserError, OSError):
        return None
    return None


MAX_EXCERPT_CHARS, BEFORE = 40, 12  # Maximum characters of a value told before and after, and of their common beginning


def changes(desk: Desk, line: WrittenRecord) -> list[str]:
    """Return the changes that a package makes to an existing record, field by field, with the old value where known."""
    record = desk.read.record(line.id)
    shown = [cell for cell in line.cells if not cell.endswith(".state") and cell not in ("~", "pos")]
    return [_change(desk, line, record, cell) for cell in shown]


def _change(desk: Desk, line: WrittenRecord, record: Record | None, cell: str) -> str:
    label, place = history.label_of(line.kind, cell), LISTED[line.kind].place_of(cell)
    if record is None or place is None or cell not in line.values:
        return label
    field, key = place
    values = field.type.split(getattr(record, field.name)).get(key and f".{key}"), line.values[cell]
    before, after = (" ".join(history.say_cell(desk, line.kind, cell, value).split()) for value in values)
    if before == after or (field.meta.kinds and after == line.values[cell]):  # a record that is not here yet
        return label
    before, after = _short(before, after)
    return tr("exchange", "{field}: {before} → {after}", field=label, before=before or "—", after=after or "—")


def _short(before: str, after: str) -> Iterator[str]:
    """Yield both texts: short ones whole, long ones from a word before their first difference."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(before, after, strict=False))
    differ = sum(1 for _ in same) if max(len(before), len(after)) > MAX_EXCERPT_CHARS else 0
    begin = max(0, differ - BEFORE)
    begin = before.find(" ", begin, differ) + 1 or begin
    for text in (before, after):
        rest = f"…{text[begin:]}" if begin else text
        yield rest if len(rest) <= MAX_EXCERPT_CHARS else f"{rest[: MAX_EXCERPT_CHARS - 1]}…"


# -- where one stands ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """The status of the exchange, as the corner of the window shows it.

    Attributes:
        to_give: Own changes that went into no package yet.
        to_decide: Open decisions.
        waiting: Packages that are kept until something else arrives.
        given: When a package was given last; None where never.
        failed: Whether the last giving failed.
        alone: Nothing was ever given or received.
        days: Days since the last giving while there is something to give, once they are many; else 0.
    """

    to_give: int
    to_decide: int
    waiting: int
    given: datetime | None
    failed: bool
    alone: bool
    days: int = 0


def standing(desk: Desk) -> Standing:
    with desk.alone():
        me = devices.own_id(desk)
        rows = desk.db.execute("SELECT at, head, state FROM sync_export ORDER BY rowid DESC LIMIT 20").fetchall()
        done = next((row for row in rows if row[2] == giving.DONE), None)
        given = loads(done[1]).get(me, 0) if done else 0
        (to_give,) = desk.db.execute(
            "SELECT count(*) FROM sync_changeset c JOIN sync_device d ON d.ord = c.dev"
            f" WHERE d.device_id = ? AND c.seq > ? AND {BY_PEOPLE}",
            (me, given),
        ).fetchone()
        (waiting,) = desk.db.execute("SELECT count(*) FROM sync_parked").fetchone()
        (received,) = desk.db.execute("SELECT count(*) FROM sync_import WHERE state = ?", (APPLIED,)).fetchone()
    return Standing(
        to_give, to_decide(desk), waiting, moment(done[0]) if done else None, bool(rows) and rows[0][2] == giving.FAILED,
        not done and not received, _too_many_days(desk, moment(done[0])) if done and to_give else 0,
    )  # fmt: skip


def _too_many_days(desk: Desk, given: datetime) -> int:
    """Return the days since a time, or 0 while they are few."""
    days = (moment(desk.workspace.clock()) - given).days
    now = [Condition("dates", (today(desk.workspace.clock).isoformat(),))]
    travelling = days >= REMIND_AFTER_DAYS_ON_A_VISIT and desk.read.ids("visit", conditions=now)
    return days if days >= (REMIND_AFTER_DAYS_ON_A_VISIT if travelling else REMIND_AFTER_DAYS) else 0


@dataclass(frozen=True, slots=True)
class Pending:
    """The contents of the next package for everybody who has the last one.

    Attributes:
        kinds: How many records of each kind were written since, the most first.
        files: How many files all records name, and their ``size`` in bytes.
    """

    kinds: tuple[tuple[str, int], ...]
    files: int
    size: int


def pending(desk: Desk) -> Pending:
    me = devices.own_id(desk)
    last = desk.ask("SELECT head FROM sync_export WHERE state = ? ORDER BY rowid DESC LIMIT 1", giving.DONE)
    found = desk.ask(
        "SELECT r.ent, count(DISTINCT r.id) FROM sync_changeset c JOIN sync_device d ON d.ord = c.dev"
        " JOIN sync_touch t ON t.n = c.n JOIN sync_row r ON r.n = t.row"
        f" WHERE d.device_id = ? AND c.seq > ? AND {BY_PEOPLE} GROUP BY r.ent ORDER BY 2 DESC, 1",
        me, loads(last[0][0]).get(me, 0) if last else 0,
    )  # fmt: skip
    with desk.alone():
        files = [ref for sha, ref in named_files(desk.db).items() if desk.workspace.files.has(sha)]
    kinds = tuple((kind, n) for kind, n in found if kind in LISTED)
    return Pending(kinds, len(files), sum(ref.size or 0 for ref in files))


@dataclass(frozen=True, slots=True)
class Received:
    """A package of the past.

    Attributes:
        direction: given or received.
        state: As its report's, or the giving's.
        person: Who gave it.
        why: Where it was not taken in.
        copy: The backup that was made before it was received.
    """

    direction: str
    time: datetime
    file: str
    state: str
    bundle: str
    person: str = ""
    why: str = ""
    copy: str = ""


def received(desk: Desk) -> list[Received]:
    """Return all packages given and received, newest first."""
    out = desk.ask("SELECT at, file, state, bundle_id FROM sync_export")
    came = desk.ask(
        "SELECT i.at, i.file, i.state, i.bundle_id, d.person, i.error, i.backup FROM sync_import i"
        " LEFT JOIN sync_device d ON d.device_id = i.from_dev"
    )
    found = [Received("given", moment(at), Path(file).name or "–", state, bundle) for at, file, state, bundle in out]
    for at, file, state, bundle, person, error, backup in came:
        why = said_again(error)
        found.append(Received("received", moment(at), file or "–", state, bundle, person or "", why, backup or ""))
    return sorted(found, key=lambda each: each.time, reverse=True)


# Roles of people who work in the workspace: contacts first, then those with actions, then participants.
WORKING_ROLES = (("contact_role", "person"), ("action_item", "person"), ("participation", "person"))
MAX_PEOPLE_OFFERED = 8
COUNTED_KINDS = ("ucap", "visit", "meeting", "agreement", "person", "organisation")


def newcomers(desk: Desk) -> dict[str, str]:
    """Return who the user may be, by the name in plain letters: who works in the workspace, the most frequent first, then its authors."""
    found = dict.fromkeys(id_ for kind, field in WORKING_ROLES for id_, _ in desk.read.in_use(kind, field))
    others = [each for each in devices.listed(desk) if each.trust != devices.ME]
    people: list[Any] = [one for one in desk.read.many([*found][: 3 * MAX_PEOPLE_OFFERED]) if not one.is_deleted]
    named = {_person_key(person.name, title_of(person, language())): title_of(person, language()) for person in people}
    written = {_person_key(None, each.person): each.person for each in others if each.person}
    both = {key: name for key, name in {**named, **written}.items() if key and name}
    return dict([*both.items()][:MAX_PEOPLE_OFFERED])


def _person_key(name: object, title: str) -> str:
    """Return ``chenyan``: the name in plain letters, or in its own script."""
    latin = f"{name.family or ''}{name.given or ''}" if isinstance(name, PersonName) else ""
    return re.sub(r"\W|_", "", fold_accents(latin or title))


def package_contents(desk: Desk) -> Sequence[tuple[str, int]]:
    return [(kind, n) for kind in COUNTED_KINDS if (n := records.count(desk, kind))]


MAX_NAMES_LISTED = 4  # Fields and people in one sentence


@dataclass(frozen=True, slots=True)
class Internal:
    """Internal fields and notes in a package.

    Attributes:
        n: How many fields that are declared internal say something, and records that are marked so.
        labels: What those fields are called, the most frequent first.
        readers: Who works on the laptops that are known here, without this one.
    """

    n: int
    labels: tuple[str, ...]
    readers: tuple[str, ...]

    def say(self) -> str:
        if not self.n:
            return ""
        comma = tr("log", ", ")
        what = comma.join(self.labels[:MAX_NAMES_LISTED]) + ("…" if len(self.labels) > MAX_NAMES_LISTED else "")
        said = ntr(
            "exchange",
            "{n} internal field or note is included ({what}): whoever opens the package can read it.",
            "{n} internal fields and notes are included ({what}): whoever opens the package can read them.",
            self.n,
            what=what,
        )
        if not self.readers:
            return said
        more = len(self.readers) - MAX_NAMES_LISTED
        who = comma.join(self.readers[:MAX_NAMES_LISTED])
        if more > 0:
            who = ntr("exchange", "{who} and {n} more", "{who} and {n} more", more, who=who)
        return sentences(said, tr("exchange", "Packages of this workspace can be read by {who}.", who=who))


def internal_going_along(desk: Desk) -> Internal:
    """Count what a package given now would hold of it; what lies in the Trash goes along too. Counted anew once something changed."""
    asked = internal_going_along, desk.db.total_changes, language()
    return desk.read.remembered(asked, lambda: _internal_count(desk))


def _internal_count(desk: Desk) -> Internal:
    found = Counter[str]()
    for kind in KINDS.values():
        found.update(_internal_in(desk, kind))
    known = (each.person for each in devices.listed(desk) if each.trust == devices.KNOWN)
    labels = [label for label, _ in found.most_common()]
    return Internal(found.total(), tuple(labels), tuple(dict.fromkeys(filter(None, known))))


def _internal_in(desk: Desk, kind: Kind) -> dict[str, int]:
    """How often each internal field of a kind says something, and how many of its records are internal as a whole."""
    counted = {
        field.label(): f"""nullif("{field.name}", '[]')"""
        for field in kind.fields.values()
        if field.meta.internal and not field.meta.local
    }
    if "internal" in kind.fields:
        counted[kind.label()] = 'nullif("internal", 0)'
    if not counted:
        return {}
    sums = ", ".join(f"count({value})" for value in counted.values())
    (row,) = desk.ask(f'SELECT {sums} FROM "{kind.name}"')
    return {label: n for label, n in zip(counted, row, strict=True) if n}
