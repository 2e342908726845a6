"""The attachments that packages bring: stored before the records that name them, dropped where those are not taken in."""

from __future__ import annotations

from collections.abc import Sequence

from ucapdesk.exchange import package_limits
from ucapdesk.exchange.errors import DamagedPackage
from ucapdesk.exchange.receive.import_session import Arrival, Run
from ucapdesk.store.workspace.file_store import Files


def bring_files(run: Run, todo: list[Arrival], brought: list[str]) -> None:
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


def drop(store: Files, hashes: Sequence[str]) -> None:
    """Remove files that were stored for nothing."""
    for sha256 in hashes:
        store.drop(sha256)
