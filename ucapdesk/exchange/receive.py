"""Taking packages in: copied first, checked, then applied all together or not at all.

A preview is the same work inside a transaction that is rolled back, so what it counts is what will happen.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import sqlcipher3.dbapi2 as driver

from ucapdesk.base.errors import UserError
from ucapdesk.exchange import devices, limits, notes
from ucapdesk.exchange.errors import (
    BlockedLaptop,
    DamagedPackage,
    MissingBefore,
    PackageOfOtherWorkspace,
    Refusal,
    TwoUnderOneName,
    UnknownLaptop,
)
from ucapdesk.exchange.heads import check_head
from ucapdesk.exchange.manifest import Manifest
from ucapdesk.exchange.package import Package, Reading, open_package
from ucapdesk.exchange.report import APPLIED, KNOWN, PARKED, REFUSED, Report
from ucapdesk.model.kinds import LISTED
from ucapdesk.store.attachments import named_files
from ucapdesk.store.changeset import Changeset
from ucapdesk.store.desk import Desk
from ucapdesk.store.erase import erased_names
from ucapdesk.store.errors import told
from ucapdesk.store.files import Files
from ucapdesk.store.held import TRASHED
from ucapdesk.store.log import Fork, Gap
from ucapdesk.store.merge import Outcome
from ucapdesk.store.migrate import SCHEMA
from ucapdesk.store.refusals import BrokenLinks

ODD_CLOCK = 10 * 60 * 10**6
"""Microseconds by which another clock may be ahead before it is said."""
Progress = Callable[[int, int], None]
"""Told of changesets done and of the whole. Raising in it cancels, and nothing was written."""


@dataclass(slots=True)
class _Arrival:
    """A file on its way in. ``sha256``: where its copy is; ``own``: whether that copy is only there for this."""

    report: Report
    sha256: str = ""
    own: bool = False
    package: Package | None = None


class _Preview(Exception):
    """Ends the transaction of a preview."""


@dataclass(slots=True)
class _Run:
    """One receiving of several files."""

    desk: Desk
    accept: bool
    dry: bool
    progress: Progress
    outcome: Outcome = field(default_factory=Outcome)
    done: int = 0
    whole: int = 0


def receive(
    desk: Desk,
    files: Sequence[Path],
    *,
    accept: bool = False,
    dry_run: bool = False,
    passphrase: str | None = None,
    progress: Progress | None = None,
    initiator: object = None,
) -> list[Report]:
    """Take packages in, in whatever order they fit; those that wait from before are tried again.

    Args:
        desk: Who receives.
        files: The packages.
        accept: Accept a giver nobody here knows yet.
        dry_run: Only say what would happen.
        passphrase: For those that are protected.
        progress: Told of changesets.
        initiator: Handed on to listeners.

    Returns:
        A report for each file, in their order, then one for each waiting package that was applied as well.
    """
    run = _Run(desk, accept, dry_run, progress or (lambda _done, _whole: None))
    arrivals = [_arrive(run, file, passphrase) for file in files]
    waiting = [] if dry_run else [each for each in _waiting(run) if each.sha256 not in {a.sha256 for a in arrivals}]
    try:
        todo = [each for each in (*arrivals, *waiting) if each.package is not None]
        if any(_brings_news(desk, each.package.manifest) for each in todo if each.package):
            _take_in(run, todo)
        else:
            _note_known(run, todo)
    finally:
        _tidy(run, [*arrivals, *waiting])
    if run.outcome.touched and not dry_run:
        with desk.alone():
            desk.tidy(run.outcome)
        desk.publish(run.outcome.touched, ["receive", {}], initiator)
    return [each.report for each in (*arrivals, *(w for w in waiting if w.report.state == APPLIED))]


# -- arriving ----------------------------------------------------------------------------------------


def _arrive(run: _Run, path: Path, passphrase: str | None) -> _Arrival:
    """Copy a file, so that a stick may be pulled, and open the copy."""
    arrival = _Arrival(Report(path.name))
    try:
        with told(path):
            digest = hashlib.sha256()
            with path.open("rb") as file:
                while piece := file.read(limits.MIB):
                    digest.update(piece)
        if _is_known(run.desk, digest.hexdigest()):
            arrival.report.state = KNOWN
            return arrival
        store = run.desk.workspace.files
        arrival.own = not store.has(digest.hexdigest()) or (_waits(run.desk, digest.hexdigest()) and not run.dry)
        arrival.sha256 = store.put(path, largest=limits.LARGEST_PACKAGE).sha256 or ""
        arrival.package = _opened(run, arrival, passphrase)
    except UserError as error:
        _refuse(arrival, error)
        _note(run, arrival)
    return arrival


def _opened(run: _Run, arrival: _Arrival, passphrase: str | None) -> Package:
    package = open_package(run.desk.workspace.files.open(arrival.sha256), arrival.report.file, passphrase)
    manifest = arrival.report.manifest = package.manifest
    if manifest.store_id != run.desk.workspace.id:
        raise PackageOfOtherWorkspace(file=package.name, name=manifest.store_name)
    who = {"file": package.name, "person": manifest.sender.person or "—", "laptop": manifest.sender.label or "—"}
    with run.desk.alone():
        trust = devices.trust_of(run.desk, manifest.sender.device)
    if trust == devices.BLOCKED:
        raise BlockedLaptop(**who)
    if trust is None and not run.accept:
        raise UnknownLaptop(**who, number=devices.check_number(manifest.giver.key))
    run.whole += manifest.counts.get("changesets", 0)
    return package


def _waiting(run: _Run) -> list[_Arrival]:
    """The packages kept from before."""
    with run.desk.alone():
        rows = run.desk.db.execute(
            "SELECT p.sha256, i.file FROM sync_parked p JOIN sync_import i ON i.bundle_id = p.bundle_id"
            " WHERE p.reason <> ? OR ?",
            (UnknownLaptop.code, run.accept),
        ).fetchall()
    found = []
    for sha256, file in rows:
        arrival = _Arrival(Report(file), sha256, own=True)
        with contextlib.suppress(UserError):
            arrival.package = _opened(run, arrival, None)
            found.append(arrival)
    return found


def _is_known(desk: Desk, sha256: str) -> bool:
    with desk.alone():
        query = "SELECT 1 FROM sync_import WHERE sha256 = ? AND state IN (?, ?)"
        return desk.db.execute(query, (sha256, APPLIED, KNOWN)).fetchone() is not None


def _waits(desk: Desk, sha256: str) -> bool:
    with desk.alone():
        return desk.db.execute("SELECT 1 FROM sync_parked WHERE sha256 = ?", (sha256,)).fetchone() is not None


def _brings_news(desk: Desk, manifest: Manifest) -> bool:
    held = desk.log.vector()
    return any(seq > held.get(device, 0) for device, seq in manifest.head.items())


# -- applying ----------------------------------------------------------------------------------------


def _take_in(run: _Run, todo: list[_Arrival]) -> None:
    desk = run.desk
    backup = None if run.dry else desk.workspace.keep_copy("receive")
    brought = [] if run.dry else _bring_files(desk.workspace.files, todo)
    try:
        with desk.transaction():
            _apply_all(run, todo)
            for arrival in () if run.dry else todo:
                notes.note_import(run.desk, arrival.report, arrival.sha256, backup)
            if run.dry:
                raise _Preview
        if erased_names(desk.log):  # a package written before may bring the files of somebody whose data is gone
            _drop(desk.workspace.files, sorted(set(brought) - named_files(desk.db, trash=True).keys()))
    except _Preview:
        pass
    except driver.IntegrityError as error:
        _drop(desk.workspace.files, brought)
        raise BrokenLinks from error
    except BaseException:
        _drop(desk.workspace.files, brought)
        raise


def _apply_all(run: _Run, todo: list[_Arrival]) -> None:
    """Apply what fits, and try again what builds upon that, until nothing moves."""
    left = list(todo)
    moved = True
    while left and moved:
        moved = False
        for arrival in list(left):
            refusal = _apply(run, arrival)
            if refusal is None:
                left.remove(arrival)
                moved = True
            elif not isinstance(refusal, MissingBefore):
                left.remove(arrival)


def _apply(run: _Run, arrival: _Arrival) -> UserError | None:
    """One package inside the transaction; as if it had never been tried where it is refused."""
    db, log = run.desk.db, run.desk.log
    assert arrival.package is not None
    db.execute("SAVEPOINT package")
    try:
        _merge(run, arrival.report, arrival.package)
    except (Refusal, Fork, Gap) as error:
        db.execute("ROLLBACK TO package")
        db.execute("RELEASE package")
        log.forget()
        refusal = error if isinstance(error, Refusal) else _said(arrival.package, error)
        _refuse(arrival, refusal)
        return refusal
    db.execute("RELEASE package")
    arrival.report.why = None
    return None


def _merge(run: _Run, report: Report, package: Package) -> None:
    desk, manifest = run.desk, package.manifest
    held = desk.log.vector()
    for device, seq in manifest.base.items():
        if held.get(device, 0) < seq:
            raise Gap(device, held.get(device, 0) + 1, seq)
    if not run.dry:
        _part_from_own_past(desk, manifest, held)
    trashed: set[tuple[str, str]] = set()
    reading = Reading()
    outcome = desk.merge.apply(_counted(run, package.changesets(held, reading), reading, trashed, report))
    for line in manifest.devices:
        check_head(desk, package, line, held)
    notes.note_devices(desk, manifest)
    report.state = APPLIED if outcome.changesets else KNOWN
    report.records = frozenset(each for each in outcome.touched if each[0] in LISTED)
    gone = {each for each in trashed & report.records if _is_hidden(desk, *each)}
    report.new = len([each for each in outcome.new if each[0] in LISTED and each not in gone])
    report.updated = len([each for each in outcome.updated - outcome.new if each[0] in LISTED and each not in gone])
    report.trashed, report.already = len(gone), reading.known
    report.merged, report.conflicts = len(outcome.merged), len(outcome.conflicts)
    report.newer = manifest.sender.schema > SCHEMA
    _add(run.outcome, outcome)


def _add(whole: Outcome, part: Outcome) -> None:
    whole.changesets += part.changesets
    whole.new |= part.new
    whole.updated |= part.updated
    whole.files |= part.files
    whole.erased |= part.erased


def _counted(
    run: _Run, changesets: Iterator[Changeset], reading: Reading, trashed: set[tuple[str, str]], report: Report
) -> Iterator[Changeset]:
    """The changesets on their way, noting what they move to the Trash and whose clock is odd."""
    now = run.desk.workspace.clock()
    before = run.done
    for changeset in changesets:
        run.done = before + reading.changesets
        run.progress(run.done, max(run.whole, run.done))
        trashed.update((ent, id_) for ent, id_, cells in changeset.rows if cells.get(TRASHED) == 1)
        if changeset.time > now + ODD_CLOCK:
            report.ahead = max(report.ahead, (changeset.time - now) // 10**6)
        yield changeset


def _is_hidden(desk: Desk, kind: str, id_: str) -> bool:
    row = desk.db.execute(f'SELECT is_deleted FROM "{LISTED[kind].name}" WHERE id = ?', (id_,)).fetchone()
    return bool(row and row[0])


def _part_from_own_past(desk: Desk, manifest: Manifest, held: dict[str, int]) -> None:
    """It knows more of this laptop than this laptop does: an older copy was restored here, so go on as a new one."""
    me = desk.me().device_id
    if manifest.head.get(me, 0) > held.get(me, 0):
        desk.workspace.renew_identity(me)


def _said(package: Package, error: Fork | Gap) -> Refusal:
    lines = {line.id: line for line in package.manifest.devices}
    line = lines.get(error.device)
    person, label = (line.person or "—", line.label or "—") if line else ("—", "—")
    if isinstance(error, Fork):
        return TwoUnderOneName(person=person, laptop=label)
    return MissingBefore(file=package.name, first=error.first, last=error.last, person=person)


def _note_known(run: _Run, todo: list[_Arrival]) -> None:
    """Nothing new in any of them; what they prove about who holds what is taken in all the same."""
    for arrival in todo:
        arrival.report.state = KNOWN
        arrival.report.already = arrival.report.manifest.counts.get("changesets", 0) if arrival.report.manifest else 0
    if run.dry or not todo:
        return
    with run.desk.transaction():
        for arrival in todo:
            refusal = _apply(run, arrival)  # chains and signatures are looked at as ever
            if refusal is None:
                arrival.report.state = KNOWN
            notes.note_import(run.desk, arrival.report, arrival.sha256, None)


def _note(run: _Run, arrival: _Arrival) -> None:
    """Put a refused file on record."""
    if not run.dry and arrival.sha256:
        with run.desk.transaction():
            notes.note_import(run.desk, arrival.report, arrival.sha256, None)


def _refuse(arrival: _Arrival, error: UserError) -> None:
    arrival.report.why = error
    arrival.report.state = PARKED if isinstance(error, Refusal) and error.waits else REFUSED


# -- files -----------------------------------------------------------------------------------------------


def _bring_files(store: Files, todo: list[_Arrival]) -> list[str]:
    """Keep the files of these packages; they are there before the records that name them. The hashes of the new ones."""
    brought = []
    for arrival in todo:
        package = arrival.package
        for part in package.blobs if package else ():
            if store.has(part.sha256) or package is None:
                continue
            try:
                store.put(package.blob(part), mime=part.mime, largest=limits.LARGEST_FILE)
                brought.append(part.sha256)
            except DamagedPackage:
                arrival.report.missing += 1
    return brought


def _drop(store: Files, hashes: Sequence[str]) -> None:
    for sha256 in hashes:
        store.drop(sha256)


def _tidy(run: _Run, arrivals: list[_Arrival]) -> None:
    """Let the copies of packages go that need not wait."""
    for arrival in arrivals:
        waits = arrival.report.state == PARKED and not run.dry
        arrival.package = None
        if arrival.sha256 and arrival.own and not waits:
            run.desk.workspace.files.drop(arrival.sha256)
