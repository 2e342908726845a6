"""Attachments of records: copied into the workspace, and opened as copies."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from pathlib import Path

from ucapdesk.base.errors import UserError
from ucapdesk.base.files import mark_received
from ucapdesk.base.json_text import dumps
from ucapdesk.model.kind import KindField
from ucapdesk.model.kinds import KINDS
from ucapdesk.model.kinds.agreement_kinds import Agreement
from ucapdesk.model.kinds.paper_kinds import Attachment
from ucapdesk.model.rules.status import is_signed
from ucapdesk.model.values import FileRef
from ucapdesk.services.errors import FILE_NOT_THERE
from ucapdesk.services.records.records import children, edit, get, living
from ucapdesk.store.desk import Desk
from ucapdesk.store.errors import FILE_MISSING, translated_errors
from ucapdesk.store.refusals import NoSuchRecord
from ucapdesk.store.safety.backup import written_aside

BIG = 25 * 2**20  # Bytes from which on the user is asked first: the file travels with every exchange
MAX_FILE_NAME_CHARS = 120  # Maximum characters of a file's name; file systems take a little more, in paths less
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def safe_name(name: str | None) -> str:
    """Return a file's name that is safe on every system: no folders, no hidden or direction-changing characters."""
    last = re.split(r"[/\\]", name or "")[-1]
    seen = "".join(sign for sign in last if unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Zl", "Zp"})
    plain = re.sub(r'[<>:"|?*]', "_", unicodedata.normalize("NFC", seen)).strip(" .")
    if len(plain) > MAX_FILE_NAME_CHARS:
        stem, dot, ending = plain.rpartition(".")
        ending = f".{ending}" if dot and len(ending) <= 10 else ""
        plain = (stem if ending else plain)[: MAX_FILE_NAME_CHARS - len(ending)].rstrip() + ending
    return f"_{plain}" if _RESERVED.match(plain) else plain or "_"


SIGNED_COPY = "signed_scan"


def lacks_signed_copy(desk: Desk, id_: str) -> bool:
    """Return whether a record is a signed MoU without its signed copy, which a file that comes now may be."""
    record = get(desk, id_)
    if not isinstance(record, Agreement) or not is_signed(record):
        return False
    return all(each.type != SIGNED_COPY for each in of(desk, id_))


def attach(desk: Desk, id_: str, files: Sequence[Path], type_: str | None = None) -> list[str]:
    """Attach files to a record, of a type; return the ids of their attachments. All of them are attached, or none.

    Bytes that are attached to the record already are kept once: then it is the attachment there is.
    """
    _refuse_others(desk, id_)
    for file in files:
        if not file.is_file():
            raise FILE_NOT_THERE(file=safe_name(file.name))
    return _keep(desk, id_, [_put(desk, file) for file in files], type_)


def picture(desk: Desk, file: Path) -> FileRef:
    """Take a picture into the workspace for a field that holds one; refuse what papers could not show."""
    from ucapdesk.briefing.blocks.pictures import is_picture

    if file.is_file() and (file.stat().st_size > BIG or not is_picture(file.read_bytes())):
        raise UserError(
            "The file {file} is no picture that can be printed: broken, too large, or of another form. Nothing was changed; save it "
            "as PNG or JPEG.",
            code="no-picture",
            file=safe_name(file.name),
        )
    return taken_in(desk, file)


def thumbnail(data: bytes, width: int, height: int) -> bytes:
    """Return a picture as papers show it, at most so many points large; empty where it cannot be shown."""
    from ucapdesk.briefing.blocks.pictures import raster

    found = raster(data, float(width), float(height))
    return found.data if found is not None else b""


def files_taken_in(desk: Desk, kind: str, assignments: Iterable[str]) -> list[str]:
    """Return assignments in which ``logo=@file`` names the picture that was taken into the workspace."""
    return [_taken_in(desk, KINDS[kind].fields.get(said.partition("=@")[0]), said) for said in assignments]


def _taken_in(desk: Desk, field: KindField | None, said: str) -> str:
    name, _, path = said.partition("=@")
    if field is None or getattr(field.type, "cls", None) is not FileRef or not path:
        return said
    return f"{name}={dumps(field.type.split(picture(desk, Path(path)))[''])}"


def attach_bytes(desk: Desk, id_: str, name: str, content: bytes) -> str:
    _refuse_others(desk, id_)
    return _keep(desk, id_, [desk.workspace.files.put(content, name=safe_name(name))])[0]


def _refuse_others(desk: Desk, id_: str) -> None:
    kind, owners = type(get(desk, id_)).__tablename__, KINDS["attachment"].owners
    if kind not in owners:
        raise UserError(
            "No files are kept with a record of the kind {kind}, only with: {kinds}. Nothing was changed.",
            code="no-files-with",
            kind=kind,
            kinds=", ".join(owners),
        )
    living(desk, id_)


def taken_in(desk: Desk, file: Path) -> FileRef:
    if not file.is_file():
        raise FILE_NOT_THERE(file=safe_name(file.name))
    return _put(desk, file)


def _put(desk: Desk, file: Path) -> FileRef:
    return desk.workspace.files.put(file, name=safe_name(file.name))


def _keep(desk: Desk, id_: str, files: Sequence[FileRef], type_: str | None = None) -> list[str]:
    there = {record.file.sha256: record.id for record in of(desk, id_) if record.file}
    new = {file.sha256: file for file in files if file.sha256 not in there}
    if new:
        with desk.save(["attach", {"id": id_, "n": len(new)}]) as work:
            for file in new.values():
                there[file.sha256] = work.new(Attachment, owner=id_, file=file, type=type_).id
    return [there[file.sha256] for file in files]


def of(desk: Desk, id_: str) -> list[Attachment]:
    return [record for record in children(desk, id_).get("attachment", ()) if isinstance(record, Attachment)]


def name_of(desk: Desk, attachment: str) -> str:
    """Return the name of an attached file as any system takes it. Raises FileMissing where there is no file."""
    return safe_name(_file(desk, attachment).name)


def save_as(desk: Desk, attachment: str, target: Path) -> None:
    """Write an attached file to a place the user chooses, marked as received if a colleague added it."""
    file = _file(desk, attachment)
    with translated_errors(target), written_aside(target) as part:
        with part.open("wb") as copy:
            for piece in desk.workspace.files.parts(str(file.sha256)):
                copy.write(piece)
        if not desk.read.is_own(attachment, "file"):
            mark_received(part)


def open_copy(desk: Desk, attachment: str) -> Path:
    """Return a copy of an attached file to be opened in another program, until they are forgotten.

    Raises OnlySaved for what might do something when it is opened.
    """
    from ucapdesk.formats.whole_files import why_not

    file = _file(desk, attachment)
    name = safe_name(file.name)
    with desk.workspace.files.open(str(file.sha256)) as content:
        reason = why_not(name, content)
    if reason:
        raise UserError(
            "“{file}” is only saved, not opened from here: {reason}. It is kept as it is.",
            code="only-saved",
            file=name,
            reason=reason,
        )
    copies = desk.workspace.copies_out
    copy = copies.place(attachment) / name
    save_as(desk, attachment, copy)
    copies.note(attachment, copy)
    return copy


def put_back(desk: Desk, attachment: str, edited: Path) -> None:
    edit(desk, attachment, {"file": _put(desk, edited)})


def _file(desk: Desk, attachment: str) -> FileRef:
    record = desk.read.get(Attachment, attachment)
    if record is None:
        raise NoSuchRecord(id=attachment)
    if record.file is None or record.file.sha256 is None:
        raise FILE_MISSING()
    return record.file
