"""Creates a new desk of a colleague's workspace from a complete package.

It is made in a folder beside its place and renamed when all is in it: ended at any moment there is never an empty one.
"""

from __future__ import annotations

from pathlib import Path

from ucapdesk.base.clock import Clock, system_clock
from ucapdesk.base.one_line import one_line
from ucapdesk.base.progress import Progress, untold
from ucapdesk.exchange import package_limits
from ucapdesk.exchange.container import opened
from ucapdesk.exchange.errors import NOT_WHOLE_YET
from ucapdesk.exchange.manifest import Manifest
from ucapdesk.exchange.package import open_package
from ucapdesk.exchange.receive.receive import receive
from ucapdesk.exchange.receive.receive_report import APPLIED
from ucapdesk.model.rules.limits import LONGEST_NAME
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import translated_errors
from ucapdesk.store.workspace import folder


def look(file: Path, passphrase: str | None = None) -> Manifest:
    """Return the manifest of a package, its signature checked. Raises a ``Refusal``."""
    name = one_line(file.name, package_limits.LONGEST_FILE_NAME)
    with translated_errors(file), opened(file, name) as whole:
        return open_package(whole, name, passphrase).manifest


def join(
    path: Path,
    file: Path,
    *,
    person: str,
    package_passphrase: str | None = None,
    passphrase: str | None = None,
    progress: Progress = untold,
    clock: Clock = system_clock,
) -> Desk:
    """Create a workspace with the contents of a package. Its giver, and all laptops it names, are trusted.

    Args:
        path: The new folder.
        file: A complete package.
        person: Who writes here.
        package_passphrase: Opens the package.
        passphrase: Protects the new workspace.
        progress: Told of changesets.
        clock: Where the time comes from.

    Raises:
        NotWholeYet: The package builds upon another one.
    """
    manifest = look(file, package_passphrase)
    if manifest.base:
        raise NOT_WHOLE_YET(file=file.name)
    path = path.absolute()
    name, id_ = manifest.store_name[:LONGEST_NAME], manifest.store_id
    with translated_errors(path):
        folder.refuse_taken(path)
    with folder.fresh_part(path) as part:
        with Desk.create(part, name=name, person=person, passphrase=passphrase, id_=id_, clock=clock) as desk:
            _fill(desk, file, manifest, package_passphrase, progress)
        with translated_errors(path):
            folder.put_in_place(part, path)
    return Desk.open(path, passphrase=passphrase, clock=clock)


def _fill(desk: Desk, file: Path, manifest: Manifest, passphrase: str | None, progress: Progress) -> None:
    """Receive the package into the new workspace, all of it."""
    (report,) = receive(desk, [file], accept=True, passphrase=passphrase, progress=progress)
    if report.state != APPLIED and manifest.head:
        raise report.why or NOT_WHOLE_YET(file=file.name)
