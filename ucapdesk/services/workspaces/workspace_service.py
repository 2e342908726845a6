"""Workspaces: create one, open one, remember which was open last, and doubts about the computer's clock."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from ucapdesk.base import settings
from ucapdesk.base.clock import moment
from ucapdesk.base.errors import UserError
from ucapdesk.base.i18n import Message, language
from ucapdesk.base.paths import workspaces_dir
from ucapdesk.base.reporting import Progress, tell, untold
from ucapdesk.model.codes import codes
from ucapdesk.model.dates.formatting import say_date
from ucapdesk.model.kinds.partnership_kinds import LISTED_COUNTRIES as LIST
from ucapdesk.model.kinds.partnership_kinds import Country, country_id
from ucapdesk.model.values import Bilingual, PartialDate
from ucapdesk.services.records import lists
from ucapdesk.services.workspaces import maintenance
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import translated_errors
from ucapdesk.store.log.changeset import LISTED
from ucapdesk.store.workspace import rekey
from ucapdesk.store.workspace.folder import read_info
from ucapdesk.store.workspace.trusted_clock import AHEAD, RIGHT

_CLOCK_AHEAD = Message(
    "clock",
    "The clock of this computer says {says}, long after the last change here ({newest}). Until it is "
    "corrected, what you save is dated after that change. Correct the clock, or confirm that it is right.",
)
_CLOCK_BEHIND = Message(
    "clock",
    "The clock of this computer says {says}, earlier than changes that are already here ({newest}). Until it "
    "is corrected, what you save is dated after them. Correct the clock, or confirm that it is right.",
)


def clock_trouble(desk: Desk) -> Message | None:
    clock = desk.workspace.clock
    state = clock.state()
    if state == RIGHT or desk.workspace.read_only:
        return None
    text = _CLOCK_AHEAD if state == AHEAD else _CLOCK_BEHIND
    return replace(text, args={"says": _day(clock.computer()), "newest": _day(clock())})


def confirm_clock(desk: Desk) -> None:
    desk.confirm_clock()


def _day(at: int) -> str:
    return say_date(PartialDate(f"{moment(at):%Y-%m-%d}"), language())


log = logging.getLogger(__name__)

INFO = "workspace.json"
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f<>:"/\\|?*]+')


def new(path: Path, *, name: str = "", person: str = "", passphrase: str | None = None) -> Desk:
    """Make a workspace and open it.

    Args:
        path: A folder that is not there yet, or empty.
        name: What it is called; by default as the folder.
        person: Who writes here; by default as in the settings, else the user of the computer.
        passphrase: Protects it; cannot be replaced when forgotten.
    """
    desk = Desk.create(path, name=name or path.absolute().name, person=person or this_person(), passphrase=passphrase)
    _list_countries(desk)
    return desk


def open(path: Path, *, passphrase: str | None = None, read_only: bool | None = None) -> Desk:  # noqa: A001 - the menu entry
    """Open a workspace; the first opening of a day that may write keeps a backup.

    Args:
        path: Its folder.
        passphrase: Where it is protected.
        read_only: True: only read, beside a writer. False: write, or say why not. None: write where the folder allows
            it, else only read.
    """
    desk = Desk.open(path, passphrase=passphrase, read_only=read_only)
    try:
        _begin(desk)
    except BaseException:
        desk.close()
        raise
    return desk


def _begin(desk: Desk) -> None:
    if not desk.workspace.read_only:
        try:
            desk.workspace.daily_copy()
        except UserError as error:  # the records can be used without a backup
            log.warning("no backup of today: %s", type(error).__name__)
        _put_right(desk)
        _list_countries(desk)
    if (wrong := clock_trouble(desk)) is not None:
        tell(wrong)  # the window has a bar of its own for it
    if desk.workspace.files.broken:
        desk.said.append(desk.workspace.files.broken.message)
    for message in desk.said:
        tell(message)


def _put_right(desk: Desk) -> None:
    """Finish removals of data that were cut off; a failure is only reported."""
    try:
        lists.forget_erased_in_views(desk)
        desk.said += maintenance.finish_removals(desk)
    except UserError as error:
        desk.said.append(error.message)


def _list_countries(desk: Desk) -> None:
    try:
        add_missing_countries(desk)
    except UserError as error:  # nor is no room for these
        log.warning("the countries were not listed: %s", type(error).__name__)


@contextmanager
def opened(path: Path, *, passphrase: str | None = None, read_only: bool | None = None) -> Iterator[Desk]:
    """Open a workspace for one piece of work, as ``open`` does; errors of disk or files are raised as sentences."""
    with translated_errors(path), open(path, passphrase=passphrase, read_only=read_only) as desk:
        yield desk


def this_person() -> str:
    import getpass

    try:
        return settings.load().person or getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user without a name
        return ""


def rename_person(desk: Desk, name: str) -> None:
    """Write under another name from now on, here and in workspaces made later; an empty one changes nothing.

    What was written before keeps the name it was written under: colleagues have it in their history too. Of a protected
    workspace the settings, which everybody can read, are told nothing.
    """
    name = " ".join(name.split())
    if name and name != desk.workspace.person:
        desk.rename_person(name)
        if not desk.workspace.protected:
            settings.save(settings.load().with_(person=name))


def change_passphrase(path: Path, old: str | None, new: str, *, progress: Progress = untold) -> None:
    """Change passphrase and key of a workspace that nobody has open, its backups too.

    Backup files elsewhere keep the passphrase of their day. Raising in ``progress`` leaves everything as it was.
    """
    rekey.change_passphrase(path, old, new, progress=progress)


def refuse_passphrases(path: Path, old: str, new: str) -> None:
    """Raise what keeps a passphrase from being changed, without changing anything."""
    rekey.check_passphrases(path, old, new)


def default_place(name: str) -> Path:
    base = _NOT_IN_NAMES.sub(" ", name).strip(" .") or "UCAPDesk"
    names = (base if n == 1 else f"{base} {n}" for n in range(1, 10_000))
    return next(place for place in map(workspaces_dir().joinpath, names) if not place.exists())


def id_of(path: Path) -> str:
    """Return the id of the workspace in a folder, without opening it; empty where there is none."""
    try:
        return read_info(path).id
    except (UserError, OSError):
        return ""


def last_opened() -> Path | None:
    recent = map(Path, settings.load().recent_workspaces)
    return next((path for path in recent if id_of(path) or (path / INFO).is_file()), None)


def known(id_: str) -> Iterator[Path]:
    """Yield the folders in which this user has a workspace of this id, the one opened last first; a restored one has its own."""
    return (path for path in map(Path, settings.load().recent_workspaces) if id_of(path) == id_)


def of_package(file: Path) -> Path | None:
    """Return the workspace of this user that a package comes from; the last one where it does not say, as a protected one."""
    from ucapdesk.exchange import receiving

    try:
        wanted = receiving.look(file, None).store_id
    except UserError:
        return last_opened()
    return next(known(wanted), None)


def note_opened(path: Path) -> None:
    settings.save(settings.load().opened(path.resolve()))


def add_missing_countries(desk: Desk) -> int:
    """Add the countries and regions of ISO 3166 that a workspace never had, and return how many; existing ones stay as they are.

    They are written once, in one changeset that is no step of a person: undo passes it over, and nobody is told of it as
    news. Their ids are derived from their codes, so two desks that do the same make the same records, and agree.
    """
    held = dict(desk.read.in_use("country", "alpha2"))
    ids = {country_id(alpha2): alpha2 for alpha2 in codes(LIST) if alpha2 not in held}
    missing = desk.read.unknown(ids)
    if missing:
        with desk.save([LISTED, {"n": len(missing)}]) as work:
            for id_, alpha2 in ids.items():
                if id_ in missing:
                    work.new(Country, id_, alpha2=alpha2, name=Bilingual(dict(codes(LIST)[alpha2].labels)))
    return len(missing)
