"""The arrival of packages: copied, opened, and checked for whether they may be received at all, or must wait.

Laptops that a package tells of and nobody here has met may be invented: anybody who was accepted can invent keys, and sign with each
of them. That costs whoever tells of them, and not the reader. So a giver may introduce so many and no more: then
their packages wait until a person says that it is right, and everybody else's come in as before.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from ucapdesk.base.errors import UserError
from ucapdesk.base.fold import one_line
from ucapdesk.base.i18n import Message
from ucapdesk.base.json_text import dumps, loads
from ucapdesk.base.reporting import Progress, untold
from ucapdesk.exchange import container, devices, reports, waiting_packages
from ucapdesk.exchange.container import MOST_LISTED, Container, begins_as_one, is_protected, opened
from ucapdesk.exchange.errors import (
    BLOCKED_LAPTOP,
    MANY_NEW_LAPTOPS,
    NO_ROOM_FOR_NEWER,
    NO_ROOM_TO_WAIT,
    NOT_A_NORMAL_PACKAGE,
    OF_NEW_LAPTOPS,
    PACKAGE_OF_OTHER_WORKSPACE,
    UNKNOWN_LAPTOP,
    WaitingRefusal,
)
from ucapdesk.exchange.manifest import Manifest
from ucapdesk.exchange.package import Package, open_package, unprotected
from ucapdesk.exchange.reports import APPLIED, KNOWN, REFUSED, WAITING, Report
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import translated_errors
from ucapdesk.store.outcomes import Outcome
from ucapdesk.store.workspace.file_store import named_files
from ucapdesk.store.workspace.identity import Identity

MAX_LAPTOPS_INTRODUCED = 50  # How many laptops one giver introduces unasked
_KEY = "introduced"  # Under which it is noted who introduced whom: laptops by the giver who is answerable for them


def _introduced(desk: Desk) -> dict[str, list[str]]:
    found = desk.db.execute("SELECT v FROM sync_meta WHERE k = ?", (_KEY,)).fetchone()
    return dict(loads(found[0])) if found else {}


def _known(desk: Desk) -> set[str]:
    query = "SELECT device_id FROM sync_device WHERE pubkey IS NOT NULL"
    return {desk.me().device_id, *(id_ for (id_,) in desk.db.execute(query).fetchall())}


def _new(desk: Desk, manifest: Manifest) -> list[str]:
    known = _known(desk) | {manifest.sender.device}
    return [line.id for line in manifest.devices if line.id not in known]


def refuse_many(desk: Desk, manifest: Manifest, file: str, *, accepted: bool) -> None:
    """Raise where a package tells of more laptops than its giver may introduce, or than a workspace holds."""
    new = _new(desk, manifest)
    if (whole := len(_known(desk)) + len(new)) > MOST_LISTED:
        raise NOT_A_NORMAL_PACKAGE(file=file, reason=Message("package", "{n} laptops", {"n": whole}))
    count = len(_introduced(desk).get(manifest.sender.device, ())) + len(new)
    if new and not accepted and count > MAX_LAPTOPS_INTRODUCED:
        person, laptop = manifest.sender.person or "—", manifest.sender.label or "—"
        raise MANY_NEW_LAPTOPS(file=file, person=person, laptop=laptop, count=count, most=MAX_LAPTOPS_INTRODUCED)


def note_introductions(desk: Desk, manifest: Manifest, *, accepted: bool) -> None:
    """Note who introduced whom, before they are known; nobody is answerable any more for those that a person accepted."""
    giver, introduced = manifest.sender.device, _introduced(desk)
    if accepted:
        introduced.pop(giver, None)
    elif new := _new(desk, manifest):
        introduced[giver] = [*introduced.get(giver, ()), *new]
    desk.db.execute("INSERT OR REPLACE INTO sync_meta VALUES(?, ?)", (_KEY, dumps(introduced)))


def forget_silent(desk: Desk) -> int:
    """Forget the laptops that never wrote anything nor gave a package here; how many. Each is asked about when it comes."""
    with desk.transaction() as db:
        found = db.execute(
            "SELECT ord, device_id FROM sync_device WHERE seq = 0 AND trust IN ('known', 'new') AND device_id NOT IN"
            " (SELECT from_dev FROM sync_import WHERE from_dev IS NOT NULL) AND device_id <> ?",
            (desk.me().device_id,),
        ).fetchall()
        silent = [ord_ for ord_, id_ in found if id_ not in desk.log.branches.kids]  # parted ones write in branches
        for ord_ in silent:
            db.execute("DELETE FROM sync_peer WHERE dev = ? OR of = ?", (ord_, ord_))
            db.execute("DELETE FROM sync_device WHERE ord = ?", (ord_,))
        desk.log.forget()
    return len(silent)


MayRemove = Callable[[Sequence[str], Sequence[str]], bool]
Settle = Callable[[Outcome, Identity], object]
PACKAGE = "application/x-ucapx"  # The media type under which copies of packages are kept among the files of a workspace


@dataclass(slots=True)
class Arrival:
    """A file on its way in. ``sha256``: of the file; ``copy``: of what is kept of it, without its protection."""

    report: Report
    sha256: str = ""
    copy: str = ""
    package: Package | None = None


@dataclass(slots=True)
class Run:
    """One receiving of several files."""

    desk: Desk
    accept: bool | Collection[str]  # Whether unknown givers are accepted, or the ids of those that are
    dry: bool
    # Asked before anything is kept, with the names of all people here whose data would be removed for good, and those
    # of authors that would be forgotten; without it they may.
    may_remove: MayRemove | None
    settle: Settle  # Called once all of it is taken in, and before it stands
    progress: Progress = untold
    # The copy of the workspace from before, which undoes all of it: also what came in first, and made another one come
    # in.
    backup: Path | None = None
    # Whether this laptop becomes a new one: a package knows more of it than it does itself, as an older copy was put
    # back, or something else was written under its name.
    renewed: bool = False
    reissued: str = ""  # The package for which own unshared work was written again, as a new laptop's
    # The first own changeset to be written again before, and the package that shows it.
    tail: tuple[int, str] | None = None
    agreed: set[str] = field(default_factory=set)  # The people and authors that may go, as somebody has said
    # The new identity; ``after`` completes the change, and all else that waits for the commit.
    new: Identity | None = None
    after: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    outcome: Outcome = field(default_factory=Outcome)
    opened: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)
    done: int = 0
    whole: int = 0
    seen: set[str] = field(default_factory=set)  # The files received so far
    copied: set[str] = field(default_factory=set)  # The hashes of the copies that were made of them
    # The copies that waited from before: they may be needed again while this receive can be undone.
    waited: set[str] = field(default_factory=set)

    def accepts(self, device: str) -> bool:
        """Whether a person said that what this giver brings is to be taken in."""
        return self.accept if isinstance(self.accept, bool) else device in self.accept

    def accept_only_givers(self, arrivals: Iterable[Arrival]) -> None:
        """Accept nobody else from now on: others whose packages wait are asked about for themselves."""
        if self.accept is True:
            manifests = [each.report.manifest for each in arrivals]
            self.accept = {each.sender.device for each in manifests if each is not None}

    def begin_again(self) -> None:
        self.outcome, self.done, self.renewed, self.new, self.tail = Outcome(), 0, False, None, None
        self.after = contextlib.ExitStack()


def arrive(run: Run, path: Path, passphrase: str | None) -> Arrival:
    """Copy a file, so that a stick may be pulled, and open the copy."""
    arrival = Arrival(Report(one_line(path.name, container.LONGEST_FILE_NAME)))
    try:
        with translated_errors(path):
            _look_at(arrival, path)
        if _is_known(run.desk, arrival.sha256) or arrival.sha256 in run.seen:
            arrival.report.state = KNOWN
            return arrival
        run.seen.add(arrival.sha256)
        with translated_errors(path):
            file = run.opened.enter_context(opened(path, arrival.report.file))
            if run.dry or not is_protected(file):  # a preview of a protected package leaves nothing behind
                _let_in(run, arrival, file, passphrase)
        if not run.dry:
            _copy(run, arrival, path, passphrase)
            _let_in(run, arrival, run.desk.workspace.files.open(arrival.copy))
        run.whole += arrival.report.manifest.counts.get("changesets", 0) if arrival.report.manifest else 0
    except UserError as error:
        refuse(arrival, error)
        note_refused(run, arrival)
    return arrival


def _look_at(arrival: Arrival, path: Path) -> None:
    """Hash a file, and check its beginning and its directory first: a file that is no package may be of any size."""
    with opened(path, arrival.report.file) as file:
        arrival.sha256 = hashlib.sha256(file.read(container.MIB)).hexdigest()
        begins_as_one(file, arrival.report.file)
        if not is_protected(file):
            Container(file, arrival.report.file)
        file.seek(0)
        arrival.sha256 = hashlib.file_digest(file, "sha256").hexdigest()


def _copy(run: Run, arrival: Arrival, path: Path, passphrase: str | None) -> None:
    files = run.desk.workspace.files
    with translated_errors(path), path.open("rb") as file:
        plain = unprotected(file, arrival.report.file, passphrase) if is_protected(file) else None
        arrival.copy = hashlib.file_digest(plain, "sha256").hexdigest() if plain else arrival.sha256
        if files.has(arrival.copy):
            return
        whole = path if plain is None else _pieces(plain)
        kept = files.put(whole, mime=PACKAGE, largest=container.LARGEST_PACKAGE)
    arrival.copy = kept.sha256 or ""
    run.copied.add(arrival.copy)


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    return iter(lambda: file.read(container.MIB), b"")


def _let_in(run: Run, arrival: Arrival, file: BinaryIO, passphrase: str | None = None) -> None:
    arrival.package = None
    try:
        arrival.package = _opened(run, arrival, file, passphrase)
    except WaitingRefusal as error:
        size = file.seek(0, 2)
        if not run.dry and not waiting_packages.has_room_for_strangers(run.desk, size, arrival.sha256):
            no_room = NO_ROOM_TO_WAIT if error.code in OF_NEW_LAPTOPS else NO_ROOM_FOR_NEWER
            raise no_room(**error.details) from error
        if run.dry or arrival.copy:
            raise


def _opened(run: Run, arrival: Arrival, file: BinaryIO, passphrase: str | None = None) -> Package:
    package = open_package(file, arrival.report.file, passphrase)
    manifest = arrival.report.manifest = package.manifest
    if manifest.store_id != run.desk.workspace.id:
        raise PACKAGE_OF_OTHER_WORKSPACE(file=package.name, name=manifest.store_name)
    who = {"file": package.name, "person": manifest.sender.person or "—", "laptop": manifest.sender.label or "—"}
    accepted = run.accepts(manifest.sender.device)
    with run.desk.alone():
        trust = devices.trust_of(run.desk, manifest.sender.device)
        if trust == devices.BLOCKED:
            raise BLOCKED_LAPTOP(**who)
        refuse_many(run.desk, manifest, package.name, accepted=accepted)
    if trust is None and not accepted:
        raise UNKNOWN_LAPTOP(**who)
    return package


def those_waiting(run: Run) -> list[Arrival]:
    """Return the waiting packages that may be received by now; those found invalid wait no longer."""
    rows = run.desk.ask(
        "SELECT p.sha256, i.sha256, i.file FROM sync_parked p JOIN sync_import i ON i.bundle_id = p.bundle_id"
        " ORDER BY p.at"
    )
    found = []
    run.waited = {copy for copy, _, _ in rows}
    for copy, sha256, file in rows:
        if sha256 in run.seen:
            continue
        arrival = Arrival(Report(file), sha256, copy)
        try:
            package = arrival.package = _opened(run, arrival, run.desk.workspace.files.open(copy))
            run.whole += package.manifest.counts.get("changesets", 0)
            found.append(arrival)
        except UserError as error:
            refuse(arrival, error)
            if arrival.report.state != WAITING:
                note_refused(run, arrival)
                run.copied.add(copy)
    return found


def _is_known(desk: Desk, sha256: str) -> bool:
    return bool(desk.ask("SELECT 1 FROM sync_import WHERE sha256 = ? AND state IN (?, ?)", sha256, APPLIED, KNOWN))


def refuse(arrival: Arrival, error: UserError) -> None:
    arrival.report.why = error
    arrival.report.state = WAITING if isinstance(error, WaitingRefusal) else REFUSED


def note_refused(run: Run, arrival: Arrival) -> None:
    if not run.dry and arrival.sha256:
        with run.desk.transaction():
            reports.note_import(run.desk, arrival.report, arrival.sha256, arrival.copy)


def tidy(run: Run) -> None:
    """Remove the copies of packages that need not wait, including those of an interrupted run."""
    desk = run.desk
    if not run.dry:
        waiting_packages.keep_within_bounds(desk)
    wrote = run.outcome.changesets and not run.dry
    kept = (set(desk.workspace.files.of(PACKAGE)) - run.waited) if wrote else run.copied
    if not kept:
        return
    with desk.alone():
        waits = {sha256 for (sha256,) in desk.db.execute("SELECT sha256 FROM sync_parked").fetchall()}
        named = named_files(desk.db, trash=True).keys()
    desk.workspace.files.drop(kept - waits - named)
