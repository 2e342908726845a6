"""Proves, before a package leaves, that it will be received: by the same code, on an empty desk."""

from __future__ import annotations

import contextlib
import hashlib
from typing import BinaryIO

from ucapdesk.exchange.errors import Refusal, WouldBeRefused
from ucapdesk.exchange.package import Package, open_package
from ucapdesk.exchange.trust.verify_heads import check_heads
from ucapdesk.store.log.log import Fork, Log, MissingChanges
from ucapdesk.store.log.log_tables import DERIVED, LOCAL, LOG
from ucapdesk.store.merge.branch_merge import BranchMeeting
from ucapdesk.store.merge.row_state import ERASED
from ucapdesk.store.safety.erase import Removals, names_in
from ucapdesk.store.workspace.connection import in_memory


def prove(file: BinaryIO, name: str) -> str:
    """Read a complete package as on an empty desk; return the hash of the file. Raises WouldBeRefused.

    That its files are what they should be was seen before.
    """
    digest = hashlib.sha256()
    file.seek(0)
    while piece := file.read(2**20):
        digest.update(piece)
    try:
        package = open_package(file, name)
        try:
            removals, erased, names = _read(package, apart=bool(package.manifest.branches))
        except Fork:  # its log speaks of branches that nobody has, so whoever receives it looks for them too
            removals, erased, names = _read(package, apart=True)
    except (Refusal, Fork, MissingChanges) as error:
        raise WouldBeRefused(file=name, why=error.message if isinstance(error, Refusal) else str(error)) from error
    if removals.people - erased or not removals.names_were_asked(names):
        raise WouldBeRefused(file=name, why=", ".join(removals.people - erased) or "name")
    return digest.hexdigest()


def _read(package: Package, *, apart: bool) -> tuple[Removals, set[str], set[str]]:
    """Read all changes; return the removals they show, with the ids and names that were to be removed.

    ``apart``: find the branches of laptops first, as after a Fork.
    """
    removals, erased, names = Removals(), set[str](), set[str]()
    with contextlib.closing(in_memory((*LOG, DERIVED[0], LOCAL[0]))) as db:
        log = Log(db, package.manifest.store_id)
        if apart:
            log.branches = BranchMeeting(log, package.manifest.tree, package.changesets({})).whole
        for changeset in package.changesets({}):
            log.accept(changeset)
            removals.note(changeset)
            for ent, id_, cells in changeset.rows:
                if ent == ERASED:
                    erased.add(id_)
                    names |= names_in(cells)
        check_heads(log, package, {})
    return removals, erased, names
