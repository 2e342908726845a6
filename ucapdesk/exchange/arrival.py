"""A package on its way in: copied, opened, and looked at for whether it may come in at all."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from pathlib import Path

from ucapdesk.base.errors import UserError
from ucapdesk.exchange import devices, limits, notes
from ucapdesk.exchange.errors import BlockedLaptop, PackageOfOtherWorkspace, Refusal, UnknownLaptop
from ucapdesk.exchange.package import Package, open_package
from ucapdesk.exchange.report import APPLIED, KNOWN, PARKED, REFUSED, Report
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import told
from ucapdesk.store.merge import Outcome

Progress = Callable[[int, int], None]
"""Told of changesets done and of the whole. Raising in it cancels, and nothing was written."""


@dataclass(slots=True)
class Arrival:
    """A file on its way in. ``sha256``: where its copy is; ``own``: whether that copy is only there for this."""

    report: Report
    sha256: str = ""
    own: bool = False
    package: Package | None = None


@dataclass(slots=True)
class Run:
    """One receiving of several files."""

    desk: Desk
    accept: bool | Collection[str]
    """Whether givers nobody here knows are accepted, or which of them by their ids."""
    dry: bool
    progress: Progress
    outcome: Outcome = field(default_factory=Outcome)
    done: int = 0
    whole: int = 0


def arrive(run: Run, path: Path, passphrase: str | None) -> Arrival:
    """Copy a file, so that a stick may be pulled, and open the copy."""
    arrival = Arrival(Report(path.name))
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
        refuse(arrival, error)
        note(run, arrival)
    return arrival


def _opened(run: Run, arrival: Arrival, passphrase: str | None) -> Package:
    package = open_package(run.desk.workspace.files.open(arrival.sha256), arrival.report.file, passphrase)
    manifest = arrival.report.manifest = package.manifest
    if manifest.store_id != run.desk.workspace.id:
        raise PackageOfOtherWorkspace(file=package.name, name=manifest.store_name)
    who = {"file": package.name, "person": manifest.sender.person or "—", "laptop": manifest.sender.label or "—"}
    with run.desk.alone():
        trust = devices.trust_of(run.desk, manifest.sender.device)
    if trust == devices.BLOCKED:
        raise BlockedLaptop(**who)
    accepted = run.accept if isinstance(run.accept, bool) else manifest.sender.device in run.accept
    if trust is None and not accepted:
        raise UnknownLaptop(**who, number=devices.check_number(manifest.giver.key))
    run.whole += manifest.counts.get("changesets", 0)
    return package


def waiting(run: Run) -> list[Arrival]:
    """The packages kept from before."""
    with run.desk.alone():
        rows = run.desk.db.execute(
            "SELECT p.sha256, i.file FROM sync_parked p JOIN sync_import i ON i.bundle_id = p.bundle_id ORDER BY p.at"
        ).fetchall()
    found = []
    for sha256, file in rows:
        arrival = Arrival(Report(file), sha256, own=True)
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


def refuse(arrival: Arrival, error: UserError) -> None:
    """Say of a file why it is not taken in."""
    arrival.report.why = error
    arrival.report.state = PARKED if isinstance(error, Refusal) and error.waits else REFUSED


def note(run: Run, arrival: Arrival) -> None:
    """Put a refused file on record."""
    if not run.dry and arrival.sha256:
        with run.desk.transaction():
            notes.note_import(run.desk, arrival.report, arrival.sha256, None)
