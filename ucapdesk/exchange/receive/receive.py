"""Receives packages: copied first, checked, then applied all together or not at all.

A preview is the same work inside a transaction that is rolled back, so what it counts is what will happen; a package that
waits and comes in with these is not counted.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import language
from ucapdesk.base.progress import Progress, untold
from ucapdesk.exchange import package_limits
from ucapdesk.exchange.errors import (
    DamagedPackage,
    ForgedPackage,
    LooseEnds,
    MissingBefore,
    Refusal,
    RemovesPeople,
    RemovesRecords,
)
from ucapdesk.exchange.package import Package, Reading
from ucapdesk.exchange.receive import import_log, newcomers, removal, separate, waiting_packages
from ucapdesk.exchange.receive.import_session import (
    Arrival,
    MayRemove,
    Run,
    Settle,
    arrive,
    refuse,
    those_waiting,
    tidy,
)
from ucapdesk.exchange.receive.receive_report import APPLIED, KNOWN, Report
from ucapdesk.exchange.receive.written_changes import Written, noted, report_effects
from ucapdesk.exchange.trust.verify_heads import check_heads
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import LeftoversRemain
from ucapdesk.store.log.log import Fork, MissingChanges
from ucapdesk.store.merge.branch_merge import BranchMeeting, keep_apart
from ucapdesk.store.merge.merge import Merge
from ucapdesk.store.merge.outcome import Outcome
from ucapdesk.store.read.titles import titles
from ucapdesk.store.refusals import links_hold, whole_links
from ucapdesk.store.safety import leftovers
from ucapdesk.store.safety.erase import BlankedWithoutErasing, ErasesOthers, erased_names
from ucapdesk.store.safety.heal import Healing
from ucapdesk.store.workspace.attachments import named_files
from ucapdesk.store.workspace.migrate import SCHEMA

TakeIn = Callable[["Run", "Report", "Package", "Reading", "Written"], tuple[Outcome, BranchMeeting | None]]


class _Preview(Exception):
    """Ends the transaction of a preview."""


def receive(
    desk: Desk,
    files: Sequence[Path],
    *,
    accept: bool | Collection[str] = False,
    dry_run: bool = False,
    passphrase: str | None = None,
    progress: Progress = untold,
    may_remove: MayRemove | None = None,
    settle: Settle = lambda _outcome, _me: None,
) -> list[Report]:
    """Take packages in, in whatever order they fit; those that wait from before are tried again.

    Args:
        desk: Who receives.
        files: The packages.
        accept: Accept the givers of these packages that nobody here knows yet; or only those of these ids.
        dry_run: Only say what would happen.
        passphrase: For those that are protected.
        progress: Told of changesets.
        may_remove: Asked whether the data of people may go for good, with their names; without it that is so.
        settle: Called in the transaction, to write what follows from the changes.

    Raises:
        RemovesPeople: It may not, and nothing was taken in.

    Returns:
        A report for each file, in their order, then one for each waiting package that waits no longer, or whose laptop is
        accepted with this. One that came with the package that vouches for its laptop stands behind them.
    """
    run = Run(desk, accept, dry_run, may_remove, settle, progress)
    reports = _received(run, files, passphrase)
    if files and not dry_run and waiting_packages.has_one_of_a_known_laptop(desk):
        later = Run(desk, accept=False, dry=False, may_remove=may_remove, settle=settle, backup=run.backup)
        with contextlib.suppress(RemovesPeople):  # that is asked when somebody receives it; these files are in
            return _replaced(reports, _received(later, (), None))
    return reports


def _received(run: Run, files: Sequence[Path], passphrase: str | None) -> list[Report]:
    """Take in files and what waits, tell listeners, and return the reports worth telling."""
    try:
        arrivals = [arrive(run, file, passphrase) for file in files]
        run.accept_only_givers(arrivals)
        waiting = those_waiting(run)
        if todo := [each for each in (*arrivals, *waiting) if each.package is not None]:
            _take_in(run, todo)
    finally:
        run.opened.close()
        tidy(run)
    if not run.dry:
        _publish(run, [each.report for each in (*arrivals, *waiting) if each.report.state in (APPLIED, KNOWN)])
    told = [each for each in waiting if each.report.state in (APPLIED, KNOWN) or _is_accepted(each, run.accept)]
    return [each.report for each in (*arrivals, *told)]


def _replaced(reports: Sequence[Report], later: Sequence[Report]) -> list[Report]:
    """Return reports with those of packages for whose laptops one of the files vouched."""
    bundles = {each.manifest.bundle_id for each in later if each.manifest}
    return [*(each for each in reports if not each.manifest or each.manifest.bundle_id not in bundles), *later]


def _publish(run: Run, here: Sequence[Report]) -> None:
    """Tell listeners what was written, if anything was, and clear what is left of removed data."""
    wrote = run.outcome.new
    wrote |= run.outcome.updated  # and not a third set of what may be very many
    with contextlib.ExitStack() as committed, run.desk.alone():
        if wrote:
            committed.callback(run.desk.publish, wrote, ["receive", {}])
        try:
            run.desk.tidy(run.outcome)
        except LeftoversRemain as error:  # all of it stands, and is to be told
            here[-1].left = error


def _is_accepted(arrival: Arrival, accept: bool | Collection[str]) -> bool:
    manifest = arrival.report.manifest
    return not isinstance(accept, bool) and manifest is not None and manifest.sender.device in accept


# -- applying ----------------------------------------------------------------------------------------


def _take_in(run: Run, todo: list[Arrival]) -> None:
    desk, brought, held = run.desk, list[str](), run.desk.log.vector()
    heads = (head for each in todo if each.package for head in each.package.manifest.head.items())
    news = any(seq > held.get(device, 0) for device, seq in heads)
    if news and not run.dry and not (run.backup and run.backup.exists()):
        run.backup = desk.workspace.keep_copy("receive")
    try:
        if not run.dry:
            _bring_files(run, todo, brought)
        for _ in range(2):
            try:
                _write(run, todo)
                break
            except separate.UnsharedTail as tail:
                separate.write_tail_anew(run, tail)
            run.begin_again()
        if brought and erased_names(desk.log):  # of before somebody's data was removed, with files of theirs
            desk.workspace.files.drop(set(brought) - named_files(desk.db, trash=True).keys())
    except _Preview:
        pass
    except BaseException:
        desk.workspace.files.drop(brought)
        raise


def _write(run: Run, todo: list[Arrival]) -> None:
    desk = run.desk
    with run.after, whole_links(), desk.transaction():
        _apply_all(run, todo)
        if run.dry:
            raise _Preview
        removal.ask(run, [each.report for each in todo])
        if run.tail is not None:  # own changesets should go out under another name first
            raise separate.UnsharedTail(*run.tail)
        me = separate.writer(run)  # after all checks, and the key of before is forgotten only once this is committed
        for each in todo:
            import_log.note_import(desk, each.report, each.sha256, each.copy, run.backup)
        run.settle(run.outcome, me)
        run.after.callback(lambda: me.note_seq(desk.log.vector().get(me.device_id, 0)))
        leftovers.note(desk.db, run.outcome)


def _apply_all(run: Run, todo: list[Arrival]) -> None:
    """Apply what fits, and retry what builds upon that, until nothing moves."""
    left = list(todo)
    moved = True
    while left and moved:
        moved = False
        for arrival in list(left):
            refusal = _apply(run, arrival)
            moved |= refusal is None
            if not isinstance(refusal, MissingBefore):
                left.remove(arrival)


def _apply(run: Run, arrival: Arrival) -> UserError | None:
    """Apply one package inside the transaction; a refused one leaves no trace."""
    db, log = run.desk.db, run.desk.log
    assert arrival.package is not None
    db.execute("SAVEPOINT package")
    try:
        try:
            _merge(run, arrival.report, arrival.package, _taken_in)
        except (Fork, BlankedWithoutErasing, ErasesOthers):  # perhaps only as another past was passed over unread
            db.execute("ROLLBACK TO package")
            log.forget()
            _merge(run, arrival.report, arrival.package, _kept_apart)
    except (Refusal, Fork, MissingChanges, BlankedWithoutErasing, ErasesOthers) as error:
        db.execute("ROLLBACK TO package")
        db.execute("RELEASE package")
        log.forget()
        refusal = error if isinstance(error, Refusal) else _said(run.desk, arrival.package, error)
        refuse(arrival, refusal)
        return refusal
    db.execute("RELEASE package")
    arrival.report.why = None
    return None


def _taken_in(run: Run, report: Report, package: Package, reading: Reading, written: Written) -> tuple[Outcome, None]:
    """Apply the changes of a package whose laptops have the same past as here. Raises Fork otherwise."""
    desk = run.desk
    if not desk.log.branches.knows(package.manifest.tree):
        raise Fork(package.manifest.sender.device, 0)
    held = desk.log.vector()
    writer = _writer(run)
    healing = Healing(desk.log, writer.kinds)
    changesets = healing.beside(package.changesets(held, reading, healing.here), held)
    outcome = writer.apply(noted(run, changesets, reading, written, report), proven=True)
    check_heads(desk.log, package, held)
    report.healed = _heal(writer, healing, outcome)
    return outcome, None


def _kept_apart(
    run: Run, report: Report, package: Package, reading: Reading, written: Written
) -> tuple[Outcome, BranchMeeting]:
    """Apply the changes of a package where a laptop wrote twice under one name: both are kept."""
    log, writer = run.desk.log, _writer(run)
    before, meeting = log.branches.parted(), separate.meet(run, package)
    keep_apart(writer, meeting)
    healing = Healing(log, writer.kinds)
    changesets = healing.beside(meeting.placed(package.changesets({}, reading)), log.vector())
    outcome = writer.apply(noted(run, changesets, reading, written, report), proven=True)
    report.healed = _heal(writer, healing, outcome)
    reading.known = reading.changesets - outcome.changesets
    report.parted = tuple(sorted(meeting.whole.parted() - before))
    return outcome, meeting


def _writer(run: Run) -> Merge:
    return Merge(run.desk.log, run.desk.merge.kinds) if run.dry else run.desk.merge  # a preview needs no search index


def _merge(run: Run, report: Report, package: Package, take_in: TakeIn) -> None:
    desk, manifest = run.desk, package.manifest
    report.renewed, report.healed = False, 0  # a first look may have said so
    held = desk.log.vector()
    for device, seq in manifest.base.items():
        if held.get(device, 0) < seq:
            raise MissingChanges(device, held.get(device, 0) + 1, seq)
    reading, written = Reading(), Written()
    report.erasing, report.forgetting, report.parted, report.gone = (), (), (), set()
    me = desk.me().device_id  # asked before: it is by what is held that one knows oneself
    later = manifest.head.get(me, 0) > held.get(me, 0)  # an older copy was put back here
    outcome, meeting = take_in(run, report, package, reading, written)
    renewed = later or separate.is_parted(desk)
    if not links_hold(desk.db, written.named):
        raise LooseEnds(file=package.name)
    run.renewed = run.renewed or renewed
    report.renewed = renewed or run.reissued == manifest.bundle_id
    newcomers.note(desk, manifest, accepted=run.accepts(manifest.sender.device))
    import_log.note_devices(desk, manifest, meeting.at if meeting else {}, own_too=run.renewed)
    if meeting:
        separate.note_tail(run, meeting, manifest.bundle_id)
    if meeting and meeting.to_be_said and not run.dry:
        separate.say(run, meeting.to_be_said)
    report.already, report.newer = reading.known, manifest.sender.schema > SCHEMA
    report_effects(run, report, outcome, written)
    if run.outcome.changesets:
        run.outcome.add(outcome)
    else:
        run.outcome = outcome


def _heal(merge: Merge, healing: Healing, outcome: Outcome) -> int:
    """Put back lines that were left out on the way here and are complete in a package; return how many."""
    lines, records = healing.settle()
    if lines:
        merge.rebuild()
        outcome.updated |= records - outcome.new
    return lines


def _said(desk: Desk, package: Package, error: Fork | MissingChanges | BlankedWithoutErasing | ErasesOthers) -> Refusal:
    if isinstance(error, ErasesOthers):
        title = titles(desk.db, [error.id], language()).get(error.id) or error.id
        return RemovesRecords(file=package.name, title=title, person=package.manifest.sender.person or "—")
    if isinstance(error, BlankedWithoutErasing | Fork):
        return ForgedPackage(file=package.name)
    lines = {line.id: line for line in package.manifest.devices}
    line = lines.get(package.manifest.tree.device(error.device))
    person = (line.person if line else "") or "—"
    return MissingBefore(file=package.name, first=error.first, last=error.last, person=person)


def _bring_files(run: Run, todo: list[Arrival], brought: list[str]) -> None:
    """Store the files of these packages before the records that name them; return the hashes of new ones."""
    store = run.desk.workspace.files
    for arrival in todo:
        package = arrival.package
        for part in package.blobs if package else ():
            run.progress(run.done, run.whole)
            if store.has(part.sha256) or package is None:
                continue
            try:
                store.put(package.blob(part), mime=part.mime, largest=package_limits.LARGEST_FILE)
                brought.append(part.sha256)
            except DamagedPackage:
                arrival.report.missing += 1
