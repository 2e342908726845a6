"""Files as a whole: read and written within limits, the suffixes of tables, and which may be opened in other programs.

Text is read in whatever encoding it has, and a file that is written never stands half in place of the old one. The formats of
tables are named here by suffix, since file dialogs know them before any of their modules is imported. Only passive types whose
contents match their name may be opened elsewhere; everything else is saved only. A list of what is dangerous would never be
complete, so this is a list of what is not.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import IO

from ucapdesk.base.errors import UserError
from ucapdesk.base.files import BoundedReads, first_bytes, write_atomically
from ucapdesk.base.i18n import Message
from ucapdesk.formats.errors import FILE_NOT_WRITTEN, FILE_UNREADABLE, UNKNOWN_ENDING

_WIDE = re.compile(r"[^\x00-\x7f]")


def read_file(path: Path, most: int, too_large: UserError) -> bytes:
    """Return the bytes of a file. Raises a ``UserError``, ``too_large`` for one with more than ``most``."""
    try:
        data = first_bytes(path, most + 1)
    except OSError as error:
        raise FILE_UNREADABLE(file=path.name, reason=error.strerror or type(error).__name__) from error
    if len(data) > most:
        raise too_large
    return data


def text_of(raw: bytes) -> str:
    for encoding in encodings_of(raw):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("utf-8", "replace")


def encodings_of(data: bytes) -> Iterator[str]:
    """Yield the encodings a text may be in, the likely one first: UTF-8, UTF-16, GB18030, Big5 or Windows-1252."""
    zeros = len(data[:4000]) // 8
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield "utf-16"
    elif data[:4000:2].count(0) > zeros:
        yield "utf-16-be"
    elif data[1:4000:2].count(0) > zeros:
        yield "utf-16-le"
    else:
        yield "utf-8-sig"
        # In Chinese text bytes above 127 come in pairs, in Western text they stand alone.
        runs = [len(run) for run in re.findall(rb"[\x80-\xff]+", data)]
        chinese = sum(length > 1 for length in runs) * 2 >= len(runs)
        yield from _chinese(data) if chinese else ("cp1252", "gb18030")


_FREQUENT = frozenset(
    "的一是在不了有和人這這中大為為上個个國国市合作城欧歐会會发發年月日主要面积積人口成果目标標联聯系"
)


def _chinese(data: bytes) -> list[str]:
    """Return the Chinese encodings, the one whose characters are the usual ones first."""

    def usual(encoding: str) -> float:
        wide: list[str] = _WIDE.findall(data.decode(encoding, "replace"))
        rare = sum(sign == "\ufffd" or not "\u4e00" <= sign <= "\u9fff" for sign in wide)
        return (sum(sign in _FREQUENT for sign in wide) - rare) / max(len(wide), 1)

    return [*sorted(("gb18030", "big5"), key=usual, reverse=True), "cp1252"]


def ending_of(target: Path, known: Collection[str]) -> str:
    """Return the ending of a file to write. Raises ``UnknownEnding`` where it is none of those known."""
    ending = target.suffix.lower()
    if ending not in known:
        raise UNKNOWN_ENDING(file=target.name, suffixes=", ".join(filter(None, known)))
    return ending


def write_file(target: Path, data: bytes) -> None:
    """Write a file. Raises ``FileNotWritten`` where the operating system refuses it."""
    try:
        write_atomically(target, data)
    except OSError as error:
        raise FILE_NOT_WRITTEN(file=target.name, reason=error.strerror) from None


WORKBOOK, TEXT = ".xlsx", ".csv"
# The module of ``formats.sheets`` that reads and writes such files, the usual one first; it is imported for such a
# file.
SHEET_MODULES = {WORKBOOK: "xlsx_sheet", TEXT: "csv_sheet"}


MORE = Message("files", "files of this kind can run programs")
OTHER = Message("files", "it is not what its name says")
MACROS = Message("files", "it holds macros or formulas, or hides whether it does")

# Bytes up to which office files of the older sort, and tables, are checked as a whole; larger ones are saved only.
LARGEST, LARGEST_TABLE = 64 * 2**20, 4 * 2**20
DIRECTORY = 4 * 2**20
HEAD = 4096
WITH_MACROS = frozenset(["docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "pptm", "potm", "ppsm", "ppam", "sldm"])

_BEGIN: dict[str, bytes] = {
    "pdf": rb"[\s\S]{0,1000}%PDF-",
    "jpg jpeg": rb"\xff\xd8\xff",
    "png": rb"\x89PNG\r\n\x1a\n",
    "gif": rb"GIF8[79]a",
    "bmp": rb"BM",
    "tif tiff": rb"II\*\x00|MM\x00\*",
    "webp": rb"RIFF[\s\S]{4}WEBP",
    "heic heif": rb"[\s\S]{4}ftyp(hei|hev|mif1|msf1)",
    "mp3": rb"ID3|\xff[\xe2-\xff]",
    "wav": rb"RIFF[\s\S]{4}WAVE",
    "aac": rb"\xff[\xf0-\xff]|ID3",
    "amr": rb"#!AMR",
    "flac": rb"fLaC",
    "ogg oga ogv opus": rb"OggS",
    "m4a m4v mp4 mov 3gp": rb"[\s\S]{4}(ftyp|moov|mdat|wide|free|skip)",
    "avi": rb"RIFF[\s\S]{4}AVI ",
    "mkv webm": rb"\x1aE\xdf\xa3",
    "mpg mpeg": rb"\x00\x00\x01[\xba\xb3]",
    "ics": rb"(?i:(\xef\xbb\xbf)?\s*BEGIN:VCALENDAR)",
    "vcf": rb"(?i:(\xef\xbb\xbf)?\s*BEGIN:VCARD)",
}
# The first bytes of files with these suffixes.
BEGIN = {ending: re.compile(begin) for endings, begin in _BEGIN.items() for ending in endings.split()}
TEXTS = frozenset(("txt", "md", "log"))
TABLES = frozenset(("csv", "tsv"))
CONTENTS, LINKS = "[Content_Types].xml", "word/_rels/settings.xml.rels"
# Office files that are zip files, and the part each must hold.
PACKED = dict.fromkeys(("docx", "xlsx", "pptx"), CONTENTS) | {
    **dict.fromkeys(("odt", "ods", "odp"), "META-INF/manifest.xml"), "ofd": "OFD.xml",
}  # fmt: skip
OLDER = frozenset(("doc", "xls", "ppt", "wps", "et", "dps"))
_OLDER_BEGIN, _ZIP_BEGIN = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"

_MACRO_PARTS = re.compile(r"(?i)vbaproject|vbadata|(^|/)(macrosheets|dialogsheets|activex)/|^(basic|scripts)/")
_MACRO_TYPES = re.compile(rb"macroenabled|vbaproject|macrosheet|activex")
_OLDER_MACROS = re.compile(
    rb"_\x00V\x00B\x00A\x00_\x00P\x00R\x00O\x00J"  # the name of the part that holds them
    rb"|\x85\x00[\x08-\x7f]\x00[\s\S]{4}[\x00-\x02][\x01\x06]"  # a macro sheet of Excel 4, a sheet of macros
    rb"|\x02\x00\x00\x04\x0c\x00\x00\x00[\s\S]{4}\x01\x00\x00\x00"  # slides say that they have some
    rb"|E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e"
    rb"|\x2f\x00\x36\x00\x01\x00|\x2f\x00\x06\x00\x00\x00"  # encrypted sheets
)
_FORMULA = re.compile(r"""(?m)(^|[,;\t])["' ]{0,9}([=@]|[+-][^,;\t\n"]*([A-Za-z.]\(|\|))""")


def why_not(name: str, file: IO[bytes]) -> Message | None:
    """Return why a file is saved only; None where it may be opened. The file is read from its start, and never changed."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    file.seek(0)
    head = file.read(HEAD)
    if ending in BEGIN:
        return None if BEGIN[ending].match(head) else OTHER
    if ending in TEXTS:
        return None if _is_text(head) else OTHER
    if ending in TABLES:
        return _table(file) if _is_text(head) else OTHER
    if ending in PACKED or (ending in OLDER and head.startswith(_ZIP_BEGIN)):
        return _packed(ending, file) if head.startswith(_ZIP_BEGIN) else OTHER
    if ending in OLDER:
        return _older(file) if head.startswith(_OLDER_BEGIN) else OTHER
    return MACROS if ending in WITH_MACROS else MORE


def _is_text(head: bytes) -> bool:
    return b"\x00" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff"))


def _whole(file: IO[bytes], largest: int) -> bytes | None:
    file.seek(0)
    content = file.read(largest + 1)
    return content if len(content) <= largest else None


def _table(file: IO[bytes]) -> Message | None:
    content = _whole(file, LARGEST_TABLE)
    if content is None:
        return MACROS
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    return MACROS if _FORMULA.search(content.decode("utf-16" if wide else "utf-8-sig", "replace")) else None


def _older(file: IO[bytes]) -> Message | None:
    content = _whole(file, LARGEST)
    return MACROS if content is None or _OLDER_MACROS.search(content) else None


def _packed(ending: str, file: IO[bytes]) -> Message | None:
    try:
        with zipfile.ZipFile(BoundedReads(file, DIRECTORY)) as packed:
            parts = {info.filename.lower(): info for info in packed.infolist()}
            if PACKED.get(ending, CONTENTS).lower() not in parts or len(parts) != len(packed.infolist()):
                return OTHER
            told, linked = (_part(packed, parts.get(name.lower())) for name in (CONTENTS, LINKS))
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError, NotImplementedError, OSError):
        return OTHER
    if any(map(_MACRO_PARTS.search, parts)) or _MACRO_TYPES.search(told):
        return MACROS
    return MACROS if b"attachedtemplate" in linked and b"external" in linked else None


def _part(packed: zipfile.ZipFile, info: zipfile.ZipInfo | None) -> bytes:
    """A small part in lower case, empty where there is none. Raises ValueError for one that no honest program writes."""
    if info is None:
        return b""
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ValueError("packed in a strange way")
    with packed.open(info) as part:
        said = part.read(DIRECTORY + 1)
    if len(said) > DIRECTORY:
        raise ValueError("too large")
    return said.lower()
